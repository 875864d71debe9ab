// SPDX-License-Identifier: EUPL-1.2
//! Why somebody is outside.

use serde::{Deserialize, Serialize};

/// What the server did not grant; the connection ends with it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// A moderator turned the person away.
    TurnedAway,
    /// The room or its lobby has no place left.
    Full,
    /// The proof does not open this room.
    WrongProof,
    /// The browser does not offer SRTP with `AEAD_AES_256_GCM`.
    WeakCipher,
    /// The server cannot answer the browser's offer: a codec or an extension it needs is missing.
    UnusableOffer,
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
    /// The seat was taken up from another connection.
    Replaced,
    /// The page said something that the protocol does not allow.
    Protocol,
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
