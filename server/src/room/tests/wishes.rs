// SPDX-License-Identifier: EUPL-1.2
//! Stories about which pictures are wanted, and what is worth sending.

use shared::{ClientMessage, Layer, LayerSet, Source, WantedPicture};

use super::super::TransportChange;
use super::stage::{ADA, BOB, CAMERA, CLEO, MICROPHONE, SCREEN, Stage};

impl Stage {
    /// Wants these pictures, this tall.
    fn want(&mut self, name: &'static str, pictures: &[(&str, Source, u16)]) {
        let wanted = |(whose, source, lines): &(&str, Source, u16)| WantedPicture {
            participant: self.participant(whose),
            source: *source,
            lines: *lines,
        };
        let pictures = pictures.iter().map(wanted).collect();
        self.say(name, ClientMessage::Want { pictures });
    }

    /// The media plane says what of a camera is of use.
    pub(super) fn layers(&mut self, name: &'static str, layers: &[Layer]) {
        let layers = layers.iter().copied().collect();
        self.transport(name, TransportChange::Wanted(CAMERA, layers));
    }
}

/// Bob and Cleo show their cameras to Ada.
fn two_cameras() -> Stage {
    let mut stage = Stage::with_transports(&[ADA, BOB, CLEO]);
    stage.publish(BOB, &[MICROPHONE, CAMERA]);
    stage.publish(CLEO, &[CAMERA]);
    stage.skip();
    stage
}

#[test]
fn what_is_not_wanted_is_not_sent_but_heard() {
    let mut stage = two_cameras();
    stage.want(ADA, &[(CLEO, CAMERA, 360)]);
    stage.check(
        "routes ada: v2=cleo/camera@360
         ada ← slots r4: v2=cleo/camera",
    );
    stage.want(ADA, &[]);
    stage.check(
        "routes ada:
         ada ← slots r5:",
    );
}

#[test]
fn order_and_lines_alone_are_told_to_the_media_plane_and_not_to_the_page() {
    let mut stage = two_cameras();
    stage.want(ADA, &[(CLEO, CAMERA, 360), (BOB, CAMERA, 360)]);
    stage.check("routes ada: v2=cleo/camera@360 v1=bob/camera@360");
    stage.want(ADA, &[(CLEO, CAMERA, 720), (BOB, CAMERA, 360)]);
    stage.check("routes ada: v2=cleo/camera@720 v1=bob/camera@360");
    stage.want(ADA, &[(CLEO, CAMERA, 720), (BOB, CAMERA, 360)]);
    stage.check("");
}

#[test]
fn a_wish_counts_for_what_is_published_later() {
    let mut stage = Stage::with_transports(&[ADA, BOB, CLEO]);
    stage.want(ADA, &[(BOB, SCREEN, 900), (CLEO, CAMERA, 90)]);
    stage.check("");
    stage.publish(BOB, &[CAMERA]);
    stage.skip();
    stage.publish(CLEO, &[CAMERA]);
    assert_eq!(stage.routes_of(ADA), ["routes ada: v1=cleo/camera@90"]);
}

#[test]
fn a_wish_may_come_before_the_transport() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.publish(BOB, &[CAMERA]);
    stage.want(ADA, &[]);
    stage.skip();
    stage.open_transport(ADA);
    stage.check(
        "negotiate ada
         routes ada:
         ada ← slots r1:",
    );
}

#[test]
fn what_is_wanted_more_takes_the_slot_of_what_is_wanted_less() {
    let mut stage = Stage::with_inside(&[BOB, CLEO]);
    stage.offer(ADA, &[]);
    stage.negotiated(ADA, &["v1"]);
    stage.publish(BOB, &[CAMERA]);
    stage.publish(CLEO, &[CAMERA]);
    stage.skip();
    stage.want(ADA, &[(CLEO, CAMERA, 720), (BOB, CAMERA, 180)]);
    stage.check(
        "routes ada: v1=cleo/camera@720
         ada ← slots r3: v1=cleo/camera",
    );
    stage.want(ADA, &[(BOB, CAMERA, 180)]);
    stage.check(
        "routes ada: v1=bob/camera@180
         ada ← slots r4: v1=bob/camera",
    );
}

#[test]
fn a_screen_that_is_wanted_goes_before_every_camera() {
    let mut stage = Stage::with_inside(&[BOB]);
    stage.enter_inside(CLEO);
    stage.offer(ADA, &[]);
    stage.negotiated(ADA, &["v1"]);
    stage.publish(BOB, &[CAMERA]);
    let participant = stage.participant(CLEO);
    stage.moderate(ADA, shared::Moderation::MakePresenter { participant });
    stage.want(ADA, &[(BOB, CAMERA, 720), (CLEO, SCREEN, 180)]);
    stage.skip();
    stage.publish(CLEO, &[SCREEN]);
    assert_eq!(stage.routes_of(ADA), ["routes ada: v1=cleo/screen@180"]);
}

#[test]
fn a_wish_that_no_page_can_have_breaks_the_protocol() {
    let many: Vec<_> = (1..=65_u16).map(|lines| (BOB, CAMERA, lines)).collect();
    for pictures in [
        &[(BOB, CAMERA, 0)][..],
        &[(BOB, MICROPHONE, 90)],
        &[(BOB, CAMERA, 90), (BOB, CAMERA, 180)],
        &many,
    ] {
        let mut stage = Stage::with_inside(&[BOB]);
        stage.want(BOB, pictures);
        stage.check(
            "bob ← closed protocol
             bob closed
             close transport bob
             ada ← r3 gone bob",
        );
    }
}

#[test]
fn a_wish_at_the_door_breaks_the_protocol() {
    let mut stage = Stage::with_inside(&[]);
    stage.arrive(BOB);
    stage.skip();
    stage.want(BOB, &[]);
    stage.check(
        "bob ← closed protocol
         bob closed
         ada ← knock gone bob",
    );
}

#[test]
fn a_wish_ends_with_its_connection() {
    let mut stage = two_cameras();
    stage.want(ADA, &[]);
    stage.cut(ADA);
    stage.publish(BOB, &[CAMERA]);
    assert_eq!(stage.routes_of(ADA).last().unwrap(), "routes ada:");
    stage.skip();
    stage.resume(ADA);
    stage.check(
        "ada#2 ← challenge
         ada#2 ← welcome r8: ada★, bob +camera, cleo +camera
         bob ← r8 present ada★
         cleo ← r8 present ada★
         routes ada: v1=bob/camera v2=cleo/camera
         ada#2 ← slots r5: v1=bob/camera v2=cleo/camera",
    );
}

#[test]
fn what_of_a_picture_is_of_use_is_told_to_its_owner_once() {
    let mut stage = two_cameras();
    stage.layers(BOB, &Layer::ALL);
    stage.check("");
    stage.layers(BOB, &[Layer::Low, Layer::Middle]);
    stage.check("bob ← layers camera: +low +middle");
    stage.layers(BOB, &[Layer::Low, Layer::Middle]);
    stage.check("");
    stage.layers(BOB, &[]);
    stage.check("bob ← layers camera:");
}

#[test]
fn what_is_of_use_is_said_again_to_who_returns() {
    let mut stage = two_cameras();
    stage.layers(BOB, &[Layer::Low]);
    stage.cut(BOB);
    stage.transport(BOB, TransportChange::Wanted(CAMERA, LayerSet::ALL));
    stage.skip();
    stage.resume(BOB);
    stage.check(
        "bob#2 ← challenge
         bob#2 ← welcome r7: ada★, bob +microphone +camera, cleo +camera
         ada ← r7 present bob +microphone +camera
         cleo ← r7 present bob +microphone +camera
         bob#2 ← slots r2: v1=cleo/camera
         bob#2 ← layers camera: +low +middle +high",
    );
}

#[test]
fn of_a_fresh_transport_everything_is_of_use() {
    let mut stage = two_cameras();
    stage.layers(BOB, &[Layer::Low]);
    stage.open_transport(BOB);
    stage.skip();
    stage.layers(BOB, &Layer::ALL);
    stage.check("");
    stage.layers(BOB, &[Layer::Low]);
    stage.check("bob ← layers camera: +low");
    stage.transport(BOB, TransportChange::Lost);
    stage.skip();
    stage.layers(BOB, &[]);
    stage.check("");
}
