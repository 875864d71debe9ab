// SPDX-License-Identifier: EUPL-1.2
//! What is told of people's connections.

use proptest::{collection::vec, prelude::*};
use shared::Mid;

use super::{
    super::{
        Event, Flow, Gauged, Grade, Limit, PictureCount, Received, Sent, SoundCount, Trouble, Weak,
    },
    desk::{ADA, BOB, CAMERA, CLEO, Desk, MICROPHONE, Person, SCREEN, voices},
};

const FAIR: Grade = Grade::Fair;
const POOR: Grade = Grade::Poor;

#[test]
fn nothing_is_said_of_a_good_connection() {
    let mut room = Room::new();
    room.pass(10, Pass::GOOD);
    assert_eq!((room.of(ADA), room.of(CLEO), room.of(BOB)), (None, None, None));
}

#[test]
fn sound_with_gaps_is_told_of_who_is_heard_in_that_slot() {
    let mut room = Room::new();
    room.pass(2, Pass::GOOD);
    room.pass(2, Pass { made_up: 50, ..Pass::GOOD });
    assert_eq!(room.of(ADA), Some(weak(FAIR, Trouble::Gaps)));
    room.pass(2, Pass { made_up: 300, ..Pass::GOOD });
    assert_eq!(room.of(ADA), Some(weak(POOR, Trouble::Gaps)));
    assert_eq!((room.of(CLEO), room.of(BOB)), (None, None));
}

#[test]
fn a_picture_that_stops_jerks_or_stutters_is_told() {
    for (pass, expected) in [
        (Pass { frames: 0, ..Pass::GOOD }, Some(weak(POOR, Trouble::Frozen))),
        (Pass { frames: 4, ..Pass::GOOD }, Some(weak(POOR, Trouble::Jerks))),
        (Pass { frames: 12, ..Pass::GOOD }, Some(weak(FAIR, Trouble::Jerks))),
        (Pass { frames: 20, ..Pass::GOOD }, Some(weak(FAIR, Trouble::Jerks))),
        (Pass { frames: 40, ..Pass::GOOD }, None),
        (Pass { frozen: 300, ..Pass::GOOD }, Some(weak(FAIR, Trouble::Frozen))),
        (Pass { frozen: 900, ..Pass::GOOD }, Some(weak(POOR, Trouble::Frozen))),
        (Pass { waited: 500, ..Pass::GOOD }, Some(weak(FAIR, Trouble::Late))),
        (Pass { waited: 1_200, ..Pass::GOOD }, Some(weak(POOR, Trouble::Late))),
    ] {
        let mut room = Room::new();
        room.pass(3, Pass::GOOD);
        room.pass(2, pass);
        assert_eq!(room.of(ADA), expected, "{pass:?}");
    }
}

#[test]
fn a_camera_that_has_always_been_slow_is_no_weak_connection() {
    let mut room = Room::new();
    room.pass(20, Pass { frames: 20, ..Pass::GOOD });
    assert_eq!(room.of(ADA), None);
}

#[test]
fn the_own_connection_is_told_by_what_is_sent() {
    let sent = |sent| Pass { sent, ..Pass::GOOD };
    let narrow = Sent { limit: Some(Limit::Bandwidth), carries: Some(90), ..Sent::default() };
    for (pass, times, expected) in [
        (sent(Sent { round_trip: Some(299), lost: Some(49), ..Sent::default() }), 9, None),
        (
            sent(Sent { round_trip: Some(300), ..Sent::default() }),
            2,
            Some(weak(FAIR, Trouble::RoundTrip)),
        ),
        (
            sent(Sent { round_trip: Some(900), ..Sent::default() }),
            2,
            Some(weak(POOR, Trouble::RoundTrip)),
        ),
        (sent(Sent { lost: Some(60), ..Sent::default() }), 2, Some(weak(FAIR, Trouble::Loss))),
        (sent(Sent { lost: Some(200), ..Sent::default() }), 2, Some(weak(POOR, Trouble::Loss))),
        // A browser feels its way up for some seconds.
        (sent(narrow), 5, None),
        (sent(narrow), 6, Some(weak(POOR, Trouble::Bandwidth))),
        (sent(Sent { carries: Some(400), ..narrow }), 6, Some(weak(FAIR, Trouble::Bandwidth))),
        (
            sent(Sent { limit: Some(Limit::Processor), ..Sent::default() }),
            6,
            Some(weak(FAIR, Trouble::Processor)),
        ),
    ] {
        let mut room = Room::new();
        room.pass(times, pass);
        assert_eq!(room.of(BOB), expected, "{pass:?} {times} times");
    }
}

#[test]
fn once_is_never_and_what_gets_better_is_awaited() {
    let mut room = Room::new();
    let bad = Pass { made_up: 300, ..Pass::GOOD };
    room.pass(2, Pass::GOOD);
    for _ in 0..5 {
        room.pass(1, bad);
        room.pass(1, Pass::GOOD);
        assert_eq!(room.of(ADA), None);
    }
    room.pass(2, bad);
    for _ in 0..5 {
        room.pass(2, Pass::GOOD);
        room.pass(1, bad);
        assert_eq!(room.of(ADA), Some(weak(POOR, Trouble::Gaps)));
    }
    room.pass(3, Pass::GOOD);
    assert_eq!(room.of(ADA), None);
}

#[test]
fn somebody_else_in_the_same_slot_is_not_told_of_what_was_before() {
    let mut room = Room::new();
    room.pass(3, Pass::GOOD);
    room.desk.slots(2, &[("20", CLEO, CAMERA)]);
    // What Cleo is shown with began when nothing was decoded any more.
    room.pass(1, Pass { frames: 0, ..Pass::GOOD });
    room.pass(5, Pass::GOOD);
    assert_eq!(room.of(CLEO), None);
}

#[test]
fn screens_are_not_judged() {
    let mut room = Room::new();
    room.desk.slots(2, &[("20", ADA, SCREEN)]);
    room.pass(9, Pass { frames: 0, ..Pass::GOOD });
    assert_eq!(room.of(ADA), None);
}

#[test]
fn what_passed_while_the_page_was_behind_others_is_not_judged() {
    let mut room = Room::new();
    room.pass(2, Pass::GOOD);
    for _ in 0..5 {
        room.desk.wait(10_000);
        room.pass(1, Pass { frames: 0, made_up: 900, ..Pass::GOOD });
    }
    assert_eq!(room.of(ADA), None);
}

#[test]
fn of_whom_nothing_is_measured_any_more_nothing_is_said_after_a_while() {
    let mut room = Room::new();
    room.pass(1, Pass::GOOD);
    room.pass(2, Pass { frames: 0, ..Pass::GOOD });
    assert!(room.of(ADA).is_some());
    room.hidden = true;
    room.pass(2, Pass::GOOD);
    assert!(room.of(ADA).is_some());
    room.pass(1, Pass::GOOD);
    assert_eq!(room.of(ADA), None);
}

#[test]
fn of_who_is_away_that_is_said_and_nothing_else() {
    let mut room = Room::new();
    room.pass(1, Pass::GOOD);
    room.pass(2, Pass { frames: 0, ..Pass::GOOD });
    let away = shared::ParticipantInfo { away: true, ..ADA.with(&[CAMERA, MICROPHONE]) };
    room.desk.present(away);
    assert_eq!(room.of(ADA), None);
}

proptest! {
    /// What is shown was found twice in a row to be at least as bad, or not to be better three times in a row.
    #[test]
    fn what_is_shown_was_found(grades in vec(0..3_usize, 1..60)) {
        let mut room = Room::new();
        room.pass(1, Pass::GOOD);
        let lost = [0, 80, 400];
        let mut shown = vec![0];
        for (at, grade) in grades.iter().enumerate() {
            let sent = Sent { lost: lost.get(*grade).copied(), ..Sent::default() };
            room.pass(1, Pass { sent, ..Pass::GOOD });
            let now = room.of(BOB).map_or(0, |weak| if weak.grade == FAIR { 1 } else { 2 });
            let before = *shown.last().unwrap();
            let lately = |times: usize| grades[..=at].iter().rev().take(times);
            if now > before {
                prop_assert!(lately(2).count() == 2 && lately(2).all(|it| *it >= now));
            } else if now < before {
                prop_assert!(lately(3).count() == 3 && lately(3).all(|it| *it <= now));
            }
            // A streak may have begun with something milder.
            let same =
                |times: usize| lately(times).count() == times && lately(times).all(|it| it == grade);
            let is_late = (same(3) && *grade > now) || (same(5) && *grade < now);
            prop_assert!(!is_late, "never told");
            shown.push(now);
        }
    }

    /// Whatever a browser counts, forwards or back.
    #[test]
    fn no_count_is_too_odd(counts in vec(vec(any::<u64>(), 9), 1..20), pauses in vec(0..9_000_u64, 20)) {
        let mut desk = inside();
        for (counts, pause) in counts.into_iter().zip(pauses) {
            let [played, made_up, waited, emitted, frames, frozen, trip, lost, carries] =
                counts.try_into().unwrap();
            let voice = Some(voices().name(ADA.id()));
            let sound = Flow::Sound(SoundCount { voice, played, made_up, waited, emitted });
            let sent = Sent {
                round_trip: Some(trip),
                lost: Some(lost),
                limit: Some(Limit::Bandwidth),
                carries: Some(carries),
            };
            let received = vec![
                Received { mid: mid("3"), flow: sound },
                Received { mid: mid("20"), flow: Flow::Picture(PictureCount { frames, frozen }) },
                Received { mid: mid("3"), flow: Flow::Picture(PictureCount { frames, frozen }) },
            ];
            desk.wait(pause);
            desk.happen(Event::Gauged(Gauged { sent, received }));
        }
    }
}

/// What passed in two seconds.
#[derive(Clone, Copy, Debug)]
struct Pass {
    /// Frames.
    frames: u64,
    /// Milliseconds.
    frozen: u64,
    /// Of a thousand samples.
    made_up: u64,
    /// Milliseconds that each sample waited.
    waited: u64,
    sent: Sent,
}

impl Pass {
    const GOOD: Self = Self {
        frames: 50,
        frozen: 0,
        made_up: 5,
        waited: 60,
        sent: Sent { round_trip: Some(40), lost: Some(0), limit: None, carries: Some(2_000) },
    };
}

/// Ada is heard and seen at Bob's; Cleo is there.
struct Room {
    desk: Desk,
    counted: [u64; 6],
    /// Whether nothing of Ada is received.
    hidden: bool,
}

impl Room {
    fn new() -> Self {
        Self { desk: inside(), counted: [1_000; 6], hidden: false }
    }

    fn pass(&mut self, times: u32, pass: Pass) {
        let Pass { frames, frozen, made_up, waited, sent } = pass;
        for _ in 0..times {
            let more = [96_000, made_up * 96, waited * 96_000, 96_000, frames, frozen];
            for (counted, more) in self.counted.iter_mut().zip(more) {
                *counted += more;
            }
            let [played, made_up, waited, emitted, frames, frozen] = self.counted;
            let voice = Some(voices().name(ADA.id()));
            let sound = Flow::Sound(SoundCount { voice, played, made_up, waited, emitted });
            let picture = Flow::Picture(PictureCount { frames, frozen });
            let received = [("3", sound), ("20", picture)];
            let received = received.map(|(slot, flow)| Received { mid: mid(slot), flow });
            let received = if self.hidden { Vec::new() } else { received.to_vec() };
            self.desk.wait(2_000);
            self.desk.happen(Event::Gauged(Gauged { sent, received }));
        }
    }

    fn of(&self, person: Person) -> Option<Weak> {
        self.desk.tile(person).weak
    }
}

/// Bob is inside with Ada, whom he sees and hears, and Cleo.
fn inside() -> Desk {
    let mut desk = Desk::inside(BOB, &[ADA, CLEO]);
    desk.present(ADA.with(&[CAMERA, MICROPHONE]));
    desk.slots(1, &[("20", ADA, CAMERA)]);
    desk
}

const fn weak(grade: Grade, trouble: Trouble) -> Weak {
    Weak { grade, trouble }
}

fn mid(text: &str) -> Mid {
    Mid::parse(text).unwrap()
}
