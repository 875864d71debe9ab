// SPDX-License-Identifier: EUPL-1.2
//! What holds in every history, judged from outside: from inputs and effects alone, as pages and a
//! media plane would see them. What pages are to know is said by the [`Model`]; that nobody else raises
//! a source, and that nobody comes in without a moderator, is judged without it.

use std::collections::{BTreeMap, BTreeSet};

use shared::{
    ClientMessage, LayerSet, ParticipantId, ParticipantInfo, ResumeToken, Role, ServerMessage,
    Source, Timestamp, WaitingFor,
};

use super::super::{Effect, Input, Room, RoomLimits, SessionId, TransportChange};
use super::fleeting::Said;
use super::model::{Model, Shown, Token, Words};
use super::seen::{Page, Seen};
use super::speaking::Spoken;

pub(super) struct Oracle {
    pub(super) limits: RoomLimits,
    pub(super) model: Model,
    /// Every open connection and what its page knows.
    pub(super) pages: BTreeMap<SessionId, Page>,
    /// Every seat that must exist.
    pub(super) seats: BTreeMap<ParticipantId, Seen>,
    /// What was live before this turn.
    pub(super) before: BTreeMap<ParticipantId, BTreeSet<Source>>,
    /// What was received before this turn.
    pub(super) received: BTreeMap<ParticipantId, BTreeSet<(ParticipantId, Source)>>,
    pub(super) speaking: Spoken,
    /// Every token that was ever given away.
    pub(super) tokens: Vec<(ResumeToken, Token)>,
}

impl Oracle {
    pub(super) fn new(limits: RoomLimits) -> Self {
        Self {
            limits,
            model: Model::new(limits),
            pages: BTreeMap::new(),
            seats: BTreeMap::new(),
            before: BTreeMap::new(),
            received: BTreeMap::new(),
            speaking: Spoken::default(),
            tokens: Vec::new(),
        }
    }

    /// Follows one turn, and judges each effect by itself.
    pub(super) fn observe(
        &mut self,
        now: Timestamp,
        input: &Input,
        shown: Shown,
        effects: &[Effect],
    ) {
        self.before = self.model.people.iter().map(|p| (p.id, p.live.clone())).collect();
        self.received = self.seats.iter().map(|(id, seat)| (*id, seat.received())).collect();
        self.model.apply(now, input, shown);
        self.hear(input);
        for (participant, source) in self.raised() {
            self.judge_raise(input, participant, source);
        }
        let mut words = Words::default();
        for effect in effects {
            match effect {
                Effect::Send(session, message) => {
                    let page = self.pages.get(session).expect("only an open connection hears");
                    assert!(!page.dismissed, "nothing after the last word");
                    self.read(*session, message, &mut words);
                }
                Effect::Close(session) => {
                    let page = self.pages.remove(session).expect("closed once");
                    assert!(page.dismissed, "nobody is closed without a word");
                }
                Effect::Negotiate { session, participant, .. } => {
                    assert_eq!(self.pages[session].you, Some(*participant));
                    self.seats.get_mut(participant).expect("inside").offer();
                }
                Effect::Gate { participant, source, open } => {
                    if *open {
                        self.judge_raise(input, *participant, *source);
                    }
                    let seat = self.seats.get_mut(participant).expect("inside");
                    if *open {
                        assert!(seat.lines.is_some(), "opened where there is a transport");
                        seat.gates.insert(*source);
                    } else {
                        seat.gates.remove(source);
                    }
                }
                Effect::Routes { participant, routes } => {
                    self.judge_routes(*participant, routes);
                    let seat = self.seats.get_mut(participant).expect("inside");
                    seat.judge_change(routes, input);
                    seat.routes.clone_from(routes);
                }
                Effect::Sounds { participant, publishers } => {
                    self.judge_sounds(*participant, publishers, input);
                }
                Effect::CloseTransport(participant) => self.judge_close(input, *participant),
                Effect::Stop => assert_eq!(effects.last(), Some(effect), "stops at the end"),
            }
        }
        for seat in self.seats.values_mut() {
            seat.begun &= !core::mem::take(&mut seat.said);
        }
        assert_eq!(words, self.model.words, "everybody hears what they are to hear");
        self.expect_speaking(now);
        if let Input::Negotiated { participant, .. } = input {
            self.judge_rerouting(*participant, effects);
        }
    }

    /// Judges where a turn has led.
    pub(super) fn check(&self, now: Timestamp, room: &Room, effects: &[Effect]) {
        let empty = self.pages.is_empty() && self.seats.is_empty();
        assert_eq!(empty, self.model.is_empty());
        assert_eq!(effects.contains(&Effect::Stop), empty, "stops exactly when empty");
        let due = self.model.deadline().into_iter().chain(self.check_speaking()).min();
        assert_eq!(room.deadline(), due, "is woken exactly when it waits");
        assert!(room.deadline().is_none_or(|due| due > now), "what was due is done");
        assert_eq!(*room.counts(), self.model.counts, "what is not done is counted");
        self.check_bounds(room);
        self.check_pages();
        for (participant, seat) in &self.seats {
            self.check_reception(*participant, seat);
        }
    }

    /// What was given away for this.
    pub(super) fn token(&self, means: Token) -> Option<(ResumeToken, Token)> {
        self.tokens.iter().find(|(_, meant)| *meant == means).cloned()
    }

    /// What an input means before the room has said anything.
    fn hear(&mut self, input: &Input) {
        match input {
            Input::Connected(session, _) => {
                self.pages.insert(*session, Page::default());
            }
            Input::Disconnected(session) => {
                self.pages.remove(session);
            }
            Input::Negotiated { participant, slots }
                if self.model.person(*participant).is_some() =>
            {
                let most = self.limits.slots;
                let Some(seat) = self.seats.get_mut(participant) else { return };
                if seat.offered {
                    let own = |page: &&mut Page| page.you == Some(*participant);
                    if let Some(page) = self.pages.values_mut().find(own) {
                        page.layers.clear();
                    }
                    seat.begin(slots.iter().take(most).cloned().collect());
                }
            }
            Input::Grown { participant, slots } => {
                let most = self.limits.slots;
                let Some(seat) = self.seats.get_mut(participant) else { return };
                seat.grow(slots.iter().take(most).cloned());
                // Said again, whether it changed while the offer was answered or not.
                let own = |page: &&mut Page| page.you == Some(*participant);
                if let Some(page) = self.pages.values_mut().find(own) {
                    page.layers = seat.stale_layers();
                }
            }
            Input::Transport(participant, TransportChange::Wanted(source, wanted)) => {
                self.expect_layers(*participant, *source, *wanted);
            }
            Input::Transport(participant, TransportChange::Speaking(speaks)) => {
                if let Some(seat) = self.seats.get_mut(participant) {
                    seat.speaks = *speaks && seat.is_heard();
                }
            }
            Input::Message(..)
            | Input::Violated(_)
            | Input::Negotiated { .. }
            | Input::NotNegotiated { .. }
            | Input::Transport(..)
            | Input::Closing(_)
            | Input::Timeout => {}
        }
    }

    /// What is on in the end of this turn and was off before.
    fn raised(&self) -> Vec<(ParticipantId, Source)> {
        let off = |id: &ParticipantId, source: &Source| {
            self.before.get(id).is_none_or(|before| !before.contains(source))
        };
        let live = |id: ParticipantId, live: &BTreeSet<Source>| {
            live.iter().filter(|source| off(&id, source)).map(|s| (id, *s)).collect::<Vec<_>>()
        };
        self.model.people.iter().flat_map(|person| live(person.id, &person.live)).collect()
    }

    /// A source is raised, and a gate opened, by a statement of its owner's own connection that has
    /// heard the last word by which it was switched off; or again, on a fresh transport, where it was
    /// on.
    fn judge_raise(&self, input: &Input, participant: ParticipantId, raised: Source) {
        if let Input::Negotiated { participant: whose, .. }
        | Input::Grown { participant: whose, .. } = input
        {
            assert_eq!(*whose, participant);
            assert!(self.before[&participant].contains(&raised), "was on");
            return;
        }
        let Input::Message(session, ClientMessage::Publish { live, heard }) = input else {
            panic!("{participant:?} {raised:?} was raised by {input:?}");
        };
        let page = &self.pages[session];
        assert_eq!(page.you, Some(participant), "raised by its owner alone");
        assert!(live.contains(&raised), "raised because they said so");
        if let Some((_, count)) = page.silenced.get(&raised) {
            assert!(heard >= count, "raised by who has not heard that it was switched off");
        }
    }

    /// A transport ends with its seat, or because it is lost.
    fn judge_close(&mut self, input: &Input, participant: ParticipantId) {
        if self.model.person(participant).is_none() {
            self.seats.remove(&participant).expect("gone once");
            return;
        }
        assert_eq!(*input, Input::Transport(participant, TransportChange::Lost));
        let seat = self.seats.get_mut(&participant).expect("inside");
        assert!(seat.lines.is_some(), "a transport being made is left alone");
        seat.forget_transport();
    }

    /// What a page makes of a message.
    fn read(&mut self, session: SessionId, message: &ServerMessage, words: &mut Words) {
        let page = self.pages.get_mut(&session).expect("open");
        match message {
            ServerMessage::Challenge { .. }
            | ServerMessage::Closing { .. }
            | ServerMessage::TransportLost {} => {}
            ServerMessage::Waiting { for_whom, visit } => {
                page.waiting = Some(*for_whom);
                let mut waiting = self.model.waiting.iter();
                if let Some(waits) = waiting.find(|waits| waits.session == session) {
                    let id = waits.id;
                    self.give(visit, (id, 0));
                }
            }
            ServerMessage::Welcome { you, resume, .. } => {
                words.welcomed.insert((session, *you));
                self.judge_entry(session, message);
                let welcomes = self.model.person(*you).expect("may be inside").welcomes;
                self.give(resume, (*you, welcomes));
            }
            ServerMessage::Roster { revision, change } => {
                assert_eq!(*revision, page.revision.next(), "no change is missed");
                page.revision = *revision;
                page.change(change);
            }
            ServerMessage::Knock(knock) => {
                let marks = (knock.personal, knock.removed, knock.guest);
                assert_eq!(page.knocks.insert(knock.participant, marks), None);
            }
            ServerMessage::KnockGone { participant } => {
                assert!(page.knocks.remove(participant).is_some());
            }
            ServerMessage::Silenced { source, by, count } => {
                page.silenced.insert(*source, (*by, *count));
            }
            ServerMessage::Chat { .. } => assert!(words.said.insert((session, Said::Text))),
            ServerMessage::Rtt { .. } => assert!(words.said.insert((session, Said::Line))),
            ServerMessage::Reaction { .. } => {
                assert!(words.said.insert((session, Said::Reaction)));
            }
            ServerMessage::Slots { revision, slots } => self.read_slots(session, *revision, slots),
            ServerMessage::Layers { source, wanted } => {
                let before = page.layers.insert(*source, *wanted).unwrap_or(LayerSet::ALL);
                assert_ne!(before, *wanted, "said on change only");
            }
            ServerMessage::Speaking { participants } => {
                assert_ne!(page.speaking, *participants, "said on change only");
                page.speaking.clone_from(participants);
            }
            ServerMessage::Refused { .. } | ServerMessage::Closed { .. } => {
                page.dismissed = true;
                words.last.insert(session, message.clone());
            }
            ServerMessage::Answer(_) | ServerMessage::Unknown => panic!("a room does not say that"),
        }
    }

    /// Takes a welcome. Nobody is seated without a bookmark but by a moderator who is there.
    fn judge_entry(&mut self, session: SessionId, welcome: &ServerMessage) {
        let ServerMessage::Welcome { you, revision, rules, participants, knocks, .. } = welcome
        else {
            return;
        };
        let own = participants.iter().find(|info| info.id == *you).expect("among them");
        let fresh = !self.seats.contains_key(you);
        let attended = participants.iter().any(|info| info.role == Role::Moderator && !info.away);
        assert!(!fresh || own.holder || attended, "nobody comes in without a moderator");
        let seat = self.seats.entry(*you).or_default();
        // Its owner is told that no transport stands while an offer is being answered.
        seat.speaks &= seat.shelf.take().is_none();
        // Whatever the page believed before: it may have missed the last word.
        let layers = seat.stale_layers();
        let knocks = knocks.iter().map(|k| (k.participant, (k.personal, k.removed, k.guest)));
        let page = Page {
            you: Some(*you),
            revision: *revision,
            rules: *rules,
            roster: participants.clone(),
            knocks: knocks.collect(),
            layers,
            ..Page::default()
        };
        self.pages.insert(session, page);
    }

    /// A token is given for one thing only.
    fn give(&mut self, token: &ResumeToken, means: Token) {
        let known = self.tokens.iter().find(|(given, meant)| given == token || *meant == means);
        if let Some((given, meant)) = known {
            assert!(given == token && *meant == means, "every token is for one thing");
        } else {
            self.tokens.push((token.clone(), means));
        }
    }

    fn check_bounds(&self, room: &Room) {
        assert!(room.sessions.keys().eq(self.pages.keys()), "exactly the open connections");
        assert!(room.seats.len() <= self.limits.seats + self.limits.reserve);
        assert!(room.waiting.len() <= self.limits.waiting);
        let entered = room.seats.len() + room.waiting.len();
        assert!(room.sessions.len() <= entered + self.limits.challenged);
        let (refused, removed) = room.memory.len();
        assert!(refused <= self.limits.refused && removed <= self.limits.removed);
        assert!(room.used.len() <= self.limits.used_tickets);
        assert!(room.effects.is_empty() && room.effects.capacity() == 0);
    }

    /// All pages know the same, and it is what the model says.
    fn check_pages(&self) {
        let model = &self.model;
        let attended = model.is_attended();
        let waited_for = if attended { WaitingFor::Admission } else { WaitingFor::Moderator };
        let ids: BTreeSet<_> = model.people.iter().map(|person| person.id).collect();
        assert!(self.seats.keys().eq(&ids), "exactly those who may be inside");
        for waits in &model.waiting {
            let told = self.pages[&waits.session].waiting;
            assert_eq!(told, Some(waited_for), "nobody waits in a wrong belief");
        }
        let waiting = self.pages.values().filter(|page| page.waiting.is_some()).count();
        assert_eq!(waiting, model.waiting.len());
        let mut revisions = BTreeSet::new();
        for (session, page) in self.pages.iter().filter(|(_, page)| page.you.is_some()) {
            revisions.insert(page.revision);
            let person = model.at(*session).expect("inside");
            assert_eq!(page.you, Some(person.id));
            assert_eq!(page.rules, model.rules);
            assert_eq!(page.silenced, person.silenced, "what is silenced is known");
            let moderates = person.role == Role::Moderator;
            let knocks = model.waiting.iter().filter(|_| moderates);
            let knocks = knocks.map(|w| (w.id, (w.ticket.is_some(), w.removed.is_some(), w.guest)));
            assert_eq!(page.knocks, knocks.collect(), "moderators know who knocks");
            self.check_roster(&page.roster);
        }
        assert!(revisions.len() <= 1, "all pages are equally far");
    }

    fn check_roster(&self, roster: &[ParticipantInfo]) {
        assert_eq!(roster.len(), self.model.people.len());
        for (info, person) in roster.iter().zip(&self.model.people) {
            assert_eq!(info.id, person.id, "in order of arrival");
            assert!(info.live.iter().eq(&person.live), "{info:?} {person:?}");
            assert_eq!(info.guest, person.guest, "the invitation that they showed to hold");
            let shown = (info.role, info.holder, info.hand, info.away);
            assert_eq!(shown, (person.role, person.holder, person.hand, person.session.is_none()));
        }
    }
}
