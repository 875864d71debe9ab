// SPDX-License-Identifier: EUPL-1.2
//! How large the stage is (`ResizeObserver`).

use js_sys::Array;
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{Element, ResizeObserver};

use super::{Inbox, Page};
use crate::call::{Area, Event};

/// Reports how large an element is, at once and whenever that changes, as long as this lives. The browser does it
/// before it draws: nobody sees a stage that is set for another size.
#[derive(Debug)]
pub(crate) struct Extent {
    observer: Option<ResizeObserver>,
    _resized: Closure<dyn FnMut(Array)>,
}

impl Extent {
    /// Watches an element.
    pub(crate) fn watch(inbox: &Inbox, element: &Element) -> Self {
        let (inbox, measured) = (inbox.clone(), element.clone());
        let resized = Closure::<dyn FnMut(Array)>::new(move |_| {
            let letter = Page::letter_size();
            let points = |pixels: i32| u32::try_from(pixels).unwrap_or_default() * 1_600 / letter;
            let (width, height) = (measured.client_width(), measured.client_height());
            inbox.put(Event::Staged(Area { width: points(width), height: points(height) }));
        });
        let observer = ResizeObserver::new(resized.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(element);
        }
        Self { observer, _resized: resized }
    }
}

impl Drop for Extent {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}
