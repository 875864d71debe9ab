// SPDX-License-Identifier: EUPL-1.2
//! What this side brings into a negotiation: where it listens, and fresh secrets and numbers.

use std::net::SocketAddr;

use aws_lc_rs::rand::{SecureRandom as _, SystemRandom};
use zeroize::Zeroizing;

use super::params::{Fingerprint, IceCredentials, LocalTransport};
use super::placement::SpreadLimits;
use super::plane::MAX_THREADS;
use crate::media::codec::Codec;

/// What is the same for all transports.
#[derive(Debug)]
pub(super) struct Local {
    pub(super) fingerprint: Fingerprint,
    pub(super) candidates: Vec<SocketAddr>,
    pub(super) spread: SpreadLimits,
    pub(super) codecs: Vec<Codec>,
}

impl Local {
    /// Draws for a transport on that thread.
    pub(super) fn draw(&self, thread: usize) -> Option<LocalTransport> {
        let first = char::from(*ALPHABET.get(thread)?);
        Some(LocalTransport {
            credentials: IceCredentials {
                ufrag: format!("{first}{}", *ice_characters::<UFRAG_LEN>()?),
                password: ice_characters::<PASSWORD_LEN>()?,
            },
            fingerprint: self.fingerprint,
            candidates: self.candidates.clone(),
            first_ssrc: u32::from_be_bytes(random()?),
            first_sequence: u16::from_be_bytes(random()?),
            first_timestamp: u32::from_be_bytes(random()?),
            session_id: u32::from_be_bytes(random()?),
            version: 1,
            codecs: self.codecs.clone(),
        })
    }
}

/// The thread whose credentials begin with that character.
pub(super) fn thread_of(character: u8) -> Option<usize> {
    ALPHABET.iter().position(|other| *other == character)
}

fn random<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).ok()?;
    Some(bytes)
}

/// Random characters of the 64 that ICE allows (RFC 8839 §5.4).
fn ice_characters<const N: usize>() -> Option<Zeroizing<String>> {
    let bytes = Zeroizing::new(random::<N>()?);
    let characters = bytes.iter().filter_map(|byte| ALPHABET.get(usize::from(byte & 0x3f)));
    // At its full length from the start: a text that grows leaves its beginnings behind.
    let mut text = Zeroizing::new(String::with_capacity(N));
    text.extend(characters.copied().map(char::from));
    Some(text)
}

/// What ICE allows (RFC 8839 §5.4).
const ALPHABET: &[u8; MAX_THREADS] =
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// Besides the character that tells the thread.
const UFRAG_LEN: usize = 12;
const PASSWORD_LEN: usize = 32;
