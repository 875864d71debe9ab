// SPDX-License-Identifier: EUPL-1.2
//! Transport-wide feedback to a publisher: when each of its packets arrived
//! (draft-holmer-rmcat-transport-wide-cc-extensions-01).
//!
//! Every packet with a number counts, also probing padding and what a closed gate drops: the sender's
//! estimate is about the path, not about us.

use super::Micros;
use super::bytes::{count, index, low8, low16, low32, put};
use super::rtcp::{
    FEEDBACK_HEADER_LEN, FORMAT_TWCC, KIND_TRANSPORT_FEEDBACK, feedback_header, finish,
};
use super::sequence::SequenceExtender;

/// The arrivals not yet reported, and those lately reported.
#[derive(Debug)]
pub struct TwccRecorder {
    /// Empty until the first packet, as are the lists: many only listen.
    arrivals: Vec<Option<Arrival>>,
    extender: SequenceExtender,
    next: Option<u64>,
    reported: Micros,
    feedback: u8,
    symbols: Vec<u16>,
    deltas: Vec<i16>,
}

impl TwccRecorder {
    /// A recorder that has seen nothing.
    pub fn new() -> Self {
        Self {
            arrivals: Vec::new(),
            extender: SequenceExtender::default(),
            next: None,
            reported: Micros(0),
            feedback: 0,
            symbols: Vec::new(),
            deltas: Vec::new(),
        }
    }

    /// Takes note of a packet by its transport-wide number.
    pub fn record(&mut self, now: Micros, sequence: u16) {
        if self.arrivals.is_empty() {
            self.arrivals.resize(RING_LEN, None);
            self.symbols.reserve(MAX_STATUSES);
            self.deltas.reserve(MAX_STATUSES);
        }
        let sequence = self.extender.extend(sequence);
        let highest = self.extender.highest().unwrap_or(sequence).max(sequence);
        if highest - sequence >= count(RING_LEN) / 2 {
            return;
        }
        self.extender.record(sequence);
        let Some(slot) = self.arrivals.get_mut(index(sequence % count(RING_LEN))) else { return };
        if slot.is_some_and(|arrival| arrival.sequence == sequence) {
            return;
        }
        *slot = Some(Arrival { sequence, at: now });
        let next = self.next.map_or(sequence, |next| next.min(sequence));
        // A range longer than the ring would find other packets in the places of the old ones.
        self.next = Some(next.max((highest + 1).saturating_sub(count(RING_LEN))));
    }

    /// Whether feedback is due.
    pub fn is_due(&self, now: Micros) -> bool {
        self.has_unreported() && now.since(self.reported) >= INTERVAL
    }

    /// Writes one feedback message about the oldest unreported packets and returns its length.
    ///
    /// `None` when there is nothing to report; call again until then.
    pub fn write(&mut self, now: Micros, out: &mut [u8], sender: u32, media: u32) -> Option<usize> {
        if !self.has_unreported() {
            return None;
        }
        let highest = self.extender.highest()?;
        let mut base = self.next?;
        let first = (base..=highest).find(|sequence| self.arrival(*sequence).is_some())?;
        // Losses in front are told too, unless they alone would fill the message.
        if first - base >= count(MAX_STATUSES) / 2 {
            base = first;
        }
        let reference = self.collect(base, highest)?;
        self.reported = now;
        self.next = Some(base + count(self.symbols.len()));
        feedback_header(out, KIND_TRANSPORT_FEEDBACK, FORMAT_TWCC, sender, media)?;
        put(out, FEEDBACK_HEADER_LEN, &low16(base).to_be_bytes())?;
        put(out, 14, &u16::try_from(self.symbols.len()).ok()?.to_be_bytes())?;
        put(out, 16, &(low32(reference << 8) | u32::from(self.feedback)).to_be_bytes())?;
        self.feedback = self.feedback.wrapping_add(1);
        let mut at = self.write_chunks(out, 20)?;
        for (delta, symbol) in
            self.deltas.iter().zip(self.symbols.iter().filter(|&&symbol| symbol != LOST))
        {
            if *symbol == SMALL {
                put(out, at, &[low8(u64::from(delta.unsigned_abs()))])?;
                at += 1;
            } else {
                put(out, at, &delta.to_be_bytes())?;
                at += 2;
            }
        }
        while !at.is_multiple_of(4) {
            put(out, at, &[0])?;
            at += 1;
        }
        finish(out, at)
    }

    /// Fills symbols and deltas for a range from `base`; returns the reference time in 64 ms.
    fn collect(&mut self, base: u64, highest: u64) -> Option<u64> {
        self.symbols.clear();
        self.deltas.clear();
        let last = highest.min(base + count(MAX_STATUSES) - 1);
        let reference =
            (base..=last).find_map(|sequence| self.arrival(sequence))?.0 / REFERENCE_UNIT;
        let mut time = i64::try_from(reference * REFERENCE_UNIT).ok()?;
        for sequence in base..=last {
            let Some(arrived) = self.arrival(sequence) else {
                self.symbols.push(LOST);
                continue;
            };
            let steps = (i64::try_from(arrived.0).ok()? - time).div_euclid(DELTA_UNIT);
            let Ok(delta) = i16::try_from(steps) else {
                // Eight seconds lie between two packets: the next message has its own reference.
                break;
            };
            time += steps * DELTA_UNIT;
            self.symbols.push(if (0..=255).contains(&delta) { SMALL } else { LARGE });
            self.deltas.push(delta);
        }
        Some(reference)
    }

    fn write_chunks(&self, out: &mut [u8], mut at: usize) -> Option<usize> {
        let mut rest = &self.symbols[..];
        while let Some(&first) = rest.first() {
            let run = rest.iter().take_while(|&&symbol| symbol == first).count();
            let taken = if run >= SYMBOLS_PER_VECTOR || run == rest.len() {
                let chunk = (first << 13) | u16::try_from(run).ok()?;
                put(out, at, &chunk.to_be_bytes())?;
                run
            } else {
                let taken = rest.len().min(SYMBOLS_PER_VECTOR);
                let mut chunk = 0b11;
                for place in 0..SYMBOLS_PER_VECTOR {
                    chunk = (chunk << 2) | rest.get(place).copied().unwrap_or(LOST);
                }
                put(out, at, &chunk.to_be_bytes())?;
                taken
            };
            at += 2;
            rest = rest.get(taken..)?;
        }
        Some(at)
    }

    fn arrival(&self, sequence: u64) -> Option<Micros> {
        let arrival = (*self.arrivals.get(index(sequence % count(RING_LEN)))?)?;
        (arrival.sequence == sequence).then_some(arrival.at)
    }

    fn has_unreported(&self) -> bool {
        self.next.zip(self.extender.highest()).is_some_and(|(next, highest)| next <= highest)
    }
}

impl Default for TwccRecorder {
    fn default() -> Self {
        Self::new()
    }
}

#[derive(Clone, Copy, Debug)]
struct Arrival {
    sequence: u64,
    at: Micros,
}

/// Larger makes the sender's estimate slow; smaller costs packets.
const INTERVAL: Micros = Micros::from_millis(60);
/// Packets between two reports and their stragglers; more are forgotten. Larger costs memory for
/// everybody who sends; smaller loses count of a burst of probing packets.
const RING_LEN: usize = 512;
const MAX_STATUSES: usize = 400;
const REFERENCE_UNIT: u64 = 64_000;
const DELTA_UNIT: i64 = 250;
const SYMBOLS_PER_VECTOR: usize = 7;
const LOST: u16 = 0;
const SMALL: u16 = 1;
const LARGE: u16 = 2;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rtc_rtcp::transport_feedbacks::transport_layer_cc::TransportLayerCc;
    use rtc_shared::marshal::Unmarshal as _;

    use super::*;

    #[test]
    fn feedback_is_due_only_with_something_to_report() {
        let mut recorder = TwccRecorder::new();
        assert!(!recorder.is_due(Micros::from_millis(1_000)));
        recorder.record(Micros::from_millis(1_000), 7);
        assert!(recorder.is_due(Micros::from_millis(1_000)));
        let mut out = [0; 1_400];
        assert!(recorder.write(Micros::from_millis(1_000), &mut out, 1, 2).is_some());
        assert!(recorder.write(Micros::from_millis(1_000), &mut out, 1, 2).is_none());
        recorder.record(Micros::from_millis(1_010), 8);
        assert!(!recorder.is_due(Micros::from_millis(1_020)));
        assert!(recorder.is_due(Micros::from_millis(1_060)));
    }

    proptest! {
        #[test]
        fn the_other_implementation_reads_the_same_arrivals(
            first: u16, steps in prop::collection::vec((1_u16..5, 0_u64..40_000), 1..120),
        ) {
            let mut recorder = TwccRecorder::new();
            let (mut sequence, mut now) = (first, Micros(5_000_000));
            let mut expected = Vec::new();
            for (step, wait) in steps {
                sequence = sequence.wrapping_add(step);
                now = now + Micros(wait);
                recorder.record(now, sequence);
                expected.push((sequence, now.0));
            }
            let mut read = Vec::new();
            let mut out = [0; 1_400];
            while let Some(len) = recorder.write(now, &mut out, 1, 2) {
                read.extend(arrivals(&out[..len]));
            }
            prop_assert_eq!(read.len(), expected.len());
            for (read, expected) in read.iter().zip(&expected) {
                prop_assert_eq!(read.0, expected.0);
                prop_assert!(expected.1.abs_diff(read.1) <= 250, "{:?} {:?}", read, expected);
            }
        }

        #[test]
        fn no_numbers_make_it_panic(numbers in prop::collection::vec((any::<u16>(), 0_u64..20_000_000), 0..300)) {
            let mut recorder = TwccRecorder::new();
            let mut now = Micros(0);
            let mut out = [0; 1_400];
            for (number, wait) in numbers {
                now = now + Micros(wait);
                recorder.record(now, number);
                if recorder.is_due(now) {
                    let mut messages = 0;
                    while recorder.write(now, &mut out, 1, 2).is_some() {
                        messages += 1;
                        prop_assert!(messages < 100);
                    }
                }
            }
        }
    }

    fn arrivals(mut bytes: &[u8]) -> Vec<(u16, u64)> {
        let packet = TransportLayerCc::unmarshal(&mut bytes).unwrap();
        let mut symbols = Vec::new();
        for chunk in &packet.packet_chunks {
            use rtc_rtcp::transport_feedbacks::transport_layer_cc::PacketStatusChunk;
            match chunk {
                PacketStatusChunk::RunLengthChunk(run) => {
                    symbols.extend(vec![run.packet_status_symbol; usize::from(run.run_length)]);
                }
                PacketStatusChunk::StatusVectorChunk(vector) => {
                    symbols.extend(vector.symbol_list.iter().copied());
                }
            }
        }
        let mut deltas = packet.recv_deltas.iter();
        let mut time = i64::from(packet.reference_time) * 64_000;
        let mut read = Vec::new();
        for (offset, symbol) in (0..packet.packet_status_count).zip(symbols) {
            if format!("{symbol:?}") != "PacketNotReceived" {
                time += deltas.next().unwrap().delta;
                read.push((
                    packet.base_sequence_number.wrapping_add(offset),
                    u64::try_from(time).unwrap(),
                ));
            }
        }
        read
    }
}
