// SPDX-License-Identifier: EUPL-1.2
//! Which numbers a slot gave out, and which of them were asked for again.

use super::Micros;
use super::bytes::{count, index};
use super::window::SeenWindow;

/// The numbers one slot gave out lately.
#[derive(Debug)]
pub struct SentNumbers {
    window: SeenWindow,
    /// Empty until the first request: most slots lose nothing.
    repeated: Vec<Repeated>,
}

impl SentNumbers {
    /// Nothing given out yet; the first number is `first`.
    pub const fn new(first: u64) -> Self {
        Self { window: SeenWindow::new(first.saturating_sub(1)), repeated: Vec::new() }
    }

    /// Takes note of a number; `false` when it was used already or is too old to tell.
    ///
    /// The answer keeps a number from being used twice, which would repeat a nonce.
    pub fn record(&mut self, number: u64) -> bool {
        if self.window.is_seen(number) {
            return false;
        }
        self.window.record(number);
        true
    }

    /// Whether a number given out may go out once more; the answer "yes" counts as sent.
    ///
    /// What was repeated less than `pause` ago is still on its way.
    pub fn take_repeat(&mut self, now: Micros, number: u64, pause: Micros) -> bool {
        if !self.window.remembers(number) {
            return false;
        }
        if self.repeated.is_empty() {
            self.repeated.resize(REPEATED_LEN, Repeated::default());
        }
        let place = number.checked_rem(count(REPEATED_LEN)).map(index);
        let Some(entry) = place.and_then(|place| self.repeated.get_mut(place)) else {
            return false;
        };
        if entry.number == number && now.since(entry.at) < pause {
            return false;
        }
        *entry = Repeated { number, at: now };
        true
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Repeated {
    /// Zero for none: requests come for numbers above it.
    number: u64,
    at: Micros,
}

/// Larger costs memory for every slot of who loses packets; smaller forgets a repetition that is still
/// on its way, and sends it twice.
const REPEATED_LEN: usize = 128;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_given_out_once_only() {
        let mut numbers = SentNumbers::new(5);
        assert!(numbers.record(5));
        assert!(!numbers.record(5));
        assert!(numbers.record(5 + 1_024));
        assert!(!numbers.record(5), "too old to tell");
    }

    #[test]
    fn only_what_was_sent_is_repeated_and_not_before_the_last_had_time_to_arrive() {
        let mut numbers = SentNumbers::new(1);
        numbers.record(1);
        numbers.record(3);
        let pause = Micros::from_millis(20);
        let mut ask =
            |millis, number| numbers.take_repeat(Micros::from_millis(millis), number, pause);
        assert!(!ask(5, 2) && !ask(5, 4));
        assert!(ask(5, 1) && ask(5, 3));
        assert!(!ask(24, 1));
        assert!(ask(25, 1));
    }
}
