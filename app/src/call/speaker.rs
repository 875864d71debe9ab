// SPDX-License-Identifier: EUPL-1.2
//! Where sounds are played: on the device that was chosen, as long as there is one.

use super::{Call, Device, DeviceId, DeviceKind, SpeakerView};

/// What the person chose.
#[derive(Debug, Default)]
pub(super) struct Speaker {
    /// The browser's choice otherwise.
    chosen: Option<DeviceId>,
    /// Whether what was chosen is gone.
    vanished: bool,
}

impl Speaker {
    /// These devices are there. Without the one that was chosen the browser chooses: everybody is heard.
    pub(super) fn exist(&mut self, devices: &[Device]) {
        let Some(chosen) = &self.chosen else { return };
        let is_chosen = |it: &Device| it.kind == DeviceKind::Speaker && it.id == *chosen;
        if !devices.iter().any(is_chosen) {
            *self = Self { chosen: None, vanished: true };
        }
    }

    /// Plays on this one from here on; empty is the browser's choice.
    pub(super) fn choose(&mut self, device: DeviceId) {
        let chosen = Some(device).filter(|device| !device.0.is_empty());
        *self = Self { chosen, vanished: false };
    }

    pub(super) fn view(&self) -> SpeakerView {
        let device = self.chosen.clone().unwrap_or_default();
        SpeakerView { device, vanished: self.vanished }
    }
}

impl Call {
    /// The devices there are.
    pub(super) fn devices(&mut self, devices: Vec<Device>) {
        self.speaker.exist(&devices);
        self.devices = devices;
    }
}
