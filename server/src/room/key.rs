// SPDX-License-Identifier: EUPL-1.2
//! What a room mints: challenges and resume tokens, from one random key.
//!
//! Both are HMAC-SHA-256 (RFC 2104) over a label and what they are bound to. So the machine needs no
//! randomness of its own, and keeps nothing that it can make again.

use core::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use shared::{Challenge, ParticipantId, ResumeToken};
use zeroize::ZeroizeOnDrop;

use super::SessionId;

/// 32 bytes that only this room knows, for as long as it lives. Zeroised when dropped, never printed.
#[derive(ZeroizeOnDrop)]
pub struct RoomKey([u8; 32]);

impl RoomKey {
    /// Makes a key of 32 bytes from a cryptographic source of randomness. A key serves one room once:
    /// used again, it would make the same challenges again.
    pub const fn from_random(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// What a moderator on this connection has to sign.
    pub(super) fn challenge(&self, session: SessionId) -> Challenge {
        Challenge::from_bytes(self.mint(b"zooo v1 challenge", session.0, 0))
    }

    /// What takes up this participant's seat again, after this many welcomes. Before the first one it
    /// is the token of their knock.
    pub(super) fn resume_token(&self, participant: ParticipantId, welcomes: u64) -> ResumeToken {
        ResumeToken::from_bytes(self.mint(
            b"zooo v1 resume token",
            u64::from(participant.0),
            welcomes,
        ))
    }

    /// No label is the beginning of another one and the numbers have one length: no two statements
    /// are the same bytes.
    fn mint(&self, label: &[u8], whose: u64, count: u64) -> [u8; 32] {
        // A key shorter than a block is filled up with zeros by HMAC itself.
        let mut block = zeroize::Zeroizing::new([0; 64]);
        block.iter_mut().zip(self.0).for_each(|(to, from)| *to = from);
        Hmac::<Sha256>::new((&*block).into())
            .chain_update(label)
            .chain_update(whose.to_be_bytes())
            .chain_update(count.to_be_bytes())
            .finalize()
            .into_bytes()
            .into()
    }
}

impl fmt::Debug for RoomKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RoomKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_minted_is_different() {
        let key = RoomKey::from_random([1; 32]);
        assert_ne!(key.challenge(SessionId(1)), key.challenge(SessionId(2)));
        let token = key.resume_token(ParticipantId(1), 1);
        assert_ne!(token, key.resume_token(ParticipantId(1), 2), "another welcome");
        assert_ne!(token, key.resume_token(ParticipantId(2), 1), "another seat");
        let other = RoomKey::from_random([2; 32]);
        assert_ne!(token, other.resume_token(ParticipantId(1), 1), "another room");
    }

    #[test]
    fn the_key_does_not_print() {
        assert_eq!(format!("{:?}", RoomKey::from_random([1; 32])), "RoomKey(…)");
    }
}
