// SPDX-License-Identifier: EUPL-1.2
//! How long datagrams wait on the path: their delay beyond the least one seen lately.

use super::super::Micros;

/// The least delays of two windows of time. Only differences of delays mean something: the clocks differ.
#[derive(Debug, Default)]
pub(super) struct Queue {
    least: Option<i64>,
    least_before: Option<i64>,
    since: Micros,
    last: i64,
    /// The wait of the report before the last.
    before: Micros,
}

impl Queue {
    /// Takes note of the least delay, in microseconds between the clocks, of one report.
    pub(super) fn record(&mut self, now: Micros, delay: i64) {
        if now.since(self.since) >= WINDOW {
            self.since = now;
            self.least_before = self.least.take();
        }
        self.least = Some(self.least.map_or(delay, |least| least.min(delay)));
        self.before = self.wait();
        self.last = delay;
    }

    /// Whether the wait is so long that it needs no line to see a queue, and still grows. One report alone may be of
    /// what a moment held up in which nothing came through: it is shorter by the next.
    pub(super) fn overflows(&self) -> bool {
        self.before >= LONG && self.wait() > self.before
    }

    /// The wait of the last report.
    pub(super) fn wait(&self) -> Micros {
        let least = self.least.into_iter().chain(self.least_before).min().unwrap_or(self.last);
        Micros(u64::try_from(self.last - least).unwrap_or(0))
    }
}

/// Larger takes a path that became longer for a full queue, and does not probe it; smaller takes a queue
/// that stands for the path.
const WINDOW: Micros = Micros::from_millis(8_000);
/// The line through the groups needs twenty of them, which a slow path takes seconds to deliver. Longer
/// leaves the start on such a path to them; shorter takes a pause of a radio for a queue.
const LONG: Micros = Micros::from_millis(250);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_is_what_exceeds_the_least_delay_and_a_longer_path_is_learned() {
        let mut queue = Queue::default();
        queue.record(Micros::from_millis(0), -5_000);
        queue.record(Micros::from_millis(100), 45_000);
        assert_eq!(queue.wait(), Micros::from_millis(50));
        for second in 1..20 {
            queue.record(Micros::from_millis(second * 1_000), 45_000);
        }
        assert_eq!(queue.wait(), Micros(0));
    }
}
