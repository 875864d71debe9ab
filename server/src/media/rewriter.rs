// SPDX-License-Identifier: EUPL-1.2
//! Continuous numbers for one slot, whichever publication feeds it.
//!
//! Invariant: no sequence number is given out twice, because it is part of a nonce.

use shared::Layer;

use super::Micros;
use super::bytes::{low16, low32};
use super::descriptor::Numbers;
use super::history::PacketMeta;
use super::omitted::{Done, Omitted};
use super::sent::SentNumbers;

/// The numbers a packet goes out with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Rewritten {
    /// Sequence number; the low 16 bits go on the wire, the rest is the rollover counter.
    pub sequence: u64,
    /// Timestamp.
    pub timestamp: u32,
    /// The numbers inside the descriptor.
    pub numbers: Numbers,
    /// Whether it is the last packet of its picture.
    pub marker: bool,
    /// It is sent without anything in it, because its number is expected.
    pub is_empty: bool,
    /// The largest layer that the subscriber gets.
    pub most: Layer,
}

/// The numbering of one slot.
#[derive(Debug)]
pub struct Rewriter {
    clock_rate: u64,
    start: Start,
    source_first: u64,
    out_first: u64,
    next: u64,
    timestamp_offset: u32,
    last_timestamp: u32,
    last_at: Option<Micros>,
    offsets: Numbers,
    last: Numbers,
    sent: SentNumbers,
    omitted: Omitted,
}

impl Rewriter {
    /// Numbering that begins at `sequence` and `timestamp`; `clock_rate` in ticks per second.
    ///
    /// `sequence` is cut to 15 bits: were it near the wrap, losing the first packets would leave the
    /// receiver with another rollover counter (RFC 3711 §3.3.1).
    pub fn new(clock_rate: u32, sequence: u16, timestamp: u32) -> Self {
        let next = u64::from(sequence & 0x7fff);
        Self {
            clock_rate: u64::from(clock_rate),
            start: Start::Anew,
            source_first: 0,
            out_first: 0,
            next,
            timestamp_offset: 0,
            last_timestamp: timestamp,
            last_at: None,
            offsets: Numbers::default(),
            last: Numbers::default(),
            sent: SentNumbers::new(next),
            omitted: Omitted::default(),
        }
    }

    /// The next packet comes from elsewhere: its numbers follow on those given out.
    pub const fn start_over(&mut self) {
        self.start = Start::Anew;
    }

    /// Leaves numbers out, so that the receiver sees that something is missing.
    pub const fn skip(&mut self) {
        self.next = self.next.saturating_add(1);
        self.last.picture_id = self.last.picture_id.wrapping_add(1);
        self.last.tl0 = self.last.tl0.wrapping_add(1);
    }

    /// The next packet comes from the same publication after others that were not sent: its numbers follow
    /// on those given out, and the time in between has passed for the receiver too.
    pub fn resume(&mut self) {
        if self.start == Start::Done {
            self.start = Start::Resumed;
        }
    }

    /// Gives a packet its numbers; `None` when it is from before the switch or was sent already.
    pub fn rewrite(&mut self, now: Micros, meta: &PacketMeta) -> Option<Rewritten> {
        match self.start {
            Start::Done => {}
            Start::Resumed => self.rejoin(meta)?,
            Start::Anew => self.anchor(now, meta),
        }
        self.take(now, meta)
    }

    /// Leaves a packet out and lets the numbers go on without it. If it comes late, its number is expected: then it
    /// is to be sent with nothing in it.
    pub fn leave_out(&mut self, now: Micros, meta: &PacketMeta) -> Option<Rewritten> {
        if self.start != Start::Done {
            return None;
        }
        let head = self.head();
        if meta.sequence < head {
            let rewritten = self.take(now, meta)?;
            self.omitted.record(meta.sequence, Done::Emptied);
            return Some(Rewritten { is_empty: true, ..rewritten });
        }
        // Those before it that did not come keep their numbers.
        self.next = self.next.saturating_add(meta.sequence - head);
        self.omitted.advance(head, meta.sequence + 1);
        self.omitted.record(meta.sequence, Done::LeftOut);
        None
    }

    /// The packet that was given its numbers last ends its picture: what follows of it is left out.
    pub fn end(&mut self, meta: &PacketMeta) {
        self.omitted.record(meta.sequence, Done::Ended);
    }

    /// The numbers a packet went out with, to send it again.
    pub fn repeat(&self, meta: &PacketMeta, out: u64) -> Rewritten {
        self.apply(meta, out)
    }

    /// The full number and the publisher's number of the packet that went out under the wire number
    /// `sequence`, if it came from the present feed and was not repeated within `pause`.
    pub fn take_repeat(&mut self, now: Micros, sequence: u16, pause: Micros) -> Option<(u64, u64)> {
        let newest = self.next.checked_sub(1).filter(|_| self.start == Start::Done)?;
        let back = u64::from(low16(newest).wrapping_sub(sequence));
        let out = newest.checked_sub(back).filter(|out| *out >= self.out_first)?;
        let source = self.omitted.find(self.head(), self.next - out)?;
        self.sent.take_repeat(now, out, pause).then_some((out, source))
    }

    /// The timestamp of the newest packet given out.
    pub const fn last_timestamp(&self) -> u32 {
        self.last_timestamp
    }

    /// A timestamp of the publisher in the slot's time; `None` before the first packet of the feed.
    pub const fn translate(&self, timestamp: u32) -> Option<u32> {
        match self.start {
            Start::Anew => None,
            Start::Done | Start::Resumed => Some(timestamp.wrapping_add(self.timestamp_offset)),
        }
    }

    /// The number of the publisher that the next number given out belongs to.
    const fn head(&self) -> u64 {
        let given_out = self.next.saturating_sub(self.out_first);
        self.source_first.saturating_add(given_out).saturating_add(self.omitted.total())
    }

    fn take(&mut self, now: Micros, meta: &PacketMeta) -> Option<Rewritten> {
        meta.sequence.checked_sub(self.source_first)?;
        let head = self.head();
        let sequence = if meta.sequence >= head {
            self.next.checked_add(meta.sequence - head)?
        } else if self.omitted.is(meta.sequence, Done::LeftOut) {
            return None;
        } else {
            self.next.checked_sub(self.omitted.sent(meta.sequence, head)?)?
        };
        if !self.sent.record(sequence) {
            return None;
        }
        let is_newest = sequence >= self.next;
        if is_newest && !self.omitted.is_empty() {
            self.omitted.advance(head, meta.sequence + 1);
        }
        let rewritten = self.apply(meta, sequence);
        if is_newest {
            self.next = sequence + 1;
            self.last_timestamp = rewritten.timestamp;
            self.last_at = Some(now);
            self.last = rewritten.numbers;
        }
        Some(rewritten)
    }

    /// `None` for a packet that was sent already.
    fn rejoin(&mut self, meta: &PacketMeta) -> Option<()> {
        meta.sequence.checked_sub(self.head())?;
        self.omitted.clear();
        self.start = Start::Done;
        self.source_first = meta.sequence;
        self.out_first = self.next;
        Some(())
    }

    fn anchor(&mut self, now: Micros, meta: &PacketMeta) {
        self.omitted.clear();
        self.start = Start::Done;
        self.source_first = meta.sequence;
        self.out_first = self.next;
        // Media time goes on as the wall clock did, by one tick at least.
        let elapsed = self.last_at.map_or(0, |at| now.since(at).0);
        let ticks = low32((elapsed.saturating_mul(self.clock_rate) / 1_000_000).max(1));
        let timestamp = self.last_timestamp.wrapping_add(ticks);
        self.timestamp_offset = timestamp.wrapping_sub(meta.timestamp);
        let numbers = meta.descriptor.numbers();
        self.offsets = Numbers {
            picture_id: self.last.picture_id.wrapping_add(1).wrapping_sub(numbers.picture_id),
            tl0: self.last.tl0.wrapping_add(1).wrapping_sub(numbers.tl0),
            key_index: self.last.key_index.wrapping_add(1).wrapping_sub(numbers.key_index),
        };
    }

    fn apply(&self, meta: &PacketMeta, sequence: u64) -> Rewritten {
        let done = |done| !self.omitted.is_empty() && self.omitted.is(meta.sequence, done);
        Rewritten {
            sequence,
            timestamp: meta.timestamp.wrapping_add(self.timestamp_offset),
            numbers: meta.descriptor.moved(self.offsets).unwrap_or(self.last),
            marker: meta.marker || done(Done::Ended),
            is_empty: done(Done::Emptied),
            most: Layer::High,
        }
    }
}

/// Where the next packet begins.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Start {
    /// Nothing begins.
    Done,
    /// In the same publication, after packets that were left out.
    Resumed,
    /// In another publication.
    Anew,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::media::bytes::count;
    use crate::media::codec::Codec;
    use crate::media::described::Dependency;
    use crate::media::descriptor::Descriptor;

    #[test]
    fn numbers_go_on_across_a_switch() {
        let mut rewriter = Rewriter::new(90_000, 0xffff, 1_000);
        let first = rewriter.rewrite(Micros(0), &packet(500, 9_000, 100, 20)).unwrap();
        assert_eq!(first.sequence, 0x7fff);
        let second = rewriter.rewrite(Micros(0), &packet(501, 9_000, 100, 20)).unwrap();
        assert_eq!((second.sequence, second.timestamp), (0x8000, first.timestamp));
        rewriter.start_over();
        let other =
            rewriter.rewrite(Micros::from_millis(100), &packet(70_000, 77, 0x7fff, 255)).unwrap();
        assert_eq!(other.sequence, 0x8001);
        assert_eq!(other.timestamp, second.timestamp + 9_000);
        assert_eq!(other.numbers.picture_id, second.numbers.picture_id + 1);
        assert_eq!(other.numbers.tl0, second.numbers.tl0.wrapping_add(1));
        let mut ask =
            |out: Rewritten| rewriter.take_repeat(Micros(1), low16(out.sequence), Micros(9));
        assert_eq!(ask(first), None, "from another feed");
        assert_eq!(ask(other), Some((other.sequence, 70_000)));
    }

    #[test]
    fn the_numbers_of_frames_go_on_across_a_switch_and_wrap_at_16_bits() {
        let mut rewriter = Rewriter::new(90_000, 10, 0);
        let frame = |sequence, number| {
            let descriptor = Descriptor::Dependency(Dependency { number, targets: None });
            PacketMeta { sequence, descriptor, ..PacketMeta::default() }
        };
        let number = |rewriter: &mut Rewriter, sequence, own| {
            rewriter.rewrite(Micros(0), &frame(sequence, own)).unwrap().numbers.picture_id
        };
        assert_eq!(
            [(5, 0x7fff), (6, 0x8002)].map(|(at, own)| number(&mut rewriter, at, own)),
            [1, 4]
        );
        rewriter.start_over();
        let after =
            [(70, 0xffff), (72, 1), (71, 0)].map(|(at, own)| number(&mut rewriter, at, own));
        assert_eq!(after, [5, 7, 6]);
        assert_eq!(rewriter.repeat(&frame(71, 0), 12).numbers.picture_id, 6);
    }

    #[test]
    fn a_late_packet_fills_its_gap_and_one_from_before_the_switch_is_dropped() {
        let mut rewriter = Rewriter::new(90_000, 10, 0);
        rewriter.rewrite(Micros(0), &packet(100, 0, 0, 0)).unwrap();
        rewriter.rewrite(Micros(0), &packet(103, 0, 0, 0)).unwrap();
        let late = rewriter.rewrite(Micros(0), &packet(101, 0, 0, 0)).unwrap();
        assert_eq!(late.sequence, 11);
        assert_eq!(rewriter.rewrite(Micros(0), &packet(101, 0, 0, 0)), None);
        assert_eq!(rewriter.rewrite(Micros(0), &packet(99, 0, 0, 0)), None);
    }

    #[test]
    fn what_is_left_out_leaves_no_gap_and_takes_its_time() {
        let mut rewriter = Rewriter::new(48_000, 10, 0);
        let first = rewriter.rewrite(Micros(0), &packet(100, 960, 0, 0)).unwrap();
        rewriter.rewrite(Micros(0), &packet(101, 1_920, 0, 0)).unwrap();
        rewriter.resume();
        assert_eq!(rewriter.rewrite(Micros(0), &packet(101, 1_920, 0, 0)), None, "sent already");
        assert_eq!(rewriter.translate(960), Some(first.timestamp));
        let after = rewriter.rewrite(Micros(0), &packet(150, 48_960, 0, 0)).unwrap();
        assert_eq!((after.sequence, after.timestamp), (12, first.timestamp + 48_000));
        assert_eq!(rewriter.rewrite(Micros(0), &packet(149, 48_000, 0, 0)), None);
    }

    #[test]
    fn what_is_left_out_of_a_stream_leaves_no_gap_unless_it_was_missing() {
        let mut rewriter = Rewriter::new(90_000, 10, 0);
        let at = |sequence| packet(sequence, 0, 0, 0);
        let send = |rewriter: &mut Rewriter, sequence| {
            rewriter.rewrite(Micros(0), &at(sequence)).map(|out| out.sequence)
        };
        assert_eq!(send(&mut rewriter, 100), Some(10));
        assert_eq!(rewriter.leave_out(Micros(0), &at(101)), None);
        assert_eq!(rewriter.leave_out(Micros(0), &at(103)), None);
        assert_eq!(send(&mut rewriter, 104), Some(12), "11 is kept for 102");
        assert_eq!(send(&mut rewriter, 101), None, "left out before");
        let late = rewriter.leave_out(Micros(0), &at(102)).unwrap();
        assert_eq!((late.sequence, late.is_empty), (11, true));
        let mut ask = |out| rewriter.take_repeat(Micros(1), out, Micros(9));
        assert_eq!(
            [ask(10), ask(11), ask(12)],
            [Some((10, 100)), Some((11, 102)), Some((12, 104))]
        );
        assert!(rewriter.repeat(&at(102), 11).is_empty);
        rewriter.start_over();
        assert_eq!(send(&mut rewriter, 5), Some(13));
    }

    #[test]
    fn a_picture_that_ends_early_ends_early_again_when_it_is_repeated() {
        let mut rewriter = Rewriter::new(90_000, 10, 0);
        let last = packet(100, 0, 0, 0);
        let out = rewriter.rewrite(Micros(0), &last).unwrap();
        rewriter.end(&last);
        assert!(!out.marker && rewriter.repeat(&last, out.sequence).marker);
    }

    proptest! {
        #[test]
        fn what_is_sent_of_a_stream_in_order_is_numbered_without_a_gap_and_found_again(
            sent in prop::collection::vec(any::<bool>(), 1..3_000)
        ) {
            let mut rewriter = Rewriter::new(90_000, 5, 0);
            let mut numbers = Vec::new();
            let last = 99 + count(sent.len());
            for (sequence, sent) in (100_u64..).zip(sent) {
                let meta = packet(sequence, 0, 0, 0);
                if sent || numbers.is_empty() {
                    let out = rewriter.rewrite(Micros(0), &meta).unwrap();
                    numbers.push((out.sequence, sequence));
                } else {
                    prop_assert_eq!(rewriter.leave_out(Micros(0), &meta), None);
                }
            }
            prop_assert!(numbers.windows(2).all(|two| two[1].0 == two[0].0 + 1));
            for (out, source) in numbers {
                let found = rewriter.take_repeat(Micros(1), low16(out), Micros(9));
                if last - source < 1_024 {
                    prop_assert_eq!(found, Some((out, source)));
                } else {
                    prop_assert!(found.is_none_or(|found| found == (out, source)));
                }
            }
        }

        #[test]
        fn no_number_is_given_out_twice(
            steps in prop::collection::vec((0_u64..2_000, 0..6, any::<u16>()), 1..300)
        ) {
            let mut rewriter = Rewriter::new(90_000, 1, 1);
            let mut seen = std::collections::BTreeSet::new();
            for (sequence, switch, picture_id) in steps {
                match switch {
                    0 => rewriter.start_over(),
                    1 => rewriter.resume(),
                    2 => {
                        rewriter.start_over();
                        rewriter.skip();
                    }
                    _ => {}
                }
                let packet = packet(sequence, 0, picture_id & 0x7fff, 0);
                let out = if switch == 4 {
                    rewriter.leave_out(Micros(0), &packet)
                } else {
                    rewriter.rewrite(Micros(0), &packet)
                };
                if let Some(out) = out {
                    prop_assert!(seen.insert(out.sequence));
                }
            }
        }
    }

    fn packet(sequence: u64, timestamp: u32, picture_id: u16, tl0: u8) -> PacketMeta {
        let [high, low] = (picture_id | 0x8000).to_be_bytes();
        let descriptor =
            Descriptor::parse(Codec::Vp8, &[0x90, 0xc0, high, low, tl0, 0]).unwrap_or_default();
        PacketMeta { sequence, timestamp, descriptor, ..PacketMeta::default() }
    }
}
