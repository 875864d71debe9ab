// SPDX-License-Identifier: EUPL-1.2
//! Who is heard: the loudest of those whose sound a subscriber could get.
//!
//! ```text
//!             a place is free, or somebody quieter has had their turn
//!   Unheard ────────────────────────────────────────────────────────▶ Heard
//!           ◀────────────────────────────────────────────────────────
//!             somebody louder needs the place, or 400 ms of digital silence
//! ```
//!
//! Loudness rises at once and falls slowly, so that a pause between two words is none between two turns.

use super::Micros;

/// The sounds of one subscriber, by slot.
#[derive(Debug, Default)]
pub struct Speakers {
    voices: Vec<Voice>,
}

/// What becomes of a packet of sound.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Turn {
    /// It is heard.
    Goes,
    /// It is the first that is heard again; what came shortly before belongs to it.
    Begins,
    /// It is not heard.
    Waits,
}

impl Speakers {
    /// Decides about a packet for `slot`; `level` as in RFC 6464, where 0 is the loudest and 127 is silence.
    pub fn hear(&mut self, now: Micros, slot: usize, level: Option<u8>) -> Turn {
        if self.voices.len() <= slot {
            self.voices.resize(slot.saturating_add(1), Voice::default());
        }
        let loudness = SILENT.saturating_sub(level.map_or(UNKNOWN, |level| level & SILENT));
        let Some(voice) = self.voices.get_mut(slot) else { return Turn::Waits };
        voice.record(now, loudness);
        if voice.is_silent(now) && voice.had_a_turn(now) {
            voice.heard_since = None;
        }
        if voice.heard_since.is_some() {
            return Turn::Goes;
        }
        // Silence is as good as no packet.
        if loudness == 0 {
            return Turn::Waits;
        }
        if self.heard() >= MOST && !self.hush(now, loudness) {
            return Turn::Waits;
        }
        if let Some(voice) = self.voices.get_mut(slot) {
            voice.heard_since = Some(now);
        }
        Turn::Begins
    }

    /// Forgets a slot: another feed has nothing to do with the one before.
    pub fn forget(&mut self, slot: usize) {
        if let Some(voice) = self.voices.get_mut(slot) {
            *voice = Voice::default();
        }
    }

    /// How many are heard.
    fn heard(&self) -> usize {
        self.voices.iter().filter(|voice| voice.heard_since.is_some()).count()
    }

    /// Takes the place of the quietest who has had their turn, if somebody that loud is worth it.
    fn hush(&mut self, now: Micros, loudness: u8) -> bool {
        let settled = self.voices.iter_mut().filter(|voice| voice.had_a_turn(now));
        let quietest = settled.min_by_key(|voice| voice.loudness(now));
        let Some(quietest) =
            quietest.filter(|quietest| loudness >= quietest.loudness(now).saturating_add(MARGIN))
        else {
            return false;
        };
        quietest.heard_since = None;
        true
    }
}

/// One slot's sound.
#[derive(Clone, Copy, Debug, Default)]
struct Voice {
    /// The loudness at `at`, in dB above silence; it falls from there.
    peak: u8,
    at: Micros,
    /// Since when every packet was digital silence.
    silent_since: Option<Micros>,
    heard_since: Option<Micros>,
}

impl Voice {
    fn record(&mut self, now: Micros, loudness: u8) {
        if loudness >= self.loudness(now) {
            self.peak = loudness;
            self.at = now;
        }
        self.silent_since = if loudness == 0 { self.silent_since.or(Some(now)) } else { None };
    }

    fn loudness(&self, now: Micros) -> u8 {
        let fallen = now.since(self.at).0 / FALL.0;
        self.peak.saturating_sub(u8::try_from(fallen).unwrap_or(u8::MAX))
    }

    /// Whether it is heard, and for long enough to make room for somebody else.
    fn had_a_turn(&self, now: Micros) -> bool {
        self.heard_since.is_some_and(|since| now.since(since) >= SHORTEST_TURN)
    }

    fn is_silent(&self, now: Micros) -> bool {
        self.silent_since.is_some_and(|since| now.since(since) >= SILENCE)
    }
}

/// How many are heard at once. Larger, a big room costs everybody more; smaller, people who laugh together
/// are not heard together.
pub const MOST: usize = 5;
/// How much louder a newcomer has to be than whom they replace, in dB. Larger, soft voices do not get in;
/// smaller, two equally loud ones take turns.
const MARGIN: u8 = 6;
/// Shorter, noises take turns; longer, a newcomer waits for people who only coughed.
const SHORTEST_TURN: Micros = Micros::from_millis(500);
/// How long it takes to become quieter by 1 dB. Longer, those who have spoken keep their places from those
/// who speak; shorter, who draws breath loses the place.
const FALL: Micros = Micros::from_millis(33);
/// Longer, silence costs packets; shorter, the receivers fade out a voice that goes on.
const SILENCE: Micros = Micros::from_millis(400);
const SILENT: u8 = 127;
/// Somebody who does not say how loud they are counts as speaking.
const UNKNOWN: u8 = 40;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Lets everybody send a packet every 20 ms, and returns who was heard at the end.
    struct Room {
        speakers: Speakers,
        now: Micros,
    }

    impl Room {
        fn new() -> Self {
            Self { speakers: Speakers::default(), now: Micros(0) }
        }

        fn packet(&mut self, levels: &[u8]) -> Vec<Turn> {
            let turns = levels.iter().enumerate();
            let turns = turns.map(|(slot, level)| self.speakers.hear(self.now, slot, Some(*level)));
            let turns = turns.collect();
            self.now = self.now + Micros::from_millis(20);
            turns
        }

        fn run(&mut self, millis: u64, levels: &[u8]) -> Vec<Turn> {
            let end = self.now + Micros::from_millis(millis);
            let mut turns = Vec::new();
            while self.now < end {
                turns = self.packet(levels);
            }
            turns
        }
    }

    fn heard(turns: &[Turn]) -> Vec<usize> {
        let turns = turns.iter().enumerate();
        turns.filter(|(_, turn)| **turn != Turn::Waits).map(|(slot, _)| slot).collect()
    }

    #[test]
    fn everybody_is_heard_while_there_are_places() {
        assert_eq!(heard(&Room::new().packet(&[80, 30, 90, 100, 126])), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn who_begins_to_speak_takes_the_place_of_the_quietest() {
        let mut room = Room::new();
        assert_eq!(heard(&room.run(2_000, &[30, 80, 90, 80, 80, 90])), [0, 1, 2, 3, 4]);
        let turns = room.packet(&[30, 80, 90, 80, 80, 35]);
        assert_eq!((heard(&turns), turns[5]), (vec![0, 1, 2, 3, 4, 5], Turn::Begins));
        assert_eq!(heard(&room.packet(&[30, 80, 90, 80, 80, 35])), [0, 1, 3, 4, 5]);
    }

    #[test]
    fn who_draws_breath_keeps_the_place() {
        let mut room = Room::new();
        room.run(2_000, &[30, 30, 30, 30, 30, 80]);
        assert_eq!(heard(&room.run(300, &[70, 70, 30, 30, 30, 35])), [0, 1, 2, 3, 4]);
        assert!(heard(&room.run(600, &[90, 30, 30, 30, 30, 35])).contains(&5));
    }

    #[test]
    fn digital_silence_is_not_sent_and_ends_with_the_first_sound() {
        let mut room = Room::new();
        room.run(1_000, &[30, 60]);
        assert_eq!(heard(&room.run(380, &[127, 60])), [0, 1]);
        assert_eq!(heard(&room.run(100, &[127, 60])), [1]);
        assert_eq!(room.packet(&[60, 60]), [Turn::Begins, Turn::Goes]);
    }

    #[test]
    fn who_left_is_nobody_s_obstacle() {
        let mut room = Room::new();
        room.run(1_000, &[30, 30, 30, 30, 30, 100]);
        room.speakers.forget(2);
        assert_eq!(room.speakers.hear(room.now, 5, Some(100)), Turn::Begins);
    }

    #[test]
    fn who_does_not_tell_counts_as_speaking() {
        let mut room = Room::new();
        room.run(2_000, &[90; 5]);
        assert_eq!(room.speakers.hear(room.now, 5, None), Turn::Begins);
    }

    proptest! {
        #[test]
        fn never_are_more_heard_than_there_are_places_and_nobody_begins_twice_in_500_ms(
            packets in prop::collection::vec((0_usize..12, 0_u8..=127, 0_u64..40_000), 1..600),
        ) {
            let mut speakers = Speakers::default();
            let mut now = Micros(0);
            let mut began = [None; 12];
            for (slot, level, pause) in packets {
                now = now + Micros(pause);
                if speakers.hear(now, slot, Some(level)) == Turn::Begins
                    && let Some(before) = began[slot].replace(now)
                {
                    prop_assert!(now.since(before) >= Micros::from_millis(500));
                }
                prop_assert!(speakers.heard() <= MOST);
            }
        }

        #[test]
        fn small_changes_change_nothing(
            steps in prop::collection::vec(prop::collection::vec(0_u8..MARGIN, 9), 1..200),
        ) {
            let mut room = Room::new();
            let levels: Vec<u8> = (0..9).map(|slot| if slot < 5 { 40 } else { 45 }).collect();
            let before = heard(&room.run(1_000, &levels));
            for step in steps {
                let levels: Vec<u8> = step.iter().map(|more| 40 + more).collect();
                prop_assert_eq!(heard(&room.packet(&levels)), &before[..]);
            }
        }

        #[test]
        fn a_loud_newcomer_is_in_within_50_ms(
            others in prop::collection::vec(50_u8..=126, 6..12), newcomer in 0_u8..40, millis in 2_000_u64..5_000,
        ) {
            let mut room = Room::new();
            let mut levels = others;
            room.run(millis, &levels);
            let last = levels.len() - 1;
            levels[last] = newcomer;
            room.packet(&levels);
            prop_assert!(heard(&room.packet(&levels)).contains(&last));
        }
    }
}
