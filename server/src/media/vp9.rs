// SPDX-License-Identifier: EUPL-1.2
//! The VP9 payload descriptor (RFC 9628 §4.2): read and patched in place. The frame behind it is not read.

use super::descriptor::{Field, Numbers, PictureId};

/// Where the numbers of a descriptor stand and what they are.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Vp9Descriptor {
    /// The first byte.
    flags: u8,
    /// SID: in which spatial layer.
    pub spatial: u8,
    /// In how many of them the stream is, where the descriptor says so: at key frames.
    pub layers: Option<u8>,
    /// The picture id, if there is one. All layers of a picture have the same.
    pub picture_id: Option<PictureId>,
    /// TL0PICIDX, the count of base-layer frames.
    pub tl0: Option<Field>,
}

impl Vp9Descriptor {
    /// Reads the descriptor at the start of an RTP payload.
    pub fn parse(payload: &[u8]) -> Option<Self> {
        let flags = *payload.first()?;
        let mut found = Self { flags, ..Self::default() };
        let mut at = 1_u8;
        let byte = |at: u8| payload.get(usize::from(at)).copied();
        if flags & HAS_PICTURE_ID != 0 {
            let id = PictureId::parse(payload, at)?;
            found.picture_id = Some(id);
            at += id.len();
        }
        let flexible = flags & FLEXIBLE != 0;
        if flags & HAS_LAYERS != 0 {
            found.spatial = (byte(at)? >> 1) & 0x07;
            at += 1;
            if !flexible {
                found.tl0 = Some(Field { value: byte(at)?, at });
                at += 1;
            }
        }
        if flexible && flags & PREDICTED != 0 {
            let mut left = MAX_REFERENCES;
            while left > 0 && byte(at)? & 0x01 != 0 {
                left -= 1;
                at += 1;
            }
            // Behind the last one nothing may follow.
            if left == 0 {
                return None;
            }
            at += 1;
        }
        let mut end = usize::from(at);
        if flags & HAS_STRUCTURE != 0 {
            let (layers, len) = structure(payload.get(end..)?)?;
            found.layers = Some(layers);
            end += len;
        }
        // A descriptor without a frame behind it is none.
        payload.get(end)?;
        Some(found)
    }

    /// It is the first packet of a layer's frame.
    pub const fn starts_frame(self) -> bool {
        self.flags & STARTS != 0
    }

    /// It is the last packet of a layer's frame.
    pub const fn ends_frame(self) -> bool {
        self.flags & ENDS != 0
    }

    /// It is the first packet of a key frame: of the lowest layer, and without any picture before.
    pub const fn starts_key_frame(self) -> bool {
        self.starts_frame() && self.flags & PREDICTED == 0 && self.spatial == 0
    }

    /// Puts `numbers` where the descriptor has numbers; `payload` is a copy of the one parsed.
    pub fn rewrite(self, payload: &mut [u8], numbers: Numbers) -> Option<()> {
        if let Some(id) = self.picture_id {
            id.put(payload, numbers.picture_id)?;
        }
        if let Some(tl0) = self.tl0 {
            tl0.put(payload, numbers.tl0)?;
        }
        Some(())
    }
}

/// The scalability structure: in how many spatial layers the stream is, and the length in bytes.
fn structure(bytes: &[u8]) -> Option<(u8, usize)> {
    let first = *bytes.first()?;
    let layers = (first >> 5) + 1;
    let mut len = 1;
    if first & 0x10 != 0 {
        len += usize::from(layers) * RESOLUTION_LEN;
    }
    if first & 0x08 != 0 {
        let pictures = *bytes.get(len)?;
        len += 1;
        for _ in 0..pictures {
            len += 1 + usize::from((*bytes.get(len)? >> 2) & 0x03);
        }
    }
    Some((layers, len))
}

const HAS_PICTURE_ID: u8 = 0x80;
const PREDICTED: u8 = 0x40;
const HAS_LAYERS: u8 = 0x20;
const FLEXIBLE: u8 = 0x10;
const STARTS: u8 = 0x08;
const ENDS: u8 = 0x04;
const HAS_STRUCTURE: u8 = 0x02;
/// Pictures that one may refer to.
const MAX_REFERENCES: u8 = 3;
const RESOLUTION_LEN: usize = 4;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_key_frame_of_three_layers_is_read_and_rewritten() {
        // I L B V, picture id 0x0102, layer 0, TL0PICIDX 7, three layers with their sizes.
        let mut payload = vec![0xaa, 0x81, 0x02, 0x00, 7, 0x50];
        payload.extend_from_slice(&[0; 12]);
        assert_eq!(Vp9Descriptor::parse(&payload), None, "no frame behind it");
        payload.push(0xff);
        let key = Vp9Descriptor::parse(&payload).unwrap();
        assert!(key.starts_key_frame() && !key.ends_frame());
        assert_eq!((key.spatial, key.layers), (0, Some(3)));
        assert_eq!(key.picture_id.map(|id| (id.value, id.wide)), Some((0x102, true)));
        key.rewrite(&mut payload, Numbers { picture_id: 0x7fff, tl0: 9, key_index: 1 }).unwrap();
        assert_eq!(payload[..6], [0xaa, 0xff, 0xff, 0x00, 9, 0x50]);
        assert_eq!(payload[18], 0xff);
    }

    #[test]
    fn an_upper_layer_starts_no_key_frame() {
        let upper = Vp9Descriptor::parse(&[0xac, 0x05, 0x05, 7, 1]).unwrap();
        assert!(upper.starts_frame() && upper.ends_frame() && !upper.starts_key_frame());
        assert_eq!((upper.spatial, upper.picture_id.map(|id| id.wide)), (2, Some(false)));
    }

    #[test]
    fn references_are_counted() {
        let frame = |references: &[u8]| {
            let payload = [&[0xd8, 0x85, 0x05], references, &[1]].concat();
            Vp9Descriptor::parse(&payload).map(Vp9Descriptor::starts_frame)
        };
        assert_eq!(frame(&[0x02]), Some(true));
        assert_eq!(frame(&[0x03, 0x05, 0x06]), Some(true));
        assert_eq!(frame(&[0x03, 0x05, 0x07, 0x08]), None, "one too many");
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_parser_panic(
            mut bytes in prop::collection::vec(any::<u8>(), 0..40), picture_id: u16, tl0: u8,
        ) {
            if let Some(found) = Vp9Descriptor::parse(&bytes) {
                let numbers = Numbers { picture_id, tl0, key_index: 0 };
                let mut twice = bytes.clone();
                let others = Numbers { picture_id: !picture_id, tl0: !tl0, key_index: 0 };
                found.rewrite(&mut twice, others).unwrap();
                found.rewrite(&mut twice, numbers).unwrap();
                prop_assert!(found.rewrite(&mut bytes, numbers).is_some());
                prop_assert_eq!(&twice, &bytes, "whatever somebody else wrote before");
                let again = Vp9Descriptor::parse(&bytes).unwrap();
                prop_assert_eq!((again.flags, again.layers), (found.flags, found.layers));
                if let Some(id) = again.picture_id {
                    prop_assert_eq!(id.value, picture_id & if id.wide { 0x7fff } else { 0x7f });
                }
            }
        }
    }
}
