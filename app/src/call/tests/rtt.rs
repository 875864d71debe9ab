// SPDX-License-Identifier: EUPL-1.2
//! Stories about lines while they are written.

use shared::{
    Audience, ClientMessage, LiveLine, ParticipantInfo, RoomRules, RosterChange, SealedLine,
    ServerMessage,
};

use super::{
    super::{Effect, Event, Intent, LineView},
    desk::{ADA, BOB, CLEO, Desk, Person, secret},
    reactions::uninvited,
};

#[test]
fn nobody_reads_along_who_was_not_let_to() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    type_line(&mut desk, "Hel");
    desk.wait(1_000);
    desk.check("");
    switch(&mut desk, true);
    desk.check("");
    type_line(&mut desk, "Hell");
    desk.check("say the line");
    assert_eq!(own(&desk), "Hell");
    switch(&mut desk, false);
    assert_eq!(own(&desk), "Hell", "the others have it still");
    desk.wait(300);
    desk.check("say the line");
    assert_eq!(own(&desk), "");
    type_line(&mut desk, "Hello");
    desk.wait(1_000);
    desk.check("");
}

/// The first key at once, and then what there is each 300 ms, until nothing is new.
#[test]
fn whoever_writes_fast_is_read_at_a_bounded_pace_and_to_the_last_key() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    switch(&mut desk, true);
    let mut said = Vec::new();
    for end in 1..="Good morning".len() {
        type_line(&mut desk, &"Good morning"[..end]);
        said.push(own(&desk));
        desk.wait(100);
    }
    assert_eq!(
        said.join("|"),
        "G|G|G|Goo|Goo|Goo|Good m|Good m|Good m|Good morn|Good morn|Good morn"
    );
    assert_eq!(own(&desk), "Good morning");
    desk.skip();
    desk.wait(5_000);
    desk.check("");
}

#[test]
fn a_line_that_is_written_ends_what_is_read_along() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    switch(&mut desk, true);
    type_line(&mut desk, "1");
    desk.skip();
    type_line(&mut desk, "1 ");
    desk.write_line(1);
    desk.check("say something sealed");
    desk.wait(1_000);
    desk.check("");
    assert_eq!(own(&desk), "");
    // With the line goes what was read of the next one: it is said again.
    type_line(&mut desk, "2");
    desk.check("say the line");
    desk.wait(1_000);
    desk.hear_lines([1]);
    desk.check("say the line");
    assert_eq!(own(&desk), "2");
}

#[test]
fn others_are_read_along_until_they_finish_take_back_go_or_may_not() {
    let mut desk = Desk::inside(BOB, &[ADA, CLEO]);
    desk.writes(CLEO, "Hi");
    desk.writes(ADA, "Good");
    desk.writes(ADA, "Goo");
    assert_eq!(lines(&desk), ["ada: Goo", "cleo: Hi"]);
    desk.writes(ADA, "");
    assert_eq!(lines(&desk), ["cleo: Hi"]);
    desk.written(CLEO, "Hi!");
    assert_eq!(lines(&desk), [""; 0]);
    let strict = RoomRules { chat: Audience::Presenters, ..RoomRules::default() };
    for ends in [
        RosterChange::Present { participant: ParticipantInfo { away: true, ..CLEO.with(&[]) } },
        RosterChange::Rules { rules: strict },
        RosterChange::Gone { participant: CLEO.id() },
    ] {
        desk.present(CLEO.with(&[]));
        desk.writes(CLEO, "Hi");
        desk.present(ADA.with_hand(1));
        assert_eq!(lines(&desk), ["cleo: Hi"], "before {ends:?}");
        desk.change(ends);
        assert_eq!(lines(&desk), [""; 0]);
        desk.writes(CLEO, "Hi");
        desk.writes(BOB, "Me?");
        desk.rules(RoomRules::default());
    }
    assert_eq!(lines(&desk), [""; 0], "nobody who is there, but for oneself");
}

#[test]
fn what_is_garbled_or_not_for_this_person_is_no_line() {
    let mut desk = Desk::inside(BOB, &[ADA, CLEO]);
    let key = secret().invitation_key();
    let room = secret().moderator_key().room_id();
    let line = SealedLine::seal(&LiveLine::from_typed("Hi"), &key, (room, CLEO.id()), [1; 12]);
    desk.hear(ServerMessage::Rtt { participant: ADA.id(), line });
    assert_eq!(lines(&desk), [""; 0], "written by Cleo");
    let mut desk = uninvited();
    desk.writes(ADA, "Hi");
    assert_eq!(lines(&desk), [""; 0]);
    switch(&mut desk, true);
    type_line(&mut desk, "Hi");
    desk.check("");
}

#[test]
fn when_the_line_is_mended_it_is_said_again_and_others_are_read_from_their_next_key_on() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    switch(&mut desk, true);
    type_line(&mut desk, "Hel");
    desk.writes(ADA, "Goo");
    desk.happen(Event::SocketClosed);
    desk.skip();
    type_line(&mut desk, "Hello");
    desk.wait(500);
    desk.greet();
    desk.skip();
    desk.welcome(&[ADA]);
    desk.check("keep seat\nsay publish nothing\nsay the line");
    assert_eq!((own(&desk), lines(&desk)), ("Hello".into(), Vec::new()));
}

#[test]
fn no_nonce_is_used_twice_for_a_line() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    switch(&mut desk, true);
    let first = desk.effects(Event::Intent(typing("Hel")));
    desk.happen(Event::SocketClosed);
    desk.wait(500);
    desk.greet();
    let again = desk.effects(Event::Message(desk.welcome_as(BOB, &[ADA], &[])));
    let nonce = |effects: &[Effect]| {
        let line = effects.iter().find_map(|effect| {
            if let Effect::Send(ClientMessage::Rtt { line }) = effect { Some(line) } else { None }
        });
        serde_json::to_string(line.unwrap()).unwrap()[..17].to_owned()
    };
    assert_ne!(nonce(&first), nonce(&again));
}

#[test]
fn a_line_that_stands_is_said_again_and_one_that_nobody_says_goes() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    switch(&mut desk, true);
    type_line(&mut desk, "Hel");
    desk.writes(ADA, "Goo");
    desk.skip();
    desk.wait(49_999);
    desk.check("say the line\nsay the line");
    assert_eq!(lines(&desk), ["ada: Goo"]);
    desk.wait(1);
    assert_eq!(lines(&desk), [""; 0]);
    type_line(&mut desk, "");
    desk.skip();
    desk.wait(100_000);
    desk.check("");
}

#[test]
fn who_may_not_write_any_more_is_not_read_any_more() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    switch(&mut desk, true);
    type_line(&mut desk, "Hel");
    desk.rules(RoomRules { chat: Audience::Presenters, ..RoomRules::default() });
    assert!(!desk.view().moment.rtt && own(&desk).is_empty());
    switch(&mut desk, true);
    assert!(!desk.view().moment.rtt);
    desk.skip();
    desk.rules(RoomRules::default());
    type_line(&mut desk, "Hello");
    desk.wait(1_000);
    desk.check("");
}

#[test]
fn words_are_read_out_and_not_keys() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    let mut heard = Vec::new();
    for end in 1..="Good morning, everybody".len() {
        desk.writes(ADA, &"Good morning, everybody"[..end]);
        desk.wait(200);
        heard.extend(read_out(&desk));
    }
    desk.wait(1_500);
    heard.extend(read_out(&desk));
    heard.dedup();
    assert_eq!(heard, ["0 ada: Good", "1 ada: morning,", "2 ada: everybody"]);
    // A word that was changed is read out again, and nothing else.
    desk.writes(ADA, "Good morning, everyone");
    desk.wait(1_500);
    assert_eq!(read_out(&desk).as_deref(), Some("3 ada: everyone"));
    desk.writes(ADA, "Good morning, ");
    desk.wait(5_000);
    assert_eq!(read_out(&desk).as_deref(), Some("3 ada: everyone"));
}

#[test]
fn two_who_write_at_once_are_read_out_one_after_the_other() {
    let mut desk = Desk::inside(BOB, &[ADA, CLEO]);
    desk.writes(ADA, "Yes");
    desk.writes(CLEO, "No");
    desk.wait(1_500);
    assert_eq!(read_out(&desk).as_deref(), Some("0 ada: Yes"));
    desk.wait(1_499);
    assert_eq!(read_out(&desk).as_deref(), Some("0 ada: Yes"));
    desk.wait(1);
    assert_eq!(read_out(&desk).as_deref(), Some("1 cleo: No"));
}

impl Desk {
    /// Somebody is writing, and the server says so.
    fn writes(&mut self, person: Person, text: &str) {
        let (key, room) = (secret().invitation_key(), secret().moderator_key().room_id());
        let line = LiveLine::from_typed(text);
        let line = SealedLine::seal(&line, &key, (room, person.id()), [1; 12]);
        self.hear(ServerMessage::Rtt { participant: person.id(), line });
    }
}

fn switch(desk: &mut Desk, on: bool) {
    desk.want(Intent::Rtt { on, nonce: [1; 12] });
}

fn typing(text: &str) -> Intent {
    Intent::Type { line: LiveLine::from_typed(text), nonce: [2; 12] }
}

fn type_line(desk: &mut Desk, text: &str) {
    desk.want(typing(text));
}

fn own(desk: &Desk) -> String {
    desk.view().moment.own_line.as_str().to_owned()
}

fn lines(desk: &Desk) -> Vec<String> {
    let line = |line: &LineView| {
        format!("{}: {}", line.name.as_ref().unwrap().as_str(), line.text.as_str())
    };
    desk.view().moment.lines.iter().map(line).collect()
}

fn read_out(desk: &Desk) -> Option<String> {
    let told = desk.view().moment.line_told?;
    Some(format!("{} {}: {}", told.number, told.name.unwrap().as_str(), told.text.as_str()))
}
