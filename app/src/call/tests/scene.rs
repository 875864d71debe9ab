// SPDX-License-Identifier: EUPL-1.2
//! Stories about how the conference is seen: layouts, pages, pins, the own picture.

use shared::{ParticipantId, ParticipantInfo, RosterChange, ServerMessage};

use super::{
    super::{Area, Event, Float, Intent, Layout, Look, TileKey},
    desk::{ADA, BOB, CAMERA, CLEO, Desk, MICROPHONE, Person, SCREEN},
    transcript,
};

#[test]
fn in_the_grid_everybody_has_one_size() {
    let desk = seated(&[ADA, CLEO]);
    assert_eq!(large(&desk), []);
    let mut sizes: Vec<_> =
        desk.view().tiles.iter().map(|tile| tile.place.unwrap()).map(|it| it.width).collect();
    sizes.dedup();
    assert_eq!(sizes.len(), 1);
}

#[test]
fn who_speaks_is_large_and_nobody_is_for_a_cough() {
    let mut desk = seated(&[ADA, CLEO]);
    desk.look(Look::Layout(Layout::Speaker));
    assert_eq!(large(&desk), [face(ADA)], "somebody else, before anybody has spoken");
    desk.hear_speaking(&[CLEO]);
    desk.wait(1_499);
    assert_eq!(large(&desk), [face(ADA)]);
    desk.wait(1);
    assert_eq!(large(&desk), [face(CLEO)]);
    desk.hear_speaking(&[ADA]);
    desk.wait(1_000);
    desk.hear_speaking(&[]);
    desk.wait(5_000);
    assert_eq!(large(&desk), [face(CLEO)]);
}

#[test]
fn the_person_at_this_screen_is_never_large_for_speaking() {
    let mut desk = seated(&[ADA, CLEO]);
    desk.switch_on(MICROPHONE);
    desk.look(Look::Layout(Layout::Speaker));
    desk.hear_speaking(&[BOB]);
    desk.wait(60_000);
    assert_eq!(large(&desk), [face(ADA)]);
}

#[test]
fn who_is_alone_sees_themselves_in_every_layout() {
    let mut desk = seated(&[]);
    for look in [Look::Layout(Layout::Speaker), Look::HideSelf(true)] {
        desk.look(look);
        assert_eq!(staged(&desk), [face(BOB)]);
    }
}

#[test]
fn somebody_elses_screen_is_large_and_the_own_is_not() {
    let mut desk = seated(&[ADA, CLEO]);
    desk.look(Look::Layout(Layout::Speaker));
    desk.present(CLEO.with(&[MICROPHONE, SCREEN]));
    assert_eq!(large(&desk), [screen(CLEO)]);
    let mut desk = Desk::inside(ADA, &[BOB]);
    desk.switch_on(SCREEN);
    assert_eq!(large(&desk), []);
    desk.look(Look::Pin(screen(ADA), true));
    assert_eq!(large(&desk), [], "a hall of mirrors");
}

#[test]
fn what_is_pinned_stays_large_beside_screens_and_whoever_speaks() {
    let mut desk = seated(&[ADA, CLEO]);
    desk.look(Look::Pin(face(CLEO), true));
    assert_eq!(large(&desk), [face(CLEO)]);
    desk.look(Look::Layout(Layout::Speaker));
    desk.hear_speaking(&[ADA]);
    desk.wait(10_000);
    assert_eq!(large(&desk), [face(CLEO)]);
    desk.present(ADA.with(&[MICROPHONE, SCREEN]));
    assert_eq!(large(&desk), [screen(ADA), face(CLEO)]);
    desk.look(Look::Pin(face(ADA), true));
    assert_eq!(large(&desk), [screen(ADA), face(ADA), face(CLEO)]);
    desk.look(Look::Pin(face(CLEO), false));
    assert_eq!(large(&desk), [screen(ADA), face(ADA)]);
}

#[test]
fn who_goes_is_pinned_no_more() {
    let mut desk = seated(&[ADA, CLEO]);
    desk.look(Look::Pin(face(CLEO), true));
    desk.change(RosterChange::Gone { participant: CLEO.id() });
    desk.present(CLEO.with(&[]));
    assert_eq!(large(&desk), []);
}

#[test]
fn pins_outlive_a_line_but_not_the_seat() {
    let mut desk = seated(&[ADA, CLEO]);
    desk.look(Look::Pin(face(CLEO), true));
    desk.happen(Event::SocketClosed);
    desk.greet();
    desk.welcome(&[ADA, CLEO]);
    assert_eq!(large(&desk), [face(CLEO)]);
    desk.wait(60_000);
    desk.happen(Event::SocketClosed);
    desk.greet();
    // A server that began anew may call somebody else the same.
    drop(desk.welcomed_as(ADA, &[BOB, CLEO]));
    assert_eq!(large(&desk), []);
}

#[test]
fn what_is_pinned_is_wanted_before_everything_else() {
    let mut desk = seated(&[ADA, CLEO]);
    desk.present(ADA.with(&[CAMERA, SCREEN]));
    desk.present(CLEO.with(&[CAMERA]));
    let tiles = vec![(face(ADA), 120), (face(CLEO), 720), (screen(ADA), 900)];
    desk.look(Look::Pin(face(CLEO), true));
    desk.skip();
    desk.happen(Event::Measured(tiles));
    desk.check("say want camera of cleo at 720, screen of ada at 900, camera of ada at 120");
}

#[test]
fn pages_are_turned_up_to_the_last_and_back_to_the_first() {
    let mut desk = crowded(40);
    assert_eq!((page(&desk), staged(&desk).len()), ((0, 4), 11));
    for (look, expected) in [
        (Look::PreviousPage, (0, 4)),
        (Look::NextPage, (1, 4)),
        (Look::NextPage, (2, 4)),
        (Look::NextPage, (3, 4)),
        (Look::NextPage, (3, 4)),
        (Look::PreviousPage, (2, 4)),
    ] {
        desk.look(look);
        assert_eq!(page(&desk), expected, "after {look:?}");
    }
    desk.look(Look::Layout(Layout::Grid));
    assert_eq!(page(&desk), (0, 4), "a layout begins with its first page");
}

#[test]
fn everybody_is_on_exactly_one_page() {
    let mut desk = crowded(40);
    let mut seen = staged(&desk);
    for _ in 1..page(&desk).1 {
        desk.look(Look::NextPage);
        seen.extend(staged(&desk));
    }
    let everybody: Vec<_> = desk.view().tiles.iter().map(|tile| tile.key).collect();
    assert_eq!(seen, everybody);
}

#[test]
fn pictures_of_other_pages_are_not_wanted() {
    let mut desk = crowded(40);
    measure(&mut desk);
    desk.wait(1_000);
    desk.skip();
    let said = desk.effects(Event::Intent(Intent::Look(Look::NextPage)));
    let said: Vec<_> = said.iter().map(transcript::line).collect();
    let first = format!("say want camera of {} at 360", staged(&desk)[0].id);
    assert!(said[0].starts_with(&first), "those of this page come first: {said:?}");
    measure(&mut desk);
    // For a moment those of the other page are wanted still.
    desk.wait(400);
    desk.skip();
    desk.wait(600);
    let shown: Vec<_> = staged(&desk).iter().map(|key| key.id).collect();
    let named = shown.iter().map(|id| format!("camera of {id} at 180"));
    desk.check(&format!("say want {}", named.collect::<Vec<_>>().join(", ")));
}

#[test]
fn a_small_window_shows_who_speaks_while_nobody_looks_at_the_page() {
    let mut desk = seated(&[ADA, CLEO]);
    desk.present(ADA.with(&[CAMERA]));
    desk.present(CLEO.with(&[CAMERA, MICROPHONE]));
    desk.happen(Event::Measured(vec![(face(ADA), 180), (face(CLEO), 180)]));
    desk.hear_speaking(&[CLEO]);
    desk.wait(5_000);
    desk.skip();
    desk.happen(Event::Floats(Float::Leading));
    assert_eq!(desk.view().stage.leading, Some(face(CLEO)));
    desk.check("say want camera of ada at 180, camera of cleo at 360");
    desk.happen(Event::Turned { to_front: false });
    desk.wait(1_000);
    desk.check("say want camera of cleo at 360");
    desk.look(Look::Pin(face(ADA), true));
    assert_eq!(desk.view().stage.leading, Some(face(ADA)));
    desk.wait(1_000);
    desk.check(
        "say want camera of ada at 360, camera of cleo at 360\nsay want camera of ada at 360",
    );
    desk.happen(Event::Floats(Float::Tile(face(CLEO))));
    desk.wait(1_000);
    desk.check(
        "say want camera of ada at 360, camera of cleo at 360\nsay want camera of cleo at 360",
    );
    desk.happen(Event::Floats(Float::Nothing));
    desk.wait(1_000);
    desk.check("say want nothing");
}

#[test]
fn who_hides_themselves_transmits_as_before() {
    let mut desk = seated(&[ADA]);
    desk.switch_on(CAMERA);
    desk.look(Look::HideSelf(true));
    desk.check("");
    assert_eq!(staged(&desk), [face(ADA)]);
    assert!(desk.source(CAMERA).on);
    desk.look(Look::HideSelf(false));
    assert_eq!(staged(&desk), [face(BOB), face(ADA)]);
}

#[test]
fn the_own_picture_is_a_mirror_until_somebody_wants_otherwise() {
    let mut desk = seated(&[ADA]);
    assert!(!desk.view().stage.unmirrored);
    desk.look(Look::Mirror(false));
    assert!(desk.view().stage.unmirrored);
    desk.check("");
}

/// Bob's page with a window on a desk, the others with their microphones on.
fn seated(others: &[Person]) -> Desk {
    let mut desk = Desk::inside(BOB, others);
    desk.happen(Event::Staged(Area { width: 1_256, height: 628 }));
    for other in others {
        desk.present(other.with(&[MICROPHONE]));
    }
    desk.skip();
    desk
}

/// Bob's page on a phone held sideways, with so many others who all have their cameras on.
fn crowded(others: u32) -> Desk {
    let mut desk = Desk::inside(BOB, &[]);
    desk.happen(Event::Staged(Area { width: 820, height: 310 }));
    for number in 10..10 + others {
        desk.present(ParticipantInfo { id: ParticipantId(number), ..CLEO.with(&[CAMERA]) });
    }
    desk.skip();
    desk
}

/// The browser measures what is on the stage.
fn measure(desk: &mut Desk) {
    let tiles = staged(desk).into_iter().map(|key| (key, 180)).collect();
    desk.happen(Event::Measured(tiles));
}

impl Desk {
    fn look(&mut self, look: Look) {
        self.want(Intent::Look(look));
    }

    fn hear_speaking(&mut self, people: &[Person]) {
        let participants = people.iter().map(|person| person.id()).collect();
        self.hear(ServerMessage::Speaking { participants });
    }
}

fn large(desk: &Desk) -> Vec<TileKey> {
    let tiles = desk.view().tiles;
    tiles.iter().filter(|tile| tile.large).map(|tile| tile.key).collect()
}

fn staged(desk: &Desk) -> Vec<TileKey> {
    let tiles = desk.view().tiles;
    tiles.iter().filter(|tile| tile.place.is_some()).map(|tile| tile.key).collect()
}

fn page(desk: &Desk) -> (usize, usize) {
    let stage = desk.view().stage;
    (stage.page, stage.pages)
}

fn face(person: Person) -> TileKey {
    TileKey { id: person.id(), screen: false }
}

fn screen(person: Person) -> TileKey {
    TileKey { id: person.id(), screen: true }
}
