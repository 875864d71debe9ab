// SPDX-License-Identifier: EUPL-1.2
//! What a room should be after each input, said as plainly as possible: no transports, no messages, no
//! revisions. The oracle compares what a room says with it.

use std::collections::{BTreeMap, BTreeSet};

use shared::{
    Audience, ClientMessage, CloseReason, Door, Floor, GuestMark, Invitations, Moderation,
    ParticipantId, Refusal, Role, RoomRules, ServerMessage, Source, Timestamp,
};

use super::super::{Input, RoomLimits, SessionId, SourceKey, TransportChange};

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
}

/// Somebody inside.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) id: ParticipantId,
    pub(super) role: Role,
    pub(super) holder: bool,
    pub(super) live: BTreeSet<Source>,
    /// What was switched off and not on again: by whom, and as which of how many.
    pub(super) silenced: BTreeMap<Source, (Option<ParticipantId>, u32)>,
    pub(super) silencings: u32,
    pub(super) hand: Option<u32>,
    pub(super) session: Option<SessionId>,
    away_until: Option<Timestamp>,
    pub(super) welcomes: u64,
    heard: u64,
}

/// Somebody at the door.
#[derive(Clone, Debug)]
pub(super) struct Waits {
    pub(super) id: ParticipantId,
    pub(super) session: SessionId,
    source: SourceKey,
    guest: Option<GuestMark>,
    pub(super) ticket: Option<u8>,
    pub(super) removed: bool,
}

/// What one turn is to say, beside how everything is.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Words {
    /// The last word to each connection that ends.
    pub(super) last: BTreeMap<SessionId, ServerMessage>,
    /// Who is welcomed where.
    pub(super) welcomed: BTreeSet<(SessionId, ParticipantId)>,
    /// Who hears what somebody wrote.
    pub(super) chat: BTreeSet<SessionId>,
}

pub(super) struct Model {
    limits: RoomLimits,
    pub(super) rules: RoomRules,
    /// In order of arrival.
    pub(super) people: Vec<Person>,
    /// In order of arrival.
    pub(super) waiting: Vec<Waits>,
    silent: BTreeMap<SessionId, (Timestamp, SourceKey)>,
    used: BTreeSet<u8>,
    refused: Vec<(ParticipantId, Timestamp)>,
    removed: Vec<Vec<Token>>,
    attended: bool,
    left_since: Option<Timestamp>,
    minted: u32,
    hands: u32,
    pub(super) denied: u64,
    pub(super) words: Words,
}

impl Model {
    pub(super) fn new(limits: RoomLimits) -> Self {
        Self {
            limits,
            rules: RoomRules::default(),
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
            denied: 0,
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
                    let oldest = self.silent.iter().map(|(s, (until, _))| (*until, *s)).min();
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
            | Input::Transport(_, TransportChange::Connected | TransportChange::Lost)
            | Input::Timeout => {}
        }
        self.settle(now);
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
        self.rules.floor == Floor::Open && (source != Source::Screen || screen)
    }

    fn person_mut(&mut self, id: ParticipantId) -> Option<&mut Person> {
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
            self.rules = RoomRules::default();
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
            ClientMessage::Hand { raised } => self.hand(id, *raised),
            ClientMessage::Chat { .. } => {
                if role >= Role::Presenter || self.rules.chat == Audience::Everybody {
                    self.words.chat = self.people.iter().filter_map(|p| p.session).collect();
                } else {
                    self.denied += 1;
                }
            }
            ClientMessage::Moderate(act) if role == Role::Moderator => self.moderate(now, id, *act),
            ClientMessage::Moderate(_) => self.denied += 1,
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
        for source in stated {
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

    fn hand(&mut self, id: ParticipantId, raised: bool) {
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
    fn silence(&mut self, by: Option<ParticipantId>, meant: impl Fn(&Person, Source) -> bool) {
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

    fn stop_forbidden_screens(&mut self, by: ParticipantId) {
        if self.rules.share == Audience::Presenters {
            self.silence(Some(by), |person, source| {
                source == Source::Screen && person.role == Role::Participant
            });
        }
    }

    fn moderate(&mut self, now: Timestamp, by: ParticipantId, act: Moderation) {
        let of = |whose: ParticipantId, which: Source| {
            move |person: &Person, source: Source| person.id == whose && source == which
        };
        match act {
            Moderation::Admit { participant } => self.admit(participant),
            Moderation::AdmitAll {} => {
                for waits in self.waiting.clone() {
                    self.admit(waits.id);
                }
            }
            Moderation::Refuse { participant } => {
                let Some(waits) = self.waiting.iter().find(|w| w.id == participant) else { return };
                let (session, pause) = (waits.session, self.limits.refusal_pause);
                self.refused.push((participant, now + pause));
                let most = self.limits.refused;
                self.refused.drain(..self.refused.len().saturating_sub(most));
                let pause = u32::try_from(pause.as_secs()).unwrap();
                self.end(session, ServerMessage::Refused { reason: Refusal::TurnedAway, pause });
            }
            Moderation::Door { door } if door != self.rules.door => {
                self.rules.door = door;
                self.apply_door();
            }
            Moderation::Invitations { invitations } if invitations != self.rules.invitations => {
                self.rules.invitations = invitations;
                self.apply_door();
            }
            Moderation::Door { .. } | Moderation::Invitations { .. } => {}
            Moderation::Share { audience } => {
                self.rules.share = audience;
                self.stop_forbidden_screens(by);
            }
            Moderation::Chat { audience } => self.rules.chat = audience,
            Moderation::Silence { participant } => {
                self.silence(Some(by), of(participant, Source::Microphone));
            }
            Moderation::SilenceAll {} => self.silence(Some(by), |person, source| {
                source == Source::Microphone && person.id != by
            }),
            Moderation::StopCamera { participant } => {
                self.silence(Some(by), of(participant, Source::Camera));
            }
            Moderation::StopScreen { participant } => {
                self.silence(Some(by), of(participant, Source::Screen));
            }
            Moderation::LowerHand { participant } => self.hand(participant, false),
            Moderation::LowerHands {} => self.people.iter_mut().for_each(|p| p.hand = None),
            Moderation::MakeParticipant { participant } => {
                self.set_role(by, participant, Role::Participant);
            }
            Moderation::MakePresenter { participant } => {
                self.set_role(by, participant, Role::Presenter);
            }
            Moderation::MakeModerator { participant } => {
                self.set_role(by, participant, Role::Moderator);
            }
            Moderation::Remove { participant } => self.remove(participant),
            Moderation::End {} => self.end_for_all(CloseReason::Ended),
        }
    }

    fn set_role(&mut self, by: ParticipantId, participant: ParticipantId, role: Role) {
        if let Some(person) = self.person_mut(participant).filter(|person| !person.holder) {
            person.role = role;
            self.stop_forbidden_screens(by);
        }
    }

    fn remove(&mut self, participant: ParticipantId) {
        let Some(person) = self.person(participant).filter(|person| !person.holder) else { return };
        let tokens = [person.welcomes, person.heard].map(|count| (participant, count));
        let session = person.session;
        self.removed.push(tokens.into());
        let most = self.limits.removed;
        self.removed.drain(..self.removed.len().saturating_sub(most));
        self.people.retain(|person| person.id != participant);
        if let Some(session) = session {
            self.end(session, closed(CloseReason::Removed));
        }
        if matches!(self.rules.door, Door::Open(_)) {
            self.rules.door = Door::Lobby;
        }
    }

    fn end_for_all(&mut self, reason: CloseReason) {
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

    fn end(&mut self, session: SessionId, last: ServerMessage) {
        self.silent.remove(&session);
        self.waiting.retain(|waits| waits.session != session);
        self.people.retain(|person| person.session != Some(session));
        self.words.last.insert(session, last);
    }
}

/// The door.
impl Model {
    fn enter(&mut self, now: Timestamp, session: SessionId, source: SourceKey, shown: Shown) {
        if shown.proof == Some(false) {
            return self.end(session, refused(Refusal::WrongProof));
        }
        let proved = shown.proof == Some(true);
        if let Some((id, welcome)) = shown.token
            && let Some(person) = self.person_mut(id)
            && [person.welcomes, person.heard].contains(&welcome)
        {
            person.heard = welcome;
            let earlier = person.session;
            (person.session, person.away_until) = (Some(session), None);
            if proved {
                (person.holder, person.role) = (true, Role::Moderator);
            }
            person.welcomes += 1;
            self.silent.remove(&session);
            self.words.welcomed.insert((session, id));
            if let Some(earlier) = earlier {
                self.words.last.insert(earlier, closed(CloseReason::Replaced));
            }
            return;
        }
        if proved {
            if self.people.len() >= self.limits.seats + self.limits.reserve {
                return self.end(session, refused(Refusal::Full));
            }
            self.minted += 1;
            return self.sit(ParticipantId(self.minted), session, true);
        }
        if let Some((id, 0)) = shown.token {
            if let Some(waits) = self.waiting.iter_mut().find(|waits| waits.id == id) {
                let earlier = core::mem::replace(&mut waits.session, session);
                self.silent.remove(&session);
                self.words.last.insert(earlier, closed(CloseReason::Replaced));
                return;
            }
            let mut refusals = self.refused.iter();
            if let Some((_, until)) = refusals.find(|(whose, until)| *whose == id && *until > now) {
                let rest = until.since(now).as_millis().div_ceil(1_000);
                let pause = u32::try_from(rest).unwrap();
                let last = ServerMessage::Refused { reason: Refusal::TooSoon, pause };
                return self.end(session, last);
            }
        }
        if let Err(reason) = self.come(session, source, shown) {
            self.end(session, refused(reason));
        }
    }

    /// Comes in, or waits.
    fn come(&mut self, session: SessionId, source: SourceKey, shown: Shown) -> Result<(), Refusal> {
        let ticket = shown.ticket.transpose()?;
        let held = |waits: &Waits| waits.ticket.is_some() && waits.ticket == ticket;
        if ticket.is_some_and(|number| self.used.contains(&number)) || self.waiting.iter().any(held)
        {
            return Err(Refusal::TicketUsed);
        }
        let tabs = &mut self.removed;
        let removed = tabs.iter().position(|tab| shown.token.is_some_and(|t| tab.contains(&t)));
        let guest = shown.guest;
        let (id, is_removed) = (ParticipantId(self.minted + 1), removed.is_some());
        let waits = Waits { id, session, source, guest, ticket, removed: is_removed };
        if let Some(reason) = self.bars(&waits) {
            return Err(reason);
        }
        if self.is_attended() && self.passes(&waits) {
            self.minted += 1;
            return self.seat(&waits);
        }
        if self.waiting.len() >= self.limits.waiting {
            let crowd = |source| self.waiting.iter().filter(|w| w.source == source).count();
            let crowds = self.waiting.iter().map(|waits| (crowd(waits.source), waits.id));
            let (most, last) = crowds.max().ok_or(Refusal::Full)?;
            if crowd(source) + 1 >= most {
                return Err(Refusal::Full);
            }
            let last = self.waiting.iter().find(|waits| waits.id == last).unwrap().session;
            self.end(last, refused(Refusal::Full));
        }
        self.minted += 1;
        if let Some(place) = removed {
            self.removed[place].truncate(2);
            self.removed[place].push((id, 0));
        }
        self.silent.remove(&session);
        self.waiting.push(waits);
        Ok(())
    }

    fn bars(&self, waits: &Waits) -> Option<Refusal> {
        let personal = self.rules.invitations == Invitations::Personal;
        match self.rules.door {
            Door::Locked => Some(Refusal::Locked),
            Door::Lobby | Door::Open(_) if personal && waits.ticket.is_none() => {
                Some(Refusal::PersonalOnly)
            }
            Door::Lobby | Door::Open(_) => None,
        }
    }

    fn passes(&self, waits: &Waits) -> bool {
        let Door::Open(mark) = self.rules.door else { return false };
        !waits.removed && (waits.ticket.is_some() || waits.guest == Some(mark))
    }

    fn apply_door(&mut self) {
        for waits in self.waiting.clone() {
            if let Some(reason) = self.bars(&waits) {
                self.end(waits.session, refused(reason));
            } else if self.is_attended() && self.passes(&waits) {
                self.admit(waits.id);
            }
        }
    }

    fn admit(&mut self, id: ParticipantId) {
        let Some(place) = self.waiting.iter().position(|waits| waits.id == id) else { return };
        let waits = self.waiting.remove(place);
        let session = waits.session;
        if let Err(reason) = self.seat(&waits) {
            self.end(session, refused(reason));
        }
    }

    fn seat(&mut self, waits: &Waits) -> Result<(), Refusal> {
        if self.people.len() >= self.limits.seats {
            return Err(Refusal::Full);
        }
        self.used.extend(waits.ticket);
        self.sit(waits.id, waits.session, false);
        Ok(())
    }

    fn sit(&mut self, id: ParticipantId, session: SessionId, holder: bool) {
        self.silent.remove(&session);
        self.words.welcomed.insert((session, id));
        self.people.push(Person {
            id,
            role: if holder { Role::Moderator } else { Role::Participant },
            holder,
            live: BTreeSet::new(),
            silenced: BTreeMap::new(),
            silencings: 0,
            hand: None,
            session: Some(session),
            away_until: None,
            welcomes: 1,
            heard: 0,
        });
    }
}

const fn refused(reason: Refusal) -> ServerMessage {
    ServerMessage::Refused { reason, pause: 0 }
}

const fn closed(reason: CloseReason) -> ServerMessage {
    ServerMessage::Closed { reason }
}
