// SPDX-License-Identifier: EUPL-1.2
//! Stories about transports and publications.

use super::super::TransportChange;
use super::stage::{ADA, BOB, CAMERA, CLEO, MICROPHONE, Stage};

#[test]
fn what_is_switched_on_is_received_by_everybody_else() {
    let mut stage = Stage::with_transports(&[ADA, BOB]);
    stage.publish(BOB, &[MICROPHONE, CAMERA]);
    stage.check(
        "open bob/microphone
         open bob/camera
         ada ← r3 present bob +microphone +camera
         bob ← r3 present bob +microphone +camera
         routes ada: v1=bob/camera
         ada ← slots r2: v1=bob/camera
         sounds ada: bob",
    );
}

#[test]
fn a_gate_shuts_before_anybody_is_told() {
    let mut stage = Stage::with_transports(&[ADA, BOB]);
    stage.publish(BOB, &[MICROPHONE, CAMERA]);
    stage.skip();
    stage.publish(BOB, &[MICROPHONE]);
    stage.check(
        "shut bob/camera
         ada ← r4 present bob +microphone
         bob ← r4 present bob +microphone
         routes ada:
         ada ← slots r3:",
    );
}

#[test]
fn stating_the_same_again_changes_nothing() {
    let mut stage = Stage::with_transports(&[ADA, BOB]);
    stage.publish(BOB, &[MICROPHONE, CAMERA]);
    stage.skip();
    stage.publish(BOB, &[CAMERA, MICROPHONE]);
    stage.check("");
}

#[test]
fn stating_a_source_twice_breaks_the_protocol() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.publish(BOB, &[CAMERA, CAMERA]);
    stage.check(
        "bob ← closed protocol
         bob closed
         close transport bob
         ada ← r3 gone bob",
    );
}

#[test]
fn an_offer_that_names_a_source_or_a_line_twice_breaks_the_protocol() {
    for senders in [[("1", CAMERA), ("2", CAMERA)], [("1", CAMERA), ("1", MICROPHONE)]] {
        let mut stage = Stage::with_inside(&[BOB]);
        stage.offer(BOB, &senders);
        stage.check(
            "bob ← closed protocol
             bob closed
             close transport bob
             ada ← r3 gone bob",
        );
    }
}

#[test]
fn a_gate_waits_for_its_transport() {
    let mut stage = Stage::with_transports(&[ADA]);
    stage.enter_inside(BOB);
    stage.publish(BOB, &[CAMERA]);
    stage.check(
        "ada ← r3 present bob +camera
         bob ← r3 present bob +camera
         routes ada: v1=bob/camera
         ada ← slots r2: v1=bob/camera",
    );
    stage.open_transport(BOB);
    stage.check(
        "negotiate bob
         open bob/camera
         routes bob:
         bob ← slots r1:
         routes ada: v1=bob/camera",
    );
}

#[test]
fn who_comes_later_receives_what_is_already_there() {
    let mut stage = Stage::with_transports(&[ADA, BOB]);
    stage.publish(ADA, &[MICROPHONE]);
    stage.publish(BOB, &[CAMERA]);
    stage.enter_inside(CLEO);
    stage.open_transport(CLEO);
    stage.check(
        "negotiate cleo
         routes cleo: v1=bob/camera
         cleo ← slots r1: v1=bob/camera
         sounds cleo: ada",
    );
}

#[test]
fn a_picture_keeps_its_slot_when_others_go() {
    let mut stage = Stage::with_transports(&[ADA, BOB, CLEO]);
    stage.publish(BOB, &[CAMERA]);
    stage.publish(CLEO, &[CAMERA]);
    stage.skip();
    stage.leave(BOB);
    stage.check(
        "bob ← closed left
         bob closed
         close transport bob
         ada ← r6 gone bob
         cleo ← r6 gone bob
         routes ada: v2=cleo/camera
         ada ← slots r4: v2=cleo/camera
         routes cleo:
         cleo ← slots r3:",
    );
}

#[test]
fn what_finds_no_slot_waits_for_one() {
    let mut stage = Stage::with_inside(&[BOB, CLEO]);
    stage.offer(ADA, &[]);
    stage.negotiated(ADA, &["v1"]);
    stage.publish(BOB, &[CAMERA]);
    stage.skip();
    stage.publish(CLEO, &[CAMERA]);
    stage.check(
        "ada ← r5 present cleo +camera
         bob ← r5 present cleo +camera
         cleo ← r5 present cleo +camera",
    );
    stage.publish(BOB, &[]);
    stage.check(
        "shut bob/camera
         ada ← r6 present bob
         bob ← r6 present bob
         cleo ← r6 present bob
         routes ada: v1=cleo/camera
         ada ← slots r3: v1=cleo/camera",
    );
}

#[test]
fn a_fresh_transport_is_told_everything_again() {
    let mut stage = Stage::with_transports(&[ADA, BOB]);
    stage.publish(ADA, &[MICROPHONE]);
    stage.publish(BOB, &[CAMERA]);
    stage.skip();
    stage.offer(BOB, &[("c", CAMERA)]);
    stage.negotiated(BOB, &["a7", "v7"]);
    stage.check(
        "negotiate bob
         open bob/camera
         routes bob:
         bob ← slots r2:
         sounds bob: ada
         routes ada: v1=bob/camera",
    );
}

#[test]
fn a_transport_that_is_lost_is_asked_for_again() {
    let mut stage = Stage::with_transports(&[ADA, BOB]);
    stage.publish(ADA, &[CAMERA]);
    stage.skip();
    stage.transport(BOB, TransportChange::Lost);
    stage.check(
        "close transport bob
         bob ← transport lost",
    );
    stage.publish(ADA, &[]);
    stage.check(
        "shut ada/camera
         ada ← r4 present ada★
         bob ← r4 present ada★",
    );
}

#[test]
fn an_earlier_transport_that_ends_does_not_harm_the_one_being_made() {
    let mut stage = Stage::with_transports(&[BOB]);
    stage.offer(BOB, &[]);
    stage.transport(BOB, TransportChange::Lost);
    stage.check("negotiate bob");
}

#[test]
fn what_is_switched_off_while_a_transport_is_made_stays_off() {
    let mut stage = Stage::with_transports(&[BOB]);
    stage.publish(BOB, &[CAMERA]);
    stage.offer(BOB, &[]);
    stage.skip();
    stage.publish(BOB, &[]);
    stage.negotiated(BOB, &[]);
    stage.check(
        "shut bob/camera
         ada ← r4 present bob
         bob ← r4 present bob
         routes bob:
         bob ← slots r2:",
    );
}

#[test]
fn a_transport_outlives_the_connection_of_its_owner() {
    let mut stage = Stage::with_transports(&[ADA, BOB]);
    stage.cut(BOB);
    stage.skip();
    stage.publish(ADA, &[CAMERA]);
    stage.check(
        "open ada/camera
         ada ← r4 present ada★ +camera
         routes bob: v1=ada/camera",
    );
    stage.resume(BOB);
    stage.check(
        "bob#2 ← challenge
         bob#2 ← welcome r5: ada★ +camera, bob
         ada ← r5 present bob
         bob#2 ← slots r2: v1=ada/camera",
    );
}

#[test]
fn a_transport_lost_while_away_is_not_in_the_return() {
    let mut stage = Stage::with_transports(&[BOB]);
    stage.cut(BOB);
    stage.transport(BOB, TransportChange::Lost);
    stage.skip();
    stage.resume(BOB);
    stage.check(
        "bob#2 ← challenge
         bob#2 ← welcome r4: ada★, bob
         ada ← r4 present bob",
    );
}

#[test]
fn what_the_media_plane_says_of_somebody_who_is_gone_is_harmless() {
    let mut stage = Stage::with_transports(&[BOB]);
    stage.leave(BOB);
    stage.skip();
    stage.negotiated(BOB, &["v1"]);
    stage.not_negotiated(BOB);
    stage.transport(BOB, TransportChange::Connected);
    stage.transport(BOB, TransportChange::WeakCipher);
    stage.transport(BOB, TransportChange::Lost);
    stage.check("");
}
