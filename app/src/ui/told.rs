// SPDX-License-Identifier: EUPL-1.2
//! A word that is read out and not seen.

use leptos::prelude::*;

/// What happened, by two numbers that are different each time, and the word on it.
pub(super) type Happened = Option<((u64, u64), String)>;

/// The region for it. It is there before the word is, or the word would not be read out; and each word
/// stands in a node of its own, or one that is the same as the one before would not be either.
#[component]
pub(crate) fn Told(
    /// The last thing that happened.
    told: Memo<Happened>,
) -> impl IntoView {
    view! {
        <div class="unseen" role="status">
            <For each=move || told.get() key=|(happened, _)| *happened let((_, word))>
                <p>{word}</p>
            </For>
        </div>
    }
}
