// SPDX-License-Identifier: EUPL-1.2
//! A moderator who has a keyboard and nothing else.

use fantoccini::key::Key;
use tests::{
    browser::SOON,
    cast::{ADA, BOB},
    eventually::{Condition as _, eventually},
    page::{CallPage, in_language},
    setup::Setup,
    world::World,
};
use tokio::join;

#[tokio::test]
async fn a_moderator_needs_no_mouse() {
    let world = World::start().await;
    let (ada, bob) = join!(CallPage::set_up(ADA, Setup::WITHOUT_DEVICES), CallPage::of(BOB));
    let links = ada.opens_a_room(&world.home("en")).await;
    let invite = in_language(&links.invite, "en");
    bob.opens(&invite).await;
    bob.enters().await;
    ada.reads_knocks(&["Bob"]).await;

    ada.steps_to("knock-admit", "Bob").await;
    ada.strikes(Key::Enter).await;
    bob.is_inside().await;
    bob.switches_on("toggle-microphone").await;

    // The row is gone; the focus is where the next thing is done.
    has_the_focus(&ada, "toggle-people").await;
    ada.strikes(Key::Enter).await;
    ada.steps_to("person-menu", "Bob").await;
    ada.strikes(Key::Space).await;
    ada.steps_to("person-mute", "Bob").await;
    ada.strikes(Key::Space).await;
    bob.awaits_switch("toggle-microphone", false).await;
    // So is the button with what it was good for.
    has_the_focus(&ada, "person-menu").await;

    ada.strikes(Key::Enter).await;
    ada.steps_to("person-remove", "Bob").await;
    ada.strikes(Key::Enter).await;
    // Not to do it comes first.
    has_the_focus(&ada, "confirm-no").await;
    ada.strikes(Key::Escape).await;
    has_the_focus(&ada, "person-menu").await;
    assert!(bob.browser().shows("leave").await, "Bob is removed by a question");
    ada.strikes(Key::Enter).await;
    ada.steps_to("person-remove", "Bob").await;
    ada.strikes(Key::Enter).await;
    ada.steps_to("confirm-yes", "").await;
    ada.strikes(Key::Space).await;
    let reason = bob.browser().reads("ended-reason").await;
    assert!(reason.contains("removed"), "Bob reads {reason:?}");

    ada.strikes(Key::Escape).await;
    has_the_focus(&ada, "toggle-people").await;
    assert!(!ada.browser().shows("people").await, "the panel is closed by the escape key");
}

async fn has_the_focus(page: &CallPage, testid: &str) {
    let what = format!("{testid} has {}'s focus", page.name());
    eventually(&what, SOON, async || {
        let focus = page.focus().await;
        (focus.testid == testid && focus.visible).or_seen(|| format!("{focus:?}"))
    })
    .await;
}
