// SPDX-License-Identifier: EUPL-1.2
//! The connection to the server: when to try again, and when to give up.

use std::time::Duration;

use shared::Timestamp;

/// One connection after the other, until it holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    state: State,
    /// Since when nobody is heard, and how often it was tried since.
    trouble: Option<(Timestamp, u32)>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum State {
    /// The socket is being opened, or the server has not challenged yet.
    Opening,
    /// What is said is heard.
    Open,
    /// To be opened again at this moment.
    Waiting(Timestamp),
}

impl Line {
    /// A line whose socket is being opened.
    pub(super) const fn opening(now: Timestamp) -> Self {
        Self { state: State::Opening, trouble: Some((now, 0)) }
    }

    pub(super) const fn is_open(&self) -> bool {
        matches!(self.state, State::Open)
    }

    /// Whether the line holds: open, and somebody has answered since the last trouble.
    pub(super) const fn holds(&self) -> bool {
        self.is_open() && self.trouble.is_none()
    }

    /// The server speaks.
    pub(super) const fn opened(&mut self) {
        self.state = State::Open;
    }

    /// The server knows who is speaking: what happened before is forgotten.
    pub(super) const fn mended(&mut self) {
        self.trouble = None;
    }

    /// The socket is gone.
    pub(super) fn broken(&mut self, now: Timestamp) {
        let (since, tried) = self.trouble.unwrap_or((now, 0));
        self.trouble = Some((since, tried.saturating_add(1)));
        self.state = State::Waiting(now + backoff(tried));
    }

    /// There is no point in waiting.
    pub(super) fn hurry(&mut self, now: Timestamp) {
        if let State::Waiting(at) = &mut self.state {
            *at = (*at).min(now);
        }
    }

    /// Whether the socket is to be opened again; it is on its way from then on.
    pub(super) fn try_again(&mut self, now: Timestamp) -> bool {
        let due = matches!(self.state, State::Waiting(at) if at <= now);
        if due {
            self.state = State::Opening;
        }
        due
    }

    /// Opens anew at once, to learn what was missed.
    pub(super) fn reopen(&mut self, now: Timestamp) {
        self.trouble = Some(self.trouble.unwrap_or((now, 0)));
        self.state = State::Opening;
    }

    /// Whether nobody was heard for too long.
    pub(super) fn is_hopeless(&self, now: Timestamp) -> bool {
        self.trouble.is_some_and(|(since, _)| now.since(since) >= GIVE_UP_AFTER) && !self.is_open()
    }

    pub(super) fn deadline(&self) -> Option<Timestamp> {
        let give_up = self.trouble.map(|(since, _)| since + GIVE_UP_AFTER);
        match self.state {
            State::Open => None,
            State::Opening => give_up,
            State::Waiting(at) => Some(give_up.map_or(at, |give_up| at.min(give_up))),
        }
    }
}

/// How long to wait before the n-th attempt: at once, then longer, never long.
pub(super) fn backoff(tried: u32) -> Duration {
    match tried {
        0 => Duration::ZERO,
        1 => Duration::from_millis(500),
        2 => Duration::from_secs(1),
        3 => Duration::from_secs(2),
        _ => Duration::from_secs(4),
    }
}

/// Longer, a person watches a page that will not come back; shorter, a restart of the server ends
/// every conference.
const GIVE_UP_AFTER: Duration = Duration::from_mins(1);
