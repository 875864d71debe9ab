// SPDX-License-Identifier: EUPL-1.2
//! Stories about what is shown at the door beside the invitation.

use shared::{
    CloseReason, Licence, LicenceTerms, OperatorKey, Refusal, ServerMessage, Ticket, TicketNumber,
    UnixTime, WaitingFor,
};

use super::{
    super::{Access, Intent},
    desk::{ADA, BOB, Desk, secret},
};

#[test]
fn a_bookmark_shows_its_licence_and_an_invitation_its_ticket() {
    let room = secret().moderator_key().room_id();
    let until = UnixTime::from_secs(1_800_000_000);
    let terms = LicenceTerms { max_participants: 20, until, number: 1 };
    let licence = Licence::issue(&OperatorKey::from_random([1; 32]), room, terms);
    let access = Access::Moderator { secret: secret(), licence: Some(licence) };
    let mut desk = Desk::with(ADA, access, None);
    desk.join();
    desk.greet();
    desk.check(
        "open socket
         say enter with proof, licence, invitation",
    );
    let mut desk = Desk::with(BOB, personal(), None);
    desk.join();
    desk.greet();
    desk.check(
        "open socket
         say enter with invitation, ticket",
    );
}

#[test]
fn a_ticket_that_let_somebody_in_is_not_shown_again() {
    let mut desk = Desk::with(BOB, personal(), None);
    desk.join();
    desk.greet();
    desk.wait_for(WaitingFor::Admission);
    desk.welcome(&[ADA]);
    desk.check(
        "open socket
         say enter with invitation, ticket
         keep seat
         keep seat
         forget ticket
         open peer
         say publish nothing",
    );
    desk.hear(ServerMessage::Closed { reason: CloseReason::Removed });
    desk.want(Intent::Return);
    desk.skip();
    desk.join();
    desk.greet();
    desk.check(
        "open socket
         say enter with invitation, token",
    );
}

#[test]
fn a_ticket_that_is_used_is_not_shown_again() {
    for (reason, forgotten) in [(Refusal::TicketUsed, true), (Refusal::Full, false)] {
        let mut desk = Desk::with(BOB, personal(), None);
        desk.join();
        desk.greet();
        desk.skip();
        desk.hear(ServerMessage::Refused { reason, pause: 0 });
        desk.check(&format!(
            "{}
             close socket
             close peer
             release microphone
             release camera
             release screen
             release screen sound",
            if forgotten { "forget ticket" } else { "" }
        ));
        desk.want(Intent::Return);
        desk.join();
        desk.greet();
        let shown = if forgotten { "invitation" } else { "invitation, ticket" };
        desk.check(&format!("open socket\nsay enter with {shown}"));
    }
}

fn personal() -> Access {
    let room = secret().moderator_key().room_id();
    let number = TicketNumber::from_random([1; 16]);
    let until = UnixTime::from_secs(1_800_000_000);
    let ticket = Some(Ticket::issue(&secret().moderator_key(), number, until));
    Access::Invited { room, key: Some(secret().invitation_key()), ticket }
}
