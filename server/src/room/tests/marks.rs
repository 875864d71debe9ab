// SPDX-License-Identifier: EUPL-1.2
//! Stories about the invitation that somebody showed to hold: who sees them is told of it.

use shared::{GuestMark, RoomSecret};

use super::stage::{ADA, BOB, CLEO, Shows, Stage};

/// By which mark the room knows somebody inside.
fn shown_by(stage: &Stage, name: &str) -> Option<GuestMark> {
    stage.room.seat(stage.participant(name)).expect("inside").info().guest
}

fn own_mark(stage: &Stage) -> GuestMark {
    stage.secret.invitation_key().guest_key().mark()
}

#[test]
fn who_shows_an_invitation_is_known_by_its_mark_at_the_door_and_inside() {
    let mut stage = Stage::with_inside(&[]);
    let other = RoomSecret::from_random([9; 32]);
    stage.arrive_with(BOB, Shows::the_invitation);
    stage.arrive_with(CLEO, |shows| shows.the_invitation_of(&other));
    let knocks: Vec<_> = stage.room.knocks().iter().map(|knock| knock.guest).collect();
    let others = Some(other.invitation_key().guest_key().mark());
    assert_eq!(knocks, [Some(own_mark(&stage)), others]);
    stage.admit_all(ADA, CLEO);
    assert_eq!(shown_by(&stage, BOB), Some(own_mark(&stage)));
    assert_eq!(shown_by(&stage, CLEO), others);
    assert_eq!(shown_by(&stage, ADA), None, "showed none");
}

#[test]
fn who_repeats_the_proof_of_somebody_else_shows_none() {
    let mut stage = Stage::with_inside(&[]);
    let mut overheard = None;
    stage.arrive_with(BOB, |shows| {
        shows.the_invitation();
        overheard.clone_from(&shows.entry.guest);
    });
    stage.arrive_with(CLEO, |shows| shows.entry.guest = overheard);
    let knocks: Vec<_> = stage.room.knocks().iter().map(|knock| knock.guest).collect();
    assert_eq!(knocks, [Some(own_mark(&stage)), None]);
}

#[test]
fn a_holder_of_the_bookmark_shows_an_invitation_too() {
    let mut stage = Stage::new();
    stage.arrive_with(ADA, |shows| {
        shows.the_bookmark();
        shows.the_invitation();
    });
    assert_eq!(shown_by(&stage, ADA), Some(own_mark(&stage)));
}

#[test]
fn a_mark_stays_with_the_seat_until_another_one_is_shown() {
    let mut stage = Stage::with_inside(&[]);
    let other = RoomSecret::from_random([9; 32]);
    stage.arrive_with(BOB, Shows::the_invitation);
    stage.admit(ADA, BOB);
    stage.resume(BOB);
    assert_eq!(shown_by(&stage, BOB), Some(own_mark(&stage)));
    let token = stage.token(BOB);
    stage.arrive_with(BOB, |shows| {
        shows.the_invitation_of(&other);
        shows.entry.resume = Some(token);
    });
    assert_eq!(shown_by(&stage, BOB), Some(other.invitation_key().guest_key().mark()));
}
