// SPDX-License-Identifier: EUPL-1.2
//! Single keys as shortcuts, where nobody is typing, and one that is held.

use std::{cell::Cell, rc::Rc};

use js_sys::Reflect;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, HtmlElement, KeyboardEvent};

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

/// Tells whether a key is held, until it is dropped: a key that is meant for the page, and not for what has the
/// focus. It counts as up as soon as the page cannot see it any more.
#[derive(Debug)]
pub(crate) struct HeldKey {
    _listeners: [Listener; 5],
}

impl HeldKey {
    /// Calls `told` at each change while the key is `wanted`, which says so of this moment.
    pub(crate) fn new(
        key: &'static str,
        wanted: impl Fn() -> bool + 'static,
        told: impl Fn(bool) + 'static,
    ) -> Self {
        let is_held = Rc::new(Cell::new(false));
        let (window, document) = (Page::window(), Page::document());
        let told: Rc<dyn Fn(bool)> = Rc::new(move |now: bool| {
            if is_held.replace(now) != now {
                told(now);
            }
        });
        let up = |told: &Rc<dyn Fn(bool)>| {
            let told = Rc::clone(told);
            move |_: JsValue| told(false)
        };
        let wanted = Rc::new(wanted);
        let (pressed, is_wanted) = (Rc::clone(&told), Rc::clone(&wanted));
        let down = Listener::new(&window, "keydown", move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            let modified = event.ctrl_key() || event.alt_key() || event.meta_key();
            if event.key() != key || modified || !is_wanted() || is_used(event) {
                return;
            }
            // It neither scrolls the page, nor does it when it is repeated.
            event.prevent_default();
            if !event.repeat() {
                pressed(true);
            }
        });
        let released = Rc::clone(&told);
        let keyup = Listener::new(&window, "keyup", move |event| {
            if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == key) {
                released(false);
            }
        });
        let away = Listener::new(&window, "blur", up(&told));
        let hidden = Listener::new(&document, "visibilitychange", up(&told));
        let clicked = Listener::new(&window, "click", move |event| {
            if wanted() {
                leave_button(&event);
            }
        });
        Self { _listeners: [down, keyup, away, hidden, clicked] }
    }
}

/// A button that was pressed with a mouse keeps the focus, and with it the key: it is given back to the page.
fn leave_button(click: &JsValue) {
    let by_pointer = Reflect::get(click, &"detail".into()).ok().and_then(|it| it.as_f64());
    let focused = Page::document().active_element();
    let button = focused.filter(|it| matches!(it.closest(".bar button"), Ok(Some(_))));
    if let Some(button) = button.and_then(|it| it.dyn_into::<HtmlElement>().ok())
        && by_pointer.is_some_and(|clicks| clicks > 0.0)
    {
        drop(button.blur());
    }
}

/// Whether the key does something to what has the focus.
fn is_used(event: &KeyboardEvent) -> bool {
    const USED: &str = "button, a[href], summary, [role=button], [role=switch]";
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    is_typing(event) || element.is_some_and(|element| !matches!(element.closest(USED), Ok(None)))
}
