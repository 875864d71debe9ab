// SPDX-License-Identifier: EUPL-1.2
//! Who is heard, and in which of a few places: the loudest of all whose sound a subscriber can get.
//!
//! ```text
//!             a place is free, or somebody quieter has had their turn
//!   Unheard ────────────────────────────────────────────────────────▶ Heard in a place
//!           ◀────────────────────────────────────────────────────────
//!             somebody louder needs the turn, or 400 ms of digital silence
//! ```
//!
//! Loudness rises at once and falls slowly, so that a pause between two words is none between two turns.
//! What is to be heard whole, as the sound of a screen, has a place while it sounds, whoever is loud. It counts among
//! those not, and takes the place of the quietest where no other is free.
//!
//! Whoever is heard again comes from where they were heard before, unless somebody else was heard there since.

use super::Micros;

/// The voices that a subscriber could hear, by number, and the places in which it hears some of them.
#[derive(Debug, Default)]
pub struct Speakers {
    voices: Vec<Voice>,
    places: Vec<Place>,
}

/// What becomes of a packet of sound.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Turn {
    /// It is heard in this place.
    Goes(usize),
    /// It is the first that is heard again, in this place; what came shortly before belongs to it.
    Begins(usize),
    /// It is not heard.
    Waits,
}

impl Speakers {
    /// Nobody, and so many places to be heard in.
    pub fn new(places: usize) -> Self {
        let mut speakers = Self::default();
        speakers.add_places(places);
        speakers
    }

    /// Adds places.
    pub fn add_places(&mut self, more: usize) {
        self.places.extend(core::iter::repeat_n(Place::default(), more));
    }

    /// Decides about a packet of `voice`; `level` as in RFC 6464, where 0 is the loudest and 127 is silence.
    pub fn hear(&mut self, now: Micros, voice: usize, level: Option<u8>) -> Turn {
        self.decide(now, (voice, false), level)
    }

    /// Decides about a packet of what is not chosen by its loudness, but heard whole. Of more than [`WHOLE`], and
    /// where that would leave no place for people, the rest are voices like others.
    pub fn hear_whole(&mut self, now: Micros, voice: usize, level: Option<u8>) -> Turn {
        self.decide(now, (voice, true), level)
    }

    fn decide(&mut self, now: Micros, (voice, whole): (usize, bool), level: Option<u8>) -> Turn {
        if self.voices.len() <= voice {
            self.voices.resize(voice.saturating_add(1), Voice::default());
        }
        let loudness = SILENT.saturating_sub(level.map_or(UNKNOWN, |level| level & SILENT));
        let Some(known) = self.voices.get_mut(voice) else { return Turn::Waits };
        known.record(now, loudness);
        if let Some(place) = known.place {
            if !known.is_silent(now) || !known.had_a_turn(now) {
                return Turn::Goes(place);
            }
            self.leave(now, voice);
        }
        // Silence is as good as no packet.
        if loudness == 0 {
            return Turn::Waits;
        }
        let whole = whole && self.whole() < WHOLE.min(self.places.len().saturating_sub(1));
        let has_room = if whole {
            self.make_room(now)
        } else {
            self.heard() < self.most() || self.hush(now, loudness)
        };
        let place = has_room.then(|| self.begin(now, voice)).flatten();
        if let Some(known) = self.voices.get_mut(voice) {
            known.whole = whole && place.is_some();
        }
        place.map_or(Turn::Waits, Turn::Begins)
    }

    /// Forgets a voice: another under its number has nothing to do with the one before.
    pub fn forget(&mut self, voice: usize) {
        if let Some(known) = self.voices.get_mut(voice) {
            *known = Voice::default();
        }
        for place in &mut self.places {
            if place.voice == Some(voice) {
                *place = Place { voice: None, taken: false, ..*place };
            }
        }
    }

    /// Where a voice is heard.
    pub fn place(&self, voice: usize) -> Option<usize> {
        self.voices.get(voice)?.place
    }

    /// How many voices are heard.
    fn heard(&self) -> usize {
        self.taken(false)
    }

    /// How much is heard whole.
    fn whole(&self) -> usize {
        self.taken(true)
    }

    fn taken(&self, whole: bool) -> usize {
        let taken = self.places.iter().filter(|place| place.taken);
        let voices = taken.filter_map(|place| self.voices.get(place.voice?));
        voices.filter(|voice| voice.whole == whole).count()
    }

    fn most(&self) -> usize {
        MOST.min(self.places.len().saturating_sub(self.whole()))
    }

    /// Whether a place is free, by ending the quietest voice's turn if need be.
    fn make_room(&mut self, now: Micros) -> bool {
        self.places.iter().any(|place| !place.taken) || self.end_quietest(now, |_| true)
    }

    /// Gives a voice a free place: its own, or the one that has been free for the longest time.
    fn begin(&mut self, now: Micros, voice: usize) -> Option<usize> {
        let free = self.places.iter().enumerate().filter(|(_, place)| !place.taken);
        let (at, _) = free.min_by_key(|(_, place)| (place.voice != Some(voice), place.left))?;
        *self.places.get_mut(at)? = Place { voice: Some(voice), taken: true, left: now };
        let known = self.voices.get_mut(voice)?;
        (known.place, known.since) = (Some(at), now);
        Some(at)
    }

    fn leave(&mut self, now: Micros, voice: usize) {
        let at = self.voices.get_mut(voice).and_then(|known| known.place.take());
        if let Some(place) = at.and_then(|at| self.places.get_mut(at)) {
            (place.taken, place.left) = (false, now);
        }
    }

    /// Ends the turn of the quietest voice of those that may be ended.
    fn end_quietest(&mut self, now: Micros, may: impl Fn(&Voice) -> bool) -> bool {
        let heard = self.places.iter().filter(|place| place.taken);
        let heard = heard.filter_map(|place| Some((place.voice?, self.voices.get(place.voice?)?)));
        let chosen = heard.filter(|(_, voice)| !voice.whole && may(voice));
        let quietest = chosen.map(|(at, voice)| (voice.loudness(now), at)).min();
        if let Some((_, quietest)) = quietest {
            self.leave(now, quietest);
        }
        quietest.is_some()
    }

    /// Ends the turn of the quietest who has had one, if somebody that loud is worth it.
    fn hush(&mut self, now: Micros, loudness: u8) -> bool {
        self.end_quietest(now, |voice| {
            voice.had_a_turn(now) && loudness >= voice.loudness(now).saturating_add(MARGIN)
        })
    }
}

/// Where one voice at a time is heard.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    /// Whose it is, or was last.
    voice: Option<usize>,
    taken: bool,
    /// Since when it is free.
    left: Micros,
}

/// One voice.
#[derive(Clone, Copy, Debug, Default)]
struct Voice {
    /// The loudness at `at`, in dB above silence; it falls from there.
    peak: u8,
    at: Micros,
    /// Since when every packet was digital silence.
    silent_since: Option<Micros>,
    /// Where it is heard.
    place: Option<usize>,
    /// Since when it is, or was last.
    since: Micros,
    /// Whether it is heard whatever others say, since then.
    whole: bool,
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

    /// Whether it has been heard for long enough to make room for somebody else.
    fn had_a_turn(&self, now: Micros) -> bool {
        now.since(self.since) >= SHORTEST_TURN
    }

    fn is_silent(&self, now: Micros) -> bool {
        self.silent_since.is_some_and(|since| now.since(since) >= SILENCE)
    }
}

/// How many are heard at once, if there are places. Larger, a big room costs everybody more; smaller, people
/// who laugh together are not heard together.
pub const MOST: usize = 5;
/// How much is heard whole at once. Larger, two who share take the places of people; smaller, who shares second is
/// heard in pieces.
pub const WHOLE: usize = 2;
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

    const PLACES: usize = 7;

    /// Lets everybody send a packet every 20 ms, and returns who was heard at the end.
    struct Room {
        speakers: Speakers,
        now: Micros,
    }

    impl Room {
        fn new() -> Self {
            Self { speakers: Speakers::new(PLACES), now: Micros(0) }
        }

        fn packet(&mut self, levels: &[u8]) -> Vec<Turn> {
            let turns = levels.iter().enumerate();
            let hear = |(voice, level): (_, &u8)| self.speakers.hear(self.now, voice, Some(*level));
            let turns = turns.map(hear);
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
        turns.filter(|(_, turn)| **turn != Turn::Waits).map(|(voice, _)| voice).collect()
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
        assert_eq!((heard(&turns), turns[5]), (vec![0, 1, 2, 3, 4, 5], Turn::Begins(5)));
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
        assert_eq!(room.packet(&[60, 60]), [Turn::Begins(0), Turn::Goes(1)]);
    }

    #[test]
    fn who_left_is_nobody_s_obstacle() {
        let mut room = Room::new();
        room.run(1_000, &[30, 30, 30, 30, 30, 100]);
        room.speakers.forget(2);
        assert_eq!(room.speakers.hear(room.now, 5, Some(100)), Turn::Begins(2));
    }

    #[test]
    fn who_does_not_tell_counts_as_speaking() {
        let mut room = Room::new();
        room.run(2_000, &[90; 5]);
        assert_eq!(room.speakers.hear(room.now, 5, None), Turn::Begins(5));
    }

    #[test]
    fn who_is_heard_again_is_heard_where_they_were_before() {
        let mut room = Room::new();
        room.run(1_000, &[30, 60]);
        room.run(1_000, &[127, 127]);
        assert_eq!(room.packet(&[127, 60, 50]), [Turn::Waits, Turn::Begins(1), Turn::Begins(2)]);
        room.run(1_000, &[127, 127, 127]);
        // The first place was left more lately than the fourth.
        assert_eq!(
            room.packet(&[127, 60, 50, 40])[1..],
            [Turn::Begins(1), Turn::Begins(2), Turn::Begins(3)]
        );
    }

    #[test]
    fn what_is_heard_whole_is_so_among_people_who_shout() {
        let mut room = Room::new();
        room.run(2_000, &[10; 7]);
        assert_eq!(room.speakers.hear_whole(room.now, 9, Some(110)), Turn::Begins(5));
        for _ in 0..100 {
            assert_eq!(room.speakers.hear_whole(room.now, 9, Some(110)), Turn::Goes(5));
            assert_eq!(heard(&room.packet(&[10; 7])).len(), MOST, "nobody is heard less for it");
        }
        for _ in 0..30 {
            room.speakers.hear_whole(room.now, 9, Some(127));
            room.packet(&[10; 7]);
        }
        assert_eq!(room.speakers.place(9), None, "digital silence is not sent");
        assert_eq!(room.speakers.hear_whole(room.now, 9, Some(110)), Turn::Begins(5), "at once");
    }

    #[test]
    fn what_is_heard_whole_leaves_a_place_for_people() {
        let mut room = Room { speakers: Speakers::new(2), now: Micros(0) };
        room.run(1_000, &[30, 80]);
        let hear = |room: &mut Room, voice| room.speakers.hear_whole(room.now, voice, Some(100));
        assert_eq!(hear(&mut room, 8), Turn::Begins(1), "the place of the quieter");
        assert_eq!(hear(&mut room, 9), Turn::Waits, "quieter than who speaks");
        assert_eq!(heard(&room.packet(&[30, 28])), [0]);
        let mut alone = Speakers::new(1);
        assert_eq!(alone.hear_whole(room.now, 0, Some(100)), Turn::Begins(0), "as a voice");
        assert_eq!(alone.hear(room.now + SHORTEST_TURN, 1, Some(30)), Turn::Begins(0));
    }

    #[test]
    fn many_are_heard_in_as_few_places_as_there_are() {
        let mut room = Room { speakers: Speakers::new(2), now: Micros(0) };
        assert_eq!(heard(&room.run(1_000, &[80, 80, 80, 80])), [0, 1]);
        let turns = room.packet(&[80, 80, 80, 30]);
        assert_eq!((heard(&turns), turns[3]), (vec![0, 1, 3], Turn::Begins(0)));
        assert_eq!(heard(&room.packet(&[80, 80, 80, 30])), [1, 3]);
        let mut nowhere = Room { speakers: Speakers::new(0), now: Micros(0) };
        assert!(heard(&nowhere.run(1_000, &[30, 30])).is_empty());
        nowhere.speakers.add_places(1);
        assert_eq!(heard(&nowhere.packet(&[30, 30])), [0]);
    }

    proptest! {
        #[test]
        fn never_are_more_heard_than_there_are_places_and_nobody_begins_twice_in_500_ms(
            packets in prop::collection::vec((0_usize..12, 0_u8..=127, 0_u64..40_000), 1..600),
        ) {
            let mut speakers = Speakers::new(PLACES);
            let mut now = Micros(0);
            let mut began = [None; 12];
            for (voice, level, pause) in packets {
                now = now + Micros(pause);
                if let Turn::Begins(_) = speakers.hear(now, voice, Some(level))
                    && let Some(before) = began[voice].replace(now)
                {
                    prop_assert!(now.since(before) >= Micros::from_millis(500));
                }
                prop_assert!(speakers.heard() <= MOST);
                let places: Vec<_> = (0..12).filter_map(|voice| speakers.place(voice)).collect();
                prop_assert_eq!(places.len(), speakers.heard(), "each voice has a place");
                let different: std::collections::BTreeSet<_> = places.iter().collect();
                prop_assert_eq!(different.len(), places.len(), "of its own");
            }
        }

        #[test]
        fn small_changes_change_nothing(
            steps in prop::collection::vec(prop::collection::vec(0_u8..MARGIN, 9), 1..200),
        ) {
            let mut room = Room::new();
            let levels: Vec<u8> = (0..9).map(|voice| if voice < 5 { 40 } else { 45 }).collect();
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
