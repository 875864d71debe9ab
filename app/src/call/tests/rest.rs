// SPDX-License-Identifier: EUPL-1.2
//! Stories about a page that is not whole yet.

use shared::{DisplayName, Timestamp};

use super::{
    super::{
        Access, Call, DeviceId, Effect, EndReason, Event, Gate, Intent, Rest, Screen, SourceView,
    },
    desk::{CAMERA, MICROPHONE, secret},
    transcript,
};

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
    let asked = gate.handle(Event::Intent(Intent::Preview(CAMERA, true)));
    assert_eq!(said(&asked), ["capture camera"]);
    let device = DeviceId("front".to_owned());
    assert_eq!(gate.handle(Event::Captured { source: CAMERA, device }), []);
    assert!(gate.view().camera.on);
}

fn whole(gate: Gate) -> (Call, Vec<String>) {
    let (call, effects) = gate.leads_to(Timestamp::default());
    (call, said(&effects))
}

#[test]
fn whoever_is_faster_than_the_page_enters_when_it_is_whole() {
    let mut gate = gate();
    assert_eq!(gate.view().screen, Screen::Gate);
    assert_eq!(gate.handle(join()), []);
    assert_eq!(gate.view().screen, Screen::Entering);
    let (call, effects) = whole(gate);
    assert_eq!(effects, ["open socket"]);
    assert_eq!(call.view().screen, Screen::Entering);
}

#[test]
fn whoever_takes_their_time_notices_nothing() {
    let mut gate = gate();
    camera_on(&mut gate);
    let asked = gate.handle(Event::Intent(Intent::TransmitOnEntry(CAMERA, true)));
    assert_eq!(asked, []);
    let before = gate.view();
    let (call, effects) = whole(gate);
    assert_eq!(effects, [""; 0]);
    assert_eq!(call.view(), before);
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
    assert_eq!(said(&gate.handle(join())), ["release camera"]);
    assert_eq!(gate.view().camera, SourceView::default());
    let asked = gate.handle(Event::Intent(Intent::Preview(MICROPHONE, true)));
    assert_eq!(asked, [], "nothing comes on behind the gate");
}

#[test]
fn whoever_waits_for_what_does_not_come_is_told_and_nothing_stays_on() {
    let mut gate = gate();
    camera_on(&mut gate);
    assert_eq!(gate.handle(Event::Intent(Intent::TransmitOnEntry(CAMERA, true))), []);
    assert_eq!(gate.handle(join()), []);
    assert_eq!(said(&gate.handle(Event::Rest(Rest::Missing))), ["release camera"]);
    assert_eq!(gate.view().screen, Screen::Ended(EndReason::Incomplete));
    assert!(gate.view().may_return);
}

#[test]
fn what_did_not_come_is_fetched_once_more_when_it_is_needed() {
    let mut gate = gate();
    assert_eq!(gate.handle(Event::Rest(Rest::Missing)), []);
    assert_eq!(gate.view().screen, Screen::Gate, "nobody is disturbed");
    assert_eq!(said(&gate.handle(join())), ["fetch rest"]);
    assert_eq!(gate.handle(Event::Rest(Rest::Missing)), []);
    assert_eq!(gate.view().screen, Screen::Ended(EndReason::Incomplete));
    assert_eq!(gate.handle(Event::Intent(Intent::Return)), []);
    assert_eq!(said(&gate.handle(join())), ["fetch rest"]);
    assert_eq!(whole(gate).1, ["open socket"]);
}

#[test]
fn whoever_takes_the_wish_back_stands_at_the_gate() {
    let mut gate = gate();
    assert_eq!(gate.handle(join()), []);
    assert_eq!(gate.handle(Event::Intent(Intent::Leave)), []);
    assert_eq!(gate.view().screen, Screen::Gate);
    let (call, effects) = whole(gate);
    assert_eq!(effects, [""; 0]);
    assert_eq!(call.view().screen, Screen::Gate);
}
