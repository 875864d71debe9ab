// SPDX-License-Identifier: EUPL-1.2
//! Stories about people: tiles, the list, hands, names, and what moderators do about them.

use shared::{
    Audience, Door, Invitations, Knock, Mid, Moderation, ParticipantId, ParticipantInfo, Role,
    RoomRules, ServerMessage, Ticket, TicketFault, TicketNumber, UnixTime,
};

use super::{
    super::{Access, Effect, Event, Intent, Link, Picture},
    desk::{ADA, BOB, CAMERA, CLEO, Desk, MICROPHONE, Person, SCREEN, mark, sealed, secret},
};

#[test]
fn a_shared_screen_has_a_tile_of_its_own_before_all_others() {
    let mut desk = Desk::inside(BOB, &[ADA, CLEO]);
    desk.present(CLEO.with(&[CAMERA, SCREEN]));
    desk.slots(1, &[("50", CLEO, SCREEN), ("51", CLEO, CAMERA)]);
    let tiles = desk.view().tiles;
    let keys: Vec<_> = tiles.iter().map(|tile| (tile.key.id, tile.key.screen)).collect();
    assert_eq!(keys, [(CLEO.id(), true), (BOB.id(), false), (ADA.id(), false), (CLEO.id(), false)]);
    let slot = |mid| Some(Picture::Slot(Mid::parse(mid).unwrap()));
    assert_eq!((tiles[0].picture.clone(), tiles[3].picture.clone()), (slot("50"), slot("51")));
}

#[test]
fn the_own_screen_is_seen_as_it_is_sent() {
    let mut desk = Desk::inside(ADA, &[BOB]);
    desk.switch_on(CAMERA);
    desk.switch_on(SCREEN);
    let tiles = desk.view().tiles;
    assert!(tiles[0].own && tiles[0].key.screen && !tiles[1].key.screen);
    assert_eq!(tiles[0].picture, Some(Picture::OwnScreen));
    assert_eq!(tiles[1].picture, Some(Picture::Own));
    assert_eq!(desk.person(ADA).live, [CAMERA, SCREEN]);
}

#[test]
fn raised_hands_come_first_in_the_order_in_which_they_were_raised() {
    let mut desk = Desk::inside(BOB, &[ADA, CLEO]);
    assert_eq!(names(&desk), ["bob", "ada", "cleo"]);
    desk.present(CLEO.with_hand(7));
    desk.present(ADA.with_hand(9));
    assert_eq!(names(&desk), ["cleo", "ada", "bob"]);
    let hands = [CLEO, ADA, BOB].map(|person| desk.person(person).hand);
    assert_eq!(hands, [Some(1), Some(2), None]);
    assert_eq!(desk.tile(ADA).hand, Some(2));
}

#[test]
fn the_own_hand_is_up_when_the_room_says_so() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.want(Intent::RaiseHand(true));
    assert!(!desk.view().hand);
    desk.present(BOB.with_hand(1));
    assert!(desk.view().hand);
    desk.present(BOB.with(&[]));
    assert!(!desk.view().hand, "a moderator lowered it");
    desk.want(Intent::RaiseHand(false));
    desk.check(
        "say hand up
         say hand down",
    );
}

#[test]
fn the_last_wish_about_the_hand_is_said_when_the_line_is_back() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.happen(Event::SocketClosed);
    desk.want(Intent::RaiseHand(false));
    desk.want(Intent::RaiseHand(true));
    desk.greet();
    desk.skip();
    desk.welcome(&[ADA]);
    desk.check(
        "keep seat
         say publish nothing
         say hand up",
    );
}

#[test]
fn what_is_off_or_down_cannot_be_taken_away() {
    let mut desk = Desk::inside(ADA, &[BOB]);
    assert_eq!(desk.acts(BOB), ["make presenter bob", "make moderator bob", "remove bob"]);
    desk.present(ParticipantInfo { hand: Some(1), ..BOB.with(&[MICROPHONE, CAMERA, SCREEN]) });
    assert_eq!(
        desk.acts(BOB),
        [
            "silence bob",
            "stop camera of bob",
            "stop screen of bob",
            "lower hand of bob",
            "make presenter bob",
            "make moderator bob",
            "remove bob"
        ]
    );
}

#[test]
fn the_holder_of_the_bookmark_is_neither_demoted_nor_removed() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    assert_eq!(desk.acts(ADA), [""; 0], "Bob is no moderator");
    desk.present(BOB.as_role(Role::Moderator));
    desk.present(ADA.with(&[MICROPHONE]));
    assert_eq!(desk.acts(ADA), ["silence ada"]);
    desk.moderate(Moderation::Remove { participant: ADA.id() });
    desk.moderate(Moderation::MakeParticipant { participant: ADA.id() });
    desk.check("");
    desk.moderate(Moderation::Silence { participant: ADA.id() });
    desk.check("say silence ada");
}

#[test]
fn a_role_that_was_given_can_be_given_up_and_nothing_else_is_done_to_oneself() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.present(ParticipantInfo {
        hand: Some(1),
        role: Role::Moderator,
        ..BOB.with(&[MICROPHONE])
    });
    desk.switch_on(MICROPHONE);
    assert_eq!(desk.acts(BOB), ["make participant bob", "make presenter bob"]);
    desk.moderate(Moderation::Remove { participant: BOB.id() });
    desk.check("");
    let mut desk = Desk::inside(ADA, &[BOB]);
    desk.switch_on(MICROPHONE);
    assert_eq!(desk.acts(ADA), [""; 0]);
}

#[test]
fn nothing_can_be_done_where_nobody_hears_it() {
    let mut desk = Desk::inside(ADA, &[BOB]);
    desk.happen(Event::SocketClosed);
    desk.skip();
    assert_eq!(desk.acts(BOB), [""; 0]);
    desk.moderate(Moderation::SilenceAll {});
    desk.check("");
}

#[test]
fn a_moderator_says_what_they_want_and_nobody_else_does() {
    let wishes = [
        Moderation::Door { door: Door::Locked },
        Moderation::Door { door: Door::Lobby },
        Moderation::Invitations { invitations: Invitations::Personal },
        Moderation::Share { audience: Audience::Everybody },
        Moderation::Chat { audience: Audience::Presenters },
        Moderation::SilenceAll {},
        Moderation::StopCamera { participant: CLEO.id() },
        Moderation::StopScreen { participant: CLEO.id() },
        Moderation::LowerHand { participant: CLEO.id() },
        Moderation::LowerHands {},
        Moderation::MakePresenter { participant: CLEO.id() },
        Moderation::MakeModerator { participant: CLEO.id() },
        Moderation::Remove { participant: CLEO.id() },
        Moderation::End {},
    ];
    let mut guest = Desk::inside(BOB, &[ADA, CLEO]);
    let mut moderator = Desk::inside(ADA, &[BOB, CLEO]);
    for wish in wishes {
        guest.moderate(wish);
        moderator.moderate(wish);
    }
    moderator.moderate(Moderation::Silence { participant: ParticipantId(99) });
    guest.check("");
    moderator.check(
        "say door locked
         say door to the lobby
         say personal invitations
         say screens by everybody
         say chat by presenters
         say silence all
         say stop camera of cleo
         say stop screen of cleo
         say lower hand of cleo
         say lower hands
         say make presenter cleo
         say make moderator cleo
         say remove cleo
         say end",
    );
}

#[test]
fn the_rules_of_the_room_are_shown() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    assert_eq!(desk.view().rules, RoomRules::default());
    let rules = RoomRules { door: Door::Locked, ..RoomRules::default() };
    desk.rules(rules);
    assert_eq!(desk.view().rules, rules);
}

#[test]
fn a_door_is_opened_to_those_who_hold_the_invitation() {
    let mut desk = Desk::inside(ADA, &[]);
    let said = desk.effects(Event::Intent(Intent::OpenDoor));
    let mark = secret().invitation_key().guest_key().mark();
    let wish = Moderation::Door { door: Door::Open(mark) };
    assert_eq!(said, [Effect::Send(shared::ClientMessage::Moderate(wish))]);
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.want(Intent::OpenDoor);
    desk.check("");
}

#[test]
fn whoever_has_somebody_elses_name_is_marked_and_so_are_they() {
    let mut desk = Desk::inside(ADA, &[]);
    desk.present(called(BOB, "Zoë Straße"));
    desk.present(called(CLEO, ""));
    assert!(!desk.person(BOB).duplicate);
    let knock = |id, name| Knock {
        participant: ParticipantId(id),
        profile: sealed(name, 9),
        guest: Some(mark()),
        personal: false,
        removed: false,
    };
    desk.hear(ServerMessage::Knock(knock(10, "ZOË  STRASSE")));
    desk.hear(ServerMessage::Knock(knock(11, "")));
    desk.hear(ServerMessage::Knock(knock(12, "Ada L.")));
    let duplicates: Vec<_> = desk.view().knocks.iter().map(|knock| knock.duplicate).collect();
    assert_eq!(duplicates, [true, false, false]);
    let duplicates = [ADA, BOB, CLEO].map(|person| desk.person(person).duplicate);
    assert_eq!(duplicates, [false, true, false]);
    desk.hear(ServerMessage::KnockGone { participant: ParticipantId(10) });
    assert!(!desk.person(BOB).duplicate);
}

#[test]
fn two_whose_names_cannot_be_read_are_not_the_same() {
    let room = secret().moderator_key().room_id();
    let access = Access::Invited { room, key: None, ticket: None };
    let mut desk = Desk::with(BOB, access, None);
    desk.join();
    desk.greet();
    desk.welcome(&[ADA, CLEO]);
    assert!(desk.view().people.iter().all(|person| person.name.is_none() && !person.duplicate));
}

#[test]
fn a_knock_tells_of_its_ticket_and_of_an_earlier_removal() {
    let mut desk = Desk::inside(ADA, &[]);
    desk.hear(ServerMessage::Knock(Knock { personal: true, removed: true, ..BOB.knock() }));
    let knock = &desk.view().knocks[0];
    assert!(knock.personal && knock.removed);
}

#[test]
fn whoever_is_made_a_moderator_sees_the_door_and_no_longer_when_they_are_not() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.present(BOB.as_role(Role::Moderator));
    desk.hear(ServerMessage::Knock(CLEO.knock()));
    desk.check("chime");
    desk.moderate(Moderation::Admit { participant: CLEO.id() });
    desk.check("say admit cleo");
    desk.present(BOB.as_role(Role::Presenter));
    assert!(desk.view().knocks.is_empty() && !desk.view().holder);
    desk.moderate(Moderation::Admit { participant: CLEO.id() });
    desk.check("");
}

#[test]
fn a_personal_invitation_is_a_link_that_the_room_believes() {
    let noon = UnixTime::from_secs(1_800_000_000);
    let numbers: Vec<_> = [1, 2].map(|n| TicketNumber::from_random([n; 16])).into();
    let mut desk = Desk::inside(ADA, &[]);
    desk.want(Intent::Invite { numbers: numbers.clone(), expires: noon });
    let links = desk.view().invitations;
    let tickets: Vec<_> = links.iter().map(|link| followed(link.as_str())).collect();
    assert_eq!(tickets.len(), 2);
    let room = secret().moderator_key().room_id();
    for (ticket, number) in tickets.iter().zip(numbers) {
        assert_eq!(ticket.holds(room, UnixTime::from_secs(0)), Ok(number));
        assert_eq!(ticket.holds(room, noon), Err(TicketFault::Expired));
    }
    desk.check("");
}

#[test]
fn only_the_bookmark_makes_personal_invitations() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.present(BOB.as_role(Role::Moderator));
    let numbers = vec![TicketNumber::from_random([1; 16])];
    desk.want(Intent::Invite { numbers, expires: UnixTime::from_secs(1_800_000_000) });
    assert!(desk.view().invitations.is_empty());
}

fn names(desk: &Desk) -> Vec<String> {
    desk.view()
        .people
        .into_iter()
        .filter_map(|person| person.name)
        .map(|name| name.as_str().to_owned())
        .collect()
}

fn called(person: Person, name: &str) -> ParticipantInfo {
    ParticipantInfo { profile: sealed(name, 8), ..person.with(&[]) }
}

fn followed(link: &str) -> Ticket {
    let (path, fragment) = link.split_once('#').unwrap();
    match Link::parse(path, fragment) {
        Link::Room(Access::Invited { ticket: Some(ticket), .. }) => ticket,
        Link::Room(_) | Link::Start | Link::Broken => panic!("no personal invitation"),
    }
}
