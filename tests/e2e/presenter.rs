// SPDX-License-Identifier: EUPL-1.2
//! Who may share a screen, and what the others see of it.

use serde_json::json;
use tests::{
    browser::SOON,
    cast::{ADA, BOB, CLEO},
    eventually::{Condition as _, eventually},
    page::{CallPage, in_language},
    world::World,
};
use tokio::join;

#[tokio::test]
async fn a_screen_is_shared_by_whoever_may_and_stops_with_the_right() {
    let world = World::start().await;
    let (ada, bob, cleo) = join!(CallPage::of(ADA), CallPage::of(BOB), CallPage::of(CLEO));
    let links = ada.opens_a_room(&world.home("en")).await;
    for (page, person) in [(&bob, BOB), (&cleo, CLEO)] {
        page.opens(&in_language(&links.invite, "en")).await;
        page.enters().await;
        ada.admits(person).await;
        page.is_inside().await;
    }
    may_share(&bob, false).await;

    ada.acts_on(BOB, "person-make-presenter").await;
    may_share(&bob, true).await;
    may_share(&cleo, false).await;
    bob.switches_on("toggle-camera").await;
    bob.switches_on("toggle-screen").await;
    for page in [&ada, &cleo] {
        page.sees_the_screen_of(BOB, SOON).await;
        page.sees(BOB, SOON).await;
    }

    ada.acts_on(BOB, "person-make-participant").await;
    may_share(&bob, false).await;
    for page in [&ada, &bob, &cleo] {
        page.sees_no_screen(SOON).await;
    }
    // Nothing else of his was touched.
    ada.sees(BOB, SOON).await;

    ada.opens_rules().await;
    ada.switches_on("share-audience").await;
    may_share(&bob, true).await;
    bob.switches_on("toggle-screen").await;
    ada.sees_the_screen_of(BOB, SOON).await;
    bob.switches_off("toggle-screen").await;
    ada.sees_no_screen(SOON).await;
    bob.switches_on("toggle-screen").await;
    ada.sees_the_screen_of(BOB, SOON).await;
    ada.switches_off("share-audience").await;
    may_share(&bob, false).await;
    for page in [&ada, &bob, &cleo] {
        page.sees_no_screen(SOON).await;
    }
    assert_eq!(bob.is_on("toggle-camera").await, json!(true), "Bob's camera");
}

/// There is a switch for whoever may, and none for who may not.
async fn may_share(page: &CallPage, may: bool) {
    let what = format!("{} can share a screen: {may}", page.name());
    eventually(&what, SOON, async || {
        let shows = page.browser().shows("toggle-screen").await;
        (shows == may).or_seen(|| format!("the switch is there: {shows}"))
    })
    .await;
}
