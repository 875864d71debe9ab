// SPDX-License-Identifier: EUPL-1.2
//! A connection that is not good has a sign, and a good one has none.

use std::time::Duration;

use tests::{
    browser::SOON,
    cast::{ADA, BOB, Person},
    eventually::{Condition as _, eventually},
    link::{Link, Path},
    page::{CallPage, in_language},
    setup::Setup,
    world::{World, free_address},
};
use tokio::join;

/// Over that everything is answered late.
const FAR: Path = Path { delay: Duration::from_millis(200), ..Path::GOOD };

/// Over that no picture comes.
const NARROW: Path = Path { bits: 150_000, ..Path::GOOD };

/// Within that a sign comes or goes: a few measurements, and the time a path needs to be noticed.
const NOTICED: Duration = Duration::from_mins(1);

#[tokio::test]
async fn a_bad_connection_is_told_and_a_good_one_is_not() {
    let media = free_address();
    let world = World::start_on("", media).await;
    let link = Link::to(media, Path::GOOD).await;
    let (ada, bob) = join!(CallPage::of(ADA), CallPage::set_up(BOB, Setup::WITHOUT_DEVICES));
    let links = ada.opens_a_room(&world.home("en")).await;
    bob.opens(&in_language(&links.invite, "en")).await;
    bob.goes_through(&link).await;
    bob.enters().await;
    ada.admits(BOB).await;
    bob.is_inside().await;
    ada.switches_on("toggle-camera").await;
    bob.sees(ADA, SOON).await;
    reads_of(&bob, BOB, "").await;
    reads_of(&bob, ADA, "").await;

    link.becomes(FAR);
    reads_of(&bob, BOB, "you are heard with a delay").await;
    link.becomes(Path::GOOD);
    reads_of(&bob, BOB, "").await;

    link.becomes(NARROW);
    reads_of(&bob, ADA, "the picture").await;
    link.becomes(Path::GOOD);
    reads_of(&bob, ADA, "").await;
}

/// Waits until the sign on somebody's tile says this; nothing, when there is to be none.
async fn reads_of(page: &CallPage, person: Person, words: &str) {
    let what = format!("{} reads {words:?} of {}'s connection", page.name(), person.name);
    let script =
        "const tiles = [...document.querySelectorAll('[data-testid=tile][data-screen=false]')];
        const tile = tiles.find((tile) => tile.textContent.includes(arguments[0]));
        return tile?.querySelector('[data-testid=tile-quality]')?.title ?? ''";
    eventually(&what, NOTICED, async || {
        let said = page.browser().execute(script, vec![person.name.into()]).await;
        let said = said.as_str().unwrap_or_default();
        let right = if words.is_empty() { said.is_empty() } else { said.contains(words) };
        let pictures = page.receiving().await;
        right.or_seen(|| format!("{said:?}; frames by slot: {pictures:?}"))
    })
    .await;
}
