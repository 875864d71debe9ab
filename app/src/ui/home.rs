// SPDX-License-Identifier: EUPL-1.2
//! The start page: makes a room, of which the server learns nothing.

use leptos::prelude::*;
use shared::{Restrictions, RoomSecret};

use super::{
    appointment::Plan,
    context::outside,
    frame::Frame,
    home_picture::HomePicture,
    language::{Language, spoken},
    missing::Missing,
};
use crate::{
    browser::{Page, spawn},
    driver::{self, ShowMade},
};

/// The start page.
#[component]
pub(crate) fn Home(
    /// Opens a link without loading the page again.
    open: Callback<String>,
) -> impl IntoView {
    let secret = RwSignal::new(None::<RoomSecret>);
    let restrictions = RwSignal::new(Restrictions::NONE);
    // Asked for before a room is made: that one is made concerns nobody but who makes it.
    let plan = Plan::new();
    let rest = RwSignal::new(Rest::Coming);
    fetch(rest);
    let create = Callback::new(move |()| {
        if matches!(rest.get_untracked(), Rest::Missing) {
            fetch(rest);
        }
        secret.set(Page::random().map(RoomSecret::from_random));
    });
    let language = Language::here();
    Effect::new(move |_| {
        let title = language.spoken().start.title;
        // What is shown later names itself.
        if secret.with(Option::is_none) {
            Page::name(title.trim_end_matches('.'));
        }
    });
    let shown = move || match (secret.get(), rest.get()) {
        (Some(secret), Rest::Here(made)) => made(&secret, restrictions, plan, open),
        (Some(_), Rest::Missing) => view! { <Missing /> }.into_any(),
        (Some(_), Rest::Coming) | (None, _) => view! { <Hero create /> }.into_any(),
    };
    spoken(move || view! { <Frame>{shown}</Frame> })
}

/// What shows a new room.
#[derive(Clone, Copy)]
enum Rest {
    Coming,
    Here(ShowMade),
    Missing,
}

fn fetch(rest: RwSignal<Rest>) {
    rest.set(Rest::Coming);
    spawn(async move {
        let came = driver::made().await;
        // Whoever has gone on in the meantime needs it no more.
        rest.try_set(came.map_or(Rest::Missing, Rest::Here));
    });
}

/// What zooo is, in a sentence and three reasons.
#[component]
fn Hero(create: Callback<()>) -> impl IntoView {
    let texts = outside().start;
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
                    on:click=move |_| create.run(())
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
