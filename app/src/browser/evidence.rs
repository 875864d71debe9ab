// SPDX-License-Identifier: EUPL-1.2
//! Looks what of the meeting can be seen to be protected: whom the page spoke to, with what its media is sealed,
//! what the browser keeps.

use core::fmt::Write as _;
use std::{cell::RefCell, rc::Rc};

use js_sys::{Array, Reflect, Uint8Array, try_iter};
use shared::Source;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MediaStreamTrackState, Response, RtcPeerConnection, Storage, Url};

use super::{Inbox, Listener, MediaTable, Page, spawn, statement};
use crate::call::{Carriage, Event, Found, Kept};

/// Remembers what the page was kept from, from the moment on at which somebody opened a room's page.
#[derive(Debug)]
pub(super) struct Witness {
    refused: Rc<RefCell<Vec<String>>>,
    _violations: Listener,
}

impl Witness {
    /// Begins to remember.
    pub(super) fn new() -> Self {
        if let Some(performance) = Page::window().performance() {
            performance.set_resource_timing_buffer_size(REQUESTS);
        }
        let refused = Rc::new(RefCell::new(Vec::new()));
        let remembered = Rc::clone(&refused);
        let violations =
            Listener::new(&Page::document(), "securitypolicyviolation", move |event| {
                let uri = Reflect::get(&event, &"blockedURI".into()).ok();
                if let Some(host) = uri.and_then(|uri| foreign(&uri.as_string()?)) {
                    add(&mut remembered.borrow_mut(), host);
                }
            });
        Self { refused, _violations: violations }
    }

    /// Looks, and reports what was found.
    pub(super) fn look(
        &self,
        inbox: Inbox,
        tracks: &MediaTable,
        connection: Option<RtcPeerConnection>,
    ) {
        let mut strangers = self.refused.borrow().clone();
        for host in asked() {
            add(&mut strangers, host);
        }
        let is_held = |source: &Source| {
            let track = tracks.captured(*source);
            track.is_some_and(|track| track.ready_state() == MediaStreamTrackState::Live)
        };
        let held = Source::ALL.into_iter().filter(is_held).collect();
        let mut found = Found {
            carriage: carriage(),
            strangers,
            held,
            cookies: has_cookies(),
            kept: kept(),
            ..Found::default()
        };
        spawn(async move {
            if let Some(connection) = connection {
                found.cipher = cipher(&connection).await;
            }
            found.page = page().await;
            found.stated = statement().await;
            inbox.put(Event::Found(found));
        });
    }
}

fn add(hosts: &mut Vec<String>, host: String) {
    if hosts.len() < HOSTS && !hosts.contains(&host) {
        hosts.push(host);
    }
}

/// Other hosts that were asked for something (W3C Resource Timing).
fn asked() -> Vec<String> {
    let Some(performance) = Page::window().performance() else { return Vec::new() };
    let entries = performance.get_entries_by_type("resource");
    let name = |entry: JsValue| Reflect::get(&entry, &"name".into()).ok()?.as_string();
    entries.iter().filter_map(|entry| foreign(&name(entry)?)).collect()
}

/// The host of an address, if it is not the page's own; what is made in the page has none.
fn foreign(address: &str) -> Option<String> {
    let host = Url::new(address).ok()?.host();
    (!host.is_empty() && host != Page::host()).then_some(host)
}

fn carriage() -> Carriage {
    let origin = Page::origin();
    let host = Page::host();
    let name = host.rsplit_once(':').map_or(host.as_str(), |(name, _)| name);
    if origin.starts_with("https://") {
        Carriage::Encrypted
    } else if ["localhost", "127.0.0.1", "[::1]"].contains(&name) || host == "[::1]" {
        Carriage::OwnMachine
    } else {
        Carriage::Open
    }
}

/// Whether the page has any: those that only the server sees, it would have had to set itself.
fn has_cookies() -> bool {
    let cookies = Reflect::get(&Page::document(), &"cookie".into()).ok();
    cookies.and_then(|cookies| cookies.as_string()).is_some_and(|cookies| !cookies.is_empty())
}

fn kept() -> Vec<Kept> {
    let window = Page::window();
    let stores = [window.session_storage(), window.local_storage()];
    let stores = stores.into_iter().filter_map(|store| store.ok().flatten());
    let mut kept: Vec<_> = stores.flat_map(keys).map(|key| Kept::of(&key)).collect();
    kept.sort_unstable();
    kept.dedup();
    kept
}

fn keys(store: Storage) -> impl Iterator<Item = String> {
    let count = store.length().unwrap_or_default();
    (0..count).filter_map(move |at| store.key(at).ok().flatten())
}

/// What the transport of a connection is sealed with.
async fn cipher(connection: &RtcPeerConnection) -> Option<String> {
    let report = JsFuture::from(connection.get_stats()).await.ok()?;
    let entries = try_iter(&report).ok()??;
    let text = |stats: &JsValue, name: &str| Reflect::get(stats, &name.into()).ok()?.as_string();
    let stats = entries.filter_map(|entry| Some(Array::from(&entry.ok()?).get(1)));
    let mut transports = stats.filter(|it| text(it, "type").as_deref() == Some("transport"));
    let cipher = transports.find_map(|transport| text(&transport, "srtpCipher"))?;
    // Browsers write `SRTP_` before the name of RFC 7714. Empty before there are keys.
    let cipher = cipher.strip_prefix("SRTP_").unwrap_or(&cipher);
    (!cipher.is_empty()).then(|| cipher.into())
}

/// SHA-256 of the page as it is handed out now.
async fn page() -> Option<String> {
    let window = Page::window();
    let subtle = window.crypto().ok()?.subtle();
    // Without a secure connection there is none.
    if subtle.unchecked_ref::<JsValue>().is_undefined() {
        return None;
    }
    let answer = JsFuture::from(window.fetch_with_str("/")).await.ok()?;
    let bytes = answer.dyn_into::<Response>().ok()?.array_buffer().ok()?;
    let bytes = Uint8Array::new(&JsFuture::from(bytes).await.ok()?);
    let hash = subtle.digest_with_str_and_buffer_source("SHA-256", &bytes).ok()?;
    let hash = Uint8Array::new(&JsFuture::from(hash).await.ok()?).to_vec();
    let mut text = String::with_capacity(hash.len() * 2);
    for byte in hash {
        write!(text, "{byte:02x}").ok()?;
    }
    Some(text)
}

/// Requests that the browser remembers. A page makes some ten; fewer, and those after the first few hundred
/// would not be seen.
const REQUESTS: u32 = 1_000;
/// Other hosts that are named. More say nothing more.
const HOSTS: usize = 8;
