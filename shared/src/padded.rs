// SPDX-License-Identifier: EUPL-1.2
//! Text under a key: AES-256-GCM over whole blocks, so that the ciphertext does not tell short words apart.

use alloc::{string::String, vec, vec::Vec};

use aes_gcm::{
    Aes256Gcm, KeyInit as _, Nonce,
    aead::{Aead as _, Payload},
};
use zeroize::Zeroizing;

use crate::{capability::RoomId, id::ParticipantId};

/// Nonce, ciphertext and tag. The nonce comes from a cryptographic source of randomness and is used once.
pub(crate) fn seal(text: &str, key: &[u8; 32], bound: &[u8], nonce: [u8; NONCE_LEN]) -> Vec<u8> {
    let text = text.as_bytes();
    let mut plain = Zeroizing::new(vec![0_u8; padded(text.len())]);
    // No text is so long that two bytes do not tell its length.
    let len = u16::try_from(text.len()).unwrap_or(0).to_be_bytes();
    plain.iter_mut().zip(len.iter().chain(text)).for_each(|(to, from)| *to = *from);
    let payload = Payload { msg: plain.as_slice(), aad: bound };
    let sealed = cipher(key).encrypt(&Nonce::from(nonce), payload).unwrap_or_default();
    [nonce.as_slice(), &sealed].concat()
}

/// The text; `None` when it was not sealed under this key and bound to this.
pub(crate) fn open(sealed: &[u8], key: &[u8; 32], bound: &[u8]) -> Option<Zeroizing<String>> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE_LEN>()?;
    let payload = Payload { msg: sealed, aad: bound };
    let plain = cipher(key).decrypt(&Nonce::from(*nonce), payload).map(Zeroizing::new).ok()?;
    let (len, text) = plain.split_first_chunk::<PREFIX_LEN>()?;
    let text = text.get(..usize::from(u16::from_be_bytes(*len)))?;
    core::str::from_utf8(text).ok().map(|text| Zeroizing::new(text.into()))
}

/// The associated data: what is sealed is worth nothing in another room, as something else, or as somebody
/// else's.
pub(crate) fn bound_to(label: &[u8], room: RoomId, from: ParticipantId) -> Vec<u8> {
    [label, room.as_bytes(), &from.0.to_be_bytes()].concat()
}

/// How long a text of so many bytes is when it is sealed.
pub(crate) const fn sealed_len(text: usize) -> usize {
    NONCE_LEN + padded(text) + TAG_LEN
}

const fn padded(text: usize) -> usize {
    (PREFIX_LEN + text).next_multiple_of(BLOCK_LEN)
}

/// Marks that turn the direction of text, with which one sentence could pretend to be another.
pub(crate) const fn turns_text(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn cipher(key: &[u8; 32]) -> Aes256Gcm {
    Aes256Gcm::new(&(*key).into())
}

/// Two bytes of length, then the text, then zeros.
const PREFIX_LEN: usize = 2;
/// Larger, each word costs more on the way. Smaller, its length says more about it.
pub(crate) const BLOCK_LEN: usize = 256;
pub(crate) const NONCE_LEN: usize = 12;
pub(crate) const TAG_LEN: usize = 16;
