// SPDX-License-Identifier: EUPL-1.2
//! The operator, a bookmark and an embedding page make a room stricter; nobody in it makes it looser.

use serde_json::json;
use tests::{
    browser::SOON,
    cast::{ADA, BOB, CLEO},
    eventually::{Condition as _, eventually},
    page::{CallPage, asking, in_language},
    setup::Setup,
    world::World,
};

#[tokio::test]
async fn what_is_restricted_nobody_loosens() {
    let world = World::start_with("restrictions = [\"share\"]\n").await;
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let links = ada.makes_a_room(&world.home("en")).await;
    ada.unfolds("restrict").await;
    ada.switches_on("restrict-lobby").await;
    ada.switches_on("restrict-chat").await;
    let bookmark = ada.browser().awaits("moderator-link").await.prop("href").await;
    let bookmark = bookmark.ok().flatten().unwrap_or_default();
    assert!(bookmark.contains("/m?restrict=lobby.chat"), "the bookmark carries them");
    ada.browser().press("start-open").await;
    ada.enters().await;
    ada.is_inside().await;
    ada.opens_rules().await;
    cannot(&ada, "share-audience", true).await;
    cannot(&ada, "chat-audience", true).await;
    cannot(&ada, "door-open", true).await;
    cannot(&ada, "personal-only", false).await;
    assert_eq!(ada.is_on("chat-audience").await, json!(false));
    ada.browser().reloads().await;
    ada.enters().await;
    ada.is_inside().await;
    ada.opens_rules().await;
    cannot(&ada, "door-open", true).await;

    let bob = CallPage::set_up(BOB, Setup::WITHOUT_DEVICES).await;
    bob.opens(&in_language(&links.invite, "de")).await;
    bob.enters().await;
    ada.admits(BOB).await;
    bob.is_inside().await;
    bob.browser().press("toggle-chat").await;
    bob.browser().awaits("chat-closed").await;
}

#[tokio::test]
async fn everything_can_be_restricted_by_whoever_makes_the_room() {
    let world = World::start().await;
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    drop(ada.makes_a_room(&world.home("en")).await);
    ada.unfolds("restrict").await;
    for rule in ["restrict-lobby", "restrict-personal", "restrict-share", "restrict-chat"] {
        ada.switches_on(rule).await;
    }
    ada.browser().press("start-open").await;
    ada.enters().await;
    ada.is_inside().await;
    assert!(!ada.browser().shows("alone-invite").await, "the common link leads nowhere");
    ada.opens_rules().await;
    for (rule, on) in [("personal-only", true), ("share-audience", false), ("chat-audience", false)]
    {
        cannot(&ada, rule, true).await;
        assert_eq!(ada.is_on(rule).await, json!(on), "{rule}");
    }
    cannot(&ada, "door-open", true).await;
}

#[tokio::test]
async fn an_embedding_page_restricts_a_guest_and_nobody_else() {
    let world = World::start().await;
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let links = ada.opens_a_room(&world.home("en")).await;
    let cleo = CallPage::set_up(CLEO, Setup::WITHOUT_DEVICES).await;
    cleo.opens(&asking(&in_language(&links.invite, "de"), "restrict=chat")).await;
    cleo.enters().await;
    ada.admits(CLEO).await;
    cleo.is_inside().await;
    cleo.browser().press("toggle-chat").await;
    cleo.browser().awaits("chat-closed").await;
    ada.opens_rules().await;
    cannot(&ada, "chat-audience", false).await;
    assert_eq!(ada.is_on("chat-audience").await, json!(true), "the room is as it was");
}

/// Waits until something can be pressed, or cannot.
async fn cannot(page: &CallPage, testid: &str, fixed: bool) {
    let what = format!("{} finds {testid} fixed: {fixed}", page.name());
    let script = "return document.querySelector(`[data-testid=${arguments[0]}]`)?.disabled";
    eventually(&what, SOON, async || {
        let disabled = page.browser().execute(script, vec![json!(testid)]).await;
        (disabled == json!(fixed)).or_seen(|| disabled.to_string())
    })
    .await;
}
