// SPDX-License-Identifier: EUPL-1.2
//! The whole way of a meeting in another browser: at the gate, at the door, on the floor, and out.

use serde_json::json;
use tests::{
    browser::SOON,
    cast::{BOB, CLEO},
    eventually::{Condition as _, eventually},
    page::{CallPage, in_language},
    world::World,
};
use tokio::join;

#[tokio::test]
async fn somebody_moderates_a_meeting_in_another_browser() {
    let world = World::start().await;
    let (cleo, bob) = join!(CallPage::of(CLEO), CallPage::of(BOB));
    let links = cleo.makes_a_room(&world.home("en")).await;
    cleo.browser().press("start-open").await;
    tries_the_devices(&cleo).await;
    cleo.enters().await;
    cleo.is_inside().await;
    assert_eq!(cleo.is_on("toggle-camera").await, json!(true), "as she chose at the gate");
    assert_eq!(cleo.is_on("toggle-microphone").await, json!(false), "only tried");

    let invite = in_language(&links.invite, "en");
    bob.opens(&invite).await;
    bob.enters().await;
    cleo.reads_knocks(&["Bob"]).await;
    cleo.admits(BOB).await;
    bob.is_inside().await;
    cleo.switches_on("toggle-microphone").await;
    bob.switches_on("toggle-camera").await;
    bob.switches_on("toggle-microphone").await;
    eventually("Bob is sent what Cleo chose at the gate", SOON, async || {
        let frames = bob.frames_of(CLEO).await;
        (frames > 20).or_seen(|| frames.to_string())
    })
    .await;
    // Only now her camera shows who she is.
    cleo.switches_off("toggle-camera").await;
    bob.sees_no_picture_of(CLEO, SOON).await;
    cleo.switches_on("toggle-camera").await;
    for (page, other) in [(&cleo, BOB), (&bob, CLEO)] {
        page.sees(other, SOON).await;
        page.hears(&[other], SOON).await;
    }
    talks_and_shows_hands(&cleo, &bob).await;
    moderates(&cleo, &bob, &invite).await;
    cleo.leaves().await;
    bob.misses(CLEO, SOON).await;
}

/// At the gate: picture and loudness are seen, and nothing of them is sent.
async fn tries_the_devices(page: &CallPage) {
    page.switches_on("gate-camera").await;
    eventually("the preview shows a picture", SOON, async || {
        let script = "const it = document.querySelector('[data-testid=gate-preview]');
            return (it?.matches('video') ? it : it?.querySelector('video'))?.videoWidth ?? 0";
        let width = page.browser().execute(script, Vec::new()).await;
        (width.as_u64() > Some(0)).or_seen(|| width.to_string())
    })
    .await;
    page.switches_on("gate-transmit-camera").await;
    page.switches_on("gate-microphone").await;
    // Without a sound card Firefox measures no loudness; that there is sound, everybody hears later.
    page.browser().awaits("gate-level").await;
}

async fn talks_and_shows_hands(cleo: &CallPage, bob: &CallPage) {
    cleo.writes("Good morning").await;
    bob.reads_the_chat(&["Good morning"]).await;
    bob.writes("Good morning to you").await;
    cleo.reads_the_chat(&["Good morning", "Good morning to you"]).await;
    bob.switches_on("toggle-hand").await;
    eventually("Cleo sees that Bob raises his hand", SOON, async || {
        let hands = cleo.texts("tile-hand").await;
        (hands.len() == 1).or_seen(|| format!("{hands:?}"))
    })
    .await;
    cleo.switches_on("toggle-hand").await;
    cleo.reads_people(&["Bob", "Cleo"]).await;
    cleo.switches_off("toggle-hand").await;
}

/// Everything that a moderator takes away, and gives.
async fn moderates(cleo: &CallPage, bob: &CallPage, invite: &str) {
    cleo.acts_on(BOB, "person-lower-hand").await;
    bob.awaits_switch("toggle-hand", false).await;
    cleo.acts_on(BOB, "person-mute").await;
    bob.awaits_switch("toggle-microphone", false).await;
    cleo.hears(&[], SOON).await;
    cleo.acts_on(BOB, "person-stop-camera").await;
    bob.awaits_switch("toggle-camera", false).await;
    cleo.sees_no_picture_of(BOB, SOON).await;
    cleo.acts_on(BOB, "person-make-presenter").await;
    bob.switches_on("toggle-screen").await;
    cleo.sees_the_screen_of(BOB, SOON).await;
    cleo.acts_on(BOB, "person-stop-screen").await;
    bob.awaits_switch("toggle-screen", false).await;
    cleo.sees_no_screen(SOON).await;
    cleo.sets_the_door("door-locked").await;
    cleo.removes(BOB).await;
    let reason = bob.browser().reads("ended-reason").await;
    assert!(reason.contains("removed you"), "Bob reads {reason:?}");
    cleo.misses(BOB, SOON).await;
    cleo.sets_the_door("door-lobby").await;
    bob.opens(invite).await;
    bob.enters().await;
    eventually("Cleo reads that Bob was removed", SOON, async || {
        let removed = cleo.reads_removed().await;
        (removed == ["Bob"]).or_seen(|| format!("{removed:?}"))
    })
    .await;
    cleo.admits(BOB).await;
    bob.is_inside().await;
    let script = "return document.querySelectorAll('[data-testid=tile]').length";
    eventually("both are back", SOON, async || {
        let tiles = cleo.browser().execute(script, Vec::new()).await;
        (tiles == json!(2)).or_seen(|| tiles.to_string())
    })
    .await;
}
