// SPDX-License-Identifier: EUPL-1.2
//! What holds in every history, judged from outside: from inputs and effects alone, as pages and a
//! media plane would see them.

use std::collections::{BTreeMap, BTreeSet};

use shared::{
    ClientMessage, Mid, Moderation, ParticipantId, Role, ServerMessage, Source, Timestamp,
    WaitingFor,
};

use super::super::{Effect, Input, Room, RoomLimits, SessionId, TransportChange};
use super::seen::{Page, Seen};

pub(super) struct Oracle {
    limits: RoomLimits,
    /// Every open connection and what its page knows.
    pub(super) pages: BTreeMap<SessionId, Page>,
    /// Every seat that must exist.
    seats: BTreeMap<ParticipantId, Seen>,
}

impl Oracle {
    pub(super) const fn new(limits: RoomLimits) -> Self {
        Self { limits, pages: BTreeMap::new(), seats: BTreeMap::new() }
    }

    /// Follows one turn, and judges each effect by itself.
    pub(super) fn observe(
        &mut self,
        now: Timestamp,
        input: &Input,
        proved: bool,
        effects: &[Effect],
    ) {
        let due = self.due(now);
        self.hear(now, input, &due);
        for effect in effects {
            match effect {
                Effect::Send(session, message) => {
                    let page = self.pages.get(session).expect("only an open connection hears");
                    assert!(!page.dismissed, "nothing after the last word");
                    if let ServerMessage::Welcome { you, .. } = message {
                        self.judge_entry(now, input, proved, *session, *you);
                    }
                    self.read(*session, message);
                }
                Effect::Close(session) => {
                    let page = self.pages.remove(session).expect("closed once");
                    assert!(page.dismissed, "nobody is closed without a word");
                }
                Effect::Negotiate { session, participant, .. } => {
                    assert_eq!(self.pages[session].you, Some(*participant));
                    let seat = self.seats.get_mut(participant).expect("inside");
                    seat.forget_transport();
                    seat.offered = true;
                }
                Effect::Gate { participant, source, open } => {
                    let seat = self.seats.get_mut(participant).expect("inside");
                    if *open {
                        assert!(seat.wish.contains(source), "opened by its owner alone");
                        assert!(seat.lines.is_some(), "opened where there is a transport");
                        seat.gates.insert(*source);
                    } else {
                        seat.gates.remove(source);
                    }
                }
                Effect::Routes { participant, routes } => {
                    self.judge_routes(*participant, routes);
                    let seat = self.seats.get_mut(participant).expect("inside");
                    seat.judge_change(routes, matches!(input, Input::Negotiated { .. }));
                    seat.routes.clone_from(routes);
                }
                Effect::CloseTransport(participant) => {
                    let lost = Input::Transport(*participant, TransportChange::Lost);
                    if *input == lost && !due.contains(participant) {
                        let seat = self.seats.get_mut(participant).expect("inside");
                        assert!(seat.lines.is_some(), "a transport being made is left alone");
                        seat.forget_transport();
                    } else {
                        self.seats.remove(participant).expect("gone once");
                    }
                }
                Effect::Stop => assert_eq!(effects.last(), Some(effect), "stops at the end"),
            }
        }
        if let Input::Negotiated { participant, .. } = input {
            self.judge_rerouting(*participant, effects);
        }
    }

    /// Judges where a turn has led.
    pub(super) fn check(&self, now: Timestamp, room: &Room, effects: &[Effect]) {
        let empty = self.pages.is_empty() && self.seats.is_empty();
        assert_eq!(effects.contains(&Effect::Stop), empty, "stops exactly when empty");
        assert!(self.due(now).is_empty(), "no seat is kept beyond its time");
        assert!(room.deadline().is_none_or(|due| due > now), "what was due is done");
        let waits = self.seats.values().any(|seat| seat.away_until.is_some())
            || self.pages.values().any(|page| page.you.is_none() && page.waiting.is_none());
        assert_eq!(room.deadline().is_some(), waits, "is woken exactly when it waits");
        self.check_bounds(room);
        self.check_pages();
        for (participant, seat) in &self.seats {
            self.check_reception(*participant, seat);
        }
    }

    fn due(&self, now: Timestamp) -> BTreeSet<ParticipantId> {
        let due = self.seats.iter().filter(|(_, s)| s.away_until.is_some_and(|until| until <= now));
        due.map(|(participant, _)| *participant).collect()
    }

    /// What an input means before the room has said anything.
    fn hear(&mut self, now: Timestamp, input: &Input, due: &BTreeSet<ParticipantId>) {
        if let Input::Message(session, _) = input {
            let you = self.pages.get(session).and_then(|page| page.you);
            if let Some(seat) = you.and_then(|you| self.seats.get_mut(&you)) {
                seat.heard = seat.token.clone();
            }
        }
        match input {
            Input::Connected(session) => {
                self.pages.insert(*session, Page::default());
            }
            Input::Disconnected(session) => {
                let you = self.pages.remove(session).and_then(|page| page.you);
                if let Some(seat) = you.and_then(|you| self.seats.get_mut(&you)) {
                    seat.away_until = Some(now + self.limits.seat_grace);
                }
            }
            Input::Message(session, ClientMessage::Publish { live }) => {
                let you = self.pages.get(session).and_then(|page| page.you);
                let wish: BTreeSet<_> = live.iter().copied().collect();
                let Some(seat) = you.and_then(|you| self.seats.get_mut(&you)) else { return };
                if wish.len() == live.len() {
                    seat.wish_before = core::mem::replace(&mut seat.wish, wish);
                }
            }
            Input::Negotiated { participant, slots } if !due.contains(participant) => {
                let most = self.limits.slots;
                let Some(seat) = self.seats.get_mut(participant) else { return };
                if seat.offered {
                    seat.gates.clear();
                    seat.lines = Some(slots.iter().take(most).cloned().collect());
                }
            }
            Input::Message(..)
            | Input::Negotiated { .. }
            | Input::NotNegotiated { .. }
            | Input::Transport(..)
            | Input::Timeout => {}
        }
    }

    /// Nobody comes in but by a proof, a valid token, or a moderator who is inside.
    fn judge_entry(
        &mut self,
        now: Timestamp,
        input: &Input,
        proved: bool,
        session: SessionId,
        you: ParticipantId,
    ) {
        let Input::Message(speaker, message) = input else { panic!("nobody asked to enter") };
        if let Some(seat) = self.seats.get_mut(&you) {
            assert!(seat.away_until.is_none_or(|until| until > now), "the seat was kept");
            let ClientMessage::Enter { resume, .. } = message else { panic!("nobody entered") };
            let token = resume.as_ref().expect("a token");
            assert!([&seat.token, &seat.heard].contains(&token), "the latest, or the latest heard");
            seat.heard = token.clone();
            return;
        }
        if proved {
            assert_eq!(*speaker, session);
            return;
        }
        let ClientMessage::Moderate(act) = message else { panic!("nobody moderated") };
        let moderator = self.pages[speaker].you.expect("a moderator is inside");
        assert!(self.seats[&moderator].moderator, "a moderator decides");
        assert_eq!(self.pages[&session].waiting, Some(WaitingFor::Admission));
        match act {
            Moderation::Admit { participant } => assert_eq!(*participant, you),
            Moderation::AdmitAll {} => {}
            Moderation::Refuse { .. } => panic!("refusing admits nobody"),
        }
    }

    fn judge_routes(&self, receiver: ParticipantId, routes: &[(Mid, ParticipantId, Source)]) {
        let lines = self.seats[&receiver].lines.as_ref().expect("only a transport receives");
        let mids: BTreeSet<_> = routes.iter().map(|(mid, ..)| mid).collect();
        let sent: BTreeSet<_> = routes.iter().map(|(_, whose, source)| (whose, source)).collect();
        assert_eq!((mids.len(), sent.len()), (routes.len(), routes.len()), "each once");
        for (mid, publisher, source) in routes {
            assert_ne!(*publisher, receiver, "nobody receives themselves");
            assert_eq!(lines[mid], source.kind());
            assert!(self.seats[publisher].was_live(*source), "only what is live is received");
        }
    }

    /// Whoever receives from somebody is connected to their fresh transport.
    fn judge_rerouting(&self, publisher: ParticipantId, effects: &[Effect]) {
        if self.seats.get(&publisher).is_none_or(|seat| seat.lines.is_none()) {
            return;
        }
        for (receiver, seat) in &self.seats {
            let said =
                |e: &Effect| matches!(e, Effect::Routes { participant: p, .. } if p == receiver);
            let receives = seat.routes.iter().any(|(_, whose, _)| *whose == publisher);
            assert!(!receives || effects.iter().any(said), "connected to the fresh transport");
        }
    }

    /// What a page makes of a message.
    fn read(&mut self, session: SessionId, message: &ServerMessage) {
        let page = self.pages.get_mut(&session).expect("open");
        match message {
            ServerMessage::Challenge { .. } | ServerMessage::TransportLost {} => {}
            ServerMessage::Waiting { for_whom } => page.waiting = Some(*for_whom),
            ServerMessage::Welcome {
                you,
                revision,
                participants,
                knocks,
                resume,
                transport: _,
            } => {
                page.you = Some(*you);
                page.waiting = None;
                page.revision = *revision;
                page.roster.clone_from(participants);
                page.knocks = knocks.iter().map(|knock| knock.participant).collect();
                let own = participants.iter().find(|info| info.id == *you).expect("among them");
                let moderator = own.role == Role::Moderator;
                let voided = self.seats.get(you).is_some_and(|seat| seat.token == *resume);
                assert!(!voided, "every welcome has a token of its own");
                self.seats.entry(*you).or_insert_with(|| Seen::new(resume)).sit(resume, moderator);
            }
            ServerMessage::Roster { revision, change } => {
                assert_eq!(*revision, page.revision.next(), "no change is missed");
                page.revision = *revision;
                page.change(change);
            }
            ServerMessage::Knock(knock) => assert!(page.knocks.insert(knock.participant)),
            ServerMessage::KnockGone { participant } => assert!(page.knocks.remove(participant)),
            ServerMessage::Slots { revision, slots } => {
                page.slots.clone_from(slots);
                let seat = page.you.and_then(|you| self.seats.get_mut(&you)).expect("inside");
                if let Some((before, table)) = &seat.slots {
                    assert!(revision > before || revision == before && slots == table);
                }
                seat.slots = Some((*revision, slots.clone()));
            }
            ServerMessage::Refused { .. } | ServerMessage::Closed { .. } => page.dismissed = true,
            ServerMessage::Answer(_) | ServerMessage::Unknown => panic!("a room does not say that"),
        }
    }

    fn check_bounds(&self, room: &Room) {
        assert!(room.sessions.keys().eq(self.pages.keys()), "exactly the open connections");
        assert!(room.seats.len() <= self.limits.seats + self.limits.reserve);
        assert!(room.waiting.len() <= self.limits.waiting);
        let entered = room.seats.len() + room.waiting.len();
        assert!(room.sessions.len() <= entered + self.limits.challenged);
        assert!(room.effects.is_empty() && room.effects.capacity() == 0);
    }

    /// All pages know the same, and it is true.
    fn check_pages(&self) {
        let attended = self.seats.values().any(|seat| seat.moderator);
        let waited_for = if attended { WaitingFor::Admission } else { WaitingFor::Moderator };
        let waiting: Vec<_> = self.pages.values().filter_map(|page| page.waiting).collect();
        assert!(waiting.iter().all(|told| *told == waited_for), "nobody waits in a wrong belief");
        let mut inside = self.pages.values().filter(|page| page.you.is_some());
        let Some(first) = inside.next() else { return };
        for page in inside {
            assert_eq!((page.revision, &page.roster), (first.revision, &first.roster));
        }
        assert_eq!(first.roster.len(), self.seats.len());
        for info in &first.roster {
            let seat = &self.seats[&info.id];
            assert!(info.live.iter().eq(&seat.wish), "what is shown is what was stated");
            assert_eq!(info.away, seat.away_until.is_some());
            assert_eq!(info.role == Role::Moderator, seat.moderator);
        }
        for page in self.pages.values() {
            let moderates = page.you.is_some_and(|you| self.seats[&you].moderator);
            assert_eq!(page.knocks.len(), if moderates { waiting.len() } else { 0 });
        }
    }

    /// What is on is received, gates are as their owners want them, and the page knows its table.
    fn check_reception(&self, receiver: ParticipantId, seat: &Seen) {
        assert!(seat.gates.is_subset(&seat.wish));
        let Some(lines) = &seat.lines else { return };
        assert_eq!(seat.gates, seat.wish, "what its owner wants passes");
        let live = |(_, whose, source): &(_, _, _)| self.seats[whose].wish.contains(source);
        assert!(seat.routes.iter().all(live), "what is off is no longer received");
        for (publisher, other) in self.seats.iter().filter(|(id, _)| **id != receiver) {
            for source in &other.wish {
                let received = seat.routes.iter().any(|(_, p, s)| (p, s) == (publisher, source));
                let used: BTreeSet<_> = seat.routes.iter().map(|(mid, ..)| mid).collect();
                let free =
                    lines.iter().any(|(m, kind)| *kind == source.kind() && !used.contains(m));
                assert!(received || !free, "nothing waits beside a free slot");
            }
        }
        if let Some(page) = self.pages.values().find(|page| page.you == Some(receiver)) {
            let told: Vec<_> =
                page.slots.iter().map(|s| (s.mid.clone(), s.participant, s.source)).collect();
            assert_eq!(told, seat.routes, "the page knows what it receives");
        }
    }
}
