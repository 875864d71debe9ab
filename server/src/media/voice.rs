// SPDX-License-Identifier: EUPL-1.2
//! Whether somebody speaks, by how loud their packets say they are.
//!
//! ```text
//!            loud for 100 ms without a pause of 100 ms
//!   Quiet ──────────────────────────────────────────────▶ Speaks
//!         ◀──────────────────────────────────────────────
//!            700 ms without anything loud
//! ```
//!
//! It decides nothing about packets; it is there for those who look.

use super::Micros;

/// One microphone.
#[derive(Clone, Copy, Debug, Default)]
pub struct Voice {
    /// Since when it has been loud, but for pauses between syllables.
    since: Option<Micros>,
    /// When it was loud last.
    loud: Micros,
    speaks: bool,
    told: bool,
}

impl Voice {
    /// Takes the level of a packet, as in RFC 6464. Who does not tell how loud they are is not known to speak.
    pub fn hear(&mut self, now: Micros, level: Option<u8>) {
        let softest = if self.speaks { GOES_ON } else { BEGINS };
        if level.is_none_or(|level| level & LEVEL > softest) {
            return;
        }
        if now.since(self.loud) > SYLLABLE {
            self.since = None;
        }
        let since = *self.since.get_or_insert(now);
        self.loud = now;
        self.speaks |= now.since(since) >= LONG_ENOUGH;
    }

    /// Whether it speaks, where that is something else than was told.
    pub fn news(&mut self, now: Micros) -> Option<bool> {
        if self.speaks && now.since(self.loud) >= PAUSE {
            (self.speaks, self.since) = (false, None);
        }
        let is_news = self.speaks != self.told;
        self.told = self.speaks;
        is_news.then_some(self.speaks)
    }

    /// What was told last was not heard: it is told again.
    pub const fn forget_told(&mut self) {
        self.told = !self.told;
    }
}

/// Without the bit by which a sender says what it takes for a voice: not all of them do.
const LEVEL: u8 = 0x7f;
/// In dB below full scale. Larger, a fan speaks; smaller, a soft voice does not.
const BEGINS: u8 = 50;
/// Larger, a room that echoes speaks on; smaller, the ends of sentences are cut.
const GOES_ON: u8 = 58;
/// Longer, the frame comes late; shorter, every cough has one.
const LONG_ENOUGH: Micros = Micros::from_millis(100);
/// Longer, two coughs are a word; shorter, no word is without a pause.
const SYLLABLE: Micros = Micros::from_millis(100);
/// Longer, the frame stays around somebody who has ended; shorter, it flickers with every breath.
const PAUSE: Micros = Micros::from_millis(700);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_speaks_is_told_once_and_so_is_the_end() {
        let mut voice = Voice::default();
        let mut news = Vec::new();
        for packet in 0..200 {
            let now = Micros::from_millis(1_000 + packet * 20);
            // With and without the bit for a voice.
            let bit = if packet % 2 == 0 { 0x80 } else { 0 };
            let level = if (20..100).contains(&packet) { 30 } else { 70 };
            voice.hear(now, Some(bit | level));
            news.extend(voice.news(now).map(|speaks| (packet, speaks)));
        }
        assert_eq!(news, [(25, true), (134, false)]);
    }

    #[test]
    fn a_cough_is_no_word_and_a_breath_is_no_end() {
        let mut voice = Voice::default();
        let mut news = Vec::new();
        for packet in 0..300_u64 {
            let now = Micros::from_millis(1_000 + packet * 20);
            let cough = packet % 50 < 3 && packet < 100;
            let words = packet >= 100 && packet % 40 < 20;
            voice.hear(now, Some(if cough || words { 30 } else { 90 }));
            news.extend(voice.news(now));
        }
        assert_eq!(news, [true]);
    }

    #[test]
    fn what_was_not_heard_is_told_again() {
        let mut voice = Voice::default();
        for packet in 0..10 {
            voice.hear(Micros::from_millis(1_000 + packet * 20), Some(30));
        }
        let now = Micros::from_millis(1_200);
        assert_eq!(voice.news(now), Some(true));
        voice.forget_told();
        assert_eq!((voice.news(now), voice.news(now)), (Some(true), None));
    }

    #[test]
    fn who_tells_no_level_is_not_known_to_speak() {
        let mut voice = Voice::default();
        for packet in 0..100 {
            let now = Micros::from_millis(1_000 + packet * 20);
            voice.hear(now, None);
            assert_eq!(voice.news(now), None);
        }
    }
}
