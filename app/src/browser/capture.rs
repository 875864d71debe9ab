// SPDX-License-Identifier: EUPL-1.2
//! One camera or microphone, switched on and off (`getUserMedia`).

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::{Array, Promise};
use shared::Source;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    ConstrainDomStringParameters, ConstrainDoubleRange, ConstrainLongRange, MediaStream,
    MediaStreamConstraints, MediaStreamTrack, MediaTrackConstraints,
};

use super::{
    Inbox, Listener, MediaTable, Page, devices, error::capture_failure, outlet::Outlet, spawn,
};
use crate::call::{CaptureFailure, DeviceId, Event};

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
}

impl Capture {
    /// Nothing is captured until [`Capture::start`].
    pub(super) fn new(source: Source, inbox: Inbox, tracks: MediaTable, outlet: Outlet) -> Self {
        Self { source, inbox, tracks, outlet, wish: Rc::default(), ended: Rc::default() }
    }

    /// Asks the browser for the device, and reports what came of it.
    pub(super) fn start(&self, device: Option<&DeviceId>) {
        let wish = self.next_wish();
        let asked = ask(self.source, device);
        let this = self.clone();
        spawn(async move {
            let track = match asked {
                Ok(promise) => JsFuture::from(promise)
                    .await
                    .map_err(|error| capture_failure(&error, this.source))
                    .and_then(|stream| first_track(&stream)),
                Err(failure) => Err(failure),
            };
            if this.wish.get() == wish {
                this.report(track);
            } else if let Ok(late) = track {
                late.stop();
            }
        });
    }

    /// Switches the device off.
    pub(super) fn stop(&self) {
        self.next_wish();
        self.replace(None);
    }

    fn report(&self, track: Result<MediaStreamTrack, CaptureFailure>) {
        let source = self.source;
        let event = match track {
            Ok(track) => {
                let device = DeviceId(track.get_settings().get_device_id().unwrap_or_default());
                self.replace(Some(track));
                devices::report(self.inbox.clone());
                Event::Captured { source, device }
            }
            Err(failure) => Event::CaptureFailed { source, failure },
        };
        self.inbox.put(event);
    }

    /// The new track is in place everywhere before the old one stops: nobody sees a gap.
    fn replace(&self, track: Option<MediaStreamTrack>) {
        let inbox = self.inbox.clone();
        let source = self.source;
        *self.ended.borrow_mut() = track.as_ref().map(|track| {
            Listener::new(track, "ended", move |_| inbox.put(Event::CaptureEnded(source)))
        });
        let before = self.tracks.set_own(self.source, track);
        self.outlet.refresh();
        if let Some(before) = before {
            before.stop();
        }
    }

    fn next_wish(&self) -> u32 {
        let wish = self.wish.get().wrapping_add(1);
        self.wish.set(wish);
        wish
    }
}

/// Asks; fails at once where the browser shows the page no devices.
fn ask(source: Source, device: Option<&DeviceId>) -> Result<Promise, CaptureFailure> {
    let devices = Page::media_devices().ok_or(CaptureFailure::InsecureContext)?;
    let wanted = MediaTrackConstraints::new();
    if let Some(DeviceId(id)) = device {
        let exact = ConstrainDomStringParameters::new();
        exact.set_exact_str(id);
        wanted.set_device_id_constrain_dom_string_parameters(&exact);
    }
    let constraints = MediaStreamConstraints::new();
    match source {
        Source::Microphone => {
            wanted.set_echo_cancellation_bool(true);
            wanted.set_noise_suppression_bool(true);
            wanted.set_auto_gain_control_bool(true);
            constraints.set_audio_media_track_constraints(&wanted);
        }
        Source::Camera => {
            // EN 301 549 §6.5.3: 20 pictures per second at least, 30 preferred.
            let rate = ConstrainDoubleRange::new();
            rate.set_ideal(30.0);
            wanted.set_frame_rate_constrain_double_range(&rate);
            wanted.set_width_constrain_long_range(&about(640));
            wanted.set_height_constrain_long_range(&about(360));
            constraints.set_video_media_track_constraints(&wanted);
        }
    }
    devices
        .get_user_media_with_constraints(&constraints)
        .map_err(|error| capture_failure(&error, source))
}

fn about(pixels: i32) -> ConstrainLongRange {
    let range = ConstrainLongRange::new();
    range.set_ideal(pixels);
    range
}

fn first_track(stream: &JsValue) -> Result<MediaStreamTrack, CaptureFailure> {
    let stream: &MediaStream = stream.dyn_ref().ok_or(CaptureFailure::Unknown)?;
    Array::from(&stream.get_tracks())
        .iter()
        .next()
        .and_then(|track| track.dyn_into().ok())
        .ok_or(CaptureFailure::Unknown)
}
