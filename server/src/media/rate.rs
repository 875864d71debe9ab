// SPDX-License-Identifier: EUPL-1.2
//! How much of a stream comes: bits per second, and whether anything does.

use super::Micros;
use super::bytes::count;

/// Counts the bytes of a stream.
#[derive(Clone, Copy, Debug, Default)]
pub struct RateMeter {
    /// When the part that is being counted began; nothing before the first byte.
    since: Option<Micros>,
    /// In this part.
    bytes: u64,
    /// Over the parts before, in bits per second; nothing before the end of the first.
    rate: Option<u64>,
    last: Micros,
}

impl RateMeter {
    /// Takes note of a packet of `len` bytes.
    pub fn record(&mut self, now: Micros, len: usize) {
        let since = *self.since.get_or_insert(now);
        if now.since(since) >= PART {
            self.rate = Some(self.bits(now));
            self.since = Some(now);
            self.bytes = 0;
        }
        self.bytes = self.bytes.saturating_add(count(len));
        self.last = now;
    }

    /// Bits per second, of the last seconds. Of less than a second nothing is said.
    pub fn bits(&self, now: Micros) -> u64 {
        let Some(since) = self.since else { return 0 };
        let elapsed = now.since(since);
        let present = self.bytes.saturating_mul(8_000_000) / elapsed.0.max(1);
        match self.rate {
            None if elapsed < FIRST => 0,
            Some(before) if elapsed < PART => {
                // What is not counted yet weighs as much as it has lasted.
                let rest = PART.0.saturating_sub(elapsed.0);
                (before.saturating_mul(rest) + self.bytes.saturating_mul(8_000_000)) / PART.0
            }
            Some(_) | None => present,
        }
    }

    /// Whether something came within the last `patience`.
    pub fn is_alive(&self, now: Micros, patience: Micros) -> bool {
        self.since.is_some() && now.since(self.last) <= patience
    }

    /// Nothing came.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

/// Longer, a picture that begins to move is believed to be small for longer; shorter, a key frame counts
/// as if the picture were large.
const PART: Micros = Micros::from_millis(2_000);
/// The key frame at the beginning is most of what comes in less.
const FIRST: Micros = Micros::from_millis(1_000);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_steady_stream_is_measured_and_one_that_stops_is_not_alive() {
        let mut meter = RateMeter::default();
        assert_eq!(meter.bits(Micros(0)), 0);
        for at in 0..200 {
            meter.record(Micros::from_millis(at * 10), 125);
        }
        let now = Micros::from_millis(2_000);
        assert!(meter.bits(now).abs_diff(100_000) < 5_000, "{}", meter.bits(now));
        assert!(meter.is_alive(now, Micros::from_millis(100)));
        let later = Micros::from_millis(4_000);
        assert!(!meter.is_alive(later, Micros::from_millis(100)));
        assert!(meter.bits(later) < 60_000);
    }
}
