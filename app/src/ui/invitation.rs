// SPDX-License-Identifier: EUPL-1.2
//! The invitation, in every form in which it may be passed on.

use leptos::prelude::*;

use super::{
    appointment::{Plan, Written},
    context::texts,
    copy_button::CopyButton,
    qr::Qr,
};

/// The link for guests: to copy, to scan, to write.
#[component]
pub(crate) fn Invitation(
    /// The whole link.
    link: String,
    /// When the meeting is to be.
    plan: Plan,
) -> impl IntoView {
    let texts = texts().home;
    view! {
        <div class="invitation made-card">
            <div class="invitation-text">
                <h2>{texts.invite_link}</h2>
                <p>{texts.invite_hint}</p>
                <a class="made-link" data-testid="invite-link" href=link.clone()>
                    {link.clone()}
                </a>
                <div class="made-actions">
                    <CopyButton testid="invite-copy" label=texts.copy text=link.clone() />
                </div>
            </div>
            <Qr text=link.clone() label=texts.qr />
            <Written link=StoredValue::new(link) plan />
        </div>
    }
}
