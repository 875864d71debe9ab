// SPDX-License-Identifier: EUPL-1.2
//! A device that does not run, and why: the page around a meeting is told in words that it can act on.

use serde_json::json;
use tests::{cast::ADA, page::CallPage, setup::Setup};

use crate::embed::set_up;

/// What browsers say, and what the page around is told.
const FAILURES: [(&str, &str); 5] = [
    ("NotAllowedError", "denied"),
    ("NotFoundError", "missing"),
    ("NotReadableError", "in_use"),
    ("AbortError", "failed"),
    ("TypeError", "failed"),
];

#[tokio::test]
async fn a_device_that_does_not_run_is_told_with_the_reason() {
    let ada = CallPage::of(ADA).await;
    let options = "{ allow: ['camera', 'microphone', 'autoplay'] }";
    let (_world, _host, page, links) = set_up(&ada, options).await;
    ada.opens_embedded(&page, &links.moderator).await;
    ada.page_hears(json!({ "name": "gate" })).await;
    for (name, failure) in FAILURES {
        for device in ["camera", "microphone"] {
            ada.page_forgets().await;
            ada.looks_into_the_frame().await;
            ada.has_no_running_device(name, "", None).await;
            ada.browser().press(&format!("gate-{device}")).await;
            ada.looks_at_the_page().await;
            let error = json!({ "kind": "device", "device": device, "failure": failure });
            ada.page_hears(json!({ "name": "error", "error": error })).await;
            let devices = ada.browser().execute("return meeting.devices", Vec::new()).await;
            assert_eq!(devices, json!({ "microphone": "off", "camera": "off", "screen": "off" }));
        }
    }
    // A screen that the frame may not capture.
    ada.looks_into_the_frame().await;
    ada.browser().execute("delete navigator.mediaDevices.getDisplayMedia", Vec::new()).await;
    ada.enters().await;
    ada.is_inside().await;
    if !ada.browser().shows("toggle-screen").await {
        ada.browser().press("bar-more").await;
    }
    ada.browser().press("toggle-screen").await;
    ada.looks_at_the_page().await;
    let error = json!({ "kind": "device", "device": "screen", "failure": "embedding" });
    ada.page_hears(json!({ "name": "error", "error": error })).await;
}

/// A page learns no more of a machine than what its person tries.
#[tokio::test]
async fn nothing_is_told_of_devices_that_nobody_switched() {
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let (_world, _host, page, links) = set_up(&ada, "{ start: 'lobby' }").await;
    ada.opens_embedded(&page, &links.moderator).await;
    ada.page_hears(json!({ "name": "joined" })).await;
    assert!(ada.page_was_told("devices").await.is_empty(), "nothing was switched");
    assert!(ada.page_was_told("error").await.is_empty(), "nothing was tried");
}
