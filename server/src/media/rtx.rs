// SPDX-License-Identifier: EUPL-1.2
//! Retransmission payloads (RFC 4588 §4): the original sequence number in front of the original payload.

use super::bytes::u16_at;

/// Bytes in front of the original payload.
pub const ORIGINAL_SEQUENCE_LEN: usize = 2;

/// Takes a retransmission apart: the original sequence number and the original payload.
///
/// `None` for probing padding, which browsers send on the retransmission source without either.
pub fn unwrap(payload: &[u8]) -> Option<(u16, &[u8])> {
    let original = payload.get(ORIGINAL_SEQUENCE_LEN..).filter(|original| !original.is_empty())?;
    Some((u16_at(payload, 0)?, original))
}

/// The first bytes of a retransmission payload.
pub const fn prefix(original_sequence: u16) -> [u8; ORIGINAL_SEQUENCE_LEN] {
    original_sequence.to_be_bytes()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_wrapped_can_be_unwrapped(sequence: u16, payload in prop::collection::vec(any::<u8>(), 0..9)) {
            let wrapped = [&prefix(sequence)[..], &payload].concat();
            let expected = (!payload.is_empty()).then_some((sequence, &payload[..]));
            prop_assert_eq!(unwrap(&wrapped), expected);
            prop_assert_eq!(unwrap(&wrapped[..1]), None);
        }
    }
}
