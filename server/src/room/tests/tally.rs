// SPDX-License-Identifier: EUPL-1.2
//! What is not done, as the [`Model`] counts it.

use shared::{CloseReason, ServerMessage};

use super::model::{Model, closed};

impl Model {
    /// Counts the last words of this turn that say what somebody did wrong.
    pub(super) fn count(&mut self) {
        for last in self.words.last.values() {
            if let ServerMessage::Refused { reason, .. } = last {
                *self.counts.refused.entry(*reason).or_default() += 1;
            } else if *last == closed(CloseReason::Protocol) {
                self.counts.violations += 1;
            }
        }
    }
}
