// SPDX-License-Identifier: EUPL-1.2
//! Names of people: plain in the page, sealed everywhere else.

use alloc::{boxed::Box, string::String, vec::Vec};
use core::fmt;

use aes_gcm::{
    Aes256Gcm, KeyInit as _, Nonce,
    aead::{Aead as _, Payload},
};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{bytes, capability::RoomId, secret::InvitationKey};

/// How a person wants to be called; may be empty. It does not print.
#[derive(Clone, Default, Eq, PartialEq, Zeroize, ZeroizeOnDrop)]
pub struct DisplayName(String);

impl DisplayName {
    /// The longest name, in bytes of UTF-8.
    pub const MAX_LEN: usize = 96;

    /// Takes what somebody typed: what is not seen goes, white space is folded, what is too long
    /// is cut at a character.
    pub fn from_typed(typed: &str) -> Self {
        let mut name = String::new();
        for word in typed.split(is_space) {
            let word: String = word.chars().filter(|c| !is_invisible(*c)).collect();
            if word.is_empty() {
                continue;
            }
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(&word);
        }
        while name.len() > Self::MAX_LEN {
            name.pop();
        }
        Self(name.trim_end().into())
    }

    /// The name, to be shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for DisplayName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DisplayName(…)")
    }
}

/// A name under the room's invitation key: nonce, ciphertext and tag of AES-256-GCM. Every name is
/// padded to one length, so that the ciphertext does not tell how long it is.
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize)]
#[serde(transparent)]
pub struct SealedProfile(#[serde(with = "bytes::boxed")] Box<[u8; SEALED_LEN]>);

impl SealedProfile {
    /// Seals a name. The nonce comes from a cryptographic source of randomness and is used once.
    pub fn seal(name: &DisplayName, key: &InvitationKey, room: RoomId, nonce: [u8; 12]) -> Self {
        let mut plain = Zeroizing::new([0_u8; PLAIN_LEN]);
        let text = name.as_str().as_bytes();
        // A name is never longer than MAX_LEN, which fits one byte.
        let len = core::iter::once(u8::try_from(text.len()).unwrap_or(0));
        plain.iter_mut().zip(len.chain(text.iter().copied())).for_each(|(to, from)| *to = from);
        let sealed = cipher(key)
            .encrypt(&Nonce::from(nonce), Payload { msg: plain.as_slice(), aad: &bound_to(room) })
            .unwrap_or_default();
        let mut all = [0; SEALED_LEN];
        all.iter_mut().zip(nonce.into_iter().chain(sealed)).for_each(|(to, from)| *to = from);
        Self(Box::new(all))
    }

    /// Opens a name; `None` when it was not sealed under this room's invitation key.
    pub fn open(&self, key: &InvitationKey, room: RoomId) -> Option<DisplayName> {
        let (nonce, sealed) = self.0.split_first_chunk::<NONCE_LEN>()?;
        let plain = cipher(key)
            .decrypt(&Nonce::from(*nonce), Payload { msg: sealed, aad: &bound_to(room) })
            .map(Zeroizing::new)
            .ok()?;
        let (len, text) = plain.split_first()?;
        let text = core::str::from_utf8(text.get(..usize::from(*len))?).ok()?;
        // Whoever holds the key may have written anything: it is read as though it were typed.
        Some(DisplayName::from_typed(text))
    }
}

impl fmt::Debug for SealedProfile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealedProfile(…)")
    }
}

/// What is not seen, and what turns the text around it: with it one name could pretend to be another. These are
/// the code points that Unicode lets be ignored where they are not understood
/// (`Default_Ignorable_Code_Point`), and the marks of annotations.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// What separates words: also the pattern of Braille without a dot, which looks like a space.
fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control() || c == '\u{2800}'
}

fn cipher(key: &InvitationKey) -> Aes256Gcm {
    Aes256Gcm::new(&(*key.profile_key()).into())
}

/// The associated data: a profile is worth nothing in another room.
fn bound_to(room: RoomId) -> Vec<u8> {
    [b"zooo v1 profile".as_slice(), room.as_bytes()].concat()
}

/// One byte of length, then the name, then zeros.
const PLAIN_LEN: usize = 1 + DisplayName::MAX_LEN;
const NONCE_LEN: usize = 12;
const TAG_LEN: usize = 16;
const SEALED_LEN: usize = NONCE_LEN + PLAIN_LEN + TAG_LEN;

#[cfg(test)]
mod tests {
    use alloc::format;

    use proptest::prelude::*;

    use super::*;
    use crate::RoomSecret;

    fn room() -> (InvitationKey, RoomId) {
        let secret = RoomSecret::from_random([1; 32]);
        (secret.invitation_key(), secret.moderator_key().room_id())
    }

    #[test]
    fn who_is_invited_reads_the_name() {
        let (key, room) = room();
        let sealed = SealedProfile::seal(&DisplayName::from_typed("Ada"), &key, room, [5; 12]);
        assert_eq!(sealed.open(&key, room).expect("our own").as_str(), "Ada");
    }

    #[test]
    fn who_is_not_invited_reads_nothing() {
        let (key, room) = room();
        let sealed = SealedProfile::seal(&DisplayName::from_typed("Ada"), &key, room, [5; 12]);
        let other = RoomSecret::from_random([2; 32]);
        assert!(sealed.open(&other.invitation_key(), room).is_none());
        assert!(sealed.open(&key, other.moderator_key().room_id()).is_none());
    }

    #[test]
    fn a_name_cannot_turn_the_text_around_it() {
        assert_eq!(DisplayName::from_typed("  Ada\u{202e}\n\tL.\u{0}  ").as_str(), "Ada L.");
        assert_eq!(DisplayName::from_typed(" \u{200b} ").as_str(), "");
    }

    #[test]
    fn what_is_not_seen_makes_no_other_name() {
        for hidden in [
            '\u{ad}',
            '\u{34f}',
            '\u{61c}',
            '\u{115f}',
            '\u{1160}',
            '\u{17b4}',
            '\u{17b5}',
            '\u{180b}',
            '\u{180e}',
            '\u{180f}',
            '\u{200b}',
            '\u{200d}',
            '\u{200f}',
            '\u{202a}',
            '\u{202e}',
            '\u{2060}',
            '\u{2066}',
            '\u{206f}',
            '\u{3164}',
            '\u{fe00}',
            '\u{fe0f}',
            '\u{feff}',
            '\u{ffa0}',
            '\u{fff9}',
            '\u{1bca0}',
            '\u{1d173}',
            '\u{e0001}',
            '\u{e0041}',
            '\u{e0100}',
            '\u{e0fff}',
        ] {
            let typed = format!("A{hidden}da {hidden}L.{hidden}");
            assert_eq!(DisplayName::from_typed(&typed).as_str(), "Ada L.", "{hidden:?}");
        }
        assert_eq!(DisplayName::from_typed("Ada\u{2800}\u{2800}L.").as_str(), "Ada L.");
        for seen in ["Zoë", "Ὀδυσσεύς", "山田", "김", "नेहा", "Ada 🙂", "e\u{301}"]
        {
            assert_eq!(DisplayName::from_typed(seen).as_str(), seen);
        }
    }

    proptest! {
        #[test]
        fn every_name_survives_sealing(typed in ".{0,200}") {
            let (key, room) = room();
            let name = DisplayName::from_typed(&typed);
            prop_assert!(name.as_str().len() <= DisplayName::MAX_LEN);
            let opened = SealedProfile::seal(&name, &key, room, [5; 12]).open(&key, room);
            prop_assert_eq!(opened, Some(name));
        }
    }
}
