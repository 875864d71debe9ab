// SPDX-License-Identifier: EUPL-1.2
//! Stories about sources that somebody else switches off.

use shared::{
    Audience, Floor, ParticipantInfo, ResumeToken, Revision, Role, RoomRules, ServerMessage,
    WaitingFor,
};

use super::{
    super::{Event, Intent, Screen, Silencer},
    desk::{ADA, BOB, CAMERA, CLEO, Desk, MICROPHONE, SCREEN},
};

#[test]
fn who_is_silenced_is_off_at_once_and_told_by_whom() {
    let mut desk = speaking();
    desk.silence(MICROPHONE, Some(ADA), 1);
    desk.check(
        "withhold microphone
         release microphone
         say publish nothing, heard 1",
    );
    let microphone = desk.source(MICROPHONE);
    assert!(!microphone.on && !microphone.starting);
    assert_eq!(microphone.silenced, Some(by_ada()));
}

#[test]
fn the_name_of_who_did_it_stays_when_they_are_gone() {
    let mut desk = speaking();
    desk.silence(MICROPHONE, Some(ADA), 1);
    desk.change(shared::RosterChange::Gone { participant: ADA.id() });
    assert_eq!(desk.source(MICROPHONE).silenced, Some(by_ada()));
}

#[test]
fn a_moderator_who_is_not_known_and_the_room_itself_are_told_apart() {
    let mut desk = speaking();
    desk.silence(MICROPHONE, Some(CLEO), 1);
    assert_eq!(desk.source(MICROPHONE).silenced, Some(Silencer::Moderator(None)));
    desk.switch_on(MICROPHONE);
    desk.silence(MICROPHONE, None, 2);
    assert_eq!(desk.source(MICROPHONE).silenced, Some(Silencer::Room));
}

#[test]
fn what_was_silenced_is_switched_on_again_by_its_owner_alone() {
    let mut desk = speaking();
    desk.silence(MICROPHONE, Some(ADA), 1);
    desk.skip();
    desk.captured(MICROPHONE, "headset");
    desk.check("release microphone");
    desk.want(Intent::Transmit(MICROPHONE, true));
    desk.captured(MICROPHONE, "headset");
    desk.check(
        "capture microphone
         transmit microphone
         say publish microphone, heard 1",
    );
    assert_eq!(desk.source(MICROPHONE).silenced, None);
}

#[test]
fn what_is_silenced_while_it_starts_does_not_start() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.want(Intent::Transmit(CAMERA, true));
    desk.silence(CAMERA, Some(ADA), 1);
    desk.captured(CAMERA, "front");
    desk.check(
        "capture camera
         release camera
         say publish nothing, heard 1
         release camera",
    );
    assert!(!desk.source(CAMERA).on);
    assert_eq!(desk.source(CAMERA).silenced, Some(by_ada()));
}

#[test]
fn what_is_silenced_while_another_device_starts_stays_off() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.switch_on(CAMERA);
    desk.want(Intent::ChooseDevice(CAMERA, super::desk::device("rear")));
    desk.silence(CAMERA, Some(ADA), 1);
    desk.captured(CAMERA, "rear");
    assert!(!desk.source(CAMERA).on && !desk.source(CAMERA).starting);
}

#[test]
fn the_word_about_it_goes_when_it_has_been_read() {
    let mut desk = speaking();
    desk.silence(MICROPHONE, Some(ADA), 1);
    desk.want(Intent::Understood(CAMERA));
    assert_eq!(desk.source(MICROPHONE).silenced, Some(by_ada()));
    desk.want(Intent::Understood(MICROPHONE));
    assert_eq!(desk.source(MICROPHONE).silenced, None);
}

#[test]
fn what_is_said_twice_is_obeyed_once() {
    let mut desk = speaking();
    desk.silence(MICROPHONE, Some(ADA), 2);
    desk.switch_on(MICROPHONE);
    desk.silence(MICROPHONE, Some(ADA), 2);
    desk.silence(MICROPHONE, Some(ADA), 1);
    desk.check("");
    assert!(desk.source(MICROPHONE).on);
}

#[test]
fn what_was_off_is_acknowledged_without_a_word_to_the_person() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.silence(CAMERA, Some(ADA), 1);
    desk.check("say publish nothing, heard 1");
    assert_eq!(desk.source(CAMERA).silenced, None);
}

#[test]
fn a_word_that_was_lost_with_the_line_is_obeyed_when_it_is_said_again() {
    let mut desk = speaking();
    desk.happen(Event::SocketClosed);
    desk.greet();
    desk.skip();
    desk.welcome(&[ADA]);
    desk.silence(MICROPHONE, Some(ADA), 1);
    desk.check(
        "keep seat
         say publish microphone
         transmit microphone
         withhold microphone
         release microphone
         say publish nothing, heard 1",
    );
}

#[test]
fn a_word_that_was_heard_is_remembered_over_a_lost_line() {
    let mut desk = speaking();
    desk.silence(MICROPHONE, Some(ADA), 1);
    desk.happen(Event::SocketClosed);
    desk.switch_on(MICROPHONE);
    desk.greet();
    desk.skip();
    desk.welcome(&[ADA]);
    desk.silence(MICROPHONE, Some(ADA), 1);
    desk.check(
        "keep seat
         say publish microphone, heard 1
         transmit microphone",
    );
    assert!(desk.source(MICROPHONE).on);
}

#[test]
fn another_seat_counts_from_the_beginning() {
    // A server that was started again may give the same number to another seat.
    for you in [ADA, CLEO] {
        let mut desk = Desk::inside(ADA, &[BOB]);
        desk.switch_on(MICROPHONE);
        desk.silence(MICROPHONE, Some(BOB), 7);
        desk.switch_on(MICROPHONE);
        desk.happen(Event::SocketClosed);
        desk.greet();
        desk.skip();
        desk.hear(ServerMessage::Welcome {
            you: you.id(),
            revision: Revision(0),
            rules: RoomRules::default(),
            participants: vec![you.with(&[]), BOB.with(&[])],
            knocks: Vec::new(),
            transport: false,
            resume: ResumeToken::from_bytes([8; 32]),
        });
        desk.silence(MICROPHONE, Some(BOB), 1);
        desk.check(
            "keep seat
             open peer
             say publish microphone
             transmit microphone
             withhold microphone
             release microphone
             say publish nothing, heard 1",
        );
    }
}

#[test]
fn who_comes_in_again_counts_from_the_beginning() {
    let mut desk = speaking();
    desk.silence(MICROPHONE, Some(ADA), 7);
    desk.happen(Event::SocketClosed);
    desk.greet();
    desk.wait_for(WaitingFor::Admission);
    desk.welcome(&[ADA]);
    desk.switch_on(MICROPHONE);
    desk.silence(MICROPHONE, Some(ADA), 1);
    assert!(!desk.source(MICROPHONE).on);
}

#[test]
fn a_screen_is_shared_where_the_room_allows_it() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.want(Intent::Transmit(SCREEN, true));
    desk.check("");
    desk.rules(RoomRules { share: Audience::Everybody, ..RoomRules::default() });
    desk.want(Intent::Transmit(SCREEN, true));
    desk.captured(SCREEN, "");
    desk.check(
        "capture screen
         transmit screen
         say publish screen",
    );
    assert!(desk.source(SCREEN).on);
}

#[test]
fn a_presenter_shares_a_screen_whatever_the_room_allows() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.present(BOB.as_role(Role::Presenter));
    assert_eq!(desk.view().role, Role::Presenter);
    desk.want(Intent::Transmit(SCREEN, true));
    desk.check("capture screen");
}

#[test]
fn a_screen_that_the_browsers_own_button_ends_is_off() {
    let mut desk = sharing();
    desk.happen(Event::CaptureEnded(SCREEN));
    desk.check(
        "withhold screen
         say publish nothing
         release screen",
    );
    assert!(desk.source(SCREEN).vanished);
}

#[test]
fn a_screen_whose_owner_may_no_longer_share_it_is_stopped_by_the_room() {
    let mut desk = sharing();
    desk.present(BOB.as_role(Role::Participant));
    desk.silence(SCREEN, None, 1);
    desk.check(
        "withhold screen
         release screen
         say publish nothing, heard 1",
    );
    assert_eq!(desk.source(SCREEN).silenced, Some(Silencer::Room));
}

#[test]
fn the_screen_is_never_captured_at_the_gate() {
    let mut desk = Desk::of(ADA);
    desk.want(Intent::Preview(SCREEN, true));
    desk.want(Intent::Transmit(SCREEN, true));
    desk.want(Intent::TransmitOnEntry(SCREEN, true));
    desk.want(Intent::ChooseDevice(SCREEN, super::desk::device("window")));
    desk.check("");
    assert!(!desk.source(SCREEN).transmit_on_entry);
    assert_eq!(desk.source(SCREEN).device, None);
}

#[test]
fn a_paused_floor_is_shown_and_nothing_is_captured_on_it() {
    let mut desk = speaking();
    desk.rules(RoomRules { floor: Floor::Paused, ..RoomRules::default() });
    desk.silence(MICROPHONE, None, 1);
    assert_eq!(desk.view().screen, Screen::Paused { reconnecting: false });
    assert_eq!(desk.view().people.len(), 2);
    desk.skip();
    desk.want(Intent::Understood(MICROPHONE));
    desk.want(Intent::Transmit(MICROPHONE, true));
    desk.check("");
    assert_eq!(desk.source(MICROPHONE).silenced, Some(Silencer::Room), "says why");
    desk.happen(Event::SocketClosed);
    assert_eq!(desk.view().screen, Screen::Paused { reconnecting: true });
}

#[test]
fn a_floor_that_opens_again_switches_nothing_on() {
    let mut desk = speaking();
    desk.rules(RoomRules { floor: Floor::Paused, ..RoomRules::default() });
    desk.silence(MICROPHONE, None, 1);
    desk.skip();
    desk.rules(RoomRules::default());
    desk.present(ParticipantInfo { away: false, ..ADA.with(&[]) });
    desk.check("");
    assert_eq!(desk.view().screen, Screen::Conference { reconnecting: false });
    assert!(!desk.source(MICROPHONE).on);
}

/// Bob, whose microphone is on.
fn speaking() -> Desk {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.switch_on(MICROPHONE);
    desk
}

/// Bob, who presents his screen.
fn sharing() -> Desk {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.present(BOB.as_role(Role::Presenter));
    desk.switch_on(SCREEN);
    desk
}

fn by_ada() -> Silencer {
    Silencer::Moderator(Some(ADA.named()))
}
