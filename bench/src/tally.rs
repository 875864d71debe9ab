// SPDX-License-Identifier: EUPL-1.2
//! What arrived, and how late.

use std::{collections::HashMap, ops::Range, time::Duration};

use shared::MediaKind;

use crate::{
    picture::{self, Size, What},
    transport::Arrived,
};

/// Counts the packets that were sent within the time that counts.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) pictures: Count,
    pub(crate) sound: Count,
    /// The packets of small, middle and large pictures.
    pub(crate) sizes: [u64; 3],
    spans: HashMap<(usize, u32), Span>,
}

/// Packets of one kind.
#[derive(Default)]
pub(crate) struct Count {
    /// Those that arrived.
    pub(crate) packets: u64,
    /// Their bytes as they were on the wire, without IP and UDP.
    pub(crate) bytes: u64,
    pub(crate) delays: Delays,
}

impl Tally {
    /// Takes note of what participant `who` received at `at` in a datagram of that length.
    pub(crate) fn record(
        &mut self,
        (who, wire_len): (usize, usize),
        arrived: &Arrived<'_>,
        at: Duration,
        counted: &Range<Duration>,
    ) {
        let key = (who, arrived.ssrc);
        let Some((what, sent)) = picture::read(arrived.payload) else {
            // What fills a line has a number, and is no gap.
            if let Some(span) = self.spans.get_mut(&key) {
                span.record(arrived.sequence);
            }
            return;
        };
        if !counted.contains(&sent) {
            return;
        }
        let count = match what.kind() {
            MediaKind::Audio => &mut self.sound,
            MediaKind::Video => &mut self.pictures,
        };
        count.packets += 1;
        count.bytes += u64::try_from(wire_len).unwrap_or(0);
        count.delays.record(at.saturating_sub(sent));
        let [small, middle, large] = &mut self.sizes;
        match what {
            What::Sound => return,
            What::Picture(Size::Small) => *small += 1,
            What::Picture(Size::Middle) => *middle += 1,
            What::Picture(Size::Large) => *large += 1,
        }
        self.spans
            .entry(key)
            .or_insert_with(|| Span::new(arrived.sequence))
            .record(arrived.sequence);
    }

    /// The pictures' packets that are missing between those that arrived: what was lost of a picture of
    /// which the server chooses the size.
    pub(crate) fn gaps(&self) -> u64 {
        self.spans.values().map(Span::missing).sum()
    }
}

/// The numbers of one picture's packets to one participant.
struct Span {
    first: i64,
    last: i64,
    packets: i64,
}

impl Span {
    /// Begins with that number, which is still to be recorded.
    fn new(sequence: u16) -> Self {
        Self { first: sequence.into(), last: sequence.into(), packets: 0 }
    }

    fn record(&mut self, sequence: u16) {
        self.packets += 1;
        // The number that is nearest to the last one; numbers begin again after 65,535.
        let behind = (i64::from(sequence) - self.last).rem_euclid(65_536);
        let number = self.last + if behind < 32_768 { behind } else { behind - 65_536 };
        self.first = self.first.min(number);
        self.last = self.last.max(number);
    }

    fn missing(&self) -> u64 {
        u64::try_from(self.last - self.first + 1 - self.packets).unwrap_or(0)
    }
}

/// Delays in microseconds.
#[derive(Default)]
pub(crate) struct Delays(Vec<u32>);

impl Delays {
    fn record(&mut self, delay: Duration) {
        self.0.push(u32::try_from(delay.as_micros()).unwrap_or(u32::MAX));
    }

    /// The delay that so many of a thousand do not exceed, in milliseconds; nothing where nothing came.
    pub(crate) fn of_thousand(&mut self, share: usize) -> Option<f64> {
        let last = self.0.len().checked_sub(1)?;
        let (_, delay, _) = self.0.select_nth_unstable(last * share / 1_000);
        Some(f64::from(*delay) / 1_000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_the_delays_is_found() {
        let mut delays = Delays::default();
        assert_eq!(delays.of_thousand(500), None);
        for millis in (0..=1_000).rev() {
            delays.record(Duration::from_millis(millis));
        }
        assert_eq!(delays.of_thousand(500), Some(500.0));
        assert_eq!(delays.of_thousand(999), Some(999.0));
    }

    #[test]
    fn what_is_missing_between_the_numbers_is_lost() {
        let mut span = Span::new(65_533);
        for sequence in [65_533, 65_534, 1, 0, 4] {
            span.record(sequence);
        }
        assert_eq!(span.missing(), 3, "65,535, 2 and 3");
        let mut span = Span::new(3);
        for sequence in [3, 2, 4] {
            span.record(sequence);
        }
        assert_eq!(span.missing(), 0, "the first one was overtaken");
    }
}
