// SPDX-License-Identifier: EUPL-1.2
//! What can be told of a stream's packets without looking into its pictures: where one begins, which is a key
//! frame, which layer a packet belongs to.
//!
//! | by | tells |
//! |---|---|
//! | the dependency descriptor | all of it, whatever the codec |
//! | the VP9 payload descriptor | all of it |
//! | the AV1 aggregation header | key frames |
//! | the VP8 payload descriptor | where a frame begins, and not of which kind |
//! | the timestamp, for H.264 | the same, where no packet is missing |

use shared::{Layer, LayerSet};

use super::codec::Codec;
use super::dependency::Dependencies;
use super::descriptor::Descriptor;
use super::history::FramePart;
use super::packet::RtpHeader;
use super::scale::{self, Scale};
use super::vp9::Vp9Descriptor;

/// Reads the packets of one stream.
#[derive(Clone, Debug, Default)]
pub struct PictureReader {
    dependencies: Dependencies,
    /// Whether the stream says in its headers which frames are key frames.
    described: bool,
    /// How many spatial layers the VP9 descriptor promised.
    count: u8,
    newest: Option<(u64, u32)>,
}

/// What was read of a packet.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Seen {
    /// Where in a picture it belongs.
    pub part: FramePart,
    /// What stands in front of the codec's bytes, and of AV1 in front of all.
    pub descriptor: Descriptor,
    /// Its place in a stream that has several layers.
    pub scale: Option<Scale>,
}

impl PictureReader {
    /// Reads a packet with that number and a payload; `None` when the payload is not what the codec allows.
    /// `dependency` is the value of that extension.
    pub fn read(
        &mut self,
        sequence: u64,
        header: &RtpHeader,
        dependency: &[u8],
        codec: Codec,
        payload: &[u8],
    ) -> Option<Seen> {
        let mut descriptor = Descriptor::parse(codec, payload)?;
        if let Some(found) = self.dependencies.read(dependency) {
            self.described = true;
            let is_key = found.starts_frame && found.has_structure;
            let part = if is_key { FramePart::Key } else { FramePart::Inside };
            if codec == Codec::Av1 {
                descriptor = Descriptor::Dependency(found.dependency);
            }
            return Some(Seen { part, descriptor, scale: found.scale });
        }
        let begins = self.begins(sequence, header.timestamp);
        let (part, scale) = match (codec, descriptor) {
            (Codec::Vp9, Descriptor::Vp9(vp9)) => {
                let part = if vp9.starts_key_frame() { FramePart::Key } else { FramePart::Inside };
                (part, self.scale(vp9))
            }
            (Codec::Av1, _) => {
                let flags = payload.first().copied().unwrap_or_default();
                let is_key = flags & AV1_BEGINS != 0 && flags & AV1_CONTINUES == 0;
                (if is_key { FramePart::Key } else { FramePart::Inside }, None)
            }
            _ if self.described => (FramePart::Inside, None),
            (Codec::Vp8, Descriptor::Vp8(vp8)) if vp8.starts_frame => (FramePart::Start, None),
            (Codec::H264, _) if begins => (FramePart::Start, None),
            _ => (FramePart::Inside, None),
        };
        Some(Seen { part, descriptor, scale })
    }

    /// The layers of the stream; none as long as it is not known to have several.
    pub fn layers(&self) -> LayerSet {
        if self.described {
            self.dependencies.layers()
        } else if self.count > 1 {
            scale::layers(self.count)
        } else {
            LayerSet::NONE
        }
    }

    fn scale(&mut self, vp9: Vp9Descriptor) -> Option<Scale> {
        self.count = vp9.layers.unwrap_or(self.count);
        let layers = scale::layers(self.count);
        (self.count > 1).then(|| Scale {
            layer: scale::layer(vp9.spatial, self.count),
            layers,
            begins: if vp9.starts_key_frame() { layers } else { LayerSet::NONE },
            ends: vp9.ends_frame(),
        })
    }

    /// Whether it is the first packet with its timestamp: where the one before it is missing, nobody knows.
    fn begins(&mut self, sequence: u64, timestamp: u32) -> bool {
        let newest = self.newest;
        if newest.is_none_or(|(newest, _)| newest < sequence) {
            self.newest = Some((sequence, timestamp));
        }
        newest.is_some_and(|(before, other)| before + 1 == sequence && other != timestamp)
    }
}

/// The layer of a packet in a stream that, as a whole, is this encoding.
pub fn layer(scale: Option<Scale>, encoding: Layer) -> Layer {
    scale.map_or(encoding, |scale| scale.layer)
}

/// A coded video sequence begins with this packet (AV1 RTP specification §4.4).
const AV1_BEGINS: u8 = 0x08;
/// The packet begins in the middle of something.
const AV1_CONTINUES: u8 = 0x80;

#[cfg(test)]
#[path = "picture_tests.rs"]
mod tests;
