// SPDX-License-Identifier: EUPL-1.2
//! Somebody at the door, and what a moderator can do about it.

use leptos::prelude::*;

use super::{
    context::{CallContext, texts},
    icon::{Icon, Symbol},
};
use crate::call::{Intent, KnockView};

/// Everybody at the door, in order of arrival. Nothing when nobody is there.
#[component]
pub(crate) fn Knocks() -> impl IntoView {
    let call = CallContext::here();
    let texts = texts().conference;
    let knocks = call.part(|view| view.knocks.clone());
    let count = call.part(|view| view.knocks.len());
    view! {
        <Show when=move || { count.get() > 0 }>
            <p class="knocks-title">
                <Icon symbol=Symbol::Knock />
                {move || (texts.knocking)(count.get())}
            </p>
            <ul class="knocks" role="list">
                <For each=move || knocks.get() key=|knock| knock.id let:knock>
                    <KnockRow knock />
                </For>
            </ul>
            <Show when=move || { count.get() > 1 }>
                <button
                    type="button"
                    class="button"
                    data-testid="knock-admit-all"
                    on:click=move |_| call.want(Intent::AdmitAll)
                >
                    {texts.admit_all}
                </button>
            </Show>
        </Show>
    }
}

/// One person at the door.
#[component]
fn KnockRow(knock: KnockView) -> impl IntoView {
    let call = CallContext::here();
    let texts = texts().conference;
    let KnockView { id, name } = knock;
    let name = match name {
        Some(name) if name.is_empty() => texts.nameless.into(),
        Some(name) => name,
        None => texts.uninvited.into(),
    };
    // Read out with the name, since several rows have the same buttons.
    let said = |act: &str| format!("{act}: {name}");
    view! {
        <li class="knock" data-testid="knock" data-participant=id.to_string()>
            <span class="knock-name" data-testid="knock-name">{name.clone()}</span>
            <button
                type="button"
                class="button"
                data-kind="primary"
                data-testid="knock-admit"
                aria-label=said(texts.admit)
                on:click=move |_| call.want(Intent::Admit(id))
            >
                {texts.admit}
            </button>
            <button
                type="button"
                class="button"
                data-testid="knock-refuse"
                aria-label=said(texts.refuse)
                on:click=move |_| call.want(Intent::Refuse(id))
            >
                {texts.refuse}
            </button>
        </li>
    }
}
