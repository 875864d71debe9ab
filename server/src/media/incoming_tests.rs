// SPDX-License-Identifier: EUPL-1.2
//! A stream as it arrives: its gate, its losses, its key frames.

use super::*;
use crate::media::bytes::{low8, low16};
use crate::media::dependency_writer::{Mode, frame};
use crate::media::history::FramePart;
use crate::media::packet::{HeaderFields, write_header};

#[test]
fn nothing_passes_a_closed_gate_and_a_reopened_one_asks_for_a_key_frame() {
    let mut incoming = Incoming::new(Source::Camera, Layer::High);
    assert_eq!(deliver(&mut incoming, 1), Err(Discard::GateClosed));
    incoming.set_gate(true);
    assert!(incoming.keyframes.take_due(Micros(0)));
    let before = deliver(&mut incoming, 2).unwrap();
    incoming.set_gate(false);
    assert_eq!(deliver(&mut incoming, 3), Err(Discard::GateClosed));
    assert!(incoming.find(before.sequence).is_none(), "a closed gate answers no request either");
    incoming.set_gate(true);
    assert!(deliver(&mut incoming, 4).unwrap().generation != before.generation);
}

#[test]
fn a_packet_recovered_by_retransmission_is_not_taken_twice() {
    let mut incoming = Incoming::new(Source::Camera, Layer::High);
    incoming.set_gate(true);
    deliver(&mut incoming, 10).unwrap();
    deliver(&mut incoming, 12).unwrap();
    let (bytes, header) = packet(77, &[0, 11, 0x10, 1]);
    let (meta, body) = incoming.accept_retransmission(Micros(0), opened(header, &bytes)).unwrap();
    assert_eq!((low16(meta.sequence), body), (11, Body::of(&[0x10, 1])));
    assert_eq!(deliver(&mut incoming, 11), Err(Discard::Duplicate));
}

#[test]
fn the_sound_of_a_tenth_of_a_second_is_remembered_but_not_across_a_pause() {
    let mut incoming = Incoming::new(Source::Microphone, Layer::High);
    incoming.set_gate(true);
    let mut hear = |sequence: u16, timestamp| {
        let fields =
            HeaderFields { marker: false, payload_type: 111, sequence, timestamp, ssrc: 5 };
        let mut bytes = vec![0; 12];
        write_header(&mut bytes, fields, &[]).unwrap();
        bytes.push(low8(sequence.into()));
        let header = RtpHeader::parse(&bytes).unwrap();
        let opened = Opened { codec: Codec::Opus, ..opened(header, &bytes) };
        let (meta, _) = incoming.accept(Micros(0), opened).unwrap();
        incoming.shortly_before(&meta).map(|(_, body)| body.payload.to_vec()).collect::<Vec<_>>()
    };
    let heard: Vec<_> = (0..20_u16).map(|at| hear(at, u32::from(at) * 960)).collect();
    assert_eq!(heard[0], Vec::<Vec<u8>>::new());
    assert_eq!(heard[19], [[14], [15], [16], [17], [18]]);
    assert_eq!(hear(20, 100_000), Vec::<Vec<u8>>::new());
}

#[test]
fn key_frames_are_told_by_the_header_alone() {
    let mut incoming = Incoming::new(Source::Camera, Layer::High);
    incoming.set_gate(true);
    let mut part = |sequence, dependency: &[u8]| {
        let fields =
            HeaderFields { marker: false, payload_type: 96, sequence, timestamp: 0, ssrc: 5 };
        let mut bytes = vec![0; 64];
        let len = write_header(&mut bytes, fields, &[(3, dependency)]).unwrap();
        bytes.truncate(len);
        bytes.extend_from_slice(&[0x10, 0]);
        let header = RtpHeader::parse(&bytes).unwrap();
        let ids = ExtensionIds { dependency: 3, ..ExtensionIds::default() };
        incoming.accept(Micros(0), Opened { ids, ..opened(header, &bytes) }).unwrap().0.part
    };
    assert_eq!(part(1, &[]), FramePart::Start, "nothing is known of it");
    assert_eq!(part(2, &[0x80, 0, 1]), FramePart::Inside);
    assert_eq!(part(3, &[0xc0, 0, 2, 0x80, 0]), FramePart::Key);
    assert_eq!(part(4, &[]), FramePart::Inside, "this publisher tells");
}

#[test]
fn a_structure_that_did_not_come_is_asked_for_at_once() {
    let mut incoming = Incoming::new(Source::Camera, Layer::High);
    incoming.set_gate(true);
    assert!(incoming.keyframes.take_due(Micros(0)), "of what nothing is known");
    let mut describe = |sequence, dependency: &[u8]| {
        let fields =
            HeaderFields { marker: false, payload_type: 45, sequence, timestamp: 0, ssrc: 5 };
        let mut bytes = vec![0; 200];
        let len = write_header(&mut bytes, fields, &[(3, dependency)]).unwrap();
        bytes.truncate(len);
        bytes.extend_from_slice(&[0x10, 0]);
        let header = RtpHeader::parse(&bytes).unwrap();
        let ids = ExtensionIds { dependency: 3, ..ExtensionIds::default() };
        let opened = Opened { header, packet: &bytes, ids, codec: Codec::Av1 };
        let (_, body) = incoming.accept(Micros(0), opened).unwrap();
        assert_eq!((body.dependency, body.payload), (dependency, &[0x10, 0][..]));
        incoming.keyframes.take_due(Micros::from_millis(900 * u64::from(sequence)))
    };
    assert!(!describe(1, &frame(Mode::Key, 3, 0, 7, true)));
    assert!(!describe(2, &frame(Mode::Key, 3, 1, 8, true)));
    // Of another structure, whose templates have other names.
    assert!(describe(3, &[0xde, 0, 9]));
}

fn deliver(incoming: &mut Incoming, sequence: u16) -> Result<PacketMeta, Discard> {
    let (bytes, header) = packet(sequence, &[0x10, 1]);
    incoming.accept(Micros(0), opened(header, &bytes)).map(|(meta, _)| meta)
}

fn opened(header: RtpHeader, packet: &[u8]) -> Opened<'_> {
    Opened { header, packet, ids: ExtensionIds::default(), codec: Codec::Vp8 }
}

fn packet(sequence: u16, payload: &[u8]) -> (Vec<u8>, RtpHeader) {
    let fields = HeaderFields { marker: false, payload_type: 96, sequence, timestamp: 0, ssrc: 5 };
    let mut bytes = vec![0; 12];
    write_header(&mut bytes, fields, &[]).unwrap();
    bytes.extend_from_slice(payload);
    let header = RtpHeader::parse(&bytes).unwrap();
    (bytes, header)
}
