// SPDX-License-Identifier: EUPL-1.2
//! How long to wait before something that failed is tried again.

use core::time::Duration;

use shared::Timestamp;

/// Counts failures in a row. What works only for a moment counts as failed.
#[derive(Debug, Default)]
pub(super) struct Backoff {
    failures: usize,
    works_since: Option<Timestamp>,
}

impl Backoff {
    /// It works.
    pub(super) const fn works(&mut self, now: Timestamp) {
        self.works_since = Some(now);
    }

    /// It failed: when to try again.
    pub(super) fn failed(&mut self, now: Timestamp) -> Timestamp {
        if self.works_since.take().is_some_and(|since| now.since(since) >= HOLDS) {
            self.failures = 0;
        }
        let delay = DELAYS.get(self.failures).copied().unwrap_or(LONGEST);
        self.failures = self.failures.saturating_add(1);
        now + delay
    }
}

/// Longer, somebody on a poor line waits for nothing. Shorter, what breaks again and again is tried
/// again without a pause.
const HOLDS: Duration = Duration::from_secs(10);

/// The first attempt is at once: most interruptions are over when they are noticed. Larger steps,
/// people wait for a line that is there; smaller ones, a server that starts is overrun.
const DELAYS: [Duration; 4] =
    [Duration::ZERO, Duration::from_millis(500), Duration::from_secs(1), Duration::from_secs(2)];
const LONGEST: Duration = Duration::from_secs(4);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pauses_grow_up_to_four_seconds() {
        let mut backoff = Backoff::default();
        let pauses: Vec<_> = (0..6).map(|_| millis(backoff.failed(at(0)))).collect();
        assert_eq!(pauses, [0, 500, 1000, 2000, 4000, 4000]);
    }

    #[test]
    fn what_held_for_a_while_is_tried_again_at_once() {
        let mut backoff = Backoff::default();
        assert_eq!(backoff.failed(at(0)), at(0));
        backoff.works(at(1));
        assert_eq!(backoff.failed(at(2)), at(2) + Duration::from_millis(500), "held for a moment");
        backoff.works(at(3));
        assert_eq!(backoff.failed(at(13)), at(13), "held");
    }

    fn at(seconds: u64) -> Timestamp {
        Timestamp::since_start(Duration::from_secs(seconds))
    }

    fn millis(moment: Timestamp) -> u128 {
        moment.since(at(0)).as_millis()
    }
}
