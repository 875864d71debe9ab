// SPDX-License-Identifier: EUPL-1.2
//! The server goes out of service: when, and whether the person has read it.

use core::time::Duration;

use shared::Timestamp;

use super::Call;

/// What is known of the end.
#[derive(Debug, Default)]
pub(super) struct Closing {
    /// As the server said last on this line.
    at: Option<Timestamp>,
    /// Of which end the person has read.
    read: Option<Timestamp>,
}

impl Closing {
    /// It may be another server by this time. Where it is the same, it says it again.
    pub(super) const fn forget(&mut self) {
        self.at = None;
    }

    /// When it ends, unless the person has read so: of another time they have not.
    pub(super) fn unread(&self) -> Option<Timestamp> {
        let is_read = |at: Timestamp| {
            self.read.is_some_and(|read| at.since(read).max(read.since(at)) <= SAME)
        };
        self.at.filter(|at| !is_read(*at))
    }
}

impl Call {
    /// The server goes out of service in so many seconds.
    pub(super) fn closes(&mut self, now: Timestamp, within: u32) {
        if self.underway().is_some_and(|underway| underway.line.is_settled()) {
            self.closing.at = Some(now + Duration::from_secs(within.into()));
        }
    }

    /// The person has read when.
    pub(super) const fn closing_is_read(&mut self) {
        self.closing.read = self.closing.at;
    }
}

/// The server leaves out what is less than a second, and its word takes a while. Longer, an end that was put off a little
/// is not told; shorter, the same one is told again with each new line.
const SAME: Duration = Duration::from_secs(5);
