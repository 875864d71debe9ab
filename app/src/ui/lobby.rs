// SPDX-License-Identifier: EUPL-1.2
//! Waiting to be let in.

use leptos::prelude::*;

use super::{
    context::{CallContext, outside},
    heading::Heading,
};
use crate::call::{Intent, Screen};

/// Says what is waited for.
#[component]
pub(crate) fn Lobby() -> impl IntoView {
    let call = CallContext::here();
    let texts = outside().lobby;
    let screen = call.part(|view| view.screen);
    let words = move || {
        let (testid, title, hint) = match screen.get() {
            Screen::WaitingModerator => {
                ("waiting-moderator", texts.moderator, texts.moderator_hint)
            }
            Screen::WaitingAdmission => {
                ("waiting-admission", texts.admission, texts.admission_hint)
            }
            Screen::Gate
            | Screen::Entering
            | Screen::Paused { .. }
            | Screen::Conference { .. }
            | Screen::Ended(_) => ("entering", texts.entering, texts.entering_hint),
        };
        view! {
            <div data-testid=testid>
                <Heading text=title />
                <p>{hint}</p>
            </div>
        }
    };
    view! {
        <section class="lobby">
            <div class="lobby-door" aria-hidden="true"></div>
            {words}
            {move || call.screens.get().map(|screens| (screens.closing)())}
            <button
                type="button"
                class="button"
                data-testid="lobby-leave"
                on:click=move |_| call.want(Intent::Leave)
            >
                {texts.leave}
            </button>
        </section>
    }
}
