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
        | Screen::Paused { .. }
        | Screen::Conference { .. } => EndReason::Left,
    });
    let refused = move || matches!(reason.get(), EndReason::Refused(_));
    view! {
        <section class="ended" data-testid="ended">
            {move || view! { <Heading text=title(texts, reason.get()) /> }}
            <p data-testid=move || if refused() { "refused" } else { "ended-reason" }>
                {move || sentence(texts, reason.get())}
            </p>
            <Ways reason />
        </section>
    }
}

/// The way back appears when it is open, and is read out then.
#[component]
fn Ways(reason: Memo<EndReason>) -> impl IntoView {
    let call = CallContext::here();
    let texts = texts();
    let may_return = call.part(|view| view.may_return);
    let soon = move || !may_return.get() && opens_soon(reason.get());
    view! {
        <p class="ended-soon" role="status">{move || soon().then_some(texts.ended.soon)}</p>
        <div class="ended-ways" role="status">
            <Show when=move || may_return.get()>
                <button
                    type="button"
                    class="button"
                    data-kind="primary"
                    data-testid="ended-return"
                    on:click=move |_| call.want(Intent::Return)
                >
                    {move || way_back(texts, reason.get())}
                </button>
            </Show>
            <a class="button" data-testid="ended-start" href="/">{texts.ended.start}</a>
        </div>
    }
}

/// What the screen is called.
pub(super) const fn title(texts: &Texts, reason: EndReason) -> &'static str {
    let texts = &texts.ended;
    match reason {
        EndReason::Left | EndReason::Closed(CloseReason::Left) => texts.goodbye,
        EndReason::Refused(_) => texts.not_inside,
        EndReason::Closed(CloseReason::Ended | CloseReason::Abandoned) => texts.over,
        EndReason::Closed(_) | EndReason::Unreachable => texts.outside,
    }
}

/// What the way back is called: whoever was not wanted can knock and no more.
const fn way_back(texts: &Texts, reason: EndReason) -> &'static str {
    match reason {
        EndReason::Refused(Refusal::TurnedAway | Refusal::TooSoon)
        | EndReason::Closed(CloseReason::Removed) => texts.ended.knock_again,
        EndReason::Left | EndReason::Unreachable | EndReason::Refused(_) | EndReason::Closed(_) => {
            texts.ended.back
        }
    }
}

const fn sentence(texts: &Texts, reason: EndReason) -> &'static str {
    match reason {
        EndReason::Left => texts.ended.left,
        EndReason::Unreachable => texts.ended.unreachable,
        EndReason::Refused(refusal) => refused(texts, refusal),
        EndReason::Closed(reason) => closed(texts, reason),
    }
}

const fn refused(texts: &Texts, refusal: Refusal) -> &'static str {
    let texts = &texts.ended;
    match refusal {
        Refusal::TurnedAway => texts.turned_away,
        Refusal::TooSoon => texts.too_soon,
        Refusal::Full => texts.full,
        Refusal::WrongProof => texts.wrong_proof,
        Refusal::Locked => texts.locked,
        Refusal::PersonalOnly => texts.personal_only,
        Refusal::WrongTicket => texts.wrong_ticket,
        Refusal::TicketExpired => texts.ticket_expired,
        Refusal::TicketUsed => texts.ticket_used,
        Refusal::Unlicensed => texts.unlicensed,
        Refusal::LicenceExpired => texts.licence_expired,
        Refusal::WeakCipher => texts.weak_cipher,
        Refusal::UnusableOffer => texts.unusable_offer,
        Refusal::Unknown => texts.refused,
    }
}

const fn closed(texts: &Texts, reason: CloseReason) -> &'static str {
    let texts = &texts.ended;
    match reason {
        CloseReason::Left => texts.left,
        CloseReason::Removed => texts.removed,
        CloseReason::Ended => texts.for_all,
        CloseReason::Abandoned => texts.abandoned,
        CloseReason::Replaced => texts.replaced,
        CloseReason::Protocol => texts.protocol,
        CloseReason::Slow => texts.slow,
        CloseReason::Stopping => texts.stopping,
        CloseReason::Internal | CloseReason::Unknown => texts.failed,
    }
}

/// Whether the way back is shut for a while only: the refusal came with a pause.
const fn opens_soon(reason: EndReason) -> bool {
    matches!(reason, EndReason::Refused(Refusal::TurnedAway | Refusal::TooSoon))
}
