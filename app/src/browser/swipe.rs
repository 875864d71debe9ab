// SPDX-License-Identifier: EUPL-1.2
//! How far a finger is drawn over an element (touch events).
//!
//! The browser is not kept from what it does with the finger itself: who has magnified the page moves it so.

use std::{cell::Cell, rc::Rc};

use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;
use web_sys::Element;

use super::{Listener, Page};

/// Tells of every finger that was drawn over an element and lifted, as long as this lives.
#[derive(Debug)]
pub(crate) struct Swipes {
    _listeners: [Listener; 2],
}

impl Swipes {
    /// Calls `drawn` with how far the finger went to the right and down, in pixels of the page. With a second finger,
    /// as one magnifies with, it is nothing; nor is it while the page is magnified.
    pub(crate) fn watch(element: &Element, drawn: impl Fn(f64, f64) + 'static) -> Self {
        let from = Rc::new(Cell::new(None::<(f64, f64)>));
        let began = Rc::clone(&from);
        let start = Listener::new(element, "touchstart", move |event| {
            began.set(touch(&event, "touches").filter(|_| !Page::is_magnified()));
        });
        let end = Listener::new(element, "touchend", move |event| {
            // A second finger may have magnified it meanwhile, beside the element.
            let to = touch(&event, "changedTouches").filter(|_| !Page::is_magnified());
            if let Some((from, to)) = from.take().zip(to) {
                drawn(to.0 - from.0, to.1 - from.1);
            }
        });
        Self { _listeners: [start, end] }
    }
}

/// Where the only touch of a list is, in pixels of the page.
fn touch(event: &JsValue, list: &str) -> Option<(f64, f64)> {
    let touches = Array::from(&Reflect::get(event, &list.into()).ok()?);
    let touch = (touches.length() == 1).then(|| touches.get(0))?;
    let place = |name: &str| Reflect::get(&touch, &name.into()).ok()?.as_f64();
    place("clientX").zip(place("clientY"))
}
