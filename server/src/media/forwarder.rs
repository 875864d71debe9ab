// SPDX-License-Identifier: EUPL-1.2
//! One publication to one slot, packet by packet.
//!
//! ```text
//!            start               key frame
//!   Silent ───────▶ Awaiting ────────────────▶ Flowing(layer) ──┐ key frame of the target
//!     ▲                ▲    another stream, paused │    ▲       │
//!     └── stop ────────┴───────────────────────────┘    └───────┘
//! ```
//!
//! Sound skips the middle. Pictures go on in the layer they are in until the target's key frame comes. Of a
//! stream that has several layers itself, a slot gets as many as it is to have ([`super::ascent`]).

use shared::{Layer, MediaKind};

use super::Micros;
use super::ascent::Ascent;
use super::history::{FramePart, PacketMeta};
use super::rewriter::{Rewriter, Rewritten};
use super::scale::Scale;

/// Decides which packets of its feed a slot gets, and with which numbers.
#[derive(Debug)]
pub struct Forwarder {
    kind: MediaKind,
    phase: Phase,
    /// What is to be forwarded; nothing while the picture is left out.
    target: Option<Layer>,
    generation: u32,
    rewriter: Rewriter,
}

/// Why a packet was not forwarded.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Withheld {
    /// The slot has no feed.
    Silent,
    /// The picture starts, or goes on in this layer, with a key frame, and this is none.
    AwaitingKeyframe,
    /// It is of a layer that does not go here.
    OtherLayer,
    /// The subscriber has not agreed to its codec.
    OtherCodec,
    /// Sent already, or from before the switch.
    Stale,
    /// It is sent when the path has room.
    Waits,
    /// Too much waits for the path.
    Overflows,
    /// Others are louder.
    Unheard,
    /// It is heard from here on; first come the packets shortly before it.
    Begins,
}

impl Forwarder {
    /// A forwarder without feed.
    pub const fn new(kind: MediaKind, rewriter: Rewriter) -> Self {
        Self { kind, phase: Phase::Silent, target: Some(Layer::High), generation: 0, rewriter }
    }

    /// Sound or pictures.
    pub const fn kind(&self) -> MediaKind {
        self.kind
    }

    /// Begins with another publication; pictures wait for its next key frame.
    pub const fn start(&mut self) {
        self.phase = match self.kind {
            MediaKind::Audio => Phase::Flowing(Layer::High),
            MediaKind::Video => Phase::Awaiting,
        };
        self.target = Some(Layer::High);
        self.rewriter.start_over();
    }

    /// Forwards nothing from here on.
    pub const fn stop(&mut self) {
        self.phase = Phase::Silent;
        self.rewriter.start_over();
    }

    /// Goes on with the same publication, after packets that were left out.
    pub fn resume(&mut self) {
        self.rewriter.resume();
    }

    /// Goes for another layer with its next key frame, or leaves the picture out at once.
    pub fn set_target(&mut self, target: Option<Layer>) {
        self.target = target;
        if target.is_none() && matches!(self.phase, Phase::Flowing(_) | Phase::Scaled(..)) {
            self.phase = Phase::Awaiting;
            self.rewriter.start_over();
        }
    }

    /// The layer that is forwarded; nothing before the first key frame.
    pub const fn current(&self) -> Option<Layer> {
        match self.phase {
            Phase::Flowing(layer) => Some(layer),
            Phase::Scaled(_, ascent) => Some(ascent.layer()),
            Phase::Silent | Phase::Awaiting => None,
        }
    }

    /// The encoding whose packets are forwarded, whichever of its layers; nothing before the first key frame.
    pub const fn encoding(&self) -> Option<Layer> {
        match self.phase {
            Phase::Flowing(encoding) | Phase::Scaled(encoding, _) => Some(encoding),
            Phase::Silent | Phase::Awaiting => None,
        }
    }

    /// Decides about one packet of the feed, of that encoding.
    pub fn forward(
        &mut self,
        now: Micros,
        layer: Layer,
        meta: &PacketMeta,
    ) -> Result<Rewritten, Withheld> {
        if let Some(scale) = meta.scale {
            return self.forward_scaled(now, layer, scale, meta);
        }
        match self.phase {
            Phase::Silent => return Err(Withheld::Silent),
            Phase::Flowing(current) if current == layer => {
                if self.generation != meta.generation {
                    if self.kind == MediaKind::Video {
                        self.phase = Phase::Awaiting;
                        return self.begin(now, layer, meta);
                    }
                    self.generation = meta.generation;
                    self.rewriter.start_over();
                }
            }
            // Until the target comes, anything smaller is better than nothing.
            Phase::Awaiting if self.target.is_some_and(|target| layer <= target) => {
                return self.begin(now, layer, meta);
            }
            // Padding, in a stream whose packets have layers.
            Phase::Scaled(own, _) if own == layer && meta.part == FramePart::Inside => {
                return self.rewriter.leave_out(now, meta).ok_or(Withheld::OtherLayer);
            }
            Phase::Flowing(_) | Phase::Scaled(..) if self.target == Some(layer) => {
                return self.begin(now, layer, meta);
            }
            // On the way there, what is nearer is taken where it begins by itself.
            Phase::Flowing(current) if self.is_nearer(current, layer) => {
                if meta.part != FramePart::Key {
                    return Err(Withheld::OtherLayer);
                }
                return self.begin(now, layer, meta);
            }
            Phase::Awaiting | Phase::Flowing(_) | Phase::Scaled(..) => {
                return Err(Withheld::OtherLayer);
            }
        }
        self.rewriter.rewrite(now, meta).ok_or(Withheld::Stale)
    }

    /// Decides about one packet of a stream that has several layers.
    fn forward_scaled(
        &mut self,
        now: Micros,
        encoding: Layer,
        scale: Scale,
        meta: &PacketMeta,
    ) -> Result<Rewritten, Withheld> {
        let target = match (self.phase, self.target) {
            (Phase::Silent, _) => return Err(Withheld::Silent),
            (_, None) => return Err(Withheld::OtherLayer),
            (_, Some(target)) => target,
        };
        if let Phase::Scaled(own, ascent) = &mut self.phase
            && *own == encoding
            && self.generation == meta.generation
        {
            let goes = ascent.take(target, scale, meta);
            let ends = ascent.ends(scale);
            let most = ascent.layer();
            if !goes {
                return self.rewriter.leave_out(now, meta).ok_or(Withheld::OtherLayer);
            }
            let rewritten = self.rewriter.rewrite(now, meta).ok_or(Withheld::Stale)?;
            let rewritten = Rewritten { most, ..rewritten };
            return Ok(if ends { self.end(meta, rewritten) } else { rewritten });
        }
        let Some(ascent) = Ascent::begin(target, scale, meta) else {
            return Err(Withheld::AwaitingKeyframe);
        };
        self.rewriter.start_over();
        self.phase = Phase::Scaled(encoding, ascent);
        self.generation = meta.generation;
        let rewritten = self.rewriter.rewrite(now, meta).ok_or(Withheld::Stale)?;
        let rewritten = Rewritten { most: ascent.layer(), ..rewritten };
        Ok(if ascent.ends(scale) { self.end(meta, rewritten) } else { rewritten })
    }

    fn end(&mut self, meta: &PacketMeta, rewritten: Rewritten) -> Rewritten {
        self.rewriter.end(meta);
        Rewritten { marker: true, ..rewritten }
    }

    fn is_nearer(&self, current: Layer, layer: Layer) -> bool {
        self.target.is_some_and(|target| {
            (current < layer && layer < target) || (target < layer && layer < current)
        })
    }

    /// Begins with a layer, if this packet is where that can be done.
    fn begin(
        &mut self,
        now: Micros,
        layer: Layer,
        meta: &PacketMeta,
    ) -> Result<Rewritten, Withheld> {
        if meta.part == FramePart::Inside {
            return Err(Withheld::AwaitingKeyframe);
        }
        self.rewriter.start_over();
        if meta.part == FramePart::Start {
            // Behind a gap the receiver waits for the key frame itself.
            self.rewriter.skip();
        }
        self.phase = Phase::Flowing(layer);
        self.generation = meta.generation;
        self.rewriter.rewrite(now, meta).ok_or(Withheld::Stale)
    }

    /// Which layer is waited for.
    pub fn awaits(&self) -> Option<Layer> {
        match self.phase {
            Phase::Silent => None,
            Phase::Awaiting => self.target,
            Phase::Flowing(current) => self.target.filter(|target| *target != current),
            // What is less is there already.
            Phase::Scaled(_, ascent) => self.target.filter(|target| *target > ascent.layer()),
        }
    }

    /// The numbers a packet went out with, to send it again beside what is sent by now.
    pub fn repeat(&self, meta: &PacketMeta, out: u64) -> Rewritten {
        let most = match self.phase {
            Phase::Scaled(_, ascent) => ascent.layer(),
            Phase::Silent | Phase::Awaiting | Phase::Flowing(_) => Layer::High,
        };
        Rewritten { most, ..self.rewriter.repeat(meta, out) }
    }

    /// The numbering, to answer requests for packets sent.
    pub const fn rewriter(&mut self) -> &mut Rewriter {
        &mut self.rewriter
    }

    /// A timestamp of the publisher, in that encoding, in the slot's time; `None` unless it is forwarded.
    pub fn translate(&self, layer: Layer, timestamp: u32) -> Option<u32> {
        let forwarded = self.encoding() == Some(layer);
        forwarded.then(|| self.rewriter.translate(timestamp)).flatten()
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Phase {
    Silent,
    Awaiting,
    Flowing(Layer),
    /// An encoding that has several layers, and how many of them go on.
    Scaled(Layer, Ascent),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::codec::Codec;
    use crate::media::descriptor::Descriptor;

    const KEY: FramePart = FramePart::Key;
    const DELTA: FramePart = FramePart::Inside;
    const LOW: Layer = Layer::Low;
    const HIGH: Layer = Layer::High;

    #[test]
    fn a_picture_starts_with_a_key_frame_and_starts_again_with_one_after_a_switch() {
        let mut forwarder = forwarder();
        assert_eq!(forwarder.forward(Micros(0), HIGH, &packet(1, KEY)), Err(Withheld::Silent));
        forwarder.start();
        let delta = forwarder.forward(Micros(0), HIGH, &packet(2, DELTA));
        assert_eq!(delta, Err(Withheld::AwaitingKeyframe));
        let first = forwarder.forward(Micros(0), HIGH, &packet(3, KEY)).unwrap().sequence;
        let next = forwarder.forward(Micros(0), HIGH, &packet(4, DELTA)).unwrap();
        assert_eq!(next.sequence, first + 1);
        forwarder.start();
        assert_eq!(forwarder.awaits(), Some(HIGH));
        let delta = forwarder.forward(Micros(0), HIGH, &packet(9, DELTA));
        assert_eq!(delta, Err(Withheld::AwaitingKeyframe));
        let other = forwarder.forward(Micros(0), HIGH, &packet(90, KEY)).unwrap();
        assert_eq!(other.sequence, first + 2);
        let restarted = PacketMeta { generation: 1, ..packet(91, DELTA) };
        let restarted = forwarder.forward(Micros(0), HIGH, &restarted);
        assert_eq!(restarted, Err(Withheld::AwaitingKeyframe));
    }

    #[test]
    fn who_does_not_tell_key_frames_goes_on_behind_a_gap() {
        let mut forwarder = forwarder();
        forwarder.start();
        let before = forwarder.forward(Micros(0), HIGH, &packet(1, KEY)).unwrap();
        forwarder.start();
        let middle = forwarder.forward(Micros(0), HIGH, &packet(70, DELTA));
        assert!(middle.is_err(), "the middle of a frame");
        let after = forwarder.forward(Micros(0), HIGH, &packet(71, FramePart::Start)).unwrap();
        assert_eq!(after.sequence, before.sequence + 2);
        assert_eq!(after.numbers.picture_id, before.numbers.picture_id + 2);
        assert_eq!(after.numbers.tl0, before.numbers.tl0 + 2);
        let next = forwarder.forward(Micros(0), HIGH, &packet(72, DELTA)).unwrap();
        assert_eq!(next.sequence, after.sequence + 1);
    }

    #[test]
    fn a_layer_goes_on_until_the_key_frame_of_the_next_and_numbers_go_on_with_it() {
        let mut forwarder = forwarder();
        forwarder.start();
        let first = forwarder.forward(Micros(0), LOW, &packet(500, KEY)).unwrap();
        assert_eq!(forwarder.awaits(), Some(HIGH), "anything is better than nothing");
        let wish = forwarder.forward(Micros(0), HIGH, &packet(9, DELTA));
        assert_eq!(wish, Err(Withheld::AwaitingKeyframe));
        let second = forwarder.forward(Micros(0), LOW, &packet(501, DELTA)).unwrap();
        let third = forwarder.forward(Micros(0), HIGH, &packet(10, KEY)).unwrap();
        assert_eq!([second.sequence, third.sequence], [first.sequence + 1, first.sequence + 2]);
        assert_eq!(third.numbers.picture_id, second.numbers.picture_id + 1);
        let left = forwarder.forward(Micros(0), LOW, &packet(502, DELTA));
        assert_eq!(left, Err(Withheld::OtherLayer));
        assert_eq!((forwarder.current(), forwarder.awaits()), (Some(HIGH), None));
    }

    #[test]
    fn what_is_left_out_begins_again_with_a_key_frame() {
        let mut forwarder = forwarder();
        forwarder.start();
        forwarder.forward(Micros(0), LOW, &packet(1, KEY)).unwrap();
        forwarder.set_target(None);
        let left = forwarder.forward(Micros(0), LOW, &packet(2, KEY));
        assert_eq!((left, forwarder.awaits()), (Err(Withheld::OtherLayer), None));
        forwarder.set_target(Some(LOW));
        let delta = forwarder.forward(Micros(0), LOW, &packet(3, DELTA));
        assert_eq!(delta, Err(Withheld::AwaitingKeyframe));
        assert_eq!(
            forwarder.forward(Micros(0), HIGH, &packet(3, KEY)),
            Err(Withheld::OtherLayer),
            "more than there is room for"
        );
        assert!(forwarder.forward(Micros(0), LOW, &packet(4, KEY)).is_ok());
    }

    fn forwarder() -> Forwarder {
        Forwarder::new(MediaKind::Video, Rewriter::new(90_000, 1, 1))
    }

    fn packet(sequence: u64, part: FramePart) -> PacketMeta {
        let descriptor = Descriptor::parse(Codec::Vp8, &[0x90, 0xc0, 0x80, 1, 1, 0]);
        let descriptor = descriptor.unwrap_or_default();
        PacketMeta { sequence, part, descriptor, ..PacketMeta::default() }
    }
}
