// SPDX-License-Identifier: EUPL-1.2
//! How fast packets may follow one another on a path: a page that is turned on a shared screen comes as a hundred
//! packets at once, and a path that has no room for so many loses them, and loses them again when they are repeated.

use super::Micros;
use super::bytes::count;

/// Spreads what is sent on one path over the time that the path needs for it.
#[derive(Debug, Default)]
pub struct Pacer {
    /// Bits per second; nothing while the path is not known.
    rate: Option<u64>,
    /// When the path has carried what was sent.
    clear: Micros,
}

impl Pacer {
    /// Learns what the path is estimated to carry, in bits per second; nothing, and everything may leave at once.
    pub fn set_estimate(&mut self, bits: Option<u64>) {
        self.rate = bits.map(|bits| (bits.saturating_mul(HASTE) / 100).max(LEAST));
    }

    /// Whether another packet may leave at this moment.
    pub fn is_free(&self, now: Micros) -> bool {
        self.rate.is_none() || self.clear <= now + AT_ONCE
    }

    /// Takes note of a datagram of `len` bytes, whether it waited or not.
    pub fn record(&mut self, now: Micros, len: usize) {
        let Some(rate) = self.rate else { return };
        let takes = Micros(count(len).saturating_mul(8_000_000) / rate);
        self.clear = (self.clear.max(now) + takes).min(now + LONGEST);
    }
}

/// Per cent of the estimate. More, and a path with a short queue loses what is large; less, and it comes later than it
/// could, and a path that carries more than is known is not seen to.
const HASTE: u64 = 150;
/// Bits per second. Less, and the little that never waits, sound, keeps pictures back for hours.
const LEAST: u64 = 50_000;
/// How long what was sent is believed to fill the path at most. Longer, and who was sent too much while there was no room
/// is sent nothing when there is; shorter, and a path is given more than it carries.
const LONGEST: Micros = Micros::from_millis(5_000);
/// What may leave without waiting. Longer, a path with a short queue loses it; shorter, the picture of a camera
/// waits.
const AT_ONCE: Micros = Micros::from_millis(50);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_path_that_is_not_known_keeps_nothing_back() {
        let mut pacer = Pacer::default();
        for _ in 0..1_000 {
            assert!(pacer.is_free(Micros(5)));
            pacer.record(Micros(5), 1_200);
        }
    }

    #[test]
    fn the_picture_of_a_camera_does_not_wait_and_a_page_does() {
        let mut pacer = Pacer::default();
        pacer.set_estimate(Some(2_000_000));
        let mut at_once = |now| {
            let mut sent = 0;
            while pacer.is_free(now) {
                pacer.record(now, 1_200);
                sent += 1;
            }
            sent
        };
        // 50 ms at 3 Mbit/s are 18,750 bytes.
        assert_eq!(at_once(Micros::from_millis(1_000)), 16);
        assert_eq!(at_once(Micros::from_millis(1_000)), 0);
        assert_eq!(at_once(Micros::from_millis(1_010)), 3);
        assert_eq!(at_once(Micros::from_millis(5_000)), 16);
    }

    #[test]
    fn who_was_sent_too_much_while_there_was_no_room_is_not_kept_waiting_when_there_is() {
        let mut pacer = Pacer::default();
        pacer.set_estimate(Some(0));
        for at in 0..500 {
            pacer.record(Micros::from_millis(at * 20), 200);
        }
        let now = Micros::from_millis(10_000);
        pacer.set_estimate(Some(2_000_000));
        assert!(!pacer.is_free(now));
        assert!(pacer.is_free(now + LONGEST));
    }

    proptest! {
        #[test]
        fn no_more_leaves_than_the_path_is_given_time_for_and_no_less(
            rate in 50_000_u64..20_000_000,
            steps in prop::collection::vec((0_u64..40_000, 40_usize..1_500), 1..300),
        ) {
            let mut pacer = Pacer::default();
            pacer.set_estimate(Some(rate));
            let (mut now, mut sent, mut kept) = (Micros(0), 0_u64, false);
            for (passed, len) in steps {
                now = now + Micros(passed);
                kept = !pacer.is_free(now);
                if !kept {
                    pacer.record(now, len);
                    sent += count(len);
                }
            }
            let carried = |time: Micros| rate * HASTE / 100 * time.0 / 8_000_000;
            prop_assert!(sent <= carried(now + AT_ONCE) + 1_500);
            if kept {
                // Rounded down, packet by packet.
                prop_assert!(sent + 300 >= carried(AT_ONCE));
            }
        }
    }
}
