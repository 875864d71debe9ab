// SPDX-License-Identifier: EUPL-1.2
//! What the browser does with sound and picture before anybody gets them: without echo and noise, with a background
//! that is out of focus.

use super::{Effect, source::OwnSource};

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

    /// Treats sound like this from here on; one that runs is captured again. What runs goes on until then.
    pub(super) fn process(
        &mut self,
        wanted: Processing,
        microphone: &mut OwnSource,
    ) -> Vec<Effect> {
        if self.of_sound(microphone.is_on()) == wanted {
            return Vec::new();
        }
        self.wanted = wanted;
        [Effect::Process(wanted)].into_iter().chain(microphone.capture_again()).collect()
    }

    /// Puts the background of the camera out of focus, or not. Where it cannot be, nobody can want it.
    pub(super) fn blur(&self, wanted: bool, camera: &OwnSource) -> Option<Effect> {
        let is_other = self.blurred(camera.is_on()).is_some_and(|blurred| blurred != wanted);
        is_other.then_some(Effect::Blur(wanted))
    }

    /// What is done with the sound of the microphone that runs.
    pub(super) const fn processed(&mut self, found: Processing) {
        self.found = Some(found);
    }

    /// Whether the background of the camera that runs is out of focus, where it can be.
    pub(super) const fn is_blurred(&mut self, blurred: Option<bool>) {
        self.blurred = blurred;
    }
}
