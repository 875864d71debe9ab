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

/// A seat that was removed.
#[derive(Debug)]
struct Removed {
    participant: ParticipantId,
    /// The welcomes whose tokens the tab may hold.
    welcomes: [u64; 2],
    /// The last knock of the tab since then: it keeps the token of that instead.
    knock: Option<ParticipantId>,
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
        let (participant, welcomes) = (seat.participant, [seat.welcomes, seat.heard]);
        self.removed.push_back(Removed { participant, welcomes, knock: None });
    }

    /// Whether this tab was removed; the place at which it is remembered.
    pub(super) fn find_removed(&self, key: &RoomKey, token: &ResumeToken) -> Option<usize> {
        self.removed.iter().position(|removed| {
            let welcomes = removed.welcomes.into_iter().map(|count| (removed.participant, count));
            let knock = removed.knock.map(|participant| (participant, 0));
            welcomes.chain(knock).any(|(whose, count)| key.resume_token(whose, count) == *token)
        })
    }

    /// The tab that is remembered there knocks as this participant: it is recognised by the token of
    /// that from here on, too.
    pub(super) fn follow(&mut self, place: usize, knock: ParticipantId) {
        if let Some(removed) = self.removed.get_mut(place) {
            removed.knock = Some(knock);
        }
    }

    /// How many tabs are remembered.
    #[cfg(test)]
    pub(super) fn len(&self) -> (usize, usize) {
        (self.refused.len(), self.removed.len())
    }
}
