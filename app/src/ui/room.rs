// SPDX-License-Identifier: EUPL-1.2
//! A room: the screen that its call is on.

use leptos::prelude::*;

use super::{
    conference::Conference,
    context::CallContext,
    ended::Ended,
    ended_words,
    frame::Frame,
    gate::Gate,
    language::{Language, spoken},
    lobby::Lobby,
    text::Texts,
};
use crate::{
    browser::Page,
    call::{Access, Screen},
    driver,
};

/// A room, from the gate to the end.
#[component]
pub(crate) fn Room(
    /// Which, and what the link allows.
    access: Access,
) -> impl IntoView {
    let call = CallContext::new(driver::start(access));
    provide_context(call);
    let shown = call.part(|view| Shown::of(view.screen));
    let screen = call.part(|view| view.screen);
    let language = Language::here();
    Effect::new(move |_| Page::set_title(&title(language.spoken(), screen.get())));
    move || match shown.get() {
        Shown::Gate => spoken(|| view! { <Frame><Gate /></Frame> }).into_any(),
        Shown::Lobby => spoken(|| view! { <Frame><Lobby /></Frame> }).into_any(),
        Shown::Conference => view! { <Conference /> }.into_any(),
        Shown::Ended => spoken(|| view! { <Frame><Ended /></Frame> }).into_any(),
    }
}

/// What is built anew when it changes; smaller changes happen inside of it.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Shown {
    Gate,
    Lobby,
    Conference,
    Ended,
}

impl Shown {
    const fn of(screen: Screen) -> Self {
        match screen {
            Screen::Gate => Self::Gate,
            Screen::Entering | Screen::WaitingModerator | Screen::WaitingAdmission => Self::Lobby,
            Screen::Paused { .. } | Screen::Conference { .. } => Self::Conference,
            Screen::Ended(_) => Self::Ended,
        }
    }
}

/// What the tab is called.
fn title(texts: &Texts, screen: Screen) -> String {
    let screen = match screen {
        Screen::Gate => texts.gate.title,
        Screen::Entering => texts.lobby.entering,
        Screen::WaitingModerator => texts.lobby.moderator,
        Screen::WaitingAdmission => texts.lobby.admission,
        Screen::Paused { .. } | Screen::Conference { .. } => texts.conference.title,
        Screen::Ended(reason) => ended_words::title(texts, reason),
    };
    format!("{screen} – zooo")
}
