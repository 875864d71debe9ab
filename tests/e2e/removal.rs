// SPDX-License-Identifier: EUPL-1.2
//! Whoever is removed can only knock, and is known by it; everybody else is like everybody else.

use tests::{
    browser::SOON,
    cast::{ADA, BOB, CLEO},
    eventually::{Condition as _, eventually},
    page::{CallPage, in_language},
    setup::Setup,
    world::World,
};
use tokio::join;

/// Milliseconds from the moderator's press to the last word at the other's page.
const AT_ONCE: u64 = 200;

#[tokio::test]
async fn whoever_is_removed_comes_back_by_the_door_alone() {
    let world = World::start().await;
    let (ada, bob, cleo) =
        join!(CallPage::set_up(ADA, Setup::WITHOUT_DEVICES), CallPage::of(BOB), CallPage::of(CLEO));
    let links = ada.opens_a_room(&world.home("en")).await;
    ada.sets_the_door("door-open").await;
    let invite = in_language(&links.invite, "en");
    bob.opens(&invite).await;
    bob.enters().await;
    bob.is_inside().await;
    bob.switches_on("toggle-camera").await;
    ada.sees(BOB, SOON).await;

    ada.removes(BOB).await;
    bob_is_outside_at_once(&ada, &bob).await;
    ada.sees_nothing_of(BOB, SOON).await;
    // An open door falls to the lobby.
    ada.reads_the_door("door-lobby").await;

    bob.browser().press("ended-return").await;
    bob.enters().await;
    bob.browser().awaits("waiting-admission").await;
    cleo.opens(&invite).await;
    cleo.enters().await;
    cleo.browser().awaits("waiting-admission").await;
    ada.reads_knocks(&["Bob", "Cleo"]).await;
    assert_eq!(ada.reads_removed().await, ["Bob"], "who is marked at the door");

    // The mark is the tab's: loading the page again does not wash it off.
    bob.opens(&invite).await;
    ada.reads_knocks(&["Cleo"]).await;
    bob.enters().await;
    ada.reads_knocks(&["Cleo", "Bob"]).await;
    assert_eq!(ada.reads_removed().await, ["Bob"], "who is marked after a reload");
    ada.admits(BOB).await;
    bob.is_inside().await;
}

async fn bob_is_outside_at_once(ada: &CallPage, bob: &CallPage) {
    let pressed = ada.pressed_at().await;
    let reason = bob.browser().reads("ended-reason").await;
    assert!(reason.contains("removed"), "Bob reads {reason:?}");
    let closed = bob.heard_at("closed").await.unwrap_or(u64::MAX);
    let lasted = closed.saturating_sub(pressed);
    assert!(lasted <= AT_ONCE, "Bob heard it {lasted} ms after Ada had pressed");
    let what = "Bob's camera is released";
    eventually(what, SOON, async || {
        let running = bob.running_tracks("video").await;
        (!running.contains(&true)).or_seen(|| format!("{running:?}"))
    })
    .await;
}
