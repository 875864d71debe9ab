// SPDX-License-Identifier: EUPL-1.2
//! Stories about a page that is not whole yet.

use core::time::Duration;

use shared::{DisplayName, Restriction, Restrictions, Timestamp};

use super::{
    super::{
        Access, Call, Device, DeviceId, DeviceKind, Effect, EndReason, Event, Gate, Intent,
        MicrophoneHint, Processing, Rest, Screen, SourceView,
    },
    desk::{CAMERA, MICROPHONE, secret},
    transcript,
};

/// Nothing here takes time.
const NOW: Timestamp = Timestamp::since_start(Duration::ZERO);

fn gate() -> Gate {
    let room = secret().moderator_key().room_id();
    let key = Some(secret().invitation_key());
    Gate::new(Access::Invited { room, key, ticket: None }, None)
}

fn join() -> Event {
    Event::Intent(Intent::Join { name: DisplayName::from_typed("Bob"), nonce: [1; 12] })
}

fn said(effects: &[Effect]) -> Vec<String> {
    effects.iter().map(transcript::line).collect()
}

fn camera_on(gate: &mut Gate) {
    let asked = gate.handle(NOW, Event::Intent(Intent::Preview(CAMERA, true)));
    assert_eq!(said(&asked), ["capture camera"]);
    let device = DeviceId("front".to_owned());
    assert_eq!(gate.handle(NOW, Event::Captured { source: CAMERA, device }), []);
    assert!(gate.view().camera.on);
}

fn whole(gate: Gate) -> (Call, Vec<String>) {
    let (call, effects) = gate.leads_to(NOW, Restrictions::NONE);
    (call, said(&effects))
}

#[test]
fn whoever_is_faster_than_the_page_enters_when_it_is_whole() {
    let mut gate = gate();
    assert_eq!(gate.view().screen, Screen::Gate);
    assert_eq!(gate.handle(NOW, join()), []);
    assert_eq!(gate.view().screen, Screen::Entering);
    let (call, effects) = whole(gate);
    assert_eq!(effects, ["open socket"]);
    assert_eq!(call.view().screen, Screen::Entering);
}

#[test]
fn whoever_takes_their_time_notices_nothing() {
    let mut gate = gate();
    camera_on(&mut gate);
    let asked = gate.handle(NOW, Event::Intent(Intent::TransmitOnEntry(CAMERA, true)));
    assert_eq!(asked, []);
    let before = gate.view();
    let (call, effects) = whole(gate);
    assert_eq!(effects, [""; 0]);
    assert_eq!(call.view(), before);
}

#[test]
fn what_was_chosen_and_heard_at_the_gate_goes_along() {
    let mut gate = gate();
    camera_on(&mut gate);
    let phones = DeviceId("phones".to_owned());
    let device =
        Device { id: phones.clone(), label: "Phones".to_owned(), kind: DeviceKind::Speaker };
    for told in [
        Event::Devices(vec![device]),
        Event::Intent(Intent::ChooseSpeaker(phones.clone())),
        Event::Blurred(Some(false)),
    ] {
        assert_eq!(gate.handle(NOW, told), []);
    }
    let blur = gate.handle(NOW, Event::Intent(Intent::Blur(true)));
    assert_eq!(blur, [Effect::Blur(true)]);
    assert_eq!(gate.handle(NOW, Event::Blurred(Some(true))), []);
    let with_noise = Processing { echo: true, noise: false };
    let process = gate.handle(NOW, Event::Intent(Intent::Process(with_noise)));
    assert_eq!(process, [Effect::Process(with_noise)]);
    assert_eq!(gate.view().speaker.device, phones);
    let before = gate.view();
    assert_eq!(before.blurred, Some(true));
    assert_eq!(before.processing, with_noise);
    assert_eq!(whole(gate).0.view(), before);
}

#[test]
fn a_microphone_that_is_silent_at_the_gate_is_told_of_there() {
    let mut gate = gate();
    let asked = gate.handle(NOW, Event::Intent(Intent::Preview(MICROPHONE, true)));
    assert_eq!(said(&asked), ["capture microphone"]);
    let device = DeviceId("headset".to_owned());
    assert_eq!(gate.handle(NOW, Event::Captured { source: MICROPHONE, device }), []);
    for half in 0..=10 {
        assert_eq!(gate.view().microphone.hint, None, "after {half} halves of a second");
        let at = NOW + Duration::from_millis(500 * half);
        assert_eq!(gate.handle(at, Event::Heard { peak: 0 }), []);
    }
    assert_eq!(gate.view().microphone.hint, Some(MicrophoneHint::Silent));
    let (call, _) = whole(gate);
    assert_eq!(call.view().microphone.hint, Some(MicrophoneHint::Silent));
}

#[test]
fn what_the_link_restricts_is_said_on_entry() {
    let mut gate = gate();
    assert_eq!(gate.handle(NOW, join()), []);
    let restrictions = Restrictions::NONE.with(Restriction::Chat);
    let (call, _) = gate.leads_to(NOW, restrictions);
    assert_eq!(call.restrictions, restrictions);
}

#[test]
fn a_new_call_looks_like_its_gate() {
    let keys = [None, Some(secret().invitation_key())];
    let room = secret().moderator_key().room_id();
    let invited = keys.map(|key| Access::Invited { room, key, ticket: None });
    let moderator = Access::Moderator { secret: secret(), licence: None };
    for access in invited.into_iter().chain([moderator]) {
        let gate = Gate::new(access.clone(), None);
        assert_eq!(gate.view(), Call::new(access, None).view());
    }
}

#[test]
fn what_is_not_for_the_entry_goes_off_at_the_gate_already() {
    let mut gate = gate();
    camera_on(&mut gate);
    assert_eq!(said(&gate.handle(NOW, join())), ["release camera"]);
    assert_eq!(gate.view().camera, SourceView::default());
    let asked = gate.handle(NOW, Event::Intent(Intent::Preview(MICROPHONE, true)));
    assert_eq!(asked, [], "nothing comes on behind the gate");
}

#[test]
fn whoever_waits_for_what_does_not_come_is_told_and_nothing_stays_on() {
    let mut gate = gate();
    camera_on(&mut gate);
    assert_eq!(gate.handle(NOW, Event::Intent(Intent::TransmitOnEntry(CAMERA, true))), []);
    assert_eq!(gate.handle(NOW, join()), []);
    assert_eq!(said(&gate.handle(NOW, Event::Rest(Rest::Missing))), ["release camera"]);
    assert_eq!(gate.view().screen, Screen::Ended(EndReason::Incomplete));
    assert!(gate.view().may_return);
}

#[test]
fn what_did_not_come_is_fetched_once_more_when_it_is_needed() {
    let mut gate = gate();
    assert_eq!(gate.handle(NOW, Event::Rest(Rest::Missing)), []);
    assert_eq!(gate.view().screen, Screen::Gate, "nobody is disturbed");
    assert_eq!(said(&gate.handle(NOW, join())), ["fetch rest"]);
    assert_eq!(gate.handle(NOW, Event::Rest(Rest::Missing)), []);
    assert_eq!(gate.view().screen, Screen::Ended(EndReason::Incomplete));
    assert_eq!(gate.handle(NOW, Event::Intent(Intent::Return)), []);
    assert_eq!(said(&gate.handle(NOW, join())), ["fetch rest"]);
    assert_eq!(whole(gate).1, ["open socket"]);
}

#[test]
fn whoever_takes_the_wish_back_stands_at_the_gate() {
    let mut gate = gate();
    assert_eq!(gate.handle(NOW, join()), []);
    assert_eq!(gate.handle(NOW, Event::Intent(Intent::Leave)), []);
    assert_eq!(gate.view().screen, Screen::Gate);
    let (call, effects) = whole(gate);
    assert_eq!(effects, [""; 0]);
    assert_eq!(call.view().screen, Screen::Gate);
}
