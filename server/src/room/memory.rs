// SPDX-License-Identifier: EUPL-1.2
//! What a room remembers of tabs that it sent away: who is to pause, who was removed. Bounded.

use std::collections::VecDeque;

use shared::{ParticipantId, ResumeToken, Timestamp};

use super::{RoomKey, seat::Seat};

/// Tabs that were sent away, by the tokens they hold.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Whose knock was turned away, and until when they pause; in order of time.
    refused: VecDeque<(ParticipantId, Timestamp)>,
    /// In order of time.
    removed: VecDeque<Removed>,
}

/// A tab that lost its seat to a moderator.
#[derive(Debug)]
struct Removed {
    /// The seat that it lost; by it the tab is called.
    seat: Stay,
    /// Where it came since then, the last first: it keeps the token of that instead. Two of them, because
    /// a tab can be duplicated, and a word can be lost on its way to it.
    later: [Option<Stay>; 2],
}

/// Somebody at the door or inside, and the welcomes whose tokens their tab may hold.
#[derive(Clone, Copy, Debug)]
struct Stay {
    participant: ParticipantId,
    welcomes: [u64; 2],
}

impl Stay {
    const fn of(seat: &Seat) -> Self {
        Self { participant: seat.participant, welcomes: [seat.welcomes, seat.heard] }
    }

    fn holds(self, key: &RoomKey, token: &ResumeToken) -> bool {
        self.welcomes.iter().any(|count| key.resume_token(self.participant, *count) == *token)
    }
}

impl Memory {
    /// Remembers somebody who was turned away at the door.
    pub(super) fn refuse(&mut self, participant: ParticipantId, until: Timestamp, most: usize) {
        while self.refused.len() >= most.max(1) {
            self.refused.pop_front();
        }
        self.refused.push_back((participant, until));
    }

    /// Until when this tab is to pause.
    pub(super) fn pauses_until(
        &mut self,
        now: Timestamp,
        key: &RoomKey,
        token: &ResumeToken,
    ) -> Option<Timestamp> {
        self.refused.retain(|(_, until)| *until > now);
        let refused = |(participant, _): &&(ParticipantId, Timestamp)| {
            key.resume_token(*participant, 0) == *token
        };
        self.refused.iter().find(refused).map(|(_, until)| *until)
    }

    /// Remembers a seat that a moderator removed.
    pub(super) fn remove(&mut self, seat: &Seat, most: usize) {
        while self.removed.len() >= most.max(1) {
            self.removed.pop_front();
        }
        self.removed.push_back(Removed { seat: Stay::of(seat), later: [None; 2] });
    }

    /// The seat that this tab lost to a moderator, if it did.
    pub(super) fn find_removed(&self, key: &RoomKey, token: &ResumeToken) -> Option<ParticipantId> {
        let holds = |removed: &&Removed| {
            let later = removed.later.iter().flatten().copied();
            later.chain([removed.seat]).any(|stay| stay.holds(key, token))
        };
        self.removed.iter().find(holds).map(|removed| removed.seat.participant)
    }

    /// The tab that lost this seat knocks: it is recognised by the token of that from here on, too.
    pub(super) fn follow_knock(&mut self, lost: ParticipantId, participant: ParticipantId) {
        self.follow(lost, Stay { participant, welcomes: [0; 2] });
    }

    /// It was let in again, and welcomed there.
    pub(super) fn follow_seat(&mut self, lost: ParticipantId, seat: &Seat) {
        self.follow(lost, Stay::of(seat));
    }

    fn follow(&mut self, lost: ParticipantId, stay: Stay) {
        let mut removed = self.removed.iter_mut();
        let Some(tab) = removed.find(|tab| tab.seat.participant == lost) else { return };
        let mut known = tab.later.iter_mut().flatten();
        if let Some(known) = known.find(|known| known.participant == stay.participant) {
            *known = stay;
        } else {
            let [last, _] = tab.later;
            tab.later = [Some(stay), last];
        }
    }

    /// How many tabs are remembered.
    #[cfg(test)]
    pub(super) fn len(&self) -> (usize, usize) {
        (self.refused.len(), self.removed.len())
    }
}
