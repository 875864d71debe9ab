// SPDX-License-Identifier: EUPL-1.2
//! What the page shows to protect the meeting is what the browser finds, and when it is not so, that is shown.

use serde_json::{Value, json};
use tests::{
    browser::SOON,
    cast::{ADA, BOB, CLEO},
    eventually::{Condition as _, eventually},
    page::{CallPage, in_language},
    setup::Setup,
    world::World,
};

#[tokio::test]
async fn what_protects_a_meeting_is_measured() {
    let world = World::start().await;
    let ada = CallPage::of(ADA).await;
    let links = ada.opens_a_room(&world.home("en")).await;
    let cleo = CallPage::set_up(CLEO, Setup::WITHOUT_DEVICES).await;
    cleo.opens(&in_language(&links.invite, "de")).await;
    cleo.enters().await;
    ada.admits(CLEO).await;
    cleo.is_inside().await;
    for page in [&ada, &cleo] {
        page.opens_evidence().await;
        says(page, GOOD).await;
    }
    reads(&ada, "cipher", "AEAD_AES_256_GCM").await;
    reads(&cleo, "cipher", "AEAD_AES_256_GCM").await;
    reads(&ada, "devices", "are off").await;
    ada.switches_on("toggle-camera").await;
    reads(&ada, "devices", "switched on: Camera").await;
    ada.switches_off("toggle-camera").await;
    reads(&ada, "devices", "are off").await;
    judges(&ada).await;
    let served = ada.browser().execute(HASH, vec![]).await;
    reads(&ada, "page", served.as_str().unwrap_or("no hash")).await;
}

#[tokio::test]
async fn what_is_not_as_promised_is_shown() {
    let world = World::start().await;
    let bob = CallPage::set_up(BOB, Setup::WITHOUT_DEVICES).await;
    bob.opens_a_room(&world.home("en")).await;
    bob.opens_evidence().await;
    says(&bob, GOOD).await;
    bob.browser().execute(STRAYS, vec![json!(STRANGER)]).await;
    bob.browser().press("evidence-again").await;
    says(&bob, &[("hosts", "broken"), ("cookies", "broken"), ("kept", "broken")]).await;
    reads(&bob, "hosts", STRANGER).await;
}

/// The page shows every criterion, as the server states it.
async fn judges(page: &CallPage) {
    let script = "return fetch('/.well-known/privacy.json').then((it) => it.json()).then((it) => [
        it.criteria.map((one) => [one.id, one.state]),
        [...document.querySelectorAll('[data-testid=evidence-criterion]')]
            .map((one) => [one.dataset.criterion, one.dataset.state])])";
    let both = page.browser().execute(script, vec![]).await;
    page.unfolds("evidence-criteria").await;
    page.browser().awaits("evidence-criterion").await;
    let [stated, shown] = [0, 1].map(|which| both.get(which).and_then(Value::as_array));
    assert!(stated.is_some_and(|all| all.len() > 30), "{both}");
    assert_eq!(stated, shown);
}

/// On the machine of the test the page is not encrypted: it comes from that machine itself.
const GOOD: &[(&str, &str)] = &[
    ("hosts", "holds"),
    ("carriage", "holds"),
    ("cipher", "holds"),
    ("sealed", "open"),
    ("devices", "holds"),
    ("cookies", "holds"),
    ("kept", "holds"),
    ("recording", "holds"),
    ("page", "holds"),
    ("enforced", "holds"),
    ("responsible", "holds"),
];

/// Of a domain that is nobody's (RFC 2606).
const STRANGER: &str = "tracker.example";

/// Does what a page of another make does.
const STRAYS: &str = "document.cookie = 'visitor=1'; localStorage.setItem('visitor', '1');
    const picture = new Image();
    const refused = new Promise((done) => { picture.onerror = done; });
    picture.src = `https://${arguments[0]}/count.gif`;
    return refused.then(() => true)";

/// The checksum of the page, counted apart from the page.
const HASH: &str = "return fetch('/').then((page) => page.arrayBuffer())
    .then((bytes) => crypto.subtle.digest('SHA-256', bytes))
    .then((hash) => [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join(''))";

/// Waits until the lines say so of themselves.
async fn says(page: &CallPage, verdicts: &[(&str, &str)]) {
    let what = format!("{} is shown {verdicts:?}", page.name());
    eventually(&what, SOON, async || {
        let script = "return [...document.querySelectorAll('[data-verdict]')].map((line) => [line.dataset.testid.slice('evidence-'.length), line.dataset.verdict])";
        let shown = page.browser().execute(script, vec![]).await;
        let lines = shown.as_array().cloned().unwrap_or_default();
        let right = verdicts.iter().all(|(name, verdict)| lines.contains(&json!([name, verdict])));
        right.or_seen(|| shown.to_string())
    })
    .await;
}

/// Waits until a line holds these words.
async fn reads(page: &CallPage, line: &str, words: &str) {
    let what = format!("{} reads {words:?} in the line of {line}", page.name());
    eventually(&what, SOON, async || {
        let texts = page.texts(&format!("evidence-{line}")).await;
        let right = texts.iter().any(|text| text.contains(words));
        right.or_seen(|| format!("{texts:?}"))
    })
    .await;
}
