// SPDX-License-Identifier: EUPL-1.2
//! The lobby: who waits outside, in which order, and what becomes of them. Bounded and fair.

use core::time::Duration;
use std::collections::BTreeMap;

use shared::{
    CloseReason, GuestMark, Knock, ParticipantId, Refusal, ResumeToken, SealedProfile,
    ServerMessage, TicketNumber, Timestamp, WaitingFor,
};

use super::{
    Effect, SessionId, SourceKey,
    room::{Room, Standing},
    seat::Seat,
};

/// Somebody at the door.
#[derive(Debug)]
pub(super) struct Waiter {
    pub(super) session: SessionId,
    /// From where they came.
    pub(super) source: SourceKey,
    pub(super) profile: SealedProfile,
    /// Of the invitation that they showed to hold.
    pub(super) guest: Option<GuestMark>,
    /// The personal invitation that they hold, and nobody else meanwhile.
    pub(super) ticket: Option<TicketNumber>,
    /// The seat that their tab lost to a moderator.
    pub(super) removed: Option<ParticipantId>,
}

impl Waiter {
    fn knock(&self, participant: ParticipantId) -> Knock {
        Knock {
            participant,
            profile: self.profile.clone(),
            guest: self.guest,
            personal: self.ticket.is_some(),
            removed: self.removed.is_some(),
        }
    }
}

impl Room {
    /// Lets somebody wait.
    pub(super) fn knock(&mut self, participant: ParticipantId, waiter: Waiter) {
        self.sessions.insert(waiter.session, Standing::Waiting(participant));
        let (session, knock) = (waiter.session, waiter.knock(participant));
        self.waiting.insert(participant, waiter);
        self.tell_wait(session, participant);
        self.tell_moderators(&ServerMessage::Knock(knock));
    }

    /// The knock that this token belongs to.
    pub(super) fn claim_knock(&self, token: &ResumeToken) -> Option<ParticipantId> {
        let mut waiting = self.waiting.keys().copied();
        waiting.find(|participant| self.key.resume_token(*participant, 0) == *token)
    }

    /// Goes on with a knock from another connection: a line that broke costs nobody their turn, and
    /// holds nobody's invitation against them.
    pub(super) fn knock_from(&mut self, session: SessionId, participant: ParticipantId) {
        let Some(waiter) = self.waiting.get_mut(&participant) else { return };
        let earlier = core::mem::replace(&mut waiter.session, session);
        self.sessions.remove(&earlier);
        self.sessions.insert(session, Standing::Waiting(participant));
        self.send(earlier, ServerMessage::Closed { reason: CloseReason::Replaced });
        self.effects.push(Effect::Close(earlier));
        self.tell_wait(session, participant);
    }

    /// Makes a place in the lobby for somebody from there. Where all are taken, whoever came last from
    /// where most came gives way, unless nothing would be fairer then: a flood from one network
    /// crowds out itself, and nobody else.
    pub(super) fn make_place_for(&mut self, source: SourceKey) -> Result<(), Refusal> {
        if self.waiting.len() < self.limits.waiting {
            return Ok(());
        }
        let mut crowds: BTreeMap<SourceKey, (usize, ParticipantId)> = BTreeMap::new();
        for (participant, waiter) in &self.waiting {
            let (count, last) = crowds.entry(waiter.source).or_insert((0, *participant));
            *count = count.saturating_add(1);
            *last = *participant;
        }
        let own = crowds.get(&source).map_or(0, |(count, _)| *count);
        let (most, last) = crowds.into_values().max().ok_or(Refusal::Full)?;
        if own.saturating_add(1) >= most {
            return Err(Refusal::Full);
        }
        if let Some(waiter) = self.waiting.get(&last) {
            self.refuse(waiter.session, Refusal::Full);
        }
        Ok(())
    }

    /// Lets somebody in who knocks; anybody else is left alone. In a full room they are told so,
    /// instead of being left to wait for what cannot be granted.
    pub(super) fn admit(&mut self, participant: ParticipantId) {
        let Some(waiter) = self.waiting.remove(&participant) else { return };
        let session = waiter.session;
        match self.seat_waiter(participant, waiter) {
            Ok(()) => self.tell_moderators(&ServerMessage::KnockGone { participant }),
            Err((reason, waiter)) => {
                self.waiting.insert(participant, waiter);
                self.refuse(session, reason);
            }
        }
    }

    /// Lets in everybody who came up to here, in order of arrival: who knocked while the moderator's word
    /// was on its way was not seen by them. Who was removed needs a word of their own.
    pub(super) fn admit_all(&mut self, up_to: ParticipantId) {
        let meant = self.waiting.range(..=up_to).filter(|(_, waiter)| waiter.removed.is_none());
        let meant: Vec<_> = meant.map(|(participant, _)| *participant).collect();
        for participant in meant {
            self.admit(participant);
        }
    }

    /// Seats somebody to whom the door is open. Their personal invitation is used up by it.
    pub(super) fn seat_waiter(
        &mut self,
        participant: ParticipantId,
        waiter: Waiter,
    ) -> Result<(), (Refusal, Waiter)> {
        if self.seats.len() >= self.places() {
            return Err((Refusal::Full, waiter));
        }
        self.used.extend(waiter.ticket);
        let Waiter { session, profile, guest, removed, .. } = waiter;
        let seat = Seat::new(participant, false, (profile, guest), session);
        self.sit(Seat { removed, ..seat }, session);
        Ok(())
    }

    /// Turns somebody away who knocks, and remembers their tab for a while. Whoever left meanwhile, or
    /// was let in by somebody else, is left alone.
    pub(super) fn turn_away(&mut self, now: Timestamp, participant: ParticipantId) {
        let Some(session) = self.waiting.get(&participant).map(|waiter| waiter.session) else {
            return;
        };
        let pause = self.limits.refusal_pause;
        self.memory.refuse(participant, now + pause, self.limits.refused);
        self.refuse_for(session, Refusal::TurnedAway, pause);
    }

    /// For how long this tab is still to pause.
    pub(super) fn pause_of(&mut self, now: Timestamp, token: &ResumeToken) -> Option<Duration> {
        self.memory.pauses_until(now, &self.key, token).map(|until| until.since(now))
    }

    /// Nobody who waited is kept waiting in the wrong belief: when a moderator is there they wait for
    /// the decision, otherwise for a moderator.
    pub(super) fn tell_waiting(&mut self) {
        let waiting: Vec<_> = self.waiting.iter().map(|(id, w)| (w.session, *id)).collect();
        for (session, participant) in waiting {
            self.tell_wait(session, participant);
        }
    }

    /// Forgets somebody at the door.
    pub(super) fn knock_gone(&mut self, participant: ParticipantId) {
        if self.waiting.remove(&participant).is_some() {
            self.tell_moderators(&ServerMessage::KnockGone { participant });
        }
    }

    /// Everybody at the door, in order of arrival.
    pub(super) fn knocks(&self) -> Vec<Knock> {
        self.waiting.iter().map(|(participant, waiter)| waiter.knock(*participant)).collect()
    }

    /// Tells somebody who is a moderator from here on who is at the door.
    pub(super) fn tell_knocks(&mut self, moderator: ParticipantId) {
        let Some(session) = self.seat(moderator).and_then(Seat::session) else { return };
        for knock in self.knocks() {
            self.send(session, ServerMessage::Knock(knock));
        }
    }

    pub(super) fn refuse(&mut self, session: SessionId, reason: Refusal) {
        self.refuse_for(session, reason, Duration::ZERO);
    }

    /// Refuses with a pause; what is left of a second counts as one.
    pub(super) fn refuse_for(&mut self, session: SessionId, reason: Refusal, pause: Duration) {
        let begun = u64::from(pause.subsec_nanos() > 0);
        let pause = u32::try_from(pause.as_secs().saturating_add(begun)).unwrap_or(u32::MAX);
        self.end(session, ServerMessage::Refused { reason, pause });
    }

    /// Names somebody. Nothing is named twice; when the numbers are used up, nobody new comes in.
    pub(super) fn mint(&mut self) -> Option<ParticipantId> {
        self.minted = self.minted.checked_add(1)?;
        Some(ParticipantId(self.minted))
    }

    fn tell_wait(&mut self, session: SessionId, participant: ParticipantId) {
        let attended = self.is_attended();
        let for_whom = if attended { WaitingFor::Admission } else { WaitingFor::Moderator };
        let visit = self.key.resume_token(participant, 0);
        self.send(session, ServerMessage::Waiting { for_whom, visit });
    }

    fn tell_moderators(&mut self, message: &ServerMessage) {
        let moderators: Vec<_> =
            self.seats.iter().filter(|s| s.is_moderator()).filter_map(Seat::session).collect();
        for session in moderators {
            self.send(session, message.clone());
        }
    }
}
