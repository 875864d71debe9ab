// SPDX-License-Identifier: EUPL-1.2
//! Stories about lips and voice.

use core::time::Duration;

use shared::Mid;

use super::{
    super::{Effect, Event, Late},
    desk::{ADA, BOB, CAMERA, CLEO, Desk, Person, SCREEN, SOUND, voices},
};

const VOICE: &str = "3";
const PICTURE: &str = "20";

#[test]
fn it_is_measured_twice_a_second_how_late_those_are_who_are_seen() {
    let mut desk = running();
    desk.slots(1, &[("22", CLEO, SCREEN)]);
    desk.wait(5_000);
    desk.check("");
    desk.slots(2, &[("20", ADA, CAMERA), ("22", CLEO, SCREEN)]);
    desk.wait(499);
    desk.check("");
    desk.wait(1);
    desk.check("compare 20");
    desk.wait(500);
    desk.check("compare 20");
}

#[test]
fn what_is_earlier_waits_until_nobody_sees_a_difference() {
    for (voice, picture) in [(180, 40), (40, 180), (130, 20)] {
        let mut room = Room::new();
        let behind = room.pass(60, voice, picture);
        assert!(behind.abs() <= 20, "{voice} and {picture}: {behind}");
        assert_eq!(room.voice.is_zero(), voice > picture, "only what is earlier waits");
        assert_eq!(room.picture.is_zero(), voice < picture, "only what is earlier waits");
    }
}

#[test]
fn when_the_path_becomes_even_nothing_waits_longer_than_it_has_to() {
    let mut room = Room::new();
    room.pass(60, 250, 60);
    assert!(room.picture >= Duration::from_millis(150), "{:?}", room.picture);
    let behind = room.pass(60, 70, 50);
    assert!(behind.abs() <= 20, "{behind}");
    assert!(room.picture <= Duration::from_millis(90), "{:?}", room.picture);
}

#[test]
fn what_is_late_for_a_moment_does_not_make_the_rest_late_for_long() {
    let mut room = Room::new();
    room.pass(60, 60, 50);
    room.pass(8, 400, 50);
    room.pass(16, 60, 50);
    let (voice, picture) = room.late;
    assert!(picture - voice <= 40, "{voice} and {picture}");
}

#[test]
fn what_differs_by_a_hairs_breadth_is_left_alone() {
    let mut room = Room::new();
    room.pass(60, 60, 50);
    assert!(room.voice.is_zero() && room.picture.is_zero());
}

#[test]
fn nobody_waits_for_a_clock_that_is_wrong_for_longer_than_for_a_bad_path() {
    let mut room = Room::new();
    let most = Duration::from_millis(800);
    for voice in [3_600_000, -3_600_000, i64::MAX, i64::MIN] {
        for _ in 0..60 {
            room.is_told(voice, 0);
        }
        let expected = if voice > 0 { (Duration::ZERO, most) } else { (most, Duration::ZERO) };
        assert_eq!((room.voice, room.picture), expected);
    }
}

#[test]
fn a_screen_waits_for_its_sound_and_not_for_a_voice() {
    let mut desk = running();
    desk.present(CLEO.with(&[CAMERA, SCREEN, SOUND]));
    desk.slots(1, &[(PICTURE, CLEO, SCREEN)]);
    desk.wait(500);
    desk.check("compare 20");
    for _ in 0..20 {
        let voice = late("4", 400, Some(CLEO));
        desk.happen(Event::Late(vec![voice, late(PICTURE, 40, None)]));
    }
    desk.check("");
    let name = Some(voices().screen_sound(CLEO.id()));
    let sound = Late { mid: mid(VOICE), millis: 240, voice: name };
    let effects = desk.effects(Event::Late(vec![sound, late(PICTURE, 40, None)]));
    assert!(
        matches!(&effects[..], [Effect::Hold(slot, wait)] if *slot == mid(PICTURE) && !wait.is_zero()),
        "{effects:?}"
    );
}

#[test]
fn one_frame_that_comes_late_moves_nothing() {
    let mut room = Room::new();
    room.pass(20, 60, 50);
    room.pass(1, 60, 130);
    room.pass(20, 60, 50);
    assert!(room.voice <= Duration::from_millis(10), "{:?}", room.voice);
}

#[test]
fn a_picture_waits_in_whichever_slot_it_comes() {
    let mut room = Room::new();
    room.pass(60, 240, 40);
    let ms = room.picture.as_millis();
    room.desk.skip();
    room.desk.slots(2, &[("20", CLEO, CAMERA), ("21", ADA, CAMERA)]);
    room.desk.check(&format!("hold 20 for 0 ms\nhold 21 for {ms} ms"));
    room.desk.happen(Event::PeerFailed);
    room.desk.offered("another");
    room.desk.answer("to another");
    room.desk.slots(3, &[("23", ADA, CAMERA)]);
    room.desk.skip();
    room.desk.happen(Event::Late(vec![late(VOICE, 240, Some(ADA)), late("23", 240, None)]));
    room.desk.check(&format!("hold 23 for {ms} ms"));
}

#[test]
fn a_voice_is_known_by_its_name_in_whichever_slot_it_comes() {
    let mut room = Room::new();
    room.pass(60, 40, 240);
    let ms = room.voice.as_millis();
    room.desk.skip();
    // Ada is heard in another slot, and in hers Cleo, who is not seen.
    let moved = [late(VOICE, 40, Some(CLEO)), late("4", 240, Some(ADA)), late(PICTURE, 240, None)];
    room.desk.happen(Event::Late(moved.to_vec()));
    room.desk.check(&format!("hold 3 for 0 ms\nhold 4 for {ms} ms"));
}

#[test]
fn who_is_silent_for_a_while_is_not_forgotten() {
    let mut room = Room::new();
    room.pass(60, 240, 40);
    room.desk.skip();
    for _ in 0..10 {
        room.desk.happen(Event::Late(vec![late(PICTURE, 240, None)]));
    }
    room.desk.check("");
}

#[test]
fn nothing_waits_for_a_voice_that_nobody_is_known_by() {
    let mut desk = running();
    desk.slots(1, &[(PICTURE, ADA, CAMERA)]);
    desk.skip();
    for name in [None, Some(7)] {
        let voice = Late { mid: mid(VOICE), millis: 300, voice: name };
        for _ in 0..60 {
            desk.happen(Event::Late(vec![voice.clone(), late(PICTURE, 40, None)]));
        }
    }
    desk.check("");
}

/// Bob is inside with Ada and Cleo, and connected.
fn running() -> Desk {
    Desk::inside(BOB, &[ADA, CLEO])
}

/// How late a slot is, and whose voice is in it.
fn late(slot: &str, millis: i64, whose: Option<Person>) -> Late {
    let voice = whose.map(|person| voices().name(person.id()));
    Late { mid: mid(slot), millis, voice }
}

/// Ada is heard and seen at Bob's, whose browser does as it is told, if not at once.
struct Room {
    desk: Desk,
    voice: Duration,
    picture: Duration,
    /// How late voice and picture are.
    late: (i64, i64),
}

impl Room {
    fn new() -> Self {
        let mut desk = running();
        desk.slots(1, &[(PICTURE, ADA, CAMERA)]);
        Self { desk, voice: Duration::ZERO, picture: Duration::ZERO, late: (0, 0) }
    }

    /// So many measurements, of a path over which both are that late without waiting; by how much the voice is
    /// behind in the end.
    fn pass(&mut self, times: u32, voice: i64, picture: i64) -> i64 {
        let mut behind = 0;
        for _ in 0..times {
            let late = |path: i64, wait: Duration, was: i64| {
                let least = path.max(i64::try_from(wait.as_millis()).unwrap());
                was + (least - was).clamp(-40, 60)
            };
            let (was_voice, was_picture) = self.late;
            let voice = late(voice, self.voice, was_voice);
            let picture = late(picture, self.picture, was_picture);
            self.late = (voice, picture);
            behind = voice - picture;
            self.is_told(voice, picture);
        }
        behind
    }

    /// The browser says how late both are, and does as it is told.
    fn is_told(&mut self, voice: i64, picture: i64) {
        let late = Event::Late(vec![late(VOICE, voice, Some(ADA)), late(PICTURE, picture, None)]);
        for effect in self.desk.effects(late) {
            let Effect::Hold(slot, wait) = effect else { panic!("{effect:?}") };
            if slot == mid(VOICE) {
                self.voice = wait;
            } else {
                self.picture = wait;
            }
        }
    }
}

fn mid(text: &str) -> Mid {
    Mid::parse(text).unwrap()
}
