// SPDX-License-Identifier: EUPL-1.2
//! How many layers of a stream that has several go into a slot (SVC).
//!
//! Those below go with the one that is wanted, so that less comes at once, with the next picture. More comes with a
//! picture from which on it can be shown: the stream says so, and mostly it is a key frame.

use shared::{Layer, LayerSet};

use super::history::{FramePart, PacketMeta};
use super::scale::Scale;

/// The layers that go.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Ascent {
    /// The largest.
    layer: Layer,
    /// The timestamp of the picture that goes.
    picture: u32,
}

impl Ascent {
    /// Begins with as much of a stream as is wanted, if it can be begun with this packet.
    pub fn begin(target: Layer, scale: Scale, meta: &PacketMeta) -> Option<Self> {
        let layer = largest(scale.begins, target).filter(|_| meta.part == FramePart::Key)?;
        Some(Self { layer, picture: meta.timestamp })
    }

    /// The largest layer that goes.
    pub const fn layer(self) -> Layer {
        self.layer
    }

    /// Whether a packet goes, where so much is wanted.
    pub fn take(&mut self, target: Layer, scale: Scale, meta: &PacketMeta) -> bool {
        let ahead = meta.timestamp.wrapping_sub(self.picture).cast_signed();
        if ahead > 0 {
            // A picture that has begun is completed in the layer it began in.
            self.picture = meta.timestamp;
            if target < self.layer {
                self.layer = largest(scale.layers, target).unwrap_or(self.layer);
            }
            if let Some(begun) = largest(scale.begins, target) {
                self.layer = self.layer.max(begun);
            }
        }
        scale.layer <= self.layer
    }

    /// Whether a packet that goes is the last of its picture, because the rest is left out.
    pub fn ends(self, scale: Scale) -> bool {
        self.layer != Layer::High
            && scale.ends
            && largest(scale.layers, self.layer) == Some(scale.layer)
    }
}

fn largest(of: LayerSet, most: Layer) -> Option<Layer> {
    of.iter().filter(|layer| *layer <= most).last()
}

#[cfg(test)]
#[path = "ascent_tests.rs"]
mod tests;
