// SPDX-License-Identifier: EUPL-1.2
//! Streams that go on without a seam.

use proptest::prelude::*;

use super::*;
use crate::media::bytes::count;
use crate::media::codec::Codec;
use crate::media::described::Dependency;
use crate::media::descriptor::Descriptor;

#[test]
fn numbers_go_on_across_a_switch() {
    let mut rewriter = Rewriter::new(90_000, 0xffff, 1_000);
    let first = rewriter.rewrite(Micros(0), &packet(500, 9_000, 100, 20)).unwrap();
    assert_eq!(first.sequence, 0x7fff);
    let second = rewriter.rewrite(Micros(0), &packet(501, 9_000, 100, 20)).unwrap();
    assert_eq!((second.sequence, second.timestamp), (0x8000, first.timestamp));
    rewriter.start_over();
    let other =
        rewriter.rewrite(Micros::from_millis(100), &packet(70_000, 77, 0x7fff, 255)).unwrap();
    assert_eq!(other.sequence, 0x8001);
    assert_eq!(other.timestamp, second.timestamp + 9_000);
    assert_eq!(other.numbers.picture_id, second.numbers.picture_id + 1);
    assert_eq!(other.numbers.tl0, second.numbers.tl0.wrapping_add(1));
    let mut ask = |out: Rewritten| rewriter.take_repeat(Micros(1), low16(out.sequence), Micros(9));
    assert_eq!(ask(first), None, "from another feed");
    assert_eq!(ask(other), Some((other.sequence, 70_000)));
}

#[test]
fn the_numbers_of_frames_go_on_across_a_switch_and_wrap_at_16_bits() {
    let mut rewriter = Rewriter::new(90_000, 10, 0);
    let frame = |sequence, number| {
        let descriptor = Descriptor::Dependency(Dependency { number, targets: None });
        PacketMeta { sequence, descriptor, ..PacketMeta::default() }
    };
    let number = |rewriter: &mut Rewriter, sequence, own| {
        rewriter.rewrite(Micros(0), &frame(sequence, own)).unwrap().numbers.picture_id
    };
    assert_eq!([(5, 0x7fff), (6, 0x8002)].map(|(at, own)| number(&mut rewriter, at, own)), [1, 4]);
    rewriter.start_over();
    let after = [(70, 0xffff), (72, 1), (71, 0)].map(|(at, own)| number(&mut rewriter, at, own));
    assert_eq!(after, [5, 7, 6]);
    assert_eq!(rewriter.repeat(&frame(71, 0), 12).numbers.picture_id, 6);
}

#[test]
fn a_late_packet_fills_its_gap_and_one_from_before_the_switch_is_dropped() {
    let mut rewriter = Rewriter::new(90_000, 10, 0);
    rewriter.rewrite(Micros(0), &packet(100, 0, 0, 0)).unwrap();
    rewriter.rewrite(Micros(0), &packet(103, 0, 0, 0)).unwrap();
    let late = rewriter.rewrite(Micros(0), &packet(101, 0, 0, 0)).unwrap();
    assert_eq!(late.sequence, 11);
    assert_eq!(rewriter.rewrite(Micros(0), &packet(101, 0, 0, 0)), None);
    assert_eq!(rewriter.rewrite(Micros(0), &packet(99, 0, 0, 0)), None);
}

#[test]
fn what_is_left_out_leaves_no_gap_and_takes_its_time() {
    let mut rewriter = Rewriter::new(48_000, 10, 0);
    let first = rewriter.rewrite(Micros(0), &packet(100, 960, 0, 0)).unwrap();
    rewriter.rewrite(Micros(0), &packet(101, 1_920, 0, 0)).unwrap();
    rewriter.resume();
    assert_eq!(rewriter.rewrite(Micros(0), &packet(101, 1_920, 0, 0)), None, "sent already");
    assert_eq!(rewriter.translate(960), Some(first.timestamp));
    let after = rewriter.rewrite(Micros(0), &packet(150, 48_960, 0, 0)).unwrap();
    assert_eq!((after.sequence, after.timestamp), (12, first.timestamp + 48_000));
    assert_eq!(rewriter.rewrite(Micros(0), &packet(149, 48_000, 0, 0)), None);
}

#[test]
fn what_is_left_out_of_a_stream_leaves_no_gap_unless_it_was_missing() {
    let mut rewriter = Rewriter::new(90_000, 10, 0);
    let at = |sequence| packet(sequence, 0, 0, 0);
    let send = |rewriter: &mut Rewriter, sequence| {
        rewriter.rewrite(Micros(0), &at(sequence)).map(|out| out.sequence)
    };
    assert_eq!(send(&mut rewriter, 100), Some(10));
    assert_eq!(rewriter.leave_out(Micros(0), &at(101)), None);
    assert_eq!(rewriter.leave_out(Micros(0), &at(103)), None);
    assert_eq!(send(&mut rewriter, 104), Some(12), "11 is kept for 102");
    assert_eq!(send(&mut rewriter, 101), None, "left out before");
    let late = rewriter.leave_out(Micros(0), &at(102)).unwrap();
    assert_eq!((late.sequence, late.is_empty), (11, true));
    let mut ask = |out| rewriter.take_repeat(Micros(1), out, Micros(9));
    assert_eq!([ask(10), ask(11), ask(12)], [Some((10, 100)), Some((11, 102)), Some((12, 104))]);
    assert!(rewriter.repeat(&at(102), 11).is_empty);
    rewriter.start_over();
    assert_eq!(send(&mut rewriter, 5), Some(13));
}

#[test]
fn a_picture_that_ends_early_ends_early_again_when_it_is_repeated() {
    let mut rewriter = Rewriter::new(90_000, 10, 0);
    let last = packet(100, 0, 0, 0);
    let out = rewriter.rewrite(Micros(0), &last).unwrap();
    rewriter.end(&last);
    assert!(!out.marker && rewriter.repeat(&last, out.sequence).marker);
}

proptest! {
    #[test]
    fn what_is_sent_of_a_stream_in_order_is_numbered_without_a_gap_and_found_again(
        sent in prop::collection::vec(any::<bool>(), 1..3_000)
    ) {
        let mut rewriter = Rewriter::new(90_000, 5, 0);
        let mut numbers = Vec::new();
        let last = 99 + count(sent.len());
        for (sequence, sent) in (100_u64..).zip(sent) {
            let meta = packet(sequence, 0, 0, 0);
            if sent || numbers.is_empty() {
                let out = rewriter.rewrite(Micros(0), &meta).unwrap();
                numbers.push((out.sequence, sequence));
            } else {
                prop_assert_eq!(rewriter.leave_out(Micros(0), &meta), None);
            }
        }
        prop_assert!(numbers.windows(2).all(|two| two[1].0 == two[0].0 + 1));
        for (out, source) in numbers {
            let found = rewriter.take_repeat(Micros(1), low16(out), Micros(9));
            if last - source < 1_024 {
                prop_assert_eq!(found, Some((out, source)));
            } else {
                prop_assert!(found.is_none_or(|found| found == (out, source)));
            }
        }
    }

    #[test]
    fn no_number_is_given_out_twice(
        steps in prop::collection::vec((0_u64..2_000, 0..6, any::<u16>()), 1..300)
    ) {
        let mut rewriter = Rewriter::new(90_000, 1, 1);
        let mut seen = std::collections::BTreeSet::new();
        for (sequence, switch, picture_id) in steps {
            match switch {
                0 => rewriter.start_over(),
                1 => rewriter.resume(),
                2 => {
                    rewriter.start_over();
                    rewriter.skip();
                }
                _ => {}
            }
            let packet = packet(sequence, 0, picture_id & 0x7fff, 0);
            let out = if switch == 4 {
                rewriter.leave_out(Micros(0), &packet)
            } else {
                rewriter.rewrite(Micros(0), &packet)
            };
            if let Some(out) = out {
                prop_assert!(seen.insert(out.sequence));
            }
        }
    }
}

fn packet(sequence: u64, timestamp: u32, picture_id: u16, tl0: u8) -> PacketMeta {
    let [high, low] = (picture_id | 0x8000).to_be_bytes();
    let descriptor =
        Descriptor::parse(Codec::Vp8, &[0x90, 0xc0, high, low, tl0, 0]).unwrap_or_default();
    PacketMeta { sequence, timestamp, descriptor, ..PacketMeta::default() }
}
