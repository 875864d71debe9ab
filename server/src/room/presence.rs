// SPDX-License-Identifier: EUPL-1.2
//! Inside: taking a seat, losing the connection, returning, and going for good.

use shared::{
    CloseReason, GuestMark, ParticipantId, ParticipantInfo, Refusal, ResumeToken, Role,
    RosterChange, SealedProfile, ServerMessage, Timestamp,
};

use super::{
    Effect, SessionId,
    room::{Room, Standing},
    seat::{Media, Presence, Seat},
    wish::Wish,
};

impl Room {
    /// Seats somebody who may come in.
    pub(super) fn sit(&mut self, seat: Seat, session: SessionId) {
        let participant = seat.participant;
        self.sessions.insert(session, Standing::Inside(participant));
        self.seats.push(seat);
        self.come_in(participant);
    }

    /// The seat that this token takes up again. Who holds the token of a welcome has heard it.
    pub(super) fn claim_seat(&mut self, token: &ResumeToken) -> Option<ParticipantId> {
        let key = &self.key;
        let (seat, welcome) = self.seats.iter_mut().find_map(|seat| {
            let welcome = [seat.welcomes, seat.heard]
                .into_iter()
                .find(|welcome| key.resume_token(seat.participant, *welcome) == *token)?;
            Some((seat, welcome))
        })?;
        seat.heard = welcome;
        Some(seat.participant)
    }

    /// Takes up a seat again from another connection. Who shows the bookmark at that runs the room from
    /// then on; nobody loses anything by returning.
    pub(super) fn resume(
        &mut self,
        session: SessionId,
        participant: ParticipantId,
        proved: bool,
        (profile, guest): (SealedProfile, Option<GuestMark>),
    ) {
        let Some(seat) = self.seat_mut(participant) else { return };
        let earlier = seat.session();
        seat.presence = Presence::Here(session);
        if proved {
            seat.holder = true;
            seat.role = Role::Moderator;
        }
        seat.profile = profile;
        seat.guest = guest.or(seat.guest);
        self.sessions.insert(session, Standing::Inside(participant));
        if let Some(earlier) = earlier {
            self.sessions.remove(&earlier);
            self.send(earlier, ServerMessage::Closed { reason: CloseReason::Replaced });
            self.effects.push(Effect::Close(earlier));
        }
        self.come_in(participant);
        self.restate_silence(participant);
        self.restate_reception(participant);
    }

    /// The connection is gone. A seat is kept for a while, a knock is not.
    pub(super) fn disconnected(&mut self, now: Timestamp, session: SessionId) {
        match self.sessions.remove(&session) {
            None | Some(Standing::Challenged { .. }) => {}
            Some(Standing::Waiting(participant)) => self.knock_gone(participant),
            Some(Standing::Inside(participant)) => {
                let until = now + self.limits.seat_grace;
                if let Some(seat) = self.seat_mut(participant) {
                    seat.presence = Presence::Away { until };
                    self.announce(participant);
                }
            }
        }
    }

    /// Ends a seat for a reason that is told to its owner, if they are there to hear it.
    pub(super) fn turn_out(&mut self, participant: ParticipantId, reason: Refusal) {
        match self.seat(participant).map(Seat::session) {
            None => {}
            Some(Some(session)) => self.refuse(session, reason),
            Some(None) => self.unseat(participant),
        }
    }

    /// Ends a seat. The transport goes first: what others are told comes after nothing flows.
    pub(super) fn unseat(&mut self, participant: ParticipantId) {
        let Some(place) = self.seats.iter().position(|s| s.participant == participant) else {
            return;
        };
        self.seats.remove(place);
        self.effects.push(Effect::CloseTransport(participant));
        self.revision = self.revision.next();
        self.tell(&RosterChange::Gone { participant }, None);
        self.reassign();
    }

    /// States to everybody inside, the owner among them, how a seat is: a page shows what the room
    /// has understood, not what it said itself.
    pub(super) fn announce(&mut self, participant: ParticipantId) {
        if let Some(info) = self.seat(participant).map(Seat::info) {
            self.revision = self.revision.next();
            self.tell(&RosterChange::Present { participant: info }, None);
        }
    }

    pub(super) fn seat(&self, participant: ParticipantId) -> Option<&Seat> {
        self.seats.iter().find(|seat| seat.participant == participant)
    }

    pub(super) fn seat_mut(&mut self, participant: ParticipantId) -> Option<&mut Seat> {
        self.seats.iter_mut().find(|seat| seat.participant == participant)
    }

    /// Welcomes somebody who sits, and tells the others.
    fn come_in(&mut self, participant: ParticipantId) {
        self.revision = self.revision.next();
        let Some(info) = self.welcome(participant) else { return };
        self.restate_speaking(participant);
        self.tell(&RosterChange::Present { participant: info }, Some(participant));
    }

    /// Sends the whole room as it is, with the token for the next return.
    fn welcome(&mut self, participant: ParticipantId) -> Option<ParticipantInfo> {
        let seat = self.seats.iter_mut().find(|seat| seat.participant == participant)?;
        seat.welcomes = seat.welcomes.saturating_add(1);
        // The page that wished is another one, or shows other things by this time.
        seat.wish = Wish::Everything;
        // It is told that no transport stands, and makes another.
        if let Media::Offered(before) = &mut seat.media {
            *before = None;
        }
        if let Some(lost) = seat.removed {
            self.memory.follow_seat(lost, seat);
        }
        let (info, welcomes, session) = (seat.info(), seat.welcomes, seat.session()?);
        let knocks = if info.role == Role::Moderator { self.knocks() } else { Vec::new() };
        let welcome = ServerMessage::Welcome {
            you: participant,
            revision: self.revision,
            rules: self.rules,
            participants: self.seats.iter().map(Seat::info).collect(),
            knocks,
            transport: self.seat(participant).and_then(Seat::reception).is_some(),
            resume: self.key.resume_token(participant, welcomes),
        };
        self.send(session, welcome);
        Some(info)
    }

    /// Tells a change of the roster to everybody inside who is there to hear it, but for the one to
    /// whom a snapshot has just said it.
    pub(super) fn tell(&mut self, change: &RosterChange, welcomed: Option<ParticipantId>) {
        let revision = self.revision;
        let sessions: Vec<_> = self
            .seats
            .iter()
            .filter(|seat| Some(seat.participant) != welcomed)
            .filter_map(Seat::session)
            .collect();
        for session in sessions {
            self.send(session, ServerMessage::Roster { revision, change: change.clone() });
        }
    }
}
