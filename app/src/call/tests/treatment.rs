// SPDX-License-Identifier: EUPL-1.2
//! Stories about what devices are chosen and what is done with what they deliver.

use super::{
    super::{CaptureFailure, Device, DeviceId, DeviceKind, Event, Intent, Processing, SpeakerView},
    desk::{ADA, BOB, CAMERA, Desk, MICROPHONE, device},
};

const ALL: Processing = Processing { echo: true, noise: true };
const RAW: Processing = Processing { echo: true, noise: false };

#[test]
fn echo_and_noise_are_taken_out_unless_somebody_wants_them() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    assert_eq!(desk.view().processing, ALL);
    desk.want(Intent::Process(RAW));
    desk.check("take out echo and no");
    assert_eq!(desk.view().processing, RAW);
    desk.want(Intent::Process(RAW));
    desk.check("");
}

#[test]
fn a_microphone_that_runs_is_captured_again_and_sent_all_the_time() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.switch_on(MICROPHONE);
    desk.happen(Event::Processed(ALL));
    desk.want(Intent::Process(RAW));
    desk.check("take out echo and no\ncapture microphone of device");
    assert!(desk.source(MICROPHONE).on);
    assert_eq!(desk.view().processing, ALL, "not before it is so");
    desk.captured(MICROPHONE, "device");
    desk.happen(Event::Processed(RAW));
    desk.check("");
    assert_eq!(desk.view().processing, RAW);
}

#[test]
fn what_a_browser_does_not_do_is_not_shown_as_done() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.switch_on(MICROPHONE);
    desk.happen(Event::Processed(ALL));
    desk.want(Intent::Process(RAW));
    desk.captured(MICROPHONE, "device");
    desk.happen(Event::Processed(ALL));
    assert_eq!(desk.view().processing, ALL);
    // It can be asked again.
    desk.skip();
    desk.want(Intent::Process(RAW));
    desk.check("take out echo and no\ncapture microphone of device");
}

#[test]
fn a_background_is_blurred_only_where_it_can_be() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.want(Intent::Blur(true));
    desk.switch_on(CAMERA);
    desk.happen(Event::Blurred(None));
    desk.want(Intent::Blur(true));
    desk.check("");
    desk.happen(Event::Blurred(Some(false)));
    desk.want(Intent::Blur(true));
    desk.check("blur");
    assert_eq!(desk.view().blurred, Some(false), "not before it is so");
    desk.happen(Event::Blurred(Some(true)));
    assert_eq!(desk.view().blurred, Some(true));
    desk.want(Intent::Transmit(CAMERA, false));
    assert_eq!(desk.view().blurred, None);
}

#[test]
fn a_speaker_that_is_gone_gives_way_to_the_browsers_choice_and_it_is_said() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.happen(Event::Devices(vec![speaker("headset"), speaker("desk")]));
    desk.want(Intent::ChooseSpeaker(device("headset")));
    desk.happen(Event::Devices(vec![speaker("headset")]));
    let chosen = SpeakerView { device: device("headset"), vanished: false };
    assert_eq!(desk.view().speaker, chosen);
    // Of the same name, but nothing to hear with.
    let microphone = Device { kind: DeviceKind::Microphone, ..speaker("headset") };
    desk.happen(Event::Devices(vec![microphone, speaker("desk")]));
    assert_eq!(desk.view().speaker, SpeakerView { device: DeviceId::default(), vanished: true });
    desk.want(Intent::ChooseSpeaker(device("desk")));
    assert_eq!(desk.view().speaker, SpeakerView { device: device("desk"), vanished: false });
}

#[test]
fn a_device_in_the_place_of_the_one_that_was_chosen_is_told_of() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.want(Intent::ChooseDevice(MICROPHONE, device("headset")));
    desk.want(Intent::Transmit(MICROPHONE, true));
    desk.failed(MICROPHONE, CaptureFailure::Gone);
    assert!(!desk.source(MICROPHONE).replaced, "nothing runs yet");
    desk.captured(MICROPHONE, "desk");
    assert!(desk.source(MICROPHONE).replaced);
    desk.want(Intent::Understood(MICROPHONE));
    assert!(!desk.source(MICROPHONE).replaced && desk.source(MICROPHONE).on);
}

fn speaker(name: &str) -> Device {
    Device { id: device(name), kind: DeviceKind::Speaker, label: name.to_owned() }
}
