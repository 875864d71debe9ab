// SPDX-License-Identifier: EUPL-1.2
//! What arrived, and how late.

use std::time::Duration;

use shared::MediaKind;

use crate::picture;

/// Counts the packets that were sent within the time that counts.
#[derive(Default)]
pub(crate) struct Tally {
    /// Packets that arrived, of those sent in that time.
    pub(crate) packets: u64,
    /// Their bytes as they were on the wire, without IP and UDP.
    pub(crate) bytes: u64,
    sound: Delays,
    pictures: Delays,
}

impl Tally {
    /// Takes note of a payload that came in a datagram of that length.
    pub(crate) fn record(
        &mut self,
        payload: &[u8],
        wire_len: usize,
        at: Duration,
        counted: &core::ops::Range<Duration>,
    ) {
        let Some((kind, sent)) = picture::read(payload).filter(|(_, sent)| counted.contains(sent))
        else {
            return;
        };
        self.packets += 1;
        self.bytes += u64::try_from(wire_len).unwrap_or(0);
        let delays = match kind {
            MediaKind::Audio => &mut self.sound,
            MediaKind::Video => &mut self.pictures,
        };
        delays.record(at.saturating_sub(sent));
    }

    /// Delays of pictures, then of sound.
    pub(crate) fn delays(&mut self) -> [&mut Delays; 2] {
        [&mut self.pictures, &mut self.sound]
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
}
