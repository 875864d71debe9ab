// SPDX-License-Identifier: EUPL-1.2
//! The estimator over paths that are known.

use proptest::prelude::*;

use super::super::Micros;
use super::super::rtcp::{Message, parse};
use super::link::{Link, Path};
use super::rate::{CEILING, FLOOR};
use super::{Estimator, Purpose};

/// A path with a queue of 300 ms at its rate, at least 30 kB.
fn path(bits: u64) -> Path {
    Path { bits, queue: (bits * 3 / 80).max(30_000), delay: 20, loss: 0, jitter: 0 }
}

/// Bits per second of one who speaks.
const SOUND: u64 = 40_000;

fn assert_near(estimate: u64, bits: u64) {
    assert!((bits * 85 / 100..=bits * 115 / 100).contains(&estimate), "{estimate} of {bits}");
}

#[test]
fn after_ten_seconds_the_estimate_is_near_the_path() {
    for bits in [2_000_000, 500_000, 150_000] {
        let mut link = Link::new(path(bits), 5_000_000);
        link.run(10_000);
        let mean = link.run(10_000);
        assert_near(mean, bits);
    }
}

#[test]
fn a_long_path_takes_no_longer_to_learn() {
    let mut link = Link::new(Path { delay: 200, ..path(2_000_000) }, 5_000_000);
    link.run(10_000);
    let mean = link.run(10_000);
    assert_near(mean, 2_000_000);
}

#[test]
fn a_start_too_fast_for_the_path_is_noticed_before_the_first_twenty_groups_arrived() {
    let mut link = Link::new(path(150_000), 5_000_000);
    link.run(1_000);
    assert!(link.estimate() < 150_000, "{}", link.estimate());
}

#[test]
fn jitter_is_not_taken_for_a_queue() {
    let mut link = Link::new(Path { jitter: 20_000, ..path(2_000_000) }, 1_500_000);
    link.run(10_000);
    for _ in 0..60 {
        link.run(500);
        assert!(link.estimate() >= 1_200_000, "{}", link.estimate());
    }
}

#[test]
fn strong_jitter_does_not_take_from_who_is_sent_little() {
    let mut link = Link::new(Path { jitter: 60_000, ..path(2_000_000) }, 500_000);
    for _ in 0..120 {
        link.run(500);
        assert!(link.estimate() >= 500_000, "{}", link.estimate());
    }
}

#[test]
fn a_path_that_becomes_slower_has_a_short_queue_again_within_three_seconds() {
    let mut link = Link::new(path(2_000_000), 5_000_000);
    link.run(15_000);
    link.path.bits = 500_000;
    link.run(3_000);
    for _ in 0..50 {
        assert!(link.wait() < 200, "{} ms", link.wait());
        link.run(100);
    }
    link.run(3_000);
    let mean = link.run(5_000);
    assert_near(mean, 500_000);
}

#[test]
fn a_path_that_becomes_very_slow_is_not_taken_for_one_that_stands_still() {
    let mut link = Link::new(path(2_000_000), 1_500_000);
    link.speaks = false;
    link.run(10_000);
    link.path = path(100_000);
    link.run(5_000);
    assert!(link.estimate() < 130_000, "{}", link.estimate());
    link.run(10_000);
    assert!(link.wait() < 1_000, "{} ms", link.wait());
}

#[test]
fn a_path_that_becomes_faster_is_used_within_ten_seconds() {
    let mut link = Link::new(path(500_000), 5_000_000);
    link.run(30_000);
    link.path = path(2_000_000);
    link.run(5_000);
    // As long as it takes to fill the queue a few times and give way again.
    let mean = link.run(5_000);
    assert!(mean >= 1_700_000, "{mean}");
}

#[test]
fn a_path_that_becomes_wide_while_only_sound_is_sent_is_found_within_four_seconds() {
    for phase in 0..20 {
        let mut link = Link::new(path(20_000_000), 1_740_000);
        link.estimator.set_wish(2_260_000);
        link.run(5_000);
        link.path = path(150_000);
        link.run(3_000);
        link.wish = SOUND;
        link.run(20_000 + phase * 370);
        link.path = path(20_000_000);
        let wait = (0..20_000).step_by(100).find(|_| {
            link.run(100);
            link.estimate() >= 2_200_000
        });
        assert!(wait.is_some_and(|wait| wait < 4_000), "{wait:?}");
    }
}

#[test]
fn a_path_that_becomes_wide_while_nothing_is_sent_is_found_within_six_seconds() {
    for phase in 0..20 {
        let mut link = Link::new(path(20_000_000), 1_200_000);
        link.speaks = false;
        link.estimator.set_wish(1_560_000);
        link.run(5_000);
        link.path = path(60_000);
        link.run(10_000);
        link.wish = 0;
        link.run(10_000 + phase * 370);
        link.path = path(20_000_000);
        let wait = (0..20_000).step_by(100).find(|_| {
            link.run(100);
            link.estimate() >= 1_500_000
        });
        assert!(wait.is_some_and(|wait| wait < 6_000), "{wait:?} {}", link.estimate());
    }
}

#[test]
fn a_path_that_stands_still_for_a_moment_is_nearly_as_wide_as_before() {
    for (sent, stands) in [(1_000_000, 300), (1_000_000, 450), (SOUND, 300), (SOUND, 450)] {
        let mut link = Link::new(path(20_000_000), sent);
        link.estimator.set_wish(1_000_000);
        link.run(5_000);
        for phase in 0..40 {
            link.run(3_000 + phase * 7);
            link.stands_still(stands);
            for _ in 0..30 {
                link.run(100);
                let estimate = link.estimate();
                assert!(
                    estimate >= 800_000,
                    "{estimate} after {stands} ms, {sent} sent, phase {phase}"
                );
            }
        }
    }
}

#[test]
fn a_path_that_loses_by_nature_is_not_throttled() {
    let mut link = Link::new(Path { loss: 100, ..path(5_000_000) }, 2_000_000);
    link.run(10_000);
    for _ in 0..30 {
        link.run(1_000);
        assert!(link.estimate() >= 1_000_000, "{}", link.estimate());
    }
}

#[test]
fn a_short_queue_that_overflows_lowers_the_estimate() {
    let mut link = Link::new(Path { queue: 12_000, ..path(1_000_000) }, 5_000_000);
    link.run(10_000);
    let mean = link.run(10_000);
    assert!((800_000..=1_250_000).contains(&mean), "{mean}");
}

#[test]
fn a_path_that_drops_instead_of_queueing_is_not_flooded() {
    let mut link = Link::new(Path { queue: 8_000, ..path(2_000_000) }, 1_800_000);
    link.run(10_000);
    link.path = Path { queue: 4_000, ..path(500_000) };
    link.run(5_000);
    let mean = link.run(10_000);
    assert!((350_000..=650_000).contains(&mean), "{mean}");
}

#[test]
fn nothing_is_probed_for_that_nobody_wishes() {
    let mut link = Link::new(path(2_000_000), 1_000_000);
    link.run(10_000);
    let before = link.padding;
    link.run(60_000);
    assert!(link.padding - before < 20_000, "{} bytes", link.padding - before);
    assert!(link.estimate() >= 1_000_000);
}

#[test]
fn a_full_path_is_probed_seldom() {
    let mut link = Link::new(path(2_000_000), 5_000_000);
    link.run(10_000);
    let before = link.padding;
    link.run(60_000);
    assert!(link.padding - before < 300_000, "{} bytes", link.padding - before);
}

#[test]
fn who_is_sent_little_keeps_the_estimate() {
    let mut link = Link::new(path(2_000_000), 5_000_000);
    link.run(10_000);
    let before = link.estimate();
    link.wish = 60_000;
    link.estimator.set_wish(60_000);
    link.run(60_000);
    assert_near(link.estimate(), before);
}

#[test]
fn silence_halves_the_estimate_every_second_down_to_the_floor() {
    let mut link = Link::new(path(2_000_000), 1_000_000);
    link.run(10_000);
    link.answers = false;
    let before = link.estimate();
    link.run(1_150);
    assert_eq!(link.estimate(), before / 2);
    link.run(1_000);
    assert_eq!(link.estimate(), before / 4);
    link.run(20_000);
    assert_eq!(link.estimate(), FLOOR);
    link.answers = true;
    link.run(10_000);
    assert!(link.estimate() >= 900_000, "{}", link.estimate());
}

#[test]
fn nothing_is_known_before_the_first_report_and_nothing_kept_before_the_first_datagram() {
    let mut estimator = Estimator::new();
    estimator.set_wish(1_000_000);
    assert_eq!((estimator.number(), estimator.padding(Micros(0))), (0, 0));
    estimator.record(Micros(0), 1_000, Purpose::Media);
    assert_eq!((estimator.number(), estimator.estimate()), (1, None));
    assert_eq!(estimator.padding(Micros::from_millis(5_000)), 0);
}

proptest! {
    #[test]
    fn no_feedback_makes_it_panic_or_leave_its_bounds(
        reports in prop::collection::vec((0_u64..3_000_000, prop::collection::vec(any::<u8>(), 0..60), 0_u16..40), 1..60),
    ) {
        let mut estimator = Estimator::new();
        estimator.set_wish(u64::MAX);
        let mut now = Micros(0);
        for (wait, body, back) in reports {
            now = now + Micros(wait);
            for _ in 0..30 {
                estimator.record(now, 1_200, Purpose::Media);
                now = now + Micros(1_000);
            }
            let padding = estimator.padding(now);
            prop_assert!(padding < 400_000);
            estimator.record(now, padding, Purpose::Probe);
            let mut bytes = vec![0x8f, 205, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2];
            bytes.extend(estimator.number().wrapping_sub(back).to_be_bytes());
            bytes.extend(back.to_be_bytes());
            bytes.extend(body);
            bytes.resize(bytes.len().next_multiple_of(4).max(20), 0);
            bytes[3] = u8::try_from(bytes.len() / 4 - 1).unwrap();
            for message in parse(&bytes) {
                if let Message::TransportFeedback(feedback) = message {
                    estimator.handle_feedback(now, feedback);
                }
            }
            if let Some(estimate) = estimator.estimate() {
                prop_assert!((FLOOR..=CEILING).contains(&estimate));
            }
        }
    }
}
