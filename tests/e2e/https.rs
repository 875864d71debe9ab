// SPDX-License-Identifier: EUPL-1.2
//! A meeting over HTTPS, and what happens to it when the certificate is another.

use serde_json::Value;
use tests::{
    browser::SOON,
    cast::{ADA, BOB, CLEO},
    eventually::{Condition as _, eventually},
    page::{CallPage, in_language},
    setup::{Setup, Trust},
    world::World,
};
use tokio::join;

#[tokio::test]
async fn a_meeting_over_https_outlasts_its_certificate() {
    let world = World::start_over_tls().await;
    assert!(world.origin().starts_with("https://localhost:"), "{}", world.origin());
    let trusting = Setup { trust: Trust::Anybody, ..Setup::default() };
    let quiet = Setup { trust: Trust::Anybody, ..Setup::WITHOUT_DEVICES };
    let (ada, bob, cleo) = join!(
        CallPage::set_up(ADA, trusting),
        CallPage::set_up(BOB, quiet),
        CallPage::set_up(CLEO, quiet),
    );
    let links = ada.opens_a_room(&world.home("en")).await;
    assert!(links.invite.starts_with(world.origin()), "the invitation leads elsewhere");
    bob.opens(&in_language(&links.invite, "en")).await;
    bob.enters().await;
    ada.admits(BOB).await;
    bob.is_inside().await;
    for device in ["toggle-camera", "toggle-microphone"] {
        ada.switches_on(device).await;
    }
    bob.sees(ADA, SOON).await;
    bob.hears(&[ADA], SOON).await;
    bob.browser().execute("window.stayed = true", Vec::new()).await;

    world.has_another_certificate();
    let read = "the certificate was read";
    eventually("the server has another certificate", SOON, async || {
        let times = world.said().matches(read).count();
        (times == 1).or_seen(|| format!("{times} times {read:?}"))
    })
    .await;

    // Who comes now comes by the new one, who is inside notices nothing.
    cleo.opens(&in_language(&links.invite, "en")).await;
    cleo.enters().await;
    ada.admits(CLEO).await;
    cleo.is_inside().await;
    cleo.sees(ADA, SOON).await;
    bob.sees(ADA, SOON).await;
    bob.sees_no_picture_of(CLEO, SOON).await;
    let stayed = bob.browser().execute("return window.stayed === true", Vec::new()).await;
    assert_eq!(stayed, Value::Bool(true), "Bob's page was not loaded again");
    assert!(!bob.browser().shows("reconnecting").await, "nobody is told of a lost connection");
}
