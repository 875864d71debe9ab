// SPDX-License-Identifier: EUPL-1.2
//! Stories about seats: losing them, keeping them, returning to them.

use shared::{ClientMessage, ResumeToken};

use super::super::TransportChange;
use super::stage::{ADA, BOB, CAMERA, CLEO, MICROPHONE, Stage, enter};

#[test]
fn who_is_cut_off_keeps_the_seat_and_its_transport() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.open_transport(BOB);
    stage.publish(BOB, &[CAMERA]);
    stage.skip();
    stage.cut(BOB);
    stage.check("ada ← r4 present bob +camera (away)");
    stage.wait(29);
    stage.resume(BOB);
    stage.check(
        "bob#2 ← challenge
         bob#2 ← welcome r5: ada★, bob +camera
         ada ← r5 present bob +camera
         bob#2 ← slots r1:",
    );
}

#[test]
fn who_does_not_return_in_time_is_gone() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.cut(BOB);
    stage.skip();
    stage.wait(30);
    stage.check(
        "close transport bob
         ada ← r4 gone bob",
    );
}

#[test]
fn a_token_is_worth_nothing_once_the_seat_is_gone() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.cut(BOB);
    stage.wait(30);
    stage.skip();
    stage.resume(BOB);
    stage.check(
        "bob#2 ← challenge
         bob#2 ← waiting for admission
         ada ← knock bob",
    );
}

#[test]
fn time_that_is_over_is_over_even_if_nobody_was_woken() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.cut(BOB);
    stage.skip();
    stage.leap(30);
    stage.resume(BOB);
    stage.check(
        "close transport bob
         ada ← r4 gone bob
         bob#2 ← challenge
         bob#2 ← waiting for admission
         ada ← knock bob",
    );
}

#[test]
fn a_welcome_that_was_lost_voids_nothing() {
    let mut stage = Stage::with_inside(&[BOB]);
    let first = stage.token(BOB);
    stage.cut(BOB);
    stage.resume(BOB);
    stage.cut(BOB);
    stage.skip();
    stage.resume_with(BOB, first);
    stage.check(
        "bob#3 ← challenge
         bob#3 ← welcome r6: ada★, bob
         ada ← r6 present bob",
    );
}

#[test]
fn a_welcome_that_was_heard_voids_the_token_of_the_one_before() {
    let mut stage = Stage::with_inside(&[BOB]);
    let first = stage.token(BOB);
    stage.cut(BOB);
    stage.resume(BOB);
    stage.publish(BOB, &[]);
    stage.cut(BOB);
    stage.skip();
    stage.resume_with(BOB, first);
    stage.check(
        "bob#3 ← challenge
         bob#3 ← waiting for admission
         ada ← knock bob",
    );
}

#[test]
fn an_invented_token_is_worth_nothing() {
    let mut stage = Stage::with_inside(&[]);
    stage.resume_with(BOB, ResumeToken::from_bytes([0; 32]));
    stage.check(
        "bob ← challenge
         bob ← waiting for admission
         ada ← knock bob",
    );
}

#[test]
fn a_second_tab_takes_the_seat_over() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.resume(BOB);
    stage.check(
        "bob#2 ← challenge
         bob ← closed replaced
         bob closed
         bob#2 ← welcome r3: ada★, bob
         ada ← r3 present bob",
    );
}

#[test]
fn a_moderator_returns_as_a_moderator() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.cut(ADA);
    stage.skip();
    stage.resume(ADA);
    stage.check(
        "ada#2 ← challenge
         ada#2 ← welcome r4: ada★, bob
         bob ← r4 present ada★",
    );
}

#[test]
fn who_returns_with_the_bookmark_becomes_a_moderator() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.arrive(CLEO);
    stage.leave(ADA);
    stage.skip();
    stage.resume_as_moderator(BOB);
    stage.check(
        "bob#2 ← challenge
         bob ← closed replaced
         bob closed
         bob#2 ← welcome r4: bob★; knocking cleo
         cleo ← waiting for admission",
    );
}

#[test]
fn who_leaves_is_gone_at_once() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.leave(BOB);
    stage.check(
        "bob ← closed left
         bob closed
         close transport bob
         ada ← r3 gone bob",
    );
}

#[test]
fn the_room_stops_when_nobody_is_left_and_no_seat_is_kept() {
    let mut stage = Stage::with_inside(&[]);
    stage.cut(ADA);
    stage.check("");
    stage.wait(30);
    stage.check("close transport ada\nstop");
}

#[test]
fn entering_twice_breaks_the_protocol() {
    let mut stage = Stage::with_inside(&[BOB]);
    let profile = stage.profile(BOB);
    stage.say(BOB, ClientMessage::Enter(enter(profile)));
    stage.check(
        "bob ← closed protocol
         bob closed
         close transport bob
         ada ← r3 gone bob",
    );
}

#[test]
fn who_cannot_be_understood_loses_the_seat() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.violate(BOB);
    stage.check(
        "bob ← closed protocol
         bob closed
         close transport bob
         ada ← r3 gone bob",
    );
    stage.violate(BOB);
    stage.check("");
}

#[test]
fn a_browser_without_the_cipher_is_told_so_and_is_out() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.open_transport(BOB);
    stage.publish(BOB, &[MICROPHONE]);
    stage.skip();
    stage.transport(BOB, TransportChange::WeakCipher);
    stage.check(
        "bob ← refused weakcipher
         bob closed
         close transport bob
         ada ← r4 gone bob",
    );
}

#[test]
fn an_offer_that_cannot_be_answered_is_told_and_ends_the_stay() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.offer(BOB, &[]);
    stage.not_negotiated(BOB);
    stage.check(
        "negotiate bob
         bob ← refused unusableoffer
         bob closed
         close transport bob
         ada ← r3 gone bob",
    );
}

#[test]
fn who_is_away_when_the_offer_fails_loses_the_seat_without_a_word() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.offer(BOB, &[]);
    stage.cut(BOB);
    stage.skip();
    stage.not_negotiated(BOB);
    stage.check("close transport bob\nada ← r4 gone bob");
}
