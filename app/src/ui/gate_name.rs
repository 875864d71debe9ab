// SPDX-License-Identifier: EUPL-1.2
//! How the person wants to be called.

use leptos::prelude::*;
use shared::DisplayName;

use super::context::{CallContext, outside};

/// The field for the name, and whether this device remembers it.
#[component]
pub(crate) fn GateName(
    /// What is typed.
    name: RwSignal<String>,
    /// Whether it is remembered.
    remember: RwSignal<bool>,
) -> impl IntoView {
    let invited = CallContext::here().part(|view| view.invited);
    let texts = outside().gate;
    view! {
        <div class="field">
            <label class="field-label" for="gate-name">{texts.name}</label>
            <input
                class="field-input"
                id="gate-name"
                data-testid="gate-name"
                type="text"
                autocomplete="off"
                autocapitalize="words"
                spellcheck="false"
                maxlength=DisplayName::MAX_LEN.to_string()
                aria-describedby="gate-name-hint"
                bind:value=name
            />
            <p class="field-hint" id="gate-name-hint">
                {move || if invited.get() { texts.name_hint } else { texts.name_unread }}
            </p>
            <label class="field-tick">
                <input type="checkbox" data-testid="gate-remember" bind:checked=remember />
                {texts.remember}
            </label>
        </div>
    }
}
