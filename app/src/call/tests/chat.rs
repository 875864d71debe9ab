// SPDX-License-Identifier: EUPL-1.2
//! Stories about what people write to each other.

use shared::{Audience, ClientMessage, Role, RoomRules, RosterChange, SealedText, ServerMessage};

use super::{
    super::{Access, Effect, Event, Intent},
    desk::{ADA, BOB, CLEO, Desk, secret},
};

#[test]
fn what_is_written_is_shown_when_the_room_says_it() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.write("Hello");
    desk.check("say something sealed");
    assert!(desk.view().chat.is_empty());
    desk.written(ADA, "Good morning");
    desk.written(BOB, "Hello");
    assert_eq!(shown(&desk), ["ada: Good morning", "bob: Hello"]);
    let own: Vec<_> = desk.view().chat.iter().map(|line| line.own).collect();
    assert_eq!(own, [false, true]);
}

#[test]
fn who_was_invited_reads_it_and_only_as_whom_it_was_written_by() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    let text = shared::ChatText::from_typed("Hello").unwrap();
    let intent = Intent::Chat { text: text.clone(), nonce: [3; 12] };
    let said = desk.effects(Event::Intent(intent));
    let [Effect::Send(ClientMessage::Chat { text: sealed })] = said.as_slice() else {
        panic!("nothing said")
    };
    let (key, room) = (secret().invitation_key(), secret().moderator_key().room_id());
    assert_eq!(sealed.open(&key, (room, BOB.id())), Some(text));
    desk.hear(ServerMessage::Chat { participant: ADA.id(), text: sealed.clone() });
    assert_eq!(desk.view().chat[0].text, None, "not written by Ada");
}

#[test]
fn a_line_keeps_the_name_of_its_writer() {
    let mut desk = Desk::inside(BOB, &[ADA, CLEO]);
    desk.written(CLEO, "Goodbye");
    desk.change(RosterChange::Gone { participant: CLEO.id() });
    assert_eq!(shown(&desk), ["cleo: Goodbye"]);
}

#[test]
fn who_may_not_chat_does_not() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.rules(RoomRules { chat: Audience::Presenters, ..RoomRules::default() });
    desk.write("Hello");
    desk.check("");
    desk.present(BOB.as_role(Role::Presenter));
    desk.write("Hello");
    desk.check("say something sealed");
}

#[test]
fn without_an_invitation_nothing_is_written_or_read() {
    let room = secret().moderator_key().room_id();
    let mut desk = Desk::with(BOB, Access::Invited { room, key: None, ticket: None }, None);
    desk.join();
    desk.greet();
    desk.welcome(&[ADA]);
    desk.skip();
    desk.write("Hello");
    desk.check("");
    desk.written(ADA, "Hello");
    let line = &desk.view().chat[0];
    assert!(line.text.is_none() && line.name.is_none());
}

#[test]
fn what_was_written_is_still_there_when_the_line_is_back() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.written(ADA, "Good morning");
    desk.happen(Event::SocketClosed);
    assert_eq!(shown(&desk), ["ada: Good morning"]);
    desk.greet();
    desk.welcome(&[ADA]);
    assert_eq!(shown(&desk), ["ada: Good morning"]);
}

#[test]
fn what_is_written_while_the_line_is_mended_is_said_when_it_is_back() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.happen(Event::SocketClosed);
    desk.skip();
    for number in 1..=6 {
        assert_eq!(desk.view().chat_is_full, number > 5, "at line {number}");
        desk.write_line(number);
    }
    desk.check("");
    assert_eq!(unsent(&desk), ["1", "2", "3", "4", "5"]);
    desk.greet();
    desk.skip();
    desk.welcome(&[ADA]);
    let five = "say something sealed\n".repeat(5);
    desk.check(&format!("keep seat\nsay publish nothing\n{five}"));
    assert!(unsent(&desk).is_empty() && desk.view().chat_is_full, "on their way");
    desk.hear_lines([1, 2, 3, 4, 5]);
    assert_eq!(shown(&desk), ["bob: 1", "bob: 2", "bob: 3", "bob: 4", "bob: 5"]);
    assert!(!desk.view().chat_is_full);
    desk.happen(Event::SocketClosed);
    desk.wait(500);
    desk.greet();
    desk.skip();
    desk.welcome(&[ADA]);
    desk.check(
        "keep seat
         say publish nothing",
    );
}

#[test]
fn what_the_room_did_not_say_before_the_line_was_lost_is_said_again() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    let first = desk.said_line(1);
    desk.said_line(2);
    desk.hear_lines([1]);
    desk.happen(Event::SocketClosed);
    assert_eq!((shown(&desk), unsent(&desk)), (vec!["bob: 1".to_owned()], vec!["2".to_owned()]));
    desk.greet();
    let again = desk.welcomed_again(&[ADA]);
    assert_eq!(again, [desk.sealed_line(2)], "the very same");
    assert_ne!(again, [first]);
    desk.hear_lines([2]);
    assert_eq!(shown(&desk), ["bob: 1", "bob: 2"]);
}

#[test]
fn a_line_that_is_said_again_is_read_once() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.written(ADA, "Hello");
    desk.written(ADA, "Hello");
    assert_eq!(shown(&desk), ["ada: Hello"]);
}

#[test]
fn somebody_who_writes_much_is_not_taken_for_a_flood() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    for number in 1..=5 {
        desk.said_line(number);
        desk.hear_lines([number]);
    }
    desk.wait(1_000);
    desk.write_line(6);
    desk.check("");
    assert_eq!(unsent(&desk), ["6"]);
    desk.wait(3_999);
    desk.check("");
    desk.wait(1);
    desk.check("say something sealed");
    assert!(unsent(&desk).is_empty());
}

#[test]
fn what_may_not_be_said_any_more_is_not_said_later_either() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.write_line(1);
    desk.rules(RoomRules { chat: Audience::Presenters, ..RoomRules::default() });
    desk.rules(RoomRules::default());
    desk.happen(Event::SocketClosed);
    assert!(unsent(&desk).is_empty());
    desk.greet();
    assert_eq!(desk.welcomed_again(&[ADA]), []);
}

#[test]
fn from_another_seat_a_line_is_sealed_anew_and_no_nonce_is_used_twice() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    let before = desk.said_line(1);
    desk.happen(Event::SocketClosed);
    desk.greet();
    let again = desk.welcomed_as(CLEO, &[ADA]);
    let key = secret().invitation_key();
    let room = secret().moderator_key().room_id();
    let text = again[0].open(&key, (room, CLEO.id())).unwrap();
    assert_eq!(text.as_str(), "1");
    let nonce = |sealed: &SealedText| serde_json::to_string(sealed).unwrap()[..17].to_owned();
    assert_ne!(nonce(&again[0]), nonce(&before));
}

#[test]
fn what_was_written_for_a_room_that_is_lost_is_lost_with_it() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.happen(Event::SocketClosed);
    desk.write("Hello?");
    desk.greet();
    desk.wait_for(shared::WaitingFor::Admission);
    desk.skip();
    desk.welcome(&[ADA]);
    desk.check(
        "keep seat
         open peer
         say publish nothing",
    );
}

#[test]
fn the_oldest_lines_make_room_for_the_newest() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    for number in 0..501 {
        desk.written(ADA, &number.to_string());
    }
    let chat = desk.view().chat;
    assert_eq!(chat.len(), 500);
    assert_eq!((chat[0].line, chat[499].line), (1, 500));
    assert_eq!(chat[0].text.as_ref().unwrap().as_str(), "1");
}

#[test]
fn what_is_garbled_is_a_line_that_cannot_be_read() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    let text = shared::ChatText::from_typed("Hello").unwrap();
    let other = shared::RoomSecret::from_random([9; 32]).invitation_key();
    let room = secret().moderator_key().room_id();
    let text = SealedText::seal(&text, &other, (room, ADA.id()), [1; 12]);
    desk.hear(ServerMessage::Chat { participant: ADA.id(), text });
    assert_eq!(desk.view().chat[0].text, None);
    assert_eq!(shown(&desk), ["ada: ?"]);
}

fn unsent(desk: &Desk) -> Vec<String> {
    desk.view().unsent.iter().map(|text| text.as_str().to_owned()).collect()
}

fn shown(desk: &Desk) -> Vec<String> {
    let line = |line: &super::super::ChatView| {
        let text = line.text.as_ref().map_or("?", shared::ChatText::as_str);
        format!("{}: {text}", line.name.as_ref().unwrap().as_str())
    };
    desk.view().chat.iter().map(line).collect()
}
