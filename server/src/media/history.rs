// SPDX-License-Identifier: EUPL-1.2
//! The packets sent lately: one ring of plain packets per publication, one ring of numbers per slot.

use super::Micros;
use super::bytes::index;
use super::packet::MAX_DATAGRAM;
use super::vp8::Vp8Descriptor;

/// What is known of a packet besides its payload.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct PacketMeta {
    /// The publisher's sequence number, continued to 64 bits.
    pub sequence: u64,
    /// The publisher's timestamp.
    pub timestamp: u32,
    /// See [`super::packet::RtpHeader::marker`].
    pub marker: bool,
    /// Changes when the publisher starts over with other numbers.
    pub generation: u32,
    /// The VP8 numbers; `None` for sound and for packets without payload.
    pub vp8: Option<Vp8Descriptor>,
    /// RFC 6464: loudness, 0 is the loudest.
    pub audio_level: Option<u8>,
    /// The absolute capture time extension.
    pub capture_time: CaptureTime,
}

/// The value of the absolute capture time extension, 0 (absent), 8 or 16 bytes.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct CaptureTime {
    len: usize,
    bytes: [u8; 16],
}

impl CaptureTime {
    /// Takes over a value; one of another length counts as absent.
    pub fn new(value: &[u8]) -> Self {
        let mut time = Self::default();
        if matches!(value.len(), 8 | 16) && super::bytes::put(&mut time.bytes, 0, value).is_some() {
            time.len = value.len();
        }
        time
    }

    /// The value as on the wire; empty when absent.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }
}

/// The plain packets of one publication, shared by all its subscribers.
#[derive(Debug)]
pub struct History {
    capacity: usize,
    /// Empty until the first packet: most who could publish pictures never do.
    slots: Vec<Slot>,
}

impl History {
    /// A ring of `capacity` packets; memory is taken as packets come.
    pub const fn new(capacity: usize) -> Self {
        Self { capacity, slots: Vec::new() }
    }

    /// Keeps a packet in the place of the one a ring's length older.
    pub fn store(&mut self, meta: &PacketMeta, payload: &[u8]) {
        if payload.len() > MAX_DATAGRAM {
            return;
        }
        if self.slots.is_empty() {
            self.slots.resize_with(self.capacity, Slot::default);
        }
        if let Some(slot) =
            Self::place(self.slots.len(), meta.sequence).and_then(|place| self.slots.get_mut(place))
        {
            slot.meta = *meta;
            slot.filled = true;
            slot.payload.clear();
            slot.payload.extend_from_slice(payload);
        }
    }

    /// The packet with that number, if it is still there.
    pub fn get(&self, sequence: u64) -> Option<(&PacketMeta, &[u8])> {
        let slot = self.slots.get(Self::place(self.slots.len(), sequence)?)?;
        (slot.filled && slot.meta.sequence == sequence).then_some((&slot.meta, &slot.payload[..]))
    }

    /// Forgets everything, keeps the memory.
    pub fn clear(&mut self) {
        for slot in &mut self.slots {
            slot.filled = false;
        }
    }

    fn place(len: usize, sequence: u64) -> Option<usize> {
        sequence.checked_rem(super::bytes::count(len)).map(index)
    }
}

#[derive(Debug, Default)]
struct Slot {
    filled: bool,
    meta: PacketMeta,
    payload: Vec<u8>,
}

/// Which packet of the publication went out under which number of a slot.
#[derive(Debug)]
pub struct SentNumbers {
    capacity: usize,
    /// Empty until the first packet: most slots never carry one.
    ring: Vec<Option<SentNumber>>,
}

/// One packet that went out.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct SentNumber {
    /// The number it went out with.
    pub out: u64,
    /// The publisher's number.
    pub source: u64,
    /// Which feed of the slot it came from.
    pub feed: u32,
    /// When it was last sent again.
    pub repeated: Option<Micros>,
}

impl SentNumbers {
    /// A ring of `capacity` numbers; memory is taken with the first.
    pub const fn new(capacity: usize) -> Self {
        Self { capacity, ring: Vec::new() }
    }

    /// Takes note of a packet; `false` when that number was used already or is too old to tell.
    ///
    /// The answer keeps a number from being used twice, which would repeat a nonce.
    pub fn record(&mut self, sent: SentNumber) -> bool {
        if self.ring.is_empty() {
            self.ring.resize(self.capacity, None);
        }
        match self.entry(sent.out) {
            Some(entry) if entry.is_none_or(|before| before.out < sent.out) => {
                *entry = Some(sent);
                true
            }
            Some(_) | None => false,
        }
    }

    /// The packet that went out under `out`, if it is still known.
    pub fn get_mut(&mut self, out: u64) -> Option<&mut SentNumber> {
        self.entry(out)?.as_mut().filter(|sent| sent.out == out)
    }

    fn entry(&mut self, out: u64) -> Option<&mut Option<SentNumber>> {
        let place = out.checked_rem(super::bytes::count(self.ring.len()))?;
        self.ring.get_mut(index(place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packet_is_found_until_the_ring_has_turned() {
        let mut history = History::new(4);
        for sequence in 10..14 {
            history.store(&PacketMeta { sequence, ..PacketMeta::default() }, &[1]);
        }
        assert!(history.get(10).is_some());
        history.store(&PacketMeta { sequence: 14, ..PacketMeta::default() }, &[2]);
        assert!(history.get(10).is_none());
        assert_eq!(history.get(14).map(|(_, payload)| payload), Some(&[2][..]));
        history.clear();
        assert!(history.get(14).is_none());
    }

    #[test]
    fn a_number_is_given_out_once_only() {
        let mut numbers = SentNumbers::new(4);
        let sent = |out| SentNumber { out, source: 0, feed: 0, repeated: None };
        assert!(numbers.record(sent(5)));
        assert!(!numbers.record(sent(5)));
        assert!(numbers.record(sent(9)));
        assert!(!numbers.record(sent(5)), "too old to tell");
    }
}
