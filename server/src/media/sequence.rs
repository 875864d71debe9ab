// SPDX-License-Identifier: EUPL-1.2
//! Sequence numbers that do not wrap: 16 bits from the wire, continued to 64.

use super::bytes::low16;

/// Follows a 16-bit sequence through its wraps.
///
/// The first number is placed one turn above zero, so that packets older than it have a number too.
#[derive(Clone, Copy, Debug, Default)]
pub struct SequenceExtender {
    highest: Option<u64>,
}

impl SequenceExtender {
    /// The full number nearest to the highest one seen. Changes nothing.
    pub fn extend(&self, sequence: u16) -> u64 {
        match self.highest {
            None => ONE_TURN.saturating_add(u64::from(sequence)),
            Some(highest) => {
                let step = sequence.wrapping_sub(low16(highest)).cast_signed();
                highest.saturating_add_signed(i64::from(step))
            }
        }
    }

    /// Takes note that `extended` was received.
    pub fn record(&mut self, extended: u64) {
        self.highest = Some(self.highest.map_or(extended, |highest| highest.max(extended)));
    }

    /// The highest number received.
    pub const fn highest(&self) -> Option<u64> {
        self.highest
    }
}

const ONE_TURN: u64 = 1 << 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_is_followed_through_its_wrap_in_both_directions() {
        let mut extender = SequenceExtender::default();
        extender.record(extender.extend(65_534));
        let wrapped = extender.extend(1);
        assert_eq!(wrapped, ONE_TURN + 65_537);
        extender.record(wrapped);
        assert_eq!(extender.extend(65_535), ONE_TURN + 65_535);
    }
}
