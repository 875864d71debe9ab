// SPDX-License-Identifier: EUPL-1.2
//! The server goes out of service: what goes on may go on until then, and nothing new begins.

use std::collections::BTreeSet;

use shared::{ParticipantId, Refusal, ServerMessage, Timestamp};

use super::{Effect, SessionId, room::Room, seat::Seat};

impl Room {
    /// The server serves this room until then, at the latest.
    pub(super) fn close(&mut self, now: Timestamp, until: Timestamp) {
        self.closing = Some(until);
        if self.is_closed() {
            return;
        }
        let inside = self.seats.iter().filter_map(Seat::session);
        let waiting = self.waiting.values().map(|waiter| waiter.session);
        let here: Vec<_> = inside.chain(waiting).collect();
        for session in here {
            self.tell_closing(now, session);
        }
    }

    /// Tells whoever is welcomed in this turn, or has come to the door.
    pub(super) fn tell_closing_to_the_new(&mut self, now: Timestamp) {
        // Who waits for what will not begin is refused.
        if self.closing.is_none() || self.is_closed() {
            return;
        }
        let new = self.effects.iter().filter_map(|effect| {
            if let Effect::Send(
                session,
                ServerMessage::Welcome { .. } | ServerMessage::Waiting { .. },
            ) = effect
            {
                Some(*session)
            } else {
                None
            }
        });
        let new: BTreeSet<_> = new.collect();
        for session in new {
            self.tell_closing(now, session);
        }
    }

    /// Tells a page how long there is; what is left of a second does not count.
    fn tell_closing(&mut self, now: Timestamp, session: SessionId) {
        let Some(until) = self.closing else { return };
        let within = u32::try_from(until.since(now).as_secs()).unwrap_or(u32::MAX);
        self.send(session, ServerMessage::Closing { within });
    }

    /// Whether nothing can begin here any more, and nothing goes on.
    pub(super) fn is_closed(&self) -> bool {
        self.closing.is_some() && self.seats.is_empty()
    }

    /// Nobody is left waiting for what will not begin.
    pub(super) fn empty_the_door(&mut self) {
        if !self.is_closed() {
            return;
        }
        let waiting: Vec<ParticipantId> = self.waiting.keys().copied().collect();
        for participant in waiting {
            if let Some(waiter) = self.waiting.get(&participant) {
                self.refuse(waiter.session, Refusal::OutOfService);
            }
        }
    }
}
