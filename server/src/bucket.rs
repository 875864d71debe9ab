// SPDX-License-Identifier: EUPL-1.2
//! How often something may happen: a token bucket. Pure.

use core::time::Duration;

use shared::Timestamp;

/// Lets a burst pass, and then one at a time.
///
/// It keeps the moment at which it will be full again (the generic cell rate algorithm): a moment
/// and two durations are all there is to it.
#[derive(Clone, Copy, Debug)]
pub struct TokenBucket {
    burst: Duration,
    refill: Duration,
    full_at: Timestamp,
}

impl TokenBucket {
    /// Begins full.
    pub const fn new(burst: u32, refill: Duration) -> Self {
        let burst = refill.saturating_mul(burst);
        Self { burst, refill, full_at: Timestamp::since_start(Duration::ZERO) }
    }

    /// Takes one, if there is one.
    pub fn take(&mut self, now: Timestamp) -> bool {
        let full_at = self.full_at.max(now) + self.refill;
        let enough = full_at.since(now) <= self.burst;
        if enough {
            self.full_at = full_at;
        }
        enough
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(milliseconds: u64) -> Timestamp {
        Timestamp::since_start(Duration::from_millis(milliseconds))
    }

    #[test]
    fn a_burst_passes_and_a_flood_does_not() {
        let mut bucket = TokenBucket::new(3, Duration::from_millis(100));
        assert_eq!([(); 5].map(|()| bucket.take(at(50))), [true, true, true, false, false]);
        assert!(!bucket.take(at(149)), "not yet");
        assert!(bucket.take(at(150)), "one came back");
        assert!(!bucket.take(at(150)), "only one");
    }

    #[test]
    fn patience_is_not_saved_up_beyond_a_burst() {
        let mut bucket = TokenBucket::new(2, Duration::from_millis(100));
        assert_eq!([(); 3].map(|()| bucket.take(at(1_000_000))), [true, true, false]);
    }
}
