// SPDX-License-Identifier: EUPL-1.2
//! Stories about doors that are open, locked, or open to personal invitations only.

use shared::{Audience, Door, Invitations, Moderation, Restriction, Restrictions, RoomSecret};

use super::stage::{ADA, BOB, CLEO, SCREEN, Shows, Stage};

fn personal_only() -> Moderation {
    Moderation::Invitations { invitations: Invitations::Personal }
}

fn set(door: Door) -> Moderation {
    Moderation::Door { door }
}

#[test]
fn an_open_door_lets_in_whoever_was_invited() {
    let mut stage = Stage::with_inside(&[]);
    stage.moderate(ADA, set(stage.open_door()));
    stage.check("ada ← r2 rules open");
    stage.arrive_with(BOB, Shows::the_invitation);
    stage.check(
        "bob ← challenge
         bob ← welcome r3 open: ada★, bob
         ada ← r3 present bob",
    );
}

#[test]
fn an_open_door_is_a_lobby_for_everybody_else() {
    let mut stage = Stage::with_inside(&[]);
    stage.moderate(ADA, set(stage.open_door()));
    stage.skip();
    stage.arrive(BOB);
    let other = RoomSecret::from_random([9; 32]);
    stage.arrive_with(CLEO, |shows| shows.the_invitation_of(&other));
    stage.check(
        "bob ← challenge
         bob ← waiting for admission
         ada ← knock bob
         cleo ← challenge
         cleo ← waiting for admission
         ada ← knock cleo",
    );
}

#[test]
fn an_invitation_shown_on_another_connection_opens_nothing() {
    let mut stage = Stage::with_inside(&[]);
    stage.moderate(ADA, set(stage.open_door()));
    let mut stolen = None;
    stage.arrive_with(CLEO, |shows| {
        shows.the_invitation();
        stolen = shows.entry.guest.take();
    });
    stage.skip();
    stage.arrive_with(BOB, |shows| shows.entry.guest = stolen);
    stage.check(
        "bob ← challenge
         bob ← waiting for admission
         ada ← knock bob",
    );
}

#[test]
fn those_who_wait_with_the_invitation_come_in_when_the_door_is_opened() {
    let mut stage = Stage::with_inside(&[]);
    stage.arrive(CLEO);
    stage.arrive_with(BOB, Shows::the_invitation);
    stage.skip();
    stage.moderate(ADA, set(stage.open_door()));
    stage.check(
        "ada ← r2 rules open
         bob ← welcome r3 open: ada★, bob
         ada ← r3 present bob
         ada ← knock gone bob",
    );
}

#[test]
fn an_open_door_without_a_moderator_is_shut_until_one_comes() {
    let mut stage = Stage::with_inside(&[CLEO]);
    stage.moderate(ADA, set(stage.open_door()));
    stage.cut(ADA);
    stage.skip();
    stage.arrive_with(BOB, Shows::the_invitation);
    stage.check(
        "bob ← challenge
         bob ← waiting for moderator",
    );
    stage.resume(ADA);
    stage.check(
        "ada#2 ← challenge
         ada#2 ← welcome r5 open: ada★, cleo; knocking bob
         cleo ← r5 present ada★
         bob ← welcome r6 open: ada★, cleo, bob
         ada#2 ← r6 present bob
         cleo ← r6 present bob
         ada#2 ← knock gone bob",
    );
}

#[test]
fn an_open_door_to_a_full_room_says_so() {
    let limits = super::super::RoomLimits { seats: 1, ..Default::default() };
    let mut stage = Stage::with_limits(limits);
    stage.arrive_as_moderator(ADA);
    stage.moderate(ADA, set(stage.open_door()));
    stage.skip();
    stage.arrive_with(BOB, Shows::the_invitation);
    stage.check("bob ← challenge\nbob ← refused full\nbob closed");
}

#[test]
fn a_locked_door_turns_away_who_waits_and_who_comes() {
    let mut stage = Stage::with_inside(&[]);
    stage.arrive(BOB);
    stage.skip();
    stage.moderate(ADA, set(Door::Locked));
    stage.check(
        "ada ← r2 rules locked
         bob ← refused locked
         bob closed
         ada ← knock gone bob",
    );
    stage.arrive(CLEO);
    stage.check("cleo ← challenge\ncleo ← refused locked\ncleo closed");
}

#[test]
fn a_locked_door_keeps_out_neither_a_bookmark_nor_a_seat() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.moderate(ADA, set(Door::Locked));
    stage.cut(BOB);
    stage.skip();
    stage.resume(BOB);
    stage.arrive_as_moderator(CLEO);
    stage.check(
        "bob#2 ← challenge
         bob#2 ← welcome r5 locked: ada★, bob
         ada ← r5 present bob
         cleo ← challenge
         cleo ← welcome r6 locked: ada★, bob, cleo★
         ada ← r6 present cleo★
         bob#2 ← r6 present cleo★",
    );
}

#[test]
fn where_only_personal_invitations_count_the_others_need_not_wait() {
    let mut stage = Stage::with_inside(&[]);
    stage.arrive(BOB);
    let ticket = stage.ticket(1);
    stage.arrive_with(CLEO, |shows| shows.entry.ticket = Some(ticket));
    stage.skip();
    stage.moderate(ADA, personal_only());
    stage.check(
        "ada ← r2 rules personal
         bob ← refused personalonly
         bob closed
         ada ← knock gone bob",
    );
    stage.arrive_with(BOB, Shows::the_invitation);
    stage.check("bob#2 ← challenge\nbob#2 ← refused personalonly\nbob#2 closed");
}

#[test]
fn the_next_conference_begins_with_rules_of_its_own() {
    let mut stage = Stage::with_inside(&[]);
    stage.arrive(BOB);
    stage.moderate(ADA, set(stage.open_door()));
    stage.leave(ADA);
    stage.skip();
    stage.arrive_as_moderator(CLEO);
    stage.check(
        "cleo ← challenge
         cleo ← welcome r4: cleo★; knocking bob
         bob ← waiting for admission",
    );
}

#[test]
fn a_conference_that_ended_unnoticed_leaves_no_rules_behind() {
    let mut stage = Stage::with_inside(&[]);
    stage.moderate(ADA, set(Door::Locked));
    stage.cut(ADA);
    stage.wait(25);
    stage.connect(CLEO);
    stage.leap(5);
    stage.skip();
    stage.enter_with(CLEO, Shows::the_bookmark);
    stage.check("close transport ada\ncleo ← welcome r5: cleo★");
}

#[test]
fn saying_a_rule_again_changes_nothing() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.moderate(ADA, set(Door::Lobby));
    stage.moderate(ADA, Moderation::Invitations { invitations: Invitations::All });
    stage.check("");
}

/// Shows the bookmark, and that it restricts the room.
fn the_strict_bookmark(shows: &mut Shows) {
    shows.the_bookmark();
    shows.entry.restrictions = Restrictions::from_text("lobby.share");
}

#[test]
fn a_bookmark_decides_what_no_moderator_can_loosen() {
    let mut stage = Stage::new();
    stage.arrive_with(ADA, the_strict_bookmark);
    stage.check("ada ← challenge\nada ← welcome r2 fixed:lobby.share: ada★");
    stage.moderate(ADA, set(stage.open_door()));
    stage.moderate(ADA, Moderation::Share { audience: Audience::Everybody });
    stage.check("");
    stage.moderate(ADA, Moderation::Chat { audience: Audience::Presenters });
    stage.moderate(ADA, set(Door::Locked));
    stage.check(
        "ada ← r3 rules no-chat fixed:lobby.share
         ada ← r4 rules locked no-chat fixed:lobby.share",
    );
    // As open as it can be: a lobby.
    stage.moderate(ADA, set(stage.open_door()));
    stage.check("ada ← r5 rules no-chat fixed:lobby.share");
}

#[test]
fn a_stricter_bookmark_stops_what_it_forbids() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.moderate(ADA, set(stage.open_door()));
    stage.moderate(ADA, Moderation::Share { audience: Audience::Everybody });
    stage.publish(BOB, &[SCREEN]);
    stage.skip();
    stage.arrive_with(CLEO, the_strict_bookmark);
    stage.check(
        "cleo ← challenge
         shut bob/screen
         bob ← silenced screen (1)
         ada ← r6 present bob
         bob ← r6 present bob
         ada ← r7 rules fixed:lobby.share
         bob ← r7 rules fixed:lobby.share
         cleo ← welcome r8 fixed:lobby.share: ada★, bob, cleo★
         ada ← r8 present cleo★
         bob ← r8 present cleo★",
    );
}

#[test]
fn who_has_no_bookmark_restricts_nobody() {
    let mut stage = Stage::with_inside(&[]);
    stage.moderate(ADA, set(stage.open_door()));
    stage.skip();
    stage.arrive_with(BOB, |shows| {
        shows.the_invitation();
        shows.entry.restrictions = Restrictions::ALL;
    });
    stage.check(
        "bob ← challenge
         bob ← welcome r3 open: ada★, bob
         ada ← r3 present bob",
    );
}

#[test]
fn what_a_bookmark_restricts_ends_with_the_conference() {
    let mut stage = Stage::new();
    stage.arrive_with(ADA, the_strict_bookmark);
    stage.arrive(BOB);
    stage.leave(ADA);
    stage.skip();
    stage.arrive_as_moderator(CLEO);
    stage.check(
        "cleo ← challenge
         cleo ← welcome r4: cleo★; knocking bob
         bob ← waiting for admission",
    );
}

#[test]
fn what_the_operator_restricts_holds_in_every_conference() {
    let restrictions = Restrictions::NONE.with(Restriction::Personal);
    let limits = super::super::RoomLimits { restrictions, ..Default::default() };
    let mut stage = Stage::with_limits(limits);
    stage.arrive_as_moderator(ADA);
    stage.check("ada ← challenge\nada ← welcome r1 personal fixed:personal: ada★");
    stage.moderate(ADA, Moderation::Invitations { invitations: Invitations::All });
    stage.check("");
    stage.arrive_with(BOB, Shows::the_invitation);
    stage.check("bob ← challenge\nbob ← refused personalonly\nbob closed");
}
