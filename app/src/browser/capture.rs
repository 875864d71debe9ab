// SPDX-License-Identifier: EUPL-1.2
//! One source of the person's own, switched on and off (`getUserMedia`).

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::{Array, Promise};
use shared::Source;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MediaStream, MediaStreamTrack, MediaStreamTrackState};

use super::{
    Inbox, Listener, MediaTable, Page,
    constraints::{Wishes, camera, device},
    devices,
    ear::Ear,
    error::{capture_failure, warn},
    outlet::Outlet,
    spawn, treatment,
};
use crate::call::{CaptureFailure, DeviceId, Event, Processing};

/// The capture of one source. What is captured is in the media table; clones share one capture.
#[derive(Clone, Debug)]
pub(super) struct Capture {
    source: Source,
    inbox: Inbox,
    tracks: MediaTable,
    outlet: Outlet,
    /// Counts the wishes: a device that answers to an earlier one is switched off again.
    wish: Rc<Cell<u32>>,
    ended: Rc<RefCell<Option<Listener>>>,
    wishes: Rc<Cell<Wishes>>,
    /// Hears that the system blurs a background, or no more.
    configured: Rc<RefCell<Option<Listener>>>,
    /// Listens to a microphone that runs.
    ear: Rc<RefCell<Option<Ear>>>,
}

impl Capture {
    /// Nothing is captured until [`Capture::start`]. The source is that of the outlet.
    pub(super) fn new(inbox: Inbox, tracks: MediaTable, outlet: Outlet) -> Self {
        let source = outlet.source();
        Self {
            source,
            inbox,
            tracks,
            outlet,
            wish: Rc::default(),
            ended: Rc::default(),
            wishes: Rc::default(),
            configured: Rc::default(),
            ear: Rc::default(),
        }
    }

    /// Asks the browser for the device, and reports what came of it. A screen is not had like this.
    pub(super) fn start(&self, device: Option<&DeviceId>) {
        let wish = self.next_wish();
        let asked = ask(self.source, device, self.wishes.get());
        let this = self.clone();
        spawn(async move {
            let track = match asked {
                Ok(promise) => JsFuture::from(promise)
                    .await
                    .map_err(|error| capture_failure(&error, this.source))
                    .and_then(|stream| tracks(&stream)?.next().ok_or(CaptureFailure::Unknown)),
                Err(failure) => Err(failure),
            };
            match track {
                Ok(late) if !this.is_wished(wish) => late.stop(),
                Ok(track) => this.came(track),
                Err(failure) if this.is_wished(wish) => this.failed(failure),
                Err(_) => {}
            }
        });
    }

    /// Treats the sound like this, from the next capture on. A device that runs is let go of for it: browsers do not
    /// treat what comes from one in two ways at once.
    pub(super) fn process(&self, processing: Processing) {
        self.wishes.set(Wishes { processing, ..self.wishes.get() });
        if let Some(track) = self.tracks.captured(self.source) {
            track.stop();
        }
    }

    /// Puts the background out of focus, or not, from now on, and reports what came of it.
    pub(super) fn blur(&self, blur: bool) {
        self.wishes.set(Wishes { blur: Some(blur), ..self.wishes.get() });
        let Some(track) = self.tracks.captured(self.source) else { return };
        let asked = track.apply_constraints_with_constraints(&camera(Some(blur)));
        let inbox = self.inbox.clone();
        spawn(async move {
            if let Ok(applied) = asked
                && JsFuture::from(applied).await.is_err()
            {
                warn("the background stays as it is");
            }
            inbox.put(Event::Blurred(treatment::blurred(&track)));
        });
    }

    /// Switches the device off.
    pub(super) fn stop(&self) {
        self.next_wish();
        self.replace(None);
    }

    /// Takes what was captured, and reports it.
    pub(super) fn came(&self, track: MediaStreamTrack) {
        let source = self.source;
        let device = DeviceId(track.get_settings().get_device_id().unwrap_or_default());
        self.replace(Some(track));
        devices::report(self.inbox.clone());
        self.inbox.put(Event::Captured { source, device });
        self.report_treatment();
    }

    /// Reports that nothing was captured.
    pub(super) fn failed(&self, failure: CaptureFailure) {
        self.inbox.put(Event::CaptureFailed { source: self.source, failure });
        self.report_end();
    }

    /// Puts something else into the inbox.
    pub(super) fn put(&self, event: Event) {
        self.inbox.put(event);
    }

    /// That nothing runs which is believed to: one that was let go of in favour of a capture that failed. Whoever ends a
    /// track is not told by the browser.
    fn report_end(&self) {
        let is_over = |track: MediaStreamTrack| track.ready_state() == MediaStreamTrackState::Ended;
        if self.tracks.captured(self.source).is_some_and(is_over) {
            self.inbox.put(Event::CaptureEnded(self.source));
        }
    }

    /// What is done with what comes from a device that runs.
    fn report_treatment(&self) {
        let Some(track) = self.tracks.captured(self.source) else { return };
        match self.source {
            Source::Microphone => {
                let wanted = self.wishes.get().processing;
                self.inbox.put(Event::Processed(treatment::processing(&track, wanted)));
            }
            Source::Camera => {
                self.inbox.put(Event::Blurred(treatment::blurred(&track)));
                let (inbox, tracks) = (self.inbox.clone(), self.tracks.clone());
                let listener = Listener::new(&track, "configurationchange", move |_| {
                    let changed = tracks.captured(Source::Camera);
                    inbox.put(Event::Blurred(changed.as_ref().and_then(treatment::blurred)));
                });
                *self.configured.borrow_mut() = Some(listener);
            }
            Source::Screen | Source::ScreenSound => {}
        }
    }

    /// The new track is in place everywhere before the old one stops: nobody sees a gap.
    fn replace(&self, track: Option<MediaStreamTrack>) {
        let inbox = self.inbox.clone();
        let source = self.source;
        *self.ended.borrow_mut() = track.as_ref().map(|track| {
            Listener::new(track, "ended", move |_| inbox.put(Event::CaptureEnded(source)))
        });
        let heard = track.as_ref().filter(|_| source == Source::Microphone);
        *self.ear.borrow_mut() = heard.and_then(|track| Ear::new(track, self.inbox.clone()));
        *self.configured.borrow_mut() = None;
        let before = self.tracks.set_own(self.source, track);
        self.outlet.refresh();
        if let Some(before) = before {
            before.stop();
        }
    }

    /// Another wish: nothing that comes of an earlier one counts.
    pub(super) fn next_wish(&self) -> u32 {
        let wish = self.wish.get().wrapping_add(1);
        self.wish.set(wish);
        wish
    }

    /// Whether there was no other wish since.
    pub(super) fn is_wished(&self, wish: u32) -> bool {
        self.wish.get() == wish
    }
}

/// Asks; fails at once where the browser shows the page no devices.
fn ask(
    source: Source,
    chosen: Option<&DeviceId>,
    wishes: Wishes,
) -> Result<Promise, CaptureFailure> {
    let devices = Page::media_devices().ok_or(CaptureFailure::InsecureContext)?;
    let asked = devices.get_user_media_with_constraints(&device(source, chosen, wishes));
    asked.map_err(|error| capture_failure(&error, source))
}

/// What was captured together.
pub(super) fn tracks(
    stream: &JsValue,
) -> Result<impl Iterator<Item = MediaStreamTrack> + use<>, CaptureFailure> {
    let stream: &MediaStream = stream.dyn_ref().ok_or(CaptureFailure::Unknown)?;
    let tracks = Array::from(&stream.get_tracks());
    Ok(tracks.into_iter().filter_map(|track| track.dyn_into().ok()))
}
