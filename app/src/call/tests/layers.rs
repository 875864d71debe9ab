// SPDX-License-Identifier: EUPL-1.2
//! Stories about what of the own pictures is worth sending.

use shared::{Layer, LayerSet, ServerMessage, Source};

use super::{
    super::Event,
    desk::{ADA, BOB, CAMERA, Desk, MICROPHONE, SCREEN},
};

#[test]
fn what_nobody_can_use_is_not_sent() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    layers(&mut desk, CAMERA, &[Layer::Low, Layer::High]);
    layers(&mut desk, SCREEN, &[]);
    desk.check(
        "send low, high of camera
         send nothing of screen",
    );
}

#[test]
fn what_is_said_twice_is_done_once() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    layers(&mut desk, CAMERA, &Layer::ALL);
    layers(&mut desk, CAMERA, &[Layer::Low]);
    layers(&mut desk, CAMERA, &[Layer::Low]);
    desk.check("send low of camera");
}

#[test]
fn a_microphone_has_no_encodings_to_choose_from() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    layers(&mut desk, MICROPHONE, &[]);
    desk.check("");
}

#[test]
fn over_another_peer_everything_is_sent_until_the_server_says_otherwise() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    layers(&mut desk, CAMERA, &[Layer::Low]);
    desk.happen(Event::PeerFailed);
    desk.offered("another");
    layers(&mut desk, CAMERA, &[Layer::Middle]);
    desk.answer("to another");
    layers(&mut desk, CAMERA, &[Layer::Low]);
    desk.check(
        "send low of camera
         open peer
         say offer another
         accept to another
         send low of camera",
    );
}

#[test]
fn what_was_said_outlasts_a_line_and_is_said_again() {
    let mut desk = Desk::inside(BOB, &[ADA]);
    layers(&mut desk, CAMERA, &[]);
    desk.happen(Event::SocketClosed);
    desk.greet();
    desk.welcome(&[ADA]);
    desk.skip();
    layers(&mut desk, CAMERA, &[]);
    layers(&mut desk, CAMERA, &Layer::ALL);
    desk.check("send low, middle, high of camera");
}

fn layers(desk: &mut Desk, source: Source, wanted: &[Layer]) {
    let wanted: LayerSet = wanted.iter().copied().collect();
    desk.hear(ServerMessage::Layers { source, wanted });
}
