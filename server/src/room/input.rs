// SPDX-License-Identifier: EUPL-1.2
//! What can happen to a room.

use core::fmt;

use shared::{ClientMessage, LayerSet, MediaKind, Mid, ParticipantId, Source, Timestamp};

/// One WebSocket. A participant outlives it.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct SessionId(pub u64);

/// From where a page connects: equal for equal networks, for a while, and telling nothing else about
/// them. It does not print.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
pub struct SourceKey(pub u64);

impl fmt::Debug for SourceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SourceKey(…)")
    }
}

/// Everything that a room reacts to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Input {
    /// A page opened a connection.
    Connected(SessionId, SourceKey),
    /// A page said something; already parsed and within its limits.
    Message(SessionId, ClientMessage),
    /// A page broke the protocol before it could be understood, and its connection is gone.
    Violated(SessionId),
    /// A connection is gone, whoever ended it.
    Disconnected(SessionId),
    /// The offer of [`Effect::Negotiate`](super::Effect::Negotiate) was answered; the answer is on its way.
    Negotiated {
        /// Whose offer.
        participant: ParticipantId,
        /// The media lines on which they can receive, in the order of the offer.
        slots: Vec<(Mid, MediaKind)>,
    },
    /// The offer of [`Effect::Negotiate`](super::Effect::Negotiate) was one to go on with the transport there is,
    /// and was answered; the answer is on its way.
    Grown {
        /// Whose offer.
        participant: ParticipantId,
        /// All media lines on which they can receive; those that were there before come first.
        slots: Vec<(Mid, MediaKind)>,
    },
    /// The offer of [`Effect::Negotiate`](super::Effect::Negotiate) cannot be answered.
    NotNegotiated {
        /// Whose offer.
        participant: ParticipantId,
    },
    /// The media transport changed.
    Transport(ParticipantId, TransportChange),
    /// The server goes out of service at this moment; said once.
    Closing(Timestamp),
    /// The moment of [`Room::deadline`](super::Room::deadline) has come.
    Timeout,
}

/// What a media transport reports about itself.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TransportChange {
    /// Keys are agreed; media can flow.
    Connected,
    /// The browser does not offer the one cipher that is accepted.
    WeakCipher,
    /// The handshake failed, or consent expired (RFC 7675).
    Lost,
    /// What of its pictures anybody can use has changed.
    Wanted(Source, LayerSet),
    /// Its owner begins to speak, or has ended.
    Speaking(bool),
}
