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
    /// The name that tests find it by, and its id.
    testid: &'static str,
    /// The word.
    #[prop(into)]
    label: Signal<&'static str>,
    /// The whole of the word, where there is no room for it.
    #[prop(optional, into)]
    name: Option<Signal<&'static str>>,
    /// The drawing.
    #[prop(into)]
    symbol: Signal<Symbol>,
    /// Whether what it switches is on.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    /// Whether it is on, and what it switches does not happen yet.
    #[prop(optional, into)]
    waits: Signal<bool>,
    /// Whether what it opens is open.
    #[prop(optional, into)]
    expanded: Option<Signal<bool>>,
    /// Whether it can do nothing at the moment.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The menu that it opens, by its id.
    #[prop(optional)]
    opens: Option<&'static str>,
    /// The key that does the same.
    #[prop(optional)]
    key: Option<char>,
    /// How many wait behind it; nothing is shown for none.
    #[prop(optional, into)]
    count: Signal<usize>,
    /// The count in words.
    #[prop(optional)]
    counted: Option<fn(usize) -> String>,
    /// What is done when it is pressed.
    press: Callback<()>,
) -> impl IntoView {
    let shortcut = key.map(|key| (texts().conference.shortcut)(key));
    let hint = move || {
        shortcut.as_ref().map(|shortcut| format!("{} – {shortcut}", name.unwrap_or(label).get()))
    };
    view! {
        <button
            type="button"
            class="bar-button"
            id=testid
            data-testid=testid
            title=hint
            aria-label=move || name.map(|name| name.get())
            aria-keyshortcuts=key.map(String::from)
            aria-pressed=move || pressed.map(|pressed| if waits.get() { WAITS.into() } else { pressed.get().to_string() })
            aria-expanded=move || expanded.map(|expanded| expanded.get().to_string())
            disabled=move || disabled.get()
            popovertarget=opens
            on:click=move |_| press.run(())
        >
            <Icon symbol />
            <span class="bar-word">{move || label.get()}</span>
            <Show when=move || { count.get() > 0 }>
                <span class="bar-count" aria-hidden="true">{move || count.get()}</span>
                <span class="unseen">{move || counted.map(|counted| counted(count.get()))}</span>
            </Show>
        </button>
    }
}

/// The third state of a switch in WAI-ARIA.
const WAITS: &str = "mixed";
