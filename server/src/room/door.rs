// SPDX-License-Identifier: EUPL-1.2
//! The door: who comes in at once, who knocks, and who is sent away.
//!
//! What is shown is looked at in this order: the proof of a moderator, the token of a seat, the token
//! of a knock, the token of somebody who is to pause, the personal invitation, and then the rules.

use shared::{Door, Entry, GuestMark, Invitations, ParticipantId, Refusal, RoomRules, Timestamp};

use super::{SessionId, SourceKey, lobby::Waiter, room::Room, seat::Seat};

impl Room {
    /// Decides about somebody who asks to enter. A proof that does not hold is refused, whatever else
    /// is shown.
    pub(super) fn enter(
        &mut self,
        now: Timestamp,
        (session, source): (SessionId, SourceKey),
        entry: Entry,
    ) {
        let challenge = self.key.challenge(session);
        let proved = match &entry.proof {
            None => false,
            Some(proof) if proof.holds(self.id, &challenge) => true,
            Some(_) => return self.refuse(session, Refusal::WrongProof),
        };
        let guest = entry.guest.as_ref().and_then(|guest| guest.mark(self.id, &challenge));
        let token = entry.resume.as_ref();
        if let Some(participant) = token.and_then(|token| self.claim_seat(token)) {
            self.resume(session, participant, proved, (entry.profile, guest));
            if proved {
                self.tighten(entry.restrictions);
            }
            return;
        }
        let refused = if self.is_closed() {
            Err(Refusal::OutOfService)
        } else if proved {
            self.enter_as_moderator(now, session, guest, entry)
        } else if let Some(participant) = token.and_then(|token| self.claim_knock(token)) {
            return self.knock_from(session, participant);
        } else if let Some(pause) = token.and_then(|token| self.pause_of(now, token)) {
            return self.refuse_for(session, Refusal::TooSoon, pause);
        } else {
            self.come_to_the_door(now, (session, source), guest, entry)
        };
        if let Err(reason) = refused {
            self.refuse(session, reason);
        }
    }

    /// Sets the door, and deals with those who wait as it says.
    pub(super) fn set_door(&mut self, door: Door) {
        if self.decide(RoomRules { door, ..self.rules }) {
            self.tell_rules();
            self.apply_door();
        }
    }

    /// Sets which invitations count, and deals with those who wait as it says.
    pub(super) fn set_invitations(&mut self, invitations: Invitations) {
        if self.decide(RoomRules { invitations, ..self.rules }) {
            self.tell_rules();
            self.apply_door();
        }
    }

    /// Whoever was removed comes back through no open door, and neither does anybody they sent.
    pub(super) fn let_the_door_fall(&mut self) {
        if matches!(self.rules.door, Door::Open(_)) {
            self.set_door(Door::Lobby);
        }
    }

    /// Deals with those who wait as the rules say: some cannot wait any longer, some need not.
    pub(super) fn apply_door(&mut self) {
        let attended = self.is_attended();
        let everybody: Vec<ParticipantId> = self.waiting.keys().copied().collect();
        for participant in everybody {
            let Some(waiter) = self.waiting.get(&participant) else { continue };
            if let Some(reason) = self.bars(waiter.ticket.is_some()) {
                self.refuse(waiter.session, reason);
            } else if attended && self.passes(waiter) {
                self.admit(participant);
            }
        }
    }

    /// A moderator never meets the lobby, and finds a seat in a room that is full for others. The
    /// reserve is bounded all the same: when it is used up, there are moderators enough.
    fn enter_as_moderator(
        &mut self,
        now: Timestamp,
        session: SessionId,
        guest: Option<GuestMark>,
        entry: Entry,
    ) -> Result<(), Refusal> {
        self.accept_licence(now, entry.licence.as_ref())?;
        if self.seats.len() >= self.places().saturating_add(self.limits.reserve) {
            return Err(Refusal::Full);
        }
        let participant = self.mint().ok_or(Refusal::Full)?;
        self.tighten(entry.restrictions);
        self.sit(Seat::new(participant, true, (entry.profile, guest), session), session);
        Ok(())
    }

    /// Seats somebody without a bookmark where the door is open to them, and lets them knock where it
    /// is not; or says why neither.
    fn come_to_the_door(
        &mut self,
        now: Timestamp,
        (session, source): (SessionId, SourceKey),
        guest: Option<GuestMark>,
        entry: Entry,
    ) -> Result<(), Refusal> {
        let ticket = entry.ticket.as_ref().map(|ticket| self.check_ticket(now, ticket));
        let ticket = ticket.transpose()?;
        if let Some(reason) = self.bars(ticket.is_some()) {
            return Err(reason);
        }
        let token = entry.resume.as_ref();
        let removed = token.and_then(|token| self.memory.find_removed(&self.key, token));
        let waiter = Waiter { session, source, profile: entry.profile, guest, ticket, removed };
        if self.is_attended() && self.passes(&waiter) {
            let participant = self.mint().ok_or(Refusal::Full)?;
            return self.seat_waiter(participant, waiter).map_err(|(reason, _)| reason);
        }
        self.make_place_for(source)?;
        let participant = self.mint().ok_or(Refusal::Full)?;
        if let Some(lost) = removed {
            self.memory.follow_knock(lost, participant);
        }
        self.knock(participant, waiter);
        Ok(())
    }

    /// Why somebody without a bookmark cannot even wait.
    fn bars(&self, with_ticket: bool) -> Option<Refusal> {
        if self.rules.door == Door::Locked {
            Some(Refusal::Locked)
        } else if self.rules.invitations == Invitations::Personal && !with_ticket {
            Some(Refusal::PersonalOnly)
        } else {
            None
        }
    }

    /// Whether the door is open to somebody: they were invited, and not removed.
    fn passes(&self, waiter: &Waiter) -> bool {
        match self.rules.door {
            Door::Open(mark) => {
                waiter.removed.is_none() && (waiter.ticket.is_some() || waiter.guest == Some(mark))
            }
            Door::Lobby | Door::Locked => false,
        }
    }
}
