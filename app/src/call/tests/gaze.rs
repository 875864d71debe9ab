// SPDX-License-Identifier: EUPL-1.2
//! Stories about which pictures are wanted.

use shared::{ParticipantId, ParticipantInfo, RosterChange};

use super::{
    super::{Event, TileKey},
    desk::{ADA, BOB, CAMERA, CLEO, Desk, Person, SCREEN},
};

#[test]
fn a_page_that_does_not_measure_says_nothing() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.present(ADA.with(&[CAMERA]));
    desk.happen(Event::Turned { to_front: false });
    desk.wait(5_000);
    desk.check("");
}

#[test]
fn screens_come_before_faces_and_the_own_picture_is_not_wanted() {
    let mut desk = Desk::inside(BOB, &[ADA, CLEO]);
    desk.present(CLEO.with(&[CAMERA, SCREEN]));
    desk.happen(Event::Measured(vec![
        (face(ADA), 180),
        (face(BOB), 240),
        (face(CLEO), 300),
        (screen(CLEO), 720),
    ]));
    desk.check("say want screen of cleo at 720, camera of ada at 180, camera of cleo at 300");
}

#[test]
fn somebody_who_comes_is_wanted_before_their_tile_is_measured() {
    let mut desk = watching(&[(ADA, 180)]);
    desk.present(CLEO.with(&[CAMERA]));
    desk.check("say want camera of ada at 180, camera of cleo at 360");
}

#[test]
fn a_picture_that_grows_is_wanted_at_once() {
    let mut desk = watching(&[(ADA, 180)]);
    measured(&mut desk, ADA, 720);
    desk.check("say want camera of ada at 720");
}

#[test]
fn no_more_than_four_times_a_second_is_said_how_tall_a_picture_is() {
    let mut desk = watching(&[(ADA, 180)]);
    measured(&mut desk, ADA, 240);
    desk.check("say want camera of ada at 240");
    measured(&mut desk, ADA, 300);
    measured(&mut desk, ADA, 360);
    desk.wait(249);
    desk.check("");
    desk.wait(1);
    desk.check("say want camera of ada at 360");
}

#[test]
fn a_picture_that_shrinks_is_wanted_as_it_was_for_half_a_second() {
    let mut desk = watching(&[(ADA, 720)]);
    measured(&mut desk, ADA, 360);
    desk.wait(300);
    measured(&mut desk, ADA, 180);
    desk.wait(199);
    desk.check("");
    desk.wait(1);
    desk.check("say want camera of ada at 180");
}

#[test]
fn a_picture_that_is_hidden_for_a_moment_goes_on() {
    let mut desk = watching(&[(ADA, 360)]);
    measured(&mut desk, ADA, 0);
    desk.wait(400);
    measured(&mut desk, ADA, 360);
    desk.wait(5_000);
    desk.check("");
    measured(&mut desk, ADA, 0);
    desk.wait(500);
    desk.check("say want nothing");
}

#[test]
fn one_that_grows_takes_nothing_from_one_that_is_hidden_for_a_moment() {
    let mut desk = watching(&[(ADA, 360), (CLEO, 180)]);
    measured(&mut desk, ADA, 0);
    desk.wait(100);
    measured(&mut desk, CLEO, 360);
    desk.check("say want camera of ada at 360, camera of cleo at 360");
    desk.wait(400);
    desk.check("say want camera of cleo at 360");
}

#[test]
fn behind_other_pages_nothing_is_wanted() {
    let mut desk = watching(&[(ADA, 360)]);
    desk.happen(Event::Turned { to_front: false });
    desk.wait(500);
    desk.check("say want nothing");
    desk.wait(1_000);
    desk.happen(Event::Turned { to_front: true });
    desk.check("say want camera of ada at 360");
}

#[test]
fn somebody_who_goes_is_not_wanted_and_is_forgotten() {
    let mut desk = watching(&[(ADA, 360), (CLEO, 720)]);
    desk.change(RosterChange::Gone { participant: CLEO.id() });
    desk.check("say want camera of ada at 360");
    desk.wait(250);
    desk.present(CLEO.with(&[]));
    desk.check("say want camera of ada at 360, camera of cleo at 360");
}

#[test]
fn what_is_wanted_is_said_again_on_each_line() {
    let mut desk = watching(&[(ADA, 360)]);
    desk.happen(Event::SocketClosed);
    desk.greet();
    desk.skip();
    desk.welcome(&[ADA]);
    desk.check(
        "keep seat
         say publish nothing
         say want camera of ada at 360",
    );
}

#[test]
fn in_a_crowd_those_are_wanted_who_can_be_seen() {
    let mut desk = watching(&[(ADA, 360)]);
    for number in 10..80 {
        let live = if number >= 70 { vec![CAMERA] } else { Vec::new() };
        desk.present(ParticipantInfo { id: ParticipantId(number), ..CLEO.with(&live) });
    }
    desk.skip();
    desk.wait(250);
    let wanted: Vec<_> = (70..80).map(|number| format!("camera of p{number} at 360")).collect();
    desk.check(&format!("say want {}", wanted.join(", ")));
}

/// Bob's page, on which the others are shown this tall.
fn watching(shown: &[(Person, u16)]) -> Desk {
    let others: Vec<_> = shown.iter().map(|(person, _)| *person).collect();
    let mut desk = Desk::inside(BOB, &others);
    let tiles = shown.iter().map(|(person, lines)| (face(*person), *lines)).collect();
    desk.happen(Event::Measured(tiles));
    desk.wait(1_000);
    desk.skip();
    desk
}

fn measured(desk: &mut Desk, person: Person, lines: u16) {
    desk.happen(Event::Measured(vec![(face(person), lines)]));
}

fn face(person: Person) -> TileKey {
    TileKey { id: person.id(), screen: false }
}

fn screen(person: Person) -> TileKey {
    TileKey { id: person.id(), screen: true }
}
