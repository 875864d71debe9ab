// SPDX-License-Identifier: EUPL-1.2
//! Stories about the door.

use shared::{ClientMessage, Moderation, ParticipantId};

use super::super::{Input, RoomLimits, SessionId};
use super::stage::{ADA, BOB, CLEO, MICROPHONE, Shows, Stage};

#[test]
fn a_moderator_never_meets_the_lobby() {
    let mut stage = Stage::new();
    stage.arrive_as_moderator(ADA);
    stage.check(
        "ada ← challenge
         ada ← welcome r1: ada★",
    );
}

#[test]
fn who_comes_before_the_moderator_waits_for_one_and_then_for_admission() {
    let mut stage = Stage::new();
    stage.arrive(BOB);
    stage.arrive(CLEO);
    stage.check(
        "bob ← challenge
         bob ← waiting for moderator
         cleo ← challenge
         cleo ← waiting for moderator",
    );
    stage.arrive_as_moderator(ADA);
    stage.check(
        "ada ← challenge
         ada ← welcome r1: ada★; knocking bob, cleo
         bob ← waiting for admission
         cleo ← waiting for admission",
    );
}

#[test]
fn an_admission_is_told_to_everybody_whom_it_concerns() {
    let mut stage = Stage::with_inside(&[CLEO]);
    stage.arrive(BOB);
    stage.check(
        "bob ← challenge
         bob ← waiting for admission
         ada ← knock bob",
    );
    stage.admit(ADA, BOB);
    stage.check(
        "bob ← welcome r3: ada★, cleo, bob
         ada ← r3 present bob
         cleo ← r3 present bob
         ada ← knock gone bob",
    );
}

#[test]
fn the_welcome_is_in_order_of_arrival_inside_not_at_the_door() {
    let mut stage = Stage::new();
    stage.arrive(BOB);
    stage.arrive(CLEO);
    stage.arrive_as_moderator(ADA);
    stage.admit(ADA, CLEO);
    stage.skip();
    stage.admit(ADA, BOB);
    stage.check(
        "bob ← welcome r3: ada★, cleo, bob
         ada ← r3 present bob
         cleo ← r3 present bob
         ada ← knock gone bob",
    );
}

#[test]
fn everybody_can_be_admitted_at_once() {
    let mut stage = Stage::new();
    stage.arrive(BOB);
    stage.arrive(CLEO);
    stage.arrive_as_moderator(ADA);
    stage.skip();
    stage.admit_all(ADA, CLEO);
    stage.check(
        "bob ← welcome r2: ada★, bob
         ada ← r2 present bob
         ada ← knock gone bob
         cleo ← welcome r3: ada★, bob, cleo
         ada ← r3 present cleo
         bob ← r3 present cleo
         ada ← knock gone cleo",
    );
}

/// Who knocks while the moderator's word is on its way was not seen by them.
#[test]
fn who_came_after_the_moderator_looked_is_not_let_in_with_everybody() {
    let mut stage = Stage::with_inside(&[]);
    stage.arrive(BOB);
    stage.arrive(CLEO);
    stage.skip();
    stage.admit_all(ADA, BOB);
    stage.check(
        "bob ← welcome r2: ada★, bob
         ada ← r2 present bob
         ada ← knock gone bob",
    );
}

#[test]
fn who_is_turned_away_is_told_so_and_every_moderator_learns_it() {
    let mut stage = Stage::new();
    stage.arrive_as_moderator(ADA);
    stage.arrive_as_moderator(CLEO);
    stage.arrive(BOB);
    stage.skip();
    stage.refuse(CLEO, BOB);
    stage.check(
        "bob ← refused turnedaway (30 s)
         bob closed
         ada ← knock gone bob
         cleo ← knock gone bob",
    );
}

#[test]
fn deciding_about_somebody_who_is_no_longer_there_is_harmless() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.admit(ADA, BOB);
    stage.refuse(ADA, BOB);
    stage.moderate(ADA, Moderation::Admit { participant: ParticipantId(99) });
    stage.moderate(ADA, Moderation::AdmitAll { up_to: ParticipantId(99) });
    stage.check("");
}

#[test]
fn who_is_no_moderator_and_moderates_does_nothing_and_is_counted() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.arrive(CLEO);
    stage.skip();
    stage.admit(BOB, CLEO);
    stage.check("");
    assert_eq!(stage.room.counts().denied, 1);
}

#[test]
fn who_waits_cannot_let_themselves_in() {
    let mut stage = Stage::with_inside(&[]);
    stage.arrive(BOB);
    stage.skip();
    stage.admit(BOB, BOB);
    stage.check(
        "bob ← closed protocol
         bob closed
         ada ← knock gone bob",
    );
}

#[test]
fn a_proof_that_does_not_hold_is_refused_instead_of_left_to_wait() {
    let mut stage = Stage::new();
    stage.arrive_as_impostor(BOB);
    stage.check(
        "bob ← challenge
         bob ← refused wrongproof
         bob closed
         stop",
    );
}

#[test]
fn a_proof_for_another_connection_is_worth_nothing() {
    let mut stage = Stage::with_inside(&[]);
    stage.arrive_with_the_proof_of(BOB, ADA);
    stage.check(
        "bob ← challenge
         bob ← refused wrongproof
         bob closed",
    );
}

#[test]
fn when_the_last_moderator_goes_those_at_the_door_wait_for_another_one() {
    let mut stage = Stage::with_inside(&[]);
    stage.arrive(BOB);
    stage.skip();
    stage.leave(ADA);
    stage.check(
        "ada ← closed left
         ada closed
         close transport ada
         bob ← waiting for moderator",
    );
}

#[test]
fn a_moderator_who_is_away_decides_about_nobody() {
    let mut stage = Stage::with_inside(&[]);
    stage.arrive(BOB);
    stage.skip();
    stage.cut(ADA);
    stage.check("bob ← waiting for moderator");
    stage.resume(ADA);
    stage.check(
        "ada#2 ← challenge
         ada#2 ← welcome r3: ada★; knocking bob
         bob ← waiting for admission",
    );
    stage.cut(ADA);
    stage.wait(30);
    stage.check(
        "bob ← waiting for moderator
         close transport ada",
    );
}

#[test]
fn who_gives_up_waiting_knocks_no_longer() {
    let mut stage = Stage::with_inside(&[]);
    stage.arrive(BOB);
    stage.arrive(CLEO);
    stage.skip();
    stage.cut(BOB);
    stage.leave(CLEO);
    stage.check(
        "ada ← knock gone bob
         cleo ← closed left
         cleo closed
         ada ← knock gone cleo",
    );
}

#[test]
fn a_connection_that_says_nothing_is_closed_after_ten_seconds() {
    let mut stage = Stage::new();
    stage.connect(BOB);
    stage.wait(9);
    stage.check("bob ← challenge");
    stage.wait(1);
    stage.check(
        "bob ← closed protocol
         bob closed
         stop",
    );
}

#[test]
fn nothing_but_entering_can_be_said_first() {
    let publish = ClientMessage::Publish { live: vec![MICROPHONE], heard: 0 };
    for message in [ClientMessage::Leave {}, publish] {
        let mut stage = Stage::with_inside(&[]);
        stage.connect(BOB);
        stage.skip();
        stage.say(BOB, message);
        stage.check("bob ← closed protocol\nbob closed");
    }
}

#[test]
fn a_stranger_and_a_closed_connection_are_not_heard() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.leave(BOB);
    stage.skip();
    stage.leave(BOB);
    stage.cut(BOB);
    stage.handle(Input::Message(SessionId(99), ClientMessage::Leave {}));
    stage.handle(Input::Disconnected(SessionId(99)));
    stage.check("");
}

#[test]
fn a_full_room_and_a_full_lobby_say_so_but_let_moderators_in() {
    let limits = RoomLimits { seats: 1, reserve: 1, waiting: 1, ..RoomLimits::default() };
    let mut stage = Stage::with_limits(limits);
    stage.arrive(BOB);
    stage.skip();
    stage.arrive(CLEO);
    stage.check("cleo ← challenge\ncleo ← refused full\ncleo closed");
    stage.arrive_as_moderator(ADA);
    stage.skip();
    stage.admit(ADA, BOB);
    stage.check("bob ← refused full\nbob closed\nada ← knock gone bob");
    stage.arrive_as_moderator(CLEO);
    stage.check(
        "cleo#2 ← challenge
         cleo#2 ← welcome r2: ada★, cleo★
         ada ← r2 present cleo★",
    );
    stage.arrive_as_moderator(BOB);
    stage.check("bob#2 ← challenge\nbob#2 ← refused full\nbob#2 closed");
}

#[test]
fn silent_connections_of_a_crowd_keep_nobody_out_who_comes_from_elsewhere() {
    let limits = RoomLimits { challenged: 3, ..RoomLimits::default() };
    let mut stage = Stage::with_limits(limits);
    stage.connect_from(ADA, 1);
    for name in ["m1", "m2", "m3", "m4"] {
        stage.connect_from(name, 2);
    }
    stage.check(
        "ada ← challenge
         m1 ← challenge
         m2 ← challenge
         m1 ← refused full
         m1 closed
         m3 ← challenge
         m2 ← refused full
         m2 closed
         m4 ← challenge",
    );
    stage.enter_with(ADA, Shows::the_bookmark);
    stage.check("ada ← welcome r1: ada★");
}

#[test]
fn who_comes_from_the_second_of_two_crowds_crowds_out_their_own() {
    let limits = RoomLimits { challenged: 4, ..RoomLimits::default() };
    let mut stage = Stage::with_limits(limits);
    for (name, source) in [("m1", 1), ("n1", 2), ("m2", 1), ("n2", 2)] {
        stage.connect_from(name, source);
    }
    stage.skip();
    stage.connect_from("n3", 2);
    stage.check("n1 ← refused full\nn1 closed\nn3 ← challenge");
}

#[test]
fn the_oldest_of_too_many_silent_connections_gives_way() {
    let limits = RoomLimits { challenged: 1, ..RoomLimits::default() };
    let mut stage = Stage::with_limits(limits);
    stage.connect(BOB);
    stage.connect(CLEO);
    stage.check(
        "bob ← challenge
         bob ← refused full
         bob closed
         cleo ← challenge",
    );
}
