// SPDX-License-Identifier: EUPL-1.2
//! The rate at which datagrams arrive at the peer, by the peer's clock.

use super::super::bytes::{count, index};

/// Bytes that arrived lately, in slots of a fixed length.
#[derive(Debug)]
pub(super) struct Delivered {
    slots: [u64; SLOTS],
    /// The first slot that was filled and the latest one.
    range: Option<(i64, i64)>,
}

impl Delivered {
    /// Nothing arrived yet.
    pub(super) const fn new() -> Self {
        Self { slots: [0; SLOTS], range: None }
    }

    /// Takes note of `len` bytes at `arrival`, in microseconds of the peer's clock.
    pub(super) fn record(&mut self, arrival: i64, len: u64) {
        let slot = arrival.div_euclid(SLOT);
        let (first, latest) = self.range.unwrap_or((slot, slot));
        let (mut first, mut latest) = (first, latest);
        if slot.abs_diff(latest) > LEAP || self.range.is_none() {
            self.slots = [0; SLOTS];
            (first, latest) = (slot, slot);
        }
        for empty in (latest + 1)..=slot {
            if let Some(bytes) = self.slots.get_mut(place(empty)) {
                *bytes = 0;
            }
        }
        latest = latest.max(slot);
        self.range = Some((first, latest));
        if latest.abs_diff(slot) < count(SLOTS)
            && let Some(bytes) = self.slots.get_mut(place(slot))
        {
            *bytes = bytes.saturating_add(len);
        }
    }

    /// Bits per second over the last half second before the latest arrival; `None` with too little to tell.
    pub(super) fn rate(&self) -> Option<u64> {
        self.rate_over(LONG)
    }

    /// Bits per second over a shorter time, for a path whose queue is never empty; `None` where nothing came through
    /// for most of it: that is no rate of anything.
    pub(super) fn recent_rate(&self) -> Option<u64> {
        let (_, latest) = self.range?;
        let begin = latest.checked_sub_unsigned(SHORT)?;
        let (mut hole, mut longest) = (0_u64, 0);
        for slot in begin..latest {
            let is_empty = self.slots.get(place(slot)).is_none_or(|bytes| *bytes == 0);
            hole = if is_empty { hole + 1 } else { 0 };
            longest = hole.max(longest);
        }
        if longest >= HOLE { None } else { self.rate_over(SHORT) }
    }

    fn rate_over(&self, slots: u64) -> Option<u64> {
        let (first, latest) = self.range?;
        let slots = slots.min(latest.abs_diff(first));
        if slots < FEWEST {
            return None;
        }
        let begin = latest.checked_sub_unsigned(slots)?;
        let bytes: u64 = (begin..latest).filter_map(|slot| self.slots.get(place(slot))).sum();
        (bytes * 8 * 1_000_000).checked_div(slots * SLOT.unsigned_abs())
    }
}

fn place(slot: i64) -> usize {
    let slots = i64::try_from(SLOTS).unwrap_or(1);
    u64::try_from(slot.rem_euclid(slots)).map_or(0, index)
}

/// Microseconds of one slot.
const SLOT: i64 = 25_000;
/// One more than the longest time asked about, for the slot that is being filled.
const SLOTS: usize = 21;
/// Half a second. Longer lags behind a path that changed; shorter sees single frames.
const LONG: u64 = 20;
/// A quarter of a second. Longer cuts the rate too little when the path became slower; shorter measures
/// the spacing of reports.
const SHORT: u64 = 10;
/// So many empty slots in a row in the shorter time. More, a path that stood still for a moment is believed to be as slow as that
/// moment; fewer, the slowest paths are empty between two of their packets.
const HOLE: u64 = 7;
/// Fewer slots make a rate of one burst.
const FEWEST: u64 = 8;
/// A step in the peer's clock, in slots: ten seconds without arrivals say nothing of a rate.
const LEAP: u64 = 400;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_steady_stream_is_measured_and_a_leap_of_the_clock_begins_anew() {
        let mut delivered = Delivered::new();
        assert_eq!(delivered.rate(), None);
        for tick in -100..100 {
            delivered.record(tick * 10_000, 1_250);
        }
        assert_eq!((delivered.rate(), delivered.recent_rate()), (Some(1_000_000), Some(1_000_000)));
        delivered.record(1 << 40, 1_250);
        assert_eq!(delivered.rate(), None);
    }
}
