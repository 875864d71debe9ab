// SPDX-License-Identifier: EUPL-1.2
//! What people write to each other: plain in the page, sealed everywhere else.

use alloc::{string::String, vec::Vec};
use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{
    bytes,
    capability::RoomId,
    id::ParticipantId,
    padded::{self, NONCE_LEN, TAG_LEN, turns_text},
    secret::InvitationKey,
};

/// A message to everybody; never empty. It does not print.
#[derive(Clone, Eq, PartialEq, Zeroize, ZeroizeOnDrop)]
pub struct ChatText(String);

impl ChatText {
    /// The longest message, in bytes of UTF-8.
    pub const MAX_LEN: usize = 4_000;

    /// Takes what somebody typed: control characters go but for line breaks, white space around it
    /// goes, what is too long is cut at a character. `None` when nothing is left.
    pub fn from_typed(typed: &str) -> Option<Self> {
        let mut text: String =
            typed.chars().filter(|c| *c == '\n' || !(c.is_control() || turns_text(*c))).collect();
        while text.len() > Self::MAX_LEN {
            text.pop();
        }
        let text = text.trim();
        (!text.is_empty()).then(|| Self(text.into()))
    }

    /// The message, to be shown as text and as nothing else.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ChatText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ChatText(…)")
    }
}

/// A message under the room's invitation key: nonce, ciphertext and tag of AES-256-GCM. The plain text
/// is padded to whole blocks of 256 bytes, so that the ciphertext does not tell short words apart.
#[derive(Clone, Eq, PartialEq)]
pub struct SealedText(Vec<u8>);

impl SealedText {
    /// The longest, in bytes.
    pub const MAX_LEN: usize = padded::sealed_len(ChatText::MAX_LEN);

    /// Seals a message of this participant. The nonce comes from a cryptographic source of randomness
    /// and is used once.
    pub fn seal(
        text: &ChatText,
        key: &InvitationKey,
        (room, from): (RoomId, ParticipantId),
        nonce: [u8; 12],
    ) -> Self {
        let bound = padded::bound_to(LABEL, room, from);
        Self(padded::seal(text.as_str(), &key.chat_key(), &bound, nonce))
    }

    /// Opens a message; `None` when it was not sealed under this room's invitation key by whom it is
    /// said to come from.
    pub fn open(
        &self,
        key: &InvitationKey,
        (room, from): (RoomId, ParticipantId),
    ) -> Option<ChatText> {
        let bound = padded::bound_to(LABEL, room, from);
        // Whoever holds the key may have written anything: it is read as though it were typed.
        ChatText::from_typed(&padded::open(&self.0, &key.chat_key(), &bound)?)
    }
}

impl fmt::Debug for SealedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealedText(…)")
    }
}

impl Serialize for SealedText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        bytes::serialize(&self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for SealedText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        bytes::from_base64_up_to(&text, Self::MAX_LEN)
            .filter(|sealed| sealed.len() > NONCE_LEN.saturating_add(TAG_LEN))
            .map(Self)
            .ok_or_else(|| D::Error::custom("not a sealed text"))
    }
}

/// A message is worth nothing in another room, or as somebody else's.
const LABEL: &[u8] = b"zooo v1 chat";

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::RoomSecret;

    const ADA: ParticipantId = ParticipantId(1);

    fn room() -> (InvitationKey, RoomId) {
        let secret = RoomSecret::from_random([1; 32]);
        (secret.invitation_key(), secret.moderator_key().room_id())
    }

    #[test]
    fn who_is_invited_reads_what_was_written_by_whom_it_was_written() {
        let (key, room) = room();
        let text = ChatText::from_typed(" Hello,\nBob! ").expect("words");
        let sealed = SealedText::seal(&text, &key, (room, ADA), [5; 12]);
        assert_eq!(sealed.open(&key, (room, ADA)).expect("ours").as_str(), "Hello,\nBob!");
        assert!(sealed.open(&key, (room, ParticipantId(2))).is_none(), "somebody else's");
        let other = RoomSecret::from_random([2; 32]);
        assert!(sealed.open(&other.invitation_key(), (room, ADA)).is_none(), "not invited");
        let elsewhere = other.moderator_key().room_id();
        assert!(sealed.open(&key, (elsewhere, ADA)).is_none(), "another room");
    }

    #[test]
    fn short_words_look_alike() {
        let (key, room) = room();
        let seal = |text| {
            let text = ChatText::from_typed(text).expect("words");
            SealedText::seal(&text, &key, (room, ADA), [5; 12]).0.len()
        };
        assert_eq!(seal("Yes"), seal("Certainly not"));
    }

    #[test]
    fn nothing_is_no_message() {
        assert_eq!(ChatText::from_typed(" \n\u{0}\u{202e} "), None);
    }

    proptest! {
        #[test]
        fn every_message_survives_sealing(typed in "(?s).{0,5000}") {
            let (key, room) = room();
            if let Some(text) = ChatText::from_typed(&typed) {
                prop_assert!(text.as_str().len() <= ChatText::MAX_LEN);
                let sealed = SealedText::seal(&text, &key, (room, ADA), [5; 12]);
                prop_assert!(sealed.0.len() <= SealedText::MAX_LEN);
                prop_assert_eq!(sealed.open(&key, (room, ADA)), Some(text));
            }
        }
    }
}
