// SPDX-License-Identifier: EUPL-1.2
//! What the browser does with what it captures, as it says itself (W3C Media Capture and Streams §4.3, Media Capture
//! Extensions).

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::MediaStreamTrack;

use crate::call::Processing;

/// What is done with the sound of a track; of what the browser does not say, what was wanted.
pub(super) fn processing(track: &MediaStreamTrack, wanted: Processing) -> Processing {
    let settings = track.get_settings();
    let is = |name: &str, wanted: bool| {
        let value = Reflect::get(&settings, &name.into()).ok();
        // Echo can be cancelled in ways that have names.
        let told = value.filter(|value| !value.is_undefined());
        told.map_or(wanted, |value| value.is_truthy())
    };
    Processing {
        echo: is("echoCancellation", wanted.echo),
        noise: is("noiseSuppression", wanted.noise),
    }
}

/// Whether the background of a track is out of focus; `None` where the platform does not leave the choice.
pub(super) fn blurred(track: &MediaStreamTrack) -> Option<bool> {
    let ask: Function = Reflect::get(track, &"getCapabilities".into()).ok()?.dyn_into().ok()?;
    let offered = Reflect::get(&ask.call0(track).ok()?, &BLUR.into()).ok()?;
    let offered = offered.dyn_into::<Array>().ok()?;
    let offers = |state: bool| offered.includes(&state.into(), 0);
    let is_blurred = Reflect::get(&track.get_settings(), &BLUR.into()).ok()?.as_bool()?;
    (offers(true) && offers(false)).then_some(is_blurred)
}

/// Adds to what is asked of a camera that its background be out of focus, or not.
pub(super) fn ask_for_blur(constraints: &JsValue, wanted: bool) {
    super::dictionary::set(constraints, BLUR, &wanted.into());
}

const BLUR: &str = "backgroundBlur";
