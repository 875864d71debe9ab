// SPDX-License-Identifier: EUPL-1.2
//! A new room: its two links, and how to pass the invitation on.

use leptos::prelude::*;
use shared::{Restrictions, RoomSecret};

use super::{
    appointment::Plan, context::texts, copy_button::CopyButton, heading::Heading,
    invitation::Invitation, restrict::Restrict,
};
use crate::{
    browser::Page,
    call::{link, query},
};

/// The links of a room that was just made, with what it forbids for good and when the meeting is to be.
pub(crate) fn made(
    secret: &RoomSecret,
    restrictions: RwSignal<Restrictions>,
    plan: Plan,
    open: Callback<String>,
) -> AnyView {
    let room = secret.moderator_key().room_id();
    let bookmark = link::moderator_link(secret, None);
    let bookmark = Signal::derive(move || query::restricted(&bookmark, restrictions.get()));
    let invitation = link::invite_link(room, &secret.invitation_key());
    view! { <Made bookmark restrictions invitation open plan /> }.into_any()
}

#[component]
fn Made(
    /// The bookmark of its moderator, without the origin.
    bookmark: Signal<String>,
    /// What it forbids for good.
    restrictions: RwSignal<Restrictions>,
    /// The invitation, without the origin.
    invitation: String,
    /// Opens a link without loading the page again.
    open: Callback<String>,
    /// When the meeting is to be.
    plan: Plan,
) -> impl IntoView {
    let texts = texts().home;
    Page::name(texts.made.trim_end_matches('.'));
    let moderator = Signal::derive(move || Page::origin() + &bookmark.get());
    let invitation = [Page::origin(), invitation].concat();
    view! {
        <section class="made">
            <Heading text=texts.made />
            <p class="made-lead">{texts.made_lead}</p>
            <div class="made-card">
                <h2>{texts.moderator_link}</h2>
                <p>{texts.moderator_hint}</p>
                <a class="made-link" data-testid="moderator-link" href=moderator>
                    {moderator}
                </a>
                <div class="made-actions">
                    <CopyButton testid="moderator-copy" label=texts.copy text=moderator />
                </div>
                <Restrict chosen=restrictions />
            </div>
            <Invitation link=invitation plan />
            <button
                type="button"
                class="button made-open"
                data-kind="primary"
                data-testid="start-open"
                on:click=move |_| open.run(bookmark.get_untracked())
            >
                {texts.open}
            </button>
        </section>
    }
}
