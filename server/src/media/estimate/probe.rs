// SPDX-License-Identifier: EUPL-1.2
//! Probing: for a few ticks padding fills up what is sent to a higher rate, and the arrivals tell whether
//! the path carries it.

use super::super::Micros;
use super::super::bytes::{count, index};
use super::history::Settled;

/// The probe that runs and when the next may.
#[derive(Debug, Default)]
pub(super) struct Prober {
    cluster: Option<Cluster>,
    last_id: u8,
    next_at: Micros,
    pause: Micros,
    failed: bool,
}

impl Prober {
    /// Whether one may begin.
    pub(super) fn is_ready(&self, now: Micros) -> bool {
        self.cluster.is_none() && now >= self.next_at
    }

    /// Whether one is under way.
    pub(super) const fn is_busy(&self) -> bool {
        self.cluster.is_some()
    }

    /// Begins to send at the rate worth trying, given the estimate and the wish in bits per second.
    pub(super) fn start(&mut self, now: Micros, estimate: u64, wish: u64) {
        let tried = if self.failed { estimate * 3 / 2 } else { estimate * 2 };
        let target = tried.min(wish.saturating_mul(11) / 10);
        self.last_id = self.last_id.checked_add(1).unwrap_or(1);
        self.cluster = Some(Cluster::new(now, self.last_id, target));
    }

    /// Waits with the next one: the path was full.
    pub(super) fn postpone(&mut self, now: Micros) {
        self.pause = PAUSE;
        self.next_at = self.next_at.max(now + PAUSE);
    }

    /// Bytes of padding due.
    pub(super) fn padding(&mut self, now: Micros) -> usize {
        self.cluster.as_mut().map_or(0, |cluster| cluster.padding(now))
    }

    /// Takes note of a datagram that leaves; returns the probe it is part of, 0 for none.
    pub(super) fn record(&mut self, now: Micros, len: usize, number: u64) -> u8 {
        match &mut self.cluster {
            Some(cluster) if cluster.runs(now) => {
                cluster.sent += count(len);
                cluster.packets += 1;
                cluster.last_number = Some(number);
                cluster.id
            }
            Some(_) | None => 0,
        }
    }

    /// Takes note of an arrival.
    pub(super) fn arrived(&mut self, settled: &Settled, arrival: i64) {
        if let Some(cluster) = &mut self.cluster
            && cluster.id == settled.cluster
        {
            cluster.tally.record(settled, arrival);
        }
    }

    /// Ends a probe reported on up to its last datagram; returns the rate found, in bits per second.
    pub(super) fn finish(&mut self, now: Micros, reported: u64, estimate: u64) -> Option<u64> {
        let cluster = self.cluster.as_ref()?;
        if cluster.runs(now) {
            return None;
        }
        let complete = cluster.last_number.is_none_or(|last| last <= reported);
        if !complete && now.since(cluster.began) < PATIENCE {
            return None;
        }
        let found = cluster.tally.rate();
        let target = cluster.target;
        self.cluster = None;
        let found = found.filter(|found| *found > estimate);
        self.failed = found.is_none_or(|found| found < estimate.saturating_mul(21) / 20);
        if self.failed {
            self.pause = Micros((self.pause.0 * 3 / 2).clamp(PAUSE.0, LONGEST_PAUSE.0));
            self.next_at = now + self.pause;
        } else {
            self.pause = PAUSE;
            let full = found.is_some_and(|found| found >= target * 17 / 20);
            self.next_at = if full { now } else { now + PAUSE };
        }
        found
    }
}

#[derive(Debug)]
struct Cluster {
    id: u8,
    target: u64,
    began: Micros,
    sent: u64,
    packets: u64,
    last_number: Option<u64>,
    tally: Tally,
}

impl Cluster {
    fn new(began: Micros, id: u8, target: u64) -> Self {
        let tally = Tally::default();
        Self { id, target, began, sent: 0, packets: 0, last_number: None, tally }
    }

    /// At least five ticks; at a low rate, where padding is all that leaves, until there is something to measure.
    fn runs(&self, now: Micros) -> bool {
        let elapsed = now.since(self.began);
        elapsed < LENGTH || (self.packets <= FEWEST && elapsed < LONGEST)
    }

    fn padding(&self, now: Micros) -> usize {
        if !self.runs(now) {
            return 0;
        }
        let bytes_in = |time: Micros| self.target * time.0 / 8_000_000;
        let due = bytes_in(now.since(self.began) + TICK).saturating_sub(self.sent);
        index(due.min(bytes_in(TICK) * 2))
    }
}

/// The arrivals of one probe.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    first: Option<First>,
    packets: u64,
    bytes: u64,
    last_arrival: i64,
    /// When the last burst began to leave, and its bytes so far.
    burst: Micros,
    burst_bytes: u64,
}

#[derive(Clone, Copy, Debug)]
struct First {
    sent: Micros,
    arrival: i64,
    len: u64,
}

impl Tally {
    fn record(&mut self, settled: &Settled, arrival: i64) {
        let Settled { sent, len, .. } = *settled;
        if self.first.is_none() {
            self.first = Some(First { sent, arrival, len });
            self.burst = sent;
            self.last_arrival = arrival;
        }
        if sent > self.burst + BURST {
            self.burst = sent;
            self.burst_bytes = 0;
        }
        self.packets += 1;
        self.bytes += len;
        self.burst_bytes += len;
        self.last_arrival = self.last_arrival.max(arrival);
    }

    /// The lesser of the rates of sending and arriving. What left last has no time of its own in the
    /// spacing of the sending, what arrived first has none in the spacing of the arrivals.
    fn rate(&self) -> Option<u64> {
        let first = self.first.filter(|_| self.packets >= FEWEST)?;
        let sending = self.burst.since(first.sent).0;
        if sending < SHORTEST.0 {
            return None;
        }
        let sent =
            (self.bytes - self.burst_bytes).saturating_mul(8_000_000).checked_div(sending)?;
        let arriving = u64::try_from(self.last_arrival.saturating_sub(first.arrival)).ok()?;
        let bits = (self.bytes - first.len).saturating_mul(8_000_000);
        let arrived = bits.checked_div(arriving).unwrap_or(sent);
        if arrived < sent * 9 / 10 { Some(arrived * 19 / 20) } else { Some(sent.min(arrived)) }
    }
}

/// How often padding is asked for.
const TICK: Micros = Micros::from_millis(10);
/// Five ticks. Longer fills the queue of a path that cannot carry it; shorter measures jitter.
const LENGTH: Micros = Micros::from_millis(50);
/// Six packets of padding at 50 kbit/s. Longer asks what nothing that leaves could answer; shorter never finds that a
/// path became wide over which nothing is sent because it was narrow.
const LONGEST: Micros = Micros::from_millis(300);
/// Between two probes. Larger finds a path that recovered late; smaller spends it on padding.
const PAUSE: Micros = Micros::from_millis(2_000);
/// Between two probes when they find nothing.
const LONGEST_PAUSE: Micros = Micros::from_millis(3_000);
/// How long a probe waits for its reports. Longer keeps the next one waiting on a path that lost them.
const PATIENCE: Micros = Micros::from_millis(1_500);
/// What leaves within this time left together.
const BURST: Micros = Micros::from_millis(2);
/// Fewer arrivals say nothing.
const FEWEST: u64 = 4;
/// A shorter time of sending says nothing.
const SHORTEST: Micros = Micros::from_millis(20);

#[cfg(test)]
mod tests {
    use super::super::estimator::Purpose;
    use super::*;

    /// What a probe at 2 Mbit/s over a path of `bits` per second finds, above `estimate`.
    fn probe(bits: u64, estimate: u64) -> Option<u64> {
        let mut prober = Prober::default();
        prober.start(Micros(0), 1_000_000, 10_000_000);
        let (mut free, mut number) = (0, 0);
        for tick in 0..6 {
            let now = Micros::from_millis(tick * 10);
            let mut left = prober.padding(now);
            while left > 0 {
                let len = left.min(1_000);
                left -= len;
                let cluster = prober.record(now, len, number);
                free = now.0.max(free) + count(len) * 8_000_000 / bits;
                let (len, purpose) = (count(len), Purpose::Probe);
                let settled = Settled { number, sent: now, len, purpose, cluster, was_lost: false };
                prober.arrived(&settled, i64::try_from(free).unwrap());
                number += 1;
            }
        }
        prober.finish(Micros::from_millis(100), number, estimate)
    }

    #[test]
    fn a_wide_path_proves_what_was_sent_and_a_narrow_one_what_arrived() {
        assert_eq!(probe(100_000_000, 1_000_000), Some(2_000_000));
        let found = probe(1_300_000, 1_000_000).unwrap();
        assert!((1_150_000..=1_300_000).contains(&found), "{found}");
        assert_eq!(probe(800_000, 1_000_000), None);
    }
}
