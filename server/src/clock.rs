// SPDX-License-Identifier: EUPL-1.2
//! The only reader of time: everything else is handed a [`Timestamp`].

use core::future;

use shared::Timestamp;
use tokio::time::{Instant, sleep_until};

/// Counts from the start of the server. Monotonic; in tests it stands still when tokio's time does.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    start: Instant,
}

impl Clock {
    /// Starts to count.
    #[expect(clippy::disallowed_methods, reason = "the only reader of time")]
    pub fn start() -> Self {
        Self { start: Instant::now() }
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        Timestamp::since_start(self.start.elapsed())
    }

    /// Returns at this moment; never when there is none.
    pub async fn wait_until(&self, deadline: Option<Timestamp>) {
        match deadline {
            Some(deadline) => {
                sleep_until(self.start + deadline.since(Timestamp::default())).await;
            }
            None => future::pending().await,
        }
    }
}
