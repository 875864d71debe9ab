// SPDX-License-Identifier: EUPL-1.2
//! The page around this one (HTML, "Cross-document messaging").
//!
//! Who may be around this page, the browser enforces (`frame-ancestors`); who speaks, it tells with every message. What
//! comes from any other window is not read.

use js_sys::{Function, Reflect};
use shared::embed::{Feature, FrameMessage, MAX_LEN};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{MessageEvent, Window};

use super::{Inbox, Listener, Page, spawn, statement::embedders};
use crate::call::{Event, HostEvent, query};

/// The window of the page around this one, listened to as long as this lives.
#[derive(Debug)]
pub(crate) struct HostWindow {
    window: Window,
    _said: Listener,
}

impl HostWindow {
    /// Begins to listen, where this page is embedded and its address says that it means to be.
    pub(crate) fn around(inbox: &Inbox) -> Option<Self> {
        if !query::embedded(&Page::query()) {
            return None;
        }
        let own = Page::window();
        let window = own.parent().ok().flatten()?;
        let (around, itself) = (JsValue::from(window.clone()), JsValue::from(own.clone()));
        if around == itself {
            return None;
        }
        let heard = inbox.clone();
        let said = Listener::new(&own, "message", move |event| {
            let event: MessageEvent = event.unchecked_into();
            let source = event.source().map(JsValue::from);
            // The length first: a long text is not even copied.
            let data: js_sys::JsString = match event.data().dyn_into() {
                Ok(text) if source.as_ref() == Some(&around) => text,
                _ => return,
            };
            if usize::try_from(data.length()).is_ok_and(|length| length <= MAX_LEN) {
                let said = HostEvent::Said { origin: event.origin(), text: data.into() };
                heard.put(Event::Host(said));
            }
        });
        let known = inbox.clone();
        spawn(async move {
            known.put(Event::Host(HostEvent::Embedders(embedders().await)));
        });
        Some(Self { window, _said: said })
    }

    /// Says something to the page around this one, as long as it is of this origin.
    pub(crate) fn say(&self, origin: &str, message: &FrameMessage) {
        if let Ok(text) = serde_json::to_string(message) {
            drop(self.window.post_message(&JsValue::from_str(&text), origin));
        }
    }

    /// What the page around this one does not pass on.
    pub(crate) fn withheld() -> Vec<Feature> {
        let all = [
            (Feature::Camera, "camera"),
            (Feature::Microphone, "microphone"),
            (Feature::DisplayCapture, "display-capture"),
            (Feature::Autoplay, "autoplay"),
            (Feature::Fullscreen, "fullscreen"),
        ];
        all.into_iter().filter(|(_, name)| withholds(name)).map(|(feature, _)| feature).collect()
    }
}

/// Whether the page around this one does not pass on the permission for this. Only some browsers tell
/// (`document.featurePolicy`); the others count as passing it on.
pub(super) fn withholds(feature: &str) -> bool {
    let asked = || {
        let policy = Reflect::get(&Page::document(), &"featurePolicy".into()).ok()?;
        let allows: Function =
            Reflect::get(&policy, &"allowsFeature".into()).ok()?.dyn_into().ok()?;
        allows.call1(&policy, &feature.into()).ok()?.as_bool()
    };
    asked() == Some(false)
}
