// SPDX-License-Identifier: EUPL-1.2
//! How the door stands, and how a moderator sets it.

use leptos::prelude::*;
use shared::{Door, Moderation};

use super::{
    context::{CallContext, texts},
    text::Texts,
};
use crate::call::Intent;

/// The three ways a door can stand, each with what it means.
#[component]
pub(crate) fn DoorChoice() -> impl IntoView {
    let texts = texts().rules;
    let choices = [
        (Choice::Lobby, "door-lobby", texts.lobby, texts.lobby_hint),
        (Choice::Open, "door-open", texts.open, texts.open_hint),
        (Choice::Locked, "door-locked", texts.locked, texts.locked_hint),
    ];
    view! {
        <fieldset class="choices" data-testid="door">
            <legend>{texts.door}</legend>
            {choices
                .map(|(choice, testid, label, hint)| view! { <Way choice testid label hint /> })
                .into_iter()
                .collect_view()}
        </fieldset>
    }
}

/// One of them. It is marked when the room says so, not when it is pressed.
#[component]
fn Way(
    choice: Choice,
    testid: &'static str,
    label: &'static str,
    hint: &'static str,
) -> impl IntoView {
    let call = CallContext::here();
    let is_set = call.part(move |view| Choice::of(view.rules.door) == choice);
    // It opens to those who hold the invitation; whoever does not cannot tell the room its mark.
    let able = call.part(move |view| choice != Choice::Open || view.invited);
    let hint_id = format!("{testid}-hint");
    let choose = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        if !is_set.get_untracked() {
            call.want(choice.intent());
        }
    };
    view! {
        <label class="choice">
            <input
                type="radio"
                name="door"
                data-testid=testid
                aria-describedby=hint_id.clone()
                prop:checked=move || is_set.get()
                disabled=move || !able.get()
                on:click=choose
            />
            <span class="choice-label">{label}</span>
            <span class="choice-hint" id=hint_id>{hint}</span>
        </label>
    }
}

/// How the door can stand, without whose mark it opens to.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Choice {
    Lobby,
    Open,
    Locked,
}

impl Choice {
    const fn of(door: Door) -> Self {
        match door {
            Door::Lobby => Self::Lobby,
            Door::Open(_) => Self::Open,
            Door::Locked => Self::Locked,
        }
    }

    const fn intent(self) -> Intent {
        match self {
            Self::Lobby => Intent::Moderate(Moderation::Door { door: Door::Lobby }),
            Self::Open => Intent::OpenDoor,
            Self::Locked => Intent::Moderate(Moderation::Door { door: Door::Locked }),
        }
    }
}

/// How the door stands, in a word or two.
pub(super) const fn door_name(texts: &Texts, door: Door) -> &'static str {
    match door {
        Door::Lobby => texts.rules.lobby,
        Door::Open(_) => texts.rules.open,
        Door::Locked => texts.rules.locked,
    }
}
