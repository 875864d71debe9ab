// SPDX-License-Identifier: EUPL-1.2
//! German and English are equal.

use tests::{cast::ADA, page::CallPage, world::World};

#[tokio::test]
async fn the_address_chooses_between_german_and_english() {
    let world = World::start().await;
    let ada = CallPage::of(ADA).await;
    for (language, create, join) in
        [("de", "Raum", "Eintreten"), ("en", "Make a room", "Enter as moderator")]
    {
        ada.browser().goto(&world.home(language)).await;
        let button = ada.browser().reads("start-create").await;
        assert!(button.contains(create), "start-create in {language} reads {button:?}");
        let script = "return document.documentElement.lang";
        let marked = ada.browser().execute(script, Vec::new()).await;
        assert_eq!(marked, language, "the page's language for a screen reader");
        ada.browser().press("start-create").await;
        ada.browser().press("start-open").await;
        let button = ada.browser().reads("gate-join").await;
        assert!(button.contains(join), "gate-join in {language} reads {button:?}");
    }
}
