// SPDX-License-Identifier: EUPL-1.2
//! The packets of a publication that came lately, in one ring of bytes.

use core::num::NonZeroU64;

use super::bytes::{count, index, put};
use super::codec::Codec;
use super::descriptor::Descriptor;
use super::packet::MAX_DATAGRAM;
use super::scale::Scale;

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
    /// Where in a picture it belongs.
    pub part: FramePart,
    /// How it is coded.
    pub codec: Codec,
    /// What stands in front of its bytes.
    pub descriptor: Descriptor,
    /// Its place in a stream that has several layers.
    pub scale: Option<Scale>,
    /// RFC 6464: loudness, 0 is the loudest.
    pub audio_level: Option<u8>,
    /// The absolute capture time extension.
    pub capture_time: CaptureTime,
}

/// Where in a picture a packet belongs, as far as can be told without looking into it.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum FramePart {
    /// It can only be shown with what came before; and everything of sound.
    #[default]
    Inside,
    /// It is the first of a key frame.
    Key,
    /// It is the first of a frame, and its publisher does not say of which kind.
    Start,
}

/// The value of the absolute capture time extension, 0 (absent), 8 or 16 bytes.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct CaptureTime {
    len: u8,
    bytes: [u8; 16],
}

impl CaptureTime {
    /// Takes over a value; one of another length counts as absent.
    pub fn new(value: &[u8]) -> Self {
        let mut time = Self::default();
        if let Ok(len @ (8 | 16)) = u8::try_from(value.len())
            && put(&mut time.bytes, 0, value).is_some()
        {
            time.len = len;
        }
        time
    }

    /// The value as on the wire; empty when absent.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.len)).unwrap_or_default()
    }
}

/// What of a packet is passed on.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Body<'packet> {
    /// The value of its dependency descriptor, if subscribers are to get it: at most 255 bytes.
    pub dependency: &'packet [u8],
    /// What the codec made.
    pub payload: &'packet [u8],
}

impl<'packet> Body<'packet> {
    /// A packet without a descriptor.
    pub const fn of(payload: &'packet [u8]) -> Self {
        Self { dependency: &[], payload }
    }

    /// Takes apart what was put down with a descriptor of that length in front.
    pub fn split(bytes: &'packet [u8], dependency_len: u8) -> Option<Self> {
        let (dependency, payload) = bytes.split_at_checked(usize::from(dependency_len))?;
        Some(Self { dependency, payload })
    }

    /// Bytes that it takes.
    pub const fn len(self) -> usize {
        self.dependency.len().saturating_add(self.payload.len())
    }

    /// Whether there is nothing in it.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The length of its descriptor; `None` if it is longer than any.
    pub fn dependency_len(self) -> Option<u8> {
        u8::try_from(self.dependency.len()).ok()
    }

    /// Puts it down at `at`, its descriptor in front; `None` when it does not fit.
    pub fn put(self, bytes: &mut [u8], at: usize) -> Option<()> {
        put(bytes, at, self.dependency)?;
        put(bytes, at.checked_add(self.dependency.len())?, self.payload)
    }
}

/// The plain packets of one publication, shared by all its subscribers.
///
/// Bounded twice: by packets and by bytes. Small packets are found for longer, large ones do not cost more.
#[derive(Clone, Debug)]
pub struct History {
    capacity: usize,
    byte_capacity: usize,
    /// Both empty until the first packet: most who could publish pictures never do.
    entries: Vec<Entry>,
    bytes: Vec<u8>,
    /// Where the next packet begins, counted from the first one on.
    next: u64,
}

impl History {
    /// A ring of at most `capacity` packets and `byte_capacity` bytes; memory is taken with the first one.
    pub const fn new(capacity: usize, byte_capacity: usize) -> Self {
        Self { capacity, byte_capacity, entries: Vec::new(), bytes: Vec::new(), next: 0 }
    }

    /// Keeps a packet in the place of the oldest ones.
    pub fn store(&mut self, meta: &PacketMeta, body: Body<'_>) {
        let (Ok(len), Some(dependency_len)) = (u16::try_from(body.len()), body.dependency_len())
        else {
            return;
        };
        if body.len() > MAX_DATAGRAM.min(self.byte_capacity) {
            return;
        }
        if self.entries.is_empty() {
            self.entries.resize(self.capacity, Entry::default());
            self.bytes.resize(self.byte_capacity, 0);
        }
        let ring = count(self.byte_capacity);
        let left = ring - self.next % ring;
        // A packet is never split: what is too short at the end of the ring is left out.
        let start = if left < u64::from(len) { self.next + left } else { self.next };
        if body.put(&mut self.bytes, index(start % ring)).is_none() {
            return;
        }
        self.next = start + u64::from(len);
        if let Some(entry) = self.place(meta.sequence).and_then(|at| self.entries.get_mut(at)) {
            let start = NonZeroU64::MIN.checked_add(start);
            *entry = Entry { meta: *meta, start, len, dependency_len };
        }
    }

    /// The packet with that number, if it is still there.
    pub fn get(&self, sequence: u64) -> Option<(&PacketMeta, Body<'_>)> {
        let entry = self.entries.get(self.place(sequence)?)?;
        let start = entry.start.filter(|_| entry.meta.sequence == sequence)?.get() - 1;
        let ring = count(self.byte_capacity);
        if self.next - start > ring {
            return None;
        }
        let at = index(start % ring);
        let bytes = self.bytes.get(at..at + usize::from(entry.len))?;
        Some((&entry.meta, Body::split(bytes, entry.dependency_len)?))
    }

    /// Forgets everything, keeps the memory.
    pub fn clear(&mut self) {
        for entry in &mut self.entries {
            entry.start = None;
        }
    }

    fn place(&self, sequence: u64) -> Option<usize> {
        sequence.checked_rem(count(self.entries.len())).map(index)
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    meta: PacketMeta,
    /// Where it begins, counted from 1 at the first one; `None` when there is none.
    start: Option<NonZeroU64>,
    /// Bytes, with the descriptor in front.
    len: u16,
    dependency_len: u8,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HISTORY_BYTES: usize = 256 * 1_024;

    #[test]
    fn a_packet_is_found_until_the_ring_has_turned() {
        let mut history = History::new(4, 100);
        for sequence in 10..14 {
            history.store(&PacketMeta { sequence, ..PacketMeta::default() }, Body::of(&[1]));
        }
        assert!(history.get(10).is_some());
        history.store(&PacketMeta { sequence: 14, ..PacketMeta::default() }, Body::of(&[2]));
        assert!(history.get(10).is_none());
        assert_eq!(history.get(14).map(|(_, body)| body), Some(Body::of(&[2])));
        history.clear();
        assert!(history.get(14).is_none());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn what_is_found_is_what_was_stored_and_the_last_bytes_are_found(
            lens in prop::collection::vec((0_usize..=MAX_DATAGRAM, 0_usize..=255), 1..700)
        ) {
            let mut history = History::new(512, HISTORY_BYTES);
            let packet = |sequence: u64| {
                let (len, dependency) = lens[usize::try_from(sequence).unwrap()];
                let fill = crate::media::bytes::low8(sequence);
                (vec![!fill; dependency.min(len)], vec![fill; len - dependency.min(len)])
            };
            for last in 0..count(lens.len()) {
                let (dependency, payload) = packet(last);
                let body = Body { dependency: &dependency, payload: &payload };
                history.store(&PacketMeta { sequence: last, ..PacketMeta::default() }, body);
            }
            let last = count(lens.len()) - 1;
            let mut bytes = 0;
            for sequence in (0..=last).rev() {
                let found = history.get(sequence);
                let (dependency, payload) = packet(sequence);
                bytes += dependency.len() + payload.len();
                // One packet may have been left out at the end of the ring.
                if last - sequence < 512 && bytes + MAX_DATAGRAM <= HISTORY_BYTES {
                    prop_assert!(found.is_some(), "{}", sequence);
                }
                if let Some((meta, found)) = found {
                    prop_assert_eq!(meta.sequence, sequence);
                    prop_assert_eq!(found, Body { dependency: &dependency, payload: &payload });
                }
            }
        }
    }
}
