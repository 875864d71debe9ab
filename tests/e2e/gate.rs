// SPDX-License-Identifier: EUPL-1.2
//! The gate: nothing is on, and what is missing is said.

use serde_json::{Value, json};
use tests::{
    browser::SOON,
    cast::ADA,
    eventually::{Condition as _, eventually},
    page::CallPage,
    setup::Setup,
    world::World,
};

#[tokio::test]
async fn somebody_without_devices_is_told_and_comes_in() {
    let world = World::start().await;
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    ada.makes_a_room(&world.home("en")).await;
    ada.browser().press("start-open").await;
    for (switch, trouble) in
        [("gate-camera", "camera-trouble"), ("gate-microphone", "microphone-trouble")]
    {
        ada.browser().press(switch).await;
        let what = format!("Ada reads why {switch} stays off");
        eventually(&what, SOON, async || {
            let sentence = ada.texts(trouble).await.concat();
            (sentence.contains("There is no ")).or_seen(|| format!("{sentence:?}"))
        })
        .await;
        assert_eq!(ada.is_on(switch).await, json!(false), "{switch} without a device");
    }
    ada.enters().await;
    ada.is_inside().await;
}

#[tokio::test]
async fn nothing_is_on_before_somebody_switches_it_on() {
    let world = World::start().await;
    let ada = CallPage::of(ADA).await;
    ada.makes_a_room(&world.home("en")).await;
    ada.browser().press("start-open").await;
    for switch in ["gate-camera", "gate-microphone"] {
        assert_eq!(ada.is_on(switch).await, json!(false), "{switch} at first");
    }
    ada.enters().await;
    ada.is_inside().await;
    for switch in ["toggle-camera", "toggle-microphone"] {
        assert_eq!(ada.is_on(switch).await, json!(false), "{switch} at first");
    }
    let tracks = [ada.running_tracks("video").await, ada.running_tracks("audio").await].concat();
    assert!(tracks.is_empty(), "devices were opened unasked: {tracks:?}");
    let address = ada.browser().execute("return location.href", Vec::new()).await;
    let room = address.as_str().and_then(|address| address.split_once('#'));
    assert!(
        room.is_none_or(|(_, secret)| !secret.is_empty()) && address != Value::Null,
        "a broken address: {address}"
    );
}

#[tokio::test]
async fn the_gate_says_who_is_responsible_and_leads_to_the_whole_notice() {
    let world = World::start().await;
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    for (language, place, path) in
        [("en", "Germany", "/privacy"), ("de", "Deutschland", "/datenschutz")]
    {
        ada.makes_a_room(&world.home(language)).await;
        ada.browser().press("start-open").await;
        eventually("Ada reads who is responsible", SOON, async || {
            let read = ada.texts("gate-notice").await.concat();
            let is_said = read.contains("Ada Lovelace School") && read.contains(place);
            is_said.or_seen(|| format!("{read:?}"))
        })
        .await;
        let link =
            "return document.querySelector('[data-testid=gate-notice] a').getAttribute('href')";
        assert_eq!(ada.browser().execute(link, Vec::new()).await, json!(path));
    }
}

#[tokio::test]
async fn a_browser_without_the_strong_cipher_is_told() {
    let world = World::start().await;
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    for (language, sentence) in [("en", "encryption that is required"), ("de", "Verschlüsselung")]
    {
        ada.makes_a_room(&world.home(language)).await;
        ada.browser().press("start-open").await;
        ada.browser().awaits("gate-join").await;
        ada.is_outdated().await;
        ada.enters().await;
        let read = ada.browser().reads("refused").await;
        assert!(read.contains(sentence) && read.contains("AES-256-GCM"), "Ada reads {read:?}");
    }
}
