// SPDX-License-Identifier: EUPL-1.2
//! A dependency descriptor as a subscriber gets it: its frame numbered on, and of the decode targets those told as
//! available whose frames are forwarded (AV1 RTP specification, appendix A.4).

use shared::Layer;

use super::bits::{self, Bits};
use super::bytes::put;

/// What of a packet's descriptor is changed for each subscriber.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Dependency {
    /// The number of the frame.
    pub number: u16,
    /// The decode targets, of a stream with several layers, where the descriptor says which of them are available:
    /// there, and where the structure begins in which all are.
    pub targets: Option<Targets>,
}

/// The word on which decode targets are available.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Targets {
    /// The number of the bit at which it stands, or would.
    at: u16,
    /// How many there are, 1 to 32.
    count: u8,
    /// Whether it is said; otherwise all are.
    is_said: bool,
    /// Those that have no frames above the low and above the middle layer, a bit for each.
    within: [u32; 2],
}

impl Dependency {
    /// Writes the descriptor, whose value is given as it came, for a subscriber: with that number, who gets the
    /// layers up to `most`. `None` when it is longer than any.
    pub fn rewrite<'room>(
        self,
        value: &[u8],
        number: u16,
        most: Layer,
        room: &'room mut [u8; ROOM],
    ) -> Option<&'room [u8]> {
        put(room, 0, value)?;
        put(room, NUMBER_AT, &number.to_be_bytes())?;
        let len = match self.targets {
            Some(targets) => targets.rewrite(value, most, room)?,
            None => value.len(),
        };
        room.get(..len)
    }
}

impl Targets {
    /// `at` is the number of the bit at which it stands, or would; nothing if there are too many of anything.
    pub(super) fn new(at: u32, count: u8, is_said: bool, within: [u32; 2]) -> Option<Self> {
        let at = u16::try_from(at).ok()?;
        (1..=32).contains(&count).then_some(Self { at, count, is_said, within })
    }

    /// What the descriptor says of them, a bit for each.
    pub fn said(self, value: &[u8]) -> Option<u32> {
        let mut bits = Bits::from(value, u32::from(self.at));
        bits.take(u32::from(self.count)).filter(|_| self.is_said)
    }

    /// The length of the descriptor with the word in it; `value` stands in `room`, and behind it zeros.
    fn rewrite(self, value: &[u8], most: Layer, room: &mut [u8; ROOM]) -> Option<usize> {
        let (at, count) = (u32::from(self.at), u32::from(self.count));
        let all = u32::MAX >> (32_u32.checked_sub(count)?);
        let available = self.said(value).unwrap_or(all) & self.within(most);
        if self.is_said {
            bits::put(room, at, count, available)?;
            return Some(value.len());
        }
        if available == all {
            return Some(value.len());
        }
        bits::put(room, SAYS_AVAILABLE, 1, 1)?;
        bits::put(room, at, count, available)?;
        // What stood there stands behind it.
        let end = u32::try_from(value.len()).ok()?.checked_mul(8)?;
        let mut rest = Bits::from(value, at);
        while rest.position() < end {
            let (from, step) = (rest.position(), (end - rest.position()).min(8));
            bits::put(room, from + count, step, rest.take(step)?)?;
        }
        usize::try_from((end + count).div_ceil(8)).ok()
    }

    const fn within(self, most: Layer) -> u32 {
        let [low, middle] = self.within;
        match most {
            Layer::Low => low,
            Layer::Middle => middle,
            Layer::High => u32::MAX,
        }
    }
}

/// Room for the longest value of an extension (RFC 8285 §4.3), and for a word on 32 decode targets in it.
pub const ROOM: usize = 255 + 4;
/// Behind the flags and the name of the template.
const NUMBER_AT: usize = 1;
/// The flag that the word on decode targets is there, the second of those behind the number.
const SAYS_AVAILABLE: u32 = 25;

#[cfg(test)]
#[path = "described_tests.rs"]
mod tests;
