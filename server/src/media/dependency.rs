// SPDX-License-Identifier: EUPL-1.2
//! The dependency descriptor (AV1 RTP specification, appendix A): what a packet is, told in the header.
//!
//! It stands outside the payload, which may be encrypted for the other participants. A key frame brings the
//! structure of all frames from there on: templates, which the frames name, and for each template what it is
//! to each decode target. Of the decode targets, those are of use that have all frames per second of a size.

use shared::{Layer, LayerSet};

use super::bits::Bits;
use super::described::{Dependency, Targets};
use super::scale::{self, Scale};

/// What a descriptor tells of its packet.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Described {
    /// The packet is the first of its frame.
    pub starts_frame: bool,
    /// It brings the structure of all frames from here on: nothing before is needed to show them.
    pub has_structure: bool,
    /// Its layer, of a stream that has several.
    pub scale: Option<Scale>,
    /// What of it is changed for each subscriber.
    pub dependency: Dependency,
}

/// What the descriptors of one stream told so far.
#[derive(Clone, Debug, Default)]
pub struct Dependencies {
    structure: Option<Structure>,
}

impl Dependencies {
    /// Reads the value of the extension; `None` when it is too short to be one.
    pub fn read(&mut self, value: &[u8]) -> Option<Described> {
        let (&[first, high, low], _) = value.split_first_chunk::<MANDATORY_LEN>()?;
        let starts_frame = first & STARTS_FRAME != 0;
        let mut bits = Bits::from(value, FLAGS_AT);
        let flags = bits.take(FLAGS).unwrap_or_default();
        let has_structure = flags & HAS_STRUCTURE != 0;
        if has_structure {
            self.structure = Structure::read(&mut bits);
        }
        let scalable = self.structure.as_ref().filter(|structure| structure.is_scalable());
        let is_said = flags & HAS_ACTIVE_TARGETS != 0;
        let said = scalable.filter(|_| is_said || has_structure);
        let targets = said.and_then(|structure| structure.targets(bits, is_said));
        let scale = scalable.and_then(|structure| {
            if is_said {
                bits.skip(u32::from(structure.target_count))?;
            }
            let (layer, mut begins) = structure.template(first & TEMPLATE_BITS)?;
            if flags & HAS_OWN_INDICATIONS != 0 {
                begins = structure.own_indications(&mut bits)?;
            }
            // What a larger picture needs of its own begins in the frame below it.
            let is_first = starts_frame && layer == Layer::Low;
            Some(Scale {
                layer,
                layers: structure.layers,
                begins: if is_first { begins } else { LayerSet::NONE },
                ends: first & ENDS_FRAME != 0,
            })
        });
        let number = u16::from_be_bytes([high, low]);
        let dependency = Dependency { number, targets };
        Some(Described { starts_frame, has_structure, scale, dependency })
    }

    /// The layers of the stream; none as long as it is not known to have several.
    pub fn layers(&self) -> LayerSet {
        let scalable = self.structure.as_ref().filter(|structure| structure.is_scalable());
        scalable.map_or(LayerSet::NONE, |structure| structure.layers)
    }
}

/// The structure of a stream, as far as it is of use.
#[derive(Clone, Debug)]
struct Structure {
    /// The name of the first template.
    offset: u8,
    templates: [Template; MAX_TEMPLATES],
    template_count: usize,
    target_count: u8,
    /// The decode target that stands for each layer.
    targets: [Option<u8>; 3],
    /// The decode targets within the low and within the middle layer, a bit for each.
    within: [u32; 2],
    layers: LayerSet,
}

#[derive(Clone, Copy, Debug)]
struct Template {
    layer: Layer,
    begins: LayerSet,
}

/// A template as it is read: its layer, and two bits for each decode target.
#[derive(Clone, Copy, Debug, Default)]
struct Draft {
    spatial: u8,
    temporal: u8,
    indications: u64,
}

impl Structure {
    fn read(bits: &mut Bits<'_>) -> Option<Self> {
        let offset = u8::try_from(bits.take(6)?).ok()?;
        let target_count = u8::try_from(bits.take(5)?).ok()? + 1;
        let mut all = [Draft::default(); MAX_TEMPLATES];
        let template_count = read_layers(bits, &mut all)?;
        let drafts = all.get_mut(..template_count)?;
        for draft in &mut *drafts {
            draft.indications = read_indications(bits, target_count)?;
        }
        skip_dependencies(bits, template_count, target_count)?;
        let count = drafts.last()?.spatial + 1;
        if bits.take(1)? != 0 {
            bits.skip(RESOLUTION_BITS * u32::from(count))?;
        }
        let targets = Layer::ALL.map(|layer| target(drafts, target_count, count, layer));
        let within =
            [Layer::Low, Layer::Middle].map(|most| within(drafts, target_count, count, most));
        let templates = all.map(|draft| Template {
            layer: scale::layer(draft.spatial, count),
            begins: begun(targets, draft.indications),
        });
        let layers = scale::layers(count);
        Some(Self { offset, templates, template_count, target_count, targets, within, layers })
    }

    fn is_scalable(&self) -> bool {
        self.layers.contains(Layer::Low)
    }

    fn template(&self, name: u8) -> Option<(Layer, LayerSet)> {
        let index = usize::from((name | 0x40).wrapping_sub(self.offset) & TEMPLATE_BITS);
        let template = self.templates.get(index).filter(|_| index < self.template_count)?;
        Some((template.layer, template.begins))
    }

    /// The word on which decode targets are available, where `bits` stand; if it is said, all of it must be there.
    fn targets(&self, mut bits: Bits<'_>, is_said: bool) -> Option<Targets> {
        let at = bits.position();
        if is_said {
            bits.skip(u32::from(self.target_count))?;
        }
        Targets::new(at, self.target_count, is_said, self.within)
    }

    /// What a frame says of itself instead of its template.
    fn own_indications(&self, bits: &mut Bits<'_>) -> Option<LayerSet> {
        Some(begun(self.targets, read_indications(bits, self.target_count)?))
    }
}

/// Reads the layers of the templates; how many there are.
fn read_layers(bits: &mut Bits<'_>, drafts: &mut [Draft]) -> Option<usize> {
    let mut next = Draft::default();
    for (at, draft) in drafts.iter_mut().enumerate() {
        *draft = next;
        match bits.take(2)? {
            0 => {}
            1 => next.temporal += 1,
            2 => next = Draft { spatial: next.spatial + 1, ..Draft::default() },
            _ => return Some(at + 1),
        }
    }
    None
}

/// What a frame is to each decode target.
fn read_indications(bits: &mut Bits<'_>, targets: u8) -> Option<u64> {
    let mut all = 0;
    for target in 0..u32::from(targets) {
        all |= u64::from(bits.take(2)?) << (2 * target);
    }
    Some(all)
}

fn indication(all: u64, target: u8) -> u64 {
    (all >> (2 * u32::from(target))) & 0b11
}

/// The largest of a decode target's frames, and the last of its temporal layers; nothing if it has no frames.
fn extent(drafts: &[Draft], target: u8) -> Option<(u8, u8)> {
    let present =
        drafts.iter().filter(|draft| indication(draft.indications, target) != NOT_PRESENT);
    let spatial = present.clone().map(|draft| draft.spatial).max()?;
    Some((spatial, present.map(|draft| draft.temporal).max()?))
}

/// The decode targets, a bit for each, that need nothing above a layer.
fn within(drafts: &[Draft], targets: u8, count: u8, most: Layer) -> u32 {
    let needs_less = |target: &u8| {
        extent(drafts, *target).is_some_and(|(spatial, _)| scale::layer(spatial, count) <= most)
    };
    (0..targets).filter(needs_less).fold(0, |all, target| all | (1_u32 << target))
}

/// The decode target that has all of a layer: of those of its size, the one with the most frames.
fn target(drafts: &[Draft], targets: u8, count: u8, layer: Layer) -> Option<u8> {
    let of = |target: u8| {
        let (spatial, temporal) = extent(drafts, target)?;
        (scale::layer(spatial, count) == layer).then_some((spatial, temporal))
    };
    (0..targets).filter_map(|target| Some((of(target)?, target))).max().map(|(_, target)| target)
}

/// The layers whose decode targets can be switched to.
fn begun(targets: [Option<u8>; 3], indications: u64) -> LayerSet {
    let all = Layer::ALL.into_iter().zip(targets);
    all.filter(|(_, target)| target.is_some_and(|target| indication(indications, target) == SWITCH))
        .map(|(layer, _)| layer)
        .collect()
}

/// Goes past the references of each template and past the chains.
fn skip_dependencies(bits: &mut Bits<'_>, templates: usize, targets: u8) -> Option<()> {
    for _ in 0..templates {
        while bits.take(1)? != 0 {
            bits.skip(4)?;
        }
    }
    let chains = bits.take_below(u32::from(targets) + 1)?;
    if chains == 0 {
        return Some(());
    }
    for _ in 0..targets {
        bits.take_below(chains)?;
    }
    bits.skip(u32::try_from(templates).ok()?.checked_mul(4 * chains)?)
}

/// One byte of flags, and the number of the frame.
const MANDATORY_LEN: usize = 3;
const STARTS_FRAME: u8 = 0x80;
const ENDS_FRAME: u8 = 0x40;
/// The name of the template, and how many there are names for.
const TEMPLATE_BITS: u8 = 0x3f;
const MAX_TEMPLATES: usize = 64;
/// Flags that may follow the number, and the bit at which they begin.
const FLAGS: u32 = 5;
const FLAGS_AT: u32 = 24;
const HAS_STRUCTURE: u32 = 0x10;
const HAS_ACTIVE_TARGETS: u32 = 0x08;
const HAS_OWN_INDICATIONS: u32 = 0x04;
/// What a frame can be to a decode target: not a part of it, …
const NOT_PRESENT: u64 = 0;
/// … or all that is needed of what came until then, for everything that comes.
const SWITCH: u64 = 2;
/// Width and height of a layer.
const RESOLUTION_BITS: u32 = 32;

#[cfg(test)]
#[path = "dependency_tests.rs"]
mod tests;
