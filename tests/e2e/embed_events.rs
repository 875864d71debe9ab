// SPDX-License-Identifier: EUPL-1.2
//! What happens in a meeting, the page around it is told: each event where it belongs, and once.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{
    cast::{ADA, BOB},
    host_page::HostSite,
    link::{Link, Path},
    page::{CallPage, Links, in_language},
    setup::Setup,
    world::{World, free_address},
};
use tokio::join;

use crate::embed::{at, page, set_up, set_up_with};

/// Shorter than anybody wants it, for nobody to wait here.
const SOON_PAUSED: &str = "pause_after = 1\n";

#[tokio::test]
async fn what_happens_to_a_guest_is_told_as_it_happens() {
    let (ada, bob) = join!(CallPage::of(ADA), CallPage::set_up(BOB, Setup::WITHOUT_DEVICES));
    let (_world, _host, page, links) = set_up_with(&ada, "{}", SOON_PAUSED).await;
    bob.opens_embedded(&page, &links.invite).await;
    bob.page_hears(json!({ "name": "gate" })).await;
    bob.looks_into_the_frame().await;
    bob.hangs_by_a_thread().await;
    bob.enters().await;
    bob.looks_at_the_page().await;
    bob.page_hears(json!({ "name": "entering" })).await;
    bob.page_hears(json!({ "name": "waiting", "for_whom": "moderator" })).await;
    enters_as_moderator(&ada, &links).await;
    bob.page_hears(json!({ "name": "waiting", "for_whom": "admission" })).await;
    ada.admits(BOB).await;
    let joined = bob.page_hears(json!({ "name": "joined" })).await;
    let stages = ["gate", "entering", "waiting", "waiting", "joined"];
    assert_eq!(stages_told(&bob).await, stages, "each once, in this order");
    let other = the_other(&bob, &at(&joined, "/participant")).await;
    speaks_and_is_silent(&ada, &bob, &other).await;
    is_lost_and_mended(&bob).await;

    bob.page_forgets().await;
    ada.leaves().await;
    bob.page_hears(json!({ "name": "paused" })).await;
    enters_as_moderator(&ada, &links).await;
    bob.page_hears(json!({ "name": "joined" })).await;
    assert_eq!(bob.page_was_told("gate").await, Vec::<Value>::new());
}

async fn enters_as_moderator(ada: &CallPage, links: &Links) {
    ada.opens(&in_language(&links.moderator, "en")).await;
    ada.enters().await;
    ada.is_inside().await;
}

/// The names of the screens that the page was told of, in order.
async fn stages_told(page: &CallPage) -> Vec<String> {
    let script = "const stages = ['gate', 'entering', 'waiting', 'joined', 'paused', 'left'];
        return told.map(({ name }) => name).filter((name) => stages.includes(name))";
    let told = page.browser().execute(script, Vec::new()).await;
    let told = told.as_array().cloned().unwrap_or_default();
    told.iter().map(|name| name.as_str().unwrap_or_default().to_owned()).collect()
}

/// The number of who is inside besides the person themselves, who runs the room.
async fn the_other(page: &CallPage, own: &Value) -> Value {
    let people = page.page_hears(json!({ "name": "people" })).await;
    let people = at(&people, "/people").as_array().cloned().unwrap_or_default();
    assert_eq!(people.len(), 2, "{people:?}");
    let is_own = |person: &Value| person.get("participant") == Some(own);
    assert!(people.iter().all(|person| (at(person, "/own") == true) == is_own(person)));
    let other = people.into_iter().find(|person| !is_own(person)).unwrap_or_default();
    assert_eq!(at(&other, "/role"), "moderator", "{other}");
    at(&other, "/participant")
}

/// Who speaks is told by number, and that nobody does any more.
async fn speaks_and_is_silent(ada: &CallPage, bob: &CallPage, other: &Value) {
    ada.switches_on("toggle-microphone").await;
    bob.page_hears(json!({ "name": "speaking", "participants": [other] })).await;
    ada.switches_off("toggle-microphone").await;
    bob.page_hears(json!({ "name": "speaking", "participants": [] })).await;
}

async fn is_lost_and_mended(bob: &CallPage) {
    bob.looks_into_the_frame().await;
    bob.is_cut_off(true).await;
    bob.looks_at_the_page().await;
    bob.page_hears(json!({ "name": "connection", "lost": true })).await;
    assert_eq!(bob.commands("stopCamera", json!([])).await, "done", "what is one's own is done");
    bob.looks_into_the_frame().await;
    bob.is_cut_off(false).await;
    bob.looks_at_the_page().await;
    bob.page_hears(json!({ "name": "connection", "lost": false })).await;
    let told = bob.page_was_told("connection").await;
    let lost: Vec<_> = told.iter().map(|event| at(event, "/lost")).collect();
    assert_eq!(lost, [json!(true), json!(false)]);
}

#[tokio::test]
async fn what_is_switched_on_is_told_step_by_step() {
    let ada = CallPage::of(ADA).await;
    let (_world, _host, page, links) = set_up(&ada, "{}").await;
    ada.opens_embedded(&page, &links.moderator).await;
    ada.looks_into_the_frame().await;
    ada.enters().await;
    ada.is_inside().await;
    ada.browser().press("toggle-microphone").await;
    ada.looks_at_the_page().await;
    ada.page_hears(json!({ "name": "devices", "microphone": "on" })).await;
    let told = ada.page_was_told("devices").await;
    let states: Vec<_> = told.iter().map(|event| at(event, "/microphone")).collect();
    assert_eq!(states, ["starting", "on"]);
    // Who talks by a key has the device on, and is not heard.
    ada.looks_into_the_frame().await;
    ada.opens_settings().await;
    ada.browser().press("push-to-talk").await;
    ada.browser().press("settings-close").await;
    ada.looks_at_the_page().await;
    ada.page_hears(json!({ "name": "devices", "microphone": "held" })).await;
    assert_eq!(ada.commands("muteMicrophone", json!([])).await, "done");
    ada.page_hears(json!({ "name": "devices", "microphone": "off" })).await;
}

/// Over that somebody is heard late, and over that a conversation is hard.
const LATE: Path = Path { delay: Duration::from_millis(200), ..Path::GOOD };
const FAR: Path = Path { delay: Duration::from_millis(600), ..Path::GOOD };

/// Within that it is noticed: a few measurements, and the time a path needs.
const NOTICED: Duration = Duration::from_mins(1);

#[tokio::test]
async fn how_well_somebody_is_connected_is_told() {
    let (site, media) = (HostSite::bind().await, free_address());
    let origin = site.origin();
    let world = World::start_on(&format!("embed = [\"{origin}\"]"), media).await;
    let _host = site.serves(&[("/", page(world.origin(), "{}"))]);
    let link = Link::to(media, Path::GOOD).await;
    let (ada, bob) = join!(CallPage::of(ADA), CallPage::set_up(BOB, Setup::WITHOUT_DEVICES));
    let links = ada.opens_a_room(&world.home("en")).await;
    bob.opens_embedded(&format!("{origin}/"), &links.invite).await;
    bob.looks_into_the_frame().await;
    bob.browser().awaits("gate-join").await;
    bob.goes_through(&link).await;
    bob.enters().await;
    ada.admits(BOB).await;
    bob.is_inside().await;
    bob.looks_at_the_page().await;
    for (path, quality) in [(LATE, "fair"), (FAR, "poor"), (Path::GOOD, "good")] {
        link.becomes(path);
        let told = json!({ "name": "quality", "quality": quality });
        bob.page_hears_within(told, NOTICED).await;
    }
}
