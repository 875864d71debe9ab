// SPDX-License-Identifier: EUPL-1.2
//! The only reader of time: everything else is handed a [`Timestamp`].

use core::{future, time::Duration};
use std::time::SystemTime;

use shared::{Timestamp, UnixTime};
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

    /// What the calendar says of the moment from which we count. It is asked anew each time: a machine
    /// can learn the date after it has started.
    #[expect(clippy::disallowed_methods, reason = "the only reader of time")]
    pub fn calendar_start(&self) -> UnixTime {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        // A calendar before 1970 is no calendar: then everything is still good.
        let start = now.unwrap_or(Duration::ZERO).saturating_sub(self.start.elapsed());
        UnixTime::from_secs(start.as_secs())
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
