// SPDX-License-Identifier: EUPL-1.2
//! Stories about the line: lost, mended, given up.

use shared::{
    CloseReason, Mid, ResumeToken, Revision, RoomRules, RosterChange, ServerMessage, WaitingFor,
};

use super::{
    super::{EndReason, Event, Intent, Picture, Screen},
    desk::{ADA, BOB, CAMERA, CLEO, Desk, MICROPHONE},
};

#[test]
fn a_line_that_is_lost_is_mended_and_the_room_is_shown_meanwhile() {
    let mut desk = on_air();
    desk.happen(Event::SocketClosed);
    assert_eq!(desk.view().screen, Screen::Conference { reconnecting: true });
    assert_eq!(desk.tile(ADA).picture, Some(Picture::Slot(Mid::parse("20").unwrap())));
    desk.greet();
    desk.welcome(&[ADA]);
    desk.check(
        "open socket
         say enter with invitation, token
         keep seat
         say publish camera
         transmit camera",
    );
    assert_eq!(desk.view().screen, Screen::Conference { reconnecting: false });
}

#[test]
fn the_pauses_between_attempts_grow() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    for millis in [0, 500, 1000, 2000, 4000, 4000] {
        desk.happen(Event::SocketClosed);
        if millis > 0 {
            desk.check("close socket");
            desk.wait(millis - 1);
            desk.check("");
            desk.wait(1);
        }
        desk.check("open socket");
    }
}

#[test]
fn a_network_that_returns_is_used_at_once() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.happen(Event::SocketClosed);
    desk.happen(Event::SocketClosed);
    desk.skip();
    desk.happen(Event::NetworkReturned);
    desk.check("open socket");
}

#[test]
fn an_attempt_into_nowhere_is_given_up_for_another() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.happen(Event::SocketClosed);
    desk.skip();
    desk.wait(8_500);
    desk.check(
        "close socket
         open socket",
    );
}

#[test]
fn a_room_that_is_not_reached_for_a_minute_is_over() {
    let mut desk = on_air();
    desk.happen(Event::SocketClosed);
    desk.wait(59_999);
    assert_eq!(desk.view().screen, Screen::Conference { reconnecting: true });
    desk.skip();
    desk.wait(1);
    desk.check(
        "close socket
         close peer
         release microphone
         withhold camera
         release camera
         release screen
         release screen sound",
    );
    assert_eq!(desk.view().screen, Screen::Ended(EndReason::Unreachable));
}

#[test]
fn a_door_that_is_not_reached_for_half_a_minute_stays_closed() {
    let mut desk = Desk::of(BOB);
    desk.join();
    desk.happen(Event::SocketClosed);
    desk.wait(30_000);
    assert_eq!(desk.view().screen, Screen::Ended(EndReason::Unreachable));
}

#[test]
fn who_waits_asks_again_on_another_line() {
    let mut desk = Desk::of(BOB);
    desk.join();
    desk.greet();
    desk.wait_for(WaitingFor::Admission);
    desk.skip();
    desk.happen(Event::SocketClosed);
    assert_eq!(desk.view().screen, Screen::Entering);
    desk.greet();
    desk.wait_for(WaitingFor::Admission);
    desk.check(
        "open socket
         say enter with invitation, token
         keep seat",
    );
    assert_eq!(desk.view().screen, Screen::WaitingAdmission);
}

#[test]
fn what_changes_without_a_line_is_stated_with_the_next() {
    let mut desk = on_air();
    desk.happen(Event::SocketClosed);
    desk.want(Intent::Transmit(CAMERA, false));
    desk.want(Intent::Transmit(MICROPHONE, true));
    desk.captured(MICROPHONE, "headset");
    desk.check(
        "open socket
         withhold camera
         release camera
         capture microphone
         transmit microphone",
    );
    desk.greet();
    desk.welcome(&[ADA]);
    desk.check(
        "say enter with invitation, token
         keep seat
         say publish microphone
         transmit microphone",
    );
}

#[test]
fn a_peer_that_fails_without_a_line_is_made_again_with_it() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.happen(Event::SocketClosed);
    desk.happen(Event::PeerFailed);
    desk.greet();
    desk.welcome(&[ADA]);
    desk.check(
        "open socket
         say enter with invitation, token
         keep seat
         open peer
         say publish nothing",
    );
}

#[test]
fn an_offer_that_found_no_line_is_made_again() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.happen(Event::PeerFailed);
    desk.happen(Event::SocketClosed);
    desk.offered("unheard");
    desk.greet();
    desk.skip();
    desk.welcome(&[ADA]);
    desk.check(
        "keep seat
         open peer
         say publish nothing",
    );
}

#[test]
fn a_seat_that_was_not_kept_is_another_entry_with_everything_off() {
    let mut desk = on_air();
    desk.happen(Event::SocketClosed);
    desk.greet();
    desk.skip();
    desk.wait_for(WaitingFor::Admission);
    desk.check(
        "close peer
         release microphone
         withhold camera
         release camera
         release screen
         release screen sound
         keep seat",
    );
    desk.welcome(&[ADA]);
    desk.check(
        "keep seat
         open peer
         say publish nothing",
    );
}

#[test]
fn a_moderator_whose_seat_was_not_kept_is_inside_again_with_another_peer() {
    let mut desk = Desk::inside(ADA, &[]);
    desk.happen(Event::SocketClosed);
    desk.greet();
    desk.skip();
    desk.hear(ServerMessage::Welcome {
        you: CLEO.id(),
        revision: Revision(0),
        rules: RoomRules::default(),
        participants: vec![CLEO.with(&[])],
        knocks: Vec::new(),
        transport: true,
        resume: ResumeToken::from_bytes([8; 32]),
    });
    desk.check(
        "keep seat
         open peer
         say publish nothing",
    );
}

#[test]
fn the_first_table_of_a_line_counts_whatever_its_revision() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.slots(9, &[("20", ADA, CAMERA)]);
    desk.happen(Event::SocketClosed);
    desk.greet();
    desk.welcome(&[ADA]);
    desk.present(ADA.with(&[CAMERA]));
    desk.slots(1, &[("21", ADA, CAMERA)]);
    assert_eq!(desk.tile(ADA).picture, Some(Picture::Slot(Mid::parse("21").unwrap())));
}

#[test]
fn a_missing_change_asks_for_the_whole_room() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    let change = RosterChange::Present { participant: CLEO.with(&[]) };
    desk.hear(ServerMessage::Roster { revision: Revision(5), change });
    desk.check("open socket");
    assert_eq!(desk.view().tiles.len(), 2);
}

#[test]
fn a_server_that_ends_the_connection_for_its_own_sake_is_asked_again() {
    for reason in [CloseReason::Slow, CloseReason::Internal, CloseReason::Stopping] {
        let mut desk = Desk::inside(BOB, &[ADA]);
        desk.hear(ServerMessage::Closed { reason });
        desk.check("open socket");
        assert_eq!(desk.view().screen, Screen::Conference { reconnecting: true });
    }
}

#[test]
fn what_comes_from_an_earlier_line_is_not_heard() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.happen(Event::SocketClosed);
    desk.hear(ServerMessage::Closed { reason: CloseReason::Replaced });
    desk.present(CLEO.with(&[]));
    desk.check("open socket");
    assert_eq!(desk.view().tiles.len(), 2);
}

/// Bob, sends his camera and sees Ada's.
fn on_air() -> Desk {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.present(ADA.with(&[CAMERA]));
    desk.slots(1, &[("20", ADA, CAMERA)]);
    desk.want(Intent::Transmit(CAMERA, true));
    desk.captured(CAMERA, "front");
    desk.skip();
    desk
}
