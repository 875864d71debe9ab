// SPDX-License-Identifier: EUPL-1.2
//! It is over, and why.

use leptos::prelude::*;

use super::{
    context::{CallContext, texts},
    ended_words::{opens_soon, sentence, title, way_back},
    heading::Heading,
};
use crate::{
    browser::Page,
    call::{EndReason, Intent, Screen},
};

/// The reason in words, and the ways on.
pub(crate) fn ended() -> AnyView {
    view! { <Ended /> }.into_any()
}

#[component]
fn Ended() -> impl IntoView {
    let call = CallContext::here();
    let texts = texts();
    let reason = call.part(|view| match view.screen {
        Screen::Ended(reason) => reason,
        Screen::Gate
        | Screen::Entering
        | Screen::WaitingModerator
        | Screen::WaitingAdmission
        | Screen::Paused { .. }
        | Screen::Conference { .. } => EndReason::Left,
    });
    Effect::new(move |_| Page::name(title(texts, reason.get())));
    let refused = move || matches!(reason.get(), EndReason::Refused(_));
    view! {
        <section class="ended" data-testid="ended">
            {move || view! { <Heading text=title(texts, reason.get()) /> }}
            <p data-testid=move || if refused() { "refused" } else { "ended-reason" }>
                {move || sentence(texts, reason.get())}
            </p>
            <Ways reason />
        </section>
    }
}

/// The way back appears when it is open, and is read out then.
#[component]
fn Ways(reason: Memo<EndReason>) -> impl IntoView {
    let call = CallContext::here();
    let texts = texts();
    let may_return = call.part(|view| view.may_return);
    let soon = move || !may_return.get() && opens_soon(reason.get());
    view! {
        <p class="ended-soon" role="status">{move || soon().then_some(texts.ended.soon)}</p>
        <div class="ended-ways" role="status">
            {move || may_return.get().then(|| view! {
                <button
                    type="button"
                    class="button"
                    data-kind="primary"
                    data-testid="ended-return"
                    on:click=move |_| call.want(Intent::Return)
                >
                    {move || way_back(texts, reason.get())}
                </button>
            })}
            <a class="button" data-testid="ended-start" href="/">{texts.ended.start}</a>
        </div>
    }
}
