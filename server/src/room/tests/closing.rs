// SPDX-License-Identifier: EUPL-1.2
//! Stories about a server that goes out of service.

use core::time::Duration;

use shared::Timestamp;

use super::super::Input;
use super::stage::{ADA, BOB, CLEO, Stage};

/// Said in the first second of a story: there is a quarter of an hour.
fn close(stage: &mut Stage) {
    stage.handle(Input::Closing(Timestamp::since_start(Duration::from_mins(15))));
}

#[track_caller]
fn has_told(stage: &mut Stage, line: &str) {
    assert!(stage.lines.iter().any(|told| told == line), "{line}: {:#?}", stage.lines);
    stage.skip();
}

#[test]
fn who_is_inside_is_told_how_long_and_goes_on() {
    let mut stage = Stage::with_inside(&[BOB]);
    close(&mut stage);
    stage.check(
        "ada ← closing (900 s)
         bob ← closing (900 s)",
    );
    stage.wait(600);
    stage.check("");
}

#[test]
fn who_comes_to_a_conference_that_goes_on_is_told_too() {
    let mut stage = Stage::with_inside(&[BOB]);
    close(&mut stage);
    stage.cut(BOB);
    stage.wait(10);
    stage.skip();
    stage.resume(BOB);
    has_told(&mut stage, "bob#2 ← closing (890 s)");
    stage.arrive(CLEO);
    stage.admit(ADA, CLEO);
    has_told(&mut stage, "cleo ← closing (890 s)");
}

#[test]
fn who_waits_at_the_door_of_a_conference_that_goes_on_is_told_too() {
    let mut stage = Stage::with_inside(&[]);
    stage.arrive(BOB);
    stage.skip();
    close(&mut stage);
    stage.check(
        "ada ← closing (900 s)
         bob ← closing (900 s)",
    );
    stage.wait(10);
    stage.arrive(CLEO);
    has_told(&mut stage, "cleo ← closing (890 s)");
}

#[test]
fn nothing_begins_any_more() {
    let mut stage = Stage::new();
    stage.connect(ADA);
    stage.skip();
    close(&mut stage);
    stage.check("");
    stage.arrive_as_moderator(BOB);
    has_told(&mut stage, "bob ← refused outofservice");
}

#[test]
fn nobody_is_left_waiting_for_what_will_not_begin() {
    let mut stage = Stage::new();
    stage.arrive(BOB);
    stage.skip();
    close(&mut stage);
    has_told(&mut stage, "bob ← refused outofservice");
    let mut stage = Stage::with_inside(&[]);
    stage.arrive(CLEO);
    close(&mut stage);
    stage.skip();
    stage.leave(ADA);
    has_told(&mut stage, "cleo ← refused outofservice");
}
