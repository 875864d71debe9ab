// SPDX-License-Identifier: EUPL-1.2
//! One person at the door.

use leptos::prelude::*;
use shared::{DisplayName, Moderation, ParticipantId};

use super::{
    context::{CallContext, texts},
    knock::TITLE,
    panels::Beside,
    text::Texts,
};
use crate::{
    browser::Page,
    call::{Intent, KnockView},
};

/// Who, what a moderator should know of them, and the two buttons.
#[component]
pub(crate) fn KnockRow(
    /// Who.
    id: ParticipantId,
) -> impl IntoView {
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
    let others = call.part(|view| view.knocks.len() > 1);
    let moderate = move |act| {
        move |_| {
            call.want(Intent::Moderate(act));
            // The row goes, and the focus must not go with it.
            Page::focus(if others.get_untracked() { TITLE } else { Beside::People.button() });
        }
    };
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
    match knock.name.as_ref().map(DisplayName::as_str) {
        Some("") => texts.knock.nameless.into(),
        Some(name) => name.into(),
        None => texts.knock.unreadable.into(),
    }
}
