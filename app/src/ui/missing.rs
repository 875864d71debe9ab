// SPDX-License-Identifier: EUPL-1.2
//! A part of the page is not there.

use leptos::prelude::*;

use super::{context::outside, heading::Heading};
use crate::browser::Page;

/// Says so, and loads the page again.
#[component]
pub(crate) fn Missing() -> impl IntoView {
    let outside = outside();
    Page::name(outside.not_inside);
    view! {
        <section class="broken" data-testid="rest-missing">
            <Heading text=outside.not_inside />
            <p>{outside.rest.missing}</p>
            <button
                type="button"
                class="button"
                data-kind="primary"
                data-testid="rest-reload"
                on:click=|_| Page::reload()
            >
                {outside.rest.again}
            </button>
        </section>
    }
}
