// SPDX-License-Identifier: EUPL-1.2
//! What was sent under which transport-wide number, until the peer reports on it.

use super::super::Micros;
use super::super::bytes::{count, index, low16, low32};
use super::estimator::Purpose;

/// The datagrams sent lately.
#[derive(Debug)]
pub(super) struct History {
    entries: Vec<Entry>,
    next: u64,
}

/// One datagram of which the peer spoke.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settled {
    /// The full number.
    pub(super) number: u64,
    /// When it left.
    pub(super) sent: Micros,
    /// In bytes.
    pub(super) len: u64,
    /// What it was sent for.
    pub(super) purpose: Purpose,
    /// The probe it was part of; 0 for none.
    pub(super) cluster: u8,
    /// The peer missed it in an earlier report.
    pub(super) was_lost: bool,
}

impl History {
    /// Nothing sent yet.
    pub(super) fn new() -> Self {
        Self { entries: vec![Entry::default(); LEN], next: 0 }
    }

    /// The full number the next datagram carries.
    pub(super) const fn next(&self) -> u64 {
        self.next
    }

    /// Where the next datagram is taken note of.
    pub(super) fn next_entry(&self) -> Option<&Entry> {
        self.entries.get(index(self.next % count(LEN)))
    }

    /// Takes note of the next datagram.
    pub(super) fn record(&mut self, now: Micros, len: usize, purpose: Purpose, cluster: u8) {
        if let Some(entry) = self.entries.get_mut(index(self.next % count(LEN))) {
            let len = u16::try_from(len).unwrap_or(u16::MAX);
            let state = match purpose {
                Purpose::Media => State::Media,
                Purpose::Probe => State::Probe,
            };
            *entry = Entry { sent: low32(now.0), len, cluster, state };
        }
        self.next += 1;
    }

    /// Takes note of what the peer says of a number; `None` when that says nothing new.
    pub(super) fn settle(&mut self, now: Micros, number: u16, received: bool) -> Option<Settled> {
        let age = low16(self.next).wrapping_sub(number);
        let age = if age == 0 { 1 << 16 } else { u64::from(age) };
        let number = self.next.checked_sub(age).filter(|_| age <= count(LEN))?;
        let entry = self.entries.get_mut(index(number % count(LEN)))?;
        let (purpose, was_lost) = match entry.state {
            State::Media => (Purpose::Media, false),
            State::Probe => (Purpose::Probe, false),
            State::LostMedia if received => (Purpose::Media, true),
            State::LostProbe if received => (Purpose::Probe, true),
            State::Empty | State::LostMedia | State::LostProbe | State::Received => return None,
        };
        entry.state = match purpose {
            _ if received => State::Received,
            Purpose::Media => State::LostMedia,
            Purpose::Probe => State::LostProbe,
        };
        // 32 bits of microseconds turn after an hour; nothing reported on is that old.
        let age = low32(now.0).wrapping_sub(entry.sent);
        let sent = now.since(Micros(u64::from(age)));
        let (len, cluster) = (u64::from(entry.len), entry.cluster);
        Some(Settled { number, sent, len, purpose, cluster, was_lost })
    }
}

/// Eight bytes: there are thousands of them for every subscriber.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    sent: u32,
    len: u16,
    cluster: u8,
    state: State,
}

#[derive(Clone, Copy, Debug, Default)]
enum State {
    #[default]
    Empty,
    Media,
    Probe,
    LostMedia,
    LostProbe,
    Received,
}

/// Datagrams between sending and report. Larger costs memory for every subscriber; smaller forgets what
/// is on its way over a fast path with a long delay.
const LEN: usize = 2_048;

#[cfg(test)]
mod tests {
    use super::*;

    impl History {
        pub(in super::super) fn memory(&self) -> usize {
            self.entries.capacity() * size_of::<Entry>()
        }
    }

    #[test]
    fn an_entry_takes_eight_bytes() {
        assert_eq!(size_of::<Entry>(), 8);
    }

    #[test]
    fn every_number_is_settled_once_and_a_lost_one_may_still_arrive() {
        let mut history = History::new();
        let now = Micros(u64::from(u32::MAX) + 5);
        history.record(now, 100, Purpose::Media, 0);
        history.record(now, 200, Purpose::Probe, 3);
        let later = now + Micros(9);
        assert!(history.settle(later, 2, true).is_none(), "never sent");
        assert!(history.settle(later, 65_535, true).is_none(), "never sent");
        let settled = history.settle(later, 0, true).unwrap();
        assert_eq!((settled.sent, settled.len, settled.was_lost), (now, 100, false));
        assert!(history.settle(later, 0, true).is_none());
        assert!(!history.settle(later, 1, false).unwrap().was_lost);
        assert!(history.settle(later, 1, false).is_none());
        let settled = history.settle(later, 1, true).unwrap();
        assert!(settled.was_lost && settled.cluster == 3);
    }
}
