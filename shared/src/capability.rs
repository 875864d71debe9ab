// SPDX-License-Identifier: EUPL-1.2
//! Rooms as capabilities: a room is the hash of a public key, a moderator is who can sign with it.
//!
//! Nothing is registered: a server that never heard of a room can check its moderator.

use alloc::{string::String, vec::Vec};
use core::fmt;

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sha2::{Digest as _, Sha256};

use crate::bytes;

/// Which room: the first 16 bytes of SHA-256 over a label and the moderator's public key.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct RoomId([u8; 16]);

impl RoomId {
    /// Reads the room from the path of a link.
    pub fn parse(text: &str) -> Option<Self> {
        bytes::from_base32(text).map(Self)
    }

    /// The room in the path of a link: 26 characters of lower-case base32.
    pub fn to_text(self) -> String {
        bytes::to_base32(self.0)
    }

    /// The room as bytes, for what is bound to it.
    pub(crate) const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// The room that the holder of this public key runs.
    pub(crate) fn of_key(key: &[u8; 32]) -> Self {
        let digest = Sha256::new().chain_update(b"zooo v1 room id").chain_update(key).finalize();
        let mut id = [0; 16];
        id.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        Self(id)
    }
}

/// A room is personal data of those who meet in it: it does not print.
impl fmt::Debug for RoomId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RoomId(…)")
    }
}

impl Serialize for RoomId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_text())
    }
}

impl<'de> Deserialize<'de> for RoomId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("not a room id"))
    }
}

/// 32 bytes that the server chose for this one connection.
#[derive(Clone, Copy, Deserialize, Eq, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Challenge(#[serde(with = "bytes")] [u8; 32]);

impl Challenge {
    /// Makes a challenge of 32 bytes that nobody can guess and that never come again.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The challenge as bytes, for what is bound to it.
    pub(crate) const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Challenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Challenge(…)")
    }
}

/// The key pair behind a room (Ed25519, RFC 8032); its bytes are zeroised when dropped.
pub struct ModeratorKey(SigningKey);

impl ModeratorKey {
    pub(crate) fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// The room that this key opens.
    pub fn room_id(&self) -> RoomId {
        RoomId::of_key(self.0.verifying_key().as_bytes())
    }

    /// The public half, as it stands in what this key signs.
    pub(crate) fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// Signs a statement that begins with a label of its own.
    pub(crate) fn sign(&self, statement: &[u8]) -> [u8; 64] {
        self.0.sign(statement).to_bytes()
    }

    /// Answers the challenge of one connection.
    pub fn prove(&self, challenge: &Challenge) -> ModeratorProof {
        let statement = statement(self.room_id(), challenge);
        ModeratorProof { key: self.public(), signature: self.sign(&statement) }
    }
}

impl fmt::Debug for ModeratorKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ModeratorKey(…)")
    }
}

/// Shows that this connection belongs to somebody who holds the room's bookmark.
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ModeratorProof {
    #[serde(with = "bytes")]
    key: [u8; 32],
    #[serde(with = "bytes")]
    signature: [u8; 64],
}

impl ModeratorProof {
    /// Whether the key is the room's own and signed this very challenge.
    #[must_use]
    pub fn holds(&self, room: RoomId, challenge: &Challenge) -> bool {
        RoomId::of_key(&self.key) == room
            && signed(&self.key, &statement(room, challenge), &self.signature)
    }
}

impl fmt::Debug for ModeratorProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ModeratorProof(…)")
    }
}

/// Whether the holder of a public key signed this statement: strictly, that is RFC 8032 without the
/// keys of small order, which would sign anything.
pub(crate) fn signed(key: &[u8; 32], statement: &[u8], signature: &[u8; 64]) -> bool {
    VerifyingKey::from_bytes(key)
        .is_ok_and(|key| key.verify_strict(statement, &Signature::from_bytes(signature)).is_ok())
}

/// What a moderator signs.
fn statement(room: RoomId, challenge: &Challenge) -> Vec<u8> {
    [b"zooo v1 moderator proof".as_slice(), room.as_bytes(), &challenge.0].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RoomSecret;

    #[test]
    fn the_holder_of_the_bookmark_is_believed() {
        let key = RoomSecret::from_random([1; 32]).moderator_key();
        let challenge = Challenge::from_bytes([2; 32]);
        assert!(key.prove(&challenge).holds(key.room_id(), &challenge));
    }

    #[test]
    fn a_proof_is_worth_nothing_anywhere_else() {
        let key = RoomSecret::from_random([1; 32]).moderator_key();
        let other = RoomSecret::from_random([3; 32]).moderator_key();
        let challenge = Challenge::from_bytes([2; 32]);
        let proof = key.prove(&challenge);
        assert!(!proof.holds(other.room_id(), &challenge), "another room");
        assert!(!proof.holds(key.room_id(), &Challenge::from_bytes([4; 32])), "another connection");
        assert!(!other.prove(&challenge).holds(key.room_id(), &challenge), "another key");
        let bent = ModeratorProof { signature: [0; 64], ..proof };
        assert!(!bent.holds(key.room_id(), &challenge), "no signature at all");
    }
}
