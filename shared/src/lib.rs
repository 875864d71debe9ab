// SPDX-License-Identifier: EUPL-1.2
//! The contract between page and server: who says what, and which words both understand.
//!
//! A connection opens with the server's [`ServerMessage::Challenge`]. The page answers with
//! [`ClientMessage::Enter`] and is told to wait, welcomed or refused. From then on both sides make
//! statements: no message carries a request id, every wish is whole, repeating one is harmless.
//!
//! The crate is pure: it knows no socket, no browser, no clock and no source of randomness. Random
//! bytes and times are arguments.
#![no_std]

extern crate alloc;

mod bytes;
mod capability;
mod client;
mod id;
mod media;
mod name;
mod offer;
mod reason;
mod secret;
mod server;
mod time;
mod version;

pub use capability::{Challenge, ModeratorKey, ModeratorProof, RoomId};
pub use client::{ClientMessage, Moderation};
pub use id::{ParticipantId, Revision};
pub use media::{MediaKind, Mid, Source};
pub use name::{DisplayName, SealedProfile};
pub use offer::{Answer, Offer, Sdp, SenderLine};
pub use reason::{CloseReason, Refusal};
pub use secret::{InvitationKey, ResumeToken, RoomSecret};
pub use server::{
    Knock, ParticipantInfo, Role, RosterChange, ServerMessage, SlotEntry, WaitingFor,
};
pub use time::Timestamp;
pub use version::{MAX_MESSAGE_LEN, SUB_PROTOCOL};
