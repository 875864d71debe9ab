// SPDX-License-Identifier: EUPL-1.2
//! The VP8 payload descriptor (RFC 7741 §4.2): read and patched in place. The frame behind it is not read.

use super::descriptor::{Field, Numbers, PictureId};

/// Where the numbers of a descriptor stand and what they are.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Vp8Descriptor {
    /// The first packet of a frame.
    pub starts_frame: bool,
    /// The picture id, if there is one.
    pub picture_id: Option<PictureId>,
    /// TL0PICIDX, the count of base-layer frames.
    pub tl0: Option<Field>,
    /// KEYIDX, 5 bits.
    pub key_index: Option<Field>,
}

impl Vp8Descriptor {
    /// Reads the descriptor at the start of an RTP payload.
    pub fn parse(payload: &[u8]) -> Option<Self> {
        let first = *payload.first()?;
        let mut at = 1_u8;
        let byte = |at: u8| payload.get(usize::from(at)).copied();
        let mut descriptor = Self::default();
        if first & 0x80 != 0 {
            let present = byte(at)?;
            at += 1;
            if present & 0x80 != 0 {
                let id = PictureId::parse(payload, at)?;
                descriptor.picture_id = Some(id);
                at += id.len();
            }
            if present & 0x40 != 0 {
                descriptor.tl0 = Some(Field { value: byte(at)?, at });
                at += 1;
            }
            if present & 0x30 != 0 {
                let value = byte(at)?;
                if present & 0x10 != 0 {
                    descriptor.key_index = Some(Field { value: value & 0x1f, at });
                }
                at += 1;
            }
        }
        // The S bit, and partition 0 in the three bits below it.
        descriptor.starts_frame = first & 0x10 != 0 && first.trailing_zeros() >= 3;
        // A descriptor without a frame behind it is none.
        byte(at)?;
        Some(descriptor)
    }

    /// Puts `numbers` where the descriptor has numbers; `payload` is a copy of the one parsed.
    pub fn rewrite(&self, payload: &mut [u8], numbers: Numbers) -> Option<()> {
        if let Some(id) = self.picture_id {
            id.put(payload, numbers.picture_id)?;
        }
        if let Some(tl0) = self.tl0 {
            tl0.put(payload, numbers.tl0)?;
        }
        if let Some(Field { at, .. }) = self.key_index {
            let byte = payload.get_mut(usize::from(at))?;
            *byte = (*byte & 0xe0) | (numbers.key_index & 0x1f);
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_full_descriptor_is_read_and_rewritten() {
        let mut payload = [0x90, 0xf0, 0x81, 0x02, 7, 0x23, 0x00, 1, 2];
        let descriptor = Vp8Descriptor::parse(&payload).unwrap();
        assert!(descriptor.starts_frame);
        assert_eq!(descriptor.picture_id.map(|id| (id.value, id.wide)), Some((0x102, true)));
        assert_eq!(descriptor.tl0.map(|field| field.value), Some(7));
        assert_eq!(descriptor.key_index.map(|field| field.value), Some(3));
        descriptor
            .rewrite(&mut payload, Numbers { picture_id: 0x7fff, tl0: 9, key_index: 31 })
            .unwrap();
        assert_eq!(payload, [0x90, 0xf0, 0xff, 0xff, 9, 0x3f, 0x00, 1, 2]);
    }

    #[test]
    fn only_the_first_partition_starts_a_frame_whatever_is_in_it() {
        let starts = |payload| Vp8Descriptor::parse(payload).unwrap().starts_frame;
        assert!(starts(&[0x10, 0x00]) && starts(&[0x10, 0x01]));
        assert!(!starts(&[0x00, 0x00]) && !starts(&[0x11, 0x00]));
        assert_eq!(Vp8Descriptor::parse(&[0x10]), None);
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_parser_panic(
            mut bytes in prop::collection::vec(any::<u8>(), 0..16), picture_id: u16, tl0: u8, key_index: u8,
        ) {
            if let Some(descriptor) = Vp8Descriptor::parse(&bytes) {
                let numbers = Numbers { picture_id, tl0, key_index };
                let mut twice = bytes.clone();
                let others = Numbers { picture_id: !picture_id, tl0: !tl0, key_index: !key_index };
                descriptor.rewrite(&mut twice, others).unwrap();
                descriptor.rewrite(&mut twice, numbers).unwrap();
                prop_assert!(descriptor.rewrite(&mut bytes, numbers).is_some());
                prop_assert_eq!(&twice, &bytes, "whatever somebody else wrote before");
                let again = Vp8Descriptor::parse(&bytes).unwrap();
                prop_assert_eq!(again.starts_frame, descriptor.starts_frame);
                if let Some(id) = again.picture_id {
                    prop_assert_eq!(id.value, picture_id & if id.wide { 0x7fff } else { 0x7f });
                }
            }
        }
    }
}
