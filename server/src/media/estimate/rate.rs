// SPDX-License-Identifier: EUPL-1.2
//! The rate itself: grows while the path is quiet, falls below what was delivered when a queue fills.

use super::super::Micros;
use super::trend::Usage;

/// The rate and what it learned of the path.
#[derive(Debug)]
pub(super) struct Rate {
    bits: u64,
    /// What was delivered when the path was last full.
    capacity: Option<u64>,
    held: bool,
    grown: Micros,
    lowered: Option<Micros>,
}

/// What a report said, for the rate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Observation {
    /// What the delay said.
    pub(super) usage: Usage,
    /// What is delivered, in bits per second.
    pub(super) delivered: Option<u64>,
    /// What was delivered in a shorter time, when a queue stands; nothing while none does.
    pub(super) recent: Option<u64>,
    /// The time for an answer from the peer.
    pub(super) round_trip: Micros,
    /// Losses allow to grow.
    pub(super) grows: bool,
}

impl Rate {
    /// The rate before anything is known.
    pub(super) const fn new() -> Self {
        Self { bits: START, capacity: None, held: false, grown: Micros(0), lowered: None }
    }

    /// Bits per second.
    pub(super) const fn bits(&self) -> u64 {
        self.bits
    }

    /// When it last fell for a full path.
    pub(super) const fn lowered(&self) -> Option<Micros> {
        self.lowered
    }

    /// Follows a report.
    pub(super) fn update(&mut self, now: Micros, seen: &Observation) {
        match seen.usage {
            Usage::Over => self.lower(now, seen),
            Usage::Under => self.held = true,
            Usage::Normal if self.held => self.held = false,
            Usage::Normal if seen.grows => self.grow(now, seen),
            Usage::Normal => {}
        }
        self.grown = now;
    }

    /// Follows a probe that was delivered at `bits` per second.
    pub(super) fn prove(&mut self, bits: u64) {
        if self.capacity.is_some_and(|capacity| bits > capacity * 5 / 4) {
            self.capacity = None;
        }
        self.set(self.bits.max(bits));
    }

    /// Falls to `bits`, if that is less.
    pub(super) fn fall(&mut self, bits: u64) {
        self.set(self.bits.min(bits));
    }

    fn lower(&mut self, now: Micros, seen: &Observation) {
        let answer = seen.round_trip + ANSWER;
        if self.lowered.is_some_and(|lowered| now.since(lowered) < answer) {
            return;
        }
        self.lowered = Some(now);
        self.held = true;
        let is_used = |delivered: &u64| delivered * 4 >= self.bits * 3;
        let Some(delivered) = seen.recent.or_else(|| seen.delivered.filter(is_used)) else {
            // Little is delivered because little is sent; without a queue that says nothing of the path.
            self.fall(self.bits * DECREASE / 100);
            return;
        };
        self.capacity = Some(match self.capacity {
            Some(before) if (before * 3 / 5..before * 7 / 5).contains(&delivered) => {
                (before * 3 + delivered) / 4
            }
            Some(_) | None => delivered,
        });
        self.fall(delivered * DECREASE / 100);
        self.learn(seen);
    }

    /// A path that is full delivers what it carries: who takes it for less leaves the rest unused.
    fn learn(&mut self, seen: &Observation) {
        if let (Some(recent), Some(delivered)) = (seen.recent, seen.delivered) {
            self.set(self.bits.max(delivered.min(recent) * DECREASE / 100));
        }
    }

    fn grow(&mut self, now: Micros, seen: &Observation) {
        let Some(delivered) = seen.delivered else { return };
        let most = delivered * 3 / 2 + 10_000;
        if self.capacity.is_some_and(|capacity| delivered > capacity * 5 / 4) {
            self.capacity = None;
        }
        let past = now.since(self.grown).0.min(LONGEST_STEP.0);
        let quick = self.bits * GROWTH / 100;
        let per_second = if self.capacity.is_some() {
            // One packet for every answer, so that the queue which follows is short.
            let answers = PACKET_BITS * 1_000_000;
            let slow = answers.checked_div((seen.round_trip + ANSWER).0).unwrap_or(0);
            slow.clamp(SLOWEST, quick.max(SLOWEST))
        } else {
            quick.max(SLOWEST)
        };
        let grown = self.bits + per_second * past / 1_000_000;
        self.set(self.bits.max(grown.min(most)));
    }

    fn set(&mut self, bits: u64) {
        self.bits = bits.clamp(FLOOR, CEILING);
    }
}

/// Bits per second before anything is known. Higher fills the queue of a slow path at the start; lower
/// begins with pictures that need not be so bad.
pub const START: u64 = 2_500_000;
/// The least: sound for a few, and enough datagrams to notice a recovery. Higher chokes the slowest paths.
pub(super) const FLOOR: u64 = 50_000;
/// The most. Higher means nothing: nobody is sent as much.
pub(super) const CEILING: u64 = 50_000_000;
/// Per cent of what was delivered that remains after a queue filled. More leaves the queue standing, less
/// wastes the path.
const DECREASE: u64 = 85;
/// Per cent of growth per second where the capacity is unknown. More overshoots, less takes minutes.
const GROWTH: u64 = 8;
/// Growth near the capacity: one packet of this many bits for every answer.
const PACKET_BITS: u64 = 9_600;
/// Bits per second of growth per second at least.
const SLOWEST: u64 = 4_000;
/// What an answer takes beyond the way: reports come at intervals.
const ANSWER: Micros = Micros::from_millis(100);
/// Silence is not growth: a report after a pause counts as this long at most.
const LONGEST_STEP: Micros = Micros::from_millis(250);

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(usage: Usage, delivered: u64) -> Observation {
        let delivered = Some(delivered);
        let round_trip = Micros::from_millis(50);
        Observation { usage, delivered, recent: delivered, round_trip, grows: true }
    }

    #[test]
    fn the_rate_falls_below_what_is_delivered_once_for_every_answer() {
        let mut rate = Rate::new();
        rate.update(Micros::from_millis(1_000), &seen(Usage::Over, 400_000));
        assert_eq!(rate.bits(), 340_000);
        rate.update(Micros::from_millis(1_100), &seen(Usage::Over, 300_000));
        assert_eq!(rate.bits(), 340_000);
        rate.update(Micros::from_millis(1_200), &seen(Usage::Over, 300_000));
        assert_eq!(rate.bits(), 255_000);
    }

    #[test]
    fn a_full_path_that_delivers_more_than_was_known_carries_more() {
        let mut rate = Rate::new();
        rate.update(Micros::from_millis(1_000), &seen(Usage::Over, 400_000));
        assert_eq!(rate.bits(), 340_000);
        rate.update(Micros::from_millis(2_000), &seen(Usage::Over, 1_000_000));
        assert_eq!(rate.bits(), 850_000);
        let burst = Observation { recent: Some(5_000_000), ..seen(Usage::Over, 1_000_000) };
        rate.update(Micros::from_millis(3_000), &burst);
        assert_eq!(rate.bits(), 850_000);
    }

    #[test]
    fn without_a_queue_little_that_is_sent_does_not_become_all_that_is_possible() {
        let mut rate = Rate::new();
        let seen = Observation { recent: None, ..seen(Usage::Over, 60_000) };
        rate.update(Micros::from_millis(1_000), &seen);
        assert_eq!(rate.bits(), START * 85 / 100);
    }

    #[test]
    fn who_is_sent_little_neither_gains_nor_loses() {
        let mut rate = Rate::new();
        for second in 0..60 {
            rate.update(Micros::from_millis(second * 1_000), &seen(Usage::Normal, 30_000));
        }
        assert_eq!(rate.bits(), START);
    }
}
