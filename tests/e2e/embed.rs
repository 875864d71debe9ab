// SPDX-License-Identifier: EUPL-1.2
//! A page of another origin puts a meeting into itself, sees what it may and does what it can.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{
    cast::{ADA, BOB},
    host_page::{HostServer, HostSite},
    page::{CallPage, Links, asking},
    setup::Setup,
    world::World,
};

/// A page that embeds the room behind its `#`, with these options.
pub(crate) fn page(zooo: &str, options: &str) -> String {
    format!(
        "<!doctype html><title>Lesson</title><script src='{zooo}/embed.js'></script>
         <div id=place style='height:560px'></div>
         <script>
           window.told = [];
           window.meeting = new ZoooMeeting({{ room: decodeURIComponent(location.hash.slice(1).replace(/\\+/g, ' ')),
             parent: document.querySelector('#place'), language: 'en', ...({options}) }});
           meeting.on('event', (event) => told.push(event));
         </script>"
    )
}

/// A server, a page that may embed it with these options, and a room.
pub(crate) async fn set_up(ada: &CallPage, options: &str) -> (World, HostServer, String, Links) {
    set_up_with(ada, options, "").await
}

/// The same, of a server with more lines of settings.
pub(crate) async fn set_up_with(
    ada: &CallPage,
    options: &str,
    settings: &str,
) -> (World, HostServer, String, Links) {
    let site = HostSite::bind().await;
    let origin = site.origin();
    let world = World::start_with(&format!("embed = [\"{origin}\"]\n{settings}")).await;
    let host = site.serves(&[("/", page(world.origin(), options))]);
    let links = ada.makes_a_room(&world.home("en")).await;
    (world, host, format!("{origin}/"), links)
}

/// A part of what was told.
pub(crate) fn at(told: &Value, path: &str) -> Value {
    told.pointer(path).cloned().unwrap_or_default()
}

#[tokio::test]
async fn a_page_of_another_origin_holds_a_meeting() {
    let ada = CallPage::of(ADA).await;
    let (_world, _host, page, links) = set_up(&ada, "{}").await;
    ada.opens_embedded(&page, &links.moderator).await;
    ada.page_hears(json!({ "name": "ready", "withheld": [] })).await;
    ada.page_hears(json!({ "name": "gate" })).await;
    assert_eq!(ada.commands("setLayout", json!(["speaker"])).await, "not_now");
    assert_eq!(ada.commands("setName", json!(["Ada from school"])).await, "done");
    ada.looks_into_the_frame().await;
    ada.awaits_that(
        "document.querySelector('[data-testid=gate-name]').value === 'Ada from school'",
    )
    .await;
    assert!(ada.browser().shows("embedded").await, "what the page learns is said");
    let left_out = "!document.querySelector('.frame-mark').checkVisibility()";
    ada.awaits_that(left_out).await;
    ada.enters_as("Ada").await;
    ada.is_inside().await;
    assert!(!ada.browser().shows("alone").await, "invitations are the other page's");
    ada.looks_at_the_page().await;
    let joined = ada.page_hears(json!({ "name": "joined" })).await;
    let people = ada.page_hears(json!({ "name": "people" })).await;
    let own =
        json!({ "participant": at(&joined, "/participant"), "own": true, "role": "moderator" });
    assert_eq!(at(&people, "/people"), json!([own]), "without a name");
    switches_off(&ada).await;
    looks(&ada).await;
    tells_the_name(&ada).await;
    lets_in_and_hangs_up(&ada, &links).await;
}

/// Devices go off by a command, and on by their person alone.
async fn switches_off(ada: &CallPage) {
    for (switch, device, command) in [
        ("toggle-microphone", "microphone", "muteMicrophone"),
        ("toggle-camera", "camera", "stopCamera"),
        ("toggle-screen", "screen", "stopSharing"),
    ] {
        ada.looks_into_the_frame().await;
        if !ada.browser().shows(switch).await {
            ada.browser().press("bar-more").await;
        }
        ada.browser().press(switch).await;
        ada.looks_at_the_page().await;
        ada.page_hears(json!({ "name": "devices", device: "on" })).await;
        ada.page_forgets().await;
        assert_eq!(ada.commands(command, json!([])).await, "done");
        ada.page_hears(json!({ "name": "devices", device: "off" })).await;
    }
    for command in ["start_camera", "unmute_microphone", "share_screen"] {
        assert_eq!(ada.commands("execute", json!([{ "name": command }])).await, "unknown");
    }
    assert_eq!(ada.commands("enter", json!([])).await, "not_now");
}

/// Layout, language, colours and panels are as the page wants.
async fn looks(ada: &CallPage) {
    for (method, argument, seen) in [
        (
            "setLayout",
            json!(["speaker"]),
            "document.querySelector('[data-testid=layout-speaker]').ariaPressed === 'true'",
        ),
        (
            "setLayout",
            json!(["grid"]),
            "document.querySelector('[data-testid=layout-grid]').ariaPressed === 'true'",
        ),
        ("setLanguage", json!(["de"]), "document.documentElement.lang === 'de'"),
        ("setLanguage", json!(["en"]), "document.documentElement.lang === 'en'"),
        (
            "setTheme",
            json!(["dark"]),
            "getComputedStyle(document.documentElement).colorScheme === 'dark'",
        ),
        (
            "setTheme",
            json!(["light"]),
            "getComputedStyle(document.documentElement).colorScheme === 'light'",
        ),
        ("openPanel", json!(["chat"]), "document.querySelector('[data-testid=chat]')"),
        (
            "openPanel",
            json!(["evidence"]),
            "document.querySelector('[data-testid=evidence-panel]')",
        ),
        ("openPanel", json!(["people"]), "document.querySelector('[data-testid=people]')"),
        ("closePanel", json!([]), "!document.querySelector('[data-testid=people]')"),
    ] {
        assert_eq!(ada.commands(method, argument).await, "done", "{method}");
        ada.looks_into_the_frame().await;
        ada.awaits_that(seen).await;
        ada.looks_at_the_page().await;
    }
    assert_eq!(ada.commands("setLayout", json!(["sideways"])).await, "unknown");
}

/// The own name is told from the moment on at which its person says so.
async fn tells_the_name(ada: &CallPage) {
    let told = "told.some((event) => JSON.stringify(event).includes('Ada'))";
    let told = format!("return {told}");
    assert_eq!(ada.browser().execute(&told, Vec::new()).await, json!(false));
    ada.looks_into_the_frame().await;
    if !ada.browser().shows("device-settings").await {
        ada.browser().press("bar-more").await;
    }
    ada.browser().press("device-settings").await;
    ada.switches_on("tell-name").await;
    ada.browser().press("settings-close").await;
    ada.looks_at_the_page().await;
    let people = ada.page_hears(json!({ "name": "people" })).await;
    assert_eq!(at(&people, "/people/0/display_name"), "Ada");
}

/// A moderator's page lets in by number, keeps large, and hangs up.
async fn lets_in_and_hangs_up(ada: &CallPage, links: &Links) {
    let bob = CallPage::set_up(BOB, Setup::WITHOUT_DEVICES).await;
    bob.opens(&links.invite).await;
    bob.enters().await;
    let knock = ada.page_hears(json!({ "name": "knock" })).await;
    let id = at(&knock, "/knocks/0/participant");
    assert_eq!(
        at(&knock, "/knocks"),
        json!([{ "participant": id, "invited": true, "personal": false, "removed": false }])
    );
    assert_eq!(ada.commands("admit", json!([9_999])).await, "nobody");
    assert_eq!(ada.commands("refuse", json!([id])).await, "done");
    bob.browser().awaits("refused").await;
    bob.closes_the_browser().await;
    let bob = CallPage::set_up(BOB, Setup::WITHOUT_DEVICES).await;
    bob.opens(&links.invite).await;
    ada.page_forgets().await;
    bob.enters().await;
    let knock = ada.page_hears(json!({ "name": "knock" })).await;
    let id = at(&knock, "/knocks/0/participant");
    assert_eq!(ada.commands("admit", json!([id])).await, "done");
    bob.is_inside().await;
    let seat = ada.browser().execute("return new Promise((found) => { const look = () => { const other = meeting.people.find((it) => !it.own); other ? found(other.participant) : setTimeout(look, 100); }; look(); })", Vec::new()).await;
    assert_eq!(ada.commands("pin", json!([seat])).await, "done");
    ada.looks_into_the_frame().await;
    ada.awaits_that("document.querySelector('[data-testid=tile-pin][aria-pressed=true]')").await;
    ada.looks_at_the_page().await;
    assert_eq!(ada.commands("unpin", json!([seat])).await, "done");
    assert_eq!(ada.commands("hangUp", json!([])).await, "done");
    ada.page_hears(json!({ "name": "left", "reason": "left" })).await;
    ada.looks_into_the_frame().await;
    ada.browser().awaits("ended-return").await;
    assert!(!ada.browser().shows("ended-start").await, "the start page is the other page's");
    ada.looks_at_the_page().await;
    assert_eq!(ada.commands("hangUp", json!([])).await, "not_now");
    assert_eq!(ada.commands("admit", json!([id])).await, "not_now");
}

#[tokio::test]
async fn a_guest_commands_nothing_that_is_not_theirs() {
    let (ada, bob) = tokio::join!(CallPage::set_up(ADA, Setup::WITHOUT_DEVICES), CallPage::of(BOB));
    let options = "{ name: 'Bob', start: 'lobby', hide: ['chat'], restrict: ['chat'] }";
    let (world, _host, page, links) = set_up(&ada, options).await;
    ada.opens(&links.moderator).await;
    ada.enters().await;
    ada.is_inside().await;
    bob.opens_embedded(&page, &links.invite).await;
    bob.page_hears(json!({ "name": "waiting", "for_whom": "admission" })).await;
    ada.admits(BOB).await;
    bob.page_hears(json!({ "name": "joined" })).await;
    assert_eq!(bob.commands("admit", json!([1])).await, "not_allowed");
    bob.looks_into_the_frame().await;
    assert!(!bob.browser().shows("toggle-chat").await, "it is left out");
    assert_eq!(bob.is_on("toggle-camera").await, json!(false));
    // No address switches anything on, however it asks.
    let asking =
        asking(&links.invite, "embed=1&camera=1&microphone=on&transmit=camera&start=lobby");
    assert!(asking.starts_with(world.origin()));
    bob.browser().goto(&asking).await;
    bob.browser().awaits("gate-join").await;
    assert_eq!(bob.is_on("gate-camera").await, json!(false));
    assert_eq!(bob.is_on("gate-microphone").await, json!(false));
}

#[tokio::test]
async fn whoever_has_switched_something_on_goes_in_by_themselves() {
    let ada = CallPage::of(ADA).await;
    let (_world, _host, page, links) = set_up(&ada, "{}").await;
    ada.opens_embedded(&page, &links.moderator).await;
    ada.page_hears(json!({ "name": "gate" })).await;
    ada.looks_into_the_frame().await;
    ada.switches_on("gate-camera").await;
    ada.looks_at_the_page().await;
    ada.page_hears(json!({ "name": "devices", "camera": "preview" })).await;
    assert_eq!(ada.commands("enter", json!([])).await, "person_decides");
    assert_eq!(ada.commands("stopCamera", json!([])).await, "done");
    ada.page_hears(json!({ "name": "devices", "camera": "off" })).await;
    assert_eq!(ada.commands("enter", json!([])).await, "done");
    ada.page_hears(json!({ "name": "joined" })).await;
}

#[tokio::test]
async fn what_a_frame_is_not_given_is_said_in_words() {
    let ada = CallPage::of(ADA).await;
    let (_world, _host, page, links) = set_up(&ada, "{ allow: ['microphone', 'autoplay'] }").await;
    ada.opens_embedded(&page, &links.moderator).await;
    let withheld = json!(["camera", "display-capture", "fullscreen"]);
    ada.page_hears(json!({ "name": "ready", "withheld": withheld })).await;
    ada.looks_into_the_frame().await;
    ada.browser().awaits("withheld").await;
    let lines = ada.texts("withheld").await;
    for (line, word) in lines.iter().zip(["“camera”", "“display-capture”", "“fullscreen”"])
    {
        assert!(line.contains(word), "{lines:?}");
    }
    assert_eq!(lines.len(), 3);
    ada.browser().press("gate-camera").await;
    ada.awaits_that(
        "document.querySelector('[data-testid=camera-trouble]').textContent.length > 0",
    )
    .await;
    ada.switches_on("gate-microphone").await;
    ada.looks_at_the_page().await;
    let error = json!({ "kind": "device", "device": "camera", "failure": "embedding" });
    ada.page_hears(json!({ "name": "error", "error": error })).await;
}

#[tokio::test]
async fn a_page_that_nobody_named_shows_no_meeting() {
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let (world, _host, _page, links) = set_up(&ada, "{}").await;
    let other = HostSite::bind().await;
    let origin = other.origin();
    let _other = other.serves(&[("/", page(world.origin(), "{}"))]);
    ada.opens_embedded(&format!("{origin}/"), &links.invite).await;
    let silent = json!({ "name": "error", "error": { "kind": "silent" } });
    ada.page_hears_within(silent, Duration::from_secs(40)).await;
    let told = ada.browser().execute("return told.length", Vec::new()).await;
    assert_eq!(told, json!(1), "nothing else");
    ada.looks_into_the_frame().await;
    assert!(!ada.browser().shows("gate-join").await, "{}", ada.browser().screen().await);
}
