// SPDX-License-Identifier: EUPL-1.2
//! Redundant sound (RFC 2198): what a packet carries besides what was sent before, for who did not ask for that.

/// The sound that belongs to the packet's own time; `None` when the headers promise more than there is.
///
/// ```text
/// { 1 PT(7) offset(14) length(10) } … { 0 PT(7) } blocks …, the own one last
/// ```
pub fn primary(payload: &[u8]) -> Option<&[u8]> {
    let mut headers = payload;
    let mut redundant = 0_usize;
    loop {
        match headers.split_first_chunk::<HEADER_LEN>() {
            Some((&[first, _, middle, low], rest)) if first & MORE != 0 => {
                redundant += usize::from(u16::from_be_bytes([middle & LENGTH_BITS, low]));
                headers = rest;
            }
            _ => break,
        }
    }
    let (first, blocks) = headers.split_first()?;
    if first & MORE != 0 {
        return None;
    }
    blocks.get(redundant..).filter(|own| !own.is_empty())
}

/// In front of each block but the last.
const HEADER_LEN: usize = 4;
/// Another header follows.
const MORE: u8 = 0x80;
/// Of the third byte, those that belong to the length.
const LENGTH_BITS: u8 = 0x03;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_was_sent_before_is_taken_off() {
        let once = [0xef, 0x0f, 0x00, 2, 0x6f, 1, 2, 3, 4, 5];
        assert_eq!(primary(&once), Some(&[3, 4, 5][..]));
        let twice = [0xef, 0x1e, 0x00, 1, 0xef, 0x0f, 0x00, 2, 0x6f, 1, 2, 3, 4];
        assert_eq!(primary(&twice), Some(&[4][..]));
        assert_eq!(primary(&[0x6f, 7, 8]), Some(&[7, 8][..]), "nothing before it");
    }

    #[test]
    fn what_promises_more_than_there_is_is_refused() {
        for wrong in [
            &[][..],
            &[0x6f],
            &[0xef, 0, 0],
            &[0xef, 0, 0, 3, 0x6f, 1, 2],
            &[0xef, 0, 3, 255, 0x6f, 1],
        ] {
            assert_eq!(primary(wrong), None, "{wrong:?}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_parser_panic(payload in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Some(own) = primary(&payload) {
                prop_assert!(payload.ends_with(own));
            }
        }

        #[test]
        fn the_own_block_is_found_behind_any_others(
            before in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..1_023), 0..4),
            own in prop::collection::vec(any::<u8>(), 1..50),
        ) {
            let header = |block: &Vec<u8>| {
                let [high, low] = u16::try_from(block.len()).unwrap().to_be_bytes();
                [0xef, 0x0f, 0xfc | high, low]
            };
            let mut payload: Vec<u8> = before.iter().flat_map(header).collect();
            payload.push(0x6f);
            payload.extend(before.concat());
            payload.extend_from_slice(&own);
            prop_assert_eq!(primary(&payload), Some(&own[..]));
        }
    }
}
