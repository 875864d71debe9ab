// SPDX-License-Identifier: EUPL-1.2
//! Every end in words: what happened, and what to do.

use shared::{CloseReason, Refusal};

use super::text::Texts;
use crate::call::EndReason;

/// What the screen is called.
pub(super) const fn title(texts: &Texts, reason: EndReason) -> &'static str {
    let texts = &texts.ended;
    match reason {
        EndReason::Left | EndReason::Closed(CloseReason::Left) => texts.goodbye,
        EndReason::Refused(_) | EndReason::Incomplete => texts.not_inside,
        EndReason::Closed(CloseReason::Ended | CloseReason::Abandoned) => texts.over,
        EndReason::Closed(_) | EndReason::Unreachable => texts.outside,
    }
}

/// What the way back is called: whoever was not wanted can knock and no more.
pub(super) const fn way_back(texts: &Texts, reason: EndReason) -> &'static str {
    match reason {
        EndReason::Refused(Refusal::TurnedAway | Refusal::TooSoon | Refusal::TicketUsed)
        | EndReason::Closed(CloseReason::Removed) => texts.ended.knock_again,
        EndReason::Left | EndReason::Unreachable | EndReason::Refused(_) | EndReason::Closed(_) => {
            texts.ended.back
        }
        EndReason::Incomplete => texts.rest.again,
    }
}

/// The reason, and what to do.
pub(super) const fn sentence(texts: &Texts, reason: EndReason) -> &'static str {
    match reason {
        EndReason::Left => texts.ended.left,
        EndReason::Unreachable => texts.ended.unreachable,
        EndReason::Incomplete => texts.rest.missing,
        EndReason::Refused(refusal) => refused(texts, refusal),
        EndReason::Closed(reason) => closed(texts, reason),
    }
}

const fn refused(texts: &Texts, refusal: Refusal) -> &'static str {
    let (closing, limits) = (&texts.closing, &texts.limits);
    let texts = &texts.ended;
    match refusal {
        Refusal::OutOfService => closing.refused,
        Refusal::Busy => limits.busy,
        Refusal::Crowded => limits.crowded,
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
    let limits = &texts.limits;
    let texts = &texts.ended;
    match reason {
        CloseReason::Flood => limits.flood,
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
pub(super) const fn opens_soon(reason: EndReason) -> bool {
    matches!(reason, EndReason::Refused(Refusal::TurnedAway | Refusal::TooSoon))
}
