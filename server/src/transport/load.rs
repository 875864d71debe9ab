// SPDX-License-Identifier: EUPL-1.2
//! How much each media thread has to do, and which one takes the next room.

use std::sync::atomic::{AtomicU64, Ordering};

use super::counters::MediaCounters;
use crate::media::Micros;

/// The load of a thread as others see it.
#[derive(Debug, Default)]
pub(super) struct SharedLoad {
    /// Packets in and out in the last second.
    packets: AtomicU64,
    rooms: AtomicU64,
    /// Of the last thousand milliseconds.
    busy: AtomicU64,
}

impl SharedLoad {
    pub(super) fn publish(&self, Load { packets, busy }: Load) {
        self.packets.store(packets, Ordering::Relaxed);
        self.busy.store(busy, Ordering::Relaxed);
    }

    /// Of a thousand moments, how many the thread did not wait for something to do.
    pub(super) fn busy(&self) -> u64 {
        self.busy.load(Ordering::Relaxed)
    }

    pub(super) fn add_room(&self) {
        self.rooms.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn remove_room(&self) {
        self.rooms.fetch_sub(1, Ordering::Relaxed);
    }

    /// What it costs to come here; no unit.
    pub(super) fn weight(&self) -> u64 {
        let rooms = self.rooms.load(Ordering::Relaxed);
        self.packets.load(Ordering::Relaxed).saturating_add(rooms.saturating_mul(ROOM_WEIGHT))
    }
}

/// What a thread did in a second.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Load {
    /// In and out.
    pub(super) packets: u64,
    /// Of a thousand.
    pub(super) busy: u64,
}

/// Counts the packets and the turns of a second.
#[derive(Debug, Default)]
pub(super) struct Meter {
    since: Micros,
    before: u64,
    worked: Micros,
}

impl Meter {
    /// A turn has taken so long.
    pub(super) fn work(&mut self, turn: Micros) {
        self.worked = self.worked + turn;
    }

    /// The load of the last second, when one is over.
    pub(super) fn read(&mut self, now: Micros, counters: &MediaCounters) -> Option<Load> {
        let passed = now.since(self.since);
        if passed < SECOND {
            return None;
        }
        let total = counters.packets_in.saturating_add(counters.packets_out);
        let packets = total.saturating_sub(self.before).saturating_mul(SECOND.0) / passed.0.max(1);
        let busy = self.worked.0.saturating_mul(1_000) / passed.0.max(1);
        (self.since, self.before, self.worked) = (now, total, Micros(0));
        Some(Load { packets, busy })
    }
}

/// The first of those with the least weight.
pub(super) fn lightest(weights: impl Iterator<Item = u64>) -> usize {
    weights.enumerate().min_by_key(|(_, weight)| *weight).map_or(0, |(index, _)| index)
}

/// What a room counts as beside its packets. Larger, rooms are counted rather than what happens in them;
/// smaller, rooms that open within a second all come to one thread.
const ROOM_WEIGHT: u64 = 100;
const SECOND: Micros = Micros::from_millis(1_000);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_comes_to_the_thread_with_the_least_to_do() {
        let loads = [(); 3].map(|()| SharedLoad::default());
        for expected in [0, 1, 2, 0] {
            assert_eq!(lightest(loads.iter().map(SharedLoad::weight)), expected);
            loads[expected].add_room();
        }
        loads[1].publish(Load { packets: 5_000, busy: 30 });
        assert_eq!(
            lightest(loads.iter().map(SharedLoad::weight)),
            2,
            "that of one room without packets"
        );
        loads[0].remove_room();
        loads[0].remove_room();
        assert_eq!(lightest(loads.iter().map(SharedLoad::weight)), 0);
    }

    #[test]
    fn packets_and_turns_are_counted_by_the_second() {
        let mut meter = Meter::default();
        let mut counters =
            MediaCounters { packets_in: 400, packets_out: 600, ..Default::default() };
        assert_eq!(meter.read(Micros::from_millis(999), &counters), None);
        meter.work(Micros::from_millis(300));
        meter.work(Micros::from_millis(700));
        let load = |packets, busy| Some(Load { packets, busy });
        assert_eq!(meter.read(Micros::from_millis(2_000), &counters), load(500, 500));
        counters.packets_out += 30;
        assert_eq!(meter.read(Micros::from_millis(3_000), &counters), load(30, 0));
    }
}
