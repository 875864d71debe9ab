// SPDX-License-Identifier: EUPL-1.2
//! What a room should be after each input, said as plainly as possible: no transports, no messages, no
//! revisions. The oracle compares what a room says with it.

use std::collections::{BTreeMap, BTreeSet};

use shared::{
    Act, Audience, ClientMessage, CloseReason, Floor, GuestMark, ParticipantId, Refusal,
    Restrictions, Role, RoomRules, ServerMessage, Source, Timestamp, WantedPicture,
};

use super::super::{Counts, Input, RoomLimits, SessionId, SourceKey, TransportChange};
use super::fleeting::{Paces, Said};
use super::tab::Tab;

/// A token, by whose it is and after how many welcomes it was given.
pub(super) type Token = (ParticipantId, u64);

/// What somebody shows at the door, as far as it is worth something.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shown {
    /// Whether there is a proof, and whether it holds.
    pub(super) proof: Option<bool>,
    /// A token of this room.
    pub(super) token: Option<Token>,
    /// The mark of an invitation that signed this very challenge.
    pub(super) guest: Option<GuestMark>,
    /// A ticket, by its number, or why it opens nothing.
    pub(super) ticket: Option<Result<u8, Refusal>>,
    pub(super) restrictions: Restrictions,
}

/// Somebody inside.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) id: ParticipantId,
    pub(super) role: Role,
    pub(super) holder: bool,
    pub(super) guest: Option<GuestMark>,
    pub(super) removed: Option<ParticipantId>,
    pub(super) live: BTreeSet<Source>,
    /// What was switched off and not on again: by whom, and as which of how many.
    pub(super) silenced: BTreeMap<Source, (Option<ParticipantId>, u32)>,
    pub(super) silencings: u32,
    pub(super) hand: Option<u32>,
    pub(super) paces: Paces,
    pub(super) session: Option<SessionId>,
    pub(super) away_until: Option<Timestamp>,
    pub(super) welcomes: u64,
    pub(super) heard: u64,
    /// Since they were last welcomed.
    pub(super) wish: Option<Vec<WantedPicture>>,
}

/// Somebody at the door.
#[derive(Clone, Debug)]
pub(super) struct Waits {
    pub(super) id: ParticipantId,
    pub(super) session: SessionId,
    pub(super) source: SourceKey,
    pub(super) guest: Option<GuestMark>,
    pub(super) ticket: Option<u8>,
    pub(super) removed: Option<ParticipantId>,
}

/// What one turn is to say, beside how everything is.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Words {
    /// The last word to each connection that ends.
    pub(super) last: BTreeMap<SessionId, ServerMessage>,
    /// Who is welcomed where.
    pub(super) welcomed: BTreeSet<(SessionId, ParticipantId)>,
    /// Who hears what somebody wrote, is writing, or shows.
    pub(super) said: BTreeSet<(SessionId, Said)>,
}

pub(super) struct Model {
    pub(super) limits: RoomLimits,
    pub(super) rules: RoomRules,
    /// In order of arrival.
    pub(super) people: Vec<Person>,
    /// In order of arrival.
    pub(super) waiting: Vec<Waits>,
    pub(super) silent: BTreeMap<SessionId, (Timestamp, SourceKey)>,
    pub(super) used: BTreeSet<u8>,
    pub(super) refused: Vec<(ParticipantId, Timestamp)>,
    pub(super) removed: Vec<Tab>,
    attended: bool,
    left_since: Option<Timestamp>,
    pub(super) minted: u32,
    hands: u32,
    pub(super) counts: Counts,
    pub(super) words: Words,
}

impl Model {
    pub(super) fn new(limits: RoomLimits) -> Self {
        Self {
            limits,
            rules: RoomRules::default().restricted(limits.restrictions),
            people: Vec::new(),
            waiting: Vec::new(),
            silent: BTreeMap::new(),
            used: BTreeSet::new(),
            refused: Vec::new(),
            removed: Vec::new(),
            attended: false,
            left_since: None,
            minted: 0,
            hands: 0,
            counts: Counts::default(),
            words: Words::default(),
        }
    }

    /// What an input makes of the room.
    pub(super) fn apply(&mut self, now: Timestamp, input: &Input, shown: Shown) {
        self.words = Words::default();
        if let Input::Disconnected(session) = input {
            self.silent.remove(session);
            self.waiting.retain(|waits| waits.session != *session);
            let until = now + self.limits.seat_grace;
            for person in self.people.iter_mut().filter(|p| p.session == Some(*session)) {
                (person.session, person.away_until) = (None, Some(until));
            }
        }
        self.pass(now);
        self.settle(now);
        match input {
            Input::Connected(session, source) => {
                if self.silent.len() >= self.limits.challenged {
                    let mut from: Vec<_> = self.silent.values().map(|(_, from)| *from).collect();
                    from.push(*source);
                    let crowd = |whose| from.iter().filter(|from| **from == whose).count();
                    let silent = self.silent.iter();
                    let most = silent.clone().map(|(_, (_, from))| crowd(*from)).max().unwrap();
                    let crowded = silent.filter(|(_, (_, from))| crowd(*from) == most);
                    let oldest = crowded.map(|(session, (until, _))| (*until, *session)).min();
                    self.end(oldest.unwrap().1, refused(Refusal::Full));
                }
                self.silent.insert(*session, (now + self.limits.enter_within, *source));
            }
            Input::Message(session, message) => self.hear(now, *session, message, shown),
            Input::Violated(session) => {
                if self.knows(*session) {
                    self.end(*session, closed(CloseReason::Protocol));
                }
            }
            Input::NotNegotiated { participant } => {
                self.turn_out(*participant, Refusal::UnusableOffer);
            }
            Input::Transport(participant, TransportChange::WeakCipher) => {
                self.turn_out(*participant, Refusal::WeakCipher);
            }
            Input::Disconnected(_)
            | Input::Negotiated { .. }
            | Input::Grown { .. }
            | Input::Transport(
                _,
                TransportChange::Connected
                | TransportChange::Lost
                | TransportChange::Wanted(..)
                | TransportChange::Speaking(_),
            )
            | Input::Closing(_)
            | Input::Timeout => {}
        }
        self.settle(now);
        self.count();
    }

    /// When something happens by itself.
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        let silent = self.silent.values().map(|(until, _)| *until);
        let away = self.people.iter().filter_map(|person| person.away_until);
        let left = self.left_since.into_iter().flat_map(|since| {
            let pause = (self.rules.floor == Floor::Open).then(|| since + self.limits.pause_after);
            pause.into_iter().chain([since + self.limits.end_after])
        });
        silent.chain(away).chain(left).min()
    }

    pub(super) fn is_attended(&self) -> bool {
        self.people.iter().any(|person| person.role == Role::Moderator && person.session.is_some())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.people.is_empty() && self.waiting.is_empty() && self.silent.is_empty()
    }

    pub(super) fn person(&self, id: ParticipantId) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    pub(super) fn at(&self, session: SessionId) -> Option<&Person> {
        self.people.iter().find(|person| person.session == Some(session))
    }

    fn knows(&self, session: SessionId) -> bool {
        let waits = self.waiting.iter().any(|waits| waits.session == session);
        waits || self.silent.contains_key(&session) || self.at(session).is_some()
    }

    /// Whether somebody may transmit this.
    pub(super) fn may_transmit(&self, person: &Person, source: Source) -> bool {
        let screen = self.rules.share == Audience::Everybody || person.role >= Role::Presenter;
        self.rules.floor == Floor::Open && (source.act() != Act::ShareScreen || screen)
    }

    pub(super) fn person_mut(&mut self, id: ParticipantId) -> Option<&mut Person> {
        self.people.iter_mut().find(|person| person.id == id)
    }

    /// What time brings about.
    fn pass(&mut self, now: Timestamp) {
        let silent = self.silent.clone();
        for (session, (until, _)) in silent {
            if until <= now {
                self.end(session, closed(CloseReason::Protocol));
            }
        }
        self.people.retain(|person| person.away_until.is_none_or(|until| until > now));
        let Some(since) = self.left_since.filter(|_| !self.people.is_empty()) else { return };
        if since + self.limits.end_after <= now {
            self.end_for_all(CloseReason::Abandoned);
        } else if since + self.limits.pause_after <= now {
            self.rules.floor = Floor::Paused;
            self.silence(None, |_, _| true);
        }
    }

    /// What follows from who is there.
    fn settle(&mut self, now: Timestamp) {
        let attended = self.is_attended();
        if attended && !self.attended {
            self.left_since = None;
            self.rules.floor = Floor::Open;
            self.apply_door();
        }
        if self.attended && !attended {
            self.left_since = Some(now);
        }
        self.attended = attended;
        if self.people.is_empty() {
            self.left_since = None;
            self.rules = RoomRules::default().restricted(self.limits.restrictions);
        }
    }

    fn hear(&mut self, now: Timestamp, session: SessionId, message: &ClientMessage, shown: Shown) {
        if let Some((_, source)) = self.silent.get(&session).copied() {
            if let ClientMessage::Enter(_) = message {
                self.enter(now, session, source, shown);
            } else {
                self.end(session, closed(CloseReason::Protocol));
            }
            return;
        }
        let knocks = self.waiting.iter().any(|waits| waits.session == session);
        let Some(person) = self.people.iter_mut().find(|p| p.session == Some(session)) else {
            if knocks {
                let leaves = matches!(message, ClientMessage::Leave {});
                let reason = if leaves { CloseReason::Left } else { CloseReason::Protocol };
                self.end(session, closed(reason));
            }
            return;
        };
        person.heard = person.welcomes;
        let (id, role) = (person.id, person.role);
        match message {
            ClientMessage::Enter(_) => self.end(session, closed(CloseReason::Protocol)),
            ClientMessage::Offer(offer) => {
                let sources: BTreeSet<_> = offer.senders.iter().map(|line| line.source).collect();
                let mids: BTreeSet<_> = offer.senders.iter().map(|line| &line.mid).collect();
                if sources.len().min(mids.len()) < offer.senders.len() {
                    self.end(session, closed(CloseReason::Protocol));
                }
            }
            ClientMessage::Publish { live, heard } => self.publish(session, id, live, *heard),
            ClientMessage::Want { pictures } => self.want(session, id, pictures),
            ClientMessage::Hand { raised } => self.hand(id, *raised),
            ClientMessage::Chat { .. } => self.says(now, (id, role), Said::Text),
            ClientMessage::Rtt { .. } => self.says(now, (id, role), Said::Line),
            ClientMessage::Reaction { .. } => self.says(now, (id, role), Said::Reaction),
            ClientMessage::Moderate(act) if role == Role::Moderator => self.moderate(now, id, *act),
            ClientMessage::Moderate(_) => self.counts.denied += 1,
            ClientMessage::Leave {} => self.end(session, closed(CloseReason::Left)),
        }
    }

    fn publish(&mut self, session: SessionId, id: ParticipantId, live: &[Source], heard: u32) {
        let stated: BTreeSet<_> = live.iter().copied().collect();
        if stated.len() < live.len() {
            return self.end(session, closed(CloseReason::Protocol));
        }
        let mut person = self.person(id).unwrap().clone();
        let heard = if heard > person.silencings { 0 } else { heard };
        person.live.retain(|source| stated.contains(source));
        if !stated.contains(&Source::Screen) {
            person.live.remove(&Source::ScreenSound);
        }
        for source in stated {
            if source == Source::ScreenSound && !person.live.contains(&Source::Screen) {
                continue;
            }
            let crossed = person.silenced.get(&source).is_some_and(|(_, count)| *count > heard);
            if person.live.contains(&source) || crossed {
            } else if self.may_transmit(&person, source) {
                person.silenced.remove(&source);
                person.live.insert(source);
            } else {
                person.silencings += 1;
                person.silenced.insert(source, (None, person.silencings));
            }
        }
        *self.person_mut(id).unwrap() = person;
    }

    fn want(&mut self, session: SessionId, id: ParticipantId, pictures: &[WantedPicture]) {
        let named: BTreeSet<_> = pictures.iter().map(|p| (p.participant, p.source)).collect();
        let fits = |p: &WantedPicture| {
            p.lines > 0 && !matches!(p.source, Source::Microphone | Source::ScreenSound)
        };
        let most = self.limits.wanted;
        if named.len() < pictures.len() || named.len() > most || !pictures.iter().all(fits) {
            return self.end(session, closed(CloseReason::Protocol));
        }
        self.person_mut(id).unwrap().wish = Some(pictures.to_vec());
    }

    pub(super) fn hand(&mut self, id: ParticipantId, raised: bool) {
        let next = self.hands + 1;
        let Some(person) = self.person_mut(id) else { return };
        if raised && person.hand.is_none() {
            person.hand = Some(next);
            self.hands = next;
        } else if !raised {
            person.hand = None;
        }
    }

    /// Switches off what is on and meant.
    pub(super) fn silence(
        &mut self,
        by: Option<ParticipantId>,
        meant: impl Fn(&Person, Source) -> bool,
    ) {
        for person in &mut self.people {
            for source in person.live.clone() {
                if meant(person, source) {
                    person.live.remove(&source);
                    person.silencings += 1;
                    person.silenced.insert(source, (by, person.silencings));
                }
            }
        }
    }

    pub(super) fn end_for_all(&mut self, reason: CloseReason) {
        let inside = self.people.iter().filter_map(|person| person.session);
        let everybody: Vec<_> = inside.chain(self.waiting.iter().map(|w| w.session)).collect();
        for session in everybody {
            self.end(session, closed(reason));
        }
        self.people.clear();
    }

    fn turn_out(&mut self, participant: ParticipantId, reason: Refusal) {
        let session = self.person(participant).and_then(|person| person.session);
        self.people.retain(|person| person.id != participant);
        if let Some(session) = session {
            self.end(session, refused(reason));
        }
    }

    pub(super) fn end(&mut self, session: SessionId, last: ServerMessage) {
        self.silent.remove(&session);
        self.waiting.retain(|waits| waits.session != session);
        self.people.retain(|person| person.session != Some(session));
        self.words.last.insert(session, last);
    }
}

pub(super) const fn refused(reason: Refusal) -> ServerMessage {
    ServerMessage::Refused { reason, pause: 0 }
}

pub(super) const fn closed(reason: CloseReason) -> ServerMessage {
    ServerMessage::Closed { reason }
}
