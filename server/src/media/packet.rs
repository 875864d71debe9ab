// SPDX-License-Identifier: EUPL-1.2
//! The RTP header and its extensions (RFC 3550 §5.1, RFC 8285).

use super::bytes::{put, u16_at, u32_at};

/// Bytes of an RTP header without contributing sources and extensions.
pub const FIXED_HEADER_LEN: usize = 12;

/// Bytes of a contributing source.
const CONTRIBUTOR_LEN: usize = 4;

/// The largest datagram read or written, in bytes: an Ethernet frame's worth.
pub const MAX_DATAGRAM: usize = 1_500;

/// The parts of an RTP header that are of use here; contributing sources are skipped.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct RtpHeader {
    /// Last packet of a video frame, first packet of a talk spurt.
    pub marker: bool,
    /// Which codec, as numbered by the SDP.
    pub payload_type: u8,
    /// Sequence number as on the wire.
    pub sequence: u16,
    /// Media time in ticks of the codec's clock.
    pub timestamp: u32,
    /// Synchronisation source.
    pub ssrc: u32,
    /// Bytes before the payload, extensions included.
    pub len: usize,
    padded: bool,
    extensions: Option<Extensions>,
}

impl RtpHeader {
    /// Reads the header of a packet whose payload may still be encrypted.
    pub fn parse(packet: &[u8]) -> Option<Self> {
        let (&[first, second, ..], rest) = packet.split_first_chunk::<FIXED_HEADER_LEN>()?;
        if first >> 6 != 2 {
            return None;
        }
        let sources_len = usize::from(first & 0x0f) * 4;
        rest.get(..sources_len)?;
        let mut len = FIXED_HEADER_LEN + sources_len;
        let mut extensions = None;
        if first & 0x10 != 0 {
            let profile = u16_at(packet, len)?;
            let bytes = usize::from(u16_at(packet, len + 2)?) * 4;
            let start = len + 4;
            len = start + bytes;
            packet.get(start..len)?;
            extensions = Some(Extensions { profile, start });
        }
        Some(Self {
            marker: second & 0x80 != 0,
            payload_type: second & 0x7f,
            sequence: u16_at(packet, 2)?,
            timestamp: u32_at(packet, 4)?,
            ssrc: u32_at(packet, 8)?,
            len,
            padded: first & PADDED != 0,
            extensions,
        })
    }

    /// The value of the extension numbered `id`, in either form of RFC 8285.
    pub fn extension<'packet>(&self, packet: &'packet [u8], id: u8) -> Option<&'packet [u8]> {
        let Extensions { profile, start } = self.extensions?;
        let mut block = packet.get(start..self.len)?;
        while let Some((&first, rest)) = block.split_first() {
            // Zero bytes between elements are padding in both forms.
            if first == 0 {
                block = rest;
                continue;
            }
            let (found, len, rest) = match profile {
                ONE_BYTE_PROFILE if first >> 4 == 15 => return None,
                ONE_BYTE_PROFILE => (first >> 4, usize::from(first & 0x0f) + 1, rest),
                _ if profile & TWO_BYTE_MASK == TWO_BYTE_PROFILE => {
                    let (&len, rest) = rest.split_first()?;
                    (first, usize::from(len), rest)
                }
                _ => return None,
            };
            let (value, rest) = rest.split_at_checked(len)?;
            if found == id {
                return Some(value);
            }
            block = rest;
        }
        None
    }

    /// The payload of a decrypted packet without its padding; `None` when the padding is impossible.
    pub fn payload<'packet>(&self, packet: &'packet [u8]) -> Option<&'packet [u8]> {
        let payload = packet.get(self.len..)?;
        if !self.padded {
            return Some(payload);
        }
        let padding = usize::from(*payload.last()?);
        if padding == 0 {
            return None;
        }
        payload.get(..payload.len().checked_sub(padding)?)
    }
}

/// What goes into the fixed part of a header that is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct HeaderFields {
    /// See [`RtpHeader::marker`].
    pub marker: bool,
    /// See [`RtpHeader::payload_type`].
    pub payload_type: u8,
    /// See [`RtpHeader::sequence`].
    pub sequence: u16,
    /// See [`RtpHeader::timestamp`].
    pub timestamp: u32,
    /// See [`RtpHeader::ssrc`].
    pub ssrc: u32,
}

/// Writes a header with extensions and returns its length in bytes; `None` when it does not fit.
///
/// Extensions with an id of 0 are left out, and so are empty ones. The one-byte form is used unless an
/// id or a length needs the two-byte form.
pub fn write_header(
    out: &mut [u8],
    fields: HeaderFields,
    extensions: &[(u8, &[u8])],
) -> Option<usize> {
    write_header_of(out, fields, None, extensions)
}

/// The same, of a packet to which somebody contributed (RFC 3550 §5.1).
pub fn write_header_of(
    out: &mut [u8],
    fields: HeaderFields,
    contributor: Option<u32>,
    extensions: &[(u8, &[u8])],
) -> Option<usize> {
    let present = || extensions.iter().filter(|(id, value)| *id != 0 && !value.is_empty());
    let one_byte = present().all(|(id, value)| *id < 15 && value.len() <= 16);
    let extended = present().next().is_some();
    let marker = u8::from(fields.marker) << 7;
    let first = 0x80 | (u8::from(extended) << 4) | u8::from(contributor.is_some());
    put(out, 0, &[first, marker | (fields.payload_type & 0x7f)])?;
    put(out, 2, &fields.sequence.to_be_bytes())?;
    put(out, 4, &fields.timestamp.to_be_bytes())?;
    put(out, 8, &fields.ssrc.to_be_bytes())?;
    let mut fixed = FIXED_HEADER_LEN;
    if let Some(contributor) = contributor {
        put(out, fixed, &contributor.to_be_bytes())?;
        fixed += CONTRIBUTOR_LEN;
    }
    if !extended {
        return Some(fixed);
    }
    let start = fixed + 4;
    let mut at = start;
    for (id, value) in present() {
        let len = u8::try_from(value.len()).ok()?;
        if one_byte {
            put(out, at, &[(id << 4) | len.checked_sub(1)?])?;
            at += 1;
        } else {
            put(out, at, &[*id, len])?;
            at += 2;
        }
        put(out, at, value)?;
        at += value.len();
    }
    while !(at - start).is_multiple_of(4) {
        put(out, at, &[0])?;
        at += 1;
    }
    let profile = if one_byte { ONE_BYTE_PROFILE } else { TWO_BYTE_PROFILE };
    put(out, fixed, &profile.to_be_bytes())?;
    put(out, fixed + 2, &u16::try_from((at - start) / 4).ok()?.to_be_bytes())?;
    Some(at)
}

/// Appends padding to a packet of `len` bytes (RFC 3550 §5.1), and returns how many bytes that are.
pub fn pad(out: &mut [u8], len: usize, padding: u8) -> Option<usize> {
    let added = usize::from(padding);
    if added > 0 {
        let end = len.checked_add(added)?;
        let block = out.get_mut(len..end)?;
        block.fill(0);
        *block.last_mut()? = padding;
    }
    mark_padded(out, padding)?;
    Some(added)
}

/// Notes in the header of a packet whether it has padding.
pub fn mark_padded(out: &mut [u8], padding: u8) -> Option<()> {
    *out.first_mut()? |= u8::from(padding > 0) * PADDED;
    Some(())
}

/// Whether a datagram whose first byte is in the RTP range is RTCP (RFC 5761 §4).
pub fn is_rtcp(datagram: &[u8]) -> bool {
    datagram.get(1).is_some_and(|kind| (192..=223).contains(kind))
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Extensions {
    profile: u16,
    start: usize,
}

const PADDED: u8 = 0x20;
const ONE_BYTE_PROFILE: u16 = 0xbede;
const TWO_BYTE_PROFILE: u16 = 0x1000;
const TWO_BYTE_MASK: u16 = 0xfff0;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FIELDS: HeaderFields =
        HeaderFields { marker: true, payload_type: 96, sequence: 7, timestamp: 9, ssrc: 11 };

    #[test]
    fn what_is_written_can_be_read_back_in_both_forms() {
        for long in [&[1_u8; 16][..], &[1_u8; 17][..]] {
            let mut out = [0; 128];
            let len = write_header(&mut out, FIELDS, &[(1, b"a"), (0, b"x"), (4, long), (5, b"")])
                .unwrap();
            let header = RtpHeader::parse(&out[..len]).unwrap();
            assert_eq!((header.len, header.sequence, header.marker), (len, 7, true));
            assert_eq!(header.extension(&out[..len], 1), Some(&b"a"[..]));
            assert_eq!(header.extension(&out[..len], 4), Some(long));
            assert_eq!(header.extension(&out[..len], 5), None);
        }
    }

    #[test]
    fn who_contributed_stands_behind_the_source() {
        for extensions in [&[][..], &[(1, &b"a"[..])][..]] {
            let mut out = [0_u8; 64];
            let len = write_header_of(&mut out, FIELDS, Some(0x0102_0304), extensions).unwrap();
            assert_eq!((out[0] & 0x0f, &out[12..16]), (1, &[1, 2, 3, 4][..]));
            let header = RtpHeader::parse(&out[..len]).unwrap();
            assert_eq!((header.len, header.sequence, header.marker), (len, 7, true));
            let known = extensions.first().map(|(_, value)| *value);
            assert_eq!(header.extension(&out[..len], 1), known);
        }
    }

    #[test]
    fn padding_is_taken_off_and_impossible_padding_refused() {
        let mut packet = [0_u8; 16];
        write_header(&mut packet, FIELDS, &[]).unwrap();
        assert_eq!(pad(&mut packet, 13, 3), Some(3));
        let header = RtpHeader::parse(&packet).unwrap();
        assert_eq!(header.payload(&packet), Some(&packet[12..13]));
        packet[15] = 5;
        assert_eq!(header.payload(&packet), None);
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_parser_panic(bytes in prop::collection::vec(any::<u8>(), 0..80), id: u8) {
            if let Some(header) = RtpHeader::parse(&bytes) {
                header.extension(&bytes, id);
                header.payload(&bytes);
            }
        }

        #[test]
        fn no_extension_block_makes_the_parser_panic(
            mut bytes in prop::collection::vec(any::<u8>(), 16..80), id in 0_u8..20, two: bool,
        ) {
            bytes[0] = 0xb0;
            bytes[12..14].copy_from_slice(&if two { [0x10, 0] } else { [0xbe, 0xde] });
            let words = u16::try_from((bytes.len() - 16) / 4).unwrap();
            bytes[14..16].copy_from_slice(&words.to_be_bytes());
            let header = RtpHeader::parse(&bytes).unwrap();
            header.extension(&bytes, id);
            header.payload(&bytes);
        }
    }
}
