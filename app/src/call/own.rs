// SPDX-License-Identifier: EUPL-1.2
//! The person's own sources: what is captured, and what of it is sent.
//!
//! A source comes on by an intent and by nothing else. What is stated to the room is what is sent to it.

use shared::{ClientMessage, ParticipantId, Source};

use super::{Call, CaptureFailure, DeviceId, Effect, phase::Phase, source::Outcome};

impl Call {
    /// At the gate: for the person's own eyes. There is no need to see one's own screen.
    pub(super) fn preview(&mut self, source: Source) {
        if matches!(self.phase, Phase::Gate) && source.is_device() {
            self.effects.extend(self.sources.get_mut(source).switch_on());
        }
    }

    /// In the conference: it is sent as soon as it runs. What the room does not allow is not captured
    /// either. What comes with a screen comes when the screen does, or not at all.
    pub(super) fn transmit(&mut self, source: Source) {
        let Some(conference) = self.shown() else { return };
        if source.comes_with().is_some() || !conference.roster.may(source.act()) {
            return;
        }
        if conference.roster.is_paused() {
            self.sources.get_mut(source).deny();
        } else {
            self.effects.extend(self.sources.get_mut(source).switch_on());
        }
    }

    /// A source was switched off by somebody else: it is not sent any more, its light goes out, and the
    /// room learns that this was heard.
    pub(super) fn silenced(&mut self, source: Source, by: Option<ParticipantId>, count: u32) {
        let Some(conference) = self.conference_mut() else { return };
        if !conference.heard.is_news(source, count) {
            return;
        }
        let silencer = conference.silencer(by);
        let was_sent = self.sources.is_sent(source);
        let release = self.sources.get_mut(source).silence(silencer);
        if was_sent {
            self.effects.push(Effect::Transmit(source, false));
        }
        let parts = self.end_parts(source);
        self.effects.extend(parts);
        self.effects.extend(release);
        self.publish();
    }

    /// Ends what came with a source that is off: what is to be done for it.
    fn end_parts(&mut self, source: Source) -> Vec<Effect> {
        let mut effects = Vec::new();
        for part in source.whole().filter(|part| *part != source) {
            if self.sources.is_sent(part) && self.shown().is_some() {
                effects.push(Effect::Transmit(part, false));
            }
            effects.extend(self.sources.get_mut(part).switch_off());
        }
        effects
    }

    /// The word about it has been read.
    pub(super) fn understood(&mut self, source: Source) {
        self.sources.get_mut(source).understood();
        if source == Source::Microphone {
            self.ear.understood();
        }
    }

    /// Anywhere: nobody is kept from switching off. The others learn it first, the light goes last.
    pub(super) fn switch_off(&mut self, source: Source) {
        let was_sent = self.sources.is_sent(source);
        let release = self.sources.get_mut(source).switch_off();
        let parts = self.end_parts(source);
        if was_sent && self.shown().is_some() {
            self.publish();
            self.effects.push(Effect::Transmit(source, false));
        }
        self.effects.extend(parts);
        self.effects.extend(release);
    }

    pub(super) fn transmit_on_entry(&mut self, source: Source, transmit: bool) {
        if matches!(self.phase, Phase::Gate) {
            self.sources.get_mut(source).set_for_entry(transmit);
        }
    }

    pub(super) fn choose(&mut self, source: Source, device: DeviceId) {
        // Which screen is asked for by the browser, each time.
        if source.is_device() {
            self.effects.extend(self.sources.get_mut(source).choose(device));
        }
    }

    pub(super) fn captured(&mut self, source: Source, device: DeviceId) {
        if source == Source::Microphone {
            self.ear.forget();
        }
        let is_part = source.comes_with().is_some_and(|whole| self.sources.get(whole).is_on());
        let own = self.sources.get_mut(source);
        let became = if is_part { (own.came(), None) } else { own.captured(device) };
        self.became(source, became);
    }

    pub(super) fn capture_failed(&mut self, source: Source, failure: CaptureFailure) {
        let became = self.sources.get_mut(source).capture_failed(failure);
        self.became(source, became);
    }

    pub(super) fn capture_ended(&mut self, source: Source) {
        let became = self.sources.get_mut(source).capture_ended();
        self.became(source, became);
    }

    /// States everything that is sent, where somebody hears it.
    pub(super) fn publish(&mut self) {
        if let Some(conference) = self.conference() {
            let heard = conference.heard.last();
            let live = self.sources.live();
            self.effects.push(Effect::Send(ClientMessage::Publish { live, heard }));
        }
    }

    /// Sends what is for the room, from here on.
    pub(super) fn transmit_live(&mut self) {
        let live = self.sources.live();
        self.effects.extend(live.into_iter().map(|source| Effect::Transmit(source, true)));
    }

    /// Ends every source: nothing of it is sent, and no light stays on.
    pub(super) fn release_all(&mut self) {
        for source in Source::ALL {
            let was_sent = self.sources.is_sent(source);
            let _was_wanted = self.sources.get_mut(source).switch_off();
            if was_sent {
                self.effects.push(Effect::Transmit(source, false));
            }
            self.effects.push(Effect::Release(source));
        }
    }

    fn became(&mut self, source: Source, (outcome, effect): (Outcome, Option<Effect>)) {
        let withheld = source == Source::Microphone && self.sources.talk.withholds();
        let parts = if outcome == Outcome::Off { self.end_parts(source) } else { Vec::new() };
        if self.shown().is_some() && outcome != Outcome::Same && !withheld {
            self.effects.push(Effect::Transmit(source, outcome == Outcome::On));
            self.publish();
        }
        self.effects.extend(parts);
        self.effects.extend(effect);
    }
}
