// SPDX-License-Identifier: EUPL-1.2
//! Whoever meets a limit of the server reads what it is and what to do; and who may send little sends little.

use std::time::Duration;

use tests::{
    browser::SOON,
    cast::{ADA, BOB},
    page::{CallPage, in_language},
    setup::Setup,
    world::World,
};
use tokio::{join, time::sleep};

#[tokio::test]
async fn who_finds_the_server_full_reads_so() {
    let world = World::start_with("[limits]\nsessions = 1\n").await;
    let (ada, bob) = join!(
        CallPage::set_up(ADA, Setup::WITHOUT_DEVICES),
        CallPage::set_up(BOB, Setup::WITHOUT_DEVICES)
    );
    let links = ada.opens_a_room(&world.home("en")).await;
    for (language, sentence) in
        [("en", "This server is full"), ("de", "Dieser Server ist ausgelastet")]
    {
        bob.opens(&in_language(&links.invite, language)).await;
        bob.enters().await;
        let told = bob.browser().reads("refused").await;
        assert!(told.contains(sentence), "Bob reads {told:?}");
    }
    ada.leaves().await;
    bob.browser().press("ended-return").await;
    bob.enters().await;
    bob.browser().awaits("waiting-moderator").await;
}

/// Chromium would send 1.7 Mbit/s of the largest picture alone.
#[tokio::test]
async fn a_browser_that_is_told_to_send_little_keeps_to_it() {
    let world = World::start_with("[limits]\nkbits_up = 500\n").await;
    let (ada, bob) = join!(CallPage::of(ADA), CallPage::set_up(BOB, Setup::WITHOUT_DEVICES));
    let links = ada.opens_a_room(&world.home("en")).await;
    bob.opens(&in_language(&links.invite, "en")).await;
    bob.enters().await;
    ada.admits(BOB).await;
    bob.is_inside().await;
    ada.switches_on("toggle-microphone").await;
    ada.switches_on("toggle-camera").await;
    bob.sees(ADA, SOON).await;
    // Until it has been told, and has told its encoders.
    sleep(Duration::from_secs(10)).await;
    let before = sent(&ada).await;
    sleep(WINDOW).await;
    let bits = (sent(&ada).await - before) * 8 / WINDOW.as_secs();
    assert!((50_000..500_000).contains(&bits), "{bits} bits per second");
    bob.sees(ADA, SOON).await;
}

const WINDOW: Duration = Duration::from_secs(10);

/// How many bytes a page has sent.
async fn sent(page: &CallPage) -> u64 {
    let sent = page.browser().execute("return window.witness.bytesSent()", Vec::new()).await;
    let sent = sent.as_u64().unwrap_or_default();
    assert!(sent > 0, "{} has sent nothing", page.name());
    sent
}
