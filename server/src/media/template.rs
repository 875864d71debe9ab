// SPDX-License-Identifier: EUPL-1.2
//! The header in front of what a slot sends: most of it is the same in every packet and is written once.

use super::bytes::put;
use super::incoming::ExtensionIds;
use super::packet::HeaderFields;

/// What of a header stays as it is for many packets.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Shape {
    /// See [`HeaderFields::payload_type`].
    pub payload_type: u8,
    /// See [`HeaderFields::ssrc`].
    pub ssrc: u32,
    /// Who contributed.
    pub contributor: Option<u32>,
    /// Whether it tells how loud a sound is.
    pub is_loud: bool,
    /// How its extensions are numbered.
    pub ids: ExtensionIds,
}

/// A header of one shape, and where in it stands what is another in each packet.
#[derive(Clone, Copy, Debug)]
pub struct HeaderTemplate {
    shape: Shape,
    bytes: [u8; LEN],
    len: usize,
    level_at: Option<usize>,
    number_at: Option<usize>,
}

impl HeaderTemplate {
    /// Lets `write` write headers of that shape with a loudness and a transport-wide number, and learns from them;
    /// `None` when they do not fit.
    pub fn learn(
        shape: Shape,
        write: impl Fn(&mut [u8], HeaderFields, Option<u8>, u16) -> Option<usize>,
    ) -> Option<Self> {
        let Shape { payload_type, ssrc, is_loud, .. } = shape;
        let blank = HeaderFields { marker: false, payload_type, sequence: 0, timestamp: 0, ssrc };
        let write = |level: u8, number| {
            let mut bytes = [0; LEN];
            let len = write(&mut bytes, blank, is_loud.then_some(level), number)?;
            Some((bytes, len))
        };
        let (bytes, len) = write(0, 0)?;
        let differs = |other: [u8; LEN]| bytes.iter().zip(&other).position(|(a, b)| a != b);
        let (level_at, number_at) = (differs(write(u8::MAX, 0)?.0), differs(write(0, u16::MAX)?.0));
        Some(Self { shape, bytes, len, level_at, number_at })
    }

    /// Whether it is one of that shape.
    pub fn fits(&self, shape: &Shape) -> bool {
        self.shape == *shape
    }

    /// Writes a header, of whose fields those of the shape are known, and returns its length in bytes. A few bytes
    /// behind it are written over.
    pub fn write(
        &self,
        out: &mut [u8],
        fields: HeaderFields,
        level: Option<u8>,
        number: u16,
    ) -> Option<usize> {
        let head = out.first_chunk_mut::<LEN>()?;
        *head = self.bytes;
        let [_, second, sequence_high, sequence_low, time @ .., _, _, _, _] =
            head.first_chunk_mut::<12>()?;
        *second |= u8::from(fields.marker) << 7;
        [*sequence_high, *sequence_low] = fields.sequence.to_be_bytes();
        *time = fields.timestamp.to_be_bytes();
        if let Some(at) = self.number_at {
            put(head, at, &number.to_be_bytes())?;
        }
        if let (Some(at), Some(level)) = (self.level_at, level) {
            put(head, at, &[level])?;
        }
        Some(self.len)
    }
}

/// Room for a contributor, a line's name of 16 bytes, a loudness and a number. Larger costs memory for every slot.
const LEN: usize = 48;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::packet::write_header_of;
    use super::*;

    proptest! {
        #[test]
        fn what_comes_of_a_template_is_what_is_written_without(
            (mid, mid_id, level_id, wide_id) in ("[a-z0-9]{0,16}", 0_u8..20, 0_u8..20, 0_u8..20),
            (payload_type, ssrc) in (0_u8..128, any::<u32>()),
            (contributor, is_loud) in (any::<Option<u32>>(), any::<bool>()),
            packets in prop::collection::vec(any::<(bool, u16, u32, u8, u16)>(), 1..8),
        ) {
            let ids = ExtensionIds {
                mid: mid_id, audio_level: level_id, transport_cc: wide_id, ..ExtensionIds::default()
            };
            let shape = Shape { payload_type, ssrc, contributor, is_loud, ids };
            let write = |out: &mut [u8], fields, level: Option<u8>, number: u16| {
                let (level, wide) = (level.map(|level| [level]), number.to_be_bytes());
                let level = level.as_ref().map_or(&[][..], |level| &level[..]);
                let extensions = [(mid_id, mid.as_bytes()), (level_id, level), (wide_id, &wide)];
                write_header_of(out, fields, contributor, &extensions)
            };
            let template = HeaderTemplate::learn(shape, write).unwrap();
            prop_assert!(template.fits(&shape));
            let other = Shape { is_loud: !is_loud, ..shape };
            prop_assert!(!template.fits(&other));
            for (marker, sequence, timestamp, level, number) in packets {
                let fields = HeaderFields { marker, payload_type, sequence, timestamp, ssrc };
                let level = is_loud.then_some(level);
                let (mut own, mut other) = ([0xaa; 100], [0x55; 100]);
                let len = template.write(&mut own, fields, level, number).unwrap();
                prop_assert_eq!(write(&mut other, fields, level, number), Some(len));
                prop_assert_eq!(&own[..len], &other[..len]);
            }
        }
    }

    #[test]
    fn what_has_no_room_is_not_written() {
        let ids = ExtensionIds::default();
        let shape = Shape { payload_type: 1, ssrc: 2, contributor: None, is_loud: false, ids };
        let write = |out: &mut [u8], fields, _, _| write_header_of(out, fields, None, &[]);
        let template = HeaderTemplate::learn(shape, write).unwrap();
        let fields =
            HeaderFields { marker: true, payload_type: 1, sequence: 3, timestamp: 4, ssrc: 2 };
        assert_eq!(template.write(&mut [0; LEN - 1], fields, None, 0), None);
        assert!(HeaderTemplate::learn(shape, |_, _, _, _| None).is_none());
    }
}
