// SPDX-License-Identifier: EUPL-1.2
//! Stories about a lobby that is full.

use super::super::{Input, Room, RoomLimits, SessionId, SourceKey};
use super::stage::{ADA, BOB, CLEO, Stage, enter};
use shared::{ClientMessage, Timestamp};

fn crowded(waiting: usize) -> Stage {
    let mut stage = Stage::with_limits(RoomLimits { waiting, ..RoomLimits::default() });
    stage.arrive_as_moderator(ADA);
    stage
}

#[test]
fn the_last_of_the_largest_crowd_gives_way_to_who_comes_from_elsewhere() {
    let mut stage = crowded(3);
    for name in ["m1", "m2", "m3"] {
        stage.arrive_from(name, 1);
    }
    stage.skip();
    stage.arrive_from(BOB, 2);
    stage.check(
        "bob ← challenge
         m3 ← refused full
         m3 closed
         ada ← knock gone m3
         bob ← waiting for admission
         ada ← knock bob",
    );
    stage.arrive_from("m4", 1);
    stage.check("m4 ← challenge\nm4 ← refused full\nm4 closed");
}

#[test]
fn whoever_comes_from_where_few_come_from_is_left_alone() {
    let mut stage = crowded(3);
    stage.arrive_from("m1", 1);
    stage.arrive_from("m2", 1);
    stage.arrive_from(BOB, 2);
    stage.skip();
    stage.arrive_from(CLEO, 3);
    stage.check(
        "cleo ← challenge
         m2 ← refused full
         m2 closed
         ada ← knock gone m2
         cleo ← waiting for admission
         ada ← knock cleo",
    );
}

#[test]
fn nobody_gives_way_where_nothing_would_be_fairer() {
    let mut stage = crowded(2);
    stage.arrive_from(BOB, 2);
    stage.arrive_from(CLEO, 3);
    stage.skip();
    for (name, source) in [("m1", 1), ("m2", 2)] {
        stage.arrive_from(name, source);
        stage.check(&format!("{name} ← challenge\n{name} ← refused full\n{name} closed"));
    }
}

/// Ten thousand knocks from one place: nothing grows, each costs a bounded number of words, and
/// somebody from elsewhere finds a place, keeps it, and is admitted.
#[test]
fn a_flood_of_knocks_from_one_place_keeps_nobody_else_out() {
    let mut stage = Stage::new();
    stage.arrive_as_moderator(ADA);
    let profile = stage.profile("mallory");
    let flood = |room: &mut Room, from: u64| {
        let mut words = 0;
        for session in (from..from + 5_000).map(SessionId) {
            let connected = Input::Connected(session, SourceKey(1));
            let entered = ClientMessage::Enter(enter(profile.clone()));
            for input in [connected, Input::Message(session, entered)] {
                words = words.max(room.handle(Timestamp::default(), input).len());
            }
            assert!(room.waiting.len() <= 100);
            assert!(room.sessions.len() <= 102);
        }
        words
    };
    let words = flood(&mut stage.room, 1_000);
    assert!(words <= 3, "{words}");
    stage.skip();
    stage.arrive_from(BOB, 2);
    let bob = stage.room.minted;
    assert!(stage.room.waiting.keys().any(|id| id.0 == bob), "Bob found a place");
    let words = flood(&mut stage.room, 10_000);
    assert!(words <= 3, "{words}");
    assert!(stage.room.waiting.keys().any(|id| id.0 == bob), "and kept it");
    assert_eq!(stage.room.waiting.len(), 100);
    assert_eq!(stage.room.memory.len(), (0, 0));
    stage.admit(ADA, BOB);
    assert_eq!(stage.room.seats.len(), 2);
}
