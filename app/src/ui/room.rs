// SPDX-License-Identifier: EUPL-1.2
//! A room: the screen that its call is on.

use leptos::prelude::*;

use super::{
    context::CallContext,
    frame::Frame,
    gate::Gate,
    language::{Language, spoken},
    lobby::Lobby,
    missing::Missing,
    text::Outside,
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
    let running = driver::start(access);
    let call = CallContext::new(running);
    provide_context(call);
    let screens = call.screens;
    let shown = call.part(|view| Shown::of(view.screen));
    let screen = call.part(|view| view.screen);
    let language = Language::here();
    Effect::new(move |_| {
        if let Some(title) = title(language.spoken(), screen.get()) {
            Page::name(title);
        }
    });
    move || match shown.get() {
        Shown::Gate => spoken(|| view! { <Frame><Gate /></Frame> }).into_any(),
        Shown::Lobby => spoken(|| view! { <Frame><Lobby /></Frame> }).into_any(),
        Shown::Conference => screens.get().map(|screens| (screens.conference)()).into_any(),
        Shown::Ended => spoken(move || {
            let ended = screens.get().map(|screens| screens.ended);
            view! {
                <Frame>
                    {match ended {
                        Some(ended) => ended(),
                        // Before it is here, there is one end.
                        None => view! { <Missing /> }.into_any(),
                    }}
                </Frame>
            }
        })
        .into_any(),
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

/// What the tab is called; the end names it itself.
const fn title(texts: &Outside, screen: Screen) -> Option<&'static str> {
    Some(match screen {
        Screen::Gate => texts.gate.title,
        Screen::Entering => texts.lobby.entering,
        Screen::WaitingModerator => texts.lobby.moderator,
        Screen::WaitingAdmission => texts.lobby.admission,
        Screen::Paused { .. } | Screen::Conference { .. } => texts.conference,
        Screen::Ended(_) => return None,
    })
}
