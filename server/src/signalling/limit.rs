// SPDX-License-Identifier: EUPL-1.2
//! How much a page may say: a token bucket and the numbers of one session. Pure.

use core::time::Duration;

use shared::Timestamp;

/// The bounds of one WebSocket.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct SessionLimits {
    /// The messages that can come at once.
    ///
    /// Larger, a flood reaches the room. Smaller, a page that enters, offers and publishes in one
    /// go is taken for one.
    pub burst: u32,
    /// How long it takes until one more can come.
    ///
    /// Shorter, a flood costs more. Longer, somebody who plays with a switch is thrown out.
    pub refill: Duration,
    /// How often a page is pinged. It has to fit into `silence` at least twice.
    pub ping_every: Duration,
    /// How long a page can say nothing, not even that it got a ping.
    ///
    /// Longer, a dead connection looks alive to the others. Shorter, a tunnel ends it.
    pub silence: Duration,
    /// The messages that wait for one page; beyond, it is cut off as slow.
    ///
    /// Larger, a page that reads nothing costs more memory. Smaller, a phone in a bad place is cut
    /// off while the roster changes.
    pub outbox: usize,
    /// How long the last words can take.
    ///
    /// Longer, a page that reads nothing lives longer. Shorter, a slow one does not learn why.
    pub farewell: Duration,
}

impl Default for SessionLimits {
    fn default() -> Self {
        Self {
            burst: 30,
            refill: Duration::from_millis(100),
            ping_every: Duration::from_secs(10),
            silence: Duration::from_secs(25),
            outbox: 256,
            farewell: Duration::from_secs(1),
        }
    }
}

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
