// SPDX-License-Identifier: EUPL-1.2
//! One of the person's own sources: whether its device runs, and which.

use shared::Source;

use super::{CaptureFailure, DeviceId, Effect, SourceView};

/// A camera or microphone, and what was chosen for it.
#[derive(Clone, Debug)]
pub(super) struct Own {
    source: Source,
    power: Power,
    choice: Option<DeviceId>,
    transmit_on_entry: bool,
    failure: Option<CaptureFailure>,
    vanished: bool,
}

/// Whether a device runs.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Power {
    /// Its light is out.
    Off,
    /// The browser was asked.
    Starting,
    /// It runs.
    On(DeviceId),
}

/// What happens to a device that is on when the person enters.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum OnEntry {
    /// It is transmitted.
    Transmit,
    /// It goes off.
    GoOff,
}

impl Own {
    pub(super) const fn new(source: Source) -> Self {
        Self {
            source,
            power: Power::Off,
            choice: None,
            transmit_on_entry: false,
            failure: None,
            vanished: false,
        }
    }

    /// Whether the device runs.
    pub(super) const fn is_on(&self) -> bool {
        matches!(self.power, Power::On(_))
    }

    /// The person switches the device on.
    pub(super) fn switch_on(&mut self, effects: &mut Vec<Effect>) {
        if self.power == Power::Off {
            self.power = Power::Starting;
            self.failure = None;
            self.vanished = false;
            effects.push(Effect::Capture(self.source, self.choice.clone()));
        }
    }

    /// The device goes off, whoever wants it.
    pub(super) fn switch_off(&mut self, effects: &mut Vec<Effect>) {
        if self.power != Power::Off {
            self.power = Power::Off;
            effects.push(Effect::Release(self.source));
        }
    }

    /// The person's wish at the gate; no switch of its own: it waits for the entry.
    pub(super) const fn on_entry(&mut self, wish: OnEntry) {
        self.transmit_on_entry = matches!(wish, OnEntry::Transmit);
    }

    /// At entry: what is not to be transmitted goes off, and the wish is used up.
    pub(super) fn enter(&mut self, effects: &mut Vec<Effect>) {
        if !self.transmit_on_entry {
            self.switch_off(effects);
        }
        self.transmit_on_entry = false;
        self.failure = None;
    }

    /// Another device for this source, at once if it is on.
    pub(super) fn choose(&mut self, device: DeviceId, effects: &mut Vec<Effect>) {
        self.choice = Some(device.clone());
        self.failure = None;
        if self.power != Power::Off {
            effects.push(Effect::Capture(self.source, Some(device)));
        }
    }

    /// The device runs. `false`: nobody wants it any more, and it was released.
    pub(super) fn captured(&mut self, device: DeviceId, effects: &mut Vec<Effect>) -> bool {
        if self.power == Power::Off {
            effects.push(Effect::Release(self.source));
            return false;
        }
        self.power = Power::On(device);
        true
    }

    /// The device does not run. One that ran before goes on; a chosen one that is gone is replaced
    /// by the browser's choice.
    pub(super) fn failed(&mut self, failure: CaptureFailure, effects: &mut Vec<Effect>) {
        let gone = matches!(failure, CaptureFailure::Gone | CaptureFailure::NotFound);
        match self.power {
            Power::Starting if gone && self.choice.take().is_some() => {
                effects.push(Effect::Capture(self.source, None));
            }
            Power::Starting => {
                self.power = Power::Off;
                self.failure = Some(failure);
            }
            Power::On(_) => {
                self.choice = None;
                self.failure = Some(failure);
            }
            Power::Off => {}
        }
    }

    /// The device ended by itself.
    pub(super) fn ended(&mut self, effects: &mut Vec<Effect>) {
        if self.is_on() {
            self.switch_off(effects);
            self.vanished = true;
        }
    }

    pub(super) fn view(&self) -> SourceView {
        SourceView {
            on: self.is_on(),
            starting: self.power == Power::Starting,
            transmit_on_entry: self.transmit_on_entry,
            device: match &self.power {
                Power::On(device) => Some(device.clone()),
                Power::Off | Power::Starting => self.choice.clone(),
            },
            failure: self.failure,
            vanished: self.vanished,
        }
    }
}
