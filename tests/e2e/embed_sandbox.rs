// SPDX-License-Identifier: EUPL-1.2
//! What a frame is not given: in its own words where they can be said, and as an event for the page around it.

use std::time::Duration;

use fantoccini::key::Key;
use serde_json::{Value, json};
use tests::{
    browser::SOON,
    cast::{ADA, CLEO, Person},
    eventually::{Condition as _, eventually},
    page::CallPage,
    setup::Setup,
};

use crate::embed::{at, set_up};

/// What a frame in a sandbox has to be allowed.
const NEEDED: &str = "allow-scripts allow-same-origin allow-popups";

#[tokio::test]
async fn a_sandbox_that_allows_enough_holds_a_meeting() {
    for person in [ADA, CLEO] {
        holds_a_meeting_in_a_sandbox(person).await;
    }
}

/// With devices, a name by the return key, a line in the chat, and the notice in a tab of its own.
async fn holds_a_meeting_in_a_sandbox(person: Person) {
    let ada = CallPage::of(person).await;
    let (_world, _host, page, links) = set_up(&ada, &format!("{{ sandbox: '{NEEDED}' }}")).await;
    ada.opens_embedded(&page, &links.moderator).await;
    ada.page_hears(json!({ "name": "gate" })).await;
    ada.looks_into_the_frame().await;
    let tabs = ada.browser().tabs().await;
    ada.browser().press("gate-notice-whole").await;
    eventually("the notice has a tab", SOON, async || {
        let now = ada.browser().tabs().await;
        (now == tabs + 1).or_seen(|| format!("{now} tabs, before {tabs}"))
    })
    .await;
    ada.switches_on("gate-microphone").await;
    ada.browser().awaits("gate-level").await;
    ada.browser().write("gate-name", "Ada").await;
    ada.strikes(Key::Enter).await;
    ada.is_inside().await;
    ada.writes("Good morning").await;
    ada.reads_the_chat(&["Good morning"]).await;
    ada.looks_at_the_page().await;
    ada.page_hears(json!({ "name": "joined" })).await;
    ada.page_hears(json!({ "name": "devices", "microphone": "preview" })).await;
    assert_eq!(ada.page_was_told("error").await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_sandbox_says_what_it_lacks() {
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let (_world, _host, page, links) = set_up(&ada, "window.sandboxed").await;
    for missing in NEEDED.split(' ') {
        let rest: Vec<_> = NEEDED.split(' ').filter(|word| *word != missing).collect();
        opens_in(&ada, &page, &links.moderator, &rest.join(" ")).await;
        let error = json!({ "kind": "sandbox", "missing": [missing] });
        ada.page_hears(json!({ "name": "error", "error": error })).await;
        ada.looks_into_the_frame().await;
        if missing == "allow-popups" {
            cannot_open_the_notice(&ada).await;
        } else {
            reads_on_the_screen(&ada, missing).await;
            assert!(!ada.browser().shows("gate-join").await, "nothing runs without {missing}");
        }
    }
    // Of nothing at all everything is named, and the page is told in the end that nobody answers.
    opens_in(&ada, &page, &links.moderator, "").await;
    let all: Vec<_> = NEEDED.split(' ').collect();
    let error = json!({ "kind": "sandbox", "missing": all });
    ada.page_hears(json!({ "name": "error", "error": error })).await;
    let silent = json!({ "name": "error", "error": { "kind": "silent" } });
    ada.page_hears_within(silent, Duration::from_secs(40)).await;
    assert_eq!(ada.commands("setTheme", json!(["dark"])).await, "silent");
}

/// The same page with another sandbox: what stands behind the `#` is read when it is opened.
async fn opens_in(ada: &CallPage, page: &str, link: &str, sandbox: &str) {
    ada.opens_embedded(page, link).await;
    let script = "meeting.dispose(); told.length = 0;
        window.meeting = new ZoooMeeting({ room: arguments[0], parent: place, language: 'en', sandbox: arguments[1] });
        meeting.on('event', (event) => told.push(event));";
    ada.browser().execute(script, vec![json!(link), json!(sandbox)]).await;
}

/// Without a program the frame says what is wrong all the same.
async fn reads_on_the_screen(ada: &CallPage, word: &str) {
    eventually(&format!("the frame names {word}"), SOON, async || {
        let screen = ada.browser().screen().await;
        let is_shown = screen.contains(&format!("“{word}”"));
        is_shown.or_seen(|| screen.clone())
    })
    .await;
}

async fn cannot_open_the_notice(ada: &CallPage) {
    let tabs = ada.browser().tabs().await;
    ada.browser().press("gate-notice-whole").await;
    ada.browser().awaits("withheld").await;
    let lines = ada.texts("withheld").await;
    assert!(lines.iter().any(|line| line.contains("“allow-popups”")), "{lines:?}");
    assert_eq!(ada.browser().tabs().await, tabs);
    ada.looks_at_the_page().await;
    ada.page_hears(json!({ "name": "ready", "withheld": ["allow-popups"] })).await;
    ada.looks_into_the_frame().await;
    ada.enters().await;
    ada.is_inside().await;
}

/// What `allow` can lack, by the event, by the words at the gate, and by nothing else.
#[tokio::test]
async fn each_permission_that_is_missing_is_named() {
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let (_world, _host, page, links) = set_up(&ada, "{}").await;
    let named = ["camera", "microphone", "display-capture", "autoplay", "fullscreen"];
    for missing in named {
        ada.opens_embedded(&page, &links.moderator).await;
        let rest: Vec<_> = named.into_iter().filter(|word| *word != missing).collect();
        let script = "meeting.dispose(); told.length = 0;
            window.meeting = new ZoooMeeting({ room: arguments[0], parent: place, language: arguments[2], allow: arguments[1] });
            meeting.on('event', (event) => told.push(event));";
        for (language, opens) in [("en", '“'), ("de", '„')] {
            let arguments = vec![json!(links.moderator), json!(rest), json!(language)];
            ada.browser().execute(script, arguments).await;
            let ready = ada.page_hears(json!({ "name": "ready" })).await;
            assert_eq!(at(&ready, "/withheld"), json!([missing]));
            ada.looks_into_the_frame().await;
            ada.browser().awaits("withheld").await;
            let lines = ada.texts("withheld").await;
            let is_named = |line: &String| line.starts_with(&format!("{opens}{missing}"));
            assert!(lines.len() == 1 && lines.iter().all(is_named), "{language}: {lines:?}");
            ada.looks_at_the_page().await;
        }
    }
}
