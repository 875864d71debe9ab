// SPDX-License-Identifier: EUPL-1.2
//! What the page weighs: whoever follows a link stands at the gate soon, over a slow line and on a slow machine.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use tests::{
    browser::SOON,
    cast::{ADA, BOB},
    eventually::{Condition as _, eventually},
    page::{CallPage, in_language},
    setup::Setup,
    traffic::{Request, Traffic},
    world::World,
};

/// Most bytes from the link to a gate that can be used: three seconds over a poor mobile line.
const GATE: u64 = 150_000;

/// Most bytes until the conference is there.
const WHOLE: u64 = 500_000;

/// How much slower than this machine the measured one is.
const SLOWER: u32 = 4;

/// How often the time is measured, each time in a browser that was never there.
const VISITS: usize = 3;

#[tokio::test]
#[expect(clippy::print_stdout, reason = "how well it went, not only that it did")]
async fn the_way_to_the_gate_and_into_the_conference_is_light() {
    let world = World::start().await;
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let links = ada.opens_a_room(&world.home("en")).await;
    ada.sets_the_door("door-open").await;
    let link = in_language(&links.invite, "en");
    for _ in 0..VISITS {
        let bob = visitor().await;
        bob.opens(&link).await;
        println!(
            "usable gate after {} ms, {SLOWER} times slower than here",
            at_the_gate(&bob).await
        );
        bob.closes_the_browser().await;
    }
    let bob = CallPage::set_up(BOB, Setup { traffic: true, ..Setup::WITHOUT_DEVICES }).await;
    let mut traffic = Traffic::default();
    bob.opens(&link).await;
    bob.browser().execute(ICONS, Vec::new()).await;
    settles(&bob, &mut traffic).await;
    let (rest, gate): (Vec<_>, Vec<_>) = loaded(&traffic).into_iter().partition(is_rest);
    bob.enters().await;
    bob.is_inside().await;
    settles(&bob, &mut traffic).await;
    let whole = loaded(&traffic);
    println!("{}link to gate: {}; whole conference: {}", table(&whole), sum(&gate), sum(&whole));
    assert!(sum(&gate) <= GATE, "{} to the gate", sum(&gate));
    assert!(sum(&whole) <= WHOLE, "{} in all", sum(&whole));
    assert_eq!(rest.len(), 1, "what only a conference needs is one file: {rest:?}");
    for kind in [".js", ".css", ".wasm"] {
        let mut seen = BTreeSet::new();
        for request in traffic.requests().filter(|request| request.address.ends_with(kind)) {
            assert_eq!(request.status, Some(200), "{}", request.address);
            assert!(seen.insert(&request.address), "{} is loaded twice", request.address);
        }
        assert!(!seen.is_empty(), "no {kind}");
    }
    let kept = bob.browser().execute(WORKERS, Vec::new()).await;
    assert_eq!(kept, json!(0), "something of the page goes on in the browser");
}

/// A browser on a slow machine, which notes when the gate can be used.
async fn visitor() -> CallPage {
    let bob = CallPage::set_up(BOB, Setup::WITHOUT_DEVICES).await;
    bob.browser().devtools("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWER })).await;
    let note = json!({ "source": NOTE });
    bob.browser().devtools("Page.addScriptToEvaluateOnNewDocument", note).await;
    bob
}

/// When the gate could be used, in milliseconds from the press on the link.
async fn at_the_gate(bob: &CallPage) -> u64 {
    let at = bob.browser().execute("return Math.round(window.atTheGate ?? 0)", Vec::new()).await;
    at.as_u64().unwrap_or_default()
}

/// Notes when the button of the gate is drawn.
const NOTE: &str = "new MutationObserver((_, watch) => {
    if (!document.querySelector('[data-testid=gate-join]')) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => { window.atTheGate = performance.now(); }));
}).observe(document, { childList: true, subtree: true });";

/// Loads what a browser with a window loads besides: the icon and what the page looks like when it is installed.
const ICONS: &str = "const links = [...document.querySelectorAll('link[rel=icon], link[rel=manifest]')];
    return Promise.all(links.map((link) => fetch(link.href).then((answer) => answer.blob()))).then((all) => all.length)";

/// How much of the page works without the page.
const WORKERS: &str = "return navigator.serviceWorker.getRegistrations().then((all) => all.length)";

/// Waits until everything that was asked for is there.
async fn settles(page: &CallPage, traffic: &mut Traffic) {
    eventually("everything is loaded", SOON, async || {
        traffic.hears(&page.browser().told().await);
        let open: Vec<_> = traffic.requests().filter(|request| request.bytes.is_none()).collect();
        let is_there = traffic.requests().any(is_rest);
        (open.is_empty() && is_there).or_seen(|| format!("{open:?}"))
    })
    .await;
}

/// What was loaded. A browser may ask for an icon once more, and count it once or twice.
fn loaded(traffic: &Traffic) -> Vec<Request> {
    let mut loaded = BTreeMap::new();
    for request in traffic.requests() {
        let known = loaded.entry(request.address.clone()).or_insert_with(|| request.clone());
        known.bytes = known.bytes.max(request.bytes);
    }
    loaded.into_values().collect()
}

/// How many bytes came.
fn sum(requests: &[Request]) -> u64 {
    requests.iter().filter_map(|request| request.bytes).sum()
}

fn is_rest(request: &Request) -> bool {
    request.address.contains("/rest-")
}

fn table(requests: &[Request]) -> String {
    let line = |request: &Request| {
        let Request { address, bytes, .. } = request;
        format!("{:>8}  {address}\n", bytes.unwrap_or_default())
    };
    requests.iter().map(line).collect()
}
