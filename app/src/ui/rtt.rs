// SPDX-License-Identifier: EUPL-1.2
//! Real-time text (EN 301 549, 6.2): what is being written, own and others', apart from each other.

use leptos::prelude::*;
use shared::{LiveLine, ParticipantId};

use super::{
    context::{CallContext, texts},
    names::shown_name,
    switch::Switch,
    told::Told,
};
use crate::{browser::Page, call::Intent};

/// What others are writing, as they write it. What is read out of it are words, not keys: the lines themselves
/// are no live region.
#[component]
pub(crate) fn RttLines() -> impl IntoView {
    let call = CallContext::here();
    let texts = texts();
    let ids = call.part(|view| view.moment.lines.iter().map(|line| line.id).collect::<Vec<_>>());
    let last = call.part(|view| view.moment.line_told.clone());
    let told = Memo::new(move |_| {
        let told = last.get()?;
        let name = shown_name(texts, told.name.as_ref(), false);
        Some(((told.number, 0), (texts.moment.writing)(&name, told.text.as_str())))
    });
    view! {
        <Told told />
        <div class="rtt-lines" role="group" aria-label=texts.moment.lines>
            <For each=move || ids.get() key=|id| *id let:id>
                <RttLine id />
            </For>
        </div>
    }
}

/// One of them.
#[component]
fn RttLine(id: ParticipantId) -> impl IntoView {
    let call = CallContext::here();
    let texts = texts();
    let line = call.part(move |view| view.moment.lines.iter().find(|line| line.id == id).cloned());
    let name = Memo::new(move |_| {
        let name = line.with(|line| line.as_ref().map(|line| line.name.clone()));
        name.map(|name| (texts.moment.writes)(&shown_name(texts, name.as_ref(), false)))
    });
    let text = move || line.with(|line| line.as_ref().map(|line| line.text.as_str().to_owned()));
    view! {
        <div class="rtt-line" data-testid="rtt-line" data-participant=id.to_string()>
            <span class="rtt-name">{move || name.get()}</span>
            <p class="rtt-text">{text}</p>
        </div>
    }
}

/// Whether others may read along, and what they read then.
#[component]
pub(crate) fn RttOwn(
    /// What stands in the field.
    typed: RwSignal<String>,
) -> impl IntoView {
    let call = CallContext::here();
    let texts = texts().moment;
    let on = call.part(|view| view.moment.rtt);
    let line = call.part(|view| view.moment.own_line.clone());
    let toggle = Callback::new(move |on| {
        if let Some(nonce) = Page::random() {
            call.want(Intent::Rtt { on, nonce });
            typed.with_untracked(|typed| show(call, typed));
        }
    });
    on_cleanup(move || show(call, ""));
    let text = move || line.with(|line| line.as_str().to_owned());
    view! {
        <Show when=move || on.get()>
            <div class="rtt-own" role="group" aria-label=texts.own_line>
                <span class="rtt-name" aria-hidden="true">{texts.own_line}</span>
                <p class="rtt-text" data-testid="rtt-own">{text}</p>
            </div>
        </Show>
        <div class="rtt-switch">
            <Switch testid="rtt" label=texts.rtt hint=texts.rtt_hint on toggle />
        </div>
    }
}

/// What stands in the field is this from here on.
pub(super) fn show(call: CallContext, typed: &str) {
    if let Some(nonce) = Page::random() {
        call.want(Intent::Type { line: LiveLine::from_typed(typed), nonce });
    }
}
