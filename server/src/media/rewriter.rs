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
#[path = "rewriter_tests.rs"]
mod tests;
