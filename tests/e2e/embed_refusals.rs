// SPDX-License-Identifier: EUPL-1.2
//! What is refused, where and why: all of the list that `tests/embedding.rs` holds to the decisions.

use serde_json::{Value, from_str, json};
use tests::{
    cast::{ADA, BOB},
    page::{CallPage, Links, in_language},
    refusals::{REFUSALS, Stage},
    setup::Setup,
};

use crate::embed::{at, set_up};

#[tokio::test]
async fn every_refusal_is_given_where_it_belongs() {
    let ada = CallPage::of(ADA).await;
    let (_world, _host, page, links) = set_up(&ada, "{}").await;
    ada.opens_embedded(&page, &links.invite).await;
    ada.page_hears(json!({ "name": "gate" })).await;
    is_refused(&ada, Stage::Gate, 0).await;
    ada.looks_into_the_frame().await;
    ada.switches_on("gate-camera").await;
    ada.looks_at_the_page().await;
    ada.page_hears(json!({ "name": "devices", "camera": "preview" })).await;
    is_refused(&ada, Stage::GateWithCamera, 0).await;
    assert_eq!(ada.commands("stopCamera", json!([])).await, "done");
    ada.page_hears(json!({ "name": "devices", "camera": "off" })).await;
    assert_eq!(ada.commands("setName", json!(["Ada"])).await, "done");
    assert_eq!(ada.commands("enter", json!([])).await, "done");
    ada.page_hears(json!({ "name": "waiting" })).await;
    is_refused(&ada, Stage::Waiting, 0).await;
    as_guest(&ada, &links).await;
    assert_eq!(ada.commands("hangUp", json!([])).await, "done");
    as_moderator(&ada, &page, &links).await;
}

/// Each of the list at this stage.
async fn is_refused(page: &CallPage, stage: Stage, knocking: u32) {
    let script = "return meeting.people.find(({ own }) => own)?.participant ?? 0";
    let own = page.browser().execute(script, Vec::new()).await.as_u64().unwrap_or_default();
    let own = u32::try_from(own).unwrap_or_default();
    let here = REFUSALS.iter().filter(|refusal| refusal.stage == stage);
    for refusal in here {
        let text = refusal.command_with(own, knocking);
        let command: Value = from_str(&text).unwrap_or_default();
        let answer = page.commands("execute", json!([command])).await;
        assert_eq!(answer, refusal.reason, "{text} at {stage:?}");
    }
}

/// Bob runs the room, Ada is let in and shares her screen.
async fn as_guest(ada: &CallPage, links: &Links) {
    let bob = CallPage::set_up(BOB, Setup::WITHOUT_DEVICES).await;
    bob.opens(&in_language(&links.moderator, "en")).await;
    bob.enters().await;
    bob.is_inside().await;
    bob.browser().press("knock-admit").await;
    ada.page_hears(json!({ "name": "joined" })).await;
    bob.acts_on(ADA, "person-make-presenter").await;
    ada.looks_into_the_frame().await;
    ada.awaits_that("document.querySelector('[data-testid=toggle-screen]')").await;
    if !ada.browser().shows("toggle-screen").await {
        ada.browser().press("bar-more").await;
    }
    ada.browser().press("toggle-screen").await;
    ada.looks_at_the_page().await;
    ada.page_hears(json!({ "name": "devices", "screen": "on" })).await;
    is_refused(ada, Stage::Guest, 1).await;
    bob.leaves().await;
    bob.closes_the_browser().await;
}

/// Ada runs the room, Bob knocks; her line is lost, and she leaves in the end.
async fn as_moderator(ada: &CallPage, page: &str, links: &Links) {
    ada.opens_embedded(page, &links.moderator).await;
    ada.page_hears(json!({ "name": "gate" })).await;
    ada.looks_into_the_frame().await;
    ada.hangs_by_a_thread().await;
    ada.enters().await;
    ada.is_inside().await;
    ada.looks_at_the_page().await;
    let bob = CallPage::set_up(BOB, Setup::WITHOUT_DEVICES).await;
    bob.opens(&in_language(&links.invite, "en")).await;
    bob.enters().await;
    let knock = ada.page_hears(json!({ "name": "knock" })).await;
    let knocking = at(&knock, "/knocks/0/participant").as_u64().unwrap_or_default();
    let knocking = u32::try_from(knocking).unwrap_or_default();
    is_refused(ada, Stage::Moderator, knocking).await;
    ada.looks_into_the_frame().await;
    ada.is_cut_off(true).await;
    ada.looks_at_the_page().await;
    ada.page_hears(json!({ "name": "connection", "lost": true })).await;
    is_refused(ada, Stage::Lost, knocking).await;
    assert_eq!(ada.commands("hangUp", json!([])).await, "done");
    ada.page_hears(json!({ "name": "left" })).await;
    is_refused(ada, Stage::Ended, knocking).await;
}

#[tokio::test]
async fn whoever_says_too_much_is_refused_and_not_left_waiting() {
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let (_world, _host, page, links) = set_up(&ada, "{}").await;
    ada.opens_embedded(&page, &links.moderator).await;
    ada.page_hears(json!({ "name": "gate" })).await;
    let many = "const words = {};
        const count = (word) => { words[word] = (words[word] ?? 0) + 1; };
        const all = Array.from({ length: arguments[0] }, () =>
            meeting.setTheme('dark').then(() => count('done'), ({ reason }) => count(reason)));
        return Promise.all(all).then(() => words)";
    let answers = ada.browser().execute(many, vec![json!(120)]).await;
    let of = |answers: &Value, word: &str| at(answers, &format!("/{word}")).as_u64().unwrap_or(0);
    assert!(of(&answers, "too_many") > 0 && of(&answers, "done") >= 20, "{answers}");
    assert_eq!(of(&answers, "too_many") + of(&answers, "done"), 120, "{answers}");
    // Whoever goes on is not heard any more, and every promise is kept all the same.
    let answers = ada.browser().execute(many, vec![json!(2_000)]).await;
    assert_eq!(of(&answers, "too_many") + of(&answers, "done"), 2_000, "{answers}");
    ada.page_hears(json!({ "name": "error", "error": { "kind": "flooded" } })).await;
    assert_eq!(ada.commands("stopCamera", json!([])).await, "too_many", "and from then on");
    ada.looks_into_the_frame().await;
    ada.enters().await;
    ada.is_inside().await;
}
