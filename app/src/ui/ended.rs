// SPDX-License-Identifier: EUPL-1.2
//! It is over, and why.

use leptos::prelude::*;
use shared::{CloseReason, Refusal};

use super::{
    context::{CallContext, texts},
    heading::Heading,
    text::Texts,
};
use crate::call::{EndReason, Intent, Screen};

/// The reason in words, and the ways on.
#[component]
pub(crate) fn Ended() -> impl IntoView {
    let call = CallContext::here();
    let texts = texts();
    let reason = call.part(|view| match view.screen {
        Screen::Ended(reason) => reason,
        Screen::Gate
        | Screen::Entering
        | Screen::WaitingModerator
        | Screen::WaitingAdmission
        | Screen::Conference { .. } => EndReason::Left,
    });
    let refused = move || matches!(reason.get(), EndReason::Refused(_));
    view! {
        <section class="ended" data-testid="ended">
            <Heading text=texts.ended.title />
            <p data-testid=move || if refused() { "refused" } else { "ended-reason" }>
                {move || sentence(texts, reason.get())}
            </p>
            <div class="ended-ways">
                <Show when=move || may_return(reason.get())>
                    <button
                        type="button"
                        class="button"
                        data-kind="primary"
                        data-testid="ended-return"
                        on:click=move |_| call.want(Intent::Return)
                    >
                        {texts.ended.back}
                    </button>
                </Show>
                <a class="button" data-testid="ended-start" href="/">{texts.ended.start}</a>
            </div>
        </section>
    }
}

const fn sentence(texts: &Texts, reason: EndReason) -> &'static str {
    let texts = &texts.ended;
    match reason {
        EndReason::Left | EndReason::Closed(CloseReason::Left) => texts.left,
        EndReason::Unreachable => texts.unreachable,
        EndReason::Refused(refusal) => match refusal {
            Refusal::TurnedAway => texts.turned_away,
            Refusal::Full => texts.full,
            Refusal::WrongProof => texts.wrong_proof,
            Refusal::WeakCipher => texts.weak_cipher,
            Refusal::UnusableOffer => texts.unusable_offer,
            Refusal::Unknown => texts.refused,
        },
        EndReason::Closed(reason) => match reason {
            CloseReason::Left => texts.left,
            CloseReason::Replaced => texts.replaced,
            CloseReason::Slow => texts.slow,
            CloseReason::Stopping => texts.stopping,
            CloseReason::Protocol | CloseReason::Internal | CloseReason::Unknown => texts.failed,
        },
    }
}

/// Whether trying again from the gate may end differently.
const fn may_return(reason: EndReason) -> bool {
    match reason {
        EndReason::Left | EndReason::Unreachable | EndReason::Closed(_) => true,
        EndReason::Refused(refusal) => match refusal {
            Refusal::TurnedAway | Refusal::Full | Refusal::Unknown => true,
            Refusal::WrongProof | Refusal::WeakCipher | Refusal::UnusableOffer => false,
        },
    }
}
