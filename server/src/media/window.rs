// SPDX-License-Identifier: EUPL-1.2
//! Which numbers of a sequence were seen or given out lately: a ring of bits.

use super::bytes::{index, low16};

/// The numbers near the highest one.
#[derive(Clone, Copy, Debug)]
pub struct SeenWindow {
    highest: u64,
    seen: [u64; WORDS],
}

impl SeenWindow {
    /// A window up to `highest` in which nothing was seen.
    pub const fn new(highest: u64) -> Self {
        Self { highest, seen: [0; WORDS] }
    }

    /// The number nearest to the highest one whose low bits are `low` (RFC 3711 §3.3.1).
    pub fn nearest(&self, low: u16) -> u64 {
        let step = i64::from(low.wrapping_sub(low16(self.highest)).cast_signed());
        // Below zero there is no number: it belongs to the first turn.
        self.highest.checked_add_signed(step).unwrap_or_else(|| u64::from(low))
    }

    /// Whether a number was seen, or is too old to tell.
    pub fn is_seen(&self, number: u64) -> bool {
        if number > self.highest {
            return false;
        }
        if self.highest - number >= WINDOW_LEN {
            return true;
        }
        let (word, bit) = Self::place(number);
        self.seen.get(word).is_none_or(|word| word & bit != 0)
    }

    /// Whether a number was seen, and lately enough to tell.
    pub fn remembers(&self, number: u64) -> bool {
        number <= self.highest && self.highest - number < WINDOW_LEN && self.is_seen(number)
    }

    /// Takes note of a number.
    pub fn record(&mut self, number: u64) {
        if number > self.highest {
            if number - self.highest >= WINDOW_LEN {
                self.seen = [0; WORDS];
            } else {
                for skipped in self.highest + 1..number {
                    let (word, bit) = Self::place(skipped);
                    if let Some(word) = self.seen.get_mut(word) {
                        *word &= !bit;
                    }
                }
            }
            self.highest = number;
        }
        let (word, bit) = Self::place(number);
        if let Some(word) = self.seen.get_mut(word) {
            *word |= bit;
        }
    }

    fn place(number: u64) -> (usize, u64) {
        let at = number % WINDOW_LEN;
        (index(at / 64), 1 << (at % 64))
    }
}

/// How many numbers a window tells about. Larger costs memory for every source and every slot; smaller
/// refuses retransmissions that come a second late.
pub const WINDOW_LEN: u64 = 1_024;
const WORDS: usize = 16;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_window_remembers_a_thousand_packets_and_refuses_older_ones() {
        let mut window = SeenWindow::new(10_000);
        window.record(10_000);
        assert!(window.is_seen(10_000));
        assert!(!window.is_seen(10_000 - 1_023));
        assert!(window.is_seen(10_000 - 1_024));
        window.record(10_500);
        assert!(!window.is_seen(10_400));
        assert!(window.is_seen(10_000));
        window.record(20_000);
        assert!(!window.is_seen(19_500));
    }

    proptest! {
        #[test]
        fn it_knows_what_a_set_of_all_numbers_knows(
            first in 0_u64..200_000, steps in prop::collection::vec(-1_200_i64..1_200, 1..400),
        ) {
            let mut window = SeenWindow::new(first);
            let (mut all, mut highest, mut number) = (BTreeSet::new(), first, first);
            for step in steps {
                number = number.saturating_add_signed(step);
                let near = number > highest || highest - number < WINDOW_LEN;
                prop_assert_eq!(window.is_seen(number), all.contains(&number) || !near);
                prop_assert_eq!(window.remembers(number), all.contains(&number) && near);
                if near {
                    window.record(number);
                    all.insert(number);
                    highest = highest.max(number);
                }
            }
        }
    }
}
