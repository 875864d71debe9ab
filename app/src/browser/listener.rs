// SPDX-License-Identifier: EUPL-1.2
//! An event listener that removes itself.

use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::EventTarget;

/// Listens as long as it lives.
pub(crate) struct Listener {
    target: EventTarget,
    name: &'static str,
    heard: Closure<dyn FnMut(JsValue)>,
}

impl Listener {
    /// Calls `heard` with every event of this name.
    pub(crate) fn new(
        target: &EventTarget,
        name: &'static str,
        heard: impl FnMut(JsValue) + 'static,
    ) -> Self {
        let heard = Closure::<dyn FnMut(JsValue)>::new(heard);
        // The only failure is a target that is no target, which the type excludes.
        drop(target.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref()));
        Self { target: target.clone(), name, heard }
    }
}

impl core::fmt::Debug for Listener {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Listener({})", self.name)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let heard = self.heard.as_ref().unchecked_ref();
        drop(self.target.remove_event_listener_with_callback(self.name, heard));
    }
}
