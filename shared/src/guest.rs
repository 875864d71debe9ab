// SPDX-License-Identifier: EUPL-1.2
//! Showing that one was invited, without showing the invitation.
//!
//! A server cannot tell who holds the invitation of a room: it never sees one. So that an open door is
//! open to those who were invited and to nobody else, a moderator tells the room a public key that
//! derives from the invitation, and guests sign with the other half.

use core::fmt;

use alloc::{boxed::Box, vec::Vec};
use ed25519_dalek::{Signer as _, SigningKey};
use serde::{Deserialize, Serialize};

use crate::{
    bytes,
    capability::{Challenge, RoomId, signed},
};

/// The key pair of everybody invited (Ed25519, RFC 8032); its bytes are zeroised when dropped.
pub struct GuestKey(SigningKey);

impl GuestKey {
    pub(crate) fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// What a moderator tells the room, so that it can recognise guests.
    pub fn mark(&self) -> GuestMark {
        GuestMark(self.0.verifying_key().to_bytes())
    }

    /// Answers the challenge of one connection.
    pub fn prove(&self, room: RoomId, challenge: &Challenge) -> GuestProof {
        let signature = self.0.sign(&statement(room, challenge)).to_bytes();
        GuestProof { mark: self.mark(), signature: Box::new(signature) }
    }
}

impl fmt::Debug for GuestKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GuestKey(…)")
    }
}

/// The public half: by it a room recognises who was invited.
#[derive(Clone, Copy, Deserialize, Eq, PartialEq, Serialize)]
#[serde(transparent)]
pub struct GuestMark(#[serde(with = "bytes")] [u8; 32]);

impl fmt::Debug for GuestMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GuestMark(…)")
    }
}

/// Shows that this connection belongs to somebody who holds an invitation; to whose room, only the
/// mark that its moderator told can say.
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct GuestProof {
    mark: GuestMark,
    #[serde(with = "bytes::boxed")]
    signature: Box<[u8; 64]>,
}

impl GuestProof {
    /// The mark that signed this very challenge; `None` when the signature is not its own.
    #[must_use]
    pub fn mark(&self, room: RoomId, challenge: &Challenge) -> Option<GuestMark> {
        signed(&self.mark.0, &statement(room, challenge), &self.signature).then_some(self.mark)
    }
}

impl fmt::Debug for GuestProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GuestProof(…)")
    }
}

/// What a guest signs.
fn statement(room: RoomId, challenge: &Challenge) -> Vec<u8> {
    [b"zooo v1 guest proof".as_slice(), room.as_bytes(), challenge.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RoomSecret;

    #[test]
    fn who_was_invited_is_recognised_on_their_own_connection_only() {
        let secret = RoomSecret::from_random([1; 32]);
        let other = RoomSecret::from_random([3; 32]);
        let room = secret.moderator_key().room_id();
        let guest = secret.invitation_key().guest_key();
        let challenge = Challenge::from_bytes([2; 32]);
        let proof = guest.prove(room, &challenge);
        assert_eq!(proof.mark(room, &challenge), Some(guest.mark()));
        assert_eq!(proof.mark(room, &Challenge::from_bytes([4; 32])), None, "another connection");
        assert_eq!(proof.mark(other.moderator_key().room_id(), &challenge), None, "another room");
        assert_ne!(guest.mark(), other.invitation_key().guest_key().mark(), "another invitation");
        let bent = GuestProof { signature: Box::new([0; 64]), ..proof };
        assert_eq!(bent.mark(room, &challenge), None, "no signature at all");
    }
}
