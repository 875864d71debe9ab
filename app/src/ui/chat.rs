// SPDX-License-Identifier: EUPL-1.2
//! What people write to each other.

use super::{
    chat_field::ChatField,
    chat_line::ChatLine,
    chat_unsent::Unsent,
    context::{CallContext, texts},
    names::shown_name,
    panel::Panel,
    panels::{Beside, Panels},
    rtt::RttLines,
    told::Told,
};
use crate::call::ChatView;
use leptos::{html, prelude::*};

/// The panel, and a word on what is written while it is closed.
#[component]
pub(crate) fn Chat(
    /// Which panel is open.
    panels: Panels,
) -> impl IntoView {
    let call = CallContext::here();
    let texts = texts();
    let open = panels.shows(Beside::Chat);
    let last = call.part(|view| view.chat.last().filter(|line| !line.own).cloned());
    let told = Memo::new(move |_| {
        let line = last.get().filter(|_| !open.get())?;
        let word = (texts.chat.from)(&shown_name(texts, line.name.as_ref(), false));
        Some(((line.line, 0), word))
    });
    view! {
        <Told told />
        <Panel panel=Beside::Chat panels title=texts.chat.title>
            <p class="chat-lead">{texts.chat.lead}</p>
            <Log />
            <RttLines />
            <Unsent />
            <ChatField panels />
        </Panel>
    }
}

/// How many lines of others came since the panel was last open.
pub(super) fn unread(call: CallContext, panels: Panels) -> Memo<usize> {
    let newest = call.part(|view| view.chat.last().map(|line| line.line));
    let open = panels.shows(Beside::Chat);
    let seen = Memo::new(
        move |before: Option<&Option<u64>>| {
            if open.get() { newest.get() } else { before.copied().flatten() }
        },
    );
    let lines = call.part(|view| view.chat.clone());
    Memo::new(move |_| {
        let seen = seen.get();
        let is_new = |line: &&ChatView| !line.own && seen.is_none_or(|seen| line.line > seen);
        lines.with(|lines| lines.iter().filter(is_new).count())
    })
}

/// Everything that was written; what comes is scrolled to.
#[component]
fn Log() -> impl IntoView {
    let call = CallContext::here();
    let texts = texts().chat;
    let node = NodeRef::<html::Div>::new();
    let lines = call.part(|view| view.chat.clone());
    let empty = Memo::new(move |_| lines.with(Vec::is_empty));
    Effect::new(move |before: Option<usize>| {
        let count = lines.with(Vec::len);
        if let Some(log) = node.get()
            && before != Some(count)
        {
            request_animation_frame(move || log.set_scroll_top(f64::from(log.scroll_height())));
        }
        count
    });
    view! {
        <div class="chat-log" role="log" aria-live="polite" tabindex="0" aria-label=texts.title node_ref=node>
            <Show when=move || empty.get()>
                <p class="chat-nothing">{texts.nothing}</p>
            </Show>
            <For each=move || lines.get() key=|line| line.line let:line>
                <ChatLine line />
            </For>
        </div>
    }
}
