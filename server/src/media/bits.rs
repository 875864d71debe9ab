// SPDX-License-Identifier: EUPL-1.2
//! Reading and writing of single bits, the highest first.

/// Bits that are read one after the other.
#[derive(Clone, Copy, Debug)]
pub struct Bits<'bytes> {
    bytes: &'bytes [u8],
    /// The next one.
    at: u32,
}

impl<'bytes> Bits<'bytes> {
    /// Begins with the first.
    pub const fn new(bytes: &'bytes [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Begins with the bit number `at`.
    pub const fn from(bytes: &'bytes [u8], at: u32) -> Self {
        Self { bytes, at }
    }

    /// The number of the next one.
    pub const fn position(&self) -> u32 {
        self.at
    }

    /// The next `count` bits as a number, 32 at most; `None` where there are fewer.
    pub fn take(&mut self, count: u32) -> Option<u32> {
        let mut value = 0_u32;
        for at in self.at..self.at.checked_add(count)? {
            let byte = self.bytes.get(usize::try_from(at / 8).ok()?)?;
            value = (value << 1) | u32::from((byte >> (7 - at % 8)) & 1);
        }
        self.at += count;
        Some(value)
    }

    /// A number below `bound` in as few bits as it takes (`ns(n)` of the AV1 specification, §4.10.7).
    pub fn take_below(&mut self, bound: u32) -> Option<u32> {
        let width = u32::BITS - bound.leading_zeros();
        let short = 1_u32.checked_shl(width)?.checked_sub(bound)?;
        let value = self.take(width.checked_sub(1)?)?;
        if value < short {
            return Some(value);
        }
        Some((value << 1).checked_sub(short)? + self.take(1)?)
    }

    /// Goes past so many bits.
    pub fn skip(&mut self, count: u32) -> Option<()> {
        let end = self.at.checked_add(count)?;
        let last = usize::try_from(end.div_ceil(8)).ok()?;
        (last <= self.bytes.len()).then(|| self.at = end)
    }
}

/// Writes the `count` low bits of a number, 32 at most, from the bit number `at` on; `None` where there is no room.
pub fn put(bytes: &mut [u8], at: u32, count: u32, value: u32) -> Option<()> {
    for step in 0..count {
        let to = at.checked_add(step)?;
        let byte = bytes.get_mut(usize::try_from(to / 8).ok()?)?;
        let bit = 0x80_u8 >> (to % 8);
        if value.checked_shr(count - 1 - step)? & 1 == 0 {
            *byte &= !bit;
        } else {
            *byte |= bit;
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_read_in_their_order_and_not_past_the_end() {
        let mut bits = Bits::new(&[0b1010_0101, 0xff]);
        assert_eq!((bits.take(3), bits.take(6), bits.take(8)), (Some(0b101), Some(0b1011), None));
        assert_eq!((bits.skip(7), bits.take(1), bits.skip(1)), (Some(()), None, None));
    }

    #[test]
    fn bits_are_written_among_others_and_not_past_the_end() {
        let mut bytes = [0xff, 0, 0xff];
        assert_eq!(put(&mut bytes, 6, 12, 0b0100_1101_0101), Some(()));
        assert_eq!(bytes, [0b1111_1101, 0b0011_0101, 0b0111_1111]);
        assert_eq!(Bits::from(&bytes, 6).take(12), Some(0b0100_1101_0101));
        assert_eq!((put(&mut bytes, 23, 2, 0), put(&mut bytes, 24, 1, 0)), (None, None));
    }

    #[test]
    fn numbers_below_a_bound_take_as_few_bits_as_they_can() {
        // The table of the AV1 specification for n = 5.
        let read = |byte| Bits::new(&[byte]).take_below(5);
        let coded = [0b0000_0000, 0b0100_0000, 0b1000_0000, 0b1100_0000, 0b1110_0000];
        assert_eq!(coded.map(read), [0, 1, 2, 3, 4].map(Some));
        assert_eq!(Bits::new(&[]).take_below(1), Some(0));
    }
}
