// SPDX-License-Identifier: EUPL-1.2
//! A small window in front of all others (Document Picture-in-Picture; where that is missing, a picture alone by the
//! Picture-in-Picture API).

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, Node, Window};

use super::{Listener, Page};

/// A small window that is open as long as this lives, unless the person closes it before.
#[derive(Debug)]
pub(crate) struct SmallWindow {
    shown: Shown,
    _closed: Listener,
}

#[derive(Debug)]
enum Shown {
    /// A window with a document of its own.
    Page(Window),
    /// A picture of the page, lifted out of it.
    Picture,
}

impl SmallWindow {
    /// Whether the browser has such windows, and who embeds the page lets it open one.
    pub(crate) fn is_possible() -> bool {
        windows().is_some() || can_lift()
    }

    /// Opens one. `picture` finds what is lifted where a window can show nothing else. `closed` is called once the
    /// window is closed, by whomever; a browser that opens none says why itself.
    pub(crate) async fn open(picture: &str, closed: impl FnMut() + 'static) -> Option<Self> {
        match windows() {
            Some(windows) => Self::open_page(&windows, closed).await,
            None => Self::lift(picture, closed).await,
        }
    }

    async fn open_page(windows: &JsValue, mut closed: impl FnMut() + 'static) -> Option<Self> {
        let size = Object::new();
        for (name, length) in [("width", WIDTH), ("height", HEIGHT)] {
            Reflect::set(&size, &name.into(), &length.into()).ok()?;
        }
        let window: Window = asked(windows, "requestWindow", &size).await?.unchecked_into();
        dress(&window.document()?)?;
        let closed = Listener::new(&window, "pagehide", move |_| closed());
        Some(Self { shown: Shown::Page(window), _closed: closed })
    }

    async fn lift(picture: &str, mut closed: impl FnMut() + 'static) -> Option<Self> {
        let video = Page::document().query_selector(picture).ok()??;
        Reflect::set(&video, &"disablePictureInPicture".into(), &JsValue::FALSE).ok()?;
        let closed = Listener::new(&video, "leavepictureinpicture", move |_| closed());
        asked(&video, "requestPictureInPicture", &JsValue::UNDEFINED).await?;
        Some(Self { shown: Shown::Picture, _closed: closed })
    }

    /// Whether it is a picture of the page and nothing else.
    pub(crate) const fn is_lifted(&self) -> bool {
        matches!(self.shown, Shown::Picture)
    }

    /// Where something can be shown in it; nothing where it shows a picture alone.
    pub(crate) fn body(&self) -> Option<Element> {
        match &self.shown {
            Shown::Page(window) => window.document()?.query_selector("body").ok()?,
            Shown::Picture => None,
        }
    }
}

impl Drop for SmallWindow {
    fn drop(&mut self) {
        match &self.shown {
            Shown::Page(window) => drop(window.close()),
            Shown::Picture => {
                drop(call(&Page::document(), "exitPictureInPicture", &JsValue::UNDEFINED));
            }
        }
    }
}

/// What opens windows with a document of their own.
fn windows() -> Option<JsValue> {
    let windows = Reflect::get(&Page::window(), &"documentPictureInPicture".into()).ok()?;
    windows.is_object().then_some(windows)
}

/// Whether a picture can be lifted out of the page.
fn can_lift() -> bool {
    let enabled = Reflect::get(&Page::document(), &"pictureInPictureEnabled".into());
    enabled.is_ok_and(|enabled| enabled.is_truthy())
}

/// Gives the document of a window the styles and the language of the page.
fn dress(document: &Document) -> Option<()> {
    let head = document.query_selector("head").ok()??;
    let sheets = Page::document().query_selector_all("link[rel=stylesheet]").ok()?;
    for index in 0..sheets.length() {
        let sheet: Node = sheets.item(index)?.clone_node_with_deep(true).ok()?;
        head.append_child(&sheet).ok()?;
    }
    let language = Page::document().document_element()?.get_attribute("lang")?;
    document.document_element()?.set_attribute("lang", &language).ok()
}

/// Calls what promises something, and waits for it.
async fn asked(of: &JsValue, name: &str, argument: &JsValue) -> Option<JsValue> {
    JsFuture::from(call(of, name, argument)?).await.ok()
}

fn call(of: &JsValue, name: &str, argument: &JsValue) -> Option<Promise> {
    let function: Function = Reflect::get(of, &name.into()).ok()?.dyn_into().ok()?;
    function.call1(of, argument).ok()?.dyn_into().ok()
}

/// How large the window is at first; the browser keeps what the person makes of it.
const WIDTH: u32 = 400;
const HEIGHT: u32 = 300;
