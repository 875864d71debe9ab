// SPDX-License-Identifier: EUPL-1.2
//! What surrounds every page but the conference: the name on top, the languages.

use leptos::prelude::*;

use super::context::outside;
use crate::browser::Page;

/// A quiet page.
#[component]
pub(crate) fn Frame(children: Children) -> impl IntoView {
    let (code, name) = outside().other;
    view! {
        <div class="frame">
            <header class="frame-top">
                <a class="frame-mark" href="/">"zooo"</a>
                <button type="button" class="frame-language" lang=code on:click=move |_| Page::speak(code)>
                    {name}
                </button>
            </header>
            <main class="frame-body">{children()}</main>
        </div>
    }
}
