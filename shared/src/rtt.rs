// SPDX-License-Identifier: EUPL-1.2
//! Real-time text (EN 301 549, 6.2): the line that somebody is writing, as it is before it is finished.
//! Plain in the page, sealed everywhere else.
//!
//! Each statement is the whole line. So nothing has to be known of what was stated before: what is lost on
//! the way is in the next statement, and whoever comes later reads along from it on. Whatever changes a line
//! is the same here: a key, a word that a keyboard put in place of another, what was pasted, what was taken
//! back.

use alloc::{string::String, vec::Vec};
use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{
    bytes,
    capability::RoomId,
    id::ParticipantId,
    padded::{self, BLOCK_LEN, turns_text},
    secret::InvitationKey,
};

/// A line that is being written; may be empty. It does not print.
#[derive(Clone, Default, Eq, PartialEq, Zeroize, ZeroizeOnDrop)]
pub struct LiveLine(String);

impl LiveLine {
    /// The longest line, in bytes of UTF-8.
    ///
    /// Larger, somebody who writes costs everybody more with each key. Smaller, the beginning of a line is out
    /// of sight sooner, until it is finished.
    pub const MAX_LEN: usize = 1_000;

    /// Takes what stands in the field: control characters go but for line breaks, and of what is too long the
    /// end stays, where it is being written.
    pub fn from_typed(typed: &str) -> Self {
        let seen = |c: &char| *c == '\n' || !(c.is_control() || turns_text(*c));
        let text: String = typed.chars().filter(seen).collect();
        if text.len() <= Self::MAX_LEN {
            return Self(text);
        }
        let least = text.len().saturating_sub(Self::MAX_LEN.saturating_sub(OMITTED.len_utf8()));
        let from = text.char_indices().map(|(at, _)| at).find(|at| *at >= least);
        let end = from.and_then(|from| text.get(from..)).unwrap_or_default();
        Self([OMITTED].into_iter().chain(end.chars()).collect())
    }

    /// The line, to be shown as text and as nothing else.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing stands in the field.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for LiveLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LiveLine(…)")
    }
}

/// A line under the room's invitation key: nonce, ciphertext and tag of AES-256-GCM. The plain text is padded
/// to whole blocks of 256 bytes: most keys change nothing that can be seen on the way.
#[derive(Clone, Eq, PartialEq)]
pub struct SealedLine(Vec<u8>);

impl SealedLine {
    /// The longest, in bytes.
    pub const MAX_LEN: usize = padded::sealed_len(LiveLine::MAX_LEN);

    /// Seals a line of this participant. The nonce comes from a cryptographic source of randomness and is
    /// used once.
    pub fn seal(
        line: &LiveLine,
        key: &InvitationKey,
        (room, from): (RoomId, ParticipantId),
        nonce: [u8; 12],
    ) -> Self {
        let bound = padded::bound_to(LABEL, room, from);
        Self(padded::seal(line.as_str(), &key.rtt_key(), &bound, nonce))
    }

    /// Opens a line; `None` when it was not sealed under this room's invitation key by whom it is said to
    /// come from.
    pub fn open(
        &self,
        key: &InvitationKey,
        (room, from): (RoomId, ParticipantId),
    ) -> Option<LiveLine> {
        let bound = padded::bound_to(LABEL, room, from);
        // Whoever holds the key may have written anything: it is read as though it were typed.
        Some(LiveLine::from_typed(&padded::open(&self.0, &key.rtt_key(), &bound)?))
    }
}

impl fmt::Debug for SealedLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealedLine(…)")
    }
}

impl Serialize for SealedLine {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        bytes::serialize(&self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for SealedLine {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        bytes::from_base64_up_to(&text, Self::MAX_LEN)
            .filter(|sealed| is_whole(sealed.len()))
            .map(Self)
            .ok_or_else(|| D::Error::custom("not a sealed line"))
    }
}

/// Nobody is to be told apart by a length of their own: there are whole blocks only.
const fn is_whole(len: usize) -> bool {
    let blocks = len.saturating_sub(padded::sealed_len(0).saturating_sub(BLOCK_LEN));
    blocks > 0 && blocks.is_multiple_of(BLOCK_LEN)
}

/// A line is worth nothing in another room, or as somebody else's.
const LABEL: &[u8] = b"zooo v1 rtt";
/// Stands for what does not fit.
const OMITTED: char = '…';

#[cfg(test)]
mod tests {
    use alloc::format;

    use proptest::prelude::*;

    use super::*;
    use crate::RoomSecret;

    const ADA: ParticipantId = ParticipantId(1);

    fn room() -> (InvitationKey, RoomId) {
        let secret = RoomSecret::from_random([1; 32]);
        (secret.invitation_key(), secret.moderator_key().room_id())
    }

    fn seal(text: &str) -> SealedLine {
        let (key, room) = room();
        SealedLine::seal(&LiveLine::from_typed(text), &key, (room, ADA), [5; 12])
    }

    #[test]
    fn who_is_invited_reads_along_and_as_whom_it_was_written_by() {
        let (key, room) = room();
        let sealed = seal("Hello, ");
        assert_eq!(sealed.open(&key, (room, ADA)).expect("ours").as_str(), "Hello, ");
        assert!(sealed.open(&key, (room, ParticipantId(2))).is_none(), "somebody else's");
        let other = RoomSecret::from_random([2; 32]);
        assert!(sealed.open(&other.invitation_key(), (room, ADA)).is_none(), "not invited");
        let elsewhere = other.moderator_key().room_id();
        assert!(sealed.open(&key, (elsewhere, ADA)).is_none(), "another room");
    }

    #[test]
    fn a_key_changes_nothing_that_can_be_seen_on_the_way() {
        let lengths = ["", "H", "Hello", &"x".repeat(254)].map(|text| seal(text).0.len());
        assert_eq!(lengths, [12 + 256 + 16; 4]);
        assert_eq!(seal(&"x".repeat(255)).0.len(), 12 + 512 + 16);
        assert_eq!(seal(&"x".repeat(2_000)).0.len(), SealedLine::MAX_LEN);
    }

    #[test]
    fn nothing_but_whole_blocks_is_taken() {
        let read = |len| serde_json::from_str::<SealedLine>(&format!("\"{}\"", "A".repeat(len)));
        let taken: Vec<_> = (0..1_500).filter(|len| read(*len).is_ok()).collect();
        let lengths = [256, 512, 768, 1_024].map(|block| ((block + 28_usize) * 4).div_ceil(3));
        assert_eq!(taken, lengths);
    }

    #[test]
    fn of_what_is_too_long_the_end_is_read() {
        let line = LiveLine::from_typed(&format!("{}ö end", "ä".repeat(600)));
        assert!(line.as_str().starts_with("…ä") && line.as_str().ends_with("äö end"));
        assert!((990..=1_000).contains(&line.as_str().len()), "{}", line.as_str().len());
    }

    #[test]
    fn a_line_cannot_turn_the_text_around_it() {
        assert_eq!(LiveLine::from_typed(" a\u{202e}\u{0}\nb ").as_str(), " a\nb ");
    }

    proptest! {
        #[test]
        fn every_line_survives_sealing(typed in "(?s).{0,1200}") {
            let (key, room) = room();
            let line = LiveLine::from_typed(&typed);
            prop_assert!(line.as_str().len() <= LiveLine::MAX_LEN);
            prop_assert_eq!(&LiveLine::from_typed(line.as_str()), &line);
            let sealed = SealedLine::seal(&line, &key, (room, ADA), [5; 12]);
            prop_assert!(sealed.0.len() <= SealedLine::MAX_LEN && is_whole(sealed.0.len()));
            let text = serde_json::to_string(&sealed).expect("written");
            prop_assert_eq!(&serde_json::from_str::<SealedLine>(&text).expect("read"), &sealed);
            prop_assert_eq!(sealed.open(&key, (room, ADA)), Some(line));
        }

        /// Whoever holds the key may have sealed anything.
        #[test]
        fn whatever_was_sealed_is_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..1_100)) {
            let (key, room) = room();
            drop(SealedLine(bytes).open(&key, (room, ADA)));
        }
    }
}
