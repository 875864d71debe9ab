// SPDX-License-Identifier: EUPL-1.2
//! One publication to one slot, packet by packet.
//!
//! `Silent → AwaitingKeyframe → Flowing`; sound skips the middle.

use shared::MediaKind;

use super::Micros;
use super::history::{FramePart, PacketMeta};
use super::rewriter::{Rewriter, Rewritten};

/// Decides which packets of its feed a slot gets, and with which numbers.
#[derive(Debug)]
pub struct Forwarder {
    kind: MediaKind,
    phase: Phase,
    generation: u32,
    rewriter: Rewriter,
}

/// Why a packet was not forwarded.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Withheld {
    /// The slot has no feed.
    Silent,
    /// The picture starts with a key frame, and this is none.
    AwaitingKeyframe,
    /// Sent already, or from before the switch.
    Stale,
    /// Others are louder.
    Unheard,
    /// It is heard from here on; first come the packets shortly before it.
    Begins,
}

impl Forwarder {
    /// A forwarder without feed.
    pub const fn new(kind: MediaKind, rewriter: Rewriter) -> Self {
        Self { kind, phase: Phase::Silent, generation: 0, rewriter }
    }

    /// Sound or pictures.
    pub const fn kind(&self) -> MediaKind {
        self.kind
    }

    /// Begins with another publication; pictures wait for its next key frame.
    pub fn start(&mut self) {
        self.phase = match self.kind {
            MediaKind::Audio => Phase::Flowing,
            MediaKind::Video => Phase::AwaitingKeyframe,
        };
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

    /// Decides about one packet of the feed.
    pub fn forward(&mut self, now: Micros, meta: &PacketMeta) -> Result<Rewritten, Withheld> {
        if self.phase == Phase::Silent {
            return Err(Withheld::Silent);
        }
        if self.generation != meta.generation {
            self.generation = meta.generation;
            self.start();
        }
        if self.phase == Phase::AwaitingKeyframe {
            match meta.part {
                FramePart::Inside => return Err(Withheld::AwaitingKeyframe),
                FramePart::Key => {}
                // Behind a gap the receiver waits for the key frame itself.
                FramePart::Start => self.rewriter.skip(),
            }
            self.phase = Phase::Flowing;
        }
        self.rewriter.rewrite(now, meta).ok_or(Withheld::Stale)
    }

    /// Whether the slot shows nothing until a key frame comes.
    pub fn awaits_keyframe(&self) -> bool {
        self.phase == Phase::AwaitingKeyframe
    }

    /// The numbering, to answer requests for packets sent.
    pub const fn rewriter(&mut self) -> &mut Rewriter {
        &mut self.rewriter
    }

    /// A timestamp of the publisher in the slot's time; `None` until something was forwarded.
    pub fn translate(&self, timestamp: u32) -> Option<u32> {
        (self.phase == Phase::Flowing).then(|| self.rewriter.translate(timestamp)).flatten()
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Phase {
    Silent,
    AwaitingKeyframe,
    Flowing,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::vp8::Vp8Descriptor;

    const KEY: FramePart = FramePart::Key;
    const DELTA: FramePart = FramePart::Inside;

    #[test]
    fn a_picture_starts_with_a_key_frame_and_starts_again_with_one_after_a_switch() {
        let mut forwarder = Forwarder::new(MediaKind::Video, Rewriter::new(90_000, 1, 1));
        assert_eq!(forwarder.forward(Micros(0), &packet(1, KEY)), Err(Withheld::Silent));
        forwarder.start();
        assert_eq!(
            forwarder.forward(Micros(0), &packet(2, DELTA)),
            Err(Withheld::AwaitingKeyframe)
        );
        let first = forwarder.forward(Micros(0), &packet(3, KEY)).unwrap().sequence;
        assert_eq!(forwarder.forward(Micros(0), &packet(4, DELTA)).unwrap().sequence, first + 1);
        forwarder.start();
        assert!(forwarder.awaits_keyframe());
        assert_eq!(
            forwarder.forward(Micros(0), &packet(9, DELTA)),
            Err(Withheld::AwaitingKeyframe)
        );
        assert_eq!(forwarder.forward(Micros(0), &packet(90, KEY)).unwrap().sequence, first + 2);
        let restarted = PacketMeta { generation: 1, ..packet(91, DELTA) };
        assert_eq!(forwarder.forward(Micros(0), &restarted), Err(Withheld::AwaitingKeyframe));
    }

    #[test]
    fn who_does_not_tell_key_frames_goes_on_behind_a_gap() {
        let mut forwarder = Forwarder::new(MediaKind::Video, Rewriter::new(90_000, 1, 1));
        forwarder.start();
        let before = forwarder.forward(Micros(0), &packet(1, KEY)).unwrap();
        forwarder.start();
        assert!(forwarder.forward(Micros(0), &packet(70, DELTA)).is_err(), "the middle of a frame");
        let after = forwarder.forward(Micros(0), &packet(71, FramePart::Start)).unwrap();
        assert_eq!(after.sequence, before.sequence + 2);
        assert_eq!(after.vp8.picture_id, before.vp8.picture_id + 2);
        assert_eq!(after.vp8.tl0, before.vp8.tl0 + 2);
        let next = forwarder.forward(Micros(0), &packet(72, DELTA)).unwrap();
        assert_eq!(next.sequence, after.sequence + 1);
    }

    fn packet(sequence: u64, part: FramePart) -> PacketMeta {
        let vp8 = Vp8Descriptor::parse(&[0x90, 0xc0, 0x80, 1, 1, 0]);
        PacketMeta { sequence, part, vp8, ..PacketMeta::default() }
    }
}
