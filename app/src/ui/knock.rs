// SPDX-License-Identifier: EUPL-1.2
//! Who is at the door, and what a moderator can do about it.

use leptos::prelude::*;
use shared::{Moderation, ParticipantId};

use super::{
    context::{CallContext, texts},
    icon::{Icon, Symbol},
    text::Texts,
};
use crate::call::{Intent, KnockView};

/// Everybody at the door, in order of arrival. Nothing is seen when nobody is there; the region that
/// tells of them is there before, or it would not be read out.
#[component]
pub(crate) fn Knocks() -> impl IntoView {
    let call = CallContext::here();
    let texts = texts();
    let ids = call.part(|view| view.knocks.iter().map(|knock| knock.id).collect::<Vec<_>>());
    let count = Memo::new(move |_| ids.with(Vec::len));
    let newest = call.part(|view| view.knocks.last().and_then(|knock| knock.name.clone()));
    let told = move || {
        let knocking = (count.get() > 0).then(|| (texts.knock.knocking)(count.get()))?;
        Some(match newest.get().filter(|name| !name.is_empty()) {
            Some(name) => format!("{knocking}: {name}"),
            None => knocking,
        })
    };
    let admit_all = move |_| call.want(Intent::Moderate(Moderation::AdmitAll {}));
    view! {
        <p class="unseen" role="status">{told}</p>
        <Show when=move || { count.get() > 0 }>
            <section class="knocks" aria-labelledby="knocks-title">
                <h3 class="knocks-title" id="knocks-title">
                    <Icon symbol=Symbol::Knock />
                    {move || (texts.knock.knocking)(count.get())}
                </h3>
                <ul class="knocks-list" role="list">
                    <For each=move || ids.get() key=|id| *id let:id>
                        <KnockRow id />
                    </For>
                </ul>
                <Show when=move || { count.get() > 1 }>
                    <button
                        type="button"
                        class="button"
                        data-testid="knock-admit-all"
                        on:click=admit_all
                    >
                        {texts.knock.admit_all}
                    </button>
                </Show>
            </section>
        </Show>
    }
}

/// One person at the door.
#[component]
fn KnockRow(id: ParticipantId) -> impl IntoView {
    let call = CallContext::here();
    let texts = texts();
    let knock = call.part(move |view| view.knocks.iter().find(|knock| knock.id == id).cloned());
    let name = Memo::new(move |_| {
        knock.with(|knock| knock.as_ref().map(|knock| shown_name(texts, knock))).unwrap_or_default()
    });
    let is = move |of: fn(&KnockView) -> bool| {
        Memo::new(move |_| knock.with(|knock| knock.as_ref().is_some_and(of)))
    };
    let mark = move |of, testid, text| view! { <Mark shown=is(of) testid text /> };
    // Read out with the name, since several rows have the same buttons.
    let said = move |act: &'static str| move || format!("{act}: {}", name.get());
    let moderate = move |act| move |_| call.want(Intent::Moderate(act));
    view! {
        <li class="knock" data-testid="knock" data-participant=id.to_string()>
            <div class="knock-who">
                <span class="knock-name" data-testid="knock-name">{move || name.get()}</span>
                {mark(|knock| knock.name.is_none(), "knock-uninvited", texts.knock.uninvited)}
                {mark(|knock| knock.removed, "knock-removed", texts.knock.removed)}
                {mark(|knock| knock.duplicate, "knock-duplicate", texts.knock.duplicate)}
                {mark(|knock| knock.personal, "knock-personal", texts.knock.personal)}
            </div>
            <button
                type="button"
                class="button"
                data-kind="primary"
                data-testid="knock-admit"
                aria-label=said(texts.knock.admit)
                on:click=moderate(Moderation::Admit { participant: id })
            >
                {texts.knock.admit}
            </button>
            <button
                type="button"
                class="button"
                data-testid="knock-refuse"
                aria-label=said(texts.knock.refuse)
                on:click=moderate(Moderation::Refuse { participant: id })
            >
                {texts.knock.refuse}
            </button>
        </li>
    }
}

/// What a moderator should know before the door opens.
#[component]
fn Mark(shown: Memo<bool>, testid: &'static str, text: &'static str) -> impl IntoView {
    view! {
        <Show when=move || shown.get()>
            <span class="knock-mark" data-testid=testid>{text}</span>
        </Show>
    }
}

fn shown_name(texts: &Texts, knock: &KnockView) -> String {
    match knock.name.as_deref() {
        Some("") => texts.knock.nameless.into(),
        Some(name) => name.into(),
        None => texts.knock.unreadable.into(),
    }
}
