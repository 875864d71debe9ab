// SPDX-License-Identifier: EUPL-1.2
//! Who speaks: heard by the media plane, told to everybody inside as one list.
//!
//! Whether somebody speaks is no secret to who hears them. It is told for the eyes: a frame around a picture.

use shared::{ParticipantId, ServerMessage, Source, Timestamp};

use super::{room::Room, seat::Seat};

/// What everybody inside was told.
#[derive(Debug, Default)]
pub(super) struct Speaking {
    /// Who speaks, in order of arrival.
    told: Vec<ParticipantId>,
    /// Until when nothing else is told.
    quiet_until: Timestamp,
}

impl Room {
    /// The media plane hears somebody, or no longer.
    pub(super) fn spoke(&mut self, participant: ParticipantId, speaks: bool) {
        if let Some(reception) = self.seat_mut(participant).and_then(Seat::reception_mut) {
            reception.speaks = speaks;
        }
    }

    /// Tells everybody who speaks, where that are others than before and enough time has passed.
    pub(super) fn tell_speaking(&mut self, now: Timestamp) {
        if now < self.speaking.quiet_until || !self.is_speaking_untold() {
            return;
        }
        let participants: Vec<_> = self.speakers().collect();
        let sessions: Vec<_> = self.seats.iter().filter_map(Seat::session).collect();
        for session in sessions {
            let participants = participants.clone();
            self.send(session, ServerMessage::Speaking { participants });
        }
        self.speaking = Speaking { told: participants, quiet_until: now + self.limits.speaking };
    }

    /// Tells somebody who was just welcomed what the others know.
    pub(super) fn restate_speaking(&mut self, participant: ParticipantId) {
        let Some(session) = self.seat(participant).and_then(Seat::session) else { return };
        if !self.speaking.told.is_empty() {
            let participants = self.speaking.told.clone();
            self.send(session, ServerMessage::Speaking { participants });
        }
    }

    /// When there is something to be told.
    pub(super) fn speaking_deadline(&self) -> Option<Timestamp> {
        self.is_speaking_untold().then_some(self.speaking.quiet_until)
    }

    fn is_speaking_untold(&self) -> bool {
        !self.speakers().eq(self.speaking.told.iter().copied())
    }

    /// Who is off does not speak, whatever was heard of them before.
    fn speakers(&self) -> impl Iterator<Item = ParticipantId> {
        let heard = |seat: &&Seat| seat.speaks() && seat.live.contains(&Source::Microphone);
        self.seats.iter().filter(heard).map(|seat| seat.participant)
    }
}
