// SPDX-License-Identifier: EUPL-1.2
//! What the offer and the answer agree on, as the media thread needs it.

use core::fmt;
use std::net::SocketAddr;

use shared::{Layer, MediaKind, Mid, Source};
use zeroize::Zeroizing;

use super::local::thread_of;
use super::plane::TransportId;
use crate::media::codec::Codec;
use crate::media::incoming::ExtensionIds;

/// Everything a media thread needs to know of one transport. Made by negotiation, opaque to others.
pub struct TransportParams {
    pub(super) local: IceCredentials,
    /// The peer's ICE user name; the relay sends no checks, so it needs no password of the peer.
    pub(super) remote_ufrag: String,
    pub(super) fingerprint: Fingerprint,
    pub(super) ids: ExtensionIds,
    pub(super) feedback_ssrc: u32,
    pub(super) first_sequence: u16,
    pub(super) first_timestamp: u32,
    pub(super) senders: Vec<SenderParams>,
    pub(super) slots: Vec<SlotParams>,
}

impl TransportParams {
    /// The name under which the transport is to be opened: the given one, with the thread in it that the
    /// credentials lead to.
    #[must_use]
    pub fn name(&self, id: TransportId) -> TransportId {
        let thread = self.local.ufrag.bytes().next().and_then(thread_of);
        id.on(thread.unwrap_or(0))
    }
}

impl fmt::Debug for TransportParams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportParams")
            .field("senders", &self.senders.len())
            .field("slots", &self.slots.len())
            .finish_non_exhaustive()
    }
}

/// What the local side brings into a negotiation: fresh credentials and numbers, and where it listens.
pub struct LocalTransport {
    /// Credentials the peer's checks must carry.
    pub credentials: IceCredentials,
    /// Fingerprint of the process's certificate.
    pub fingerprint: Fingerprint,
    /// Where the peer may send to.
    pub candidates: Vec<SocketAddr>,
    /// The first of the numbers that become SSRCs; those the offer uses are skipped.
    pub first_ssrc: u32,
    /// Where the slots' sequence numbers start; cut to 15 bits.
    pub first_sequence: u16,
    /// Where the slots' timestamps start.
    pub first_timestamp: u32,
    /// The session id of the answer's `o=` line.
    pub session_id: u32,
    /// Which answer of the session it is, from 1.
    pub version: u32,
    /// What may be sent and received, the preferred codecs first.
    pub codecs: Vec<Codec>,
}

impl fmt::Debug for LocalTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LocalTransport")
    }
}

/// ICE user name and password (RFC 8445 §5.3).
#[derive(Clone)]
pub struct IceCredentials {
    /// The user name fragment.
    pub ufrag: String,
    /// The password.
    pub password: Zeroizing<String>,
}

impl fmt::Debug for IceCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IceCredentials")
    }
}

/// The SHA-256 of a certificate.
#[derive(Clone, Copy, Eq, PartialEq)]
pub struct Fingerprint(pub [u8; 32]);

impl Fingerprint {
    /// Reads the form of RFC 8122: two hexadecimal digits per byte, colons between.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        let mut parts = text.split(':');
        for byte in &mut bytes {
            let part = parts.next().filter(|part| part.len() == 2)?;
            *byte = u8::from_str_radix(part, 16).ok()?;
        }
        parts.next().is_none().then_some(Self(bytes))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, byte) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str(":")?;
            }
            write!(f, "{byte:02X}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fingerprint")
    }
}

/// A media line on which the peer sends.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct SenderParams {
    pub(super) mid: Mid,
    pub(super) source: Source,
    /// What may come: a codec of pictures, or Opus, as it is or in RED.
    pub(super) codecs: Vec<CodecParams>,
    /// Media source and retransmission source, if the offer names them. Empty for a line with several
    /// encodings: which is which only its packets say.
    pub(super) ssrcs: Vec<(u32, bool)>,
    /// The names of its encodings (RFC 8851 `rid`), if it has several.
    pub(super) rids: Vec<(String, Layer)>,
}

/// A media line on which the peer receives.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct SlotParams {
    pub(super) mid: Mid,
    pub(super) kind: MediaKind,
    /// What the peer takes.
    pub(super) codecs: Vec<CodecParams>,
    pub(super) ssrc: u32,
    pub(super) rtx_ssrc: u32,
    /// Whether the peer tells when its packets arrived.
    pub(super) transport_cc: bool,
    /// Whether it reads the dependency descriptor of a packet.
    pub(super) dependency: bool,
}

/// A codec of a media line and its payload types.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct CodecParams {
    pub(super) codec: Codec,
    pub(super) payload_type: u8,
    pub(super) rtx_payload_type: Option<u8>,
}

/// What is sent as it is, and RED as Opus to who has not agreed to RED.
pub(super) fn formats(codecs: &[CodecParams]) -> [Option<CodecParams>; 6] {
    let find = |codec| codecs.iter().find(|known| known.codec == codec).copied();
    Codec::ALL
        .map(|codec| find(codec).or_else(|| find(Codec::Opus).filter(|_| codec == Codec::Red)))
}
