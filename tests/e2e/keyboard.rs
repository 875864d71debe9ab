// SPDX-License-Identifier: EUPL-1.2
//! Somebody who has a keyboard and nothing else: each place they stop at can be seen, and after each change they
//! are where they go on.

use std::time::Duration;

use fantoccini::key::Key;
use tests::{
    cast::{ADA, BOB},
    display::Display,
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
    ada.has_the_focus_at("toggle-people").await;
    ada.strikes(Key::Enter).await;
    ada.steps_to("person-menu", "Bob").await;
    ada.strikes(Key::Space).await;
    ada.steps_to("person-mute", "Bob").await;
    ada.strikes(Key::Space).await;
    bob.awaits_switch("toggle-microphone", false).await;
    // So is the button with what it was good for.
    ada.has_the_focus_at("person-menu").await;

    ada.strikes(Key::Enter).await;
    ada.steps_to("person-remove", "Bob").await;
    ada.strikes(Key::Enter).await;
    // Not to do it comes first.
    ada.has_the_focus_at("confirm-no").await;
    ada.strikes(Key::Escape).await;
    ada.has_the_focus_at("person-menu").await;
    assert!(bob.browser().shows("leave").await, "Bob is removed by a question");
    ada.strikes(Key::Enter).await;
    ada.steps_to("person-remove", "Bob").await;
    ada.strikes(Key::Enter).await;
    ada.steps_to("confirm-yes", "").await;
    ada.strikes(Key::Space).await;
    let reason = bob.browser().reads("ended-reason").await;
    assert!(reason.contains("removed"), "Bob reads {reason:?}");

    ada.strikes(Key::Escape).await;
    ada.has_the_focus_at("toggle-people").await;
    assert!(!ada.browser().shows("people").await, "the panel is closed by the escape key");
}

#[tokio::test]
async fn the_way_from_the_start_page_to_leaving_needs_no_mouse() {
    let world = World::start().await;
    let ada = CallPage::of(ADA).await;
    ada.browser().goto(&world.home("en")).await;
    ada.browser().awaits("start-create").await;
    for (language, start) in [("Deutsch", "Raum anlegen"), ("English", "Make a room")] {
        ada.steps_to("language", language).await;
        ada.strikes(Key::Enter).await;
        ada.has_the_focus_at("language").await;
        assert_eq!(ada.browser().reads("start-create").await, start);
    }
    ada.steps_to("start-create", "").await;
    ada.strikes(Key::Enter).await;
    ada.is_told("Your room is ready").await;
    ada.steps_to("moderator-copy", "").await;
    ada.steps_to("invite-copy", "").await;
    ada.steps_to("start-open", "").await;
    ada.strikes(Key::Enter).await;
    the_gate(&ada).await;
    the_bar(&ada).await;
    the_panels(&ada).await;
    the_settings(&ada).await;

    ada.steps_to("leave", "").await;
    ada.strikes(Key::Enter).await;
    ada.is_told("Goodbye").await;
    ada.steps_to("ended-return", "").await;
    ada.strikes(Key::Enter).await;
    ada.is_told("Before you enter").await;
}

/// A device is tried, chosen and transmitted, and a name is typed.
async fn the_gate(ada: &CallPage) {
    ada.is_told("Before you enter").await;
    ada.steps_to("gate-camera", "").await;
    ada.strikes(Key::Space).await;
    ada.awaits_switch("gate-camera", true).await;
    ada.has_the_focus_at("gate-camera").await;
    ada.browser().awaits("gate-camera-select").await;
    ada.steps_to("gate-camera-select", "").await;
    ada.steps_to("gate-transmit-camera", "").await;
    ada.strikes(Key::Space).await;
    ada.awaits_switch("gate-transmit-camera", true).await;
    ada.steps_to("gate-microphone", "").await;
    ada.steps_to("gate-speaker-test", "").await;
    ada.strikes(Key::Enter).await;
    ada.steps_to("gate-name", "").await;
    ada.types("Ada", Duration::ZERO).await;
    ada.steps_to("gate-remember", "").await;
    ada.steps_to("gate-join", "").await;
    ada.strikes(Key::Enter).await;
    ada.is_inside().await;
    ada.is_told("Meeting").await;
    ada.awaits_switch("toggle-camera", true).await;
}

/// Every button of the bar can be reached and says what it does.
async fn the_bar(ada: &CallPage) {
    for (switch, key) in [("toggle-microphone", Key::Space), ("toggle-camera", Key::Enter)] {
        let before = ada.is_on(switch).await == true;
        ada.steps_to(switch, "").await;
        ada.strikes(key).await;
        ada.awaits_switch(switch, !before).await;
        ada.has_the_focus_at(switch).await;
    }
    for button in ["toggle-screen", "toggle-hand", "evidence", "device-settings"] {
        ada.steps_to(button, "").await;
    }
}

/// Whoever opens a panel is in it, and back at its button when it is closed.
async fn the_panels(ada: &CallPage) {
    ada.steps_to("toggle-chat", "").await;
    ada.strikes(Key::Enter).await;
    ada.has_the_focus_at("chat-input").await;
    ada.types("Good morning", Duration::ZERO).await;
    ada.strikes(Key::Enter).await;
    ada.reads_the_chat(&["Good morning"]).await;
    ada.has_the_focus_at("chat-input").await;
    ada.strikes(Key::Escape).await;
    ada.has_the_focus_at("toggle-chat").await;
    for (button, close, heading) in [
        ("evidence", "evidence-panel-close", "Evidence"),
        ("toggle-people", "people-close", "People"),
    ] {
        ada.steps_to(button, "").await;
        ada.strikes(Key::Enter).await;
        ada.is_told(heading).await;
        ada.steps_to(close, "").await;
        ada.strikes(Key::Enter).await;
        ada.has_the_focus_at(button).await;
    }
}

/// A dialog keeps the focus in itself, and gives it back; also where its button is folded away.
async fn the_settings(ada: &CallPage) {
    ada.steps_to("device-settings", "").await;
    ada.strikes(Key::Enter).await;
    ada.browser().awaits("settings").await;
    ada.has_the_focus_at("settings-camera-select").await;
    ada.steps_to("settings-keys", "").await;
    ada.steps_to("settings-close", "").await;
    ada.strikes(Key::Enter).await;
    ada.has_the_focus_at("device-settings").await;
    ada.strikes(Key::Space).await;
    ada.has_the_focus_at("settings-camera-select").await;
    ada.strikes(Key::Escape).await;
    ada.has_the_focus_at("device-settings").await;

    ada.looks_through(Display::TWICE).await;
    for (button, way_out) in
        [("device-settings", "settings-camera-select"), ("evidence", "evidence-again")]
    {
        ada.steps_to("bar-more", "").await;
        ada.strikes(Key::Enter).await;
        ada.steps_to(button, "").await;
        ada.strikes(Key::Enter).await;
        if button == "evidence" {
            ada.is_told("Evidence").await;
            ada.steps_to(way_out, "").await;
        } else {
            ada.has_the_focus_at(way_out).await;
        }
        ada.strikes(Key::Escape).await;
        ada.has_the_focus_at("bar-more").await;
    }
    ada.looks_as_before().await;
}
