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
    /// What is wanted when it is pressed.
    toggle: Callback<bool>,
) -> impl IntoView {
    let hint_id = format!("{testid}-hint");
    let described = (!hint.is_empty()).then(|| hint_id.clone());
    view! {
        <div class="switch">
            <button
                type="button"
                class="switch-button"
                role="switch"
                data-testid=testid
                aria-checked=move || on.get().to_string()
                aria-describedby=described.clone()
                on:click=move |_| toggle.run(!on.get_untracked())
            >
                <span>{label}</span>
                <span class="switch-track" aria-hidden="true"></span>
            </button>
            {described.map(|id| view! { <p class="switch-hint" id=id>{hint}</p> })}
        </div>
    }
}
