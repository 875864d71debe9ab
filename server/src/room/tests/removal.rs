// SPDX-License-Identifier: EUPL-1.2
//! Stories about removal, which sticks, and refusal, which passes.

use shared::Moderation;

use super::super::RoomLimits;
use super::stage::{ADA, BOB, CLEO, Shows, Stage};

impl Stage {
    fn remove(&mut self, by: &'static str, name: &'static str) {
        self.act(by, |participant| Moderation::Remove { participant }, name);
    }
}

#[test]
fn who_is_removed_hears_so_and_can_only_knock_and_is_marked() {
    let mut stage = Stage::with_inside(&[BOB, CLEO]);
    stage.remove(ADA, BOB);
    stage.check(
        "bob ← closed removed
         bob closed
         close transport bob
         ada ← r4 gone bob
         cleo ← r4 gone bob",
    );
    stage.resume(BOB);
    stage.check(
        "bob#2 ← challenge
         bob#2 ← waiting for admission
         ada ← knock bob (removed)",
    );
}

#[test]
fn who_was_removed_is_not_let_in_with_everybody() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.remove(ADA, BOB);
    stage.resume(BOB);
    stage.arrive(CLEO);
    stage.skip();
    stage.admit_all(ADA, CLEO);
    stage.check(
        "cleo ← welcome r4: ada★, cleo
         ada ← r4 present cleo
         ada ← knock gone cleo",
    );
    stage.admit(ADA, BOB);
    stage.check(
        "bob#2 ← welcome r5: ada★, cleo, bob
         ada ← r5 present bob
         cleo ← r5 present bob
         ada ← knock gone bob",
    );
}

#[test]
fn the_mark_lasts_as_long_as_the_tab_keeps_its_tokens() {
    let mut stage = Stage::with_inside(&[BOB]);
    let token = stage.token(BOB);
    stage.remove(ADA, BOB);
    for round in 2..6 {
        stage.resume(BOB);
        stage.skip();
        stage.leave(BOB);
        stage
            .check(&format!("bob#{round} ← closed left\nbob#{round} closed\nada ← knock gone bob"));
    }
    stage.resume(BOB);
    stage.check("bob#6 ← challenge\nbob#6 ← waiting for admission\nada ← knock bob (removed)");
    stage.resume_with(CLEO, token);
    stage.check("cleo ← challenge\ncleo ← waiting for admission\nada ← knock cleo (removed)");
    stage.arrive(BOB);
    stage.check("bob#7 ← challenge\nbob#7 ← waiting for admission\nada ← knock bob");
}

#[test]
fn the_mark_outlives_a_seat_to_which_the_tab_was_let_in_again() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.remove(ADA, BOB);
    stage.resume(BOB);
    stage.admit(ADA, BOB);
    stage.resume(BOB);
    stage.leave(BOB);
    stage.moderate(ADA, Moderation::Door { door: stage.open_door() });
    stage.skip();
    let token = stage.token(BOB);
    stage.arrive_with(BOB, |shows| {
        shows.the_invitation();
        shows.entry.resume = Some(token);
    });
    stage.check("bob#4 ← challenge\nbob#4 ← waiting for admission\nada ← knock bob (removed)");
    stage.admit(ADA, BOB);
    stage.cut(BOB);
    stage.wait(31);
    stage.skip();
    stage.resume(BOB);
    stage.check("bob#5 ← challenge\nbob#5 ← waiting for admission\nada ← knock bob (removed)");
}

/// A duplicated tab has a copy of the token.
#[test]
fn two_tabs_that_keep_the_token_of_one_removed_seat_are_both_recognised() {
    let mut stage = Stage::with_inside(&[BOB]);
    let token = stage.token(BOB);
    stage.remove(ADA, BOB);
    for name in [BOB, CLEO] {
        stage.resume_with(name, token.clone());
        stage.leave(name);
    }
    stage.skip();
    stage.resume(BOB);
    stage.resume(CLEO);
    stage.check(
        "bob#3 ← challenge
         bob#3 ← waiting for admission
         ada ← knock bob (removed)
         cleo#2 ← challenge
         cleo#2 ← waiting for admission
         ada ← knock cleo (removed)",
    );
}

#[test]
fn no_token_of_a_removed_seat_takes_up_anything() {
    let mut stage = Stage::with_inside(&[BOB]);
    let mut tokens = vec![stage.token(BOB)];
    for _ in 0..3 {
        stage.resume(BOB);
        tokens.push(stage.token(BOB));
    }
    stage.remove(ADA, BOB);
    for token in tokens {
        stage.skip();
        stage.resume_with(CLEO, token);
        assert_eq!(stage.room.seats.len(), 1, "only Ada sits");
    }
}

#[test]
fn who_is_away_can_be_removed_too() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.cut(BOB);
    stage.skip();
    stage.remove(ADA, BOB);
    stage.check("close transport bob\nada ← r4 gone bob");
    stage.resume(BOB);
    stage.check("bob#2 ← challenge\nbob#2 ← waiting for admission\nada ← knock bob (removed)");
}

#[test]
fn an_open_door_falls_to_the_lobby_and_opens_to_nobody_who_was_removed() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.moderate(ADA, Moderation::Door { door: stage.open_door() });
    stage.skip();
    stage.remove(ADA, BOB);
    stage.check(
        "bob ← closed removed
         bob closed
         close transport bob
         ada ← r4 gone bob
         ada ← r5 rules",
    );
    let token = stage.token(BOB);
    stage.moderate(ADA, Moderation::Door { door: stage.open_door() });
    stage.skip();
    stage.arrive_with(BOB, |shows| {
        shows.the_invitation();
        shows.entry.resume = Some(token);
    });
    stage.check("bob#2 ← challenge\nbob#2 ← waiting for admission\nada ← knock bob (removed)");
    stage.admit(ADA, BOB);
    stage.check("bob#2 ← welcome r7 open: ada★, bob\nada ← r7 present bob\nada ← knock gone bob");
}

#[test]
fn the_ticket_of_who_was_removed_stays_used() {
    let mut stage = Stage::with_inside(&[]);
    let ticket = stage.ticket(1);
    stage.arrive_with(BOB, |shows| shows.entry.ticket = Some(ticket.clone()));
    stage.admit(ADA, BOB);
    stage.remove(ADA, BOB);
    stage.skip();
    stage.arrive_with(BOB, |shows| shows.entry.ticket = Some(ticket));
    stage.check("bob#2 ← challenge\nbob#2 ← refused ticketused\nbob#2 closed");
}

#[test]
fn an_appointed_moderator_can_be_removed() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.act(ADA, |participant| Moderation::MakeModerator { participant }, BOB);
    stage.skip();
    stage.remove(ADA, BOB);
    stage.check("bob ← closed removed\nbob closed\nclose transport bob\nada ← r4 gone bob");
}

#[test]
fn only_so_many_removals_are_remembered() {
    let limits = RoomLimits { removed: 1, ..RoomLimits::default() };
    let mut stage = Stage::with_limits(limits);
    stage.arrive_as_moderator(ADA);
    for name in [BOB, CLEO] {
        stage.enter_inside(name);
        stage.remove(ADA, name);
    }
    stage.skip();
    stage.resume(BOB);
    stage.resume(CLEO);
    stage.check(
        "bob#2 ← challenge
         bob#2 ← waiting for admission
         ada ← knock bob
         cleo#2 ← challenge
         cleo#2 ← waiting for admission
         ada ← knock cleo (removed)",
    );
}

#[test]
fn who_was_turned_away_pauses_for_half_a_minute() {
    let mut stage = Stage::with_inside(&[]);
    stage.arrive(BOB);
    stage.refuse(ADA, BOB);
    stage.skip();
    stage.leap(1);
    stage.resume(BOB);
    stage.check("bob#2 ← challenge\nbob#2 ← refused toosoon (29 s)\nbob#2 closed");
    stage.leap(28);
    stage.resume(BOB);
    stage.check("bob#3 ← challenge\nbob#3 ← refused toosoon (1 s)\nbob#3 closed");
    stage.leap(1);
    stage.resume(BOB);
    stage.check("bob#4 ← challenge\nbob#4 ← waiting for admission\nada ← knock bob");
}

#[test]
fn a_pause_keeps_out_neither_a_bookmark_nor_another_tab() {
    let mut stage = Stage::with_inside(&[]);
    stage.arrive(BOB);
    stage.refuse(ADA, BOB);
    stage.skip();
    stage.arrive(BOB);
    stage.check("bob#2 ← challenge\nbob#2 ← waiting for admission\nada ← knock bob");
    stage.refuse(ADA, BOB);
    stage.skip();
    stage.resume_as_moderator(BOB);
    stage.check("bob#3 ← challenge\nbob#3 ← welcome r2: ada★, bob★\nada ← r2 present bob★");
}

#[test]
fn an_open_door_does_not_shorten_a_pause() {
    let mut stage = Stage::with_inside(&[]);
    stage.arrive(BOB);
    stage.refuse(ADA, BOB);
    stage.moderate(ADA, Moderation::Door { door: stage.open_door() });
    stage.skip();
    let token = stage.token(BOB);
    stage.arrive_with(BOB, |shows: &mut Shows| {
        shows.the_invitation();
        shows.entry.resume = Some(token);
    });
    stage.check("bob#2 ← challenge\nbob#2 ← refused toosoon (30 s)\nbob#2 closed");
}

#[test]
fn only_so_many_refusals_are_remembered() {
    let limits = RoomLimits { refused: 1, ..RoomLimits::default() };
    let mut stage = Stage::with_limits(limits);
    stage.arrive_as_moderator(ADA);
    for name in [BOB, CLEO] {
        stage.arrive(name);
        stage.refuse(ADA, name);
    }
    stage.skip();
    stage.resume(CLEO);
    stage.resume(BOB);
    stage.check(
        "cleo#2 ← challenge
         cleo#2 ← refused toosoon (30 s)
         cleo#2 closed
         bob#2 ← challenge
         bob#2 ← waiting for admission
         ada ← knock bob",
    );
}
