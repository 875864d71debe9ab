// SPDX-License-Identifier: EUPL-1.2
//! The person's own devices, from the gate to the end.

use shared::Source;

use super::{
    Inbox, Listener, MediaTable, Page, capture::Capture, devices::Devices, evidence::Witness,
    outlet::Outlet,
};
use crate::call::{DeviceId, Effect, Event};

/// What is captured, where it leaves, and which devices there are. Dropping it switches everything off.
#[derive(Debug)]
pub(crate) struct Own {
    pub(super) tracks: MediaTable,
    pub(super) outlets: [Outlet; 4],
    pub(super) witness: Witness,
    captures: [Capture; 4],
    _devices: Devices,
    _turned: Listener,
}

impl Own {
    /// Nothing runs; the list of devices and whether the page can be seen are reported from here on.
    pub(crate) fn new(inbox: &Inbox, tracks: &MediaTable) -> Self {
        let outlets = Source::ALL.map(|source| Outlet::new(source, tracks.clone()));
        let captures = outlets
            .each_ref()
            .map(|outlet| Capture::new(inbox.clone(), tracks.clone(), outlet.clone()));
        let turned = inbox.clone();
        inbox.put(Event::Turned { to_front: Page::is_in_front() });
        Self {
            tracks: tracks.clone(),
            outlets,
            witness: Witness::new(),
            captures,
            _devices: Devices::new(inbox.clone()),
            _turned: Listener::new(&Page::document(), "visibilitychange", move |_| {
                turned.put(Event::Turned { to_front: Page::is_in_front() });
            }),
        }
    }

    /// Does what a gate decided, so far as it is about a device.
    pub(crate) fn perform(&self, effect: &Effect) {
        if let Effect::Capture(source, device) = effect {
            self.capture(*source).start(device.as_ref());
        } else if let Effect::Release(source) = effect {
            self.capture(*source).stop();
        } else if let Effect::Process(processing) = effect {
            self.capture(Source::Microphone).process(*processing);
        } else if let Effect::Blur(blur) = effect {
            self.capture(Source::Camera).blur(*blur);
        }
    }

    /// Asks the browser for a device, or for a screen and its sound.
    pub(super) fn start(&self, source: Source, device: Option<&DeviceId>) {
        if source == Source::Screen {
            self.capture(source).share(self.capture(Source::ScreenSound));
        } else {
            self.capture(source).start(device);
        }
    }

    /// The capture of a source.
    pub(super) const fn capture(&self, source: Source) -> &Capture {
        let [microphone, camera, screen, screen_sound] = &self.captures;
        match source {
            Source::Microphone => microphone,
            Source::Camera => camera,
            Source::Screen => screen,
            Source::ScreenSound => screen_sound,
        }
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        self.captures.iter().for_each(Capture::stop);
    }
}
