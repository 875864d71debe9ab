// SPDX-License-Identifier: EUPL-1.2
//! A page that means harm, and what becomes of it.

use serde_json::{Value, json};
use tests::{
    browser::SOON,
    cast::ADA,
    eventually::{Condition as _, eventually},
    host_page::HostSite,
    page::{CallPage, asking},
    world::World,
};

/// Speaks with its frame without the SDK, and keeps what it hears.
pub(crate) const PAGE: &str = "<!doctype html><title>Trap</title>
    <iframe id=frame allow='camera; microphone; display-capture; autoplay; fullscreen' style='width:800px;height:560px'></iframe>
    <script>
      window.heard = [];
      const frame = document.querySelector('#frame');
      addEventListener('message', ({ source, data }) => source === frame.contentWindow && heard.push(JSON.parse(data)));
      const room = new URL(decodeURIComponent(location.hash.slice(1).replace(/\\+/g, ' ')));
      window.say = (text, target = room.origin) => frame.contentWindow.postMessage(text, target);
      window.hello = () => say(JSON.stringify({ type: 'hello', versions: [1] }));
      window.command = (id, command) => say(JSON.stringify({ type: 'command', id, command }));
      frame.src = room.href;
    </script>";

/// Another window of the same page, which is not the one around the frame.
const SIBLING: &str = "<!doctype html><script>
    const frame = parent.frames[0];
    setInterval(() => frame.postMessage(JSON.stringify({ type: 'hello', versions: [1] }), '*'), 50);
    window.heard = []; addEventListener('message', ({ data }) => heard.push(data));
    </script>";

/// Everything that is no command.
const NONSENSE: &str = "
    for (const text of ['', '{', '[]', 'null', '7', '\"hello\"', '{\"type\":\"command\"}', '{\"type\":\"hello\"}',
        '{\"type\":\"command\",\"id\":-1}', '{\"type\":\"welcome\",\"version\":1}', '\\u0000', 'x'.repeat(1e6),
        JSON.stringify({ type: 'hello', versions: Array(3_000).fill(1) }) ]) say(text);
    for (const thing of [null, 7, {}, [], { type: 'hello', versions: [1] }, new ArrayBuffer(1e6), new Map()]) say(thing);";

#[tokio::test]
async fn a_hostile_page_learns_little_and_breaks_nothing() {
    let site = HostSite::bind().await;
    let origin = site.origin();
    let world = World::start_with(&format!("embed = [\"{origin}\"]")).await;
    let _host = site.serves(&[("/", PAGE.to_owned()), ("/sibling", SIBLING.to_owned())]);
    let ada = CallPage::of(ADA).await;
    let links = ada.makes_a_room(&world.home("en")).await;
    ada.opens_embedded(&format!("{origin}/"), &asking(&links.moderator, "embed=1&lang=en")).await;
    ada.looks_into_the_frame().await;
    ada.browser().awaits("embedded").await;
    ada.looks_at_the_page().await;

    let sibling = "const it = document.createElement('iframe'); it.src = '/sibling'; document.body.append(it);
                   return new Promise((done) => setTimeout(done, 1_500))";
    ada.browser().execute(sibling, Vec::new()).await;
    ada.browser().execute("command(1, { name: 'hang_up' })", Vec::new()).await;
    ada.browser().execute(NONSENSE, Vec::new()).await;
    let sibling = "return document.querySelector('iframe:last-of-type').contentWindow.heard.length";
    assert_eq!(ada.browser().execute(sibling, Vec::new()).await, json!(0), "no other window");
    assert_eq!(heard(&ada).await, json!([]), "nothing before a hello");

    ada.browser()
        .execute("document.querySelector('iframe:last-of-type').remove(); hello()", Vec::new())
        .await;
    hears(&ada, "welcome").await;
    hears(&ada, "ready").await;
    let script = "heard.length = 0; ['start_camera', 'transmit', 'unmute_microphone', 'get_key', '__proto__']
        .forEach((name, id) => command(id + 1, { name, on: true, source: 'camera' }))";
    ada.browser().execute(script, Vec::new()).await;
    let unknown = |id| json!({ "type": "refused", "id": id, "reason": "unknown" });
    awaits_heard(&ada, |all| {
        *all == json!([unknown(1), unknown(2), unknown(3), unknown(4), unknown(5)])
    })
    .await;

    flood(&ada).await;
    ada.looks_into_the_frame().await;
    assert_eq!(ada.is_on("gate-camera").await, json!(false));
    ada.enters().await;
    ada.is_inside().await;
    ada.looks_at_the_page().await;
    let told = heard(&ada).await.to_string();
    let secret = links.moderator.split_once('#').map_or("", |(_, secret)| secret);
    assert!(!told.contains(secret) && !told.contains("Ada"), "{told}");
}

/// Twenty thousand commands: some are answered, then nobody listens, and the person goes on.
async fn flood(ada: &CallPage) {
    let script = "heard.length = 0; for (let id = 0; id < 20_000; id++) command(id, { name: 'set_theme', theme: 'dark' })";
    ada.browser().execute(script, Vec::new()).await;
    hears(ada, "flooded").await;
    let count = "return heard.length";
    let before = ada.browser().execute(count, Vec::new()).await;
    assert!(before.as_u64().is_some_and(|answers| answers <= 300), "{before}");
    ada.browser().execute("hello(); command(1, { name: 'stop_camera' })", Vec::new()).await;
    ada.browser().execute("return new Promise((done) => setTimeout(done, 500))", Vec::new()).await;
    assert_eq!(ada.browser().execute(count, Vec::new()).await, before, "nobody listens any more");
}

async fn heard(ada: &CallPage) -> Value {
    ada.browser().execute("return heard", Vec::new()).await
}

async fn hears(ada: &CallPage, word: &str) {
    awaits_heard(ada, |all| all.to_string().contains(&format!("\"{word}\""))).await;
}

async fn awaits_heard(ada: &CallPage, is_right: impl Fn(&Value) -> bool) {
    eventually("the page hears it", SOON, async || {
        let all = heard(ada).await;
        is_right(&all).or_seen(|| all.to_string())
    })
    .await;
}

#[tokio::test]
async fn a_meeting_needs_no_storage_of_a_third_party() {
    let site = HostSite::bind().await;
    let (foreign, near) = (site.foreign_origin(), site.origin());
    let world = World::start_with(&format!("embed = [\"{foreign}\", \"{near}\"]")).await;
    let _host = site.serves(&[("/", PAGE.to_owned())]);
    let ada = CallPage::of(ADA).await;
    let links = ada.makes_a_room(&world.home("en")).await;
    let link = asking(&links.moderator, "embed=1&lang=en");
    enters_and_is_heard_of(&ada, &format!("{foreign}/"), &link).await;
    // A browser that gives a frame nothing to keep anything in. It is of the same site, for Chromium's tools to reach it.
    let forbid = "for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
        Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } })";
    let script = json!({ "source": forbid });
    ada.browser().devtools("Page.addScriptToEvaluateOnNewDocument", script).await;
    enters_and_is_heard_of(&ada, &format!("{near}/"), &link).await;
    ada.looks_into_the_frame().await;
    let kept = "(() => { try { return !sessionStorage } catch { return true } })()";
    ada.awaits_that(kept).await;
}

/// In a frame of this page: switches something on, goes in, and the page hears of it.
async fn enters_and_is_heard_of(ada: &CallPage, page: &str, link: &str) {
    ada.opens_embedded(page, link).await;
    ada.looks_into_the_frame().await;
    ada.browser().awaits("embedded").await;
    ada.switches_on("gate-microphone").await;
    ada.enters().await;
    ada.is_inside().await;
    ada.looks_at_the_page().await;
    ada.browser().execute("hello()", Vec::new()).await;
    hears(ada, "joined").await;
}
