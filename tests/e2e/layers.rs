// SPDX-License-Identifier: EUPL-1.2
//! A picture is sent as large as it is shown, and not at all where nobody looks.

use std::time::Duration;

use serde_json::Value;
use tests::{
    browser::SOON,
    cast::{ADA, BOB},
    eventually::{Condition as _, eventually},
    page::{CallPage, in_language},
    setup::{Devices, Setup},
    world::World,
};
use tokio::time::sleep;

/// How long an encoder needs to start another encoding on a busy machine.
const SWITCHED: Duration = Duration::from_secs(15);

#[tokio::test]
async fn a_picture_grows_and_shrinks_with_its_tile_and_costs_nothing_unseen() {
    let world = World::start().await;
    let ada = CallPage::set_up(ADA, Setup { devices: Devices::Sharp, ..Setup::default() }).await;
    let bob = CallPage::set_up(BOB, Setup::WITHOUT_DEVICES).await;
    let links = ada.opens_a_room(&world.home("en")).await;
    bob.opens(&in_language(&links.invite, "en")).await;
    bob.enters().await;
    bob.browser().awaits("waiting-admission").await;
    ada.admits(BOB).await;
    bob.is_inside().await;
    ada.switches_on("toggle-camera").await;

    for (width, height, lines, rids) in [
        (500, 450, 180, &["l"][..]),
        (900, 700, 360, &["l", "m"]),
        (2_400, 1_500, 720, &["h", "l"]),
        (500, 450, 180, &["l"]),
    ] {
        bob.browser().resizes(width, height).await;
        gets(&bob, lines).await;
        sends_only(&ada, rids).await;
    }
    bob.looks_away(true).await;
    nothing_comes(&bob).await;
    sends_nothing(&ada).await;
    bob.looks_away(false).await;
    gets(&bob, 180).await;
}

/// Waits until the one picture that comes has so many lines and moves.
async fn gets(page: &CallPage, lines: u64) {
    let what = format!("{} gets a picture of {lines} lines", page.name());
    let mut before = None;
    eventually(&what, SWITCHED, async || {
        let pictures = incoming(page).await;
        let [picture] = pictures.as_slice() else { return Err(format!("{pictures:?}")) };
        let frames = field(picture, "frames");
        let moved = before.replace(frames).is_some_and(|before| frames > before);
        (field(picture, "lines") == lines && moved).or_seen(|| format!("{picture}"))
    })
    .await;
}

/// Waits until of all encodings only these are sent.
async fn sends_only(page: &CallPage, rids: &[&str]) {
    let what = format!("{} sends {rids:?} and nothing else", page.name());
    eventually(&what, SWITCHED, async || {
        let sent = sent_in(page, Duration::from_secs(1)).await;
        (sent == rids).or_seen(|| format!("{sent:?}"))
    })
    .await;
}

async fn sends_nothing(page: &CallPage) {
    let what = format!("{} sends no picture", page.name());
    eventually(&what, SWITCHED, async || {
        let sent = sent_in(page, Duration::from_secs(1)).await;
        sent.is_empty().or_seen(|| format!("{sent:?}"))
    })
    .await;
}

async fn nothing_comes(page: &CallPage) {
    let what = format!("no byte of a picture comes to {}", page.name());
    eventually(&what, SOON, async || {
        let before = bytes(page).await;
        sleep(Duration::from_secs(2)).await;
        let came = bytes(page).await - before;
        (came == 0).or_seen(|| format!("{came} bytes"))
    })
    .await;
}

/// The encodings of which packets are sent within that time.
async fn sent_in(page: &CallPage, time: Duration) -> Vec<String> {
    let before = outgoing(page).await;
    sleep(time).await;
    let more = |encoding: &Value| {
        let earlier = before.iter().find(|earlier| earlier.get("rid") == encoding.get("rid"));
        field(encoding, "packets") > earlier.map_or(0, |earlier| field(earlier, "packets"))
    };
    let after = outgoing(page).await;
    let sent = after.iter().filter(|encoding| more(encoding));
    let names = sent.filter_map(|encoding| Some(encoding.get("rid")?.as_str()?.to_owned()));
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

async fn bytes(page: &CallPage) -> u64 {
    incoming(page).await.iter().map(|picture| field(picture, "bytes")).sum()
}

async fn incoming(page: &CallPage) -> Vec<Value> {
    list(&page.browser().execute("return window.witness.incoming()", Vec::new()).await)
}

async fn outgoing(page: &CallPage) -> Vec<Value> {
    list(&page.browser().execute("return window.witness.outgoing()", Vec::new()).await)
}

fn field(of: &Value, name: &str) -> u64 {
    of.get(name).and_then(Value::as_u64).unwrap_or_default()
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}
