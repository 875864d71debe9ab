// SPDX-License-Identifier: EUPL-1.2
//! SRTP and SRTCP with `AEAD_AES_256_GCM` and nothing else (RFC 3711, RFC 6188, RFC 7714).
//!
//! Sealing takes the full packet index from the caller, who never gives one out twice for a source; a
//! repeated index would repeat the nonce and break the cipher. Opening keeps a state per source only after
//! a packet of it was authentic, and only for sources the caller admits.

use core::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::cipher::{AES_256, EncryptingKey, EncryptionContext, UnboundCipherKey};
use aws_lc_rs::iv::FixedLength;
use zeroize::Zeroizing;

use super::bytes::{put, u32_at};
use super::packet::RtpHeader;
use super::window::SeenWindow;

/// Bytes of keying material exported from the DTLS connection: two keys, two salts (RFC 5764 §4.2).
pub const KEYING_MATERIAL_LEN: usize = 2 * (KEY_LEN + SALT_LEN);

/// Bytes that sealing adds to an RTP packet.
pub const TAG_LEN: usize = 16;

/// Bytes that sealing adds to an RTCP packet: the tag and the index word.
pub const RTCP_OVERHEAD: usize = TAG_LEN + 4;

/// Sources of one kind that a transport may bind; more are refused.
pub const MAX_SOURCES: usize = 64;

/// Both directions of a transport.
pub struct SrtpSession {
    /// From the peer.
    pub opener: Opener,
    /// To the peer.
    pub sealer: Sealer,
}

impl SrtpSession {
    /// Splits the keying material as the DTLS server sees it: the client's half opens, ours seals.
    pub fn for_dtls_server(material: &[u8; KEYING_MATERIAL_LEN]) -> Option<Self> {
        let (keys, salts) = material.split_at_checked(2 * KEY_LEN)?;
        let (client_key, server_key) = keys.split_first_chunk::<KEY_LEN>()?;
        let (client_salt, server_salt) = salts.split_first_chunk::<SALT_LEN>()?;
        Some(Self {
            opener: Opener::new(client_key, client_salt)?,
            sealer: Sealer::new(server_key.first_chunk()?, server_salt.first_chunk()?)?,
        })
    }
}

impl fmt::Debug for SrtpSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SrtpSession")
    }
}

/// Seals packets to the peer.
pub struct Sealer {
    keys: SessionKeys,
    rtcp_index: u32,
}

impl Sealer {
    /// Derives the session keys from one direction's master key and salt.
    pub fn new(key: &[u8; KEY_LEN], salt: &[u8; SALT_LEN]) -> Option<Self> {
        Some(Self { keys: SessionKeys::derive(key, salt)?, rtcp_index: 0 })
    }

    /// Seals the RTP packet in the first `len` bytes of `buffer`, whose header is `header_len` long.
    ///
    /// `index` is the rollover counter and the sequence number as one number. Returns the sealed length;
    /// `None` when the buffer is too small.
    pub fn seal_rtp(
        &self,
        buffer: &mut [u8],
        header_len: usize,
        len: usize,
        ssrc: u32,
        index: u64,
    ) -> Option<usize> {
        let (packet, tail) = buffer.split_at_mut_checked(len)?;
        let (header, payload) = packet.split_at_mut_checked(header_len)?;
        let tail = tail.get_mut(..TAG_LEN)?;
        let nonce = rtp_nonce(&self.keys.rtp_salt, ssrc, index);
        let tag =
            self.keys.rtp.seal_in_place_separate_tag(nonce, Aad::from(&*header), payload).ok()?;
        tail.copy_from_slice(tag.as_ref());
        Some(len + TAG_LEN)
    }

    /// Seals `plain` behind the header in the first `header_len` bytes of `out`; otherwise like [`Self::seal_rtp`].
    pub fn seal_rtp_from(
        &self,
        out: &mut [u8],
        header_len: usize,
        plain: &[u8],
        ssrc: u32,
        index: u64,
    ) -> Option<usize> {
        let (header, rest) = out.split_at_mut_checked(header_len)?;
        let (sealed, rest) = rest.split_at_mut_checked(plain.len())?;
        let tag = rest.first_chunk_mut::<TAG_LEN>()?;
        let (nonce, header) = (rtp_nonce(&self.keys.rtp_salt, ssrc, index), Aad::from(&*header));
        self.keys.rtp.seal_out_of_place_scatter(nonce, header, plain, sealed, &[], tag).ok()?;
        Some(header_len + plain.len() + TAG_LEN)
    }

    /// Seals the compound RTCP packet in the first `len` bytes of `buffer` and returns the sealed length.
    pub fn seal_rtcp(&mut self, buffer: &mut [u8], len: usize) -> Option<usize> {
        // The index must not repeat under one key (RFC 3711 §9.2); 31 bits last for decades.
        let index = self.rtcp_index.checked_add(1).filter(|index| index & ENCRYPTED == 0)?;
        let ssrc = u32_at(buffer, 4)?;
        let word = (index | ENCRYPTED).to_be_bytes();
        let mut associated = [0; RTCP_HEADER_LEN + 4];
        put(&mut associated, 0, buffer.get(..RTCP_HEADER_LEN)?)?;
        put(&mut associated, RTCP_HEADER_LEN, &word)?;
        buffer.get(..len.checked_add(RTCP_OVERHEAD)?)?;
        let body = buffer.get_mut(RTCP_HEADER_LEN..len)?;
        let nonce = rtcp_nonce(&self.keys.rtcp_salt, ssrc, index);
        let tag =
            self.keys.rtcp.seal_in_place_separate_tag(nonce, Aad::from(associated), body).ok()?;
        put(buffer, len, tag.as_ref())?;
        put(buffer, len + TAG_LEN, &word)?;
        self.rtcp_index = index;
        Some(len + RTCP_OVERHEAD)
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer")
    }
}

/// Why a packet was not opened.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum OpenError {
    /// Too short, or not RTP.
    Malformed,
    /// The tag does not fit.
    Unauthentic,
    /// Seen before, or too old to tell.
    Replayed,
    /// [`MAX_SOURCES`] sources are bound already.
    TooManySources,
}

/// Opens packets from the peer.
pub struct Opener {
    keys: SessionKeys,
    rtp: Vec<SourceState>,
    rtcp: Vec<SourceState>,
}

impl Opener {
    /// Derives the session keys from one direction's master key and salt.
    pub fn new(key: &[u8; KEY_LEN], salt: &[u8; SALT_LEN]) -> Option<Self> {
        Some(Self { keys: SessionKeys::derive(key, salt)?, rtp: Vec::new(), rtcp: Vec::new() })
    }

    /// Opens an RTP packet in place and returns the length of the plain packet.
    pub fn open_rtp(&mut self, packet: &mut [u8], header: &RtpHeader) -> Result<usize, OpenError> {
        let known = self.rtp.iter_mut().find(|state| state.ssrc == header.ssrc);
        let index = known.as_ref().map_or_else(
            || u64::from(header.sequence),
            |state| state.window.nearest(header.sequence),
        );
        if known.as_ref().is_some_and(|state| state.window.is_seen(index)) {
            return Err(OpenError::Replayed);
        }
        if known.is_none() && self.rtp.len() >= MAX_SOURCES {
            return Err(OpenError::TooManySources);
        }
        let (aad, sealed) = packet.split_at_mut_checked(header.len).ok_or(OpenError::Malformed)?;
        let nonce = rtp_nonce(&self.keys.rtp_salt, header.ssrc, index);
        let Ok(payload) = self.keys.rtp.open_in_place(nonce, Aad::from(&*aad), sealed) else {
            return Err(OpenError::Unauthentic);
        };
        let len = header.len + payload.len();
        match self.rtp.iter_mut().find(|state| state.ssrc == header.ssrc) {
            Some(state) => state.window.record(index),
            None => self.rtp.push(SourceState::new(header.ssrc, index)),
        }
        Ok(len)
    }

    /// What is known of a source of reports, to be asked for from memory before it is looked at.
    pub fn memory(&self) -> Option<&(impl Sized + use<>)> {
        self.rtcp.first()
    }

    /// Opens a compound RTCP packet in place and returns the length of the plain packet.
    pub fn open_rtcp(&mut self, packet: &mut [u8]) -> Result<usize, OpenError> {
        let body_end = packet
            .len()
            .checked_sub(4)
            .filter(|end| *end >= RTCP_HEADER_LEN + TAG_LEN)
            .ok_or(OpenError::Malformed)?;
        let ssrc = u32_at(packet, 4).ok_or(OpenError::Malformed)?;
        let word = u32_at(packet, body_end).ok_or(OpenError::Malformed)?;
        // An unencrypted packet has the flag cleared; nothing here is sent or taken in the clear.
        if word & ENCRYPTED == 0 {
            return Err(OpenError::Unauthentic);
        }
        let index = u64::from(word & !ENCRYPTED);
        let known = self.rtcp.iter().find(|state| state.ssrc == ssrc);
        if known.is_some_and(|state| state.window.is_seen(index)) {
            return Err(OpenError::Replayed);
        }
        if known.is_none() && self.rtcp.len() >= MAX_SOURCES {
            return Err(OpenError::TooManySources);
        }
        let mut associated = [0; RTCP_HEADER_LEN + 4];
        let header = packet.get(..RTCP_HEADER_LEN).ok_or(OpenError::Malformed)?;
        put(&mut associated, 0, header).ok_or(OpenError::Malformed)?;
        put(&mut associated, RTCP_HEADER_LEN, &word.to_be_bytes()).ok_or(OpenError::Malformed)?;
        let sealed = packet.get_mut(RTCP_HEADER_LEN..body_end).ok_or(OpenError::Malformed)?;
        let nonce = rtcp_nonce(&self.keys.rtcp_salt, ssrc, word & !ENCRYPTED);
        let Ok(body) = self.keys.rtcp.open_in_place(nonce, Aad::from(associated), sealed) else {
            return Err(OpenError::Unauthentic);
        };
        let len = RTCP_HEADER_LEN + body.len();
        match self.rtcp.iter_mut().find(|state| state.ssrc == ssrc) {
            Some(state) => state.window.record(index),
            None => self.rtcp.push(SourceState::new(ssrc, index)),
        }
        Ok(len)
    }
}

impl fmt::Debug for Opener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opener").field("sources", &self.rtp.len()).finish_non_exhaustive()
    }
}

struct SourceState {
    ssrc: u32,
    window: SeenWindow,
}

impl SourceState {
    fn new(ssrc: u32, index: u64) -> Self {
        let mut window = SeenWindow::new(index);
        window.record(index);
        Self { ssrc, window }
    }
}

struct SessionKeys {
    rtp: LessSafeKey,
    rtp_salt: Zeroizing<[u8; SALT_LEN]>,
    rtcp: LessSafeKey,
    rtcp_salt: Zeroizing<[u8; SALT_LEN]>,
}

impl SessionKeys {
    fn derive(master_key: &[u8; KEY_LEN], master_salt: &[u8; SALT_LEN]) -> Option<Self> {
        let mut keys = Zeroizing::new([0; KEY_LEN]);
        let [mut rtp_salt, mut rtcp_salt] = [(); 2].map(|()| Zeroizing::new([0; SALT_LEN]));
        derive(master_key, master_salt, LABEL_RTP_KEY, &mut *keys)?;
        let rtp = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &*keys).ok()?);
        derive(master_key, master_salt, LABEL_RTP_SALT, &mut *rtp_salt)?;
        derive(master_key, master_salt, LABEL_RTCP_KEY, &mut *keys)?;
        let rtcp = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &*keys).ok()?);
        derive(master_key, master_salt, LABEL_RTCP_SALT, &mut *rtcp_salt)?;
        Some(Self { rtp, rtp_salt, rtcp, rtcp_salt })
    }
}

/// The key derivation of RFC 3711 §4.3 with the AES-256 counter mode of RFC 6188 and a rate of zero.
fn derive(
    master_key: &[u8; KEY_LEN],
    master_salt: &[u8; SALT_LEN],
    label: u8,
    out: &mut [u8],
) -> Option<()> {
    let mut counter = [0; 16];
    put(&mut counter, 0, master_salt)?;
    let [.., label_byte, _, _, _, _, _, _, _, _] = &mut counter;
    *label_byte ^= label;
    out.fill(0);
    let key = UnboundCipherKey::new(&AES_256, master_key).ok()?;
    EncryptingKey::ctr(key)
        .ok()?
        .less_safe_encrypt(out, EncryptionContext::Iv128(FixedLength::from(counter)))
        .ok()?;
    Some(())
}

/// RFC 7714 §8.1.
fn rtp_nonce(salt: &[u8; SALT_LEN], ssrc: u32, index: u64) -> Nonce {
    salted(salt, ssrc, index & 0xffff_ffff_ffff)
}

/// RFC 7714 §9.1.
fn rtcp_nonce(salt: &[u8; SALT_LEN], ssrc: u32, index: u32) -> Nonce {
    salted(salt, ssrc, u64::from(index))
}

/// The source and the index, of 48 bits, as one number of twelve bytes, mixed with the salt.
fn salted(salt: &[u8; SALT_LEN], ssrc: u32, index: u64) -> Nonce {
    let mut wide = [0; 16];
    let [_, _, _, _, place @ ..] = &mut wide;
    *place = *salt;
    let number = (u128::from(ssrc) << 48) | u128::from(index);
    let [_, _, _, _, nonce @ ..] = (u128::from_be_bytes(wide) ^ number).to_be_bytes();
    Nonce::assume_unique_for_key(nonce)
}

const KEY_LEN: usize = 32;
const SALT_LEN: usize = 12;
const RTCP_HEADER_LEN: usize = 8;
const ENCRYPTED: u32 = 1 << 31;
const LABEL_RTP_KEY: u8 = 0;
const LABEL_RTP_SALT: u8 = 2;
const LABEL_RTCP_KEY: u8 = 3;
const LABEL_RTCP_SALT: u8 = 5;

#[cfg(test)]
#[path = "srtp_tests.rs"]
mod tests;
