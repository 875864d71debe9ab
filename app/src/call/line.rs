// SPDX-License-Identifier: EUPL-1.2
//! The line to the server: one connection after the other, until one holds or time is up.

use core::time::Duration;

use shared::Timestamp;

use super::backoff::Backoff;

/// How far the line has come.
#[derive(Debug)]
pub(super) struct Line {
    state: State,
    backoff: Backoff,
    /// Since when nobody has answered; nothing while the line is settled.
    silent_since: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum State {
    /// A connection is being opened.
    Opening { until: Timestamp },
    /// It is open; the server has not greeted us.
    Open { until: Timestamp },
    /// We asked to enter.
    Asked { until: Timestamp },
    /// The server answered: we wait or are inside.
    Settled,
    /// There is none; the next one is opened then.
    Paused { until: Timestamp },
}

/// What is due on the line.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Due {
    /// Nothing yet.
    Nothing,
    /// The pause is over.
    Attempt,
    /// The attempt takes too long.
    Stalled,
    /// Nobody has answered for as long as we ask.
    Unreachable,
}

impl Line {
    /// The first connection is being opened.
    pub(super) fn opening(now: Timestamp) -> Self {
        let state = State::Opening { until: now + ATTEMPT };
        Self { state, backoff: Backoff::default(), silent_since: Some(now) }
    }

    /// Another connection is being opened in place of what there is.
    pub(super) fn reopen(&mut self, now: Timestamp) {
        self.silent_since.get_or_insert(now);
        self.state = State::Opening { until: now + ATTEMPT };
    }

    /// The connection is open.
    pub(super) const fn opened(&mut self) {
        if let State::Opening { until } = self.state {
            self.state = State::Open { until };
        }
    }

    /// Whether the server's greeting is answered now: once on each connection.
    pub(super) const fn greeted(&mut self) -> bool {
        let State::Open { until } = self.state else { return false };
        self.state = State::Asked { until };
        true
    }

    /// The server answered.
    pub(super) fn settle(&mut self, now: Timestamp) {
        if self.state != State::Settled {
            self.state = State::Settled;
            self.silent_since = None;
            self.backoff.works(now);
        }
    }

    /// The connection is gone or of no use. Whether the next one is opened at once.
    pub(super) fn lost(&mut self, now: Timestamp) -> bool {
        self.silent_since.get_or_insert(now);
        let until = self.backoff.failed(now);
        if until > now {
            self.state = State::Paused { until };
            return false;
        }
        self.reopen(now);
        true
    }

    /// Whether there is a connection or the attempt at one: a pause cannot be lost again.
    pub(super) const fn is_up(&self) -> bool {
        !matches!(self.state, State::Paused { .. })
    }

    /// Whether the server's words on this connection count: it is open.
    pub(super) const fn hears(&self) -> bool {
        matches!(self.state, State::Open { .. } | State::Asked { .. } | State::Settled)
    }

    /// Whether we asked to enter on this connection.
    pub(super) const fn has_asked(&self) -> bool {
        matches!(self.state, State::Asked { .. } | State::Settled)
    }

    /// Whether the server answered on this connection.
    pub(super) const fn is_settled(&self) -> bool {
        matches!(self.state, State::Settled)
    }

    /// What is due, when the server is asked for as long as `patience`.
    pub(super) fn due(&self, now: Timestamp, patience: Duration) -> Due {
        if self.silent_since.is_some_and(|since| since + patience <= now) {
            return Due::Unreachable;
        }
        match self.state {
            State::Paused { until } if until <= now => Due::Attempt,
            State::Opening { until } | State::Open { until } | State::Asked { until }
                if until <= now =>
            {
                Due::Stalled
            }
            State::Paused { .. }
            | State::Opening { .. }
            | State::Open { .. }
            | State::Asked { .. }
            | State::Settled => Due::Nothing,
        }
    }

    /// When something will be due.
    pub(super) fn deadline(&self, patience: Duration) -> Option<Timestamp> {
        let step = match self.state {
            State::Paused { until }
            | State::Opening { until }
            | State::Open { until }
            | State::Asked { until } => Some(until),
            State::Settled => None,
        };
        step.into_iter().chain(self.silent_since.map(|since| since + patience)).min()
    }
}

/// Longer, a connection into nowhere keeps a better one waiting. Shorter, a slow line never gets
/// through.
const ATTEMPT: Duration = Duration::from_secs(8);
