// SPDX-License-Identifier: EUPL-1.2
//! Stories about transports that grow.

use shared::Layer;

use super::super::TransportChange;
use super::stage::{ADA, BOB, CAMERA, CLEO, MICROPHONE, Stage};

#[test]
fn what_waited_takes_the_slots_that_came_and_what_is_received_stays_where_it_is() {
    let mut stage = Stage::with_inside(&[BOB, CLEO]);
    stage.offer(ADA, &[("m", MICROPHONE)]);
    stage.negotiated(ADA, &["a1", "v1"]);
    stage.publish(BOB, &[CAMERA]);
    stage.publish(CLEO, &[CAMERA]);
    stage.skip();
    stage.offer(ADA, &[("m", MICROPHONE)]);
    stage.grown(ADA, &["a1", "v1", "v2"]);
    stage.check(
        "negotiate ada
         routes ada: v1=bob/camera v2=cleo/camera
         ada ← slots r3: v1=bob/camera v2=cleo/camera
         sounds ada:",
    );
}

#[test]
fn what_happened_while_it_was_answered_is_made_up_for() {
    let mut stage = Stage::with_transports(&[ADA, BOB, CLEO]);
    stage.publish(ADA, &[CAMERA]);
    stage.publish(BOB, &[CAMERA]);
    stage.skip();
    stage.offer(ADA, &[("m", MICROPHONE)]);
    stage.publish(ADA, &[CAMERA, MICROPHONE]);
    stage.publish(BOB, &[]);
    stage.publish(CLEO, &[MICROPHONE]);
    stage.skip();
    stage.grown(ADA, &["a1", "a2", "v1", "v2", "v3"]);
    stage.check(
        "open ada/microphone
         open ada/camera
         routes ada:
         ada ← slots r3:
         sounds ada: cleo",
    );
}

#[test]
fn who_speaks_goes_on_while_it_grows() {
    let mut stage = Stage::with_transports(&[ADA, BOB]);
    stage.publish(BOB, &[MICROPHONE]);
    stage.transport(BOB, TransportChange::Speaking(true));
    stage.wait(1);
    stage.skip();
    stage.offer(BOB, &[("m", MICROPHONE)]);
    stage.check("negotiate bob");
    stage.grown(BOB, &["a1", "a2", "v1", "v2", "v3"]);
    stage.check(
        "open bob/microphone
         routes bob:
         sounds bob:",
    );
}

#[test]
fn what_it_says_while_the_answer_is_on_its_way_counts() {
    let mut stage = Stage::with_transports(&[ADA, BOB]);
    stage.publish(BOB, &[MICROPHONE, CAMERA]);
    stage.transport(BOB, TransportChange::Speaking(true));
    stage.layers(BOB, &[Layer::Low]);
    stage.wait(1);
    stage.offer(BOB, &[("m", MICROPHONE), ("c", CAMERA)]);
    stage.skip();
    stage.layers(BOB, &[Layer::Low, Layer::Middle]);
    stage.check("");
    stage.transport(BOB, TransportChange::Speaking(false));
    stage.check(
        "ada ← speaking:
         bob ← speaking:",
    );
    stage.grown(BOB, &["a1", "a2", "v1", "v2", "v3"]);
    stage.check(
        "open bob/microphone
         open bob/camera
         routes bob:
         sounds bob:
         bob ← layers camera: +low +middle",
    );
}

#[test]
fn what_it_says_while_another_takes_its_place_is_void_with_the_answer() {
    let mut stage = Stage::with_transports(&[ADA, BOB]);
    stage.publish(BOB, &[MICROPHONE, CAMERA]);
    stage.offer(BOB, &[("m", MICROPHONE), ("c", CAMERA)]);
    stage.transport(BOB, TransportChange::Speaking(true));
    stage.layers(BOB, &[Layer::Low]);
    stage.wait(1);
    stage.skip();
    stage.negotiated(BOB, &["a1", "v1"]);
    stage.check(
        "open bob/microphone
         open bob/camera
         routes bob:
         bob ← slots r2:
         routes ada: v1=bob/camera
         sounds ada: bob
         ada ← speaking:
         bob ← speaking:",
    );
}

#[test]
fn one_that_is_gone_does_not_grow() {
    let mut stage = Stage::with_transports(&[ADA, BOB]);
    stage.transport(BOB, TransportChange::Lost);
    stage.skip();
    stage.grown(BOB, &["v1", "v2", "v3"]);
    stage.check("");
}
