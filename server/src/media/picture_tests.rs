// SPDX-License-Identifier: EUPL-1.2
//! What each codec tells, with and without the dependency descriptor.

use proptest::prelude::*;

use super::*;
use crate::media::dependency_writer::{Mode, frame};
use crate::media::packet::{HeaderFields, write_header};

const KEY: FramePart = FramePart::Key;
const START: FramePart = FramePart::Start;
const INSIDE: FramePart = FramePart::Inside;

#[test]
fn vp9_tells_key_frames_and_layers_by_itself() {
    let mut stream = Stream::of(Codec::Vp9);
    // I L B E V: the lowest of three layers, without their sizes.
    let key = stream.read(0, &[0xae, 0x81, 0x02, 0x00, 7, 0x40, 0xff]);
    let scale = key.scale.unwrap();
    assert_eq!((key.part, scale.layer, scale.ends), (KEY, Layer::Low, true));
    assert_eq!((scale.begins, stream.reader.layers()), (LayerSet::ALL, LayerSet::ALL));
    let upper = stream.read(0, &[0xac, 0x81, 0x02, 0x04, 7, 0xff]);
    let scale = upper.scale.unwrap();
    assert_eq!((upper.part, scale.layer, scale.begins), (INSIDE, Layer::High, LayerSet::NONE));
    let later = stream.read(3_000, &[0xec, 0x81, 0x03, 0x00, 8, 0xff]);
    assert_eq!((later.part, later.scale.unwrap().begins), (INSIDE, LayerSet::NONE));
}

#[test]
fn a_vp9_stream_of_one_layer_has_none_to_choose_from() {
    let mut stream = Stream::of(Codec::Vp9);
    let key = stream.read(0, &[0x8a, 0x81, 0x02, 0x00, 0xff]);
    assert_eq!((key.part, key.scale), (KEY, None));
    assert!(stream.reader.layers().is_empty());
    assert_eq!(stream.read(3_000, &[0xc8, 0x81, 0x03, 0xff]).part, INSIDE);
}

#[test]
fn av1_tells_where_a_sequence_begins() {
    let mut stream = Stream::of(Codec::Av1);
    assert_eq!(stream.read(0, &[0x18, 1]).part, KEY);
    assert_eq!(stream.read(0, &[0x10, 1]).part, INSIDE);
    assert_eq!(stream.read(0, &[0x98, 1]).part, INSIDE, "the rest of one");
}

#[test]
fn h264_begins_a_frame_where_the_time_goes_on_and_nothing_is_missing() {
    let mut stream = Stream::of(Codec::H264);
    assert_eq!(stream.read(0, &[1]).part, INSIDE, "nobody knows what was before");
    assert_eq!(stream.read(0, &[1]).part, INSIDE);
    assert_eq!(stream.read(3_000, &[1]).part, START);
    stream.sequence += 1;
    assert_eq!(stream.read(6_000, &[1]).part, INSIDE, "behind a gap");
    assert_eq!(stream.read(9_000, &[1]).part, START);
    stream.sequence -= 3;
    assert_eq!(stream.read(6_000, &[1]).part, INSIDE, "late");
}

#[test]
fn who_describes_frames_is_believed_whatever_the_codec() {
    for codec in [Codec::Vp8, Codec::Vp9, Codec::Av1, Codec::H264] {
        let mut stream = Stream::of(codec);
        let payload = if codec == Codec::Vp8 { &[0x10, 0][..] } else { &[0x08, 0, 0, 0] };
        let key = stream.described(&frame(Mode::Key, 3, 0, 1, true), payload);
        assert_eq!((key.part, key.scale.unwrap().layer), (KEY, Layer::Low));
        let delta = stream.described(&frame(Mode::Key, 3, 2, 1, false), payload);
        assert_eq!((delta.part, delta.scale.unwrap().layer), (INSIDE, Layer::High));
        let all = LayerSet::ALL;
        assert_eq!((stream.reader.layers(), delta.scale.unwrap().layers), (all, all));
        // In it stand numbers that subscribers are to see go on.
        let is_numbered = matches!(delta.descriptor, Descriptor::Dependency(it) if it.number == 1);
        assert_eq!(is_numbered, codec == Codec::Av1);
    }
}

proptest! {
    #[test]
    fn no_packets_make_the_reader_panic(
        packets in prop::collection::vec(
            (0_usize..4, any::<u32>(), prop::collection::vec(any::<u8>(), 1..40), prop::collection::vec(any::<u8>(), 0..40)),
            1..20,
        ),
    ) {
        let mut stream = Stream::of(Codec::Vp8);
        for (codec, timestamp, dependency, payload) in packets {
            stream.codec = [Codec::Vp8, Codec::Vp9, Codec::Av1, Codec::H264][codec];
            let seen = stream.take(timestamp, &dependency, &payload);
            if let Some(scale) = seen.and_then(|seen| seen.scale) {
                prop_assert!(scale.layers.contains(Layer::Low));
            }
        }
    }
}

struct Stream {
    reader: PictureReader,
    codec: Codec,
    sequence: u64,
}

impl Stream {
    fn of(codec: Codec) -> Self {
        Self { reader: PictureReader::default(), codec, sequence: 1 }
    }

    fn read(&mut self, timestamp: u32, payload: &[u8]) -> Seen {
        self.take(timestamp, &[], payload).unwrap()
    }

    fn described(&mut self, dependency: &[u8], payload: &[u8]) -> Seen {
        self.take(0, dependency, payload).unwrap()
    }

    fn take(&mut self, timestamp: u32, dependency: &[u8], payload: &[u8]) -> Option<Seen> {
        let fields =
            HeaderFields { marker: false, payload_type: 96, sequence: 1, timestamp, ssrc: 5 };
        let mut bytes = [0; 12];
        write_header(&mut bytes, fields, &[]).unwrap();
        let header = RtpHeader::parse(&bytes).unwrap();
        self.sequence += 1;
        self.reader.read(self.sequence, &header, dependency, self.codec, payload)
    }
}
