// SPDX-License-Identifier: EUPL-1.2
//! Reads transport-wide feedback: when each datagram sent arrived at the peer
//! (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1).

use super::bytes::{u16_at, u32_at};

/// One feedback message about a run of transport-wide numbers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct TransportFeedback<'packet> {
    base: u16,
    count: u16,
    /// In microseconds of the peer's clock.
    reference: i64,
    chunks: &'packet [u8],
    deltas: &'packet [u8],
}

impl<'packet> TransportFeedback<'packet> {
    /// Reads a message with its RTCP header; `None` when its chunks do not cover the numbers it announces.
    pub(super) fn read(packet: &'packet [u8]) -> Option<Self> {
        let base = u16_at(packet, 12)?;
        let count = u16_at(packet, 14).filter(|count| *count <= MOST)?;
        let [a, b, c, _] = u32_at(packet, 16)?.to_be_bytes();
        // 24 bits with a sign.
        let reference = i64::from(i32::from_be_bytes([a, b, c, 0]) >> 8) * REFERENCE_UNIT;
        let body = packet.get(BODY_AT..)?;
        let mut covered = 0;
        let mut len = 0;
        while covered < u32::from(count) {
            covered += u32::from(Chunk::read(u16_at(body, len)?).len);
            len += 2;
        }
        let (chunks, deltas) = body.split_at_checked(len)?;
        Some(Self { base, count, reference, chunks, deltas })
    }

    /// The numbers reported on, ascending, each with its arrival in microseconds of the peer's clock, or
    /// nothing when it was not received. Ends early where the message is broken.
    pub const fn arrivals(&self) -> Arrivals<'packet> {
        Arrivals {
            next: self.base,
            left: self.count,
            time: self.reference,
            chunk: Chunk { kind: Kind::Run(0), len: 0 },
            chunks: self.chunks,
            deltas: self.deltas,
        }
    }
}

/// The numbers of one message and their arrivals.
#[derive(Clone, Debug)]
pub struct Arrivals<'packet> {
    next: u16,
    left: u16,
    time: i64,
    chunk: Chunk,
    chunks: &'packet [u8],
    deltas: &'packet [u8],
}

impl Iterator for Arrivals<'_> {
    type Item = (u16, Option<i64>);

    fn next(&mut self) -> Option<(u16, Option<i64>)> {
        self.left = self.left.checked_sub(1)?;
        while self.chunk.len == 0 {
            let (chunk, rest) = self.chunks.split_at_checked(2)?;
            self.chunks = rest;
            self.chunk = Chunk::read(u16_at(chunk, 0)?);
        }
        let arrival = match self.chunk.next_symbol() {
            LOST => None,
            SMALL => {
                let (&delta, rest) = self.deltas.split_first()?;
                self.deltas = rest;
                Some(i64::from(delta))
            }
            LARGE => {
                let (delta, rest) = self.deltas.split_first_chunk()?;
                self.deltas = rest;
                Some(i64::from(i16::from_be_bytes(*delta)))
            }
            // Reserved: how many bytes it takes is unknown, so the rest cannot be read.
            _ => {
                self.left = 0;
                return None;
            }
        };
        let number = self.next;
        self.next = number.wrapping_add(1);
        let time = arrival.map(|delta| {
            self.time += delta * DELTA_UNIT;
            self.time
        });
        Some((number, time))
    }
}

/// What is left of one chunk of statuses.
#[derive(Clone, Copy, Debug)]
struct Chunk {
    kind: Kind,
    len: u16,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    /// The same symbol over and over.
    Run(u16),
    /// One bit each, from the 14th down.
    Bits(u16),
    /// Two bits each, from the 14th down.
    Pairs(u16),
}

impl Chunk {
    const fn read(chunk: u16) -> Self {
        match chunk >> 14 {
            0b10 => Self { kind: Kind::Bits(chunk), len: 14 },
            0b11 => Self { kind: Kind::Pairs(chunk), len: 7 },
            _ => Self { kind: Kind::Run((chunk >> 13) & 3), len: chunk & 0x1fff },
        }
    }

    const fn next_symbol(&mut self) -> u16 {
        self.len = self.len.saturating_sub(1);
        match &mut self.kind {
            Kind::Run(symbol) => *symbol,
            Kind::Bits(bits) => {
                let symbol = (*bits >> 13) & 1;
                *bits <<= 1;
                symbol
            }
            Kind::Pairs(bits) => {
                let symbol = (*bits >> 12) & 3;
                *bits <<= 2;
                symbol
            }
        }
    }
}

/// Where the chunks begin: after the header, the numbers, the reference time and the count.
const BODY_AT: usize = 20;
/// Microseconds of one step of the reference time.
const REFERENCE_UNIT: i64 = 64_000;
/// Microseconds of one step of a delta.
const DELTA_UNIT: i64 = 250;
const LOST: u16 = 0;
const SMALL: u16 = 1;
const LARGE: u16 = 2;

/// The numbers of one message at most: more are not remembered. Larger, a short message costs much time.
const MOST: u16 = 2_048;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Micros;
    use super::super::rtcp::{Message, parse};
    use super::super::twcc::TwccRecorder;
    use super::*;

    fn feedback(bytes: &[u8]) -> Option<TransportFeedback<'_>> {
        parse(bytes).find_map(|message| match message {
            Message::TransportFeedback(feedback) => Some(feedback),
            Message::Nack { .. }
            | Message::SenderReport(..)
            | Message::ReceiverReport(_)
            | Message::KeyframeRequest { .. } => None,
        })
    }

    fn message(body: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0x8f, 205, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2];
        bytes.extend_from_slice(body);
        bytes.resize(bytes.len().next_multiple_of(4), 0);
        bytes[3] = u8::try_from(bytes.len() / 4 - 1).unwrap();
        bytes
    }

    #[test]
    fn all_three_kinds_of_chunk_are_read() {
        // From 65,535: a run of two small deltas, one bit each for fourteen, two bits each for seven.
        let mut body = vec![0xff, 0xff, 0, 23, 0xff, 0xff, 0xff, 0];
        body.extend([0x20, 2, 0b1010_0000, 0, 0b1110_0000, 0]);
        body.extend([4, 0, 8, 0xff, 0xfe]);
        let bytes = message(&body);
        let read: Vec<_> = feedback(&bytes).unwrap().arrivals().collect();
        assert_eq!(read.len(), 23);
        assert_eq!(read[..2], [(65_535, Some(-63_000)), (0, Some(-63_000))]);
        assert_eq!(read[2], (1, Some(-61_000)));
        assert_eq!(read[16], (15, Some(-61_500)));
        assert_eq!(read.iter().filter(|(_, arrival)| arrival.is_some()).count(), 4);
    }

    #[test]
    fn what_announces_more_than_it_holds_is_not_read() {
        assert_eq!(feedback(&message(&[0, 0, 0, 9, 0, 0, 0, 0, 0x20, 8])), None);
        let short = message(&[0, 0, 0, 8, 0, 0, 0, 0, 0x20, 8, 1, 1]);
        assert_eq!(feedback(&short).unwrap().arrivals().count(), 2);
        let reserved = message(&[0, 0, 0, 8, 0, 0, 0, 0, 0x60, 8, 1, 1]);
        assert_eq!(feedback(&reserved).unwrap().arrivals().count(), 0);
    }

    proptest! {
        #[test]
        fn no_feedback_makes_the_reader_panic(body in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Some(feedback) = feedback(&message(&body)) {
                prop_assert!(feedback.arrivals().count() <= usize::from(feedback.count));
            }
        }

        #[test]
        fn what_is_written_about_arrivals_is_read_back(
            first: u16, steps in prop::collection::vec((1_u16..12, 0_u64..200_000), 1..120),
        ) {
            let mut recorder = TwccRecorder::new();
            let (mut sequence, mut now) = (first, Micros(5_000_000));
            let mut expected = Vec::new();
            let mut read = Vec::new();
            let mut out = [0; 1_400];
            for (step, wait) in steps {
                sequence = sequence.wrapping_add(step);
                now = now + Micros(wait);
                recorder.record(now, sequence);
                expected.push((sequence, i64::try_from(now.0).unwrap()));
                if recorder.is_due(now) {
                    while let Some(len) = recorder.write(now, &mut out, 1, 2) {
                        read.extend(feedback(&out[..len]).unwrap().arrivals());
                    }
                }
            }
            while let Some(len) = recorder.write(now, &mut out, 1, 2) {
                read.extend(feedback(&out[..len]).unwrap().arrivals());
            }
            let arrived: Vec<_> = read.iter().filter_map(|(number, at)| Some((*number, (*at)?))).collect();
            prop_assert_eq!(arrived.len(), expected.len());
            for (read, expected) in arrived.iter().zip(&expected) {
                prop_assert_eq!(read.0, expected.0);
                prop_assert!(expected.1.abs_diff(read.1) <= 250, "{:?} {:?}", read, expected);
            }
        }
    }
}
