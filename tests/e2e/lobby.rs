// SPDX-License-Identifier: EUPL-1.2
//! Whoever comes first waits, and nobody comes in unasked.

use std::time::Duration;

use tests::{
    browser::{SOON, Tab},
    cast::{ADA, BOB},
    eventually::{Condition as _, eventually},
    page::{CallPage, in_language},
    setup::Setup,
    world::World,
};
use tokio::join;

/// How long whoever was turned away waits until they may knock again.
const PAUSE: Duration = Duration::from_secs(30);

#[tokio::test]
async fn two_wait_for_a_moderator_then_one_comes_in_and_one_is_turned_away() {
    let world = World::start().await;
    let (ada, guests) = join!(CallPage::of(ADA), CallPage::set_up(BOB, Setup::WITHOUT_DEVICES));
    let links = ada.makes_a_room(&world.home("en")).await;
    let invite = in_language(&links.invite, "en");

    let bob = knocks_in_a_tab(&guests, &invite, "Bob", "waiting-moderator").await;
    let dora = knocks_in_a_tab(&guests, &invite, "Dora", "waiting-moderator").await;

    ada.opens(&in_language(&links.moderator, "en")).await;
    ada.enters().await;
    ada.is_inside().await;
    ada.reads_knocks(&["Bob", "Dora"]).await;
    for (tab, other) in [(&bob, "Dora"), (&dora, "Bob")] {
        guests.browser().turns_to(tab).await;
        guests.browser().awaits("waiting-admission").await;
        let screen = guests.browser().screen().await;
        assert!(!screen.contains(other), "who waits reads of {other}, who waits, too: {screen}");
    }

    ada.refuses("Dora").await;
    let refused_at = ada.pressed_at().await;
    ada.admits(BOB).await;
    guests.browser().turns_to(&bob).await;
    guests.is_inside().await;
    ada.reads_knocks(&[]).await;
    guests.leaves().await;

    guests.browser().turns_to(&dora).await;
    the_refusal_is_read(&guests).await;
    knocking_again_at_once_is_in_vain(&ada, &guests, &invite).await;
    twelve_come_in_at_once(&ada, &guests, &invite).await;

    guests.browser().turns_to(&dora).await;
    guests.browser().awaits_within("ended-return", PAUSE).await;
    let waited = Duration::from_millis(guests.clock().await.saturating_sub(refused_at));
    assert!(waited + Duration::from_secs(2) >= PAUSE, "Dora may return after {waited:?} already");
    guests.browser().press("ended-return").await;
    guests.enters_as("Dora").await;
    guests.browser().awaits("waiting-admission").await;
    ada.reads_knocks(&["Dora"]).await;
}

async fn the_refusal_is_read(dora: &CallPage) {
    let sentence = dora.browser().reads("refused").await;
    assert!(sentence.contains("did not let you in"), "Dora reads {sentence:?}");
    assert!(!dora.browser().shows("ended-return").await, "Dora is offered to return at once");
}

/// The same tab is known for as long as the pause lasts, whatever it does.
async fn knocking_again_at_once_is_in_vain(ada: &CallPage, dora: &CallPage, invite: &str) {
    dora.opens(invite).await;
    dora.enters_as("Dora").await;
    let sentence = dora.browser().reads("refused").await;
    assert!(sentence.contains("moment ago"), "Dora, who knocks again too soon, reads {sentence:?}");
    assert!(!dora.browser().shows("ended-return").await, "Dora is offered to return too soon");
    ada.reads_knocks(&[]).await;
}

/// As many as the room has seats beside Ada's.
async fn twelve_come_in_at_once(ada: &CallPage, guests: &CallPage, invite: &str) {
    let names: Vec<_> = (1..=12).map(|number| format!("Guest {number:02}")).collect();
    let mut tabs = Vec::new();
    for name in &names {
        tabs.push(knocks_in_a_tab(guests, invite, name, "waiting-admission").await);
    }
    ada.reads_knocks(&names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    ada.browser().press("knock-admit-all").await;
    ada.reads_knocks(&[]).await;
    for tab in &tabs {
        guests.browser().turns_to(tab).await;
        guests.is_inside().await;
    }
    let what = "Ada sees a tile for each of thirteen people";
    eventually(what, SOON, async || {
        let tiles = ada.tiles().await;
        let there = |name: &String| tiles.iter().any(|tile| tile.text.contains(name));
        (tiles.len() == 13 && names.iter().all(there)).or_seen(|| format!("{tiles:?}"))
    })
    .await;
}

async fn knocks_in_a_tab(guests: &CallPage, invite: &str, name: &str, screen: &str) -> Tab {
    let tab = guests.browser().opens_a_tab().await;
    guests.opens(invite).await;
    guests.enters_as(name).await;
    guests.browser().awaits(screen).await;
    tab
}
