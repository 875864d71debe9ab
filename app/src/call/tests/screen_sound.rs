// SPDX-License-Identifier: EUPL-1.2
//! Stories about the sound of a shared screen: it comes and goes with the screen, and can go before.

use super::{
    super::{Event, Intent, Silencer},
    desk::{ADA, BOB, CAMERA, Desk, MICROPHONE, SCREEN, SOUND},
};

#[test]
fn sound_comes_behind_the_screen_that_was_asked_for_and_both_are_said() {
    let mut desk = Desk::inside(ADA, &[BOB]);
    desk.want(Intent::Transmit(SCREEN, true));
    desk.captured(SCREEN, "");
    desk.captured(SOUND, "");
    desk.check(
        "capture screen
         transmit screen
         say publish screen
         transmit screen sound
         say publish screen, screen sound",
    );
    assert!(desk.source(SOUND).on);
}

#[test]
fn sound_without_a_screen_is_let_go_of_and_never_asked_for() {
    let mut desk = Desk::inside(ADA, &[BOB]);
    desk.captured(SOUND, "");
    desk.check("release screen sound");
    desk.want(Intent::Transmit(SOUND, true));
    desk.want(Intent::Preview(SOUND, true));
    desk.want(Intent::ChooseDevice(SOUND, super::super::DeviceId("loud".to_owned())));
    desk.check("");
    desk.want(Intent::Transmit(SCREEN, true));
    desk.want(Intent::Transmit(SCREEN, false));
    desk.captured(SOUND, "");
    desk.check("capture screen\nrelease screen\nrelease screen sound");
}

#[test]
fn sound_alone_is_switched_off_and_comes_again_with_another_screen_only() {
    let mut desk = sharing();
    desk.want(Intent::Transmit(SOUND, false));
    desk.check(
        "say publish screen
         withhold screen sound
         release screen sound",
    );
    assert!(desk.source(SCREEN).on && !desk.source(SOUND).on);
    desk.want(Intent::Transmit(SOUND, true));
    desk.check("");
    desk.want(Intent::Transmit(SCREEN, false));
    desk.skip();
    desk.switch_on(SCREEN);
    desk.captured(SOUND, "");
    assert!(desk.source(SOUND).on);
}

#[test]
fn sound_goes_with_the_screen_however_that_ends() {
    let mut desk = sharing();
    desk.want(Intent::Transmit(SCREEN, false));
    desk.check(
        "say publish nothing
         withhold screen
         withhold screen sound
         release screen sound
         release screen",
    );
    let mut desk = sharing();
    desk.happen(Event::CaptureEnded(SCREEN));
    desk.check(
        "withhold screen
         say publish nothing
         withhold screen sound
         release screen sound
         release screen",
    );
    desk.happen(Event::CaptureEnded(SOUND));
    desk.check("");
    let mut desk = sharing();
    desk.silence(SCREEN, Some(BOB), 1);
    desk.silence(SOUND, Some(BOB), 2);
    desk.check(
        "withhold screen
         withhold screen sound
         release screen sound
         release screen
         say publish nothing, heard 1
         say publish nothing, heard 2",
    );
    let by_bob = Silencer::Moderator(Some(BOB.named()));
    assert_eq!(desk.source(SCREEN).silenced, Some(by_bob));
    assert_eq!(desk.source(SOUND).silenced, None, "one word about both");
}

#[test]
fn sound_that_ends_by_itself_leaves_the_screen_and_what_else_is_on() {
    let mut desk = sharing();
    desk.switch_on(CAMERA);
    desk.switch_on(MICROPHONE);
    desk.happen(Event::CaptureEnded(SOUND));
    desk.check(
        "withhold screen sound
         say publish microphone, camera, screen
         release screen sound",
    );
}

/// Ada shares a screen with sound.
fn sharing() -> Desk {
    let mut desk = Desk::inside(ADA, &[BOB]);
    desk.switch_on(SCREEN);
    desk.captured(SOUND, "");
    desk.skip();
    desk
}
