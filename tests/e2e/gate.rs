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

#[tokio::test]
async fn a_name_is_remembered_only_on_request() {
    let world = World::start().await;
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let links = ada.makes_a_room(&world.home("en")).await;
    for (ticked, kept) in [(false, json!([])), (true, json!(["Ada"])), (false, json!([]))] {
        ada.opens(&links.moderator).await;
        let script = "const box = document.querySelector('[data-testid=gate-remember]'); if (box.checked !== arguments[0]) box.click(); return document.querySelector('[data-testid=gate-name]').value";
        let typed = ada.browser().execute(script, vec![json!(ticked)]).await;
        let remembered =
            ada.browser().execute("return Object.values(localStorage)", Vec::new()).await;
        let expected = remembered.get(0).cloned().unwrap_or_else(|| json!(""));
        assert_eq!(typed, expected, "what stands in the field at first");
        ada.enters().await;
        ada.is_inside().await;
        let stored = ada.browser().execute("return Object.values(localStorage)", Vec::new()).await;
        assert_eq!(stored, kept, "what is kept when it was ticked: {ticked}");
        ada.leaves().await;
    }
}

#[tokio::test]
async fn somebody_sees_how_loud_they_are_through_the_microphone_of_their_choice() {
    let world = World::start().await;
    let ada = CallPage::of(ADA).await;
    ada.makes_a_room(&world.home("en")).await;
    ada.browser().press("start-open").await;
    ada.switches_on("gate-microphone").await;
    ada.is_level("gate-level").await;
    let microphones = ada.offers("gate-microphone-select").await;
    let other = microphones.iter().find(|(_, label)| label.contains("Fake Audio Input 2"));
    let (id, _) = other.unwrap_or_else(|| panic!("no other microphone in {microphones:?}"));
    ada.chooses("gate-microphone-select", id).await;
    ada.is_level("gate-level").await;
    ada.switches_off("gate-microphone").await;
    ada.misses_sign("gate-level").await;
}

#[tokio::test]
async fn somebody_can_try_their_speaker() {
    let world = World::start().await;
    let ada = CallPage::of(ADA).await;
    ada.makes_a_room(&world.home("en")).await;
    ada.browser().press("start-open").await;
    ada.browser().awaits("gate-speaker-test").await;
    let watch = "window.sounds = new Set(); \
                 const { prototype } = BaseAudioContext; \
                 const make = prototype.createOscillator; \
                 prototype.createOscillator = function () { window.sounds.add(this); return make.call(this); }";
    ada.browser().execute(watch, Vec::new()).await;
    let states = "return [...window.sounds].map(({ state }) => state)";
    for expected in [json!(["running"]), json!(["closed", "running"])] {
        ada.browser().press("gate-speaker-test").await;
        eventually("two notes are played", SOON, async || {
            let states = ada.browser().execute(states, Vec::new()).await;
            (states == expected).or_seen(|| states.to_string())
        })
        .await;
        let told = ada.browser().reads("gate-speaker-told").await;
        assert!(told.contains("Two notes"), "Ada reads {told:?}");
    }
}
