// SPDX-License-Identifier: EUPL-1.2
//! Bytes that open something: never printed, zeroised when dropped.

use alloc::string::String;
use core::fmt;

use hkdf::Hkdf;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{bytes, capability::ModeratorKey, guest::GuestKey};

/// What a moderator's bookmark holds: 32 random bytes from which everything about a room derives.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct RoomSecret([u8; 32]);

impl RoomSecret {
    /// Makes a room of 32 bytes from a cryptographic source of randomness.
    pub const fn from_random(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// Reads the text behind the `#` of a bookmark.
    pub fn parse(text: &str) -> Option<Self> {
        bytes::from_base64(text).map(Self)
    }

    /// The text behind the `#` of a bookmark: 43 characters.
    pub fn to_text(&self) -> String {
        bytes::to_base64(&self.0)
    }

    /// The key pair that proves the moderator's role.
    pub fn moderator_key(&self) -> ModeratorKey {
        ModeratorKey::from_seed(&derive(&self.0, b"zooo v1 moderator key"))
    }

    /// The key that everybody invited holds.
    pub fn invitation_key(&self) -> InvitationKey {
        InvitationKey(*derive(&self.0, b"zooo v1 invitation key"))
    }
}

/// What an invitation holds: 32 bytes that protect the names, and never reach a server.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct InvitationKey([u8; 32]);

impl InvitationKey {
    /// Reads the text behind the `#` of an invitation.
    pub fn parse(text: &str) -> Option<Self> {
        bytes::from_base64(text).map(Self)
    }

    /// The text behind the `#` of an invitation: 43 characters.
    pub fn to_text(&self) -> String {
        bytes::to_base64(&self.0)
    }

    /// The key pair with which somebody shows that they were invited.
    pub fn guest_key(&self) -> GuestKey {
        GuestKey::from_seed(&derive(&self.0, b"zooo v1 guest key"))
    }

    /// The AES-256 key under which chat is sealed.
    pub(crate) fn chat_key(&self) -> Zeroizing<[u8; 32]> {
        derive(&self.0, b"zooo v1 chat key")
    }

    /// The AES-256 key under which reactions are sealed.
    pub(crate) fn reaction_key(&self) -> Zeroizing<[u8; 32]> {
        derive(&self.0, b"zooo v1 reaction key")
    }

    /// The AES-256 key under which lines are sealed that are being written.
    pub(crate) fn rtt_key(&self) -> Zeroizing<[u8; 32]> {
        derive(&self.0, b"zooo v1 rtt key")
    }

    /// The AES-256 key under which profiles are sealed.
    pub(crate) fn profile_key(&self) -> Zeroizing<[u8; 32]> {
        derive(&self.0, b"zooo v1 profile key")
    }
}

/// By what a room recognises a tab that was at its door or inside before: it takes up a seat that is
/// kept, and gives away who was refused or removed.
#[derive(Clone, Deserialize, Serialize, Zeroize, ZeroizeOnDrop)]
#[serde(transparent)]
pub struct ResumeToken(#[serde(with = "bytes")] [u8; 32]);

impl ResumeToken {
    /// Makes a token of 32 bytes that nobody can guess.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads a token from the page's session storage.
    pub fn parse(text: &str) -> Option<Self> {
        bytes::from_base64(text).map(Self)
    }

    /// The token for the page's session storage: 43 characters.
    pub fn to_text(&self) -> String {
        bytes::to_base64(&self.0)
    }
}

/// In constant time: a token cannot be found byte by byte.
impl PartialEq for ResumeToken {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for ResumeToken {}

/// Secrets show their type and nothing else.
macro_rules! never_printed {
    ($($secret:ident),+) => {
        $(impl fmt::Debug for $secret {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($secret), "(…)"))
            }
        })+
    };
}

never_printed!(RoomSecret, InvitationKey, ResumeToken);

/// HKDF-SHA-256 (RFC 5869) without salt: the input is uniformly random already.
fn derive(secret: &[u8; 32], label: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut derived = Zeroizing::new([0; 32]);
    let expanded = Hkdf::<Sha256>::new(None, secret).expand(label, derived.as_mut_slice());
    // 32 bytes are one block of SHA-256; the limit is 255 blocks.
    debug_assert!(expanded.is_ok(), "one block can always be derived");
    derived
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    #[test]
    fn what_derives_from_a_secret_never_changes() {
        let secret = RoomSecret::from_random([7; 32]);
        assert_eq!(secret.to_text(), "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc");
        assert_eq!(secret.moderator_key().room_id().to_text(), "tyxzxvlcg7n3lvx6rtdgezbt54");
        assert_eq!(
            secret.invitation_key().to_text(),
            "VMq8dRDC3uPbYw6oEAcB6mqaddVjqsAJg5ldOlJ30bQ"
        );
    }

    #[test]
    fn a_secret_survives_its_text() {
        let secret = RoomSecret::from_random([9; 32]);
        let again = RoomSecret::parse(&secret.to_text()).expect("its own text");
        assert_eq!(again.0, secret.0);
        assert!(RoomSecret::parse("short").is_none());
    }

    #[test]
    fn secrets_do_not_print() {
        let secret = RoomSecret::from_random([7; 32]);
        assert_eq!(format!("{secret:?}"), "RoomSecret(…)");
        assert_eq!(format!("{:?}", secret.invitation_key()), "InvitationKey(…)");
        assert_eq!(format!("{:?}", ResumeToken::from_bytes([1; 32])), "ResumeToken(…)");
    }
}
