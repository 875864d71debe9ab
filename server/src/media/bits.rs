// SPDX-License-Identifier: EUPL-1.2
//! Reading of single bits, the highest first.

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
    fn numbers_below_a_bound_take_as_few_bits_as_they_can() {
        // The table of the AV1 specification for n = 5.
        let read = |byte| Bits::new(&[byte]).take_below(5);
        let coded = [0b0000_0000, 0b0100_0000, 0b1000_0000, 0b1100_0000, 0b1110_0000];
        assert_eq!(coded.map(read), [0, 1, 2, 3, 4].map(Some));
        assert_eq!(Bits::new(&[]).take_below(1), Some(0));
    }
}
