// SPDX-License-Identifier: EUPL-1.2
//! RTCP (RFC 3550 §6, RFC 4585, RFC 5104): the few messages a relay understands and writes.

use super::bytes::{put, u16_at, u32_at};
use super::feedback::TransportFeedback;

/// One message of a compound packet. Others are skipped.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Message<'packet> {
    /// What a publisher says of its clock, followed by its report blocks.
    SenderReport(SenderReport, ReportBlocks<'packet>),
    /// What a subscriber received.
    ReceiverReport(ReportBlocks<'packet>),
    /// Packets the subscriber lacks.
    Nack {
        /// The stream they are missing from.
        media_ssrc: u32,
        /// Their numbers.
        lost: LostNumbers<'packet>,
    },
    /// A key frame is needed: PLI (RFC 4585 §6.3.1) or FIR (RFC 5104 §4.3.1).
    KeyframeRequest {
        /// The stream it is needed of.
        media_ssrc: u32,
    },
    /// When each datagram arrived at the subscriber.
    TransportFeedback(TransportFeedback<'packet>),
}

/// The sender's part of a sender report.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct SenderReport {
    /// The stream spoken of.
    pub ssrc: u32,
    /// The publisher's wall clock, NTP format.
    pub ntp: u64,
    /// The same moment in the stream's timestamp.
    pub timestamp: u32,
    /// Packets sent so far.
    pub packets: u32,
    /// Payload bytes sent so far.
    pub octets: u32,
}

/// One report block of a sender or receiver report.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct ReportBlock {
    /// The stream reported on.
    pub ssrc: u32,
    /// Share of packets lost since the last report, in 1/256.
    pub fraction_lost: u8,
    /// Packets lost so far, 24 bits.
    pub lost: u32,
    /// Highest sequence number received, with the count of wraps in the upper half.
    pub highest: u32,
    /// Variation of the transit time in ticks.
    pub jitter: u32,
    /// The middle 32 bits of the NTP time of the last sender report; 0 without one.
    pub last_report: u32,
    /// Time since that report, in 1/65,536 s.
    pub delay: u32,
}

/// Reads a compound packet; ends quietly where it is broken.
pub const fn parse(compound: &[u8]) -> Messages<'_> {
    Messages { rest: compound }
}

/// The messages of a compound packet.
#[derive(Clone, Debug)]
pub struct Messages<'packet> {
    rest: &'packet [u8],
}

impl<'packet> Iterator for Messages<'packet> {
    type Item = Message<'packet>;

    fn next(&mut self) -> Option<Message<'packet>> {
        loop {
            let &[first, kind, ..] = self.rest else { return None };
            let len = usize::from(u16_at(self.rest, 2)?) * 4 + 4;
            if first >> 6 != 2 {
                return None;
            }
            let (packet, rest) = self.rest.split_at_checked(len)?;
            self.rest = rest;
            if let Some(message) = read(kind, first & 0x1f, packet) {
                return Some(message);
            }
        }
    }
}

/// The report blocks of one message.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ReportBlocks<'packet> {
    rest: &'packet [u8],
}

impl Iterator for ReportBlocks<'_> {
    type Item = ReportBlock;

    fn next(&mut self) -> Option<ReportBlock> {
        let (block, rest) = self.rest.split_at_checked(REPORT_BLOCK_LEN)?;
        self.rest = rest;
        let loss = u32_at(block, 4)?;
        let [fraction_lost, ..] = loss.to_be_bytes();
        Some(ReportBlock {
            ssrc: u32_at(block, 0)?,
            fraction_lost,
            lost: loss & 0x00ff_ffff,
            highest: u32_at(block, 8)?,
            jitter: u32_at(block, 12)?,
            last_report: u32_at(block, 16)?,
            delay: u32_at(block, 20)?,
        })
    }
}

/// The sequence numbers of a NACK.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LostNumbers<'packet> {
    rest: &'packet [u8],
    next: u16,
    mask: u32,
}

impl Iterator for LostNumbers<'_> {
    type Item = u16;

    fn next(&mut self) -> Option<u16> {
        loop {
            if self.mask != 0 {
                let sequence = self.next;
                let wanted = self.mask & 1 != 0;
                self.mask >>= 1;
                self.next = sequence.wrapping_add(1);
                if wanted {
                    return Some(sequence);
                }
                continue;
            }
            let (pair, rest) = self.rest.split_at_checked(4)?;
            self.rest = rest;
            self.next = u16_at(pair, 0)?;
            self.mask = (u32::from(u16_at(pair, 2)?) << 1) | 1;
        }
    }
}

/// Writes a picture loss indication and returns its length.
pub fn write_pli(out: &mut [u8], sender: u32, media: u32) -> Option<usize> {
    feedback_header(out, KIND_PAYLOAD_FEEDBACK, FORMAT_PLI, sender, media)?;
    finish(out, FEEDBACK_HEADER_LEN)
}

/// Writes a generic NACK for ascending `lost`, as many as fit, and returns its length.
pub fn write_nack(out: &mut [u8], sender: u32, media: u32, lost: &[u16]) -> Option<usize> {
    feedback_header(out, KIND_TRANSPORT_FEEDBACK, FORMAT_NACK, sender, media)?;
    let mut at = FEEDBACK_HEADER_LEN;
    let mut rest = lost;
    while let Some((&first, mut following)) = rest.split_first() {
        let mut mask = 0_u16;
        while let Some((&next, after)) = following.split_first() {
            let distance = next.wrapping_sub(first);
            if !(1..=16).contains(&distance) {
                break;
            }
            mask |= 1 << (distance - 1);
            following = after;
        }
        let [a, b] = first.to_be_bytes();
        let [c, d] = mask.to_be_bytes();
        if put(out, at, &[a, b, c, d]).is_none() {
            break;
        }
        at += 4;
        rest = following;
    }
    finish(out, at)
}

/// Writes a sender report without report blocks and returns its length.
pub fn write_sender_report(out: &mut [u8], report: &SenderReport) -> Option<usize> {
    put(out, 0, &[0x80, KIND_SENDER_REPORT])?;
    put(out, 4, &report.ssrc.to_be_bytes())?;
    put(out, 8, &report.ntp.to_be_bytes())?;
    put(out, 16, &report.timestamp.to_be_bytes())?;
    put(out, 20, &report.packets.to_be_bytes())?;
    put(out, 24, &report.octets.to_be_bytes())?;
    finish(out, SENDER_REPORT_LEN)
}

/// Writes a receiver report of at most 31 blocks and returns its length.
pub fn write_receiver_report(out: &mut [u8], sender: u32, blocks: &[ReportBlock]) -> Option<usize> {
    let blocks = blocks.get(..blocks.len().min(31))?;
    put(out, 0, &[0x80 | u8::try_from(blocks.len()).ok()?, KIND_RECEIVER_REPORT])?;
    put(out, 4, &sender.to_be_bytes())?;
    let mut at = 8;
    for block in blocks {
        let [_, a, b, c] = block.lost.to_be_bytes();
        put(out, at, &block.ssrc.to_be_bytes())?;
        put(out, at + 4, &[block.fraction_lost, a, b, c])?;
        put(out, at + 8, &block.highest.to_be_bytes())?;
        put(out, at + 12, &block.jitter.to_be_bytes())?;
        put(out, at + 16, &block.last_report.to_be_bytes())?;
        put(out, at + 20, &block.delay.to_be_bytes())?;
        at += REPORT_BLOCK_LEN;
    }
    finish(out, at)
}

/// Writes what a publisher may send at most, in bits per second over all its streams, one of which is `media`, and
/// returns the length (draft-alvestrand-rmcat-remb-03).
pub fn write_most(out: &mut [u8], sender: u32, most: u64, media: u32) -> Option<usize> {
    // The draft has the source of the header unused.
    feedback_header(out, KIND_PAYLOAD_FEEDBACK, FORMAT_APPLICATION, sender, 0)?;
    let exponent = (u64::BITS - most.leading_zeros()).saturating_sub(MANTISSA_BITS);
    let mantissa = u32::try_from(most >> exponent).ok()?;
    put(out, FEEDBACK_HEADER_LEN, b"REMB")?;
    let word = (1 << 24) | (exponent << MANTISSA_BITS) | mantissa;
    put(out, FEEDBACK_HEADER_LEN + 4, &word.to_be_bytes())?;
    put(out, FEEDBACK_HEADER_LEN + 8, &media.to_be_bytes())?;
    finish(out, FEEDBACK_HEADER_LEN + 12)
}

/// Writes the common start of a feedback message; [`finish`] adds the length.
pub(super) fn feedback_header(
    out: &mut [u8],
    kind: u8,
    format: u8,
    sender: u32,
    media: u32,
) -> Option<()> {
    put(out, 0, &[0x80 | format, kind])?;
    put(out, 4, &sender.to_be_bytes())?;
    put(out, 8, &media.to_be_bytes())
}

/// Writes the length word of a message of `len` bytes, a multiple of four, and returns `len`.
pub(super) fn finish(out: &mut [u8], len: usize) -> Option<usize> {
    put(out, 2, &u16::try_from(len / 4 - 1).ok()?.to_be_bytes())?;
    Some(len)
}

fn read(kind: u8, format: u8, packet: &[u8]) -> Option<Message<'_>> {
    match (kind, format) {
        (KIND_SENDER_REPORT, _) => {
            let report = SenderReport {
                ssrc: u32_at(packet, 4)?,
                ntp: (u64::from(u32_at(packet, 8)?) << 32) | u64::from(u32_at(packet, 12)?),
                timestamp: u32_at(packet, 16)?,
                packets: u32_at(packet, 20)?,
                octets: u32_at(packet, 24)?,
            };
            let blocks = packet.get(SENDER_REPORT_LEN..)?;
            Some(Message::SenderReport(report, report_blocks(blocks, format)))
        }
        (KIND_RECEIVER_REPORT, _) => {
            Some(Message::ReceiverReport(report_blocks(packet.get(8..)?, format)))
        }
        (KIND_TRANSPORT_FEEDBACK, FORMAT_NACK) => Some(Message::Nack {
            media_ssrc: u32_at(packet, 8)?,
            lost: LostNumbers { rest: packet.get(FEEDBACK_HEADER_LEN..)?, next: 0, mask: 0 },
        }),
        (KIND_TRANSPORT_FEEDBACK, FORMAT_TWCC) => {
            Some(Message::TransportFeedback(TransportFeedback::read(packet)?))
        }
        (KIND_PAYLOAD_FEEDBACK, FORMAT_PLI) => {
            Some(Message::KeyframeRequest { media_ssrc: u32_at(packet, 8)? })
        }
        // FIR names its stream in the entry, the media source of the header is unused.
        (KIND_PAYLOAD_FEEDBACK, FORMAT_FIR) => {
            Some(Message::KeyframeRequest { media_ssrc: u32_at(packet, FEEDBACK_HEADER_LEN)? })
        }
        _ => None,
    }
}

fn report_blocks(bytes: &[u8], count: u8) -> ReportBlocks<'_> {
    let len = bytes.len().min(usize::from(count) * REPORT_BLOCK_LEN);
    ReportBlocks { rest: bytes.get(..len).unwrap_or_default() }
}

/// Bytes in front of the entries of a feedback message.
pub(super) const FEEDBACK_HEADER_LEN: usize = 12;
/// Transport layer feedback (RFC 4585 §6.2).
pub(super) const KIND_TRANSPORT_FEEDBACK: u8 = 205;
/// Transport-wide feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1).
pub(super) const FORMAT_TWCC: u8 = 15;

const REPORT_BLOCK_LEN: usize = 24;
const SENDER_REPORT_LEN: usize = 28;
const KIND_SENDER_REPORT: u8 = 200;
const KIND_RECEIVER_REPORT: u8 = 201;
const KIND_PAYLOAD_FEEDBACK: u8 = 206;
const FORMAT_NACK: u8 = 1;
const FORMAT_PLI: u8 = 1;
const FORMAT_FIR: u8 = 4;
/// What applications agree on (RFC 4585 §6.4).
const FORMAT_APPLICATION: u8 = 15;
const MANTISSA_BITS: u32 = 18;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_most_that_may_be_sent_is_written_as_the_draft_has_it() {
        for (bits, exponent, mantissa) in [
            (0_u64, 0_u8, 0_u32),
            (262_143, 0, 262_143),
            (262_144, 1, 131_072),
            (9_000_000, 6, 140_625),
        ] {
            let mut out = [0; 64];
            assert_eq!(write_most(&mut out, 1, bits, 77), Some(24));
            let expected = [0x8f, 206, 0, 5, 0, 0, 0, 1, 0, 0, 0, 0, b'R', b'E', b'M', b'B', 1];
            assert_eq!(out[..17], expected);
            assert_eq!(out[17] >> 2, exponent);
            let [_, low @ ..] = u32_at(&out, 16).unwrap().to_be_bytes();
            let found = u32::from_be_bytes([0, low[0] & 3, low[1], low[2]]);
            assert_eq!((found, u32_at(&out, 20)), (mantissa, Some(77)));
        }
        let mut out = [0; 64];
        assert!(write_most(&mut out, 1, u64::MAX, 77).is_some(), "whatever an operator says");
    }

    #[test]
    fn the_messages_of_a_compound_packet_are_read_in_order() {
        let report = SenderReport {
            ssrc: 1,
            ntp: 0x0102_0304_0506_0708,
            timestamp: 3,
            packets: 4,
            octets: 5,
        };
        let block = ReportBlock {
            ssrc: 9,
            fraction_lost: 7,
            lost: 8,
            highest: 10,
            ..ReportBlock::default()
        };
        let mut out = [0; 256];
        let mut len = write_sender_report(&mut out, &report).unwrap();
        len += write_receiver_report(&mut out[len..], 1, &[block]).unwrap();
        len += put(&mut out, len, &[0x81, 202, 0, 0]).map(|()| 4).unwrap();
        len += write_pli(&mut out[len..], 1, 77).unwrap();
        let mut messages: Vec<_> = parse(&out[..len]).collect();
        assert_eq!(messages.len(), 3);
        assert!(matches!(messages[0], Message::SenderReport(found, _) if found == report));
        let Message::ReceiverReport(blocks) = &mut messages[1] else { unreachable!() };
        assert_eq!(blocks.next(), Some(block));
        assert_eq!(messages[2], Message::KeyframeRequest { media_ssrc: 77 });
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_parser_panic(bytes in prop::collection::vec(any::<u8>(), 0..120), kind in 200_u8..208, one: bool) {
            let mut bytes = bytes;
            if one && bytes.len() >= 4 {
                let words = u16::try_from(bytes.len() / 4 - 1).unwrap();
                bytes[0] = 0x80 | (bytes[0] & 0x1f);
                bytes[1] = kind;
                bytes[2..4].copy_from_slice(&words.to_be_bytes());
            }
            for message in parse(&bytes) {
                match message {
                    Message::SenderReport(_, blocks) | Message::ReceiverReport(blocks) => {
                        prop_assert!(blocks.count() <= 31);
                    }
                    Message::Nack { lost, .. } => prop_assert!(lost.count() <= bytes.len() * 17),
                    Message::TransportFeedback(feedback) => {
                        prop_assert!(u16::try_from(feedback.arrivals().count()).is_ok());
                    }
                    Message::KeyframeRequest { .. } => {}
                }
            }
        }

        #[test]
        fn what_is_asked_for_arrives(lost in prop::collection::btree_set(any::<u16>(), 0..60)) {
            let lost: Vec<u16> = lost.into_iter().collect();
            let mut out = [0; 512];
            let len = write_nack(&mut out, 1, 2, &lost).unwrap();
            let read: Vec<u16> = parse(&out[..len])
                .flat_map(|message| match message {
                    Message::Nack { media_ssrc: 2, lost } => lost.collect(),
                    Message::Nack { .. }
                    | Message::SenderReport(..)
                    | Message::ReceiverReport(_)
                    | Message::TransportFeedback(_)
                    | Message::KeyframeRequest { .. } => Vec::new(),
                })
                .collect();
            prop_assert_eq!(read, lost);
        }
    }
}
