// SPDX-License-Identifier: EUPL-1.2
//! The page itself: its address, its language, its randomness, its clipboard.

use js_sys::{Function, Reflect};
use shared::embed::Theme;
use wasm_bindgen::{JsCast as _, JsValue, UnwrapThrowExt as _};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, HtmlElement, Location, MediaDevices, Window};

use super::Listener;
use crate::call::query;
use crate::call::{Brand, System};

/// The one page. Its functions need no instance: there is only one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page;

impl Page {
    /// The window. Only a worker has none, and the page does not run in one.
    #[expect(clippy::disallowed_methods, reason = "the one place where the world is reached")]
    pub(super) fn window() -> Window {
        web_sys::window().unwrap_throw()
    }

    /// The document of the window.
    pub(super) fn document() -> Document {
        Self::window().document().unwrap_throw()
    }

    fn location() -> Location {
        Self::window().location()
    }

    /// The devices; `None` when the page was not loaded over a secure connection.
    pub(super) fn media_devices() -> Option<MediaDevices> {
        let devices = Self::window().navigator().media_devices().ok()?;
        (!devices.is_undefined()).then_some(devices)
    }

    /// Whether this browser can share a screen at all: those of phones cannot.
    pub(crate) fn can_share_screen() -> bool {
        Self::media_devices().is_some_and(|devices| {
            Reflect::has(&devices, &"getDisplayMedia".into()).unwrap_or(false)
        })
    }

    /// Whether the person points with a finger: then a field that takes the focus covers the page with
    /// a keyboard.
    pub(crate) fn is_touched() -> bool {
        let coarse = Self::window().match_media("(pointer: coarse)");
        coarse.ok().flatten().is_some_and(|query| query.matches())
    }

    /// Where this browser keeps what it permits, and what else keeps it from devices.
    pub(crate) fn brand() -> (Brand, System) {
        let navigator = Self::window().navigator();
        let agent = navigator.user_agent().unwrap_or_default();
        let touched = navigator.max_touch_points() > 1;
        (Brand::of(&agent, touched), System::of(&agent, touched))
    }

    /// Whether this browser lets the page choose how what it captures is treated in this respect.
    pub(crate) fn can_treat(property: &str) -> bool {
        Self::media_devices().is_some_and(|devices| {
            let known: Option<Function> = Reflect::get(&devices, &"getSupportedConstraints".into())
                .ok()
                .and_then(|known| known.dyn_into().ok());
            let known = known.and_then(|known| known.call0(&devices).ok());
            known.is_some_and(|known| {
                Reflect::get(&known, &property.into()).is_ok_and(|it| it.is_truthy())
            })
        })
    }

    /// Whether the page can be seen: its tab is the one that is shown.
    pub(super) fn is_in_front() -> bool {
        !Self::document().hidden()
    }

    /// How many pixels of the display each of the page has, in each direction.
    pub(super) fn pixel_ratio() -> f64 {
        Self::window().device_pixel_ratio()
    }

    /// Whether the person has magnified the page with two fingers.
    pub(super) fn is_magnified() -> bool {
        let part = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok();
        let scale = part(&Self::window(), "visualViewport").and_then(|seen| part(&seen, "scale"));
        // A pixel more or less is nobody's wish.
        scale.and_then(|scale| scale.as_f64()).is_some_and(|scale| scale > 1.01)
    }

    /// How large letters of the usual size are, in hundredths of a pixel of the page.
    pub(super) fn letter_size() -> u32 {
        let root = Self::document().document_element();
        let style = root.and_then(|root| Self::window().get_computed_style(&root).ok()?);
        let size = style.and_then(|style| style.get_property_value("font-size").ok());
        let pixels = size.and_then(|size| size.trim_end_matches("px").parse::<f64>().ok());
        let hundredths = format!("{:.0}", pixels.unwrap_or(16.0) * 100.0);
        hundredths.parse().unwrap_or(1_600).max(100)
    }

    /// Gives the focus to the element with this id, if there is one; where it is folded away, to the button
    /// that unfolds it.
    pub(crate) fn focus(id: &str) {
        let document = Self::document();
        let Some(element) = document.get_element_by_id(id) else { return };
        give_focus(&element);
        if document.active_element().as_ref() == Some(&element) {
            return;
        }
        let fold = element.closest("[popover]").ok().flatten();
        let opener = fold.map(|fold| format!("[popovertarget={}]", fold.id()));
        let opener = opener.and_then(|it| document.query_selector(&it).ok().flatten());
        if let Some(opener) = opener {
            give_focus(&opener);
        }
    }

    /// Presses the element with this id, if there is one and it can be pressed.
    pub(crate) fn press(id: &str) {
        let element = Self::document().get_element_by_id(id);
        if let Some(element) = element.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            element.click();
        }
    }

    /// Where the room listens: the host that the page came from.
    pub(super) fn socket_url(room: &str) -> String {
        let location = Self::location();
        let secure = location.protocol().is_ok_and(|protocol| protocol == "https:");
        let scheme = if secure { "wss" } else { "ws" };
        format!("{scheme}://{}/ws/{room}", location.host().unwrap_or_default())
    }

    /// The path of the address.
    pub(crate) fn path() -> String {
        Self::location().pathname().unwrap_or_default()
    }

    /// What stands behind the `#`, which the browser never sends.
    pub(crate) fn fragment() -> String {
        let hash = Self::location().hash().unwrap_or_default();
        hash.strip_prefix('#').map(String::from).unwrap_or_default()
    }

    /// The scheme, host and port that the page came from.
    pub(crate) fn origin() -> String {
        Self::location().origin().unwrap_or_default()
    }

    /// The host that the page came from.
    pub(crate) fn host() -> String {
        Self::location().host().unwrap_or_default()
    }

    /// The address without its query: in a room, the invitation.
    pub(crate) fn link() -> String {
        [Self::origin(), Self::path(), Self::location().hash().unwrap_or_default()].concat()
    }

    /// Shows another address in place of this one, which the history forgets. The query stays. The entry
    /// of the history is marked: it stands for what is not shown.
    pub(crate) fn replace_address(address: &str) {
        let address = Self::with_query(address);
        let history = Self::window().history();
        let done =
            history.and_then(|all| all.replace_state_with_url(&JsValue::TRUE, "", Some(&address)));
        drop(done);
    }

    /// Whether the address is shown in place of another one, which a reload does not change. One that
    /// somebody opened stands for itself.
    pub(crate) fn is_replaced() -> bool {
        Self::window().history().and_then(|all| all.state()).is_ok_and(|state| state.is_truthy())
    }

    /// Shows another address, with this one to go back to. The query stays.
    pub(crate) fn push_address(address: &str) {
        let address = Self::with_query(address);
        let history = Self::window().history();
        let done =
            history.and_then(|all| all.push_state_with_url(&JsValue::NULL, "", Some(&address)));
        drop(done);
    }

    /// Loads the page again when the person goes back or forth, or puts another link into the
    /// address bar: a call never outlives its address.
    pub(crate) fn reload_on_navigation() -> [Listener; 2] {
        let window = Self::window();
        ["popstate", "hashchange"]
            .map(|change| Listener::new(&window, change, |_| drop(Self::location().reload())))
    }

    /// What stands behind the `?` of the address.
    pub(crate) fn query() -> String {
        Self::location().search().unwrap_or_default()
    }

    /// Loads the page again.
    pub(crate) fn reload() {
        drop(Self::location().reload());
    }

    fn with_query(address: &str) -> String {
        query::with(address, &Self::query())
    }

    /// The languages that are asked for, best first: by the address, then by the browser.
    pub(crate) fn languages() -> Vec<String> {
        let query = Self::query();
        let asked = query::asked(&query, "lang").next();
        let known = Self::window().navigator().languages();
        asked
            .map(String::from)
            .into_iter()
            .chain(known.iter().filter_map(|l| l.as_string()))
            .collect()
    }

    /// Writes the language into the address, where a reload finds it. Nothing is loaded.
    pub(crate) fn show_language(language: &str) {
        let location = Self::location();
        let asked = location.search().unwrap_or_default();
        let others = asked.trim_start_matches('?').split('&');
        let others = others.filter(|it| !it.is_empty() && !it.starts_with("lang="));
        let query = others.fold(format!("?lang={language}"), |query, it| format!("{query}&{it}"));
        let address = [Self::path(), query, location.hash().unwrap_or_default()].concat();
        let done = Self::window().history().and_then(|all| {
            let mark = all.state()?;
            all.replace_state_with_url(&mark, "", Some(&address))
        });
        drop(done);
    }

    /// Takes away what was seen before there was anything else.
    pub(crate) fn show_instead_of(id: &str) {
        if let Some(first) = Self::document().get_element_by_id(id) {
            first.remove();
        }
    }

    /// Tells assistive technology which language the page is in.
    pub(crate) fn set_language(language: &str) {
        if let Some(root) = Self::document().document_element() {
            drop(root.set_attribute("lang", language));
        }
    }

    /// Is seen in these colours.
    pub(crate) fn set_theme(theme: Theme) {
        let theme = match theme {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        Self::mark("theme", theme);
    }

    /// Takes from the address how the page is to look: in which colours, without which parts, and whether another page
    /// has put it into itself. Whether that is so.
    pub(crate) fn dress() -> bool {
        let query = Self::query();
        for name in ["theme", "hide"] {
            if let Some(value) = query::asked(&query, name).next() {
                Self::mark(name, &value.replace('.', " "));
            }
        }
        let embedded = query::embedded(&query);
        if embedded {
            Self::mark("embed", "");
        }
        embedded
    }

    fn mark(name: &str, value: &str) {
        if let Some(root) = Self::document().document_element() {
            drop(root.set_attribute(&["data-", name].concat(), value));
        }
    }

    /// Opens an address in a tab of its own, which knows nothing of this one. Whether the page around this one lets it.
    pub(crate) fn open_a_tab(address: &str) -> bool {
        let opened = Self::window().open_with_url_and_target(address, "_blank").ok().flatten();
        opened.is_some_and(|tab| tab.set_opener(&JsValue::NULL).is_ok())
    }

    /// Names the tab.
    pub(crate) fn set_title(title: &str) {
        Self::document().set_title(title);
    }

    /// Names the tab after a screen.
    pub(crate) fn name(screen: &str) {
        Self::set_title(&[screen, " – zooo"].concat());
    }

    /// Bytes that nobody can guess; `None` when the browser has none to give.
    pub(crate) fn random<const N: usize>() -> Option<[u8; N]> {
        let mut bytes = [0; N];
        let crypto = Self::window().crypto().ok()?;
        crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
        Some(bytes)
    }

    /// Puts text into the clipboard; whether it is there.
    pub(crate) async fn copy(text: &str) -> bool {
        let clipboard = Self::window().navigator().clipboard();
        // Without a secure connection there is no clipboard.
        let there = !clipboard.unchecked_ref::<JsValue>().is_undefined();
        there && JsFuture::from(clipboard.write_text(text)).await.is_ok()
    }
}

fn give_focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        drop(element.focus());
    }
}
