// SPDX-License-Identifier: EUPL-1.2
//! Waiting for what must come, never for time to pass.

use std::time::Duration;

use tokio::time::{sleep, timeout};

/// Between two looks. Shorter, three browsers on two cores have less left for the meeting.
const PAUSE: Duration = Duration::from_millis(100);

/// Looks until what is looked for is there, and panics with what was seen last when it does not
/// come. `look` says as an error what it saw instead.
pub async fn eventually<T>(
    what: &str,
    within: Duration,
    mut look: impl AsyncFnMut() -> Result<T, String>,
) -> T {
    let mut last = String::from("nothing: the first look did not return");
    let looking = async {
        loop {
            match look().await {
                Ok(found) => return found,
                Err(seen) => last = seen,
            }
            sleep(PAUSE).await;
        }
    };
    match timeout(within, looking).await {
        Ok(found) => found,
        Err(tokio::time::error::Elapsed { .. }) => {
            panic!("{what}: not within {within:?}. Last seen: {last}")
        }
    }
}

/// What a look says of a condition.
pub trait Condition {
    /// There, or what was seen instead.
    fn or_seen(self, instead: impl FnOnce() -> String) -> Result<(), String>;
}

impl Condition for bool {
    fn or_seen(self, instead: impl FnOnce() -> String) -> Result<(), String> {
        if self { Ok(()) } else { Err(instead()) }
    }
}
