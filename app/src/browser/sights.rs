// SPDX-License-Identifier: EUPL-1.2
//! How tall tiles are on the screen, and whether they are in sight (`ResizeObserver`,
//! `IntersectionObserver`).

use std::{cell::RefCell, rc::Rc};

use js_sys::Array;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{
    Element, IntersectionObserver, IntersectionObserverEntry, ResizeObserver, ResizeObserverEntry,
};

use super::{Inbox, Page};
use crate::call::{Event, TileKey, lines};

/// Measures tiles, and reports every change of what was measured. Clones share the observers. Where the
/// browser cannot measure, nothing is reported.
#[derive(Clone, Debug)]
pub(crate) struct Sights {
    watched: Watched,
    observers: Option<Rc<Observers>>,
}

/// The tiles that are watched.
#[derive(Clone, Debug, Default)]
struct Watched(Rc<RefCell<Vec<Tile>>>);

#[derive(Debug)]
struct Tile {
    key: TileKey,
    element: Element,
    /// Nothing before the browser has said so.
    in_sight: Option<bool>,
}

#[derive(Debug)]
struct Observers {
    sizes: ResizeObserver,
    places: IntersectionObserver,
    _resized: Closure<dyn FnMut(Array)>,
    _moved: Closure<dyn FnMut(Array)>,
}

/// A tile that is measured as long as this lives.
#[derive(Debug)]
pub(crate) struct Sight {
    element: Element,
    sights: Sights,
}

impl Sights {
    /// Nothing is watched until [`Sights::watch`].
    pub(crate) fn new(inbox: Inbox) -> Self {
        let watched = Watched::default();
        let observers = Observers::new(&watched, inbox).map(Rc::new);
        Self { watched, observers }
    }

    /// Measures a tile.
    pub(crate) fn watch(&self, key: TileKey, element: &Element) -> Sight {
        let tile = Tile { key, element: element.clone(), in_sight: None };
        self.watched.0.borrow_mut().push(tile);
        if let Some(observers) = &self.observers {
            observers.sizes.observe(element);
            observers.places.observe(element);
        }
        Sight { element: element.clone(), sights: self.clone() }
    }
}

impl Observers {
    fn new(watched: &Watched, inbox: Inbox) -> Option<Self> {
        let (tiles, reports) = (watched.clone(), inbox.clone());
        let resized = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            let entries = entries.iter().map(JsValue::unchecked_into::<ResizeObserverEntry>);
            tiles.report(&reports, entries.map(|entry| (entry.target(), None)));
        });
        let tiles = watched.clone();
        let moved = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            let entries = entries.iter().map(JsValue::unchecked_into::<IntersectionObserverEntry>);
            let places = entries.map(|entry| (entry.target(), Some(entry.is_intersecting())));
            tiles.report(&inbox, places);
        });
        Some(Self {
            sizes: ResizeObserver::new(resized.as_ref().unchecked_ref()).ok()?,
            places: IntersectionObserver::new(moved.as_ref().unchecked_ref()).ok()?,
            _resized: resized,
            _moved: moved,
        })
    }
}

impl Watched {
    /// Reports tiles that changed, all at once. Before it is known whether one is in sight, its size says
    /// nothing.
    fn report(&self, inbox: &Inbox, changes: impl Iterator<Item = (Element, Option<bool>)>) {
        let mut watched = self.0.borrow_mut();
        let ratio = Page::pixel_ratio();
        let measured: Vec<_> = changes
            .filter_map(|(element, place)| {
                let tile = watched.iter_mut().find(|tile| tile.element == element)?;
                tile.in_sight = place.or(tile.in_sight);
                let height = if tile.in_sight? { element.client_height() } else { 0 };
                Some((tile.key, lines(height.into(), ratio)))
            })
            .collect();
        if !measured.is_empty() {
            inbox.put(Event::Measured(measured));
        }
    }
}

impl Drop for Observers {
    fn drop(&mut self) {
        self.sizes.disconnect();
        self.places.disconnect();
    }
}

impl Drop for Sight {
    fn drop(&mut self) {
        if let Some(observers) = &self.sights.observers {
            observers.sizes.unobserve(&self.element);
            observers.places.unobserve(&self.element);
        }
        self.sights.watched.0.borrow_mut().retain(|tile| tile.element != self.element);
    }
}
