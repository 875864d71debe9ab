// SPDX-License-Identifier: EUPL-1.2
//! The ICE-lite responder of one transport (RFC 8445 §2.5, §7.3; consent RFC 7675).
//!
//! Invariant: a packet that does not carry our user name, the right integrity and a fingerprint changes
//! nothing and gets no answer.

use core::fmt;
use std::net::SocketAddr;

use rtc_crypto::RTCCrypto;
use rtc_stun::attributes::{
    ATTR_FINGERPRINT, ATTR_ICE_CONTROLLED, ATTR_MESSAGE_INTEGRITY, ATTR_USE_CANDIDATE,
    ATTR_USERNAME,
};
use rtc_stun::error_code::{CODE_ROLE_CONFLICT, ErrorCodeAttribute};
use rtc_stun::fingerprint::FINGERPRINT;
use rtc_stun::integrity::MessageIntegrity;
use rtc_stun::message::{BINDING_ERROR, BINDING_REQUEST, BINDING_SUCCESS, Message, Setter as _};
use rtc_stun::xoraddr::XorMappedAddress;

use super::params::IceCredentials;
use crate::media::Micros;

/// A well-formed check; nothing in it is to be believed before [`IceLite::answer`].
pub(super) struct Check {
    message: Message,
    authenticated_attributes: usize,
}

impl Check {
    /// Reads a datagram; `None` unless it is a binding request with integrity and a final fingerprint.
    pub(super) fn parse(datagram: &[u8]) -> Option<Self> {
        if datagram.len() > MAX_CHECK_LEN {
            return None;
        }
        let mut message = Message { raw: datagram.to_vec(), ..Message::default() };
        message.decode().ok()?;
        let whole =
            usize::try_from(message.length).ok()?.checked_add(HEADER_LEN)? == datagram.len();
        if message.typ != BINDING_REQUEST || !whole {
            return None;
        }
        let attributes = &message.attributes.0;
        let integrity = attributes.iter().position(|found| found.typ == ATTR_MESSAGE_INTEGRITY)?;
        let ends_with_fingerprint =
            attributes.last().is_some_and(|last| last.typ == ATTR_FINGERPRINT && last.length == 4);
        (ends_with_fingerprint && FINGERPRINT.check(&message).is_ok())
            .then_some(Self { message, authenticated_attributes: integrity })
    }

    /// The user name fragment it is addressed to.
    pub(super) fn local_ufrag(&self) -> Option<&[u8]> {
        self.user_name()?.0
    }

    fn user_name(&self) -> Option<(Option<&[u8]>, &[u8])> {
        let name = self.attribute(ATTR_USERNAME)?;
        let mut parts = name.splitn(2, |byte| *byte == b':');
        let local = parts.next();
        Some((local, parts.next()?))
    }

    /// An attribute that the integrity covers; what follows the integrity does not count.
    fn attribute(&self, kind: rtc_stun::attributes::AttrType) -> Option<&[u8]> {
        let covered = self.message.attributes.0.get(..self.authenticated_attributes)?;
        covered.iter().find(|found| found.typ == kind).map(|found| &found.value[..])
    }
}

/// The user name that a datagram claims to be a check for; of what is no check, anything.
///
/// It is believed as far as to choose a thread that looks at the check.
pub(super) fn addressee(datagram: &[u8]) -> Option<&[u8]> {
    let mut attributes = datagram.get(HEADER_LEN..)?;
    loop {
        let (&[kind_high, kind_low, high, low], rest) = attributes.split_first_chunk()?;
        if u16::from_be_bytes([kind_high, kind_low]) == USERNAME {
            let name = rest.get(..usize::from(u16::from_be_bytes([high, low])))?;
            return name.split(|byte| *byte == b':').next().filter(|name| !name.is_empty());
        }
        let padded = usize::from(u16::from_be_bytes([high, low])).next_multiple_of(4);
        attributes = rest.get(padded..)?;
    }
}

/// What a check led to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Verdict {
    /// Not from the peer: no answer.
    Unauthenticated,
    /// The answer is to be sent to where the check came from.
    Answered {
        /// The address belongs to the peer.
        authentic: bool,
    },
}

/// One transport's view of its peer's addresses.
pub(super) struct IceLite {
    credentials: IceCredentials,
    remote_ufrag: String,
    remote: Option<SocketAddr>,
    heard: Micros,
}

impl IceLite {
    pub(super) const fn new(
        now: Micros,
        credentials: IceCredentials,
        remote_ufrag: String,
    ) -> Self {
        Self { credentials, remote_ufrag, remote: None, heard: now }
    }

    /// Where to send to.
    pub(super) const fn remote(&self) -> Option<SocketAddr> {
        self.remote
    }

    /// The user name fragment checks are addressed to.
    pub(super) fn ufrag(&self) -> &[u8] {
        self.credentials.ufrag.as_bytes()
    }

    /// Whether the peer has not consented for too long.
    pub(super) fn is_expired(&self, now: Micros) -> bool {
        now.since(self.heard) > CONSENT_LIFETIME
    }

    /// Verifies a check, follows its nomination and writes the answer into `answer`.
    pub(super) fn answer(
        &mut self,
        now: Micros,
        from: SocketAddr,
        check: &mut Check,
        crypto: &dyn RTCCrypto,
        answer: &mut Vec<u8>,
    ) -> Verdict {
        let named = check.user_name().is_some_and(|(local, remote)| {
            local == Some(self.ufrag()) && remote == self.remote_ufrag.as_bytes()
        });
        let password = self.credentials.password.as_bytes();
        if !named || MessageIntegrity::check(&mut check.message, password, crypto).is_err() {
            return Verdict::Unauthenticated;
        }
        let conflict = check.attribute(ATTR_ICE_CONTROLLED).is_some();
        let Some(reply) = self.reply(&check.message, from, conflict, crypto) else {
            return Verdict::Unauthenticated;
        };
        answer.clear();
        answer.extend_from_slice(&reply.raw);
        if conflict {
            return Verdict::Answered { authentic: false };
        }
        let nominated = check.attribute(ATTR_USE_CANDIDATE).is_some();
        if nominated || self.remote.is_none() {
            self.remote = Some(from);
        }
        if self.remote == Some(from) {
            self.heard = now;
        }
        Verdict::Answered { authentic: true }
    }

    fn reply(
        &self,
        request: &Message,
        from: SocketAddr,
        conflict: bool,
        crypto: &dyn RTCCrypto,
    ) -> Option<Message> {
        let mut reply = Message::new();
        reply.transaction_id = request.transaction_id;
        if conflict {
            reply.set_type(BINDING_ERROR);
            reply.write_header();
            ErrorCodeAttribute { code: CODE_ROLE_CONFLICT, reason: b"Role Conflict".to_vec() }
                .add_to(&mut reply)
                .ok()?;
        } else {
            reply.set_type(BINDING_SUCCESS);
            reply.write_header();
            XorMappedAddress { ip: from.ip().to_canonical(), port: from.port() }
                .add_to(&mut reply)
                .ok()?;
        }
        let password = self.credentials.password.as_bytes().to_vec();
        MessageIntegrity::new_raw_integrity_with_provider(password, crypto)
            .add_to(&mut reply)
            .ok()?;
        FINGERPRINT.add_to(&mut reply).ok()?;
        Some(reply)
    }
}

impl fmt::Debug for IceLite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IceLite")
    }
}

/// RFC 7675 §5.1.
const CONSENT_LIFETIME: Micros = Micros::from_millis(30_000);
const HEADER_LEN: usize = 20;
/// RFC 8489 §18.3.
const USERNAME: u16 = 0x0006;
/// Checks of browsers take about a hundred bytes.
const MAX_CHECK_LEN: usize = 576;

#[cfg(test)]
#[path = "ice_tests.rs"]
mod tests;
