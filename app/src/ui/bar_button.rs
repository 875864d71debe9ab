// SPDX-License-Identifier: EUPL-1.2
//! One button of the bar.

use leptos::prelude::*;

use super::{
    context::texts,
    icon::{Icon, Symbol},
};

/// A drawing above a word. With `pressed` it is a switch, which shows what is the case.
#[component]
pub(crate) fn BarButton(
    /// The name that tests find it by.
    testid: &'static str,
    /// The word.
    label: &'static str,
    /// The drawing.
    #[prop(into)]
    symbol: Signal<Symbol>,
    /// Whether what it switches is on.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    /// Whether what it opens is open.
    #[prop(optional, into)]
    expanded: Option<Signal<bool>>,
    /// The key that does the same.
    #[prop(optional)]
    key: Option<char>,
    /// How many wait behind it; nothing is shown for none.
    #[prop(optional, into)]
    count: Signal<usize>,
    /// What is done when it is pressed.
    press: Callback<()>,
) -> impl IntoView {
    let hint = key.map(|key| format!("{label} – {}", (texts().conference.shortcut)(key)));
    view! {
        <button
            type="button"
            class="bar-button"
            data-testid=testid
            title=hint
            aria-keyshortcuts=key.map(String::from)
            aria-pressed=move || pressed.map(|pressed| pressed.get().to_string())
            aria-expanded=move || expanded.map(|expanded| expanded.get().to_string())
            on:click=move |_| press.run(())
        >
            <Icon symbol />
            <span>{label}</span>
            <Show when=move || { count.get() > 0 }>
                <span class="bar-count">{move || count.get()}</span>
            </Show>
        </button>
    }
}
