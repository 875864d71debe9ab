// SPDX-License-Identifier: EUPL-1.2
//! The server goes out of service: until when people have time.

use leptos::prelude::*;

use super::context::{CallContext, texts};
use crate::{
    browser::{now, time_of_day, today},
    call::{Intent, Screen},
};

/// The word about it, for the door: it is part of what only a conference needs.
pub(crate) fn closing() -> AnyView {
    view! { <ClosingNotice /> }.into_any()
}

/// The word about it, until it has been read. The region is there before its text is, or it would not be
/// read out.
#[component]
pub(crate) fn ClosingNotice() -> impl IntoView {
    let texts = texts();
    let call = CallContext::here();
    let closing = call.part(|view| view.closing);
    let waits = call.part(|view| matches!(view.screen, Screen::WaitingAdmission));
    let told = move || {
        closing.get().map(|at| {
            let by_the_calendar = today() + at.since(now());
            let told = if waits.get() { texts.closing.told_outside } else { texts.closing.told };
            told(&time_of_day(by_the_calendar, texts.code))
        })
    };
    view! {
        <div role="status">
            <Show when=move || closing.get().is_some()>
                <div class="notice" data-testid="closing">
                    <p>{told}</p>
                    <button
                        type="button"
                        class="button"
                        data-testid="closing-understood"
                        on:click=move |_| call.want(Intent::ReadClosing)
                    >
                        {texts.silenced.understood}
                    </button>
                </div>
            </Show>
        </div>
    }
}
