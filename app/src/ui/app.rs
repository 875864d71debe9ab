// SPDX-License-Identifier: EUPL-1.2
//! The root: which language, and which of the pages the address names.

use leptos::prelude::*;

use super::{broken::Broken, home::Home, language::Language, room::Room};
use crate::{
    browser::{Page, Storage},
    call::{
        Access,
        link::{self, Link},
    },
};

/// The page.
#[component]
pub(crate) fn App() -> impl IntoView {
    let embedded = Page::dress();
    provide_context(Language::asked_for());
    let navigation = StoredValue::new_local(Page::reload_on_navigation());
    on_cleanup(move || navigation.dispose());
    // Counts how often an address was opened without loading the page again.
    let opened = RwSignal::new(0_u32);
    let open = Callback::new(move |address: String| {
        Page::push_address(&address);
        opened.update(|opened| *opened = opened.wrapping_add(1));
    });
    move || {
        opened.track();
        match arrive() {
            // The page around this one has a start page of its own.
            Link::Start if !embedded => view! { <Home open /> }.into_any(),
            Link::Room(access) => view! { <Room access /> }.into_any(),
            Link::Start | Link::Broken => view! { <Broken /> }.into_any(),
        }
    }
}

/// Where the link in the address bar leads. From here on it shows the common invitation alone: a
/// shared screen must give away neither the room nor somebody's personal invitation. A reload finds
/// what the tab came with in its storage.
fn arrive() -> Link {
    let came_with = Link::parse(&Page::path(), &Page::fragment());
    let Link::Room(access) = &came_with else { return came_with };
    let room = access.room_id();
    if let Some((kept, shown)) = to_be_kept(access) {
        Storage::keep_link(room, &kept);
        Page::replace_address(&shown);
        return came_with;
    }
    let kept = Storage::link(room).and_then(|kept| reopened(&kept));
    let opened = came_with.or_kept(kept, Page::is_replaced());
    if matches!(&opened, Link::Room(access) if to_be_kept(access).is_none()) {
        Storage::forget_link(room);
    }
    opened
}

/// Of a link with a part that the address bar must not show: the whole of it, and what may be shown.
fn to_be_kept(access: &Access) -> Option<(String, String)> {
    let room = access.room_id();
    match access {
        Access::Moderator { secret, licence } => Some((
            link::moderator_link(secret, licence.as_ref()),
            link::invite_link(room, &secret.invitation_key()),
        )),
        Access::Invited { key: Some(key), ticket: Some(ticket), .. } => {
            let personal = link::personal_link(room, key, ticket);
            Some((personal.as_str().to_owned(), link::invite_link(room, key)))
        }
        Access::Invited { .. } => None,
    }
}

/// The link that this tab kept.
fn reopened(kept: &str) -> Option<Link> {
    let (path, fragment) = kept.split_once('#')?;
    Some(Link::parse(path, fragment))
}
