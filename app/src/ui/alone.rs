// SPDX-License-Identifier: EUPL-1.2
//! Nobody else is in the room: a stage with oneself on it says neither that nor what to do.

use leptos::prelude::*;
use shared::Invitations;

use super::{
    context::{CallContext, texts},
    copy_button::CopyButton,
};
use crate::{browser::Page, call::Screen};

/// The word about it, as long as it is so. The region is there before its text is, or it would not be read out.
#[component]
pub(crate) fn Alone() -> impl IntoView {
    let call = CallContext::here();
    let texts = texts().alone;
    let alone = call.part(|view| {
        view.people.len() == 1 && view.screen == Screen::Conference { reconnecting: false }
    });
    // Only who holds the invitation can pass it on, and only where it leads somewhere.
    let common = call.part(|view| view.invited && view.rules.invitations == Invitations::All);
    view! {
        <div role="status">
            <Show when=move || alone.get()>
                <div class="notice" data-testid="alone">
                    <p>{texts.told}</p>
                    <Show when=move || common.get()>
                        <CopyButton testid="alone-invite" label=texts.copy text=Page::link() />
                    </Show>
                </div>
            </Show>
        </div>
    }
}
