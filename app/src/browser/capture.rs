// SPDX-License-Identifier: EUPL-1.2
//! One source of the person's own, switched on and off (`getUserMedia`, `getDisplayMedia`).

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
    constraints::{Wishes, camera, device, display, mark_as_detail, shown_screen},
    devices,
    ear::Ear,
    error::{capture_failure, is_changed_mind, warn},
    outlet::Outlet,
    spawn, treatment,
};
use crate::call::{CaptureFailure, DeviceId, Event, Intent, Processing};

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

/// Why nothing is captured.
enum Nothing {
    /// It does not work.
    Failed(CaptureFailure),
    /// The person chose nothing to share.
    ChangedMind,
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

    /// Asks the browser for the source, and reports what came of it.
    pub(super) fn start(&self, device: Option<&DeviceId>) {
        let wish = self.next_wish();
        let asked = ask(self.source, device, self.wishes.get());
        let this = self.clone();
        spawn(async move {
            let track = match asked {
                Ok(promise) => JsFuture::from(promise)
                    .await
                    .map_err(|error| nothing(&error, this.source))
                    .and_then(|stream| first_track(&stream).map_err(Nothing::Failed)),
                Err(failure) => Err(Nothing::Failed(failure)),
            };
            if this.wish.get() == wish {
                this.report(track);
            } else if let Ok(late) = track {
                late.stop();
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

    fn report(&self, track: Result<MediaStreamTrack, Nothing>) {
        let source = self.source;
        let event = match track {
            Ok(track) => {
                if source == Source::Screen {
                    sharpen(&track);
                }
                let device = DeviceId(track.get_settings().get_device_id().unwrap_or_default());
                self.replace(Some(track));
                devices::report(self.inbox.clone());
                self.inbox.put(Event::Captured { source, device });
                return self.report_treatment();
            }
            Err(Nothing::Failed(failure)) => {
                self.inbox.put(Event::CaptureFailed { source, failure });
                return self.report_end();
            }
            // Nothing went wrong: the person took the wish back.
            Err(Nothing::ChangedMind) => Event::Intent(Intent::Transmit(source, false)),
        };
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
            Source::Screen => {}
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

    fn next_wish(&self) -> u32 {
        let wish = self.wish.get().wrapping_add(1);
        self.wish.set(wish);
        wish
    }
}

/// Asks; fails at once where the browser shows the page no devices, or has no screen to share.
fn ask(
    source: Source,
    chosen: Option<&DeviceId>,
    wishes: Wishes,
) -> Result<Promise, CaptureFailure> {
    let devices = Page::media_devices().ok_or(CaptureFailure::InsecureContext)?;
    let asked = match source {
        Source::Microphone | Source::Camera => {
            devices.get_user_media_with_constraints(&device(source, chosen, wishes))
        }
        Source::Screen if !Page::can_share_screen() => return Err(CaptureFailure::NotFound),
        Source::Screen => devices.get_display_media_with_constraints(&display()),
    };
    asked.map_err(|error| capture_failure(&error, source))
}

/// Has a screen sent sharp rather than smooth.
fn sharpen(screen: &MediaStreamTrack) {
    mark_as_detail(screen);
    let asked = screen.apply_constraints_with_constraints(&shown_screen());
    spawn(async move {
        let Ok(applied) = asked else { return };
        if JsFuture::from(applied).await.is_err() {
            warn("a screen that stands still may stay coarse");
        }
    });
}

fn nothing(error: &JsValue, source: Source) -> Nothing {
    match source {
        Source::Screen if is_changed_mind(error) => Nothing::ChangedMind,
        Source::Microphone | Source::Camera | Source::Screen => {
            Nothing::Failed(capture_failure(error, source))
        }
    }
}

fn first_track(stream: &JsValue) -> Result<MediaStreamTrack, CaptureFailure> {
    let stream: &MediaStream = stream.dyn_ref().ok_or(CaptureFailure::Unknown)?;
    Array::from(&stream.get_tracks())
        .iter()
        .next()
        .and_then(|track| track.dyn_into().ok())
        .ok_or(CaptureFailure::Unknown)
}
