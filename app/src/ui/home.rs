// SPDX-License-Identifier: EUPL-1.2
//! The start page: makes a room, of which the server learns nothing.

use leptos::prelude::*;
use shared::{Restrictions, RoomSecret};

use super::{
    appointment::Plan,
    context::texts,
    frame::Frame,
    home_picture::HomePicture,
    language::{Language, spoken},
    made::Made,
};
use crate::{
    browser::Page,
    call::{link, query},
};

/// The start page.
#[component]
pub(crate) fn Home(
    /// Opens a link without loading the page again.
    open: Callback<String>,
) -> impl IntoView {
    let made = RwSignal::new(None::<RoomSecret>);
    let restrictions = RwSignal::new(Restrictions::NONE);
    // Asked for before a room is made: that one is made concerns nobody but who makes it.
    let plan = Plan::new();
    let language = Language::here();
    Effect::new(move |_| {
        let texts = language.spoken().home;
        let title = if made.with(Option::is_some) { texts.made } else { texts.title };
        Page::set_title(&format!("{} – zooo", title.trim_end_matches('.')));
    });
    let shown = move || match made.get() {
        Some(secret) => {
            let room = secret.moderator_key().room_id();
            let bookmark = link::moderator_link(&secret, None);
            let bookmark = Signal::derive(move || query::restricted(&bookmark, restrictions.get()));
            let invitation = link::invite_link(room, &secret.invitation_key());
            view! { <Made bookmark restrictions invitation open plan /> }.into_any()
        }
        None => view! { <Hero made /> }.into_any(),
    };
    spoken(move || view! { <Frame>{shown}</Frame> })
}

/// What zooo is, in a sentence and three reasons.
#[component]
fn Hero(made: RwSignal<Option<RoomSecret>>) -> impl IntoView {
    let texts = texts().home;
    let create = move |_| made.set(Page::random().map(RoomSecret::from_random));
    view! {
        <section class="home">
            <div class="home-words">
                <h1 class="home-title">{texts.title}</h1>
                <p class="home-lead">{texts.lead}</p>
                <button
                    type="button"
                    class="button home-create"
                    data-kind="primary"
                    data-testid="start-create"
                    on:click=create
                >
                    {texts.create}
                </button>
            </div>
            <HomePicture />
            <ul class="home-promises" role="list">
                {texts
                    .promises
                    .map(|(title, text)| view! { <li><h2>{title}</h2><p>{text}</p></li> })
                    .into_iter()
                    .collect_view()}
            </ul>
        </section>
    }
}
