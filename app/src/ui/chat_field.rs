// SPDX-License-Identifier: EUPL-1.2
//! Where one writes to everybody.

use leptos::{html, prelude::*};
use shared::{Act, ChatText};

use super::{
    context::{CallContext, texts},
    icon::{Icon, Symbol},
    opened::Opened,
    panels::Panels,
    rtt::{self, RttOwn},
};
use crate::{browser::Page, call::Intent};

/// The field, or why there is none.
#[component]
pub(crate) fn ChatField(
    /// Which panel is open.
    panels: Panels,
) -> impl IntoView {
    let call = CallContext::here();
    let texts = texts().chat;
    let closed = call.part(move |view| {
        let why = if view.invited { texts.closed } else { texts.uninvited };
        (!view.invited || !view.may(Act::Chat)).then_some(why)
    });
    move || match closed.get() {
        Some(why) => {
            view! { <p class="chat-closed" role="status" data-testid="chat-closed">{why}</p> }
                .into_any()
        }
        None => view! { <Field panels /> }.into_any(),
    }
}

/// Enter sends; with shift it breaks the line.
#[component]
fn Field(panels: Panels) -> impl IntoView {
    let call = CallContext::here();
    let texts = texts().chat;
    let node = NodeRef::<html::Textarea>::new();
    let typed = Opened::here().draft;
    let full = call.part(|view| view.chat_is_full);
    let read_along = call.part(|view| view.moment.rtt);
    let nothing = move || full.get() || typed.with(|typed| typed.trim().is_empty());
    let send = move || {
        // What cannot be taken stays in the field.
        if full.get_untracked() {
            return;
        }
        let text = typed.with_untracked(|typed| ChatText::from_typed(typed));
        if let Some((text, nonce)) = text.zip(Page::random()) {
            call.want(Intent::Chat { text, nonce });
            typed.set(String::new());
        }
    };
    Effect::new(move |_| {
        if let Some(field) = node.get().filter(|_| !Page::is_touched()) {
            drop(field.focus());
        }
    });
    let key = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
        "Enter" if !event.shift_key() && !event.is_composing() => {
            event.prevent_default();
            send();
        }
        "Escape" => panels.close(),
        _ => {}
    };
    // By the button: a frame without `allow-forms` submits nothing.
    let submit = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        send();
    };
    view! {
        <p class="chat-full" role="status" data-testid="chat-full">
            {move || full.get().then_some(texts.full)}
        </p>
        <form class="chat-field">
            <textarea
                class="field-input"
                data-testid="chat-input"
                rows="2"
                aria-label=texts.input
                placeholder=texts.input
                prop:value=typed
                on:input:target=move |event| {
                    typed.set(event.target().value());
                    if read_along.get_untracked() {
                        typed.with_untracked(|typed| rtt::show(call, typed));
                    }
                }
                on:keydown=key
                node_ref=node
            ></textarea>
            <button class="button" data-kind="primary" data-testid="chat-send" aria-label=texts.send disabled=nothing on:click=submit>
                <Icon symbol=Symbol::SEND />
            </button>
        </form>
        <RttOwn typed />
    }
}
