// SPDX-License-Identifier: EUPL-1.2
//! The contract between page and server: who says what, and which words both understand.
//!
//! A connection opens with the server's [`ServerMessage::Challenge`]. The page answers with
//! [`ClientMessage::Enter`] and is told to wait, welcomed or refused. From then on both sides make
//! statements: no message carries a request id, every wish is whole, repeating one is harmless.
//!
//! The crate is pure: it knows no socket, no browser, no clock and no source of randomness. Random
//! bytes and times are arguments.
// Tests write definitions by a library that needs all of it.
#![cfg_attr(not(test), no_std)]

extern crate alloc;

mod bytes;
mod capability;
mod chat;
mod client;
pub mod embed;
mod guest;
mod id;
mod licence;
mod media;
mod name;
mod offer;
mod padded;
mod reaction;
mod reason;
mod repeats;
mod restriction;
mod role;
mod rtt;
mod secret;
mod server;
mod spoken;
mod statement;
mod ticket;
mod time;
mod told;
mod version;
mod voice;

pub use capability::{Challenge, ModeratorKey, ModeratorProof, RoomId};
pub use chat::{ChatText, SealedText};
pub use client::{ClientMessage, Entry, Moderation, WantedPicture};
pub use guest::{GuestKey, GuestMark, GuestProof};
pub use id::{ParticipantId, Revision};
pub use licence::{Licence, LicenceFault, LicenceTerms, OperatorKey, OperatorMark};
pub use media::{Layer, LayerSet, MediaKind, Mid, Source};
pub use name::{DisplayName, SealedProfile};
pub use offer::{Answer, Offer, Sdp, SenderLine};
pub use reaction::{Reaction, SealedReaction};
pub use reason::{CloseReason, Refusal};
pub use restriction::{Restriction, Restrictions};
pub use role::{Act, Audience, Door, Floor, Grant, Invitations, Role, RoomRules};
pub use rtt::{LiveLine, SealedLine};
pub use secret::{InvitationKey, ResumeToken, RoomSecret};
pub use server::{Knock, ParticipantInfo, RosterChange, ServerMessage, SlotEntry, WaitingFor};
pub use statement::{
    Answered, Barrier, Enforcement, InBoth, Judged, Responsible, Standing, Statement, Weight,
};
pub use ticket::{Ticket, TicketFault, TicketNumber};
pub use time::{Timestamp, UnixTime};
pub use version::{MAX_MESSAGE_LEN, SUB_PROTOCOL};
pub use voice::VoiceKey;
