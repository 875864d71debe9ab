// SPDX-License-Identifier: EUPL-1.2
//! Stories about a conference whose moderators are gone.

use shared::Moderation;

use super::stage::{ADA, BOB, CAMERA, CLEO, MICROPHONE, Stage};

#[test]
fn after_two_minutes_without_a_moderator_everything_is_off_and_nobody_is_out() {
    let mut stage = Stage::with_transports(&[BOB, CLEO]);
    stage.publish(BOB, &[MICROPHONE, CAMERA]);
    stage.leave(ADA);
    stage.skip();
    stage.wait(119);
    stage.check("");
    stage.wait(1);
    stage.check(
        "shut bob/microphone
         shut bob/camera
         bob ← silenced microphone (1)
         bob ← silenced camera (2)
         bob ← r6 present bob
         cleo ← r6 present bob
         routes cleo:
         cleo ← slots r3:
         sounds cleo:
         bob ← r7 rules paused
         cleo ← r7 rules paused",
    );
    stage.publish_having_heard(BOB, &[CAMERA], 2);
    stage.check("bob ← silenced camera (3)");
}

#[test]
fn a_moderator_who_returns_opens_the_floor_and_nothing_on_it() {
    let mut stage = Stage::with_transports(&[BOB]);
    stage.publish(BOB, &[CAMERA]);
    stage.leave(ADA);
    stage.wait(120);
    stage.skip();
    stage.arrive_as_moderator(ADA);
    stage.check(
        "ada#2 ← challenge
         ada#2 ← welcome r7 paused: bob, ada★
         bob ← r7 present ada★
         bob ← r8 rules
         ada#2 ← r8 rules",
    );
    stage.publish_having_heard(BOB, &[CAMERA], 1);
    stage.check(
        "open bob/camera
         bob ← r9 present bob +camera
         ada#2 ← r9 present bob +camera",
    );
}

#[test]
fn after_a_quarter_of_an_hour_without_a_moderator_it_ends() {
    let mut stage = Stage::with_inside(&[BOB, CLEO]);
    stage.leave(ADA);
    stage.wait(120);
    stage.arrive("dora");
    stage.cut(CLEO);
    stage.skip();
    stage.wait(15 * 60 - 120 - 1);
    stage.check(
        "close transport cleo
         bob ← r7 gone cleo",
    );
    stage.wait(1);
    stage.check(
        "close transport bob
         bob ← closed abandoned
         bob closed
         dora ← closed abandoned
         dora closed
         stop",
    );
}

#[test]
fn the_time_counts_from_the_moment_the_last_moderator_was_cut_off() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.cut(ADA);
    stage.wait(30);
    stage.skip();
    stage.wait(89);
    stage.check("");
    stage.wait(1);
    stage.check("bob ← r5 rules paused");
}

#[test]
fn one_moderator_is_enough_and_a_return_starts_the_time_anew() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.act(ADA, |participant| Moderation::MakeModerator { participant }, BOB);
    stage.leave(ADA);
    stage.skip();
    stage.wait(3_600);
    stage.check("");
    stage.cut(BOB);
    stage.wait(20);
    stage.resume(BOB);
    stage.skip();
    stage.arrive(CLEO);
    stage.check("cleo ← challenge\ncleo ← waiting for admission\nbob#2 ← knock cleo");
}

#[test]
fn who_steps_down_as_the_last_moderator_leaves_the_room_unattended() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.act(ADA, |participant| Moderation::MakeModerator { participant }, BOB);
    stage.leave(ADA);
    stage.arrive(CLEO);
    stage.skip();
    stage.act(BOB, |participant| Moderation::MakeParticipant { participant }, BOB);
    stage.check("bob ← r5 present bob\ncleo ← waiting for moderator");
    stage.wait(120);
    stage.check("bob ← r6 rules paused");
}

#[test]
fn a_pause_that_nobody_was_woken_for_has_happened_all_the_same() {
    let mut stage = Stage::with_transports(&[BOB]);
    stage.publish(BOB, &[CAMERA]);
    stage.leave(ADA);
    stage.skip();
    stage.leap(120);
    stage.publish_having_heard(BOB, &[CAMERA], 0);
    stage.check(
        "shut bob/camera
         bob ← silenced camera (1)
         bob ← r5 present bob
         bob ← r6 rules paused",
    );
    stage.leap(13 * 60);
    stage.arrive(CLEO);
    stage.check(
        "close transport bob
         bob ← closed abandoned
         bob closed
         cleo ← challenge
         cleo ← waiting for moderator",
    );
}

#[test]
fn who_waits_for_the_first_moderator_waits_as_long_as_they_like() {
    let mut stage = Stage::new();
    stage.arrive(BOB);
    stage.skip();
    stage.wait(3_600);
    stage.check("");
}
