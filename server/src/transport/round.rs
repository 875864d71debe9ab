// SPDX-License-Identifier: EUPL-1.2
//! Whose turn it is, of many who each have one in a while.

use core::ops::Range;

use crate::media::Micros;
use crate::media::bytes::{count, index};

/// A round in which everybody has one turn, evenly spread: with a thousand turns at once a packet would wait for
/// all of them.
#[derive(Debug, Default)]
pub(super) struct Round {
    began: Micros,
    next: usize,
}

impl Round {
    /// The places, among so many, whose turn has come since the last call; and whether the round ends with them.
    pub(super) fn advance(&mut self, now: Micros, all: usize) -> (Range<usize>, bool) {
        let past = now.since(self.began).0.min(INTERVAL.0);
        let until = index(count(all) * past / INTERVAL.0);
        let turns = self.next..until;
        self.next = until;
        let ends = past == INTERVAL.0;
        if ends {
            self.begin(now);
        }
        (turns, ends)
    }

    /// Begins anew.
    pub(super) const fn begin(&mut self, now: Micros) {
        (self.began, self.next) = (now, 0);
    }
}

/// Longer, a path that becomes narrow is flooded for longer; shorter, every subscriber costs more time.
const INTERVAL: Micros = Micros::from_millis(100);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn everybody_has_one_turn_in_a_round(
            all in 0_usize..2_000, steps in prop::collection::vec(1_u64..30_000, 1..60),
        ) {
            let (mut round, mut now, mut had) = (Round::default(), Micros(0), 0..0);
            for step in steps {
                now = now + Micros(step);
                let (turns, ends) = round.advance(now, all);
                prop_assert_eq!(turns.start, had.end, "nobody is left out, nobody has two");
                had = 0..turns.end;
                if ends {
                    prop_assert_eq!(had.end, all);
                    had = 0..0;
                }
            }
        }
    }

    #[test]
    fn no_turn_holds_up_more_than_a_tenth_of_the_others() {
        let (mut round, mut most) = (Round::default(), 0);
        for tick in 1..=100 {
            let (turns, ends) = round.advance(Micros::from_millis(tick * 10), 1_000);
            most = most.max(turns.len());
            assert_eq!(ends, tick.is_multiple_of(10));
        }
        assert_eq!(most, 100);
    }

    #[test]
    fn who_leaves_shortens_the_round_and_who_comes_waits_for_the_next() {
        let mut round = Round::default();
        assert_eq!(round.advance(Micros::from_millis(50), 10), (0..5, false));
        assert!(round.advance(Micros::from_millis(60), 4).0.is_empty());
        assert!(round.advance(Micros::from_millis(100), 2).1);
        assert_eq!(round.advance(Micros::from_millis(200), 3), (0..3, true));
    }
}
