// SPDX-License-Identifier: EUPL-1.2
//! How much of a stream comes: bits per second, and whether anything does.

use shared::Source;

use super::Micros;
use super::bytes::count;

/// Counts the bytes of a stream.
#[derive(Clone, Copy, Debug)]
pub struct RateMeter {
    span: Span,
    /// When the part that is being counted began; nothing before the first byte.
    since: Option<Micros>,
    /// In this part.
    bytes: u64,
    /// Over the parts before, in bits per second; nothing before the end of the first.
    rate: Option<u64>,
    last: Micros,
}

/// Over what time a rate is the mean.
#[derive(Clone, Copy, Debug)]
struct Span {
    /// Of one part. Longer, a picture that begins to move is believed to be small for longer; shorter, a key frame
    /// counts as if the picture were large.
    part: Micros,
    /// Before the first part has ended. The key frame at the beginning is most of what comes in less.
    first: Micros,
}

impl RateMeter {
    /// Of a stream of which nothing came yet.
    pub const fn of(source: Source) -> Self {
        let span = match source {
            Source::Microphone | Source::Camera | Source::ScreenSound => STEADY,
            Source::Screen => IN_BURSTS,
        };
        Self { span, since: None, bytes: 0, rate: None, last: Micros(0) }
    }

    /// Takes note of a packet of `len` bytes.
    pub fn record(&mut self, now: Micros, len: usize) {
        let since = *self.since.get_or_insert(now);
        if now.since(since) >= self.span.part {
            self.rate = Some(self.bits(now));
            self.since = Some(now);
            self.bytes = 0;
        }
        self.bytes = self.bytes.saturating_add(count(len));
        self.last = now;
    }

    /// Bits per second, of the last seconds. Nothing is said of the first.
    pub fn bits(&self, now: Micros) -> u64 {
        let Some(since) = self.since else { return 0 };
        let Span { part, first } = self.span;
        let elapsed = now.since(since);
        let present = self.bytes.saturating_mul(8_000_000) / elapsed.0.max(1);
        match self.rate {
            None if elapsed < first => 0,
            Some(before) if elapsed < part => {
                // What is not counted yet weighs as much as it has lasted.
                let rest = part.0.saturating_sub(elapsed.0);
                (before.saturating_mul(rest) + self.bytes.saturating_mul(8_000_000)) / part.0
            }
            Some(_) | None => present,
        }
    }

    /// Whether something came within the last `patience`.
    pub fn is_alive(&self, now: Micros, patience: Micros) -> bool {
        self.since.is_some() && now.since(self.last) <= patience
    }
}

const STEADY: Span = Span { part: Micros::from_millis(2_000), first: Micros::from_millis(1_000) };
/// A page that is turned is as much as seconds of a page that stands. It waits for its path (see `pacer`): who
/// counted it as what the screen costs would take the screen away for it, for longer than it takes to come.
const IN_BURSTS: Span =
    Span { part: Micros::from_millis(5_000), first: Micros::from_millis(3_000) };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_steady_stream_is_measured_and_one_that_stops_is_not_alive() {
        let mut meter = RateMeter::of(Source::Camera);
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

    #[test]
    fn a_screen_costs_what_it_takes_with_its_pages_spread_over_the_time_they_stand() {
        let mut meter = RateMeter::of(Source::Screen);
        let mut most = 0;
        // 60 kB/s, and with each page 200 kB more; the first page is asked for three times.
        for at in 0..200 {
            let now = Micros::from_millis(at * 100);
            meter.record(now, 6_000);
            if matches!(at, 0 | 5 | 9) || at % 50 == 0 {
                meter.record(now, 200_000);
            }
            most = most.max(meter.bits(now));
        }
        assert!((1_000_000..2_200_000).contains(&most), "{most}");
        assert!(meter.bits(Micros::from_millis(20_000)).abs_diff(800_000) < 100_000);
    }
}
