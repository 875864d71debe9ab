// SPDX-License-Identifier: EUPL-1.2
//! How much a publisher may send: what is beyond goes no further, and of the two sound is what stays.

use shared::MediaKind;

use super::Micros;

/// The bytes that one publisher may still send.
#[derive(Debug)]
pub struct Intake {
    /// Bits per second; nothing where there is no bound.
    most: Option<u64>,
    /// Of everything. Sound is taken from it even where nothing is left: pictures pay that back.
    all: i64,
    /// Of sound alone: it is never shut out by pictures.
    sound: i64,
    /// Of sound, in bits per second.
    most_sound: u64,
    at: Micros,
}

impl Intake {
    /// Of somebody who has sent nothing yet, and may send so many bits per second.
    pub fn new(now: Micros, most: Option<u64>) -> Self {
        let full = |bits: Option<u64>| bits.map_or(i64::MAX, |bits| carried(bits, BURST));
        let most_sound = most.unwrap_or(u64::MAX).min(SOUND);
        let sound = full(most.map(|_| most_sound));
        Self { most, all: full(most), sound, most_sound, at: now }
    }

    /// Whether the next packet of that kind is too much.
    pub const fn is_spent(&self, kind: MediaKind) -> bool {
        match kind {
            MediaKind::Audio => self.sound <= 0,
            MediaKind::Video => self.all <= 0,
        }
    }

    /// Takes note of a packet of `len` bytes.
    pub fn record(&mut self, kind: MediaKind, len: usize) {
        let len = i64::try_from(len).unwrap_or(i64::MAX);
        self.all = self.all.saturating_sub(len);
        if kind == MediaKind::Audio {
            self.sound = self.sound.saturating_sub(len);
        }
    }

    /// Gives what the time since the last call is worth. Wants to be called several times in a second.
    pub fn refill(&mut self, now: Micros) {
        let Some(bits) = self.most else { return };
        let passed = now.since(self.at);
        let refilled = |left: i64, bits| {
            let more = carried(bits, passed);
            (more > 0).then(|| left.saturating_add(more).min(carried(bits, BURST)))
        };
        let all = refilled(self.all, bits);
        // What is less than a byte is waited for.
        let (Some(all), Some(sound)) = (all, refilled(self.sound, self.most_sound)) else { return };
        (self.all, self.sound, self.at) = (all, sound, now);
    }

    /// What the publisher is told to send at most, in bits per second: all of it arrives.
    pub fn told(&self) -> Option<u64> {
        self.most.map(|bits| bits.saturating_mul(TOLD_PERCENT) / 100)
    }
}

/// The bytes that so many bits per second are in that time.
fn carried(bits: u64, time: Micros) -> i64 {
    let bytes = bits.saturating_mul(time.0) / 8_000_000;
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

/// Bits per second of sound at most, whatever the bound: a voice and the sound of a screen, each as much as Opus can be
/// (RFC 6716 §2.1.1). More, and somebody whose sound is none floods everybody, whom nothing guards from sound; less, and
/// music is cut.
const SOUND: u64 = 1_200_000;
/// What may come at once. Longer, a flood is passed on for longer; shorter, a page that is turned on a shared screen
/// is cut.
const BURST: Micros = Micros::from_millis(1_000);
/// Per cent of the bound. More, and what a browser sends beyond its word, repetitions and probes, is lost; less is sent
/// than could be.
const TOLD_PERCENT: u64 = 90;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use shared::MediaKind::{Audio, Video};

    use super::*;
    use crate::media::bytes::count;

    /// What passes of packets that come.
    fn pass(intake: &mut Intake, kind: MediaKind, len: usize) -> u64 {
        if intake.is_spent(kind) {
            return 0;
        }
        intake.record(kind, len);
        count(len)
    }

    #[test]
    fn without_a_bound_everything_passes() {
        let mut intake = Intake::new(Micros(0), None);
        for _ in 0..1_000 {
            assert_eq!(pass(&mut intake, Video, usize::MAX / 4_096), count(usize::MAX / 4_096));
            if intake.all < i64::MAX / 2 {
                break;
            }
        }
        assert_eq!(intake.told(), None);
    }

    #[test]
    fn no_sound_is_more_than_sound_can_be() {
        let mut intake = Intake::new(Micros(0), Some(10_000_000));
        let mut passed = 0;
        for at in 0..10_000 {
            intake.refill(Micros::from_millis(at));
            passed += pass(&mut intake, Audio, 1_250);
        }
        assert!(passed * 8 <= SOUND * 11 + 10_000, "{passed} bytes in ten seconds");
        assert!(!intake.is_spent(Video), "pictures are left");
    }

    #[test]
    fn pictures_that_are_too_much_do_not_take_the_place_of_sound() {
        let mut intake = Intake::new(Micros(0), Some(1_000_000));
        let (mut pictures, mut sound) = (0, 0);
        for at in 0..500 {
            intake.refill(Micros::from_millis(at * 20));
            // Four megabits of pictures, 40 kbit/s of sound.
            pictures += (0..10).map(|_| pass(&mut intake, Video, 1_000)).sum::<u64>();
            sound += pass(&mut intake, Audio, 100);
        }
        assert_eq!(sound, 50_000, "all of it");
        // Ten seconds and what may come at once, less the sound.
        let most = 1_000_000 * 11 / 8 - sound;
        assert!(pictures <= most + 1_000 && pictures > most - 10_000, "{pictures} of {most}");
        assert_eq!(intake.told(), Some(900_000));
    }

    proptest! {
        #[test]
        fn no_more_passes_than_the_time_is_worth_whatever_it_is(
            bits in 100_000_u64..50_000_000,
            steps in prop::collection::vec((0_u64..50_000, any::<bool>(), 1_usize..1_500), 1..400),
        ) {
            let mut intake = Intake::new(Micros(0), Some(bits));
            let (mut now, mut passed, mut sound) = (Micros(0), 0, 0);
            for (wait, is_sound, len) in steps {
                now = now + Micros(wait);
                intake.refill(now);
                let kind = if is_sound { Audio } else { Video };
                let more = pass(&mut intake, kind, len);
                passed += more;
                sound += if is_sound { more } else { 0 };
            }
            let worth = count(usize::try_from(carried(bits, now + BURST)).unwrap());
            prop_assert!(sound <= worth + 1_500);
            // Sound may overdraw what pictures have used up, and no more than by what it may be itself.
            prop_assert!(passed <= 2 * worth + 3_000);
            prop_assert!(passed - sound <= worth + 1_500);
        }
    }
}
