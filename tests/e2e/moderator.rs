// SPDX-License-Identifier: EUPL-1.2
//! Whoever holds the bookmark is never locked out.

use tests::{
    browser::SOON,
    cast::{ADA, BOB, CLEO},
    page::{CallPage, in_language},
    setup::Setup,
    world::World,
};
use tokio::join;

#[tokio::test]
async fn a_moderator_comes_back_after_a_reload_and_on_another_device() {
    let world = World::start().await;
    let (ada, bob, cleo) = join!(
        CallPage::set_up(ADA, Setup::WITHOUT_DEVICES),
        CallPage::set_up(BOB, Setup::WITHOUT_DEVICES),
        CallPage::of(CLEO)
    );
    let links = ada.makes_a_room(&world.home("en")).await;
    let bookmark = in_language(&links.moderator, "en");
    ada.opens(&bookmark).await;
    ada.enters().await;
    ada.is_inside().await;
    ada.sets_the_door("door-locked").await;
    let number = ada.number_of(ADA).await;

    ada.browser().reloads().await;
    ada.enters().await;
    ada.is_inside().await;
    assert_eq!(ada.heard_at("waiting").await, None, "Ada met her own lobby after a reload");
    assert_eq!(ada.number_of(ADA).await, number, "Ada's seat after a reload");
    assert_eq!(ada.tiles().await.len(), 1, "Ada's seats after a reload");

    // The same bookmark in another browser, through a door that is locked.
    cleo.opens(&bookmark).await;
    cleo.enters().await;
    cleo.is_inside().await;
    assert_eq!(cleo.heard_at("waiting").await, None, "the second device met the lobby");
    cleo.sets_the_door("door-lobby").await;
    bob.opens(&in_language(&links.invite, "en")).await;
    bob.enters().await;
    bob.browser().awaits("waiting-admission").await;

    // The first device dies; the second runs the room.
    ada.closes_the_browser().await;
    cleo.misses(ADA, SOON).await;
    cleo.admits(BOB).await;
    bob.is_inside().await;
}
