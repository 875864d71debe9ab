// SPDX-License-Identifier: EUPL-1.2
//! Judges how well everybody is connected, by what was measured: of the others how what they send arrives here, of
//! the person at this screen how what they send arrives at the server.
//!
//! What is shown changes seldom: to the worse when it was measured twice in a row, to the better after three times.
//! Screens are not judged: one that stands still sends next to nothing, and that is as it should be.

use core::cmp::Ordering;

use shared::{Mid, ParticipantId, Source, Timestamp};

use super::{
    Call, Flow, Gauged, Limit, Received, Sent, SoundCount, conference::Conference, table::Table,
};

/// That somebody's connection is not good, and by what it is noticed.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Weak {
    /// How bad it is.
    pub grade: Grade,
    /// What is noticed first.
    pub trouble: Trouble,
}

/// How bad a connection is that is not good.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Grade {
    /// It is noticed.
    Fair,
    /// It is hard to talk.
    Poor,
}

/// What is noticed of a connection that is not good.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Trouble {
    /// The own device has too much to do.
    Processor,
    /// The own picture is sent smaller than it is meant to be.
    Bandwidth,
    /// It takes long until the others hear.
    RoundTrip,
    /// Much of what is sent gets lost.
    Loss,
    /// Sound comes late.
    Late,
    /// A picture moves in jerks.
    Jerks,
    /// A picture stands still.
    Frozen,
    /// Sound has gaps.
    Gaps,
}

/// Everybody's connection.
#[derive(Debug, Default)]
pub(super) struct Quality {
    /// When it was measured last.
    at: Option<Timestamp>,
    slots: Table<Mid, Slot>,
    people: Table<ParticipantId, Standing>,
    /// How often in a row the own picture was kept small, and by what.
    limited: Option<(Limit, u32)>,
}

/// What is known of a slot.
#[derive(Clone, Copy, Debug)]
struct Slot {
    whose: ParticipantId,
    flow: Flow,
    /// The most frames per second lately: what is to be expected.
    best: u64,
}

impl Quality {
    /// Another peer connection counts from the beginning.
    pub(super) fn clear(&mut self) {
        self.at = None;
        self.slots.clear();
        self.limited = None;
    }

    /// What there is to be said of somebody's connection.
    pub(super) fn of(&self, person: ParticipantId) -> Option<Weak> {
        self.people.get(&person)?.shown
    }

    /// Takes what was measured, of whom; `you` are the person at this screen.
    fn take(
        &mut self,
        now: Timestamp,
        you: ParticipantId,
        sent: Sent,
        received: Vec<(ParticipantId, Received)>,
    ) {
        let passed = self.at.replace(now).map(|before| now.since(before).as_millis());
        let millis = passed.and_then(|passed| u64::try_from(passed).ok());
        let millis = millis.filter(|millis| (SHORTEST..=LONGEST).contains(millis));
        let mut before = core::mem::take(&mut self.slots);
        let mut found = Table::<ParticipantId, Option<Weak>>::default();
        for (whose, Received { mid, flow }) in received {
            let known = before.remove(&mid).filter(|known| known.whose == whose);
            let mut slot = Slot { whose, flow, best: known.map_or(0, |known| known.best) };
            if let (Some(known), Some(millis)) = (known, millis) {
                let weak = slot.judge(known.flow, millis);
                found.change(whose, None, |worst| *worst = (*worst).max(weak));
            }
            self.slots.insert(mid, slot);
        }
        found.insert(you, self.judge(sent));
        // Whoever was heard and seen nothing of has nothing to be said of either.
        self.people.values_mut().for_each(Standing::age);
        for (person, weak) in found.into_rows() {
            self.people.change(person, Standing::default(), |standing| standing.take(weak));
        }
        self.people.retain(|_, standing| !standing.is_over());
    }

    /// The way out.
    fn judge(&mut self, sent: Sent) -> Option<Weak> {
        let times = match self.limited {
            Some((limit, times)) if sent.limit == Some(limit) => times.saturating_add(1),
            Some(_) | None => 1,
        };
        self.limited = sent.limit.map(|limit| (limit, times));
        let limit = sent.limit.filter(|_| times >= LIMITED);
        let is_narrow = sent.carries.is_some_and(|carries| carries < NARROW);
        let found = [
            limit.map(|limit| match limit {
                Limit::Processor => Weak { grade: Grade::Fair, trouble: Trouble::Processor },
                Limit::Bandwidth => {
                    let grade = if is_narrow { Grade::Poor } else { Grade::Fair };
                    Weak { grade, trouble: Trouble::Bandwidth }
                }
            }),
            sent.round_trip.and_then(|millis| graded(millis, ROUND_TRIP, Trouble::RoundTrip)),
            sent.lost.and_then(|lost| graded(lost, LOST, Trouble::Loss)),
        ];
        found.into_iter().flatten().max()
    }
}

impl Slot {
    /// What there is to be said of so many milliseconds, that began with these counts.
    fn judge(&mut self, before: Flow, millis: u64) -> Option<Weak> {
        match (before, self.flow) {
            (Flow::Sound(before), Flow::Sound(now)) => {
                let gaps =
                    share(grown(before.made_up, now.made_up), grown(before.played, now.played));
                let late = grown(before.waited, now.waited)
                    .checked_div(grown(before.emitted, now.emitted))
                    .unwrap_or_default();
                graded(gaps, GAPS, Trouble::Gaps).max(graded(late, LATE, Trouble::Late))
            }
            (Flow::Picture(before), Flow::Picture(now)) => {
                let frames = grown(before.frames, now.frames).saturating_mul(1_000);
                let rate = frames.checked_div(millis).unwrap_or_default();
                let frozen = share(grown(before.frozen, now.frozen), millis);
                let jerks = self.jerks(rate).map(|grade| Weak { grade, trouble: Trouble::Jerks });
                let stands =
                    (rate == 0).then_some(Weak { grade: Grade::Poor, trouble: Trouble::Frozen });
                jerks.max(stands).max(graded(frozen, FROZEN, Trouble::Frozen))
            }
            // A slot carries one kind of thing; whatever this is, it begins now.
            (Flow::Sound(_), Flow::Picture(_)) | (Flow::Picture(_), Flow::Sound(_)) => None,
        }
    }

    /// So many frames per second, beside those that came lately.
    fn jerks(&mut self, rate: u64) -> Option<Grade> {
        self.best = rate.max(self.best.saturating_sub(self.best.div_ceil(FORGETS)));
        let is_half = rate.saturating_mul(2) <= self.best && rate < SMOOTH;
        match rate {
            0..SLIDES => Some(Grade::Poor),
            SLIDES..JERKY => Some(Grade::Fair),
            _ => is_half.then_some(Grade::Fair),
        }
    }
}

/// What is shown of somebody, and what speaks against it.
#[derive(Clone, Copy, Debug, Default)]
struct Standing {
    shown: Option<Weak>,
    /// What was found since it is worse than what is shown: how often, and the least of it.
    worse: u32,
    least: Option<Weak>,
    /// What was found since it is better: how often, and the worst of it.
    better: u32,
    worst: Option<Weak>,
    /// How often nothing was measured of them.
    unseen: u32,
}

impl Standing {
    fn take(&mut self, found: Option<Weak>) {
        self.unseen = 0;
        let grade = |weak: Option<Weak>| weak.map(|weak| weak.grade);
        match grade(found).cmp(&grade(self.shown)) {
            Ordering::Greater => {
                self.least = if self.worse == 0 { found } else { self.least.min(found) };
                (self.worse, self.better) = (self.worse.saturating_add(1), 0);
                if self.worse >= WORSE {
                    *self = Self { shown: self.least, ..Self::default() };
                }
            }
            Ordering::Less => {
                self.worst = if self.better == 0 { found } else { self.worst.max(found) };
                (self.better, self.worse) = (self.better.saturating_add(1), 0);
                if self.better >= BETTER {
                    *self = Self { shown: self.worst, ..Self::default() };
                }
            }
            Ordering::Equal => (self.worse, self.better) = (0, 0),
        }
    }

    const fn age(&mut self) {
        self.unseen = self.unseen.saturating_add(1);
    }

    const fn is_over(&self) -> bool {
        self.unseen >= BETTER
    }
}

impl Conference {
    /// Whose it is that came through a slot; nothing of screens.
    fn whose(
        &self,
        received: &Received,
        voices: &Table<u32, ParticipantId>,
    ) -> Option<ParticipantId> {
        match received.flow {
            Flow::Sound(SoundCount { voice, .. }) => voices.get(&voice?).copied(),
            Flow::Picture(_) => {
                let (person, source) = self.slots.whose(&received.mid)?;
                (source == Source::Camera).then_some(person)
            }
        }
    }

    /// Whom the voices are of that may be heard.
    fn voices(&self) -> Table<u32, ParticipantId> {
        let Some(key) = self.lips.key() else { return Table::default() };
        let people = self.roster.people().iter();
        let speak = people.filter(|person| person.live.contains(&Source::Microphone));
        speak.map(|person| (key.name(person.id), person.id)).collect()
    }
}

impl Call {
    /// How well everybody is connected was measured.
    pub(super) fn gauged(&mut self, now: Timestamp, gauged: Gauged) {
        let Some(conference) = self.conference_mut() else { return };
        if !conference.peer.is_running() {
            return;
        }
        let voices = conference.voices();
        let named = |received: Received| Some((conference.whose(&received, &voices)?, received));
        let received = gauged.received.into_iter().filter_map(named).collect();
        let you = conference.roster.you();
        conference.quality.take(now, you, gauged.sent, received);
    }
}

/// By how much a count has grown; nothing, when it began anew.
const fn grown(before: u64, now: u64) -> u64 {
    now.saturating_sub(before)
}

/// How much of a thousand.
fn share(part: u64, whole: u64) -> u64 {
    part.saturating_mul(1_000).checked_div(whole).unwrap_or_default()
}

/// Fair from the first bound on, poor from the second.
fn graded(measured: u64, [fair, poor]: [u64; 2], trouble: Trouble) -> Option<Weak> {
    let grade = if measured >= poor {
        Grade::Poor
    } else if measured >= fair {
        Grade::Fair
    } else {
        return None;
    };
    Some(Weak { grade, trouble })
}

/// Of a thousand samples those that were made up. Fewer, what nobody hears is told; more, words are missing and
/// nobody says why.
const GAPS: [u64; 2] = [30, 100];

/// For how many milliseconds sound waits before it is played. Less, an uneven path is told of that nobody notices;
/// more, people talk over each other unwarned.
const LATE: [u64; 2] = [400, 900];

/// Of a thousand milliseconds those in which a picture stood still. Fewer, each hiccup is told; more, a picture that
/// stops all the time is called good.
const FROZEN: [u64; 2] = [100, 350];

/// Milliseconds to the server and back. From 150 each way on people begin to talk over each other (ITU-T G.114).
const ROUND_TRIP: [u64; 2] = [300, 700];

/// Of a thousand packets those that were lost on the way out. What is lost of a picture is sent again and of sound
/// made up for: fewer than these, nobody notices.
const LOST: [u64; 2] = [50, 150];

/// kbit/s with which a picture of a face is a guess.
const NARROW: u64 = 150;

/// How often in a row a picture has to be kept small. Fewer, each camera that starts is told of, since browsers feel
/// their way up for some seconds; more, a picture is small for long before anybody is told.
const LIMITED: u32 = 5;

/// Frames per second below which a picture is a slide show, jerks, and beside what came before is slow. A camera in
/// the dark has about ten.
const SLIDES: u64 = 3;
const JERKY: u64 = 7;
const SMOOTH: u64 = 12;

/// The part of the best rate that is forgotten at each measurement. Larger, a camera that became slower for good is
/// told of for longer; smaller, a slow fall is never noticed.
const FORGETS: u64 = 30;

/// How often in a row something has to be found before what is shown becomes worse, and better. Fewer, signs come and
/// go; more, they come when everybody knows.
const WORSE: u32 = 2;
const BETTER: u32 = 3;

/// Milliseconds between two measurements that can be compared: what is counted in less is noise, and after more the
/// page was behind others.
const SHORTEST: u64 = 500;
const LONGEST: u64 = 6_000;
