// SPDX-License-Identifier: EUPL-1.2
//! The address names no room.

use leptos::prelude::*;

use super::{
    context::texts,
    frame::Frame,
    language::{Language, spoken},
};
use crate::browser::Page;

/// Says what is wrong with the link, and what to do.
#[component]
pub(crate) fn Broken() -> impl IntoView {
    let language = Language::here();
    Effect::new(move |_| Page::set_title(&format!("{} – zooo", language.spoken().home.broken)));
    spoken(|| {
        let texts = texts().home;
        view! {
            <Frame>
                <section class="broken" data-testid="broken-link">
                    <h1>{texts.broken}</h1>
                    <p>{texts.broken_lead}</p>
                    <a class="button" href="/">{texts.start_over}</a>
                </section>
            </Frame>
        }
    })
}
