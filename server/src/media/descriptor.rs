// SPDX-License-Identifier: EUPL-1.2
//! What stands in front of a frame's bytes and has numbers in it, whichever codec made them: in the payload, or of
//! AV1 in the packet's header.

use super::bytes::put;
use super::codec::Codec;
use super::described::Dependency;
use super::vp8::Vp8Descriptor;
use super::vp9::Vp9Descriptor;

/// The descriptor of a packet.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Descriptor {
    /// Without numbers: sound, the other codecs, and packets without payload.
    #[default]
    None,
    /// RFC 7741 §4.2.
    Vp8(Vp8Descriptor),
    /// RFC 9628 §4.2.
    Vp9(Vp9Descriptor),
    /// AV1 RTP specification, appendix A.
    Dependency(Dependency),
}

/// A picture id of 7 or 15 bits.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PictureId {
    /// The number.
    pub value: u16,
    /// Whether it takes 15 bits.
    pub wide: bool,
    pub(super) at: u8,
}

/// One byte of a descriptor.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Field {
    /// The number.
    pub value: u8,
    pub(super) at: u8,
}

/// The numbers a subscriber is to see instead of the publisher's.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Numbers {
    /// Picture id, or the number of a frame; cut to the width the descriptor has.
    pub picture_id: u16,
    /// TL0PICIDX, the count of base-layer frames.
    pub tl0: u8,
    /// KEYIDX of VP8; cut to 5 bits.
    pub key_index: u8,
}

impl Descriptor {
    /// Reads the descriptor at the start of an RTP payload; `None` when there is none and should be.
    pub fn parse(codec: Codec, payload: &[u8]) -> Option<Self> {
        match codec {
            Codec::Vp8 => Vp8Descriptor::parse(payload).map(Self::Vp8),
            Codec::Vp9 => Vp9Descriptor::parse(payload).map(Self::Vp9),
            Codec::Opus | Codec::Red | Codec::Av1 | Codec::H264 => Some(Self::None),
        }
    }

    /// The numbers in it; 0 for those that are not there.
    pub fn numbers(self) -> Numbers {
        let value = |field: Option<Field>| field.map_or(0, |field| field.value);
        let id = |id: Option<PictureId>| id.map_or(0, |id| id.value);
        match self {
            Self::None => Numbers::default(),
            Self::Vp8(Vp8Descriptor { picture_id, tl0, key_index, .. }) => {
                Numbers { picture_id: id(picture_id), tl0: value(tl0), key_index: value(key_index) }
            }
            Self::Vp9(Vp9Descriptor { picture_id, tl0, .. }) => {
                Numbers { picture_id: id(picture_id), tl0: value(tl0), key_index: 0 }
            }
            Self::Dependency(Dependency { number, .. }) => {
                Numbers { picture_id: number, ..Numbers::default() }
            }
        }
    }

    /// The numbers in it, moved by these; `None` where there are none.
    pub fn moved(self, by: Numbers) -> Option<Numbers> {
        let width = |id: Option<PictureId>| if id.is_none_or(|id| id.wide) { 0x7fff } else { 0x7f };
        let mask = match self {
            Self::None => return None,
            Self::Vp8(vp8) => width(vp8.picture_id),
            Self::Vp9(vp9) => width(vp9.picture_id),
            Self::Dependency(_) => u16::MAX,
        };
        let own = self.numbers();
        Some(Numbers {
            picture_id: own.picture_id.wrapping_add(by.picture_id) & mask,
            tl0: own.tl0.wrapping_add(by.tl0),
            key_index: own.key_index.wrapping_add(by.key_index) & 0x1f,
        })
    }

    /// Puts `numbers` where the descriptor has numbers; `payload` is a copy of the one parsed. What stands in the
    /// header is written with it.
    pub fn rewrite(self, payload: &mut [u8], numbers: Numbers) -> Option<()> {
        match self {
            Self::None | Self::Dependency(_) => Some(()),
            Self::Vp8(vp8) => vp8.rewrite(payload, numbers),
            Self::Vp9(vp9) => vp9.rewrite(payload, numbers),
        }
    }
}

impl PictureId {
    /// Reads the id at `at`.
    pub(super) fn parse(payload: &[u8], at: u8) -> Option<Self> {
        let bytes = payload.get(usize::from(at)..)?;
        let high = *bytes.first()?;
        let wide = high & 0x80 != 0;
        let value =
            if wide { u16::from_be_bytes([high & 0x7f, *bytes.get(1)?]) } else { u16::from(high) };
        Some(Self { value, wide, at })
    }

    /// Bytes that it takes.
    pub(super) const fn len(self) -> u8 {
        if self.wide { 2 } else { 1 }
    }

    /// Puts another id in its place.
    pub(super) fn put(self, payload: &mut [u8], id: u16) -> Option<()> {
        if self.wide {
            put(payload, usize::from(self.at), &(id | 0x8000).to_be_bytes())
        } else {
            let [_, low] = id.to_be_bytes();
            put(payload, usize::from(self.at), &[low & 0x7f])
        }
    }
}

impl Field {
    /// Puts another number in its place.
    pub(super) fn put(self, payload: &mut [u8], value: u8) -> Option<()> {
        put(payload, usize::from(self.at), &[value])
    }
}
