// SPDX-License-Identifier: EUPL-1.2
//! What the browser does with sound and picture before anybody gets them: without echo and noise, with a background
//! that is out of focus.

use shared::Source;

use super::{Call, Effect};

/// What is done with the sound of a microphone.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Processing {
    /// What comes out of the speaker is taken out of it.
    pub echo: bool,
    /// What is no speech is taken out of it.
    pub noise: bool,
}

impl Default for Processing {
    /// As most people want it.
    fn default() -> Self {
        Self { echo: true, noise: true }
    }
}

/// What is wanted, and what the browser says is the case.
#[derive(Debug, Default)]
pub(super) struct Treatment {
    wanted: Processing,
    /// Of the microphone that runs.
    found: Option<Processing>,
    /// Of the camera that runs: whether its background is out of focus, where it can be.
    blurred: Option<bool>,
}

impl Treatment {
    /// What is done with the sound of a microphone that runs, or will be.
    pub(super) fn of_sound(&self, runs: bool) -> Processing {
        self.found.filter(|_| runs).unwrap_or(self.wanted)
    }

    /// Whether the background is out of focus; `None` where it cannot be.
    pub(super) fn blurred(&self, runs: bool) -> Option<bool> {
        self.blurred.filter(|_| runs)
    }
}

impl Call {
    /// Treats sound like this from here on; one that runs is captured again. What runs goes on until then.
    pub(super) fn process(&mut self, wanted: Processing) {
        let microphone = self.sources.get_mut(Source::Microphone);
        if self.treatment.of_sound(microphone.is_on()) == wanted {
            return;
        }
        self.treatment.wanted = wanted;
        self.effects.push(Effect::Process(wanted));
        self.effects.extend(microphone.capture_again());
    }

    /// What is done with the sound of the microphone that runs.
    pub(super) const fn processed(&mut self, found: Processing) {
        self.treatment.found = Some(found);
    }

    /// Puts the background of the camera out of focus, or not. Where it cannot be, nobody can want it.
    pub(super) fn blur(&mut self, wanted: bool) {
        let runs = self.sources.get(Source::Camera).is_on();
        if self.treatment.blurred(runs).is_some_and(|blurred| blurred != wanted) {
            self.effects.push(Effect::Blur(wanted));
        }
    }

    /// Whether the background of the camera that runs is out of focus, where it can be.
    pub(super) const fn blurred(&mut self, blurred: Option<bool>) {
        self.treatment.blurred = blurred;
    }
}
