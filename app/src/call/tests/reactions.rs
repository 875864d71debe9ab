// SPDX-License-Identifier: EUPL-1.2
//! Stories about reactions.

use shared::{
    ClientMessage, Floor, Reaction, RoomRules, RosterChange, SealedReaction, ServerMessage,
};

use super::{
    super::{Access, Effect, Event, Intent},
    desk::{ADA, BOB, CLEO, Desk, Person, secret},
};

#[test]
fn a_reaction_is_shown_when_the_room_says_it_and_goes_by_itself() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    react(&mut desk, Reaction::Applause);
    desk.check("say a reaction");
    assert_eq!(desk.view().moment.reactions, []);
    desk.reacts(BOB, Reaction::Applause, 1);
    desk.reacts(ADA, Reaction::Heart, 2);
    let both = [(ADA.id(), Reaction::Heart), (BOB.id(), Reaction::Applause)];
    assert_eq!(desk.view().moment.reactions, both);
    desk.wait(5_999);
    assert_eq!(desk.view().moment.reactions, both);
    desk.wait(1);
    assert_eq!(desk.view().moment.reactions, []);
}

#[test]
fn somebody_shows_one_reaction_at_a_time_and_the_last_one_for_its_whole_time() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.reacts(ADA, Reaction::Heart, 1);
    desk.wait(3_000);
    desk.reacts(ADA, Reaction::Slower, 2);
    assert_eq!(desk.view().moment.reactions, [(ADA.id(), Reaction::Slower)]);
    desk.wait(5_999);
    assert_eq!(desk.view().moment.reactions, [(ADA.id(), Reaction::Slower)]);
    desk.change(RosterChange::Gone { participant: ADA.id() });
    assert_eq!(desk.view().moment.reactions, []);
}

#[test]
fn who_was_invited_sees_a_reaction_and_only_as_whom_it_was_shown_by() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    let intent = Intent::React { reaction: Reaction::Laughing, nonce: [3; 12] };
    let said = desk.effects(Event::Intent(intent));
    let [Effect::Send(ClientMessage::Reaction { reaction })] = said.as_slice() else {
        panic!("nothing said")
    };
    let (key, room) = (secret().invitation_key(), secret().moderator_key().room_id());
    assert_eq!(reaction.open(&key, (room, BOB.id())), Some(Reaction::Laughing));
    let reaction = reaction.clone();
    desk.hear(ServerMessage::Reaction { participant: ADA.id(), reaction });
    assert_eq!(desk.view().moment.reactions, [], "not shown by Ada");
}

#[test]
fn what_is_said_again_is_shown_once() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.reacts(ADA, Reaction::Heart, 1);
    desk.wait(10_000);
    desk.reacts(ADA, Reaction::Heart, 1);
    assert_eq!(desk.view().moment.reactions, []);
    desk.reacts(ADA, Reaction::Heart, 2);
    assert_eq!(desk.view().moment.reactions.len(), 1);
}

#[test]
fn nobody_reacts_in_a_paused_room_or_without_an_invitation_or_while_the_line_is_lost() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.rules(RoomRules { floor: Floor::Paused, ..RoomRules::default() });
    desk.skip();
    react(&mut desk, Reaction::Heart);
    desk.check("");
    desk.rules(RoomRules::default());
    desk.happen(Event::SocketClosed);
    desk.skip();
    react(&mut desk, Reaction::Heart);
    desk.check("");
    desk.greet();
    desk.welcome(&[ADA]);
    desk.check("say enter with invitation, token\nkeep seat\nsay publish nothing");
    let mut desk = uninvited();
    react(&mut desk, Reaction::Heart);
    desk.check("");
    desk.reacts(ADA, Reaction::Heart, 1);
    assert_eq!(desk.view().moment.reactions, []);
}

#[test]
fn who_presses_again_and_again_shows_one_each_second() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    for _ in 0..30 {
        react(&mut desk, Reaction::Applause);
        desk.wait(100);
    }
    desk.check(&"say a reaction\n".repeat(3));
}

#[test]
fn a_reaction_is_read_out_once_and_many_as_one() {
    let mut desk = Desk::inside(BOB, &[ADA, CLEO]);
    desk.reacts(BOB, Reaction::Heart, 1);
    desk.wait(20_000);
    assert_eq!(told(&desk), None, "the own one is known");
    desk.reacts(ADA, Reaction::Slower, 2);
    assert_eq!(told(&desk), None);
    desk.wait(1_000);
    assert_eq!(told(&desk).as_deref(), Some("0: ada, 1 person, 1 Slower"));
    desk.reacts(ADA, Reaction::Applause, 3);
    desk.wait(3_000);
    desk.reacts(CLEO, Reaction::Applause, 4);
    desk.reacts(CLEO, Reaction::Heart, 5);
    desk.reacts(ADA, Reaction::Applause, 6);
    desk.wait(2_999);
    assert_eq!(told(&desk).as_deref(), Some("0: ada, 1 person, 1 Slower"));
    desk.wait(1);
    assert_eq!(told(&desk).as_deref(), Some("1: ada, 2 person, 2 Applause, 1 Heart"));
    desk.wait(20_000);
    assert_eq!(told(&desk).as_deref(), Some("1: ada, 2 person, 2 Applause, 1 Heart"));
}

impl Desk {
    /// Somebody reacts, and the server says so.
    fn reacts(&mut self, person: Person, reaction: Reaction, nonce: u8) {
        let (key, room) = (secret().invitation_key(), secret().moderator_key().room_id());
        let reaction = SealedReaction::seal(reaction, &key, (room, person.id()), [nonce; 12]);
        self.hear(ServerMessage::Reaction { participant: person.id(), reaction });
    }
}

pub(super) fn uninvited() -> Desk {
    let room = secret().moderator_key().room_id();
    let mut desk = Desk::with(BOB, Access::Invited { room, key: None, ticket: None }, None);
    desk.join();
    desk.greet();
    desk.welcome(&[ADA]);
    desk.skip();
    desk
}

fn react(desk: &mut Desk, reaction: Reaction) {
    desk.want(Intent::React { reaction, nonce: [1; 12] });
}

fn told(desk: &Desk) -> Option<String> {
    let told = desk.view().moment.reactions_told?;
    let counted = told.reactions.iter().map(|(reaction, count)| format!(", {count} {reaction:?}"));
    let counted = counted.collect::<String>();
    Some(format!(
        "{}: {}, {} person{counted}",
        told.number,
        told.name.unwrap().as_str(),
        told.people
    ))
}
