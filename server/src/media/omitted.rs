// SPDX-License-Identifier: EUPL-1.2
//! Which packets of its feed a slot was not sent lately, so that those it was sent are numbered without a gap.

use super::bytes::index;

/// What was done with each of the last 1,024 packets, where it was something else than to send it as it is.
#[derive(Debug, Default)]
pub struct Omitted {
    /// Left out since the feed began.
    total: u64,
    /// Empty until the first: most slots are sent all of their feeds.
    words: Vec<[u64; 3]>,
}

/// What can be done with a packet.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Done {
    /// It was not sent, and no number is missing.
    LeftOut,
    /// It was sent as the last of its picture.
    Ended,
    /// Its number was sent, and nothing else of it.
    Emptied,
}

impl Omitted {
    /// Another feed begins.
    pub fn clear(&mut self) {
        self.total = 0;
        self.words.fill([0; 3]);
    }

    /// Whether every packet was sent as it is.
    pub const fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How many were left out since the feed began.
    pub const fn total(&self) -> u64 {
        self.total
    }

    /// Packets from `first` to before `next` are the newest, and nothing is done with them yet.
    pub fn advance(&mut self, first: u64, next: u64) {
        if self.words.is_empty() {
            return;
        }
        if next.saturating_sub(first) >= MEMORY {
            self.words.fill([0; 3]);
            return;
        }
        for sequence in first..next {
            if let Some(word) = self.words.get_mut(place(sequence)) {
                for done in word {
                    *done &= !bit(sequence);
                }
            }
        }
    }

    /// Takes note of what was done with one of the newest packets.
    pub fn record(&mut self, sequence: u64, done: Done) {
        if self.words.is_empty() {
            self.words.resize(index(WORDS), [0; 3]);
        }
        let word = self.words.get_mut(place(sequence));
        if let Some(word) = word.and_then(|word| word.get_mut(done.place())) {
            *word |= bit(sequence);
            self.total += u64::from(done == Done::LeftOut);
        }
    }

    /// Whether this was done with one of the newest packets.
    pub fn is(&self, sequence: u64, done: Done) -> bool {
        self.word(sequence, done) & bit(sequence) != 0
    }

    /// How many packets from `first` to before `next`, which follows on the newest, were not left out; `None`
    /// where that is forgotten.
    pub fn sent(&self, first: u64, next: u64) -> Option<u64> {
        let all = next.checked_sub(first)?;
        if self.total > 0 && all > MEMORY {
            return None;
        }
        all.checked_sub(self.left_out(first, next))
    }

    /// The packet that is the `back`th that was not left out, counted back from before `next`, which follows on
    /// the newest; `None` where that is forgotten.
    pub fn find(&self, next: u64, back: u64) -> Option<u64> {
        if self.total == 0 {
            return next.checked_sub(back);
        }
        let oldest = next.saturating_sub(MEMORY);
        let (mut end, mut left) = (next, back);
        while end > oldest {
            let start = ((end - 1) & !(BITS - 1)).max(oldest);
            let sent = (end - start).checked_sub(self.left_out(start, end))?;
            if sent >= left {
                let mut within = (start..end).rev().filter(|it| !self.is(*it, Done::LeftOut));
                return within.nth(index(left.checked_sub(1)?));
            }
            left -= sent;
            end = start;
        }
        None
    }

    fn left_out(&self, first: u64, next: u64) -> u64 {
        if self.total == 0 {
            return 0;
        }
        let (mut at, mut found) = (first, 0);
        while at < next {
            let end = ((at | (BITS - 1)) + 1).min(next);
            let mask = (u64::MAX >> (BITS - (end - at))) << (at % BITS);
            found += u64::from((self.word(at, Done::LeftOut) & mask).count_ones());
            at = end;
        }
        found
    }

    fn word(&self, sequence: u64, done: Done) -> u64 {
        let word = self.words.get(place(sequence));
        word.and_then(|word| word.get(done.place())).copied().unwrap_or_default()
    }
}

impl Done {
    const fn place(self) -> usize {
        match self {
            Self::LeftOut => 0,
            Self::Ended => 1,
            Self::Emptied => 2,
        }
    }
}

fn place(sequence: u64) -> usize {
    index(sequence / BITS % WORDS)
}

const fn bit(sequence: u64) -> u64 {
    1 << (sequence % BITS)
}

const BITS: u64 = 64;
/// As far back as a subscriber can ask (see [`super::sent`]).
const MEMORY: u64 = WORDS * BITS;
const WORDS: u64 = 16;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::media::bytes::count;

    proptest! {
        #[test]
        fn it_counts_as_a_list_would(
            packets in prop::collection::vec((1_u64..80, any::<bool>()), 1..400), back in 1_u64..1_500, first: u64,
        ) {
            let mut omitted = Omitted::default();
            let mut next = 1_000_u64;
            let mut left_out = Vec::new();
            for (step, leave_out) in packets {
                let sequence = next + step - 1;
                omitted.advance(next, sequence + 1);
                next = sequence + 1;
                if leave_out {
                    omitted.record(sequence, Done::LeftOut);
                    left_out.push(sequence);
                }
            }
            prop_assert_eq!(omitted.total(), count(left_out.len()));
            let first = next - 1 - first % next.min(1_024);
            let sent = (first..next).filter(|sequence| !left_out.contains(sequence)).count();
            prop_assert_eq!(omitted.sent(first, next), Some(count(sent)));
            let known = next.saturating_sub(1_024)..next;
            let mut others = known.rev().filter(|sequence| !left_out.contains(sequence));
            let expected = others.nth(index(back - 1));
            if !left_out.is_empty() {
                prop_assert_eq!(omitted.find(next, back), expected);
            }
        }
    }

    #[test]
    fn what_was_done_is_forgotten_with_its_packet() {
        let mut omitted = Omitted::default();
        omitted.record(7, Done::Ended);
        omitted.record(8, Done::Emptied);
        assert!(omitted.is(7, Done::Ended) && !omitted.is(7, Done::Emptied));
        assert!(omitted.is(8, Done::Emptied) && omitted.total() == 0);
        omitted.advance(9, 7 + 1_024 + 1);
        assert!(!omitted.is(7 + 1_024, Done::Ended));
    }
}
