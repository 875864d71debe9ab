// SPDX-License-Identifier: EUPL-1.2
//! Reacting without a word: the button, what it opens, and what is read out of it.

use leptos::{html, prelude::*};
use shared::Reaction;

use super::{
    bar_button::BarButton,
    context::{CallContext, texts},
    icon::Symbol,
    names::shown_name,
    reaction_sign::{ReactionIcon, name},
    text::Texts,
    told::Told,
};
use crate::{
    browser::Page,
    call::{Intent, ReactionsTold, Screen},
};

/// The button in the bar. While the room pauses, or without an invitation, there is nobody who would see it.
#[component]
pub(crate) fn ReactionsButton() -> impl IntoView {
    let texts = texts().moment;
    let nobody = CallContext::here()
        .part(|view| !view.invited || matches!(view.screen, Screen::Paused { .. }));
    view! {
        <BarButton
            testid="reactions"
            label=texts.reactions
            symbol=Symbol::SMILE
            disabled=nobody
            key='r'
            opens=CHOICE
            press=Callback::new(|()| ())
        />
    }
}

/// What the button opens, above the bar. It is gone as soon as one was chosen.
#[component]
pub(crate) fn ReactionsChoice() -> impl IntoView {
    let call = CallContext::here();
    let texts = texts().moment;
    let node = NodeRef::<html::Div>::new();
    let choose = move |reaction| {
        if let Some(nonce) = Page::random() {
            call.want(Intent::React { reaction, nonce });
        }
        if let Some(choice) = node.get_untracked() {
            drop(choice.hide_popover());
        }
    };
    let button = move |reaction| {
        view! {
            <button
                type="button"
                class="reaction"
                data-testid="reaction"
                data-reaction=name(reaction)
                // Whoever opens it is in it: what opened it may be hidden by then.
                autofocus=reaction == Reaction::ThumbsUp
                on:click=move |_| choose(reaction)
            >
                <ReactionIcon reaction />
                <span>{(texts.reaction)(reaction)}</span>
            </button>
        }
    };
    view! {
        <div
            class="reactions-choice"
            id=CHOICE
            popover="auto"
            role="group"
            aria-label=texts.choose
            data-testid="reactions-choice"
            node_ref=node
        >
            {Reaction::ALL.map(button).collect_view()}
        </div>
    }
}

/// What is read out of what others show.
#[component]
pub(crate) fn ReactionsTold() -> impl IntoView {
    let texts = texts();
    let last = CallContext::here().part(|view| view.moment.reactions_told.clone());
    let told = Memo::new(move |_| {
        let told = last.get()?;
        Some(((told.number, 0), in_words(texts, &told)))
    });
    view! { <Told told /> }
}

/// Of one person by name; of many, how many show what.
fn in_words(texts: &Texts, told: &ReactionsTold) -> String {
    let moment = &texts.moment;
    let words = told.reactions.iter().map(|(reaction, count)| {
        let word = (moment.reaction)(*reaction);
        if *count > 1 { (moment.counted)(*count, word) } else { word.to_owned() }
    });
    let words = words.collect::<Vec<_>>().join(", ");
    if told.people > 1 {
        return words;
    }
    (moment.reacts)(&shown_name(texts, told.name.as_ref(), false), &words)
}

const CHOICE: &str = "reactions-choice";
