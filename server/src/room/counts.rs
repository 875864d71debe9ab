// SPDX-License-Identifier: EUPL-1.2
//! What a room did not do, and how often: numbers without persons. Bounded.

use std::collections::BTreeMap;

use shared::{CloseReason, Refusal, ServerMessage};

/// How often a room refused something, over its whole life.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Counts {
    /// The last words `refused`, by their reason.
    pub refused: BTreeMap<Refusal, u64>,
    /// The last words `closed` because of a broken protocol, or because nobody entered in time.
    pub violations: u64,
    /// Acts that were not done for want of the right to do them.
    pub denied: u64,
    /// What was written faster than is passed on.
    pub held_back: u64,
}

impl Counts {
    /// Whether nothing was ever refused.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// Counts the last word to a connection.
    pub(super) fn last_word(&mut self, last: &ServerMessage) {
        if let ServerMessage::Refused { reason, .. } = last {
            let count = self.refused.entry(*reason).or_default();
            *count = count.saturating_add(1);
        } else if *last == (ServerMessage::Closed { reason: CloseReason::Protocol }) {
            self.violations = self.violations.saturating_add(1);
        }
    }

    /// Counts what was asked for without the right to it.
    pub(super) const fn denial(&mut self) {
        self.denied = self.denied.saturating_add(1);
    }

    /// Counts what was written too fast.
    pub(super) const fn held_back(&mut self) {
        self.held_back = self.held_back.saturating_add(1);
    }
}
