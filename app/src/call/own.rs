// SPDX-License-Identifier: EUPL-1.2
//! The person's own sources: what is captured, and what of it is sent.
//!
//! A source comes on by an intent and by nothing else. What is stated to the room is what is on.

use shared::{ClientMessage, Source};

use super::{Call, CaptureFailure, DeviceId, Effect, phase::Phase, source::Outcome};

impl Call {
    /// At the gate: for the person's own eyes.
    pub(super) fn preview(&mut self, source: Source) {
        if matches!(self.phase, Phase::Gate) {
            self.effects.extend(self.sources.get_mut(source).switch_on());
        }
    }

    /// In the conference: it is sent as soon as it runs.
    pub(super) fn transmit(&mut self, source: Source) {
        if self.shown().is_some() {
            self.effects.extend(self.sources.get_mut(source).switch_on());
        }
    }

    /// Anywhere: nobody is kept from switching off. The others learn it first, the light goes last.
    pub(super) fn switch_off(&mut self, source: Source) {
        let was_on = self.sources.get(source).is_on();
        let release = self.sources.get_mut(source).switch_off();
        if was_on && self.shown().is_some() {
            self.publish();
            self.effects.push(Effect::Transmit(source, false));
        }
        self.effects.extend(release);
    }

    pub(super) fn transmit_on_entry(&mut self, source: Source, transmit: bool) {
        if matches!(self.phase, Phase::Gate) {
            self.sources.get_mut(source).set_for_entry(transmit);
        }
    }

    pub(super) fn choose(&mut self, source: Source, device: DeviceId) {
        self.effects.extend(self.sources.get_mut(source).choose(device));
    }

    pub(super) fn captured(&mut self, source: Source, device: DeviceId) {
        let became = self.sources.get_mut(source).captured(device);
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

    /// States everything that is on, where somebody hears it.
    pub(super) fn publish(&mut self) {
        if self.conference().is_some() {
            let live = self.sources.live();
            self.effects.push(Effect::Send(ClientMessage::Publish { live }));
        }
    }

    /// Sends what is on, from here on.
    pub(super) fn transmit_live(&mut self) {
        let live = self.sources.live();
        self.effects.extend(live.into_iter().map(|source| Effect::Transmit(source, true)));
    }

    /// Ends every source: nothing of it is sent, and no light stays on.
    pub(super) fn release_all(&mut self) {
        for source in Source::ALL {
            let own = self.sources.get_mut(source);
            let was_on = own.is_on();
            let _was_wanted = own.switch_off();
            if was_on {
                self.effects.push(Effect::Transmit(source, false));
            }
            self.effects.push(Effect::Release(source));
        }
    }

    fn became(&mut self, source: Source, (outcome, effect): (Outcome, Option<Effect>)) {
        if self.shown().is_some() && outcome != Outcome::Same {
            self.effects.push(Effect::Transmit(source, outcome == Outcome::On));
            self.publish();
        }
        self.effects.extend(effect);
    }
}
