// SPDX-License-Identifier: EUPL-1.2
//! Somebody who talks by a key, and what other keys do.

use fantoccini::key::Key;
use serde_json::json;
use tests::{
    browser::SOON,
    cast::{ADA, BOB},
    eventually::{Condition as _, eventually},
    page::{CallPage, in_language},
    setup::Setup,
    world::World,
};
use tokio::join;

const MICROPHONE: &str = "toggle-microphone";

#[tokio::test]
async fn whoever_talks_by_a_key_is_heard_while_it_is_held() {
    let world = World::start().await;
    let (ada, bob) = join!(CallPage::set_up(ADA, Setup::WITHOUT_DEVICES), CallPage::of(BOB));
    let links = ada.opens_a_room(&world.home("en")).await;
    bob.opens(&in_language(&links.invite, "en")).await;
    bob.enters().await;
    ada.admits(BOB).await;
    bob.is_inside().await;
    talks_by_key(&bob, true).await;

    // A key alone switches nothing on.
    bob.strikes(Key::Space).await;
    bob.awaits_state(MICROPHONE, "false").await;
    assert!(bob.running_tracks("audio").await.is_empty(), "a key opened a device");

    // On, and nothing is sent; the switch says both, and everybody sees the same.
    bob.browser().press(MICROPHONE).await;
    bob.awaits_state(MICROPHONE, "mixed").await;
    assert_eq!(bob.focus().await.testid, "", "a button that a mouse has pressed keeps the key");
    assert_eq!(bob.running_tracks("audio").await, [true]);
    assert_eq!(times_spoken(&bob).await, 0);
    ada.hears(&[], SOON).await;
    assert!(ada.browser().shows("tile-muted").await);
    // His clip beeps: he is told that nobody hears it.
    bob.reads_in("microphone-unheard", "Hold the space bar").await;

    bob.holds(' ', true).await;
    bob.awaits_state(MICROPHONE, "true").await;
    ada.hears(&[BOB], SOON).await;
    bob.misses_sign("microphone-unheard").await;
    bob.holds(' ', false).await;
    bob.awaits_state(MICROPHONE, "mixed").await;
    ada.hears(&[], SOON).await;
    is_not_meant_elsewhere(&bob).await;

    // Given up, nothing is sent that nobody holds a key for.
    talks_by_key(&bob, false).await;
    bob.awaits_state(MICROPHONE, "false").await;
    assert!(bob.running_tracks("audio").await.iter().all(|runs| !runs), "its light is on");
}

async fn talks_by_key(page: &CallPage, chosen: bool) {
    page.opens_settings().await;
    page.browser().press("push-to-talk").await;
    page.awaits_switch("push-to-talk", chosen).await;
    page.browser().press("settings-close").await;
}

async fn is_not_meant_elsewhere(bob: &CallPage) {
    // A window that is left hears no key.
    bob.holds(' ', true).await;
    bob.awaits_state(MICROPHONE, "true").await;
    bob.browser().execute("window.dispatchEvent(new Event('blur'))", Vec::new()).await;
    bob.awaits_state(MICROPHONE, "mixed").await;
    bob.holds(' ', false).await;

    // Who types a space says nothing by that, nor who presses a button with it.
    bob.browser().press("toggle-chat").await;
    bob.browser().write("chat-input", "one two").await;
    bob.strikes(Key::Space).await;
    bob.strikes(Key::Escape).await;
    assert_eq!(bob.focus().await.testid, "toggle-chat");
    bob.strikes(Key::Space).await;
    bob.browser().awaits("chat").await;
    assert_eq!(times_spoken(bob).await, 2, "it was held twice");
    bob.browser().press("chat-close").await;
}

/// How often the page has said that the microphone is for the others.
async fn times_spoken(page: &CallPage) -> usize {
    let said = page.published().await;
    said.iter().filter(|live| live.iter().any(|source| source == "microphone")).count()
}

#[tokio::test]
async fn every_key_is_on_the_sheet() {
    let world = World::start().await;
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    ada.opens_a_room(&world.home("en")).await;
    for open in [true, false] {
        if open {
            ada.holds('?', true).await;
            ada.holds('?', false).await;
        } else {
            ada.opens_settings().await;
            ada.browser().press("settings-shortcuts").await;
        }
        ada.browser().awaits("shortcuts").await;
        eventually("every key of a button is there", SOON, async || {
            let script = "const all = (selector, of) => [...document.querySelectorAll(selector)].map(of);
                const keys = all('[data-testid=shortcut]', (row) => row.dataset.key);
                return all('[aria-keyshortcuts]', (button) => button.ariaKeyShortcuts ?? button.getAttribute('aria-keyshortcuts'))
                    .filter((key) => !keys.includes(key)).concat(keys.length > 9 ? [] : ['too few rows'])";
            let missing = ada.browser().execute(script, Vec::new()).await;
            (missing == json!([])).or_seen(|| missing.to_string())
        })
        .await;
        ada.browser().press("shortcuts-close").await;
        ada.misses_sign("shortcuts").await;
    }

    // Without single keys the sheet does not come by one either.
    ada.opens_settings().await;
    ada.browser().press("settings-keys").await;
    ada.browser().press("settings-close").await;
    ada.holds('?', true).await;
    ada.holds('?', false).await;
    ada.holds('t', true).await;
    ada.holds('t', false).await;
    assert!(!ada.browser().shows("shortcuts").await && !ada.browser().shows("chat").await);
}
