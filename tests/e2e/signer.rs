// SPDX-License-Identifier: EUPL-1.2
//! Whoever translates into a sign language is seen fluently beside a shared screen, over a narrow path, too.

use std::time::Duration;

use serde_json::Value;
use tests::{
    browser::SOON,
    cast::{ADA, BOB, CLEO, Family, Person},
    link::{Link, Path},
    page::{CallPage, in_language},
    setup::{Devices, Setup},
    world::{World, free_address},
};
use tokio::{join, time::sleep};

/// Somebody who sees and does not hear.
const DORA: Person = Person { family: Family::Chromium, ..CLEO };

/// A screen and a large picture do not fit.
const NARROW: Path = Path { bits: 700_000, ..Path::GOOD };

/// Until the picture is what the path carries.
const SETTLED: Duration = Duration::from_secs(10);

/// Pictures within ten seconds: twenty per second, of thirty that the camera takes. With fewer, signs are missed.
const FLUENT: u64 = 200;

#[tokio::test]
#[expect(clippy::print_stdout, reason = "how fluent it is, not only that it is")]
async fn hands_that_translate_a_screen_stay_fluent_over_a_narrow_path() {
    let media = free_address();
    let world = World::start_on("", media).await;
    let link = Link::to(media, Path::GOOD).await;
    let signing = Setup { devices: Devices::Clapping, ..Setup::default() };
    let (ada, bob, dora) = join!(
        CallPage::of(ADA),
        CallPage::set_up(BOB, signing),
        CallPage::set_up(DORA, Setup::WITHOUT_DEVICES),
    );
    let links = ada.opens_a_room(&world.home("en")).await;
    for (page, person) in [(&bob, BOB), (&dora, DORA)] {
        page.opens(&in_language(&links.invite, "en")).await;
        if person == DORA {
            page.goes_through(&link).await;
        }
        page.enters().await;
        ada.admits(person).await;
        page.is_inside().await;
    }
    bob.switches_on("toggle-camera").await;
    ada.switches_on("toggle-screen").await;
    dora.sees_the_screen_of(ADA, SOON).await;
    dora.pins(BOB).await;
    dora.sees_large(&[BOB], 1).await;

    link.becomes(NARROW);
    sleep(SETTLED).await;
    let seen = pictures_within_ten_seconds(&dora, BOB).await;
    println!("{seen} pictures of {} in ten seconds", BOB.name);
    assert!(seen >= FLUENT, "{seen} pictures of {} in ten seconds", BOB.name);
}

/// How many pictures of somebody came to their tile.
async fn pictures_within_ten_seconds(page: &CallPage, person: Person) -> u64 {
    let script = "const tiles = [...document.querySelectorAll('[data-testid=tile][data-screen=false]')];
        const video = tiles.find((tile) => tile.textContent.includes(arguments[0])).querySelector('video');
        const frames = () => video.getVideoPlaybackQuality().totalVideoFrames;
        const before = frames();
        return new Promise((done) => setTimeout(() => done(frames() - before), 10_000));";
    let seen = page.browser().execute(script, vec![Value::from(person.name)]).await;
    seen.as_u64().unwrap_or_default()
}
