// SPDX-License-Identifier: EUPL-1.2
//! AV1 with its dependency descriptor, from a publisher's packets to those of a subscriber, in memory.

use proptest::prelude::*;

use crate::media::codec::Codec;
use crate::media::dependency::Dependencies;
use crate::media::dependency_writer::{Mode, Part};
use stage::{ADA, CLEO, FIRST_NUMBERS, Got, RTX_TYPE, Stage};

#[path = "av1_stage_tests.rs"]
mod stage;

#[test]
fn layers_follow_the_tile_and_the_descriptor_says_which_there_are() {
    let mut stage = Stage::new(&[0, 0, 0], true);
    stage.show(ADA, 180);
    // It is not known before its first packet that there are layers.
    stage.play(ADA, 20, true);
    let small = stage.play(ADA, 10, true);
    stage.show(ADA, 720);
    let waiting = stage.play(ADA, 10, false);
    let large = stage.play(ADA, 10, true);
    stage.show(ADA, 180);
    let again = stage.play(ADA, 10, false);
    let spatial = |got: &[Got]| got.iter().map(|it| it.payload[1]).max();
    assert_eq!([&small, &waiting, &large, &again].map(|it| spatial(it)), [0, 0, 2, 0].map(Some));
    assert_eq!((said(&small[0]), said(&large[0])), (Some(0b001), None));
    let all = [small, waiting, large, again].concat();
    for two in all.windows(2) {
        let [before, after] = two else { panic!("two") };
        assert_eq!(after.sequence, before.sequence.wrapping_add(1));
        let next = u32::from(before.marker);
        assert_eq!(
            after.timestamp - before.timestamp,
            next * 3_000,
            "a picture ends with a marker"
        );
        assert!(after.number().wrapping_sub(before.number()) <= 3, "in the order of decoding");
        // What a frame depends on is told as a difference: the numbers keep the publisher's distances.
        let offset = |got: &Got| got.number().wrapping_sub(got.own_number());
        assert_eq!(offset(after), offset(before));
    }
}

#[test]
fn another_feed_goes_on_with_the_numbers_of_the_one_before() {
    let mut stage = Stage::new(&[0, 0, 0], true);
    stage.show(ADA, 720);
    let before = stage.play(ADA, 5, true);
    stage.show(CLEO, 720);
    assert!(stage.play(CLEO, 5, false).is_empty(), "not before a key frame");
    let after = stage.play(CLEO, 5, true);
    let (last, first) = (before.last().unwrap(), after.first().unwrap());
    assert_eq!(first.number(), last.number().wrapping_add(1));
    assert_eq!(first.sequence, last.sequence.wrapping_add(1));
    assert_eq!(first.own_number(), FIRST_NUMBERS[CLEO].wrapping_add(15));
    let [.., third] = &after[..] else { panic!() };
    assert_eq!(third.number().wrapping_sub(first.number()), 14);
}

#[test]
fn what_is_sent_again_has_its_descriptor() {
    for threads in [[0, 0, 0], [0, 1, 0]] {
        let mut stage = Stage::new(&threads, true);
        stage.show(ADA, 720);
        let sent = stage.play(ADA, 3, true);
        for asked in [&sent[0], &sent[4]] {
            let [again] = &stage.ask(asked.sequence)[..] else { panic!("one") };
            assert_eq!((again.payload_type, again.original), (RTX_TYPE, Some(asked.sequence)));
            assert_eq!(again.description, asked.description, "{threads:?}");
            assert_eq!((again.marker, &again.payload), (asked.marker, &asked.payload));
        }
        stage.show(ADA, 180);
        stage.play(ADA, 20, false);
        let small = stage.play(ADA, 1, true);
        let [again] = &stage.ask(small[0].sequence)[..] else { panic!("one") };
        assert_eq!(again.description, small[0].description, "beside as little as before");
        assert_eq!(said(again), Some(0b001));
        // A structure of three layers takes the long form of extensions.
        assert!(sent[0].description.len() > 16 && sent[1].description.len() == 3);
    }
}

#[test]
fn what_a_publisher_sends_again_brings_its_descriptor() {
    let mut stage = Stage::new(&[0, 0, 0], true);
    stage.show(ADA, 720);
    let before = stage.play(ADA, 2, true);
    let lost = stage.next[ADA].sequence;
    stage.lose(ADA);
    let part = stage.part(ADA, 1, false);
    let after = stage.publish(ADA, part, None);
    let again =
        stage.publish(ADA, Part { spatial: 0, number: part.number - 1, ..part }, Some(lost));
    assert_eq!(after[0].sequence, before.last().unwrap().sequence + 2);
    assert_eq!(again[0].sequence + 1, after[0].sequence, "it fills the gap");
    assert_eq!(again[0].number() + 1, after[0].number());
}

#[test]
fn the_descriptor_is_for_who_reads_it_and_for_av1() {
    let mut stage = Stage::new(&[0, 0, 0], false);
    stage.show(ADA, 720);
    let got = stage.play(ADA, 5, true);
    assert_eq!(got.len(), 15, "all layers nevertheless");
    assert!(got.iter().all(|got| got.description.is_empty()));
    let mut stage = Stage::new(&[0, 0, 0], true);
    stage.codec = Codec::H264;
    stage.show(ADA, 720);
    let got = stage.play(ADA, 5, true);
    assert!(!got.is_empty() && got.iter().all(|got| got.description.is_empty()));
}

#[test]
fn what_is_late_and_left_out_is_sent_without_anything() {
    let mut stage = Stage::new(&[0, 0, 0], true);
    stage.show(ADA, 180);
    stage.play(ADA, 30, true);
    let lost = stage.next[ADA].sequence + 1;
    let lower = stage.part(ADA, 0, false);
    stage.publish(ADA, lower, None);
    stage.lose(ADA);
    let upper = stage.part(ADA, 2, false);
    assert!(stage.publish(ADA, upper, None).is_empty());
    let late = Part { spatial: 1, number: upper.number - 1, ..upper };
    let [empty] = &stage.publish(ADA, late, Some(lost))[..] else { panic!("one") };
    assert!(empty.payload.is_empty() && empty.description.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_a_publisher_says_numbers_grow_and_nothing_panics(
        said in prop::collection::vec(prop_oneof![
            prop::collection::vec(any::<u8>(), 0..200),
            (0_usize..60, any::<u8>(), any::<bool>(), 0_u8..3).prop_map(|(at, with, key, spatial)| {
                let ends = [true, true];
                let part = Part { mode: Mode::Full, count: 3, spatial, number: 9, key, ends, available: None, own: None };
                let mut value = part.write();
                let at = at % value.len();
                value[at] ^= with;
                value
            }),
        ], 1..40),
        lines in prop_oneof![Just(180), Just(360), Just(720)],
    ) {
        let mut stage = Stage::new(&[0, 0, 0], true);
        stage.show(ADA, lines);
        let mut before: Option<u16> = None;
        for description in said {
            for got in stage.publish_described(ADA, &description, None) {
                let ahead = before.map(|before| got.sequence.wrapping_sub(before));
                prop_assert!(ahead.is_none_or(|ahead| (1..100).contains(&ahead)), "{:?}", ahead);
                before = Some(got.sequence);
                prop_assert!(got.description.len() <= 255);
            }
            stage.rest();
        }
    }
}

/// What the descriptor of a key frame says of the decode targets.
fn said(got: &Got) -> Option<u32> {
    let found = Dependencies::default().read(&got.description).unwrap();
    found.dependency.targets.unwrap().said(&got.description)
}
