// SPDX-License-Identifier: EUPL-1.2
//! The same in Firefox: a page of another origin holds a meeting, lets in, hears of everything and hangs up.

use serde_json::json;
use tests::{
    cast::{ADA, CLEO},
    page::{CallPage, in_language},
};
use tokio::join;

use crate::embed::{at, set_up};

#[tokio::test]
async fn a_page_in_firefox_runs_a_meeting() {
    let (cleo, ada) = join!(CallPage::of(CLEO), CallPage::of(ADA));
    let (_world, _host, page, links) = set_up(&cleo, "{ name: 'Cleo' }").await;
    cleo.opens_embedded(&page, &links.moderator).await;
    cleo.page_hears(json!({ "name": "ready" })).await;
    cleo.page_hears(json!({ "name": "gate" })).await;
    cleo.looks_into_the_frame().await;
    cleo.awaits_that("document.querySelector('[data-testid=gate-name]').value === 'Cleo'").await;
    cleo.switches_on("gate-microphone").await;
    cleo.looks_at_the_page().await;
    cleo.page_hears(json!({ "name": "devices", "microphone": "preview" })).await;
    assert_eq!(cleo.commands("enter", json!([])).await, "person_decides");
    cleo.looks_into_the_frame().await;
    cleo.enters().await;
    cleo.is_inside().await;
    cleo.looks_at_the_page().await;
    let joined = cleo.page_hears(json!({ "name": "joined" })).await;
    let own = at(&joined, "/participant");

    ada.opens(&in_language(&links.invite, "en")).await;
    ada.enters().await;
    let knock = cleo.page_hears(json!({ "name": "knock" })).await;
    let id = at(&knock, "/knocks/0/participant");
    assert_eq!(cleo.commands("admit", json!([id])).await, "done");
    ada.is_inside().await;
    cleo.page_hears(json!({ "name": "knock", "knocks": [] })).await;
    ada.switches_on("toggle-microphone").await;
    let people = cleo.page_hears(json!({ "name": "people" })).await;
    let people = at(&people, "/people").as_array().cloned().unwrap_or_default();
    let other = people.iter().find(|person| at(person, "/participant") != own);
    let other = other.map(|person| at(person, "/participant")).unwrap_or_default();
    cleo.page_hears(json!({ "name": "speaking", "participants": [other] })).await;

    cleo.looks_into_the_frame().await;
    if cleo.is_on("toggle-microphone").await != json!(true) {
        cleo.switches_on("toggle-microphone").await;
    }
    cleo.looks_at_the_page().await;
    cleo.page_hears(json!({ "name": "devices", "microphone": "on" })).await;
    assert_eq!(cleo.commands("muteMicrophone", json!([])).await, "done");
    cleo.page_hears(json!({ "name": "devices", "microphone": "off" })).await;
    assert_eq!(cleo.commands("setLanguage", json!(["de"])).await, "done");
    assert_eq!(cleo.commands("pin", json!([other])).await, "done");
    cleo.looks_into_the_frame().await;
    cleo.awaits_that("document.documentElement.lang === 'de'").await;
    cleo.awaits_that("document.querySelector('[data-testid=tile-pin][aria-pressed=true]')").await;
    cleo.looks_at_the_page().await;
    assert_eq!(cleo.commands("hangUp", json!([])).await, "done");
    cleo.page_hears(json!({ "name": "left", "reason": "left" })).await;
}

#[tokio::test]
async fn a_guest_in_firefox_waits_is_let_in_and_turned_away() {
    let (cleo, ada) = join!(CallPage::of(CLEO), CallPage::of(ADA));
    let (_world, _host, page, links) = set_up(&cleo, "{ start: 'lobby', name: 'Cleo' }").await;
    cleo.opens_embedded(&page, &links.invite).await;
    cleo.page_hears(json!({ "name": "waiting", "for_whom": "moderator" })).await;
    ada.opens(&in_language(&links.moderator, "en")).await;
    ada.enters().await;
    ada.is_inside().await;
    cleo.page_hears(json!({ "name": "waiting", "for_whom": "admission" })).await;
    ada.admits(CLEO).await;
    cleo.page_hears(json!({ "name": "joined" })).await;
    assert_eq!(cleo.commands("admit", json!([1])).await, "not_allowed");
    ada.removes(CLEO).await;
    cleo.page_hears(json!({ "name": "left", "reason": "removed" })).await;
    assert_eq!(cleo.commands("hangUp", json!([])).await, "not_now");
    cleo.opens_embedded(&page, &links.invite).await;
    cleo.page_hears(json!({ "name": "waiting", "for_whom": "admission" })).await;
    ada.refuses("Cleo").await;
    let left = cleo.page_hears(json!({ "name": "left", "reason": "refused" })).await;
    assert_eq!(at(&left, "/refusal"), "turned_away");
}
