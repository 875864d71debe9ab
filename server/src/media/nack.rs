// SPDX-License-Identifier: EUPL-1.2
//! What a publisher's stream lacks, and when to ask for it (RFC 4585 §6.2.1).

use super::Micros;
use super::bytes::low16;

/// The packets missing from one stream.
#[derive(Clone, Debug)]
pub struct LossTracker {
    highest: Option<u64>,
    /// Takes memory with the first gap: most sources never have one.
    missing: Vec<Missing>,
    round_trip: Micros,
}

/// What a packet means to the tracker.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Arrival {
    /// The stream goes on, perhaps behind a gap.
    New,
    /// It had been missing.
    Recovered,
    /// Nobody waits for it: a duplicate, or given up.
    Unwanted,
    /// The gap is too large to fill; the tracker starts over here.
    Restarted,
}

impl LossTracker {
    /// A tracker that has seen nothing.
    pub const fn new() -> Self {
        Self { highest: None, missing: Vec::new(), round_trip: FIRST_ROUND_TRIP }
    }

    /// Takes note of a packet by its full number; `retransmitted` when it came over RTX.
    pub fn record(&mut self, now: Micros, sequence: u64, retransmitted: bool) -> Arrival {
        let Some(highest) = self.highest else {
            self.highest = Some(sequence);
            return Arrival::New;
        };
        if sequence <= highest {
            return self.fill(now, sequence, retransmitted);
        }
        let gap = sequence - highest - 1;
        self.highest = Some(sequence);
        if gap > MAX_GAP {
            self.missing.clear();
            return Arrival::Restarted;
        }
        for missing in highest + 1..sequence {
            if self.missing.len() >= MAX_MISSING {
                // The oldest has waited longest; its frame is the least likely to be of use.
                self.missing.remove(0);
            }
            self.missing.push(Missing { sequence: missing, asked: 0, last: Micros(0), since: now });
        }
        Arrival::New
    }

    /// Puts the numbers to ask for at this moment into `due`, oldest first.
    pub fn due(&mut self, now: Micros, due: &mut Vec<u16>) {
        let interval = Micros((self.round_trip.0 * 5 / 4).clamp(MIN_RETRY.0, MAX_RETRY.0));
        self.missing
            .retain(|missing| missing.asked < MAX_ASKED || now.since(missing.last) < interval);
        for missing in &mut self.missing {
            let waited = if missing.asked == 0 {
                now.since(missing.since) >= REORDERING
            } else {
                now.since(missing.last) >= interval
            };
            if waited && missing.asked < MAX_ASKED {
                missing.asked += 1;
                missing.last = now;
                due.push(low16(missing.sequence));
            }
        }
    }

    /// Whether something is missing that is still hoped for.
    pub const fn waits(&self) -> bool {
        !self.missing.is_empty()
    }

    /// The estimated time from a request to the packet.
    pub const fn round_trip(&self) -> Micros {
        self.round_trip
    }

    /// Forgets the stream, keeps the estimate.
    pub fn reset(&mut self) {
        self.highest = None;
        self.missing.clear();
    }

    fn fill(&mut self, now: Micros, sequence: u64, retransmitted: bool) -> Arrival {
        let Ok(at) = self.missing.binary_search_by_key(&sequence, |missing| missing.sequence)
        else {
            return Arrival::Unwanted;
        };
        let missing = self.missing.remove(at);
        // After a second request nobody knows which one was answered (Karn's rule).
        if retransmitted && missing.asked == 1 {
            let sample = now.since(missing.last);
            self.round_trip = Micros((self.round_trip.0 * 7 + sample.0) / 8);
        }
        Arrival::Recovered
    }
}

impl Default for LossTracker {
    fn default() -> Self {
        Self::new()
    }
}

#[derive(Clone, Copy, Debug)]
struct Missing {
    sequence: u64,
    asked: u8,
    last: Micros,
    since: Micros,
}

/// Larger asks for what a key frame replaces sooner; smaller gives up on a short outage.
const MAX_GAP: u64 = 500;
const MAX_MISSING: usize = 512;
const MAX_ASKED: u8 = 10;
/// Larger delays every repair; smaller asks for packets that were only overtaken.
const REORDERING: Micros = Micros::from_millis(3);
const FIRST_ROUND_TRIP: Micros = Micros::from_millis(80);
const MIN_RETRY: Micros = Micros::from_millis(15);
const MAX_RETRY: Micros = Micros::from_millis(400);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_gap_is_asked_for_until_it_is_filled() {
        let mut tracker = LossTracker::new();
        let mut due = Vec::new();
        tracker.record(Micros(0), 100, false);
        tracker.record(Micros(0), 103, false);
        tracker.due(Micros::from_millis(1), &mut due);
        assert!(due.is_empty(), "it may only be late");
        tracker.due(Micros::from_millis(5), &mut due);
        assert_eq!(due, [101, 102]);
        due.clear();
        assert_eq!(tracker.record(Micros::from_millis(30), 101, true), Arrival::Recovered);
        assert_eq!(tracker.record(Micros::from_millis(30), 101, true), Arrival::Unwanted);
        assert!(tracker.round_trip() < FIRST_ROUND_TRIP);
        tracker.due(Micros::from_millis(200), &mut due);
        assert_eq!(due, [102]);
    }

    #[test]
    fn nothing_is_asked_for_more_than_ten_times() {
        let mut tracker = LossTracker::new();
        let mut due = Vec::new();
        tracker.record(Micros(0), 1, false);
        tracker.record(Micros(0), 3, false);
        for millis in 0..20_000 {
            tracker.due(Micros::from_millis(millis), &mut due);
        }
        assert_eq!(due.len(), 10);
        assert_eq!(tracker.record(Micros::from_millis(30_000), 2, true), Arrival::Unwanted);
    }

    #[test]
    fn a_long_outage_is_not_repaired_packet_by_packet() {
        let mut tracker = LossTracker::new();
        tracker.record(Micros(0), 1, false);
        assert_eq!(tracker.record(Micros(0), 1_000, false), Arrival::Restarted);
        let mut due = Vec::new();
        tracker.due(Micros::from_millis(100), &mut due);
        assert!(due.is_empty());
    }

    proptest! {
        #[test]
        fn no_history_makes_it_grow(steps in prop::collection::vec((0_u64..3_000, any::<bool>()), 0..400)) {
            let mut tracker = LossTracker::new();
            let mut due = Vec::new();
            for (at, (sequence, retransmitted)) in steps.into_iter().enumerate() {
                let now = Micros::from_millis(super::super::bytes::count(at) * 7);
                tracker.record(now, sequence, retransmitted);
                due.clear();
                tracker.due(now, &mut due);
                prop_assert!(tracker.missing.len() <= MAX_MISSING);
                prop_assert!(tracker.missing.is_sorted_by_key(|missing| missing.sequence));
            }
        }
    }
}
