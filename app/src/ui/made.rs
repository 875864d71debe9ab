// SPDX-License-Identifier: EUPL-1.2
//! A new room: its two links, and how to pass the invitation on.

use leptos::prelude::*;

use super::{
    context::{outside, texts},
    copy_button::CopyButton,
    heading::Heading,
    invitation::Invitation,
};
use crate::browser::Page;

/// The links of a room that was just made.
pub(crate) fn made(bookmark: String, invitation: String, open: Callback<String>) -> AnyView {
    provide_context(outside().whole());
    view! { <Made bookmark invitation open /> }.into_any()
}

#[component]
fn Made(
    /// The bookmark of its moderator, without the origin.
    bookmark: String,
    /// The invitation, without the origin.
    invitation: String,
    /// Opens a link without loading the page again.
    open: Callback<String>,
) -> impl IntoView {
    let texts = texts().home;
    let moderator = Page::origin() + &bookmark;
    let invitation = [Page::origin(), invitation].concat();
    view! {
        <section class="made">
            <Heading text=texts.made />
            <p class="made-lead">{texts.made_lead}</p>
            <div class="made-card">
                <h2>{texts.moderator_link}</h2>
                <p>{texts.moderator_hint}</p>
                <a class="made-link" data-testid="moderator-link" href=moderator.clone()>
                    {moderator.clone()}
                </a>
                <div class="made-actions">
                    <CopyButton testid="moderator-copy" label=texts.copy text=moderator />
                </div>
            </div>
            <Invitation link=invitation />
            <button
                type="button"
                class="button made-open"
                data-kind="primary"
                data-testid="start-open"
                on:click=move |_| open.run(bookmark.clone())
            >
                {texts.open}
            </button>
        </section>
    }
}
