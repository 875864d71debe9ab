// SPDX-License-Identifier: EUPL-1.2
//! When datagrams come one after the other, a media thread that looks for each of them is busy with looking: it
//! wakes, asks the kernel and sleeps again for one. So it lets some of them gather.

use core::time::Duration;

use crate::media::Micros;

/// Whether to let datagrams gather before the next look at the socket.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    /// When a look last found something.
    found: Option<Micros>,
}

impl Gathering {
    /// How long not to look, after a look at `now` that found so many datagrams.
    pub(super) fn pause(&mut self, now: Micros, datagrams: usize) -> Option<Duration> {
        if datagrams == 0 {
            return None;
        }
        let before = self.found.replace(now)?;
        (now.since(before) < CLOSE && datagrams < ENOUGH).then_some(PAUSE)
    }
}

/// Two looks that found something, so close to each other, are one too many. Larger, what comes alone waits, too;
/// smaller, the thread wakes for each of what comes slowly.
const CLOSE: Micros = Micros(300);
/// Longer, everything that comes close together is late by it; shorter, less gathers. (The kernel adds some 50 µs.)
const PAUSE: Duration = Duration::from_micros(100);
/// A look that finds so much was worth it.
const ENOUGH: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_alone_is_not_kept_waiting() {
        let mut gathering = Gathering::default();
        for millis in 0..100 {
            assert_eq!(gathering.pause(Micros::from_millis(millis), 4), None);
            assert_eq!(gathering.pause(Micros(millis * 1_000 + 100), 0), None, "nothing came");
        }
    }

    #[test]
    fn what_comes_in_a_row_gathers_until_there_is_enough() {
        let mut gathering = Gathering::default();
        assert_eq!(gathering.pause(Micros(0), 1), None, "the first");
        assert_eq!(gathering.pause(Micros(20), 1), Some(PAUSE));
        assert_eq!(gathering.pause(Micros(170), 40), Some(PAUSE));
        assert_eq!(gathering.pause(Micros(320), ENOUGH), None, "there may be more");
        assert_eq!(gathering.pause(Micros(330), 2), Some(PAUSE));
        assert_eq!(gathering.pause(Micros(700), 2), None, "a while later");
    }
}
