// SPDX-License-Identifier: EUPL-1.2
//! Stories about silence: what is switched off by others, and switched on by its owner alone.

use shared::{Audience, Moderation, ParticipantId};

use super::stage::{ADA, BOB, CAMERA, CLEO, MICROPHONE, SCREEN, Stage};

#[test]
fn a_silenced_source_stops_before_anybody_is_told_and_its_owner_learns_by_whom() {
    let mut stage = Stage::with_transports(&[ADA, BOB]);
    stage.publish(BOB, &[MICROPHONE, CAMERA]);
    stage.skip();
    stage.act(ADA, |participant| Moderation::Silence { participant }, BOB);
    stage.check(
        "shut bob/microphone
         bob ← silenced microphone by ada (1)
         ada ← r4 present bob +camera
         bob ← r4 present bob +camera
         sounds ada:",
    );
    stage.act(ADA, |participant| Moderation::StopCamera { participant }, BOB);
    stage.check(
        "shut bob/camera
         bob ← silenced camera by ada (2)
         ada ← r5 present bob
         bob ← r5 present bob
         routes ada:
         ada ← slots r3:",
    );
}

#[test]
fn a_statement_that_crossed_the_word_does_not_undo_it_and_one_that_heard_it_does() {
    let mut stage = Stage::with_transports(&[ADA, BOB]);
    stage.publish(BOB, &[MICROPHONE]);
    stage.act(ADA, |participant| Moderation::Silence { participant }, BOB);
    stage.skip();
    stage.publish(BOB, &[MICROPHONE]);
    stage.check("");
    stage.publish_having_heard(BOB, &[MICROPHONE, CAMERA], 0);
    stage.check(
        "open bob/camera
         ada ← r5 present bob +camera
         bob ← r5 present bob +camera
         routes ada: v1=bob/camera
         ada ← slots r2: v1=bob/camera",
    );
    stage.publish_having_heard(BOB, &[MICROPHONE, CAMERA], 1);
    stage.check(
        "open bob/microphone
         ada ← r6 present bob +microphone +camera
         bob ← r6 present bob +microphone +camera
         sounds ada: bob",
    );
}

/// What is said in answer to a statement was not heard by it.
#[test]
fn who_claims_to_have_heard_what_is_said_in_answer_has_not() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.publish(BOB, &[SCREEN]);
    stage.cut(ADA);
    stage.wait(120);
    stage.skip();
    stage.publish_having_heard(BOB, &[MICROPHONE, SCREEN], 2);
    stage.check("bob ← silenced microphone (2)");
}

#[test]
fn who_claims_to_have_heard_what_was_never_said_has_heard_nothing() {
    let mut stage = Stage::with_transports(&[ADA, BOB]);
    stage.publish(BOB, &[MICROPHONE]);
    stage.act(ADA, |participant| Moderation::Silence { participant }, BOB);
    stage.skip();
    stage.publish_having_heard(BOB, &[MICROPHONE], u32::MAX);
    stage.check("");
}

#[test]
fn what_is_off_is_not_silenced() {
    let mut stage = Stage::with_transports(&[ADA, BOB]);
    stage.act(ADA, |participant| Moderation::Silence { participant }, BOB);
    stage.moderate(ADA, Moderation::SilenceAll {});
    stage.moderate(ADA, Moderation::StopScreen { participant: ParticipantId(99) });
    stage.check("");
}

#[test]
fn all_are_silenced_at_once_but_for_who_says_so_and_each_may_speak_again() {
    let mut stage = Stage::with_transports(&[ADA, BOB, CLEO]);
    for name in [ADA, BOB, CLEO] {
        stage.publish(name, &[MICROPHONE, CAMERA]);
    }
    stage.arrive_as_moderator("dora");
    stage.publish("dora", &[MICROPHONE]);
    stage.skip();
    stage.moderate("dora", Moderation::SilenceAll {});
    stage.check(
        "shut ada/microphone
         shut bob/microphone
         shut cleo/microphone
         ada ← silenced microphone by dora (1)
         bob ← silenced microphone by dora (1)
         cleo ← silenced microphone by dora (1)
         ada ← r9 present ada★ +camera
         bob ← r9 present ada★ +camera
         cleo ← r9 present ada★ +camera
         dora ← r9 present ada★ +camera
         ada ← r10 present bob +camera
         bob ← r10 present bob +camera
         cleo ← r10 present bob +camera
         dora ← r10 present bob +camera
         ada ← r11 present cleo +camera
         bob ← r11 present cleo +camera
         cleo ← r11 present cleo +camera
         dora ← r11 present cleo +camera
         sounds ada: dora
         sounds bob: dora
         sounds cleo: dora",
    );
    stage.publish_having_heard(BOB, &[MICROPHONE], 1);
    assert!(stage.room.seat(stage.participant(BOB)).unwrap().live.contains(&MICROPHONE));
}

#[test]
fn who_was_away_hears_on_their_return_what_is_silenced() {
    let mut stage = Stage::with_transports(&[ADA, BOB]);
    stage.publish(BOB, &[MICROPHONE, CAMERA]);
    stage.cut(BOB);
    stage.skip();
    stage.act(ADA, |participant| Moderation::Silence { participant }, BOB);
    stage.check(
        "shut bob/microphone
         ada ← r5 present bob +camera (away)
         sounds ada:",
    );
    stage.resume(BOB);
    stage.check(
        "bob#2 ← challenge
         bob#2 ← welcome r6: ada★, bob +camera
         ada ← r6 present bob +camera
         bob#2 ← silenced microphone by ada (1)
         bob#2 ← slots r1:",
    );
    // A page that has just been loaded has heard of nothing.
    stage.publish_having_heard(BOB, &[MICROPHONE, CAMERA], 0);
    stage.check("");
}

#[test]
fn what_was_raised_again_is_not_told_again() {
    let mut stage = Stage::with_transports(&[ADA, BOB]);
    stage.publish(BOB, &[MICROPHONE]);
    stage.act(ADA, |participant| Moderation::Silence { participant }, BOB);
    stage.publish_having_heard(BOB, &[MICROPHONE], 1);
    stage.skip();
    stage.resume(BOB);
    stage.check(
        "bob#2 ← challenge
         bob ← closed replaced
         bob closed
         bob#2 ← welcome r6: ada★, bob +microphone
         ada ← r6 present bob +microphone
         bob#2 ← slots r1:",
    );
    // The page that took over need not know of what is settled.
    stage.publish_having_heard(BOB, &[], 0);
    stage.publish_having_heard(BOB, &[MICROPHONE], 0);
    assert_eq!(stage.room.seat(stage.participant(BOB)).unwrap().live, [MICROPHONE]);
}

#[test]
fn a_screen_that_its_owner_may_not_share_is_refused_and_breaks_nothing() {
    let mut stage = Stage::with_transports(&[ADA, BOB]);
    stage.publish(BOB, &[SCREEN, CAMERA]);
    stage.check(
        "open bob/camera
         bob ← silenced screen (1)
         ada ← r3 present bob +camera
         bob ← r3 present bob +camera
         routes ada: v1=bob/camera
         ada ← slots r2: v1=bob/camera",
    );
    stage.publish_having_heard(BOB, &[SCREEN, CAMERA], 0);
    stage.check("");
    stage.publish_having_heard(BOB, &[SCREEN, CAMERA], 1);
    stage.check("bob ← silenced screen (2)");
}

#[test]
fn a_screen_stops_with_the_right_to_share_it() {
    let mut stage = Stage::with_transports(&[ADA, BOB]);
    stage.moderate(ADA, Moderation::Share { audience: Audience::Everybody });
    stage.publish(BOB, &[SCREEN]);
    stage.skip();
    stage.moderate(ADA, Moderation::Share { audience: Audience::Presenters });
    stage.check(
        "shut bob/screen
         bob ← silenced screen by ada (1)
         ada ← r5 present bob
         bob ← r5 present bob
         routes ada:
         ada ← slots r3:
         ada ← r6 rules
         bob ← r6 rules",
    );
    stage.act(ADA, |participant| Moderation::MakePresenter { participant }, BOB);
    stage.publish_having_heard(BOB, &[SCREEN], 1);
    stage.skip();
    stage.act(ADA, |participant| Moderation::MakeParticipant { participant }, BOB);
    stage.check(
        "shut bob/screen
         bob ← silenced screen by ada (2)
         ada ← r9 present bob
         bob ← r9 present bob
         routes ada:
         ada ← slots r5:",
    );
}

#[test]
fn a_screen_takes_a_free_place_before_a_camera_and_none_that_is_taken() {
    let mut stage = Stage::with_inside(&[BOB, CLEO, "eve"]);
    stage.moderate(ADA, Moderation::Share { audience: Audience::Everybody });
    stage.offer(ADA, &[]);
    stage.negotiated(ADA, &["v1"]);
    stage.publish("eve", &[CAMERA]);
    stage.skip();
    stage.publish(BOB, &[CAMERA]);
    stage.publish(CLEO, &[CAMERA, SCREEN]);
    assert!(stage.routes_of(ADA).is_empty(), "nobody is pushed out");
    stage.publish("eve", &[]);
    stage.publish(CLEO, &[]);
    stage.publish(CLEO, &[SCREEN]);
    // The camera of who came first waits behind the screen of who came last.
    assert_eq!(stage.routes_of(ADA), ["routes ada: v1=cleo/screen", "routes ada: v1=bob/camera"]);
}
