// SPDX-License-Identifier: EUPL-1.2
//! What a page asks of its meeting when it puts it there: each option is seen in the frame.

use serde_json::{Value, json};
use tests::{cast::ADA, page::CallPage, setup::Setup};

use crate::embed::set_up;

/// Puts another meeting into the page instead of the one that is there.
const INSTEAD: &str = "meeting.dispose(); told.length = 0;
    window.meeting = new ZoooMeeting({ room: arguments[0], parent: place, ...arguments[1] });
    meeting.on('event', (event) => told.push(event));";

/// Options at the gate, and what is then so in the frame.
const AT_THE_GATE: [(&str, &str); 8] = [
    (r#"{ "language": "de" }"#, "document.documentElement.lang === 'de'"),
    (r#"{ "language": "en" }"#, "document.documentElement.lang === 'en'"),
    (r#"{ "theme": "dark" }"#, "getComputedStyle(document.documentElement).colorScheme === 'dark'"),
    (
        r#"{ "theme": "light" }"#,
        "getComputedStyle(document.documentElement).colorScheme === 'light'",
    ),
    (
        r#"{ "theme": "auto" }"#,
        "getComputedStyle(document.documentElement).colorScheme === 'light dark'",
    ),
    (
        r#"{ "name": "Ada Lovelace" }"#,
        "document.querySelector('[data-testid=gate-name]').value === 'Ada Lovelace'",
    ),
    (r#"{ "start": "gate" }"#, "document.querySelector('[data-testid=gate-join]')"),
    (
        r#"{ "hide": ["language"] }"#,
        "document.querySelector('[data-testid=language]')?.checkVisibility() === false",
    ),
];

/// Options inside. Of a window that is narrow something stands behind "more": what is not there is not hidden.
const INSIDE: [(&str, &str); 9] = [
    (
        r#"{ "layout": "speaker" }"#,
        "document.querySelector('[data-testid=layout-speaker]').ariaPressed === 'true'",
    ),
    (
        r#"{ "layout": "grid" }"#,
        "document.querySelector('[data-testid=layout-grid]').ariaPressed === 'true'",
    ),
    (
        r#"{ "hide": "chat" }"#,
        "document.querySelector('[data-testid=toggle-chat]').checkVisibility() === false",
    ),
    (
        r#"{ "hide": "hand" }"#,
        "document.querySelector('[data-testid=toggle-hand]').checkVisibility() === false",
    ),
    (
        r#"{ "hide": "layout" }"#,
        "document.querySelector('[data-testid=layout]').checkVisibility() === false",
    ),
    (
        r#"{ "hide": "reactions" }"#,
        "document.querySelector('[data-testid=reactions]').checkVisibility() === false",
    ),
    (
        r#"{ "hide": ["chat", "hand", "layout", "reactions", "leave", "evidence", "people", "notice"] }"#,
        "['leave', 'toggle-people'].every((id) => document.querySelector(`[data-testid=${id}]`).checkVisibility())",
    ),
    (r#"{ "restrict": "lobby" }"#, "document.querySelector('[data-testid=door-open]')?.disabled"),
    (
        r#"{ "restrict": ["share", "chat", "personal"] }"#,
        "['share-audience', 'chat-audience', 'personal-only'].every((id) => document.querySelector(`[data-testid=${id}]`)?.disabled)",
    ),
];

#[tokio::test]
async fn each_option_is_seen_at_the_gate() {
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let (_world, _host, page, links) = set_up(&ada, "{}").await;
    ada.opens_embedded(&page, &links.moderator).await;
    for (options, seen) in AT_THE_GATE {
        puts_instead(&ada, &links.moderator, options).await;
        ada.page_hears(json!({ "name": "gate" })).await;
        ada.looks_into_the_frame().await;
        ada.awaits_that(seen).await;
        ada.awaits_that("document.querySelector('[data-testid=gate-notice]').checkVisibility()")
            .await;
        ada.looks_at_the_page().await;
    }
    // No name stands in an address, and no option in the part that browsers keep to themselves.
    puts_instead(&ada, &links.moderator, r#"{ "name": "Ada", "hide": ["chat", "hand"] }"#).await;
    let address = ada.browser().execute("return meeting.frame.src", Vec::new()).await;
    let address = address.as_str().unwrap_or_default();
    assert!(!address.contains("Ada") && address.contains("embed=1&hide=chat.hand#"), "{address}");
    for (option, seen) in [
        (r#"{ "title": "Lesson 7b" }"#, "frame.title === 'Lesson 7b'"),
        (
            r#"{ "width": "320px", "height": "300px" }"#,
            "frame.clientWidth === 320 && frame.clientHeight === 300",
        ),
        (r#"{ "allow": "camera" }"#, "frame.allow === 'camera'"),
        (r#"{ "sandbox": "allow-scripts" }"#, "frame.getAttribute('sandbox') === 'allow-scripts'"),
        ("{}", "!frame.hasAttribute('sandbox') && frame.allow.includes('display-capture')"),
    ] {
        puts_instead(&ada, &links.moderator, option).await;
        let script = format!("const {{ frame }} = meeting; return {seen}");
        assert_eq!(ada.browser().execute(&script, Vec::new()).await, json!(true), "{option}");
    }
}

#[tokio::test]
async fn each_option_is_seen_inside() {
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let (_world, _host, page, links) = set_up(&ada, "{}").await;
    ada.opens_embedded(&page, &links.moderator).await;
    for (options, seen) in INSIDE {
        let options = options.replacen('{', r#"{ "start": "lobby", "#, 1);
        puts_instead(&ada, &links.moderator, &options).await;
        ada.page_hears(json!({ "name": "joined" })).await;
        assert_eq!(ada.commands("openPanel", json!(["people"])).await, "done");
        ada.looks_into_the_frame().await;
        ada.browser().awaits("people").await;
        ada.unfolds("rules").await;
        if !ada.browser().shows("device-settings").await {
            ada.browser().press("bar-more").await;
        }
        ada.awaits_that(seen).await;
        ada.looks_at_the_page().await;
        assert_eq!(ada.commands("hangUp", json!([])).await, "done", "{options}");
        ada.page_hears(json!({ "name": "left" })).await;
    }
}

async fn puts_instead(page: &CallPage, link: &str, options: &str) {
    let options: Value = serde_json::from_str(options).unwrap_or_default();
    assert!(options.is_object(), "an option is a word of an object");
    page.browser().execute(INSTEAD, vec![json!(link), options]).await;
}

/// The element says the same by attributes, and follows them when they change.
#[tokio::test]
async fn the_element_follows_its_attributes() {
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let (_world, _host, page, links) = set_up(&ada, "{}").await;
    ada.opens_embedded(&page, &links.moderator).await;
    let script = "meeting.dispose(); told.length = 0;
        window.element = document.createElement('zooo-meeting');
        const attributes = { room: arguments[0], language: 'de', theme: 'dark', name: 'Ada', hide: 'language', start: 'lobby',
            layout: 'speaker', title: 'Stunde', width: '600px', height: '500px' };
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
        for (const name of ['ready', 'joined', 'left']) element.addEventListener(name, ({ detail }) => told.push(detail));
        place.replaceChildren(element);
        window.meeting = element.meeting;
        return [meeting.frame.title, meeting.frame.clientWidth, meeting.frame.clientHeight]";
    let frame = ada.browser().execute(script, vec![json!(links.moderator)]).await;
    assert_eq!(frame, json!(["Stunde", 600, 500]));
    ada.page_hears(json!({ "name": "joined" })).await;
    ada.looks_into_the_frame().await;
    for seen in [
        "document.documentElement.lang === 'de'",
        "getComputedStyle(document.documentElement).colorScheme === 'dark'",
        "document.querySelector('[data-testid=layout-speaker]').ariaPressed === 'true'",
    ] {
        ada.awaits_that(seen).await;
    }
    ada.looks_at_the_page().await;
    for (name, value, seen) in [
        ("language", "en", "document.documentElement.lang === 'en'"),
        ("theme", "light", "getComputedStyle(document.documentElement).colorScheme === 'light'"),
        (
            "layout",
            "grid",
            "document.querySelector('[data-testid=layout-grid]').ariaPressed === 'true'",
        ),
    ] {
        let set = "element.setAttribute(arguments[0], arguments[1])";
        ada.browser().execute(set, vec![json!(name), json!(value)]).await;
        ada.looks_into_the_frame().await;
        ada.awaits_that(seen).await;
        ada.looks_at_the_page().await;
    }
    // Out of the page it is over, and back in it begins anew.
    let script = "const before = element.meeting.frame; element.remove(); const gone = element.meeting === undefined;
        place.append(element); window.meeting = element.meeting; return [gone, element.meeting.frame !== before]";
    assert_eq!(ada.browser().execute(script, Vec::new()).await, json!([true, true]));
}
