// SPDX-License-Identifier: EUPL-1.2
//! What the browser keeps: for a reload of this tab, and the name if the person asks for it.

use shared::{ResumeToken, RoomId};

use super::Page;

/// The stores of the browser. Where it has none, nothing is kept and everything works.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Storage;

impl Storage {
    /// Keeps a bookmark or a personal invitation for a reload, since the address bar does not show it.
    pub(crate) fn keep_link(room: RoomId, link: &str) {
        tab_set(&link_key(room), Some(link));
    }

    /// Forgets it.
    pub(crate) fn forget_link(room: RoomId) {
        tab_set(&link_key(room), None);
    }

    /// The bookmark or the personal invitation with which this tab came.
    pub(crate) fn link(room: RoomId) -> Option<String> {
        tab()?.get_item(&link_key(room)).ok()?
    }

    /// Keeps the seat for a reload, or forgets it.
    pub(crate) fn keep_seat(room: RoomId, seat: Option<&ResumeToken>) {
        tab_set(&seat_key(room), seat.map(ResumeToken::to_text).as_deref());
    }

    /// The seat that this tab had before it was loaded again.
    pub(crate) fn seat(room: RoomId) -> Option<ResumeToken> {
        ResumeToken::parse(&tab()?.get_item(&seat_key(room)).ok()??)
    }

    /// Remembers the name on this device, or forgets it.
    pub(crate) fn remember_name(name: Option<&str>) {
        set(device(), NAME, name);
    }

    /// The name that the person asked to be remembered.
    pub(crate) fn name() -> Option<String> {
        device()?.get_item(NAME).ok()?
    }
}

const NAME: &str = "zooo.name";

fn link_key(room: RoomId) -> String {
    format!("zooo.link.{}", room.to_text())
}

fn seat_key(room: RoomId) -> String {
    format!("zooo.seat.{}", room.to_text())
}

fn tab() -> Option<web_sys::Storage> {
    Page::window().session_storage().ok()?
}

fn device() -> Option<web_sys::Storage> {
    Page::window().local_storage().ok()?
}

fn tab_set(key: &str, value: Option<&str>) {
    set(tab(), key, value);
}

/// A full or forbidden store keeps nothing: then a reload begins at the gate.
fn set(store: Option<web_sys::Storage>, key: &str, value: Option<&str>) {
    let Some(store) = store else { return };
    drop(match value {
        Some(value) => store.set_item(key, value),
        None => store.remove_item(key),
    });
}
