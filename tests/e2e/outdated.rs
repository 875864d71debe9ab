// SPDX-License-Identifier: EUPL-1.2
//! A page of which a part is gone: the server was given a new one while somebody stood at the gate.

use serde_json::json;
use tests::{
    browser::SOON,
    cast::{ADA, BOB},
    eventually::{Condition as _, eventually},
    page::{CallPage, in_language},
    setup::Setup,
    world::World,
};

/// What only a conference needs.
const REST: &str = "*/rest-*";

#[tokio::test]
async fn whoever_stands_at_the_gate_of_an_old_page_is_told_and_comes_in() {
    let world = World::start().await;
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let links = ada.opens_a_room(&world.home("en")).await;
    ada.sets_the_door("door-open").await;
    let bob = CallPage::set_up(BOB, Setup { traffic: true, ..Setup::WITHOUT_DEVICES }).await;
    for (language, sentence) in [("en", "has a new version"), ("de", "eine neue Fassung")] {
        cannot_load(&bob, &[REST]).await;
        bob.opens(&in_language(&links.invite, language)).await;
        bob.enters().await;
        let read = bob.browser().reads("rest-missing").await;
        assert!(read.contains(sentence), "Bob reads {read:?}");
        cannot_load(&bob, &[]).await;
        bob.browser().press("rest-reload").await;
        bob.enters().await;
        bob.is_inside().await;
        bob.leaves().await;
    }
}

#[tokio::test]
async fn what_was_not_there_at_the_gate_may_be_there_at_the_door() {
    let world = World::start().await;
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let links = ada.opens_a_room(&world.home("en")).await;
    ada.sets_the_door("door-open").await;
    let bob = CallPage::set_up(BOB, Setup { traffic: true, ..Setup::WITHOUT_DEVICES }).await;
    cannot_load(&bob, &[REST]).await;
    bob.opens(&links.invite).await;
    eventually("it could not be loaded", SOON, async || {
        let told = bob.browser().told().await;
        let failed = told.iter().any(|event| event["method"] == json!("Network.loadingFailed"));
        failed.or_seen(|| format!("{} events", told.len()))
    })
    .await;
    cannot_load(&bob, &[]).await;
    bob.enters().await;
    bob.is_inside().await;
}

#[tokio::test]
async fn whoever_makes_a_room_on_an_old_page_is_told() {
    let world = World::start().await;
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    cannot_load(&ada, &[REST]).await;
    ada.browser().goto(&world.home("en")).await;
    ada.browser().press("start-create").await;
    ada.browser().awaits("rest-missing").await;
    cannot_load(&ada, &[]).await;
    ada.browser().press("rest-reload").await;
    ada.browser().press("start-create").await;
    ada.browser().awaits("moderator-link").await;
}

/// Keeps a browser from loading these addresses.
async fn cannot_load(page: &CallPage, addresses: &[&str]) {
    page.browser().devtools("Network.enable", json!({})).await;
    page.browser().devtools("Network.setBlockedURLs", json!({ "urls": addresses })).await;
}
