// SPDX-License-Identifier: EUPL-1.2
//! A switch: on or off, and it shows which.

use leptos::prelude::*;

/// A labelled switch.
#[component]
pub(crate) fn Switch(
    /// The name that tests find it by.
    testid: &'static str,
    /// What it switches.
    label: &'static str,
    /// What it does, in a few words; may be empty.
    #[prop(optional)]
    hint: &'static str,
    /// Whether it is on.
    #[prop(into)]
    on: Signal<bool>,
    /// Where nobody can press it: why.
    #[prop(optional, into)]
    fixed: Signal<Option<&'static str>>,
    /// What is wanted when it is pressed.
    toggle: Callback<bool>,
) -> impl IntoView {
    let hint_id = format!("{testid}-hint");
    let described = move || {
        let hint = fixed.get().unwrap_or(hint);
        (!hint.is_empty()).then_some(hint)
    };
    let aria = {
        let id = hint_id.clone();
        move || described().map(|_| id.clone())
    };
    view! {
        <div class="switch">
            <button
                type="button"
                class="switch-button"
                role="switch"
                data-testid=testid
                aria-checked=move || on.get().to_string()
                aria-describedby=aria
                disabled=move || fixed.get().is_some()
                on:click=move |_| toggle.run(!on.get_untracked())
            >
                <span>{label}</span>
                <span class="switch-track" aria-hidden="true"></span>
            </button>
            {move || {
                described().map(|hint| view! { <p class="switch-hint" id=hint_id.clone()>{hint}</p> })
            }}
        </div>
    }
}
