// SPDX-License-Identifier: EUPL-1.2
//! What the person wrote and nobody has said yet.

use leptos::prelude::*;
use shared::ChatText;

use super::context::{CallContext, texts};

/// The lines, in the order in which they will be said. Nothing is seen when there are none.
#[component]
pub(crate) fn Unsent() -> impl IntoView {
    let call = CallContext::here();
    let texts = texts().chat;
    let lines = call.part(|view| view.unsent.clone());
    let waits = Memo::new(move |_| lines.with(|lines| !lines.is_empty()));
    let shown = move || {
        let line = |text: ChatText| {
            view! { <p class="chat-text" data-testid="chat-unsent">{text.as_str().to_owned()}</p> }
        };
        lines.get().into_iter().map(line).collect_view()
    };
    view! {
        // A group in which nothing is would be read out as one.
        <div
            class="chat-unsent"
            role=move || waits.get().then_some("group")
            aria-label=move || waits.get().then_some(texts.unsent)
        >
            <p class="chat-unsent-word" role="status">{move || waits.get().then_some(texts.unsent)}</p>
            <div class="chat-unsent-lines">
                <div class="chat-unsent-all">{shown}</div>
            </div>
        </div>
    }
}
