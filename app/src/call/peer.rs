// SPDX-License-Identifier: EUPL-1.2
//! The media transport as the page knows it: offered, answered, and offered again when it fails.

use std::collections::BTreeMap;

use shared::{Mid, ParticipantId, SlotEntry, Source, Timestamp};

use super::line::backoff;

/// At most one peer connection, and what its slots carry.
#[derive(Clone, Debug, Default)]
pub(super) struct Peer {
    state: State,
    /// Offers on this line whose answers have not come: only the last answer fits.
    unanswered: u32,
    failures: u32,
    slots: BTreeMap<Mid, (ParticipantId, Source)>,
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum State {
    /// There is none.
    #[default]
    None,
    /// The browser makes an offer.
    Offering,
    /// The server makes an answer.
    Offered,
    /// Answered.
    Answered,
    /// To be made again at this moment.
    Waiting(Timestamp),
}

impl Peer {
    pub(super) fn opened(&mut self) {
        self.state = State::Offering;
        self.slots.clear();
    }

    /// Whether this offer is the one that was asked for.
    pub(super) fn offered(&mut self) -> bool {
        let wanted = self.state == State::Offering;
        if wanted {
            self.state = State::Offered;
            self.unanswered = self.unanswered.saturating_add(1);
        }
        wanted
    }

    /// Whether this answer is the one to the last offer.
    pub(super) fn answered(&mut self) -> bool {
        self.unanswered = self.unanswered.saturating_sub(1);
        let fits = self.state == State::Offered && self.unanswered == 0;
        if fits {
            self.state = State::Answered;
        }
        fits
    }

    pub(super) const fn connected(&mut self) {
        self.failures = 0;
    }

    /// It is of no use any more. A second failure in a row waits.
    pub(super) fn failed(&mut self, now: Timestamp) {
        if self.state != State::None {
            self.state = State::Waiting(now + backoff(self.failures));
            self.failures = self.failures.saturating_add(1);
            self.slots.clear();
        }
    }

    /// The server has lost it. Of a transport that is still being agreed it cannot speak.
    pub(super) fn lost(&mut self, now: Timestamp) {
        if self.state == State::Answered {
            self.failed(now);
        }
    }

    /// The line was cut: what was said about an exchange under way may be lost with it.
    pub(super) fn line_cut(&mut self) {
        self.unanswered = 0;
        if self.state != State::Answered {
            self.state = State::None;
            self.slots.clear();
        }
    }

    /// Somebody else from here on: nothing of before is known to the server.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    pub(super) fn is_none(&self) -> bool {
        self.state == State::None
    }

    pub(super) fn is_due(&self, now: Timestamp) -> bool {
        matches!(self.state, State::Waiting(at) if at <= now)
    }

    pub(super) const fn deadline(&self) -> Option<Timestamp> {
        match self.state {
            State::Waiting(at) => Some(at),
            State::None | State::Offering | State::Offered | State::Answered => None,
        }
    }

    /// Takes a slot table; one that belongs to an earlier transport is left alone.
    pub(super) fn feed(&mut self, slots: Vec<SlotEntry>) {
        if self.state == State::Answered {
            self.slots = slots.into_iter().map(|s| (s.mid, (s.participant, s.source))).collect();
        }
    }

    /// The slot in which a publication is received.
    pub(super) fn slot(&self, participant: ParticipantId, source: Source) -> Option<&Mid> {
        self.slots.iter().find(|(_, fed)| **fed == (participant, source)).map(|(mid, _)| mid)
    }

    /// The slots that carry this source of somebody.
    pub(super) fn slots_of(&self, source: Source) -> impl Iterator<Item = &Mid> {
        self.slots.iter().filter(move |(_, (_, fed))| *fed == source).map(|(mid, _)| mid)
    }
}
