// SPDX-License-Identifier: EUPL-1.2
//! Stories about links, and pages around this one, that restrict what is done here.

use shared::{Act, Audience, Restriction, Restrictions, RoomRules};

use super::{
    super::{Access, Call},
    desk::{ADA, BOB, Desk, secret},
};

/// Somebody's page behind an address that restricts.
fn restricted(as_moderator: bool, restrictions: Restrictions) -> Desk {
    let room = secret().moderator_key().room_id();
    let key = Some(secret().invitation_key());
    let (person, access) = if as_moderator {
        (ADA, Access::Moderator { secret: secret(), licence: None })
    } else {
        (BOB, Access::Invited { room, key, ticket: None })
    };
    let mut desk = Desk::of(person);
    desk.call = Call::new(access, None).restricted(restrictions);
    desk
}

fn everybody() -> RoomRules {
    RoomRules { share: Audience::Everybody, chat: Audience::Everybody, ..RoomRules::default() }
}

#[test]
fn a_bookmark_tells_the_room_what_it_restricts() {
    let mut desk = restricted(true, Restrictions::from_text("lobby.chat"));
    desk.join();
    desk.greet();
    desk.check(
        "open socket
         say enter with proof, invitation, restrictions lobby.chat",
    );
}

#[test]
fn what_restricts_the_page_of_a_guest_holds_there() {
    let chat = Restrictions::NONE.with(Restriction::Chat);
    let mut desk = restricted(false, chat);
    desk.join();
    desk.greet();
    desk.check(
        "open socket
         say enter with invitation",
    );
    desk.welcome(&[ADA]);
    assert!(!desk.view().may(Act::Chat) && desk.view().rules.fixed == chat);
    desk.rules(everybody());
    assert!(!desk.view().may(Act::Chat), "whatever moderators decide");
    assert!(desk.view().may(Act::ShareScreen), "what is not restricted is theirs");
    desk.skip();
    desk.write("Hello");
    desk.check("");
}

#[test]
fn what_the_room_says_to_be_fixed_is_shown() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    let share = Restrictions::NONE.with(Restriction::Share);
    desk.rules(RoomRules { fixed: share, share: Audience::Presenters, ..everybody() });
    assert_eq!(desk.view().rules.fixed, share);
}
