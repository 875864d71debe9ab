// SPDX-License-Identifier: EUPL-1.2
//! The one peer connection: offered, answered, and made again when it fails.
//!
//! ```text
//!           OpenPeer          Offered, said         Answer
//!   Absent ─────────▶ Opening ─────────────▶ Offered ──────▶ Running
//!     ▲                  ▲                      │               │
//!     │ failed, no line  │ pause over, welcome  │ failed        │ failed, lost
//!     └──────────────────┴───────── Paused ◀────┴───────────────┘
//! ```

use shared::Timestamp;

use super::backoff::Backoff;

/// How far the peer connection has come.
#[derive(Debug, Default)]
pub(super) struct Peer {
    state: State,
    backoff: Backoff,
    /// Offers of this line that the server has not answered; it answers them in order.
    unanswered: usize,
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum State {
    #[default]
    Absent,
    Opening,
    Offered,
    Running,
    Paused {
        until: Timestamp,
    },
}

impl Peer {
    /// Another one is being made.
    pub(super) const fn opening(&mut self) {
        self.state = State::Opening;
    }

    /// An offer is ready. Whether it is to be said: where nobody hears it, another one is made when
    /// the line is back.
    pub(super) const fn offered(&mut self, line_is_settled: bool) -> bool {
        if matches!(self.state, State::Absent | State::Paused { .. }) {
            return false;
        }
        if !line_is_settled {
            self.state = State::Absent;
            return false;
        }
        self.state = State::Offered;
        self.unanswered = self.unanswered.saturating_add(1);
        true
    }

    /// The server answered an offer. Whether it is the newest one: an earlier one's peer is gone.
    pub(super) fn answered(&mut self) -> bool {
        self.unanswered = self.unanswered.saturating_sub(1);
        if self.unanswered > 0 || self.state != State::Offered {
            return false;
        }
        self.state = State::Running;
        true
    }

    /// Media flows.
    pub(super) fn connected(&mut self, now: Timestamp) {
        if self.is_running() {
            self.backoff.works(now);
        }
    }

    /// It is of no use any more. Whether another one is made at once; without a line that could
    /// carry its offer, it is made when the line is back.
    pub(super) fn failed(&mut self, now: Timestamp, line_is_settled: bool) -> bool {
        if matches!(self.state, State::Absent | State::Paused { .. }) {
            return false;
        }
        if !line_is_settled {
            self.state = State::Absent;
            return false;
        }
        let until = self.backoff.failed(now);
        if until <= now {
            return true;
        }
        self.state = State::Paused { until };
        false
    }

    /// The line is lost: an offer that is not answered never will be.
    pub(super) fn line_lost(&mut self) {
        self.unanswered = 0;
        if self.state == State::Offered {
            self.state = State::Absent;
        }
    }

    /// The seat is another one: the server closed what belonged to the one before.
    pub(super) const fn lost_seat(&mut self) {
        self.state = State::Absent;
    }

    /// Whether one has to be made at once.
    pub(super) const fn is_needed(&self) -> bool {
        matches!(self.state, State::Absent)
    }

    /// Whether there is one that the server answered.
    pub(super) const fn is_running(&self) -> bool {
        matches!(self.state, State::Running)
    }

    /// When the next one is to be made.
    pub(super) const fn deadline(&self) -> Option<Timestamp> {
        match self.state {
            State::Paused { until } => Some(until),
            State::Absent | State::Opening | State::Offered | State::Running => None,
        }
    }
}
