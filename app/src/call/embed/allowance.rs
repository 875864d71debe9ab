// SPDX-License-Identifier: EUPL-1.2
//! How much a host page may say.

use core::time::Duration;

use shared::Timestamp;

/// A bucket of messages that fills up again; whoever goes on when it is empty is not listened to any more.
#[derive(Debug)]
pub(super) struct Allowance {
    left: u32,
    /// Up to when it is filled.
    filled: Timestamp,
    /// How many came while it was empty, since it was full.
    beyond: u32,
}

/// What becomes of a message.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Allowed {
    /// It is read.
    Yes,
    /// It is refused.
    No,
    /// It was the last one that anybody looked at.
    Deaf,
    /// Nobody looks at it.
    Ignored,
}

/// How many messages can come at once. Fewer, a host page that sets everything at the start is refused; more, it costs more
/// before it is slowed down.
const BURST: u32 = 32;

/// How long until one more can come. Longer, a host page with sliders is refused; shorter, one that never stops costs more.
const PACE: Duration = Duration::from_millis(100);

/// How many can come in vain. Fewer, one mistake in a host page ends its control of the meeting; more, a hostile one costs
/// that many looks at it.
const PATIENCE: u32 = 256;

impl Allowance {
    /// A full one.
    pub(super) const fn new() -> Self {
        Self { left: BURST, filled: Timestamp::since_start(Duration::ZERO), beyond: 0 }
    }

    /// One more message comes.
    pub(super) fn take(&mut self, now: Timestamp) -> Allowed {
        if self.beyond > PATIENCE {
            return Allowed::Ignored;
        }
        while self.left < BURST && self.filled + PACE <= now {
            self.left = self.left.saturating_add(1);
            self.filled = self.filled + PACE;
        }
        if self.left == BURST {
            self.filled = now;
            self.beyond = 0;
        }
        if let Some(left) = self.left.checked_sub(1) {
            self.left = left;
            return Allowed::Yes;
        }
        self.beyond = self.beyond.saturating_add(1);
        if self.beyond > PATIENCE { Allowed::Deaf } else { Allowed::No }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: u64) -> Timestamp {
        Timestamp::since_start(Duration::from_millis(millis))
    }

    #[test]
    fn whoever_says_little_is_always_heard() {
        let mut allowance = Allowance::new();
        assert!((0..2_000).all(|n| allowance.take(at(n * 100)) == Allowed::Yes));
    }

    #[test]
    fn whoever_says_too_much_is_refused_and_heard_again() {
        let mut allowance = Allowance::new();
        assert!((0..BURST).all(|_| allowance.take(at(5)) == Allowed::Yes));
        assert_eq!(allowance.take(at(5)), Allowed::No);
        assert_eq!(allowance.take(at(104)), Allowed::No);
        assert_eq!(allowance.take(at(105)), Allowed::Yes);
        assert_eq!(allowance.take(at(105)), Allowed::No);
        assert!((0..BURST).all(|_| allowance.take(at(60_000)) == Allowed::Yes));
    }

    #[test]
    fn whoever_never_stops_is_not_listened_to_any_more() {
        let mut allowance = Allowance::new();
        let answers: Vec<_> = (0..10_000).map(|_| allowance.take(at(0))).collect();
        let count = |what| answers.iter().filter(|answer| **answer == what).count();
        assert_eq!(count(Allowed::Yes), 32);
        assert_eq!(count(Allowed::No), 256);
        assert_eq!(count(Allowed::Deaf), 1);
        assert_eq!(allowance.take(at(1_000_000)), Allowed::Ignored);
    }
}
