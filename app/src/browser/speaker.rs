// SPDX-License-Identifier: EUPL-1.2
//! Which speaker sound comes from, where the browser lets the page choose.

use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast as _, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AudioContext, HtmlAudioElement, HtmlMediaElement};

use super::{Page, chime, error::warn, spawn};
use crate::call::DeviceId;

#[wasm_bindgen]
extern "C" {
    /// An element that plays sound (W3C Audio Output Devices).
    #[wasm_bindgen(extends = HtmlMediaElement, js_name = HTMLMediaElement)]
    type SinkElement;

    /// Chooses the device that this element plays on; empty means the browser's choice.
    #[wasm_bindgen(method, js_name = setSinkId)]
    fn set_sink_id(this: &SinkElement, id: &str) -> Promise;
}

/// The choice of speakers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Speaker;

impl Speaker {
    /// Whether this browser lets the page choose.
    pub(crate) fn can_be_chosen() -> bool {
        Page::document()
            .create_element("audio")
            .is_ok_and(|element| Reflect::has(&element, &"setSinkId".into()).unwrap_or(false))
    }

    /// Lets an element play on a device.
    pub(crate) fn choose(element: &HtmlMediaElement, device: &DeviceId) {
        if !Self::can_be_chosen() {
            return;
        }
        let chosen = element.unchecked_ref::<SinkElement>().set_sink_id(&device.0);
        spawn(async move {
            if JsFuture::from(chosen).await.is_err() {
                warn("cannot play on the chosen speaker");
            }
        });
    }
}

/// Two notes that are being played, as long as it lives.
#[derive(Debug)]
pub(crate) struct TestTone(AudioContext);

impl TestTone {
    /// Plays them on a device; `None` where the browser cannot.
    pub(crate) fn play(device: &DeviceId) -> Option<Self> {
        let tone = Self(AudioContext::new().ok()?);
        let context = &tone.0;
        if device.0.is_empty() || !Speaker::can_be_chosen() {
            chime::play(context, &context.destination());
            return Some(tone);
        }
        let stream = context.create_media_stream_destination().ok()?;
        let element = HtmlAudioElement::new().ok()?;
        element.set_src_object(Some(&stream.stream()));
        Speaker::choose(&element, device);
        let playing = element.play().ok()?;
        chime::play(context, &stream);
        spawn(async move {
            drop(JsFuture::from(playing).await);
        });
        Some(tone)
    }
}

impl Drop for TestTone {
    fn drop(&mut self) {
        // A browser gives out a few of them only.
        drop(self.0.close());
    }
}
