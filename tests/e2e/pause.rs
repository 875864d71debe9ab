// SPDX-License-Identifier: EUPL-1.2
//! Without a moderator the floor rests; without one for long it is over.

use std::time::Duration;

use serde_json::json;
use shared::Source;
use tests::{
    browser::SOON,
    cast::{ADA, BOB, CLEO},
    eventually::{Condition as _, eventually},
    page::{CallPage, in_language},
    setup::Setup,
    world::World,
};
use tokio::join;

/// Shorter than anybody wants it, for nobody to wait here.
const GRACE: &str = "pause_after = 2\nend_after = 12\n";

#[tokio::test]
async fn the_floor_rests_while_the_only_moderator_is_gone() {
    let world = World::start_with(GRACE).await;
    let (ada, returning, bob, cleo) = join!(
        CallPage::set_up(ADA, Setup::WITHOUT_DEVICES),
        CallPage::set_up(ADA, Setup::WITHOUT_DEVICES),
        CallPage::of(BOB),
        CallPage::of(CLEO),
    );
    let links = ada.opens_a_room(&world.home("en")).await;
    for (page, person) in [(&bob, BOB), (&cleo, CLEO)] {
        page.opens(&in_language(&links.invite, "en")).await;
        page.enters().await;
        ada.admits(person).await;
        page.is_inside().await;
    }
    bob.switches_on("toggle-camera").await;
    bob.switches_on("toggle-microphone").await;
    cleo.sees(BOB, SOON).await;
    cleo.hears(&[BOB], SOON).await;

    returning.opens(&in_language(&links.moderator, "en")).await;
    ada.closes_the_browser().await;
    everything_rests(&bob, &cleo).await;
    returning.enters().await;
    returning.is_inside().await;
    nothing_starts_by_itself(&bob, &cleo).await;
    bob.switches_on("toggle-camera").await;
    cleo.sees(BOB, SOON).await;

    returning.leaves().await;
    for page in [&bob, &cleo] {
        let reason = page.browser().awaits_within("ended-reason", Duration::from_secs(25)).await;
        let reason = reason.text().await.unwrap_or_default();
        assert!(reason.contains("No moderator came back"), "{} reads {reason:?}", page.name());
    }
}

async fn everything_rests(bob: &CallPage, cleo: &CallPage) {
    for page in [bob, cleo] {
        page.browser().awaits("waiting-moderator").await;
        assert!(page.browser().shows("leave").await, "{} is thrown out", page.name());
    }
    for switch in ["toggle-camera", "toggle-microphone"] {
        bob.awaits_switch(switch, false).await;
        let script = "return document.querySelector(`[data-testid=${arguments[0]}]`).disabled";
        let disabled = bob.browser().execute(script, vec![json!(switch)]).await;
        assert_eq!(disabled, json!(true), "Bob's {switch} during the pause");
    }
    let what = "Bob's devices are released";
    eventually(what, SOON, async || {
        let running = [bob.running_tracks("video").await, bob.running_tracks("audio").await];
        (!running.concat().contains(&true)).or_seen(|| format!("{running:?}"))
    })
    .await;
    cleo.sees_no_picture_of(BOB, SOON).await;
    cleo.hears(&[], SOON).await;
}

async fn nothing_starts_by_itself(bob: &CallPage, cleo: &CallPage) {
    for page in [bob, cleo] {
        let what = format!("{}'s pause is over", page.name());
        eventually(&what, SOON, async || {
            let paused = page.browser().shows("waiting-moderator").await;
            (!paused).or_seen(|| "it goes on".to_owned())
        })
        .await;
    }
    for switch in ["toggle-camera", "toggle-microphone"] {
        assert_eq!(bob.is_on(switch).await, json!(false), "Bob's {switch} after the pause");
    }
    let sources = cleo.published_by(BOB).await;
    assert_eq!(sources, Vec::<Source>::new(), "what Bob transmits after the pause");
}
