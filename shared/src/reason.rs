// SPDX-License-Identifier: EUPL-1.2
//! Why somebody is outside.

use serde::{Deserialize, Serialize};

/// What the server did not grant; the connection ends with it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// A moderator turned the person away.
    TurnedAway,
    /// The room or its lobby has no place left.
    Full,
    /// The proof does not open this room.
    WrongProof,
    /// The door is locked: nobody new comes in.
    Locked,
    /// A moderator turned this tab away a moment ago.
    TooSoon,
    /// Only personal invitations count, and none was shown.
    PersonalOnly,
    /// The personal invitation was not made for this room.
    WrongTicket,
    /// The time of the personal invitation is over.
    TicketExpired,
    /// The personal invitation has been used.
    TicketUsed,
    /// The server opens rooms with a licence of its operator only, and the bookmark carries none that
    /// holds for this room.
    Unlicensed,
    /// The time of the room's licence is over.
    LicenceExpired,
    /// The browser does not offer SRTP with `AEAD_AES_256_GCM`.
    WeakCipher,
    /// The server cannot answer the browser's offer: a codec or an extension it needs is missing.
    UnusableOffer,
    /// The server goes out of service, and begins no conference any more.
    OutOfService,
    /// The server has no place left, in whichever room.
    Busy,
    /// Too many are here already from where this person comes.
    Crowded,
    /// A reason that this page does not know.
    #[serde(other)]
    Unknown,
}

/// Why a connection ended that had been accepted.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CloseReason {
    /// The participant left.
    Left,
    /// A moderator removed the participant.
    Removed,
    /// A moderator ended the conference for everybody.
    Ended,
    /// No moderator came back in time.
    Abandoned,
    /// The seat was taken up from another connection.
    Replaced,
    /// The page said something that the protocol does not allow.
    Protocol,
    /// The page said more in a short time than it may.
    Flood,
    /// The page did not take its messages in time.
    Slow,
    /// The server is being stopped.
    Stopping,
    /// The server failed.
    Internal,
    /// A reason that this page does not know.
    #[serde(other)]
    Unknown,
}
