// SPDX-License-Identifier: EUPL-1.2
//! Keeps the screen from going dark while people look at each other (W3C Screen Wake Lock).

use std::{cell::RefCell, rc::Rc};

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{Listener, Page, spawn};

/// The screen stays on as long as this lives and the page is in front. Where the browser cannot, it goes dark when
/// it would.
#[derive(Debug)]
pub(crate) struct Awake {
    held: Rc<RefCell<Held>>,
    _turned: Listener,
}

/// The browser gives a lock up by itself when the page goes behind others.
#[derive(Debug, Default)]
struct Held {
    lock: Option<JsValue>,
    /// Whether it is not wanted any more.
    over: bool,
}

impl Awake {
    /// Asks for it, and again whenever the page comes to the front.
    pub(crate) fn new() -> Self {
        let held = Rc::<RefCell<Held>>::default();
        ask(&held);
        let again = Rc::clone(&held);
        let turned = Listener::new(&Page::document(), "visibilitychange", move |_| ask(&again));
        Self { held, _turned: turned }
    }
}

impl Drop for Awake {
    fn drop(&mut self) {
        let mut held = self.held.borrow_mut();
        held.over = true;
        held.lock.take().iter().for_each(release);
    }
}

fn ask(held: &Rc<RefCell<Held>>) {
    let Some(asked) = Page::is_in_front().then(request).flatten() else { return };
    let held = Rc::clone(held);
    spawn(async move {
        // A battery that runs low is a reason to refuse, and none to disturb anybody.
        let Ok(lock) = JsFuture::from(asked).await else { return };
        let mut held = held.borrow_mut();
        if held.over {
            release(&lock);
        } else if let Some(before) = held.lock.replace(lock) {
            release(&before);
        }
    });
}

fn request() -> Option<Promise> {
    let navigator = Page::window().navigator();
    let locks = Reflect::get(&navigator, &"wakeLock".into()).ok()?;
    let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    request.call1(&locks, &"screen".into()).ok()?.dyn_into().ok()
}

/// Gives a lock back; one that the browser has taken already is left alone by it.
fn release(lock: &JsValue) {
    let released = || {
        let release: Function = Reflect::get(lock, &"release".into()).ok()?.dyn_into().ok()?;
        release.call0(lock).ok()?.dyn_into::<Promise>().ok()
    };
    if let Some(released) = released() {
        spawn(async move {
            drop(JsFuture::from(released).await);
        });
    }
}
