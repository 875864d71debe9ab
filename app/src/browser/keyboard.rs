// SPDX-License-Identifier: EUPL-1.2
//! Single keys as shortcuts, where nobody is typing.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, KeyboardEvent};

use super::{Listener, Page};

/// Calls `pressed` with every key that is meant for the page: alone, once, not into a field, and not
/// while a dialog is open. What it says it has used does nothing else: a key that opens a field is not
/// typed into it.
pub(crate) fn shortcuts(mut pressed: impl FnMut(&str) -> bool + 'static) -> Listener {
    Listener::new(&Page::window(), "keydown", move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        let modified = event.ctrl_key() || event.alt_key() || event.meta_key();
        let meant = !modified && !event.repeat() && !event.is_composing() && !is_typing(event);
        if meant && pressed(&event.key().to_lowercase()) {
            event.prevent_default();
        }
    })
}

fn is_typing(event: &KeyboardEvent) -> bool {
    const FIELDS: &str = "input, textarea, select, [contenteditable], dialog[open]";
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| !matches!(element.closest(FIELDS), Ok(None)))
}
