// SPDX-License-Identifier: EUPL-1.2
//! What a moderator can do for all at once.

use leptos::prelude::*;
use shared::Moderation;

use super::{
    confirm::Question,
    context::{CallContext, texts},
};
use crate::{browser::Page, call::Intent};

/// The buttons.
#[component]
pub(crate) fn Everybody() -> impl IntoView {
    let call = CallContext::here();
    let texts = texts().people;
    let hands = call.part(|view| view.people.iter().any(|person| person.hand.is_some()));
    let silence = move |_| call.want(Intent::Moderate(Moderation::SilenceAll {}));
    let lower_hands = move |_| {
        call.want(Intent::Moderate(Moderation::LowerHands {}));
        // The button is of no use in a moment.
        Page::focus("mute-all");
    };
    view! {
        <div class="everybody" role="group" aria-label=texts.everybody>
            <button
                type="button"
                class="button"
                id="mute-all"
                data-testid="mute-all"
                on:click=silence
            >
                {texts.mute_all}
            </button>
            <button
                type="button"
                class="button"
                data-testid="lower-hands"
                disabled=move || !hands.get()
                on:click=lower_hands
            >
                {texts.lower_hands}
            </button>
        </div>
    }
}

/// The end of the conference. It stands apart, so that nobody presses it by mistake.
#[component]
pub(crate) fn End(
    /// Where a question is asked.
    question: RwSignal<Option<Question>>,
) -> impl IntoView {
    let texts = texts().people;
    let end = move |_| {
        question.set(Some(Question {
            title: texts.end_title.into(),
            hint: texts.end_hint,
            yes: texts.end,
            act: Moderation::End {},
        }));
    };
    view! {
        <button type="button" class="button" data-kind="danger" data-testid="end-for-all" on:click=end>
            {texts.end}
        </button>
    }
}
