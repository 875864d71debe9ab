// SPDX-License-Identifier: EUPL-1.2
//! The dependency descriptor (AV1 RTP specification, appendix A): what a packet is, told in the header.
//!
//! It stands outside the payload, which may be encrypted for the other participants.

/// What a descriptor tells of its packet.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct DependencyDescriptor {
    /// The packet is the first of its frame.
    pub starts_frame: bool,
    /// It brings the structure of all frames from here on: nothing before is needed to show them.
    pub has_structure: bool,
}

impl DependencyDescriptor {
    /// Reads the value of the extension; `None` when it is too short to be one.
    pub fn parse(value: &[u8]) -> Option<Self> {
        let (&[first, _, _], more) = value.split_first_chunk::<MANDATORY_LEN>()?;
        Some(Self {
            starts_frame: first & STARTS_FRAME != 0,
            has_structure: more.first().is_some_and(|flags| flags & HAS_STRUCTURE != 0),
        })
    }
}

/// One byte of flags, and the number of the frame.
const MANDATORY_LEN: usize = 3;
const STARTS_FRAME: u8 = 0x80;
const HAS_STRUCTURE: u8 = 0x80;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_key_frame_starts_with_a_structure() {
        let parse = |value| DependencyDescriptor::parse(value).unwrap();
        let first = parse(&[0x80, 0, 1, 0x80, 0, 0x14]);
        assert!(first.starts_frame && first.has_structure);
        let last = parse(&[0x40, 0, 1]);
        assert!(!last.starts_frame && !last.has_structure);
        // Active decode targets alone are no structure.
        assert!(!parse(&[0xc3, 0, 2, 0x40]).has_structure);
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_parser_panic(value in prop::collection::vec(any::<u8>(), 0..300)) {
            let found = DependencyDescriptor::parse(&value);
            prop_assert_eq!(found.is_some(), value.len() >= 3);
            if let Some(found) = found {
                prop_assert_eq!(found.starts_frame, value[0] >= 128);
                prop_assert_eq!(found.has_structure, value.len() > 3 && value[3] >= 128);
            }
        }
    }
}
