// SPDX-License-Identifier: EUPL-1.2
//! How the door stands, and how a moderator sets it.

use leptos::prelude::*;
use shared::{Door, Moderation, Restriction};

use super::{
    context::{CallContext, texts},
    text::Texts,
};
use crate::{browser::Page, call::Intent};

/// The three ways a door can stand, each with what it means.
#[component]
pub(crate) fn DoorChoice() -> impl IntoView {
    view! {
        <fieldset class="choices" data-testid="door">
            <legend>{texts().rules.door}</legend>
            {Choice::ALL.map(|choice| view! { <Way choice /> }).into_iter().collect_view()}
        </fieldset>
    }
}

/// One of them. It is marked when the room says so, not when it is pressed.
#[component]
fn Way(choice: Choice) -> impl IntoView {
    let call = CallContext::here();
    let (label, hint) = choice.words(texts());
    let is_set = call.part(move |view| Choice::of(view.rules.door) == choice);
    // It opens to those who hold the invitation; whoever does not cannot tell the room its mark.
    let opens = call.part(|view| view.invited && !view.rules.fixed.has(Restriction::Lobby));
    let able = move |choice| choice != Choice::Open || opens.get();
    let fixed = call.part(|view| view.rules.fixed.has(Restriction::Lobby));
    let hint = move || {
        let is_fixed = choice == Choice::Open && fixed.get();
        if is_fixed { texts().restrict.fixed } else { hint }
    };
    let id = choice.id();
    let hint_id = format!("{id}-hint");
    let choose = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        if !is_set.get_untracked() {
            call.want(choice.intent());
        }
    };
    // Browsers choose what the arrows pass over: on the way to a locked door it would stand open.
    let step = move |event: leptos::ev::KeyboardEvent| {
        let next = match event.key().as_str() {
            "ArrowUp" | "ArrowLeft" => Choice::before,
            "ArrowDown" | "ArrowRight" => Choice::after,
            _ => return,
        };
        event.prevent_default();
        let mut others = core::iter::successors(Some(next(choice)), |it| Some(next(*it)));
        // What cannot be chosen is passed over. At the latest one comes back to where one was.
        if let Some(next) = others.by_ref().take(Choice::ALL.len()).find(|it| able(*it)) {
            Page::focus(next.id());
        }
    };
    view! {
        <label class="choice">
            <input
                type="radio"
                name="door"
                id=id
                data-testid=id
                aria-label=label
                aria-describedby=hint_id.clone()
                prop:checked=move || is_set.get()
                disabled=move || !able(choice)
                on:click=choose
                on:keydown=step
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
    Locked,
    Open,
}

impl Choice {
    const ALL: [Self; 3] = [Self::Lobby, Self::Locked, Self::Open];

    const fn of(door: Door) -> Self {
        match door {
            Door::Lobby => Self::Lobby,
            Door::Locked => Self::Locked,
            Door::Open(_) => Self::Open,
        }
    }

    const fn id(self) -> &'static str {
        match self {
            Self::Lobby => "door-lobby",
            Self::Locked => "door-locked",
            Self::Open => "door-open",
        }
    }

    /// What it is called, and what it means.
    const fn words(self, texts: &Texts) -> (&'static str, &'static str) {
        let texts = &texts.rules;
        match self {
            Self::Lobby => (texts.lobby, texts.lobby_hint),
            Self::Locked => (texts.locked, texts.locked_hint),
            Self::Open => (texts.open, texts.open_hint),
        }
    }

    /// The one before, in a circle.
    const fn before(self) -> Self {
        match self {
            Self::Lobby => Self::Open,
            Self::Locked => Self::Lobby,
            Self::Open => Self::Locked,
        }
    }

    /// The one after, in a circle.
    const fn after(self) -> Self {
        match self {
            Self::Lobby => Self::Locked,
            Self::Locked => Self::Open,
            Self::Open => Self::Lobby,
        }
    }

    const fn intent(self) -> Intent {
        match self {
            Self::Lobby => Intent::Moderate(Moderation::Door { door: Door::Lobby }),
            Self::Locked => Intent::Moderate(Moderation::Door { door: Door::Locked }),
            Self::Open => Intent::OpenDoor,
        }
    }
}

/// How the door stands, in a word or two.
pub(super) const fn door_name(texts: &Texts, door: Door) -> &'static str {
    Choice::of(door).words(texts).0
}
