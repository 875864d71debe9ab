// SPDX-License-Identifier: EUPL-1.2
//! What is written while the line is lost waits, is seen to wait, and is said when the line is back.

use tests::{
    browser::SOON,
    cast::ADA,
    eventually::{Condition as _, eventually},
    page::CallPage,
    setup::Setup,
    world::World,
};

/// As many as the page keeps.
const LINES: [&str; 5] = ["One", "Two", "Three", "Four", "Five"];

#[tokio::test]
async fn what_is_written_without_a_line_waits_and_is_said_later() {
    let world = World::start().await;
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    drop(ada.makes_a_room(&world.home("en")).await);
    ada.browser().press("start-open").await;
    ada.browser().awaits("gate-join").await;
    ada.hangs_by_a_thread().await;
    ada.enters().await;
    ada.is_inside().await;
    ada.opens_chat().await;
    ada.is_cut_off(true).await;
    ada.browser().awaits("reconnecting").await;
    for (index, line) in LINES.into_iter().enumerate() {
        assert_eq!(ada.texts("chat-full").await.concat(), "", "there is room for {line}");
        ada.writes(line).await;
        waits(&ada, LINES.get(..=index).unwrap_or_default()).await;
    }
    ada.reads_in("chat-full", "still on their way").await;
    assert!(ada.texts("chat-line").await.is_empty(), "nothing is said yet");

    ada.is_cut_off(false).await;
    ada.is_back().await;
    ada.reads_the_chat(&LINES).await;
    waits(&ada, &[]).await;
    assert_eq!(ada.texts("chat-full").await.concat(), "", "there is room again");
}

/// Waits until exactly these lines are seen to wait.
async fn waits(page: &CallPage, lines: &[&str]) {
    eventually(&format!("{} sees {lines:?} wait", page.name()), SOON, async || {
        let waiting = page.texts("chat-unsent").await;
        (waiting == lines).or_seen(|| format!("{waiting:?}"))
    })
    .await;
}
