// SPDX-License-Identifier: EUPL-1.2
//! Stories about the door, from both sides, and about the end.

use shared::{
    CloseReason, Knock, Moderation, ParticipantId, ParticipantInfo, Refusal, ResumeToken, Role,
    RoomSecret, ServerMessage, WaitingFor,
};

use super::{
    super::{Access, EndReason, Intent, Screen},
    desk::{ADA, BOB, CAMERA, CLEO, Desk, MICROPHONE, mark, secret},
};

#[test]
fn a_moderator_shows_the_bookmark_and_a_guest_does_not() {
    let mut desk = Desk::of(ADA);
    desk.join();
    desk.greet();
    desk.check(
        "open socket
         say enter with proof, invitation",
    );
    let mut desk = Desk::of(BOB);
    desk.join();
    assert_eq!(desk.view().screen, Screen::Entering);
    desk.greet();
    desk.check(
        "open socket
         say enter with invitation",
    );
}

#[test]
fn who_waits_is_told_for_what() {
    let mut desk = Desk::of(BOB);
    desk.join();
    desk.greet();
    desk.wait_for(WaitingFor::Moderator);
    assert_eq!(desk.view().screen, Screen::WaitingModerator);
    desk.wait_for(WaitingFor::Admission);
    assert_eq!(desk.view().screen, Screen::WaitingAdmission);
    desk.wait(3_600_000);
    assert_eq!(desk.view().screen, Screen::WaitingAdmission, "for as long as it takes");
    desk.welcome(&[ADA]);
    assert_eq!(desk.view().screen, Screen::Conference { reconnecting: false });
}

#[test]
fn who_is_turned_away_is_told_so_and_everything_ends() {
    let mut desk = Desk::of(BOB);
    desk.want(Intent::Preview(MICROPHONE, true));
    desk.captured(MICROPHONE, "headset");
    desk.want(Intent::TransmitOnEntry(MICROPHONE, true));
    desk.join();
    desk.greet();
    desk.wait_for(WaitingFor::Admission);
    desk.skip();
    desk.hear(ServerMessage::Refused { reason: Refusal::TurnedAway, pause: 30 });
    desk.check(
        "close socket
         close peer
         withhold microphone
         release microphone
         release camera
         release screen
         release screen sound",
    );
    let reason = EndReason::Refused(Refusal::TurnedAway);
    assert_eq!(desk.view().screen, Screen::Ended(reason));
}

#[test]
fn who_waits_can_switch_off_but_not_on() {
    let mut desk = Desk::of(BOB);
    desk.want(Intent::Preview(CAMERA, true));
    desk.captured(CAMERA, "front");
    desk.want(Intent::TransmitOnEntry(CAMERA, true));
    desk.join();
    desk.greet();
    desk.wait_for(WaitingFor::Admission);
    desk.skip();
    desk.want(Intent::Transmit(CAMERA, false));
    desk.want(Intent::Transmit(CAMERA, true));
    desk.check("release camera");
}

#[test]
fn a_knock_is_heard_once_and_stays_until_the_server_says_so() {
    let mut desk = Desk::inside(ADA, &[]);
    desk.hear(ServerMessage::Knock(BOB.knock()));
    desk.hear(ServerMessage::Knock(BOB.knock()));
    desk.check("chime");
    assert_eq!(desk.view().knocks[0].name, Some(BOB.named()));
    desk.moderate(Moderation::Admit { participant: BOB.id() });
    desk.check("say admit bob");
    assert_eq!(desk.view().knocks.len(), 1);
    desk.hear(ServerMessage::KnockGone { participant: BOB.id() });
    assert!(desk.view().knocks.is_empty());
}

#[test]
fn who_knocked_before_the_moderator_came_is_heard_with_the_welcome() {
    let mut desk = Desk::of(ADA);
    desk.join();
    desk.greet();
    desk.skip();
    desk.welcome_knocking(&[], &[BOB, CLEO]);
    desk.check(
        "keep seat
         open peer
         say publish nothing
         chime",
    );
    assert_eq!(desk.view().knocks.len(), 2);
}

#[test]
fn a_knock_that_was_known_makes_no_sound_when_the_line_is_back() {
    let mut desk = Desk::inside(ADA, &[]);
    desk.hear(ServerMessage::Knock(BOB.knock()));
    desk.happen(super::super::Event::SocketClosed);
    desk.greet();
    desk.skip();
    desk.welcome_knocking(&[], &[BOB]);
    desk.check(
        "keep seat
         say publish nothing",
    );
}

#[test]
fn everybody_is_admitted_or_one_is_turned_away() {
    let mut desk = Desk::inside(ADA, &[]);
    desk.moderate(Moderation::AdmitAll { up_to: CLEO.id() });
    desk.moderate(Moderation::Refuse { participant: BOB.id() });
    desk.check("");
    desk.hear(ServerMessage::Knock(BOB.knock()));
    desk.hear(ServerMessage::Knock(CLEO.knock()));
    desk.moderate(Moderation::AdmitAll { up_to: CLEO.id() });
    desk.moderate(Moderation::Refuse { participant: BOB.id() });
    desk.moderate(Moderation::Admit { participant: ParticipantId(99) });
    desk.check(
        "chime
         say admit all up to cleo
         say refuse bob",
    );
}

#[test]
fn who_does_not_run_the_door_moderates_nothing() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.hear(ServerMessage::Knock(CLEO.knock()));
    desk.skip();
    desk.moderate(Moderation::Admit { participant: CLEO.id() });
    desk.moderate(Moderation::AdmitAll { up_to: CLEO.id() });
    desk.check("");
}

#[test]
fn a_page_that_is_loaded_again_shows_the_token_of_its_seat() {
    let room = secret().moderator_key().room_id();
    let access = Access::Invited { room, key: Some(secret().invitation_key()), ticket: None };
    let mut desk = Desk::with(BOB, access, Some(ResumeToken::from_bytes([9; 32])));
    desk.join();
    desk.greet();
    desk.wait_for(WaitingFor::Admission);
    desk.check(
        "open socket
         say enter with invitation, token
         keep seat",
    );
}

#[test]
fn many_who_knock_together_are_heard_once() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.present(BOB.as_role(Role::Moderator));
    let knock = |id| Knock { participant: ParticipantId(id), ..CLEO.knock() };
    (10..22).for_each(|id| desk.hear(ServerMessage::Knock(knock(id))));
    desk.check("chime");
    desk.wait(2_999);
    desk.hear(ServerMessage::Knock(knock(22)));
    desk.check("");
    desk.wait(1);
    desk.hear(ServerMessage::Knock(knock(23)));
    desk.check("chime");
}

#[test]
fn who_did_not_show_the_invitation_borrows_no_name() {
    let mut desk = Desk::inside(ADA, &[]);
    let borrowed = Knock { guest: None, ..BOB.knock() };
    desk.hear(ServerMessage::Knock(borrowed.clone()));
    let other = RoomSecret::from_random([9; 32]).invitation_key().guest_key().mark();
    desk.present(ParticipantInfo { guest: Some(other), ..CLEO.with(&[]) });
    assert_eq!((&desk.view().knocks[0].name, desk.person(CLEO).name), (&None, None));
    desk.hear(ServerMessage::Knock(Knock { guest: Some(mark()), ..borrowed }));
    desk.present(CLEO.with(&[]));
    assert_eq!(desk.view().knocks[0].name, Some(BOB.named()));
    assert_eq!(desk.person(CLEO).name, Some(CLEO.named()), "shown at last");
}

#[test]
fn whoever_is_turned_away_comes_back_after_a_pause_and_is_known() {
    let mut desk = Desk::of(BOB);
    desk.join();
    desk.greet();
    desk.wait_for(WaitingFor::Admission);
    desk.hear(ServerMessage::Refused { reason: Refusal::TurnedAway, pause: 30 });
    desk.skip();
    desk.want(Intent::Return);
    desk.wait(29_999);
    assert!(!desk.view().may_return);
    assert_eq!(desk.view().screen, Screen::Ended(EndReason::Refused(Refusal::TurnedAway)));
    desk.wait(1);
    assert!(desk.view().may_return);
    desk.want(Intent::Return);
    assert_eq!(desk.view().screen, Screen::Gate);
    assert!(!desk.view().may_return);
    desk.join();
    desk.greet();
    desk.check(
        "open socket
         say enter with invitation, token",
    );
}

#[test]
fn a_refusal_without_a_pause_leaves_the_gate_open() {
    let mut desk = Desk::of(BOB);
    desk.join();
    desk.greet();
    desk.hear(ServerMessage::Refused { reason: Refusal::Locked, pause: 0 });
    assert!(desk.view().may_return);
}

#[test]
fn whoever_is_removed_may_knock_and_is_known() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.switch_on(CAMERA);
    desk.hear(ServerMessage::Closed { reason: CloseReason::Removed });
    desk.check(
        "close socket
         close peer
         release microphone
         withhold camera
         release camera
         release screen
         release screen sound",
    );
    assert!(desk.view().may_return);
    let reason = EndReason::Closed(CloseReason::Removed);
    assert_eq!(desk.view().screen, Screen::Ended(reason));
    desk.want(Intent::Return);
    desk.join();
    desk.greet();
    desk.wait_for(WaitingFor::Admission);
    desk.want(Intent::Leave);
    desk.check(
        "open socket
         say enter with invitation, token
         keep seat
         say leave
         close socket
         close peer
         release microphone
         release camera
         release screen
         release screen sound",
    );
    desk.want(Intent::Return);
    desk.join();
    desk.greet();
    desk.check(
        "open socket
         say enter with invitation, token",
    );
}

#[test]
fn a_conference_that_is_over_is_over_for_everybody_and_forgotten() {
    for reason in [CloseReason::Ended, CloseReason::Abandoned] {
        let mut desk = Desk::inside(BOB, &[ADA]);
        desk.hear(ServerMessage::Closed { reason });
        desk.check(
            "close socket
             close peer
             release microphone
             release camera
             release screen
             release screen sound
             forget seat",
        );
        assert_eq!(desk.view().screen, Screen::Ended(EndReason::Closed(reason)));
        assert!(desk.view().may_return);
    }
}

#[test]
fn a_conference_that_is_over_is_not_forgotten_at_the_door() {
    for reason in [CloseReason::Ended, CloseReason::Abandoned] {
        let mut desk = Desk::of(BOB);
        desk.join();
        desk.greet();
        desk.wait_for(WaitingFor::Moderator);
        desk.skip();
        desk.hear(ServerMessage::Closed { reason });
        desk.check(
            "close socket
             close peer
             release microphone
             release camera
             release screen
             release screen sound",
        );
        desk.want(Intent::Return);
        desk.join();
        desk.greet();
        desk.check(
            "open socket
             say enter with invitation, token",
        );
    }
}

#[test]
fn a_moderator_who_loads_the_page_again_takes_up_the_seat() {
    let access = Access::Moderator { secret: secret(), licence: None };
    let mut desk = Desk::with(ADA, access, Some(ResumeToken::from_bytes([9; 32])));
    desk.join();
    desk.greet();
    desk.check(
        "open socket
         say enter with proof, invitation, token",
    );
}

#[test]
fn leaving_is_said_and_ends_everything() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.want(Intent::Leave);
    desk.hear(ServerMessage::Closed { reason: CloseReason::Left });
    desk.check(
        "say leave
         close socket
         close peer
         release microphone
         release camera
         release screen
         release screen sound
         forget seat",
    );
    assert_eq!(desk.view().screen, Screen::Ended(EndReason::Left));
    desk.want(Intent::Return);
    assert_eq!(desk.view().screen, Screen::Gate);
}

#[test]
fn a_seat_that_another_page_took_up_is_not_taken_back() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.hear(ServerMessage::Closed { reason: CloseReason::Replaced });
    desk.happen(super::super::Event::SocketClosed);
    let reason = EndReason::Closed(CloseReason::Replaced);
    assert_eq!(desk.view().screen, Screen::Ended(reason));
}
