// SPDX-License-Identifier: EUPL-1.2
//! Stories about a room that fills: the peer connection grows, and what it carries goes on.

use shared::{ParticipantId, ParticipantInfo, RosterChange};

use super::{
    super::{Event, TileKey},
    desk::{ADA, BOB, CAMERA, CLEO, Desk},
};

#[test]
fn a_dozen_pictures_need_nothing_more() {
    let mut desk = Desk::inside(BOB, &[]);
    come(&mut desk, 12);
    desk.wait(1_000);
    desk.check("");
}

#[test]
fn for_more_pictures_it_is_offered_again_and_what_is_there_stays() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.present(ADA.with(&[CAMERA]));
    desk.slots(1, &[("20", ADA, CAMERA)]);
    come(&mut desk, 12);
    desk.check("");
    desk.wait(250);
    desk.check("grow peer to 25");
    desk.offered("for more");
    assert!(desk.tile(ADA).picture.is_some(), "goes on");
    desk.slots(2, &[("20", ADA, CAMERA), ("21", CLEO, CAMERA)]);
    desk.answer("to more");
    desk.check(
        "say offer for more
         accept to more",
    );
    assert!(desk.tile(ADA).picture.is_some());
}

#[test]
fn many_who_come_at_once_are_one_offer_and_more_than_fit_are_none() {
    let mut desk = Desk::inside(BOB, &[]);
    come(&mut desk, 40);
    desk.wait(250);
    desk.offered("for more");
    desk.answer("to more");
    desk.check(
        "grow peer to 53
         say offer for more
         accept to more",
    );
    come(&mut desk, 90);
    desk.wait(1_000);
    desk.check("");
}

#[test]
fn who_looks_in_for_a_moment_lets_nothing_grow() {
    let mut desk = Desk::inside(BOB, &[]);
    come(&mut desk, 13);
    desk.wait(200);
    desk.change(RosterChange::Gone { participant: ParticipantId(112) });
    desk.wait(1_000);
    desk.check("");
}

#[test]
fn what_is_not_on_the_screen_needs_no_slot() {
    let mut desk = Desk::inside(BOB, &[]);
    let own = TileKey { id: BOB.id(), screen: false };
    desk.happen(Event::Measured(vec![(own, 180)]));
    come(&mut desk, 40);
    let hidden = |number| (TileKey { id: ParticipantId(number), screen: false }, 0);
    desk.happen(Event::Measured((100..140).map(hidden).collect()));
    desk.wait(2_000);
    desk.skip();
    let shown = |number| (TileKey { id: ParticipantId(number), screen: false }, 180);
    desk.happen(Event::Measured((100..113).map(shown).collect()));
    desk.skip();
    desk.wait(249);
    desk.check("");
    desk.wait(1);
    desk.check("grow peer to 25");
}

#[test]
fn one_that_is_made_again_is_as_large_as_the_one_before() {
    let mut desk = Desk::inside(BOB, &[]);
    come(&mut desk, 13);
    desk.wait(250);
    desk.offered("for more");
    desk.skip();
    desk.happen(Event::PeerFailed);
    desk.check("open peer for 25");
    desk.offered("another");
    desk.answer("to more");
    desk.answer("to another");
    desk.check(
        "say offer another
         accept to another",
    );
}

#[test]
fn a_browser_that_cannot_offer_so_many_goes_on_with_a_dozen() {
    let mut desk = Desk::inside(BOB, &[]);
    come(&mut desk, 40);
    desk.wait(250);
    desk.happen(Event::PeerFailed);
    desk.check(
        "grow peer to 53
         open peer for 53",
    );
    desk.happen(Event::PeerFailed);
    desk.wait(500);
    desk.offered("a dozen");
    desk.answer("to a dozen");
    desk.check(
        "open peer
         say offer a dozen
         accept to a dozen",
    );
    desk.wait(10_000);
    desk.check("");
}

#[test]
fn an_offer_that_was_lost_with_the_line_is_made_again_on_the_next() {
    let mut desk = Desk::inside(BOB, &[]);
    come(&mut desk, 13);
    desk.wait(250);
    desk.offered("for more");
    desk.happen(Event::SocketClosed);
    desk.skip();
    desk.greet();
    desk.welcome(&[]);
    desk.check(
        "say enter with invitation, token
         keep seat
         say publish nothing
         grow peer to 25",
    );
    desk.offered("for more again");
    desk.answer("to more");
    desk.check(
        "say offer for more again
         accept to more",
    );
}

/// So many people have come, with cameras.
fn come(desk: &mut Desk, people: u32) {
    for number in 100..100 + people {
        let info = ParticipantInfo { id: ParticipantId(number), ..CLEO.with(&[CAMERA]) };
        desk.present(info);
    }
}
