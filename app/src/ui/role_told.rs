// SPDX-License-Identifier: EUPL-1.2
//! A moderator gave a right or took it back: what is different for the person at this screen.

use leptos::prelude::*;
use shared::Role;

use super::{
    context::{CallContext, texts},
    opened::Opened,
    panels::Beside,
};
use crate::browser::Page;

/// The word about it, until it has been read. The region is there before its text is, or it would not be
/// read out.
#[component]
pub(crate) fn RoleTold() -> impl IntoView {
    let texts = texts();
    let role = CallContext::here().part(|view| view.role);
    let told = Opened::here().role;
    Effect::new(move |before: Option<Role>| {
        let role = role.get();
        if before.is_some_and(|before| before != role) {
            told.set(Some(role));
        }
        role
    });
    let words = move |role| match role {
        Role::Participant => texts.conference.made_participant,
        Role::Presenter => texts.conference.made_presenter,
        Role::Moderator => texts.conference.made_moderator,
    };
    let understood = move |_| {
        told.set(None);
        Page::focus(Beside::People.button());
    };
    view! {
        <div role="status">
            <Show when=move || told.get().is_some()>
                <div class="notice" data-testid="role-told">
                    <p>{move || told.get().map(words)}</p>
                    <button
                        type="button"
                        class="button"
                        data-testid="role-understood"
                        on:click=understood
                    >
                        {texts.silenced.understood}
                    </button>
                </div>
            </Show>
        </div>
    }
}
