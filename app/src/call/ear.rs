// SPDX-License-Identifier: EUPL-1.2
//! Attends to how loud the own microphone is: that nothing comes from it, and that somebody speaks of whom nothing is
//! sent.

use core::time::Duration;

use shared::{Source, Timestamp};

use super::{Call, MicrophoneHint};

/// What was heard of the own microphone lately.
#[derive(Debug, Default)]
pub(super) struct Ear {
    /// When it was last listened to.
    last: Option<Timestamp>,
    /// Since when nothing at all has come, and how often it was listened to since.
    nothing: Option<(Timestamp, u32)>,
    /// Whether the last few times were loud, the newest in the lowest bit.
    loud: u8,
    /// Whether the person has read that nothing comes.
    read: bool,
}

impl Ear {
    /// The loudest sample since it was last listened to.
    pub(super) fn hear(&mut self, now: Timestamp, peak: u16) {
        if self.last.is_none_or(|last| now.since(last) > GAP) {
            *self = Self { read: self.read, ..Self::default() };
        }
        self.last = Some(now);
        self.loud = (self.loud << 1) | u8::from(peak >= LOUD);
        if peak > 0 {
            self.nothing = None;
            self.read = false;
        } else {
            let (since, times) = self.nothing.unwrap_or((now, 0));
            self.nothing = Some((since, times.saturating_add(1)));
        }
    }

    /// Another device, or none.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    fn hears_nothing(&self) -> bool {
        let Some((last, (since, times))) = self.last.zip(self.nothing) else { return false };
        last.since(since) >= PATIENCE && times >= TIMES
    }

    const fn hears_speech(&self) -> bool {
        (self.loud & LATELY).count_ones() >= OFTEN
    }

    /// The person knows that nothing comes from the microphone; said again after something has come.
    pub(super) fn understood(&mut self) {
        self.read = self.hears_nothing();
    }

    /// What the person is to know, given whether nothing is sent of what is heard.
    pub(super) fn hint(&self, withheld: bool) -> Option<MicrophoneHint> {
        if self.hears_nothing() {
            return (!self.read).then_some(MicrophoneHint::Silent);
        }
        (withheld && self.hears_speech()).then_some(MicrophoneHint::Unheard)
    }
}

impl Call {
    /// The own microphone was that loud.
    pub(super) fn heard(&mut self, now: Timestamp, peak: u16) {
        if self.sources.get(Source::Microphone).is_on() {
            self.ear.hear(now, peak);
        }
    }
}

/// How loud somebody is who speaks, in the samples of a compact disc (full scale is 32,768): a tenth. Lower, a
/// chair that is moved counts as speech; higher, who speaks softly is not told.
const LOUD: u16 = 3_300;

/// The last four times, of half a second each.
const LATELY: u8 = 0b1111;

/// How often of them. More, a sentence is over before the hint comes; fewer, a cough brings it.
const OFTEN: u32 = 3;

/// For how long nothing at all has to come. Longer, somebody explains themselves to nobody; shorter, a device that
/// takes its time to start is called broken.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often it has to be listened to in that time: a browser that rarely listens has not heard enough.
const TIMES: u32 = 6;

/// The longest pause between two times. Longer, what was not listened to counts as silence; shorter, a busy page
/// never finds that nothing comes.
const GAP: Duration = Duration::from_secs(2);
