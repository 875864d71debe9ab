// SPDX-License-Identifier: EUPL-1.2
//! The server goes out of service: until when people have time.

use leptos::prelude::*;

use super::context::{CallContext, texts};
use crate::browser::{now, time_of_day, today};

/// The word about it, until it has been read. The region is there before its text is, or it would not be
/// read out.
#[component]
pub(crate) fn ClosingNotice() -> impl IntoView {
    let texts = texts();
    let closing = CallContext::here().part(|view| view.closing);
    let read = RwSignal::new(false);
    let told = move || {
        closing.get().map(|at| {
            let by_the_calendar = today() + at.since(now());
            (texts.closing.told)(&time_of_day(by_the_calendar, texts.code))
        })
    };
    view! {
        <div role="status">
            <Show when=move || closing.get().is_some() && !read.get()>
                <div class="notice" data-testid="closing">
                    <p>{told}</p>
                    <button
                        type="button"
                        class="button"
                        data-testid="closing-understood"
                        on:click=move |_| read.set(true)
                    >
                        {texts.silenced.understood}
                    </button>
                </div>
            </Show>
        </div>
    }
}
