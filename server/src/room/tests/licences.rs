// SPDX-License-Identifier: EUPL-1.2
//! Stories about rooms that need a licence of the operator.

use shared::{Licence, LicenceTerms, OperatorKey, RoomSecret};
use std::time::Duration;

use super::super::{Licensing, RoomLimits};
use super::stage::{ADA, BOB, CLEO, START, Shows, Stage};

fn operator() -> OperatorKey {
    OperatorKey::from_random([5; 32])
}

fn licence_for(secret: &RoomSecret, key: &OperatorKey, max_participants: u16) -> Licence {
    let until = START + Duration::from_hours(1);
    let terms = LicenceTerms { max_participants, until, number: 1 };
    Licence::issue(key, secret.moderator_key().room_id(), terms)
}

fn licensed() -> Stage {
    Stage::with(RoomLimits::default(), Licensing::Licensed(operator().mark()))
}

impl Stage {
    fn arrive_licensed(&mut self, name: &'static str, licence: &Licence) {
        self.arrive_with(name, |shows: &mut Shows| {
            shows.the_bookmark();
            shows.entry.licence = Some(licence.clone());
        });
    }
}

#[test]
fn a_moderator_without_a_licence_is_told_so() {
    let mut stage = licensed();
    stage.arrive_as_moderator(ADA);
    stage.check("ada ← challenge\nada ← refused unlicensed\nada closed\nstop");
    let another_operators = licence_for(&stage.secret, &OperatorKey::from_random([6; 32]), 5);
    let another_rooms = licence_for(&RoomSecret::from_random([9; 32]), &operator(), 5);
    for licence in [another_operators, another_rooms] {
        stage.skip();
        stage.arrive_licensed(BOB, &licence);
        assert!(stage.room.seats.is_empty());
    }
}

#[test]
fn a_licence_that_holds_opens_the_room_and_lowers_its_seats() {
    let mut stage = licensed();
    let licence = licence_for(&stage.secret, &operator(), 2);
    stage.arrive_licensed(ADA, &licence);
    stage.check("ada ← challenge\nada ← welcome r1: ada★");
    stage.enter_inside(BOB);
    stage.arrive(CLEO);
    stage.skip();
    stage.admit(ADA, CLEO);
    stage.check("cleo ← refused full\ncleo closed\nada ← knock gone cleo");
}

#[test]
fn a_licence_bounds_moderators_too_with_their_reserve_on_top() {
    let limits = RoomLimits { reserve: 1, ..RoomLimits::default() };
    let mut stage = Stage::with(limits, Licensing::Licensed(operator().mark()));
    let licence = licence_for(&stage.secret, &operator(), 2);
    for name in [ADA, BOB, CLEO] {
        stage.arrive_licensed(name, &licence);
    }
    assert_eq!(stage.room.seats.len(), 3);
    stage.skip();
    stage.arrive_licensed("dora", &licence);
    stage.check("dora ← challenge\ndora ← refused full\ndora closed");
}

#[test]
fn a_licence_allows_no_more_than_the_server_does() {
    let limits = RoomLimits { seats: 1, ..RoomLimits::default() };
    let mut stage = Stage::with(limits, Licensing::Licensed(operator().mark()));
    let licence = licence_for(&stage.secret, &operator(), 500);
    stage.arrive_licensed(ADA, &licence);
    stage.arrive(BOB);
    stage.skip();
    stage.admit(ADA, BOB);
    stage.check("bob ← refused full\nbob closed\nada ← knock gone bob");
}

#[test]
fn a_licence_ends_at_the_door_and_throws_nobody_out() {
    let mut stage = licensed();
    let licence = licence_for(&stage.secret, &operator(), 5);
    stage.leap(3_599);
    stage.arrive_licensed(ADA, &licence);
    stage.cut(ADA);
    stage.skip();
    stage.leap(1);
    stage.resume_as_moderator(ADA);
    stage.check("ada#2 ← challenge\nada#2 ← welcome r3: ada★");
    stage.arrive_licensed(CLEO, &licence);
    stage.check("cleo ← challenge\ncleo ← refused licenceexpired\ncleo closed");
}

#[test]
fn guests_need_no_licence() {
    let mut stage = licensed();
    stage.arrive(BOB);
    stage.check("bob ← challenge\nbob ← waiting for moderator");
}
