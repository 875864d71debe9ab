// SPDX-License-Identifier: EUPL-1.2
//! The machine: takes an input, advances, and says what is to be done.

use std::collections::{BTreeMap, BTreeSet};

use shared::{
    ClientMessage, CloseReason, ParticipantId, Refusal, Restrictions, Revision, RoomId, RoomRules,
    ServerMessage, TicketNumber, Timestamp, UnixTime,
};

use super::{
    Counts, Effect, Input, Licensing, RoomKey, RoomLimits, SessionId, SourceKey, TransportChange,
    attendance::Attendance,
    lobby::Waiter,
    memory::Memory,
    seat::{Presence, Seat},
    speaking::Speaking,
};

/// One room: who is inside, who waits, and what is received by whom.
#[derive(Debug)]
pub struct Room {
    pub(super) id: RoomId,
    pub(super) key: RoomKey,
    pub(super) limits: RoomLimits,
    pub(super) licensing: Licensing,
    /// By the calendar, the moment from which time is counted.
    start: UnixTime,
    /// Every open connection.
    pub(super) sessions: BTreeMap<SessionId, Standing>,
    /// Everybody at the door. Ids are minted there, so that their order is that of arrival.
    pub(super) waiting: BTreeMap<ParticipantId, Waiter>,
    /// Everybody inside, in order of arrival there.
    pub(super) seats: Vec<Seat>,
    /// What is decided for everybody.
    pub(super) rules: RoomRules,
    pub(super) attendance: Attendance,
    /// What the bookmarks of those who entered say that nobody can loosen.
    pub(super) restrictions: Restrictions,
    /// How many people the room's licence allows, where there has to be one.
    pub(super) licensed: Option<usize>,
    /// Tabs that were sent away.
    pub(super) memory: Memory,
    /// The personal invitations by which somebody came in.
    pub(super) used: BTreeSet<TicketNumber>,
    pub(super) speaking: Speaking,
    /// How many hands were ever raised.
    pub(super) hands: u32,
    pub(super) counts: Counts,
    /// When the server goes out of service, once that is decided.
    pub(super) closing: Option<Timestamp>,
    /// Of the roster.
    pub(super) revision: Revision,
    /// How many participants were ever named.
    pub(super) minted: u32,
    /// What this turn has decided so far; empty between turns.
    pub(super) effects: Vec<Effect>,
}

/// How far a connection has come.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Standing {
    /// Has not asked to enter.
    Challenged {
        /// By when it has to.
        until: Timestamp,
        /// From where it came.
        source: SourceKey,
    },
    /// Stands at the door.
    Waiting(ParticipantId),
    /// Has a seat.
    Inside(ParticipantId),
}

impl Room {
    /// Opens a room with nobody in it. `start` is what the calendar said when time began to count.
    pub fn new(
        id: RoomId,
        key: RoomKey,
        limits: RoomLimits,
        licensing: Licensing,
        start: UnixTime,
    ) -> Self {
        Self {
            id,
            key,
            limits,
            licensing,
            start,
            sessions: BTreeMap::new(),
            waiting: BTreeMap::new(),
            seats: Vec::new(),
            rules: RoomRules::default().restricted(limits.restrictions),
            restrictions: Restrictions::NONE,
            attendance: Attendance::Nobody,
            licensed: None,
            memory: Memory::default(),
            used: BTreeSet::new(),
            speaking: Speaking::default(),
            hands: 0,
            counts: Counts::default(),
            closing: None,
            revision: Revision(0),
            minted: 0,
            effects: Vec::new(),
        }
    }

    /// Advances the room by one input. What was due by `now` happens first, whichever input it is;
    /// only who is gone goes before, so that nobody is spoken to who cannot hear.
    #[must_use = "a room speaks only through its effects"]
    pub fn handle(&mut self, now: Timestamp, input: Input) -> Vec<Effect> {
        if let Input::Disconnected(session) = input {
            self.disconnected(now, session);
        }
        self.expire(now);
        self.settle(now);
        match input {
            Input::Connected(session, source) => self.connected(now, session, source),
            Input::Message(session, message) => self.message(now, session, message),
            Input::Violated(session) => self.violation(session),
            Input::Negotiated { participant, slots } => self.negotiated(participant, slots),
            Input::Grown { participant, slots } => self.grown(participant, slots),
            Input::NotNegotiated { participant } => {
                self.turn_out(participant, Refusal::UnusableOffer);
            }
            Input::Transport(participant, TransportChange::WeakCipher) => {
                self.turn_out(participant, Refusal::WeakCipher);
            }
            Input::Transport(participant, TransportChange::Lost) => {
                self.transport_lost(participant);
            }
            Input::Transport(participant, TransportChange::Wanted(source, layers)) => {
                self.layers_wanted(participant, source, layers);
            }
            Input::Transport(participant, TransportChange::Speaking(speaks)) => {
                self.spoke(participant, speaks);
            }
            Input::Closing(until) => self.close(now, until),
            // The last two have had their effect above; that media can flow changes nothing here.
            Input::Transport(_, TransportChange::Connected)
            | Input::Disconnected(_)
            | Input::Timeout => {}
        }
        self.settle(now);
        self.tell_speaking(now);
        self.tell_closing_to_the_new(now);
        self.empty_the_door();
        if self.sessions.is_empty() && self.seats.is_empty() {
            self.effects.push(Effect::Stop);
        }
        core::mem::take(&mut self.effects)
    }

    /// When the room wants [`Input::Timeout`].
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        let silent = self.silent().map(|(_, until, _)| until);
        let away = self.seats.iter().filter_map(|seat| match seat.presence {
            Presence::Away { until } => Some(until),
            Presence::Here(_) => None,
        });
        let due = [self.unattended_deadline(), self.speaking_deadline()];
        silent.chain(away).chain(due.into_iter().flatten()).min()
    }

    /// How many are inside, and how many wait at the door.
    #[must_use]
    pub fn people(&self) -> (usize, usize) {
        (self.seats.len(), self.waiting.len())
    }

    /// What it did not do so far, and how often.
    #[must_use]
    pub const fn counts(&self) -> &Counts {
        &self.counts
    }

    /// This moment by the calendar.
    pub(super) fn calendar(&self, now: Timestamp) -> UnixTime {
        self.start + now.since(Timestamp::default())
    }

    /// Ends everything whose time is over.
    fn expire(&mut self, now: Timestamp) {
        let late = self.silent().filter(|(_, until, _)| *until <= now);
        let late: Vec<SessionId> = late.map(|(session, ..)| session).collect();
        for session in late {
            self.violation(session);
        }
        let gone: Vec<ParticipantId> = self
            .seats
            .iter()
            .filter(|s| matches!(s.presence, Presence::Away { until } if until <= now))
            .map(|seat| seat.participant)
            .collect();
        for participant in gone {
            self.unseat(participant);
        }
        // Nothing is left to pause where nobody is left.
        if !self.seats.is_empty() {
            self.expire_unattended(now);
        }
    }

    fn message(&mut self, now: Timestamp, session: SessionId, message: ClientMessage) {
        // A message can have been on its way when its connection was closed.
        let Some(standing) = self.sessions.get(&session).copied() else { return };
        if let Standing::Inside(participant) = standing
            && let Some(seat) = self.seat_mut(participant)
        {
            // Nothing is said before the welcome has come.
            seat.heard = seat.welcomes;
        }
        match (standing, message) {
            (Standing::Challenged { source, .. }, ClientMessage::Enter(entry)) => {
                self.enter(now, (session, source), entry);
            }
            (Standing::Inside(participant), ClientMessage::Offer(offer)) => {
                self.offer(session, participant, offer);
            }
            (Standing::Inside(participant), ClientMessage::Publish { live, heard }) => {
                self.publish(session, participant, &live, heard);
            }
            (Standing::Inside(participant), ClientMessage::Want { pictures }) => {
                self.want(session, participant, pictures);
            }
            (Standing::Inside(participant), ClientMessage::Hand { raised }) => {
                self.set_hand(participant, raised);
            }
            (Standing::Inside(participant), ClientMessage::Chat { text }) => {
                self.chat(now, participant, &text);
            }
            (Standing::Inside(participant), ClientMessage::Rtt { line }) => {
                self.rtt(now, participant, line);
            }
            (Standing::Inside(participant), ClientMessage::Reaction { reaction }) => {
                self.react(now, participant, reaction);
            }
            (Standing::Inside(participant), ClientMessage::Moderate(act)) => {
                self.moderate(now, participant, act);
            }
            (Standing::Waiting(_) | Standing::Inside(_), ClientMessage::Leave {}) => {
                self.end(session, ServerMessage::Closed { reason: CloseReason::Left });
            }
            (Standing::Challenged { .. } | Standing::Waiting(_) | Standing::Inside(_), _) => {
                self.violation(session);
            }
        }
    }

    /// Ends a connection whose page broke the protocol, and whatever it had come to.
    pub(super) fn violation(&mut self, session: SessionId) {
        self.end(session, ServerMessage::Closed { reason: CloseReason::Protocol });
    }

    /// Ends a connection for good with a last word: its knock and its seat end with it.
    pub(super) fn end(&mut self, session: SessionId, last: ServerMessage) {
        let Some(standing) = self.sessions.remove(&session) else { return };
        self.counts.last_word(&last);
        self.send(session, last);
        self.effects.push(Effect::Close(session));
        match standing {
            Standing::Challenged { .. } => {}
            Standing::Waiting(participant) => self.knock_gone(participant),
            Standing::Inside(participant) => self.unseat(participant),
        }
    }

    pub(super) fn send(&mut self, session: SessionId, message: ServerMessage) {
        self.effects.push(Effect::Send(session, message));
    }
}
