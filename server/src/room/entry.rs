// SPDX-License-Identifier: EUPL-1.2
//! The door: who comes in at once, who waits for whom, and who decides.

use shared::{
    Knock, Moderation, ModeratorProof, ParticipantId, Refusal, ResumeToken, Role, SealedProfile,
    ServerMessage, WaitingFor,
};

use super::{
    SessionId,
    room::{Room, Standing, Waiter},
    seat::Seat,
};

impl Room {
    /// A proof is looked at first: one that does not hold is refused, whatever else is shown.
    pub(super) fn enter(
        &mut self,
        session: SessionId,
        resume: Option<&ResumeToken>,
        proof: Option<&ModeratorProof>,
        profile: SealedProfile,
    ) {
        let role = match proof {
            None => Role::Participant,
            Some(proof) if proof.holds(self.id, &self.key.challenge(session)) => Role::Moderator,
            Some(_) => return self.refuse(session, Refusal::WrongProof),
        };
        if let Some(participant) = resume.and_then(|token| self.claim_seat(token)) {
            return self.resume(session, participant, role, profile);
        }
        match role {
            Role::Moderator => self.enter_as_moderator(session, profile),
            Role::Participant => self.knock(session, profile),
        }
    }

    pub(super) fn moderate(
        &mut self,
        session: SessionId,
        moderator: ParticipantId,
        moderation: Moderation,
    ) {
        if !self.seat(moderator).is_some_and(Seat::is_moderator) {
            return self.violation(session);
        }
        match moderation {
            Moderation::Admit { participant } => self.admit(participant),
            Moderation::AdmitAll {} => {
                let everybody: Vec<_> = self.waiting.keys().copied().collect();
                for participant in everybody {
                    self.admit(participant);
                }
            }
            Moderation::Refuse { participant } => {
                // Whoever left meanwhile, or was let in by somebody else, is left alone.
                if let Some(session) = self.waiting.get(&participant).map(|w| w.session) {
                    self.refuse(session, Refusal::TurnedAway);
                }
            }
        }
    }

    /// Nobody who waited is kept waiting in the wrong belief: when a moderator is there they wait for
    /// the decision, otherwise for a moderator.
    pub(super) fn tell_waiting(&mut self, for_whom: WaitingFor) {
        let sessions: Vec<_> = self.waiting.values().map(|waiter| waiter.session).collect();
        for session in sessions {
            self.send(session, ServerMessage::Waiting { for_whom });
        }
    }

    /// Whether a moderator has a seat, be it that they are away for a moment.
    pub(super) fn is_attended(&self) -> bool {
        self.seats.iter().any(Seat::is_moderator)
    }

    /// Forgets somebody at the door.
    pub(super) fn knock_gone(&mut self, participant: ParticipantId) {
        if self.waiting.remove(&participant).is_some() {
            self.tell_moderators(&ServerMessage::KnockGone { participant });
        }
    }

    /// Everybody at the door, in order of arrival.
    pub(super) fn knocks(&self) -> Vec<Knock> {
        let knock = |(participant, waiter): (&ParticipantId, &Waiter)| Knock {
            participant: *participant,
            profile: waiter.profile.clone(),
        };
        self.waiting.iter().map(knock).collect()
    }

    /// A moderator never meets the lobby, and finds a seat in a room that is full for others. The
    /// reserve is bounded all the same: when it is used up, there are moderators enough.
    fn enter_as_moderator(&mut self, session: SessionId, profile: SealedProfile) {
        let places = self.limits.seats.saturating_add(self.limits.reserve);
        if self.seats.len() >= places {
            return self.refuse(session, Refusal::Full);
        }
        let Some(participant) = self.mint() else {
            return self.refuse(session, Refusal::Full);
        };
        self.sit(Seat::new(participant, Role::Moderator, profile, session), session);
    }

    fn knock(&mut self, session: SessionId, profile: SealedProfile) {
        if self.waiting.len() >= self.limits.waiting {
            return self.refuse(session, Refusal::Full);
        }
        let Some(participant) = self.mint() else {
            return self.refuse(session, Refusal::Full);
        };
        self.sessions.insert(session, Standing::Waiting(participant));
        self.waiting.insert(participant, Waiter { session, profile: profile.clone() });
        if self.is_attended() {
            self.send(session, ServerMessage::Waiting { for_whom: WaitingFor::Admission });
            self.tell_moderators(&ServerMessage::Knock(Knock { participant, profile }));
        } else {
            self.send(session, ServerMessage::Waiting { for_whom: WaitingFor::Moderator });
        }
    }

    /// Lets somebody in who knocks; anybody else is left alone. In a full room they are told so,
    /// instead of being left to wait for what cannot be granted.
    fn admit(&mut self, participant: ParticipantId) {
        let Some(session) = self.waiting.get(&participant).map(|waiter| waiter.session) else {
            return;
        };
        if self.seats.len() >= self.limits.seats {
            return self.refuse(session, Refusal::Full);
        }
        if let Some(Waiter { session, profile }) = self.waiting.remove(&participant) {
            self.sit(Seat::new(participant, Role::Participant, profile, session), session);
            self.tell_moderators(&ServerMessage::KnockGone { participant });
        }
    }

    fn refuse(&mut self, session: SessionId, reason: Refusal) {
        self.end(session, ServerMessage::Refused { reason });
    }

    fn tell_moderators(&mut self, message: &ServerMessage) {
        let moderators: Vec<_> =
            self.seats.iter().filter(|s| s.is_moderator()).filter_map(Seat::session).collect();
        for session in moderators {
            self.send(session, message.clone());
        }
    }

    /// Names somebody. Nothing is named twice; when the numbers are used up, nobody new comes in.
    fn mint(&mut self) -> Option<ParticipantId> {
        self.minted = self.minted.checked_add(1)?;
        Some(ParticipantId(self.minted))
    }
}
