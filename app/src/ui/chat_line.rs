// SPDX-License-Identifier: EUPL-1.2
//! One thing that somebody wrote: shown as text and as nothing else.

use leptos::prelude::*;

use super::{context::texts, names::shown_name};
use crate::call::ChatView;

/// Who and what. A line never changes.
#[component]
pub(crate) fn ChatLine(
    /// The line.
    line: ChatView,
) -> impl IntoView {
    let texts = texts();
    let ChatView { own, name, text, .. } = line;
    let name = shown_name(texts, name.as_ref(), own);
    let readable = text.is_some();
    let text = match text {
        Some(text) => text.as_str().to_owned(),
        None => texts.chat.unreadable.to_owned(),
    };
    view! {
        <div class="chat-line" data-testid="chat-line" data-self=own.to_string()>
            <span class="chat-name">{name}</span>
            <p class="chat-text" data-readable=readable.to_string()>{text}</p>
        </div>
    }
}
