// SPDX-License-Identifier: EUPL-1.2
//! One page that looks at a crowd: 49 pictures at once, over one transport that grew.

use std::{collections::BTreeMap, time::Duration};

use serde_json::{Value, json};
use tests::{
    browser::SOON,
    cast::{ADA, BOB, CLEO},
    crowd::comes,
    eventually::{Condition as _, eventually},
    media::Tile,
    page::{CallPage, Links, in_language},
    setup::Setup,
    world::World,
};
use tokio::time::sleep;

/// How long 49 decoders need to start on two cores that others use, too.
const CROWDED: Duration = Duration::from_secs(90);

/// So many that the first slots do for them, and so many that come then.
const FIRST: u32 = 10;
const LATER: u32 = 39;

/// Enough for one more step.
const FEW: u32 = 6;

#[tokio::test(flavor = "multi_thread")]
async fn one_page_shows_49_pictures_over_a_transport_that_grows() {
    let world = World::start().await;
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let links = looks_at_a_room(&world, &ada).await;

    let early = comes(&world, &links.moderator, FIRST).await;
    all_move(&ada, FIRST).await;
    assert_eq!(offers(&ada).await, 1, "the first slots do");
    let before = sources(&ada).await;

    let late = comes(&world, &links.moderator, LATER).await;
    all_move(&ada, FIRST + LATER).await;
    goes_on(&ada, &before).await;

    ada.looks_away(true).await;
    eventually("nothing comes to who looks away", SOON, async || {
        let before = bytes(&ada).await;
        sleep(Duration::from_secs(1)).await;
        let came = bytes(&ada).await - before;
        (came == 0).or_seen(|| format!("{came} bytes"))
    })
    .await;
    ada.looks_away(false).await;
    all_move(&ada, FIRST + LATER).await;
    assert!(early.is_whole() && late.is_whole(), "somebody was thrown out");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_browser_grows_as_well() {
    let world = World::start().await;
    let cleo = CallPage::set_up(CLEO, Setup::WITHOUT_DEVICES).await;
    let links = looks_at_a_room(&world, &cleo).await;
    let early = comes(&world, &links.moderator, FIRST).await;
    all_move(&cleo, FIRST).await;
    let before = sources(&cleo).await;
    let late = comes(&world, &links.moderator, FEW).await;
    all_move(&cleo, FIRST + FEW).await;
    goes_on(&cleo, &before).await;
    assert!(early.is_whole() && late.is_whole(), "somebody was thrown out");
}

#[tokio::test]
async fn who_speaks_has_a_frame() {
    let world = World::start().await;
    let ada = CallPage::of(ADA).await;
    let bob = CallPage::set_up(BOB, Setup::WITHOUT_DEVICES).await;
    let links = ada.opens_a_room(&world.home("en")).await;
    bob.opens(&in_language(&links.invite, "en")).await;
    bob.enters().await;
    ada.admits(BOB).await;
    bob.is_inside().await;
    let number = bob.number_of(ADA).await;
    speaks(&bob, number, false).await;
    ada.switches_on("toggle-microphone").await;
    for page in [&ada, &bob] {
        speaks(page, number, true).await;
    }
    ada.switches_off("toggle-microphone").await;
    for page in [&ada, &bob] {
        speaks(page, number, false).await;
    }
}

/// Somebody who has made a room and waits in it, in a large window.
async fn looks_at_a_room(world: &World, page: &CallPage) -> Links {
    let links = page.opens_a_room(&world.home("en")).await;
    page.browser().resizes(1_600, 1_000).await;
    links
}

/// The page has offered again, over the same connection, and what it received before goes on in its slots.
async fn goes_on(page: &CallPage, before: &BTreeMap<String, (u64, u64)>) {
    let offers = offers(page).await;
    assert!((2..=3).contains(&offers), "{offers} offers");
    let connections = page.browser().execute("return window.witness.peers.length", vec![]).await;
    assert_eq!(connections, json!(1), "over the same connection");
    let after = sources(page).await;
    for (mid, (ssrc, frames)) in before {
        let goes_on = after.get(mid).is_some_and(|(now, more)| now == ssrc && more > frames);
        assert!(goes_on, "slot {mid} did not go on: {before:?}, {after:?}");
    }
}

/// Waits until so many tiles of others show a picture that moves.
async fn all_move(page: &CallPage, people: u32) {
    let what = format!("{} sees {people} pictures move", page.name());
    let people = usize::try_from(people).unwrap_or_default();
    eventually(&what, CROWDED, async || {
        let before = frames(&page.tiles().await);
        sleep(Duration::from_secs(2)).await;
        let after = frames(&page.tiles().await);
        let moves = |(whose, frames): &(&u64, &u64)| {
            before.get(whose).is_some_and(|earlier| earlier < *frames)
        };
        let moving = after.iter().filter(moves).count();
        (moving == people && after.len() == people).or_seen(|| {
            format!("{moving} of {} with a picture move: {before:?}, then {after:?}", after.len())
        })
    })
    .await;
}

/// The frames decoded so far, by whose picture it is.
fn frames(tiles: &[Tile]) -> BTreeMap<u64, u64> {
    let others = tiles.iter().filter(|tile| !tile.own);
    others.filter_map(|tile| Some((tile.participant, tile.picture.as_ref()?.frames?))).collect()
}

/// Of each slot that decodes pictures, its source and the frames so far.
async fn sources(page: &CallPage) -> BTreeMap<String, (u64, u64)> {
    let script = "return window.witness.stats().then((all) => all.filter((stat) => stat.type === 'inbound-rtp' && stat.framesDecoded > 0))";
    let stats = page.browser().execute(script, Vec::new()).await;
    let stats = stats.as_array().cloned().unwrap_or_default();
    let number = |stat: &Value, name: &str| stat.get(name).and_then(Value::as_u64);
    let source = |stat: &Value| {
        let mid = stat.get("mid")?.as_str()?.to_owned();
        Some((mid, (number(stat, "ssrc")?, number(stat, "framesDecoded")?)))
    };
    stats.iter().filter_map(source).collect()
}

async fn offers(page: &CallPage) -> usize {
    page.said().await.iter().filter(|kind| *kind == "offer").count()
}

async fn bytes(page: &CallPage) -> u64 {
    let incoming = page.browser().execute("return window.witness.incoming()", Vec::new()).await;
    let incoming = incoming.as_array().cloned().unwrap_or_default();
    incoming.iter().filter_map(|picture| picture.get("bytes")?.as_u64()).sum()
}

/// Waits until the tile of this participant says whether they speak.
async fn speaks(page: &CallPage, participant: u64, speaks: bool) {
    let what = format!("{} sees whether p{participant} speaks: {speaks}", page.name());
    eventually(&what, SOON, async || {
        let script = "return document.querySelector(`[data-testid=tile][data-participant=p${arguments[0]}]`)?.dataset.speaking";
        let said = page.browser().execute(script, vec![json!(participant)]).await;
        (said == json!(speaks.to_string())).or_seen(|| said.to_string())
    })
    .await;
}
