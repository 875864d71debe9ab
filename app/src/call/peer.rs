// SPDX-License-Identifier: EUPL-1.2
//! The one peer connection: offered, answered, offered again to grow, and made again when it fails.
//!
//! ```text
//!           OpenPeer          Offered, said         Answer
//!   Absent ─────────▶ Opening ─────────────▶ Offered ──────▶ Running
//!     ▲                  ▲                      │               │
//!     │ failed, no line  │ pause over, welcome  │ failed        │ failed, lost
//!     └──────────────────┴───────── Paused ◀────┴───────────────┘
//! ```
//!
//! While it runs, all it carries goes on whatever is agreed on top:
//!
//! ```text
//!            crowded for a while            GrowPeer          Offered, said
//!   Settled ────────────────────▶ Due ─────────────▶ Opening ─────────────▶ Offered
//!      ▲                           ▲    line there      │                      │  │
//!      │                           └────── line lost ───┴──────────────────────┘  │
//!      └───────────────────────────────── Answer ─────────────────────────────────┘
//! ```

use core::time::Duration;

use shared::Timestamp;

use super::backoff::Backoff;

/// How far the peer connection has come.
#[derive(Debug)]
pub(super) struct Peer {
    state: State,
    /// How many pictures it can receive at once, or is to.
    pictures: usize,
    /// The most that it grows to: less, once the browser could not offer so many.
    most: usize,
    /// Since when more are wanted than it can receive.
    crowded: Option<Timestamp>,
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
    Running(Growth),
    Paused {
        until: Timestamp,
    },
}

/// Whether a running one is to receive more.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Growth {
    Settled,
    Due,
    Opening,
    Offered,
}

impl Default for Peer {
    fn default() -> Self {
        Self {
            state: State::Absent,
            pictures: FIRST,
            most: MOST,
            crowded: None,
            backoff: Backoff::default(),
            unanswered: 0,
        }
    }
}

impl Peer {
    /// Another one is being made; for how many pictures. One that has grown is as large when it is made again.
    pub(super) const fn opening(&mut self) -> usize {
        self.state = State::Opening;
        self.crowded = None;
        self.pictures
    }

    /// So many pictures are wanted, while the line can carry an offer. For how many it is to grow, if it is.
    pub(super) fn wanted(&mut self, now: Timestamp, pictures: usize) -> Option<usize> {
        let State::Running(growth) = &mut self.state else { return None };
        if pictures <= self.pictures {
            self.crowded = None;
        } else if *growth == Growth::Settled {
            let next = STEPS.into_iter().find(|step| pictures <= *step).unwrap_or(MOST);
            let next = next.min(self.most);
            let since = *self.crowded.get_or_insert(now);
            if next > self.pictures && since + PATIENCE <= now {
                (self.pictures, *growth) = (next, Growth::Due);
                self.crowded = None;
            }
        }
        if *growth == Growth::Due {
            *growth = Growth::Opening;
            return Some(self.pictures);
        }
        None
    }

    /// An offer is ready. Whether it is to be said: where nobody hears it, another one is made when
    /// the line is back.
    pub(super) const fn offered(&mut self, line_is_settled: bool) -> bool {
        self.state = match (self.state, line_is_settled) {
            (State::Opening, true) => State::Offered,
            (State::Opening, false) => State::Absent,
            (State::Running(Growth::Opening), true) => State::Running(Growth::Offered),
            (State::Running(Growth::Opening), false) => State::Running(Growth::Due),
            // One that nobody waits for.
            (_, _) => return false,
        };
        if line_is_settled {
            self.unanswered = self.unanswered.saturating_add(1);
        }
        line_is_settled
    }

    /// The server answered an offer. Whether it is the newest one: an earlier one's peer is gone.
    pub(super) fn answered(&mut self) -> bool {
        self.unanswered = self.unanswered.saturating_sub(1);
        let awaited = matches!(self.state, State::Offered | State::Running(Growth::Offered));
        if self.unanswered > 0 || !awaited {
            return false;
        }
        self.state = State::Running(Growth::Settled);
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
        self.crowded = None;
        if self.state == State::Opening && self.pictures > FIRST {
            (self.pictures, self.most) = (FIRST, FIRST);
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
    pub(super) const fn line_lost(&mut self) {
        self.unanswered = 0;
        self.crowded = None;
        self.state = match self.state {
            State::Offered => State::Absent,
            State::Running(Growth::Opening | Growth::Offered) => State::Running(Growth::Due),
            State::Absent | State::Opening | State::Running(_) | State::Paused { .. } => self.state,
        };
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
        matches!(self.state, State::Running(_))
    }

    /// When the next one is to be made, or the one there is to grow.
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        match self.state {
            State::Paused { until } => Some(until),
            State::Running(Growth::Settled) if self.pictures < self.most => {
                self.crowded.map(|since| since + PATIENCE)
            }
            State::Absent | State::Opening | State::Offered | State::Running(_) => None,
        }
    }

    /// When the next one is to be made.
    pub(super) const fn paused_until(&self) -> Option<Timestamp> {
        match self.state {
            State::Paused { until } => Some(until),
            State::Absent | State::Opening | State::Offered | State::Running(_) => None,
        }
    }
}

/// How many pictures can be received from the start. More, everybody's entry waits for a longer offer;
/// fewer, every meeting of a dozen offers twice.
const FIRST: usize = 12;
/// To how many it grows. More steps, a room that fills offers more often; fewer, a room of thirteen costs
/// every browser the memory of a crowd. What has grown does not shrink: a line that is agreed on costs little
/// while it carries nothing.
const STEPS: [usize; 2] = [25, MOST];
/// The most: 49 faces and four screens. More, no screen shows them; with a longer offer the server has to take
/// more from anybody.
const MOST: usize = 53;
/// For how long more has to be wanted. Longer, people who come are not seen; shorter, ten who come at once
/// are ten offers.
const PATIENCE: Duration = Duration::from_millis(250);
