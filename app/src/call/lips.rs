// SPDX-License-Identifier: EUPL-1.2
//! Keeps lips and voice together, and a screen and its sound: of what comes from one person, the part that is earlier
//! waits for the other.
//!
//! The voice and the picture of a person come in two slots that carry somebody else's a moment later, so the
//! browser does not know that they belong together and plays each as soon as it can. Whose voice is in a slot, its
//! packets tell.

use core::time::Duration;

use shared::{Mid, ParticipantId, Source, Timestamp, VoiceKey};

use super::{Call, Effect, Late, slots::Slots, table::Table};

/// How far everybody's voice and picture are apart, and what waits.
#[derive(Debug, Default)]
pub(super) struct Lips {
    /// By what voices are known, since there is an answer.
    key: Option<VoiceKey>,
    /// Whose voice was heard in which slot last; nobody's in two.
    voices: Table<Mid, Seen>,
    people: Table<Seen, Pair>,
    /// What the browser was last told of each slot, where it was told anything.
    held: Table<Mid, Duration>,
    /// When is measured again.
    due: Option<Timestamp>,
}

/// What is seen of whom: their face, or their screen.
type Seen = (ParticipantId, Source);

/// Where somebody, or their screen, is heard and seen.
struct Face {
    seen: Seen,
    voice: Mid,
    picture: Mid,
}

/// The voice and the picture of one person.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Pair {
    /// By how many milliseconds the voice is later once all waiting is done that was asked for, as measured lately.
    behind: Option<f64>,
    /// For how many milliseconds the picture is to wait; below zero, the voice is to wait as long.
    wait: f64,
    /// How long it waits by now, as far as the browser is believed to have followed.
    waits: f64,
}

impl Lips {
    /// When it is measured again.
    pub(super) const fn deadline(&self) -> Option<Timestamp> {
        self.due
    }

    /// Another peer connection: nothing of it waits.
    pub(super) fn clear(&mut self) {
        self.key = None;
        self.voices.clear();
        self.held.clear();
    }

    /// An answer says by what voices are known.
    pub(super) fn know(&mut self, key: VoiceKey) {
        self.key = Some(key);
    }

    /// By what voices are known, since there is an answer.
    pub(super) const fn key(&self) -> Option<&VoiceKey> {
        self.key.as_ref()
    }

    /// The pictures to be measured at this moment, with every voice: of every face that is seen, and of
    /// every screen with sound.
    fn due(&mut self, now: Timestamp, slots: &Slots, sounds: impl Fn(Seen) -> bool) -> Vec<Mid> {
        let all = slots.pictures().filter(|(seen, _)| sounds(*seen));
        let all: Vec<_> = all.map(|(_, picture)| picture.clone()).collect();
        if all.is_empty() {
            self.due = None;
            return all;
        }
        let due = *self.due.get_or_insert(now + EVERY);
        if due > now {
            return Vec::new();
        }
        self.due = Some(now + EVERY);
        all
    }

    /// Everybody who was heard and is seen.
    fn faces(&self, slots: &Slots) -> Vec<Face> {
        let faces = self.voices.iter().filter_map(|(voice, &seen)| {
            let picture = slots.find(seen.0, seen.1)?.clone();
            Some(Face { seen, voice: voice.clone(), picture })
        });
        faces.collect()
    }

    /// Takes whose voices are heard.
    fn hear(&mut self, slots: &Slots, late: &[Late]) {
        let Some(key) = &self.key else { return };
        for Late { mid, voice, .. } in late {
            let Some(name) = voice else { continue };
            let heard_of = |(person, source): Seen| match source {
                Source::Screen => key.screen_sound(person),
                Source::Microphone | Source::Camera | Source::ScreenSound => key.name(person),
            };
            let mut seen = slots.pictures().map(|(seen, _)| seen);
            match seen.find(|seen| heard_of(*seen) == *name) {
                Some(seen) => {
                    self.voices.retain(|_, known| *known != seen);
                    self.voices.insert(mid.clone(), seen);
                }
                // Somebody who is not seen.
                None => drop(self.voices.remove(mid)),
            }
        }
    }

    /// Takes how late some slots are, and lets what is earlier wait.
    fn measured(&mut self, slots: &Slots, late: &[Late]) {
        self.hear(slots, late);
        let of = |mid: &Mid| late.iter().find(|known| known.mid == *mid).map(|known| known.millis);
        let mut before = core::mem::take(&mut self.people);
        for Face { seen, voice, picture } in self.faces(slots) {
            let mut pair = before.remove(&seen).unwrap_or_default();
            if let (Some(voice), Some(picture)) = (of(&voice), of(&picture)) {
                let behind = voice.saturating_sub(picture).clamp(-FARTHEST, FARTHEST);
                pair.take(i32::try_from(behind).unwrap_or_default().into());
            }
            self.people.insert(seen, pair);
        }
    }

    /// What the browser is to be told of the slots, as they are fed at this moment.
    fn news(&mut self, slots: &Slots) -> Vec<(Mid, Duration)> {
        let mut wanted = Table::default();
        for Face { seen, voice, picture } in self.faces(slots) {
            let wait = self.people.get(&seen).map_or(0.0, |pair| pair.wait);
            wanted.insert(voice, in_steps(-wait));
            wanted.insert(picture, in_steps(wait));
        }
        // What carries nobody's face or voice any more waits for nobody.
        for mid in self.held.keys() {
            wanted.change(mid.clone(), Duration::ZERO, |_| {});
        }
        wanted.retain(|mid, wait| self.held.get(mid).copied().unwrap_or_default() != *wait);
        for (mid, wait) in wanted.iter() {
            self.held.insert(mid.clone(), *wait);
        }
        self.held.retain(|_, wait| !wait.is_zero());
        wanted.into_rows()
    }
}

impl Pair {
    /// Takes by how much the voice is later.
    fn take(&mut self, behind: f64) {
        self.waits += (self.wait - self.waits).clamp(-FOLLOWS, FOLLOWS);
        // What was asked for and is not done yet is not asked for again.
        let behind = behind - (self.wait - self.waits);
        let known = self.behind.unwrap_or(behind);
        let lately = (behind - known).mul_add(WEIGHT, known);
        let more = if lately.abs() > UNSEEN { lately * SHARE } else { 0.0 };
        let wait = (self.wait + more).clamp(-LONGEST, LONGEST);
        self.behind = Some(lately - (wait - self.wait));
        self.wait = wait;
    }
}

impl Call {
    /// Asks how late voices and pictures are, when it is time.
    pub(super) fn compare(&mut self, now: Timestamp) {
        let Some(conference) = self.conference_mut() else { return };
        let roster = &conference.roster;
        let has_sound =
            |person| roster.find(person).is_some_and(|it| it.live.contains(&Source::ScreenSound));
        let sounds = |(person, source)| source != Source::Screen || has_sound(person);
        let due = conference.lips.due(now, &conference.slots, sounds);
        if !due.is_empty() {
            self.effects.push(Effect::Compare(due));
        }
    }

    /// Some slots are that late.
    pub(super) fn late(&mut self, late: &[Late]) {
        if let Some(conference) = self.conference_mut() {
            conference.lips.measured(&conference.slots, late);
        }
        self.keep_together();
    }

    /// Lets wait in each slot what is to wait there.
    pub(super) fn keep_together(&mut self) {
        if let Some(conference) = self.conference_mut() {
            let news = conference.lips.news(&conference.slots);
            self.effects.extend(news.into_iter().map(|(mid, wait)| Effect::Hold(mid, wait)));
        }
    }
}

/// In steps, so that nothing is said for a hair's breadth.
fn in_steps(wait: f64) -> Duration {
    let seconds = (wait / STEP).round() * STEP / 1_000.0;
    Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or_default()
}

/// Between two measurements. Longer, lips and voice are apart for longer; shorter, a page full of people
/// measures all the time.
const EVERY: Duration = Duration::from_millis(500);

/// How much one measurement counts. More, each frame that comes late moves everything; less, a path that
/// became uneven is noticed late.
const WEIGHT: f64 = 0.3;

/// How much of the difference is made up for at each measurement. More, it swings to and fro where a browser does
/// not follow as it is believed to; less, it lasts.
const SHARE: f64 = 0.5;

/// By how many milliseconds a buffer becomes longer or shorter from one measurement to the next: Chromium plays
/// pictures by a tenth faster or slower. More, it swings; less, it takes its time.
const FOLLOWS: f64 = 50.0;

/// Milliseconds that nobody sees. More leaves less of the 45 that viewers begin to notice; less, buffers are
/// changed without end.
const UNSEEN: f64 = 15.0;

/// Milliseconds that something waits at most. More, a clock that is wrong makes a conversation of pauses; less,
/// voice and lips part on the worst of paths.
const LONGEST: f64 = 800.0;

/// Milliseconds that are believed at most. More, one measurement that is wrong is felt for long; less, what is
/// really apart comes together slowly.
const FARTHEST: i64 = 1_000;

/// Milliseconds.
const STEP: f64 = 10.0;
