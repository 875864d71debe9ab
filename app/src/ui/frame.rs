// SPDX-License-Identifier: EUPL-1.2
//! What surrounds every page but the conference: the name on top, the languages.

use leptos::prelude::*;

use super::language::LanguageButton;

/// A quiet page.
#[component]
pub(crate) fn Frame(children: Children) -> impl IntoView {
    view! {
        <div class="frame">
            <header class="frame-top">
                <a class="frame-mark" href="/">"zooo"</a>
                <LanguageButton class="frame-language" />
            </header>
            <main class="frame-body">{children()}</main>
        </div>
    }
}
