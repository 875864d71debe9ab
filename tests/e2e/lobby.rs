// SPDX-License-Identifier: EUPL-1.2
//! Whoever comes first waits, and nobody comes in unasked.

use tests::{
    cast::{ADA, BOB},
    page::{CallPage, in_language},
    world::World,
};
use tokio::join;

#[tokio::test]
async fn guests_wait_for_a_moderator_and_then_for_admission() {
    let world = World::start().await;
    let (ada, bob) = join!(CallPage::of(ADA), CallPage::of(BOB));
    let links = ada.makes_a_room(&world.home("en")).await;

    bob.opens(&in_language(&links.invite, "en")).await;
    bob.enters().await;
    bob.browser().awaits("waiting-moderator").await;

    ada.opens(&in_language(&links.moderator, "en")).await;
    ada.enters().await;
    ada.is_inside().await;
    bob.browser().awaits("waiting-admission").await;
    ada.admits(BOB).await;
    bob.is_inside().await;
}

#[tokio::test]
async fn whoever_is_turned_away_is_told() {
    let world = World::start().await;
    let (ada, bob) = join!(CallPage::of(ADA), CallPage::of(BOB));
    let links = ada.makes_a_room(&world.home("en")).await;
    ada.browser().press("start-open").await;
    ada.enters().await;
    ada.is_inside().await;

    bob.opens(&in_language(&links.invite, "en")).await;
    bob.enters().await;
    ada.browser().press("knock-refuse").await;
    bob.browser().awaits("refused").await;
    assert!(ada.browser().shows("leave").await, "Ada is no longer inside");
}
