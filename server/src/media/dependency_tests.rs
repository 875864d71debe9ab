// SPDX-License-Identifier: EUPL-1.2
//! Descriptors of streams with layers, and descriptors as nobody should write them.

use proptest::prelude::*;

use super::*;
use crate::media::dependency_writer::{Mode, frame, part};

const LOW: Layer = Layer::Low;
const MIDDLE: Layer = Layer::Middle;
const HIGH: Layer = Layer::High;

#[test]
fn a_key_frame_starts_with_a_structure() {
    let parse = |value| Dependencies::default().read(value).unwrap();
    let first = parse(&[0x80, 0, 1, 0x80, 0, 0x14]);
    assert!(first.starts_frame && first.has_structure);
    let last = parse(&[0x40, 0, 1]);
    assert!(!last.starts_frame && !last.has_structure);
    // Active decode targets alone are no structure.
    assert!(!parse(&[0xc3, 0, 2, 0x40]).has_structure);
}

#[test]
fn the_layer_of_each_frame_is_told_and_where_more_can_begin() {
    for mode in [Mode::Key, Mode::Full] {
        let mut stream = Dependencies::default();
        let mut read = |spatial, key| {
            let scale = stream.read(&frame(mode, 3, spatial, 7, key)).unwrap().scale.unwrap();
            assert_eq!((scale.layers, scale.ends), (LayerSet::ALL, true));
            (scale.layer, scale.begins)
        };
        assert_eq!(read(0, true), (LOW, LayerSet::ALL), "a key frame begins everything");
        assert_eq!(read(1, true), (MIDDLE, LayerSet::NONE), "but not in its middle");
        assert_eq!(read(2, true), (HIGH, LayerSet::NONE));
        let low = [LOW].into_iter().collect();
        assert_eq!(read(0, false), (LOW, low), "{mode:?}");
        assert_eq!(read(2, false), (HIGH, LayerSet::NONE));
    }
}

#[test]
fn only_the_last_packet_ends_a_frame_and_only_the_first_begins_one() {
    let mut stream = Dependencies::default();
    let mut read = |ends| stream.read(&part(Mode::Key, 2, 0, 7, true, ends)).unwrap().scale;
    let first = read([true, false]).unwrap();
    assert_eq!((first.begins, first.ends), ([LOW, HIGH].into_iter().collect(), false));
    let last = read([false, true]).unwrap();
    assert_eq!((last.begins, last.ends), (LayerSet::NONE, true));
}

#[test]
fn a_stream_of_one_layer_has_none_to_choose_from() {
    let mut stream = Dependencies::default();
    assert_eq!(stream.read(&frame(Mode::Full, 1, 0, 7, true)).unwrap().scale, None);
    assert!(stream.layers().is_empty());
    stream.read(&frame(Mode::Full, 3, 0, 8, true)).unwrap();
    assert_eq!(stream.layers(), LayerSet::ALL);
    stream.read(&frame(Mode::Full, 1, 0, 9, true)).unwrap();
    assert!(stream.layers().is_empty(), "as the newest structure says");
}

#[test]
fn what_names_no_template_has_no_layer() {
    let mut stream = Dependencies::default();
    stream.read(&frame(Mode::Key, 3, 0, 7, true)).unwrap();
    let unknown = stream.read(&[0xde, 0, 8]).unwrap();
    assert_eq!(unknown.scale, None);
}

#[test]
fn a_structure_that_is_cut_off_is_forgotten() {
    let whole = frame(Mode::Key, 3, 0, 7, true);
    for len in 4..whole.len() - 1 {
        let mut stream = Dependencies::default();
        let found = stream.read(&whole[..len]).unwrap();
        assert!(found.has_structure && found.scale.is_none() && stream.layers().is_empty());
    }
}

proptest! {
    #[test]
    fn no_bytes_make_the_parser_panic(
        values in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 1..4)
    ) {
        let mut stream = Dependencies::default();
        for value in values {
            let found = stream.read(&value);
            prop_assert_eq!(found.is_some(), value.len() >= 3);
            if let Some(found) = found {
                prop_assert_eq!(found.starts_frame, value[0] >= 128);
                prop_assert_eq!(found.has_structure, value.len() > 3 && value[3] >= 128);
            }
        }
    }

    #[test]
    fn no_changed_structure_makes_the_parser_panic(
        at in 0_usize..60, with: u8, count in 1_u8..=4, key: bool, own in prop::collection::vec(any::<u8>(), 3..30),
    ) {
        let mode = if key { Mode::Key } else { Mode::Full };
        let mut value = frame(mode, count, 0, 7, true);
        let at = at % value.len();
        value[at] ^= with;
        let mut stream = Dependencies::default();
        for value in [&value, &own] {
            if let Some(scale) = stream.read(value).and_then(|found| found.scale) {
                prop_assert!(scale.layers.contains(scale.layer));
            }
        }
    }
}
