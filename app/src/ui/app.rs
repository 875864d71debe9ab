// SPDX-License-Identifier: EUPL-1.2
//! The root: which language, and which of the pages the address names.

use leptos::prelude::*;
use shared::RoomSecret;

use super::{broken::Broken, home::Home, room::Room, text::Texts};
use crate::{
    browser::{Page, Storage},
    call::link::{self, Link},
};

/// The page.
#[component]
pub(crate) fn App() -> impl IntoView {
    let texts = Texts::best(&Page::languages());
    provide_context(texts);
    Page::set_language(texts.code);
    Page::set_title("zooo");
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
            Link::Start => view! { <Home open /> }.into_any(),
            Link::Room(access) => view! { <Room access /> }.into_any(),
            Link::Broken => view! { <Broken /> }.into_any(),
        }
    }
}

/// Where the link in the address bar leads. From here on it shows the invitation alone: a shared
/// screen must not give the room away. A reload finds the secret in this tab's storage.
fn arrive() -> Link {
    let (path, fragment) = (Page::path(), Page::fragment());
    if path == "/m"
        && let Some(secret) = RoomSecret::parse(&fragment)
    {
        let room = secret.moderator_key().room_id();
        Storage::keep_secret(room, &secret);
        Page::replace_address(&link::invite_link(room, &secret.invitation_key()));
    } else if let Some(secret) = Page::room().and_then(Storage::secret) {
        return Link::parse("/m", &secret.to_text());
    }
    Link::parse(&path, &fragment)
}
