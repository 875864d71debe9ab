// SPDX-License-Identifier: EUPL-1.2
//! Stories about the conference: sources, tiles, slots, the peer connection.

use shared::{Mid, RosterChange, ServerMessage};

use super::{
    super::{CaptureFailure, Event, Intent, Picture},
    desk::{ADA, BOB, CAMERA, CLEO, Desk, MICROPHONE, Person, device},
};

#[test]
fn a_camera_is_sent_when_it_runs_and_not_before() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.want(Intent::Transmit(CAMERA, true));
    desk.check("capture camera");
    assert_eq!(desk.tile(BOB).picture, None);
    desk.captured(CAMERA, "front");
    desk.check(
        "transmit camera
         say publish camera",
    );
    assert_eq!(desk.tile(BOB).picture, Some(Picture::Own));
}

#[test]
fn a_camera_that_goes_off_is_dark_at_once() {
    let mut desk = with_camera(BOB);
    desk.want(Intent::Transmit(CAMERA, false));
    desk.check(
        "say publish nothing
         withhold camera
         release camera",
    );
    assert_eq!(desk.tile(BOB).picture, None);
}

#[test]
fn everything_that_is_on_is_stated_as_a_whole() {
    let mut desk = with_camera(BOB);
    desk.want(Intent::Transmit(MICROPHONE, true));
    desk.captured(MICROPHONE, "headset");
    desk.check(
        "capture microphone
         transmit microphone
         say publish microphone, camera",
    );
    assert!(!desk.tile(BOB).muted);
}

#[test]
fn another_camera_is_used_without_a_word() {
    let mut desk = with_camera(BOB);
    desk.want(Intent::ChooseDevice(CAMERA, device("rear")));
    desk.captured(CAMERA, "rear");
    desk.check("capture camera of rear");
}

#[test]
fn a_camera_that_is_unplugged_is_off_and_said_to_be() {
    let mut desk = with_camera(BOB);
    desk.happen(Event::CaptureEnded(CAMERA));
    desk.check(
        "withhold camera
         say publish nothing
         release camera",
    );
    assert!(desk.source(CAMERA).vanished && !desk.source(CAMERA).on);
}

#[test]
fn a_camera_that_is_unplugged_while_another_starts_is_awaited() {
    let mut desk = with_camera(BOB);
    desk.want(Intent::ChooseDevice(CAMERA, device("rear")));
    desk.happen(Event::CaptureEnded(CAMERA));
    assert!(!desk.source(CAMERA).on && desk.source(CAMERA).starting);
    desk.captured(CAMERA, "rear");
    desk.check(
        "capture camera of rear
         withhold camera
         say publish nothing
         transmit camera
         say publish camera",
    );
}

#[test]
fn a_microphone_that_fails_is_never_stated() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.want(Intent::Transmit(MICROPHONE, true));
    desk.failed(MICROPHONE, CaptureFailure::InUse);
    desk.check("capture microphone");
    assert_eq!(desk.source(MICROPHONE).failure, Some(CaptureFailure::InUse));
    assert!(desk.tile(BOB).muted);
}

#[test]
fn the_own_tile_comes_first_and_the_others_as_they_arrived() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.present(CLEO.with(&[MICROPHONE]));
    let tiles = desk.view().tiles;
    let names: Vec<_> = tiles.iter().map(|tile| tile.name.clone().unwrap()).collect();
    assert_eq!(names, [BOB, ADA, CLEO].map(Person::named));
    assert!(tiles[0].own && !tiles[0].moderator && tiles[1].moderator);
    assert!(tiles[1].muted && !tiles[2].muted);
}

#[test]
fn somebody_who_goes_takes_their_tile_with_them() {
    let mut desk = Desk::inside(BOB, &[ADA, CLEO]);
    desk.present(shared::ParticipantInfo { away: true, ..CLEO.with(&[]) });
    assert!(desk.tile(CLEO).away);
    desk.change(RosterChange::Gone { participant: CLEO.id() });
    assert_eq!(desk.view().tiles.len(), 2);
}

#[test]
fn a_picture_is_shown_when_it_is_live_and_has_a_slot() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.present(ADA.with(&[CAMERA, MICROPHONE]));
    assert_eq!(desk.tile(ADA).picture, None);
    desk.slots(1, &[("20", ADA, CAMERA)]);
    assert_eq!(desk.tile(ADA).picture, Some(Picture::Slot(mid("20"))));
    desk.present(ADA.with(&[]));
    assert_eq!(desk.tile(ADA).picture, None);
    desk.check("");
}

#[test]
fn who_speaks_is_shown_as_long_as_their_microphone_is_on() {
    let mut desk = Desk::inside(BOB, &[ADA, CLEO]);
    desk.present(ADA.with(&[CAMERA, MICROPHONE]));
    desk.present(CLEO.with(&[MICROPHONE]));
    let speaking = |desk: &Desk| [ADA, BOB, CLEO].map(|person| desk.tile(person).speaking);
    assert_eq!(speaking(&desk), [false; 3]);
    desk.hear(ServerMessage::Speaking { participants: vec![ADA.id(), CLEO.id()] });
    assert_eq!(speaking(&desk), [true, false, true]);
    desk.present(CLEO.with(&[]));
    assert_eq!(speaking(&desk), [true, false, false]);
    desk.hear(ServerMessage::Speaking { participants: vec![] });
    assert_eq!(speaking(&desk), [false; 3]);
    desk.check("");
}

#[test]
fn an_older_table_changes_nothing() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.present(ADA.with(&[CAMERA]));
    desk.slots(2, &[("21", ADA, CAMERA)]);
    desk.slots(1, &[("20", ADA, CAMERA)]);
    assert_eq!(desk.tile(ADA).picture, Some(Picture::Slot(mid("21"))));
}

#[test]
fn a_peer_that_fails_is_made_again_at_once_and_then_with_pauses() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.present(ADA.with(&[CAMERA]));
    desk.slots(1, &[("20", ADA, CAMERA)]);
    desk.happen(Event::PeerFailed);
    desk.check("open peer");
    assert_eq!(desk.tile(ADA).picture, None, "its slots are gone with it");
    desk.offered("second");
    desk.slots(2, &[("20", ADA, CAMERA)]);
    assert_eq!(desk.tile(ADA).picture, None, "said of the peer before");
    desk.answer("to the second");
    desk.check(
        "say offer second
         accept to the second",
    );
    desk.hear(ServerMessage::TransportLost {});
    desk.hear(ServerMessage::TransportLost {});
    desk.check("");
    desk.wait(500);
    desk.check("open peer");
}

#[test]
fn an_answer_to_an_offer_that_was_replaced_is_left_alone() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.happen(Event::PeerFailed);
    desk.offered("second");
    desk.happen(Event::PeerFailed);
    desk.wait(500);
    desk.offered("third");
    desk.answer("to the second");
    desk.answer("to the third");
    desk.check(
        "open peer
         say offer second
         open peer
         say offer third
         accept to the third",
    );
}

fn with_camera(person: Person) -> Desk {
    let mut desk = Desk::inside(person, &[ADA]);
    desk.want(Intent::Transmit(CAMERA, true));
    desk.captured(CAMERA, "front");
    desk.skip();
    desk
}

fn mid(text: &str) -> Mid {
    Mid::parse(text).unwrap()
}
