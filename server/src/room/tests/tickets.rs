// SPDX-License-Identifier: EUPL-1.2
//! Stories about personal invitations.

use shared::{Moderation, RoomSecret, Ticket, TicketNumber};

use super::super::RoomLimits;
use super::stage::{ADA, BOB, CLEO, START, Stage};

impl Stage {
    fn arrive_with_ticket(&mut self, name: &'static str, ticket: &Ticket) {
        self.arrive_with(name, |shows| shows.entry.ticket = Some(ticket.clone()));
    }
}

#[test]
fn who_shows_a_ticket_knocks_like_everybody_and_is_marked() {
    let mut stage = Stage::with_inside(&[]);
    stage.arrive_with_ticket(BOB, &stage.ticket(1));
    stage.check(
        "bob ← challenge
         bob ← waiting for admission
         ada ← knock bob (personal)",
    );
}

#[test]
fn a_ticket_opens_an_open_door() {
    let mut stage = Stage::with_inside(&[]);
    stage.moderate(ADA, Moderation::Door { door: stage.open_door() });
    stage.skip();
    stage.arrive_with_ticket(BOB, &stage.ticket(1));
    stage.arrive_with_ticket(CLEO, &stage.ticket(1));
    stage.check(
        "bob ← challenge
         bob ← welcome r3 open: ada★, bob
         ada ← r3 present bob
         cleo ← challenge
         cleo ← refused ticketused
         cleo closed",
    );
}

#[test]
fn a_used_ticket_is_used_whatever_becomes_of_its_bearer() {
    let mut stage = Stage::with_inside(&[]);
    let ticket = stage.ticket(1);
    stage.arrive_with_ticket(BOB, &ticket);
    stage.admit(ADA, BOB);
    stage.leave(BOB);
    stage.skip();
    for _ in 0..2 {
        stage.arrive_with_ticket(CLEO, &ticket);
    }
    stage.check(
        "cleo ← challenge
         cleo ← refused ticketused
         cleo closed
         cleo#2 ← challenge
         cleo#2 ← refused ticketused
         cleo#2 closed",
    );
}

#[test]
fn a_ticket_is_held_by_one_knock_and_free_when_that_ends() {
    let mut stage = Stage::with_inside(&[]);
    let ticket = stage.ticket(1);
    stage.arrive_with_ticket(BOB, &ticket);
    stage.skip();
    stage.arrive_with_ticket(CLEO, &ticket);
    stage.check("cleo ← challenge\ncleo ← refused ticketused\ncleo closed");
    stage.cut(BOB);
    stage.skip();
    stage.arrive_with_ticket(CLEO, &ticket);
    stage.check(
        "cleo#2 ← challenge
         cleo#2 ← waiting for admission
         ada ← knock cleo (personal)",
    );
    stage.refuse(ADA, CLEO);
    stage.skip();
    stage.arrive_with_ticket(BOB, &ticket);
    stage.check(
        "bob#2 ← challenge
         bob#2 ← waiting for admission
         ada ← knock bob (personal)",
    );
}

#[test]
fn a_line_that_broke_at_the_door_costs_neither_the_turn_nor_the_ticket() {
    let mut stage = Stage::with_inside(&[]);
    let ticket = stage.ticket(1);
    stage.arrive_with_ticket(BOB, &ticket);
    stage.arrive(CLEO);
    stage.skip();
    let visit = stage.token(BOB);
    stage.arrive_with(BOB, |shows| {
        shows.entry.ticket = Some(ticket);
        shows.entry.resume = Some(visit);
    });
    stage.check(
        "bob#2 ← challenge
         bob ← closed replaced
         bob closed
         bob#2 ← waiting for admission",
    );
    stage.admit_all(ADA, CLEO);
    stage.check(
        "bob#2 ← welcome r2: ada★, bob
         ada ← r2 present bob
         ada ← knock gone bob
         cleo ← welcome r3: ada★, bob, cleo
         ada ← r3 present cleo
         bob#2 ← r3 present cleo
         ada ← knock gone cleo",
    );
}

#[test]
fn a_line_that_broke_while_being_admitted_costs_nobody_their_seat() {
    let mut stage = Stage::with_inside(&[]);
    let ticket = stage.ticket(1);
    stage.arrive_with_ticket(BOB, &ticket);
    let visit = stage.token(BOB);
    stage.admit(ADA, BOB);
    stage.cut(BOB);
    stage.skip();
    // The welcome was lost with the line: all that Bob's page holds is the word that it waits.
    stage.arrive_with(BOB, |shows| {
        shows.entry.ticket = Some(ticket);
        shows.entry.resume = Some(visit);
    });
    stage.check(
        "bob#2 ← challenge
         bob#2 ← welcome r4: ada★, bob
         ada ← r4 present bob",
    );
}

#[test]
fn a_ticket_of_another_room_and_an_old_one_say_what_they_are() {
    let mut stage = Stage::with_inside(&[]);
    let other = RoomSecret::from_random([9; 32]).moderator_key();
    let number = TicketNumber::from_random([1; 16]);
    stage.arrive_with_ticket(BOB, &Ticket::issue(&other, number, START));
    stage.check("bob ← challenge\nbob ← refused wrongticket\nbob closed");
    let ticket = stage.ticket(1);
    stage.leap(3_599);
    stage.arrive_with_ticket(BOB, &ticket);
    stage.cut(BOB);
    stage.skip();
    stage.leap(1);
    stage.arrive_with_ticket(BOB, &ticket);
    stage.check("bob#3 ← challenge\nbob#3 ← refused ticketexpired\nbob#3 closed");
}

#[test]
fn a_resumed_seat_is_not_asked_for_its_used_ticket() {
    let mut stage = Stage::with_inside(&[]);
    let ticket = stage.ticket(1);
    stage.arrive_with_ticket(BOB, &ticket);
    stage.admit(ADA, BOB);
    stage.cut(BOB);
    stage.skip();
    let token = stage.token(BOB);
    stage.arrive_with(BOB, |shows| {
        shows.entry.ticket = Some(ticket);
        shows.entry.resume = Some(token);
    });
    stage.check(
        "bob#2 ← challenge
         bob#2 ← welcome r4: ada★, bob
         ada ← r4 present bob",
    );
}

#[test]
fn when_no_more_can_be_remembered_none_is_used_twice() {
    let limits = RoomLimits { used_tickets: 1, ..RoomLimits::default() };
    let mut stage = Stage::with_limits(limits);
    stage.arrive_as_moderator(ADA);
    stage.arrive_with_ticket(BOB, &stage.ticket(1));
    stage.admit(ADA, BOB);
    stage.skip();
    stage.arrive_with_ticket(CLEO, &stage.ticket(1));
    stage.arrive_with_ticket(CLEO, &stage.ticket(2));
    stage.check(
        "cleo ← challenge
         cleo ← refused ticketused
         cleo closed
         cleo#2 ← challenge
         cleo#2 ← refused full
         cleo#2 closed",
    );
}
