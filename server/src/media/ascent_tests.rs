// SPDX-License-Identifier: EUPL-1.2
//! Streams with layers, as a slot gets them.

use proptest::prelude::*;
use shared::MediaKind;

use super::super::codec::Codec;
use super::super::dependency::Dependencies;
use super::super::dependency_writer::{Mode, part};
use super::super::forwarder::{Forwarder, Withheld};
use super::super::rewriter::{Rewriter, Rewritten};
use super::*;
use crate::media::Micros;
use crate::media::bytes::low16;

const LOW: Layer = Layer::Low;
const MIDDLE: Layer = Layer::Middle;
const HIGH: Layer = Layer::High;

#[test]
fn less_comes_with_the_next_picture_and_more_with_a_key_frame() {
    let mut stage = Stage::new(3);
    assert_eq!(stage.picture(true), [LOW, MIDDLE, HIGH]);
    assert_eq!(stage.picture(false), [LOW, MIDDLE, HIGH]);
    stage.forwarder.set_target(Some(LOW));
    assert_eq!(stage.forwarder.awaits(), None, "no key frame is needed for that");
    assert_eq!(stage.picture(false), [LOW]);
    assert_eq!(stage.forwarder.current(), Some(LOW));
    stage.forwarder.set_target(Some(MIDDLE));
    assert_eq!(stage.picture(false), [LOW]);
    assert_eq!(stage.forwarder.awaits(), Some(MIDDLE));
    assert_eq!(stage.picture(true), [LOW, MIDDLE]);
    assert_eq!(stage.forwarder.awaits(), None);
}

#[test]
fn a_picture_that_has_begun_is_completed() {
    let mut stage = Stage::new(3);
    stage.picture(true);
    stage.frame(0, false);
    stage.forwarder.set_target(Some(LOW));
    assert!(stage.frame(1, false).is_some() && stage.frame(2, false).is_some());
    stage.timestamp += 3_000;
    assert!(stage.frame(0, false).is_some() && stage.frame(1, false).is_none());
}

#[test]
fn of_two_layers_the_larger_is_high_and_what_is_between_is_the_smaller() {
    let mut stage = Stage::new(2);
    stage.forwarder.set_target(Some(MIDDLE));
    assert_eq!(stage.picture(true), [LOW]);
    stage.forwarder.set_target(Some(HIGH));
    assert_eq!(stage.picture(true), [LOW, HIGH]);
    stage.forwarder.set_target(Some(MIDDLE));
    assert_eq!(stage.picture(false), [LOW]);
}

#[test]
fn what_begins_in_the_middle_is_waited_for() {
    let mut stage = Stage::new(3);
    assert_eq!(stage.picture(false), []);
    let (meta, scale) = stage.packet(0, false, [true, true]);
    let meta = PacketMeta { scale: Some(scale), ..meta };
    let left = stage.forwarder.forward(Micros(0), HIGH, &meta);
    assert_eq!(left, Err(Withheld::AwaitingKeyframe));
    assert_eq!(stage.picture(true), [LOW, MIDDLE, HIGH]);
    stage.forwarder.set_target(None);
    assert_eq!(stage.picture(false), []);
}

#[test]
fn a_late_packet_of_a_layer_that_is_left_out_is_sent_empty() {
    let mut stage = Stage::new(3);
    stage.picture(true);
    stage.forwarder.set_target(Some(LOW));
    let before = stage.frame(0, false);
    let before = before.map(|out| out.sequence);
    stage.timestamp += 3_000;
    let before = stage.frame(0, false).map_or(before, |out| Some(out.sequence)).unwrap();
    let late = stage.packet(1, false, [true, true]);
    stage.frame(2, false);
    stage.timestamp += 3_000;
    let after = stage.frame(0, false).unwrap();
    assert_eq!(after.sequence, before + 2, "it may be one that is to be sent");
    let late = stage.forward(late).unwrap();
    assert_eq!((late.sequence, late.is_empty), (before + 1, true));
}

proptest! {
    #[test]
    fn whatever_is_wanted_numbers_have_no_gap_and_every_picture_ends_once(
        pictures in prop::collection::vec((0_usize..4, 0..12, 1_u8..4), 1..200), count in 2_u8..=3, full: bool,
    ) {
        let mut stage = Stage::new(count);
        stage.mode = if full { Mode::Full } else { Mode::Key };
        let mut last = None;
        for (target, key, packets) in pictures {
            if let Some(target) = Layer::ALL.get(target) {
                stage.forwarder.set_target(Some(*target));
            }
            let key = key == 0 || last.is_none();
            let mut markers = Vec::new();
            for spatial in 0..count {
                for at in 0..packets {
                    let ends = [at == 0, at + 1 == packets];
                    let packet = stage.packet(spatial, key && at == 0, ends);
                    let Some(out) = stage.forward(packet) else { continue };
                    prop_assert!(!out.is_empty);
                    prop_assert!(last.is_none_or(|last| last + 1 == out.sequence));
                    last = Some(out.sequence);
                    markers.push(out.marker);
                }
            }
            stage.timestamp += 3_000;
            prop_assert_eq!(markers.iter().filter(|marker| **marker).count(), 1);
            prop_assert_eq!(markers.last(), Some(&true));
        }
    }
}

/// A stream and the slot that it leads to.
struct Stage {
    forwarder: Forwarder,
    stream: Dependencies,
    mode: Mode,
    count: u8,
    sequence: u64,
    timestamp: u32,
}

impl Stage {
    fn new(count: u8) -> Self {
        let mut forwarder = Forwarder::new(MediaKind::Video, Rewriter::new(90_000, 1, 1));
        forwarder.start();
        let stream = Dependencies::default();
        Self { forwarder, stream, mode: Mode::Key, count, sequence: 100, timestamp: 9 }
    }

    /// All layers of a picture; those that go.
    fn picture(&mut self, key: bool) -> Vec<Layer> {
        let mut went = Vec::new();
        for spatial in 0..self.count {
            let packet = self.packet(spatial, key, [true, true]);
            went.extend(self.forward(packet).map(|_| packet.1.layer));
        }
        self.timestamp += 3_000;
        went
    }

    fn frame(&mut self, spatial: u8, key: bool) -> Option<Rewritten> {
        let packet = self.packet(spatial, key, [true, true]);
        self.forward(packet)
    }

    fn packet(&mut self, spatial: u8, key: bool, ends: [bool; 2]) -> (PacketMeta, Scale) {
        let number = low16(self.sequence);
        if self.sequence == 100 && !key {
            // The structure is known, though its key frame was not seen here.
            self.stream.read(&part(self.mode, self.count, 0, 0, true, [true, true]));
        }
        let found = self.stream.read(&part(self.mode, self.count, spatial, number, key, ends));
        let found = found.unwrap();
        let is_key = found.starts_frame && found.has_structure;
        let meta = PacketMeta {
            sequence: self.sequence,
            timestamp: self.timestamp,
            marker: spatial + 1 == self.count && ends[1],
            part: if is_key { FramePart::Key } else { FramePart::Inside },
            codec: Codec::Av1,
            scale: found.scale,
            ..PacketMeta::default()
        };
        self.sequence += 1;
        (meta, found.scale.unwrap())
    }

    fn forward(&mut self, (meta, _): (PacketMeta, Scale)) -> Option<Rewritten> {
        self.forwarder.forward(Micros(0), HIGH, &meta).ok()
    }
}
