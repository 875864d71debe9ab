// SPDX-License-Identifier: EUPL-1.2
//! A tab is shared with what it plays: everybody hears it as long as it is shared, and no longer.

use serde_json::json;
use tests::{
    browser::SOON,
    cast::{ADA, BOB, CLEO, Person},
    page::{CallPage, in_language},
    setup::{Devices, SHARED_TAB, Setup},
    world::World,
};

/// What the tab plays: nobody else in the room sounds like that.
const MUSIC: Person = CLEO;

#[tokio::test]
async fn a_tab_is_shared_with_its_sound_until_that_is_switched_off() {
    let (_world, ada, bob) = shares().await;
    ada.hears(&[MUSIC], SOON).await;
    bob.hears(&[], SOON).await;
    let speak = "return document.querySelectorAll('[data-testid=tile][data-speaking=true]').length";
    assert_eq!(ada.browser().execute(speak, Vec::new()).await, json!(0), "a screen does not speak");
    bob.browser().press("screen-sound").await;
    ada.hears(&[], SOON).await;
    bob.browser().awaits("without-screen-sound").await;
    assert_eq!(bob.is_on("toggle-screen").await, json!(true), "the picture goes on");
    assert_eq!(live_sounds(&bob).await, json!(0), "off is off");
}

#[tokio::test]
async fn the_sound_of_a_tab_stops_with_the_screen_and_with_the_right() {
    let (_world, ada, bob) = shares().await;
    ada.hears(&[MUSIC], SOON).await;
    bob.switches_off("toggle-screen").await;
    ada.hears(&[], SOON).await;
    assert_eq!(live_sounds(&bob).await, json!(0), "off is off");
    bob.switches_on("toggle-screen").await;
    ada.hears(&[MUSIC], SOON).await;
    ada.acts_on(BOB, "person-make-participant").await;
    ada.hears(&[], SOON).await;
    assert_eq!(live_sounds(&bob).await, json!(0), "off is off");
}

/// Bob shares a tab that plays something, before Ada.
async fn shares() -> (World, CallPage, CallPage) {
    let world = World::start().await;
    let tab = Setup { devices: Devices::Tab, ..Setup::default() };
    let (ada, bob) =
        tokio::join!(CallPage::set_up(ADA, Setup::WITHOUT_DEVICES), CallPage::set_up(BOB, tab));
    let links = ada.opens_a_room(&world.home("en")).await;
    bob.opens(&in_language(&links.invite, "en")).await;
    bob.enters().await;
    ada.admits(BOB).await;
    bob.is_inside().await;
    ada.acts_on(BOB, "person-make-presenter").await;
    let conference = bob.browser().tab().await;
    bob.browser().opens_a_tab().await;
    let arguments = vec![json!(SHARED_TAB), json!(MUSIC.tone)];
    bob.browser().execute(include_str!("../src/music.js"), arguments).await;
    bob.browser().turns_to(&conference).await;
    bob.browser().awaits("toggle-screen").await;
    bob.switches_on("toggle-screen").await;
    bob.browser().awaits("screen-sound").await;
    (world, ada, bob)
}

/// How many tracks of sound run that were captured.
async fn live_sounds(page: &CallPage) -> serde_json::Value {
    let script = "return window.witness.tracks.filter((track) => track.kind === 'audio' && track.readyState === 'live').length";
    page.browser().execute(script, Vec::new()).await
}
