// SPDX-License-Identifier: EUPL-1.2
//! A meeting of three over one relay or several, in memory: what everybody gets is the same.

use proptest::prelude::*;
use shared::{Layer, LayerSet, Source};

use super::links::CROSSING_RING_LEN;
use super::meeting::{ADA, BOB, CLEO, Got, Meeting};
use super::plane::{MediaCommand, TransportEvent};

/// Ada is on one thread, the others are on the next.
const SPREAD: [usize; 3] = [0, 1, 1];

fn low(meeting: &Meeting) -> TransportEvent {
    let low = [Layer::Low].into_iter().collect();
    TransportEvent::Wanted(meeting.publication(ADA, Source::Camera), low)
}

/// The pictures in the best layer; those before, on the way there, do not count.
fn best(got: &[Got]) -> usize {
    got.iter().filter(|got| got.layer() == Layer::High).count()
}

#[test]
fn a_packet_crosses_once_and_reaches_everybody_on_the_other_thread() {
    let mut meeting = Meeting::new(SPREAD);
    meeting.watch(BOB, &[ADA], 720);
    meeting.watch(CLEO, &[ADA], 720);
    for frame in 0..10 {
        meeting.picture(ADA, frame == 0);
    }
    let [ada, bob, cleo] = meeting.take_got();
    assert!(ada.is_empty());
    assert_eq!((best(&bob), best(&cleo)), (10, 10));
    let counters = meeting.counters();
    assert_eq!((counters.mirrored, counters.mirror_dropped), (30, 0), "each of three layers once");
    assert_eq!(counters.packets_in, 30, "nothing is counted twice");
}

#[test]
fn a_room_that_is_on_one_thread_passes_nothing_on() {
    let mut meeting = Meeting::new([1, 1, 1]);
    meeting.watch(BOB, &[ADA], 720);
    meeting.picture(ADA, true);
    assert_eq!((best(&meeting.take_got()[BOB]), meeting.counters().mirrored), (1, 0));
}

#[test]
fn what_is_asked_for_again_is_answered_where_the_subscriber_is() {
    let mut meeting = Meeting::new(SPREAD);
    meeting.watch(BOB, &[ADA], 720);
    for frame in 0..5 {
        meeting.picture(ADA, frame == 0);
    }
    let before = meeting.take_got()[BOB].clone();
    meeting.nack(BOB, before[2].sequence);
    let again = meeting.take_got()[BOB].clone();
    assert_eq!(again.len(), 1);
    assert_eq!(again[0].payload[..2], before[2].sequence.to_be_bytes());
    assert_eq!(again[0].payload[2..], before[2].payload[..]);
    let [_, second] = meeting.counters_by_relay()[..] else { panic!() };
    assert_eq!((second.nacks_received, second.rtx_out), (1, 1));
}

#[test]
fn key_frames_are_asked_for_across_once_for_all_who_wait() {
    let mut meeting = Meeting::new(SPREAD);
    meeting.watch(BOB, &[ADA], 720);
    meeting.picture(ADA, true);
    meeting.rest(600);
    meeting.take_asked(ADA);
    meeting.picture(ADA, false);
    meeting.watch(CLEO, &[ADA], 720);
    meeting.pli(BOB);
    meeting.rest(300);
    let high = Meeting::source_of(Layer::High);
    let asked = meeting.take_asked(ADA);
    assert_eq!(asked.iter().filter(|source| **source == high).count(), 1, "{asked:?}");
    meeting.picture(ADA, true);
    meeting.rest(600);
    assert!(meeting.take_asked(ADA).is_empty(), "it has come");
}

#[test]
fn what_nobody_on_any_thread_can_use_is_paused_and_what_somebody_can_is_not() {
    let mut meeting = Meeting::new([0, 1, 0]);
    meeting.watch(BOB, &[ADA], 180);
    meeting.play(ADA, 100);
    assert_eq!(meeting.take_events(ADA), [low(&meeting)]);
    meeting.watch(CLEO, &[ADA], 180);
    meeting.watch(BOB, &[], 0);
    meeting.play(ADA, 100);
    assert_eq!(meeting.take_events(ADA), [], "Cleo sees it");
    meeting.watch(CLEO, &[], 0);
    meeting.play(ADA, 200);
    let camera = meeting.publication(ADA, Source::Camera);
    assert_eq!(meeting.take_events(ADA), [TransportEvent::Wanted(camera, LayerSet::NONE)]);
    let crossed = meeting.counters().mirrored;
    meeting.play(ADA, 10);
    assert_eq!(meeting.counters().mirrored, crossed, "and nothing is passed on");
}

#[test]
fn who_leaves_leaves_nothing_in_the_mirror() {
    let mut meeting = Meeting::new(SPREAD);
    meeting.watch(BOB, &[ADA], 720);
    meeting.picture(ADA, true);
    let got = meeting.take_got()[BOB].clone();
    let id = meeting.id(ADA);
    meeting.command(ADA, MediaCommand::Close { id });
    meeting.nack(BOB, got.last().unwrap().sequence);
    meeting.rest(300);
    assert_eq!(meeting.take_got()[BOB], [], "who is gone is not sent again");
    meeting.watch(BOB, &[], 0);
    meeting.enter(ADA);
    meeting.watch(BOB, &[ADA], 720);
    meeting.picture(ADA, true);
    assert_eq!(best(&meeting.take_got()[BOB]), 1, "and who is back is seen");
}

#[test]
fn a_closed_gate_clears_the_mirror_and_an_open_one_begins_with_a_key_frame() {
    let mut meeting = Meeting::new(SPREAD);
    meeting.watch(BOB, &[ADA], 720);
    meeting.picture(ADA, true);
    let got = meeting.take_got()[BOB].clone();
    meeting.gate(ADA, false);
    meeting.nack(BOB, got.last().unwrap().sequence);
    meeting.picture(ADA, true);
    assert_eq!(meeting.take_got()[BOB], []);
    meeting.gate(ADA, true);
    meeting.picture(ADA, false);
    assert_eq!(meeting.take_got()[BOB], []);
    meeting.picture(ADA, true);
    assert_eq!(best(&meeting.take_got()[BOB]), 1);
}

#[test]
fn a_route_may_come_before_what_it_leads_to() {
    let mut meeting = Meeting::empty(2, SPREAD);
    meeting.enter(BOB);
    meeting.watch(BOB, &[ADA], 720);
    meeting.enter(ADA);
    meeting.rest(200);
    meeting.picture(ADA, true);
    assert_eq!(best(&meeting.take_got()[BOB]), 1);
}

#[test]
fn what_a_full_way_does_not_take_is_counted_and_the_picture_goes_on_with_a_key_frame() {
    let mut meeting = Meeting::new([0, 1, 0]);
    for who in [BOB, CLEO] {
        meeting.watch(who, &[ADA], 720);
    }
    meeting.picture(ADA, true);
    meeting.rest(600);
    meeting.take_asked(ADA);
    meeting.is_jammed = true;
    let frames = CROSSING_RING_LEN / 3 + 20;
    for _ in 0..frames {
        meeting.frame(ADA, false);
    }
    meeting.is_jammed = false;
    meeting.rest(20);
    let [_, bob, cleo] = meeting.take_got();
    assert_eq!(best(&cleo), frames + 1, "nobody else notices");
    assert!(best(&bob) <= CROSSING_RING_LEN / 3 + 1, "{}", best(&bob));
    let counters = meeting.counters();
    assert_eq!(usize::try_from(counters.mirror_dropped).unwrap(), frames * 3 - CROSSING_RING_LEN);
    assert!(meeting.take_asked(ADA).contains(&Meeting::source_of(Layer::High)));
    meeting.picture(ADA, true);
    assert_eq!(best(&meeting.take_got()[BOB]), 1, "it goes on");
}

#[test]
fn the_first_word_comes_from_the_mirror() {
    let mut meeting = Meeting::new(SPREAD);
    meeting.watch(BOB, &[ADA], 720);
    for level in [127; 30].into_iter().chain([20; 5]) {
        meeting.sound(ADA, level);
    }
    let sounds: Vec<_> = meeting.take_got()[BOB].iter().map(|got| got.payload[0]).collect();
    assert_eq!(sounds, (25..35).collect::<Vec<u8>>(), "five packets before the first loud one");
}

#[test]
fn reports_of_a_sender_cross() {
    let mut meeting = Meeting::new(SPREAD);
    meeting.watch(BOB, &[ADA], 720);
    meeting.picture(ADA, true);
    meeting.take_got();
    meeting.report(ADA, Layer::High);
    assert_eq!(meeting.take_reports(BOB), 1);
    meeting.report(ADA, Layer::Low);
    assert_eq!(meeting.take_reports(BOB), 0, "of what is not sent");
}

#[test]
fn who_moves_sees_and_is_seen_without_a_gap_and_is_spoken_to_as_before() {
    let mut meeting = Meeting::among(2, [0, 0, 0]);
    for (who, whom) in [(ADA, BOB), (BOB, ADA), (CLEO, ADA)] {
        meeting.watch(who, &[whom], 720);
    }
    for (frame, moves) in [(0, None), (10, Some(ADA)), (20, Some(BOB)), (30, None)] {
        if let Some(who) = moves {
            meeting.move_to(who, 1);
        }
        for at in frame..frame + 10 {
            meeting.picture(ADA, at == 0);
            meeting.picture(BOB, at == 0);
        }
    }
    let got = meeting.take_got();
    for got in &got {
        assert_eq!(best(got), 40);
        assert!(got.windows(2).all(|two| two[1].sequence == two[0].sequence.wrapping_add(1)));
    }
    // The history stayed where somebody was fed from it.
    meeting.nack(CLEO, got[CLEO].last().unwrap().sequence.wrapping_sub(35));
    assert_eq!(meeting.take_got()[CLEO].len(), 1);
    meeting.gate(ADA, false);
    meeting.picture(ADA, true);
    assert_eq!(meeting.take_got(), [vec![], vec![], vec![]], "its gate is shut");
    let id = meeting.id(ADA);
    meeting.command(ADA, MediaCommand::Close { id });
    assert_eq!(meeting.places(), [1, 1], "Cleo and Bob");
    assert_eq!(meeting.counters().moved, 2);
}

#[test]
fn what_is_published_while_somebody_is_on_the_way_comes_after_them() {
    let mut meeting = Meeting::among(2, [0, 0, 0]);
    meeting.watch(BOB, &[ADA], 720);
    meeting.picture(ADA, true);
    meeting.is_jammed = true;
    meeting.move_to(BOB, 1);
    for _ in 0..5 {
        meeting.frame(ADA, false);
    }
    meeting.is_jammed = false;
    meeting.rest(10);
    assert_eq!(best(&meeting.take_got()[BOB]), 6);
}

#[test]
fn a_command_that_finds_the_way_full_waits_and_is_not_overtaken() {
    let mut meeting = Meeting::new([0, 0, 1]);
    meeting.watch(CLEO, &[BOB, ADA], 720);
    meeting.move_to(ADA, 1);
    meeting.is_jammed = true;
    for _ in 0..CROSSING_RING_LEN {
        meeting.frame(BOB, false);
    }
    let (id, source) = (meeting.id(ADA), Source::Camera);
    meeting.command(ADA, MediaCommand::Gate { id, source, open: false });
    assert!(!meeting.takes_commands(ADA));
    meeting.is_jammed = false;
    meeting.rest(10);
    assert!(meeting.takes_commands(ADA));
    meeting.rest(10);
    meeting.take_got();
    meeting.picture(ADA, true);
    assert!(meeting.take_got()[CLEO].is_empty(), "it was done");
}

/// What happens in a meeting.
#[derive(Clone, Copy, Debug)]
enum Act {
    Watch { who: usize, first: usize, second: usize, lines: u16 },
    Gate { who: usize, open: bool },
    Picture { who: usize, key: bool },
    Lose { who: usize },
    Sound { who: usize, level: u8 },
    Nack { who: usize, back: u16 },
    Pli { who: usize },
    Report { who: usize },
    Move { who: usize, to: usize },
}

fn act() -> impl Strategy<Value = Act> {
    let who = 0..3_usize;
    prop_oneof![
        2 => (who.clone(), who.clone(), who.clone(), prop::sample::select(vec![100, 300, 900]))
            .prop_map(|(who, first, second, lines)| Act::Watch { who, first, second, lines }),
        1 => (who.clone(), any::<bool>()).prop_map(|(who, open)| Act::Gate { who, open }),
        12 => (who.clone(), prop::bool::weighted(0.3))
            .prop_map(|(who, key)| Act::Picture { who, key }),
        1 => who.clone().prop_map(|who| Act::Lose { who }),
        6 => (who.clone(), 10..=127_u8).prop_map(|(who, level)| Act::Sound { who, level }),
        3 => (who.clone(), 1..8_u16).prop_map(|(who, back)| Act::Nack { who, back }),
        1 => who.clone().prop_map(|who| Act::Pli { who }),
        1 => who.clone().prop_map(|who| Act::Report { who }),
        1 => (who.clone(), who).prop_map(|(who, to)| Act::Move { who, to }),
    ]
}

/// What everybody gets in each act.
fn perform(acts: &[Act], threads: [usize; 3]) -> Vec<[Vec<Got>; 3]> {
    let mut meeting = Meeting::new(threads);
    // The last numbers that everybody got, and those before which a thread may know nothing.
    let (mut last, mut first) = ([1_u16; 3], [0_u16; 3]);
    let mut got = Vec::new();
    for &act in acts {
        match act {
            Act::Watch { who, first, second, lines } => {
                meeting.watch(who, &[first, second], lines);
                // A mirror has nothing of the time before it.
                meeting.rest(200);
            }
            Act::Gate { who, open } => {
                meeting.gate(who, open);
                meeting.rest(200);
            }
            Act::Picture { who, key } => meeting.picture(who, key),
            Act::Lose { who } => meeting.lose(who),
            Act::Sound { who, level } => meeting.sound(who, level),
            Act::Nack { who, back } => {
                if last[who].wrapping_sub(first[who]) > back {
                    meeting.nack(who, last[who].wrapping_sub(back));
                }
            }
            Act::Pli { who } => meeting.pli(who),
            Act::Report { who } => meeting.report(who, Layer::High),
            Act::Move { who, to } => {
                meeting.move_to(who, to);
                first[who] = last[who];
                meeting.rest(200);
            }
        }
        let mut now = meeting.take_got();
        for (last, got) in last.iter_mut().zip(&now) {
            let mut pictures = got.iter().filter(|got| got.ssrc % 100 == 0);
            *last = pictures.next_back().map_or(*last, |got| got.sequence);
        }
        // Which slot is served first is nobody's concern.
        for got in &mut now {
            got.sort_by_key(|got| got.ssrc);
        }
        got.push(now);
    }
    got
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn everybody_gets_the_same_on_one_thread_and_on_several(
        acts in prop::collection::vec(act(), 1..120),
        threads in prop::sample::select(vec![[0, 1, 1], [0, 1, 0], [1, 0, 2], [1, 1, 0]]),
    ) {
        let (alone, spread) = (perform(&acts, [0; 3]), perform(&acts, threads));
        for (at, (alone, spread)) in alone.iter().zip(&spread).enumerate() {
            prop_assert_eq!(alone, spread, "act {}: {:?}", at, acts[at]);
        }
    }
}
