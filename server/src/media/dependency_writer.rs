// SPDX-License-Identifier: EUPL-1.2
//! Dependency descriptors as a browser writes them, for tests.

use super::bytes::low8;

/// How the layers of a stream depend on each other.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Mode {
    /// An upper layer needs the ones below it in every picture (`L3T1`).
    Full,
    /// Only in key frames (`L3T1_KEY`).
    Key,
}

/// The descriptor of one packet of a stream with so many spatial layers, that is a whole frame of `spatial`.
pub(crate) fn frame(mode: Mode, count: u8, spatial: u8, number: u16, key: bool) -> Vec<u8> {
    part(mode, count, spatial, number, key, [true, true])
}

/// The same, of a packet that may not start and not end its frame.
pub(crate) fn part(
    mode: Mode,
    count: u8,
    spatial: u8,
    number: u16,
    key: bool,
    ends: [bool; 2],
) -> Vec<u8> {
    Part { mode, count, spatial, number, key, ends, available: None, own: None }.write()
}

/// A packet of a frame.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub(crate) mode: Mode,
    pub(crate) count: u8,
    pub(crate) spatial: u8,
    pub(crate) number: u16,
    pub(crate) key: bool,
    /// Whether it starts and whether it ends its frame.
    pub(crate) ends: [bool; 2],
    /// Which decode targets are available, a bit for each, if it says so.
    pub(crate) available: Option<u32>,
    /// What the frame is to each decode target, two bits for each, the first one the highest, where it says so
    /// itself.
    pub(crate) own: Option<u32>,
}

impl Part {
    pub(crate) fn write(self) -> Vec<u8> {
        let Self { mode, spatial, number, key, ends: [starts, ends], .. } = self;
        let count = u32::from(self.count);
        let mut bits = Writer::default();
        bits.put(1, u32::from(starts));
        bits.put(1, u32::from(ends));
        // The names of templates wrap.
        bits.put(6, (OFFSET + 2 * u32::from(spatial) + u32::from(!key)) % 64);
        bits.put(16, u32::from(number));
        let has_structure = key && spatial == 0 && starts;
        if has_structure || self.available.is_some() || self.own.is_some() {
            let flags = [has_structure, self.available.is_some(), self.own.is_some(), false, false];
            for flag in flags {
                bits.put(1, u32::from(flag));
            }
        }
        if has_structure {
            structure(&mut bits, mode, count);
        }
        if let Some(available) = self.available {
            bits.put(count, available);
        }
        if let Some(own) = self.own {
            bits.put(2 * count, own);
        }
        bits.bytes
    }
}

/// Two templates for each layer: in a key frame, and in any other.
fn structure(bits: &mut Writer, mode: Mode, count: u32) {
    bits.put(6, OFFSET);
    bits.put(5, count - 1);
    for spatial in 0..count {
        bits.put(2, 0);
        bits.put(2, if spatial + 1 == count { 3 } else { 2 });
    }
    let all = |spatial: u32| [(spatial, true), (spatial, false)];
    for (spatial, key) in (0..count).flat_map(all) {
        for target in 0..count {
            let own = target == spatial;
            bits.put(
                2,
                match mode {
                    _ if target < spatial => 0,
                    _ if own || key => 2,
                    Mode::Full => 3,
                    Mode::Key => 0,
                },
            );
        }
    }
    for (spatial, key) in (0..count).flat_map(all) {
        let below = spatial > 0 && (key || mode == Mode::Full);
        for difference in [(below, 1), (!key, count)].into_iter().filter(|(is, _)| *is) {
            bits.put(1, 1);
            bits.put(4, difference.1 - 1);
        }
        bits.put(1, 0);
    }
    // As many chains as decode targets, each protected by its own.
    bits.put_below(count + 1, count);
    for target in 0..count {
        bits.put_below(count, target);
    }
    for _ in 0..2 * count * count {
        bits.put(4, 1);
    }
    bits.put(1, 1);
    for spatial in 0..count {
        let scale = 1 << (count - 1 - spatial);
        bits.put(16, 1_280 / scale - 1);
        bits.put(16, 720 / scale - 1);
    }
}

#[derive(Default)]
struct Writer {
    bytes: Vec<u8>,
    len: u32,
}

impl Writer {
    fn put(&mut self, count: u32, value: u32) {
        for at in (0..count).rev() {
            if self.len.is_multiple_of(8) {
                self.bytes.push(0);
            }
            let last = self.bytes.len() - 1;
            self.bytes[last] |= low8(u64::from((value >> at) & 1)) << (7 - self.len % 8);
            self.len += 1;
        }
    }

    fn put_below(&mut self, bound: u32, value: u32) {
        let width = u32::BITS - bound.leading_zeros();
        let short = (1 << width) - bound;
        if value < short {
            self.put(width - 1, value);
        } else {
            self.put(width, value + short);
        }
    }
}

const OFFSET: u32 = 61;
