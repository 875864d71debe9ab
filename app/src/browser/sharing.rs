// SPDX-License-Identifier: EUPL-1.2
//! A screen that is shared, and what is to be heard with it (`getDisplayMedia`). Only a conference shares one.

use shared::Source;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::MediaStreamTrack;

use super::{
    Page,
    capture::{Capture, tracks},
    constraints::{display, hint, shown_screen},
    error::{capture_failure, is_changed_mind, warn},
    spawn,
};
use crate::call::{CaptureFailure, Event, Intent};

impl Capture {
    /// Asks the browser for a screen, and reports what came of it; behind it, its sound, which has a capture of its own.
    pub(super) fn share(&self, sound: &Self) {
        let wish = self.next_wish();
        let asked = Page::media_devices()
            .ok_or(CaptureFailure::InsecureContext)
            .and_then(
                |it| if Page::can_share_screen() { Ok(it) } else { Err(CaptureFailure::NotFound) },
            )
            .map(|devices| devices.get_display_media_with_constraints(&display()));
        let (screen, sound) = (self.clone(), sound.clone());
        spawn(async move {
            let captured = match asked {
                Ok(Ok(promise)) => JsFuture::from(promise).await,
                Ok(Err(error)) => Err(error),
                Err(failure) => return screen.failed(failure),
            };
            if screen.is_wished(wish) {
                screen.shared(captured, &sound);
            } else if let Ok(late) =
                captured.and_then(|it| tracks(&it).map_err(|_nothing| JsValue::NULL))
            {
                late.for_each(|track| track.stop());
            }
        });
    }

    fn shared(&self, captured: Result<JsValue, JsValue>, sound: &Self) {
        let captured = match captured {
            // Nothing went wrong: the person took the wish back.
            Err(error) if is_changed_mind(&error) => {
                return self.put(Event::Intent(Intent::Transmit(Source::Screen, false)));
            }
            Err(error) => Err(capture_failure(&error, Source::Screen)),
            Ok(stream) => tracks(&stream),
        };
        let captured = match captured {
            Ok(tracks) => tracks,
            Err(failure) => return self.failed(failure),
        };
        let (heard, seen): (Vec<_>, Vec<_>) = captured.partition(|track| track.kind() == "audio");
        let Some(seen) = seen.into_iter().next() else {
            heard.iter().for_each(MediaStreamTrack::stop);
            return self.failed(CaptureFailure::Unknown);
        };
        sharpen(&seen);
        self.came(seen);
        if let Some(heard) = heard.into_iter().next() {
            hint(&heard, "music");
            sound.came(heard);
        }
    }
}

/// Has a screen sent sharp rather than smooth.
fn sharpen(screen: &MediaStreamTrack) {
    hint(screen, "detail");
    let asked = screen.apply_constraints_with_constraints(&shown_screen());
    spawn(async move {
        let Ok(applied) = asked else { return };
        if JsFuture::from(applied).await.is_err() {
            warn("a screen that stands still may stay coarse");
        }
    });
}
