// SPDX-License-Identifier: EUPL-1.2
//! Stories about the sound of a shared screen: its gate follows the screen's in every way.

use shared::{Audience, Moderation};

use super::stage::{ADA, BOB, MICROPHONE, SCREEN, SOUND, Stage};

#[test]
fn sound_is_heard_with_its_screen_and_ends_with_it() {
    let mut stage = sharing();
    stage.publish(BOB, &[SCREEN, SOUND]);
    stage.check(
        "open bob/screen
         open bob/screensound
         ada ← r4 present bob +screen +screensound
         bob ← r4 present bob +screen +screensound
         routes ada: v1=bob/screen
         ada ← slots r2: v1=bob/screen
         sounds ada: bob/screensound",
    );
    stage.publish(BOB, &[SOUND]);
    stage.check(
        "shut bob/screen
         shut bob/screensound
         ada ← r5 present bob
         bob ← r5 present bob
         routes ada:
         ada ← slots r3:
         sounds ada:",
    );
    stage.publish(BOB, &[SOUND]);
    stage.check("");
}

#[test]
fn sound_alone_is_switched_off_by_its_owner() {
    let mut stage = sharing();
    stage.publish(BOB, &[SCREEN, SOUND]);
    stage.skip();
    stage.publish(BOB, &[SCREEN]);
    stage.check(
        "shut bob/screensound
         ada ← r5 present bob +screen
         bob ← r5 present bob +screen
         sounds ada:",
    );
}

#[test]
fn who_silences_a_microphone_leaves_a_screen_its_sound_and_who_stops_the_screen_does_not() {
    let mut stage = sharing();
    stage.publish(BOB, &[MICROPHONE, SCREEN, SOUND]);
    stage.skip();
    stage.moderate(ADA, Moderation::SilenceAll {});
    stage.check(
        "shut bob/microphone
         bob ← silenced microphone by ada (1)
         ada ← r5 present bob +screen +screensound
         bob ← r5 present bob +screen +screensound
         sounds ada: bob/screensound",
    );
    stage.act(ADA, |participant| Moderation::StopScreen { participant }, BOB);
    stage.check(
        "shut bob/screen
         shut bob/screensound
         bob ← silenced screen by ada (2)
         bob ← silenced screensound by ada (3)
         ada ← r6 present bob
         bob ← r6 present bob
         routes ada:
         ada ← slots r3:
         sounds ada:",
    );
    // The word about the screen has to have been heard.
    stage.publish_having_heard(BOB, &[SCREEN, SOUND], 1);
    stage.check("");
    stage.publish_having_heard(BOB, &[SCREEN, SOUND], 2);
    assert_eq!(stage.room.seat(stage.participant(BOB)).unwrap().live, [SCREEN]);
    stage.publish_having_heard(BOB, &[SCREEN, SOUND], 3);
    assert_eq!(stage.room.seat(stage.participant(BOB)).unwrap().live, [SCREEN, SOUND]);
}

#[test]
fn who_may_not_share_is_not_heard_either() {
    let mut stage = sharing();
    stage.publish(BOB, &[SCREEN, SOUND]);
    stage.skip();
    stage.moderate(ADA, Moderation::Share { audience: Audience::Presenters });
    let live = |stage: &Stage| stage.room.seat(stage.participant(BOB)).unwrap().live.clone();
    assert_eq!(live(&stage), []);
    stage.publish_having_heard(BOB, &[SCREEN, SOUND], 2);
    assert_eq!(live(&stage), []);
}

/// Ada and Bob are inside, and everybody may share.
fn sharing() -> Stage {
    let mut stage = Stage::with_transports(&[ADA, BOB]);
    stage.moderate(ADA, Moderation::Share { audience: Audience::Everybody });
    stage.skip();
    stage
}
