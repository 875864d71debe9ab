// SPDX-License-Identifier: EUPL-1.2
//! Stories about talking by a key.

use shared::{Floor, RoomRules, Source};

use super::{
    super::{Event, Intent, Screen, Silencer},
    desk::{ADA, BOB, Desk, MICROPHONE, device},
};

#[test]
fn what_is_said_is_sent_while_the_key_is_held() {
    let mut desk = waiting();
    desk.want(Intent::HoldKey(true));
    desk.check("transmit microphone\nsay publish microphone");
    assert!(!desk.source(MICROPHONE).withheld && !desk.tile(BOB).muted);
    desk.want(Intent::HoldKey(false));
    desk.check("withhold microphone\nsay publish nothing");
    assert!(desk.source(MICROPHONE).on && desk.source(MICROPHONE).withheld);
    assert!(desk.tile(BOB).muted, "others see the same");
}

#[test]
fn a_microphone_that_comes_on_waits_for_the_key() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.want(Intent::PushToTalk(true));
    desk.want(Intent::Transmit(MICROPHONE, true));
    desk.want(Intent::HoldKey(true));
    desk.captured(MICROPHONE, "desk");
    desk.check("capture microphone");
    assert!(desk.source(MICROPHONE).withheld, "a key that was held before is not meant");
    desk.want(Intent::HoldKey(true));
    desk.check("transmit microphone\nsay publish microphone");
}

#[test]
fn no_key_switches_a_microphone_on() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.want(Intent::HoldKey(true));
    desk.want(Intent::PushToTalk(true));
    desk.want(Intent::HoldKey(true));
    desk.check("");
    assert!(!desk.source(MICROPHONE).on && !desk.source(MICROPHONE).starting);
}

#[test]
fn a_microphone_that_is_on_is_not_sent_any_more_when_the_key_is_chosen() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.switch_on(MICROPHONE);
    desk.want(Intent::HoldKey(true));
    desk.check("");
    desk.want(Intent::PushToTalk(true));
    desk.check("withhold microphone\nsay publish nothing");
}

#[test]
fn whoever_gives_the_key_up_is_not_heard_by_that() {
    for held in [false, true] {
        let mut desk = waiting();
        desk.want(Intent::HoldKey(held));
        desk.skip();
        desk.want(Intent::PushToTalk(false));
        let said = "say publish nothing\nwithhold microphone\nrelease microphone";
        desk.check(if held { said } else { "release microphone" });
        assert!(!desk.source(MICROPHONE).on && !desk.view().push_to_talk);
    }
}

#[test]
fn another_device_waits_for_the_key_as_well_and_a_held_key_holds_on() {
    let mut desk = waiting();
    desk.want(Intent::ChooseDevice(MICROPHONE, device("headset")));
    desk.captured(MICROPHONE, "headset");
    desk.check("capture microphone of headset");
    desk.want(Intent::HoldKey(true));
    desk.want(Intent::ChooseDevice(MICROPHONE, device("desk")));
    desk.captured(MICROPHONE, "desk");
    desk.check(
        "transmit microphone
         say publish microphone
         capture microphone of desk",
    );
    assert!(!desk.source(MICROPHONE).withheld);
}

#[test]
fn after_a_silencing_the_key_that_is_held_says_nothing_more() {
    let mut desk = waiting();
    desk.want(Intent::HoldKey(true));
    desk.skip();
    desk.silence(MICROPHONE, Some(ADA), 1);
    desk.check("withhold microphone\nrelease microphone\nsay publish nothing, heard 1");
    desk.switch_on(MICROPHONE);
    assert!(desk.source(MICROPHONE).withheld);
    desk.wait(300);
    desk.want(Intent::HoldKey(true));
    desk.check("transmit microphone\nsay publish microphone, heard 1");
}

#[test]
fn a_device_that_vanishes_takes_the_key_with_it() {
    let mut desk = waiting();
    desk.want(Intent::HoldKey(true));
    desk.skip();
    desk.happen(Event::CaptureEnded(MICROPHONE));
    desk.check("withhold microphone\nsay publish nothing\nrelease microphone");
    desk.switch_on(MICROPHONE);
    assert!(desk.source(MICROPHONE).withheld);
}

#[test]
fn while_the_room_pauses_no_microphone_waits() {
    let mut desk = waiting();
    desk.rules(RoomRules { floor: Floor::Paused, ..RoomRules::default() });
    desk.check("release microphone");
    assert!(matches!(desk.view().screen, Screen::Paused { .. }));
    assert_eq!(desk.source(MICROPHONE).silenced, Some(Silencer::Room));
}

#[test]
fn a_line_that_comes_back_brings_no_sound_of_a_key_that_is_up() {
    let mut desk = waiting();
    desk.happen(Event::SocketClosed);
    desk.greet();
    desk.skip();
    desk.welcome(&[ADA]);
    desk.check("keep seat\nsay publish nothing");
    let mut desk = waiting();
    desk.happen(Event::SocketClosed);
    desk.want(Intent::HoldKey(true));
    desk.greet();
    desk.skip();
    desk.welcome(&[ADA]);
    desk.check("keep seat\nsay publish microphone\ntransmit microphone");
}

#[test]
fn who_drums_on_the_key_says_no_more_than_a_server_hears() {
    let mut desk = waiting();
    for _ in 0..20 {
        desk.want(Intent::HoldKey(true));
        desk.want(Intent::HoldKey(false));
        desk.wait(50);
    }
    // One second of drumming, of 300 ms each.
    let once =
        "transmit microphone\nsay publish microphone\nwithhold microphone\nsay publish nothing\n";
    desk.check(&once.repeat(4));
}

#[test]
fn a_key_that_is_pressed_too_soon_is_followed_while_it_is_held() {
    let mut desk = waiting();
    desk.want(Intent::HoldKey(true));
    desk.want(Intent::HoldKey(false));
    desk.skip();
    desk.wait(100);
    desk.want(Intent::HoldKey(true));
    desk.wait(199);
    desk.check("");
    desk.wait(1);
    desk.check("transmit microphone\nsay publish microphone");
}

#[test]
fn nobody_is_told_of_a_microphone_that_waits_at_the_entry() {
    let mut desk = Desk::of(BOB);
    desk.want(Intent::PushToTalk(true));
    desk.want(Intent::Preview(MICROPHONE, true));
    desk.captured(MICROPHONE, "desk");
    desk.want(Intent::TransmitOnEntry(Source::Microphone, true));
    desk.want(Intent::HoldKey(true));
    desk.join();
    desk.greet();
    desk.skip();
    desk.welcome(&[ADA]);
    desk.check("keep seat\nopen peer\nsay publish nothing");
    assert!(desk.source(MICROPHONE).withheld);
}

/// Bob is inside with Ada; his microphone waits for the key.
fn waiting() -> Desk {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.want(Intent::PushToTalk(true));
    desk.switch_on(MICROPHONE);
    let microphone = desk.source(MICROPHONE);
    assert!(microphone.on && microphone.withheld && desk.view().push_to_talk);
    desk
}
