// SPDX-License-Identifier: EUPL-1.2
//! Stories about the gate and the devices.

use shared::{ClientMessage, DisplayName, Entry};

use super::{
    super::{Access, CaptureFailure, Effect, Event, Intent, Screen},
    desk::{ADA, BOB, CAMERA, Desk, MICROPHONE, device, secret},
};

#[test]
fn at_the_gate_everything_is_off() {
    let desk = Desk::of(BOB);
    let view = desk.view();
    assert_eq!(view.screen, Screen::Gate);
    assert!(!view.camera.on && !view.microphone.on && !view.holder);
    assert!(Desk::of(ADA).view().holder);
}

#[test]
fn a_preview_is_seen_and_not_sent() {
    let mut desk = Desk::of(BOB);
    desk.want(Intent::Preview(CAMERA, true));
    assert!(desk.source(CAMERA).starting);
    desk.captured(CAMERA, "front");
    assert!(desk.source(CAMERA).on);
    desk.join();
    desk.check(
        "capture camera
         release camera
         open socket",
    );
    assert!(!desk.source(CAMERA).on, "what is not for the entry goes off at the gate");
}

#[test]
fn what_is_pressed_for_the_entry_stays_on() {
    let mut desk = Desk::of(BOB);
    desk.want(Intent::Preview(CAMERA, true));
    desk.captured(CAMERA, "front");
    desk.want(Intent::TransmitOnEntry(CAMERA, true));
    desk.want(Intent::TransmitOnEntry(MICROPHONE, true));
    assert!(!desk.source(MICROPHONE).transmit_on_entry, "what is off cannot be transmitted");
    desk.skip();
    desk.join();
    desk.greet();
    desk.welcome(&[ADA]);
    desk.check(
        "open socket
         say enter with invitation
         keep seat
         open peer
         say publish camera
         transmit camera",
    );
}

#[test]
fn switching_off_takes_the_wish_for_the_entry_with_it() {
    let mut desk = Desk::of(BOB);
    desk.want(Intent::Preview(CAMERA, true));
    desk.captured(CAMERA, "front");
    desk.want(Intent::TransmitOnEntry(CAMERA, true));
    desk.want(Intent::Preview(CAMERA, false));
    desk.want(Intent::Preview(CAMERA, true));
    assert!(!desk.source(CAMERA).transmit_on_entry);
}

#[test]
fn a_device_that_runs_too_late_goes_off_again() {
    let mut desk = Desk::of(BOB);
    desk.want(Intent::Preview(CAMERA, true));
    desk.want(Intent::Preview(CAMERA, false));
    desk.captured(CAMERA, "front");
    desk.check(
        "capture camera
         release camera
         release camera",
    );
    assert!(!desk.source(CAMERA).on);
}

#[test]
fn a_denied_camera_is_explained_and_keeps_nobody_out() {
    let mut desk = Desk::of(BOB);
    desk.want(Intent::Preview(CAMERA, true));
    desk.failed(CAMERA, CaptureFailure::Denied);
    assert_eq!(desk.source(CAMERA).failure, Some(CaptureFailure::Denied));
    assert!(!desk.source(CAMERA).starting);
    desk.want(Intent::Preview(CAMERA, true));
    assert_eq!(desk.source(CAMERA).failure, None, "until the next attempt");
    desk.failed(CAMERA, CaptureFailure::Denied);
    desk.skip();
    desk.join();
    desk.check("open socket");
}

#[test]
fn a_chosen_device_is_kept_for_later_or_used_at_once() {
    let mut desk = Desk::of(BOB);
    desk.want(Intent::ChooseDevice(CAMERA, device("rear")));
    desk.check("");
    desk.want(Intent::Preview(CAMERA, true));
    desk.captured(CAMERA, "rear");
    desk.want(Intent::ChooseDevice(CAMERA, device("front")));
    desk.check(
        "capture camera of rear
         capture camera of front",
    );
    assert!(desk.source(CAMERA).on && desk.source(CAMERA).starting);
    desk.captured(CAMERA, "front");
    assert_eq!(desk.source(CAMERA).device, Some(device("front")));
}

#[test]
fn a_chosen_device_that_is_gone_gives_way_once() {
    let mut desk = Desk::of(BOB);
    desk.want(Intent::ChooseDevice(CAMERA, device("rear")));
    desk.want(Intent::Preview(CAMERA, true));
    desk.failed(CAMERA, CaptureFailure::Gone);
    assert!(desk.source(CAMERA).starting);
    desk.failed(CAMERA, CaptureFailure::NotFound);
    desk.check(
        "capture camera of rear
         capture camera",
    );
    assert_eq!(desk.source(CAMERA).failure, Some(CaptureFailure::NotFound));
}

#[test]
fn a_device_that_cannot_replace_another_leaves_it_running() {
    let mut desk = Desk::of(BOB);
    desk.want(Intent::Preview(CAMERA, true));
    desk.captured(CAMERA, "front");
    desk.want(Intent::ChooseDevice(CAMERA, device("rear")));
    desk.failed(CAMERA, CaptureFailure::InUse);
    let camera = desk.source(CAMERA);
    assert!(camera.on && !camera.starting);
    assert_eq!(camera.failure, Some(CaptureFailure::InUse));
    assert_eq!(camera.device, Some(device("front")));
}

#[test]
fn without_an_invitation_the_name_does_not_leave_the_page() {
    let room = secret().moderator_key().room_id();
    let mut desk = Desk::with(BOB, Access::Invited { room, key: None, ticket: None }, None);
    desk.join();
    desk.happen(Event::SocketOpened);
    let challenge = shared::Challenge::from_bytes([1; 32]);
    let greeting = shared::ServerMessage::Challenge { challenge };
    let said = desk.effects(Event::Message(greeting));
    let [Effect::Send(ClientMessage::Enter(Entry { guest, profile, .. }))] = said.as_slice() else {
        panic!("nothing said")
    };
    assert!(guest.is_none() && !desk.view().invited);
    assert!(profile.open(&secret().invitation_key(), room).is_none());
    let nobodys = shared::RoomSecret::from_random([0; 32]).invitation_key();
    assert_eq!(profile.open(&nobodys, room), Some(DisplayName::default()));
}
