// SPDX-License-Identifier: EUPL-1.2
//! Whether the delay grows: a line through the last groups, against a threshold that adapts to the path.

use super::groups::Step;

/// What the delay says about the use of the path.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) enum Usage {
    /// The delay stays.
    #[default]
    Normal,
    /// A queue fills.
    Over,
    /// A queue empties.
    Under,
}

/// The delays of the last groups.
#[derive(Debug)]
pub(super) struct Trend {
    /// Arrival and smoothed delay, in microseconds.
    samples: Vec<(i64, i64)>,
    delay: i64,
    smoothed: i64,
    steps: i64,
    /// In the unit of the slope, as [`FIRST_THRESHOLD`].
    threshold: i64,
    before: i64,
    over_for: i64,
    over_steps: u32,
    arrival: Option<i64>,
    usage: Usage,
}

impl Trend {
    /// No group yet.
    pub(super) fn new() -> Self {
        Self {
            samples: Vec::with_capacity(WINDOW),
            delay: 0,
            smoothed: 0,
            steps: 0,
            threshold: FIRST_THRESHOLD,
            before: 0,
            over_for: 0,
            over_steps: 0,
            arrival: None,
            usage: Usage::Normal,
        }
    }

    /// What the last group said.
    pub(super) const fn usage(&self) -> Usage {
        self.usage
    }

    /// Takes note of a group.
    pub(super) fn record(&mut self, step: Step) {
        self.steps = (self.steps + 1).min(MOST_STEPS);
        self.delay = self.delay.saturating_add(step.gradient).clamp(-MOST_DELAY, MOST_DELAY);
        self.smoothed = (self.smoothed * 9 + self.delay) / 10;
        if self.samples.len() == WINDOW {
            self.samples.remove(0);
        }
        self.samples.push((step.arrival, self.smoothed));
        // Nothing is said before the window is full.
        let slope = if self.samples.len() == WINDOW { self.slope() } else { 0 };
        self.detect(slope, step.sent);
        self.adapt(slope.saturating_mul(self.steps * GAIN), step.arrival);
    }

    /// Microseconds of delay per second.
    fn slope(&self) -> i64 {
        let len = i64::try_from(self.samples.len()).unwrap_or(1).max(1);
        let Some(&(begin, _)) = self.samples.first() else { return 0 };
        let times = self.samples.iter().map(|(at, _)| at - begin).sum::<i64>() / len;
        let delays = self.samples.iter().map(|(_, delay)| delay).sum::<i64>() / len;
        let (mut both, mut squares) = (0_i128, 0_i128);
        for (at, delay) in &self.samples {
            let time = i128::from(at - begin - times);
            both += time * i128::from(delay - delays);
            squares += time * time;
        }
        let slope = (both * 1_000_000).checked_div(squares).unwrap_or(0);
        i64::try_from(slope).unwrap_or(0).clamp(-MOST_SLOPE, MOST_SLOPE)
    }

    fn detect(&mut self, slope: i64, sent: i64) {
        let scaled = slope.saturating_mul(self.steps * GAIN);
        if scaled > self.threshold {
            self.over_for += if self.over_steps == 0 { sent / 2 } else { sent };
            self.over_steps += 1;
            if self.over_for > OVER_FOR && self.over_steps > 1 && slope >= self.before {
                self.over_for = 0;
                self.over_steps = 0;
                self.usage = Usage::Over;
            }
        } else {
            self.over_for = 0;
            self.over_steps = 0;
            self.usage = if scaled < -self.threshold { Usage::Under } else { Usage::Normal };
        }
        self.before = slope;
    }

    fn adapt(&mut self, scaled: i64, arrival: i64) {
        let past = arrival - self.arrival.replace(arrival).unwrap_or(arrival);
        let distance = scaled.saturating_abs() - self.threshold;
        if distance > ADAPT_WITHIN {
            // A sudden congestion is no reason to become deaf.
            return;
        }
        let gain = if distance < 0 { FALL } else { RISE };
        let change = distance * gain / 10_000 * (past.clamp(0, 100_000) / 1_000);
        self.threshold = (self.threshold + change).clamp(LOWEST_THRESHOLD, HIGHEST_THRESHOLD);
    }
}

/// Groups in the line. More answers late to a queue; fewer answers to jitter.
const WINDOW: usize = 20;
/// The slope counts more with more groups behind it, up to here.
const MOST_STEPS: i64 = 60;
/// Weight of the slope against the threshold; as in the field's implementations.
const GAIN: i64 = 4;
/// Bounds of what a hostile report adds up to, in microseconds and microseconds per second.
const MOST_DELAY: i64 = 10_000_000;
const MOST_SLOPE: i64 = 1_000_000_000;
/// Microseconds of sending over the threshold before it counts.
const OVER_FOR: i64 = 10_000;
/// Microseconds per second, times groups, times [`GAIN`]: where a slope begins to count. Higher lets
/// queues grow, lower takes jitter for a queue.
const FIRST_THRESHOLD: i64 = 12_500_000;
const LOWEST_THRESHOLD: i64 = 6_000_000;
const HIGHEST_THRESHOLD: i64 = 600_000_000;
/// Slopes further above the threshold do not move it.
const ADAPT_WITHIN: i64 = 15_000_000;
/// Ten-thousandths of the distance per millisecond. A faster rise becomes deaf to a queue that fills
/// slowly, a slower one starves next to who fills queues until they overflow; the fall is faster, so that
/// tolerance does not outlast its reason.
const RISE: i64 = 87;
const FALL: i64 = 390;

#[cfg(test)]
mod tests {
    use super::*;

    impl Trend {
        pub(in super::super) fn memory(&self) -> usize {
            self.samples.capacity() * size_of::<(i64, i64)>()
        }
    }

    fn after(gradient: i64) -> Usage {
        let mut trend = Trend::new();
        for at in 0..60 {
            trend.record(Step { sent: 20_000, gradient, arrival: at * (20_000 + gradient) });
            if trend.usage() != Usage::Normal {
                break;
            }
        }
        trend.usage()
    }

    #[test]
    fn delay_that_grows_is_overuse_and_delay_that_shrinks_is_the_opposite() {
        assert_eq!(after(0), Usage::Normal);
        assert_eq!(after(5_000), Usage::Over);
        assert_eq!(after(-5_000), Usage::Under);
    }
}
