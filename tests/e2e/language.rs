// SPDX-License-Identifier: EUPL-1.2
//! German and English are equal.

use serde_json::{Value, json};
use tests::{
    browser::SOON,
    cast::{ADA, BOB},
    eventually::{Condition as _, eventually},
    page::{CallPage, in_language},
    world::World,
};
use tokio::join;

#[tokio::test]
async fn the_address_chooses_between_german_and_english() {
    let world = World::start().await;
    let ada = CallPage::of(ADA).await;
    for (language, create, join) in
        [("de", "Raum", "Als Moderation eintreten"), ("en", "Make a room", "Enter as moderator")]
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

#[tokio::test]
async fn another_language_is_spoken_at_once_and_nothing_is_lost() {
    let world = World::start().await;
    let (ada, bob) = join!(CallPage::of(ADA), CallPage::of(BOB));
    // Something that a page that is loaded again would not have.
    let mark = "window.isTheSame = true";
    ada.browser().goto(&format!("{}/m?lang=en", world.origin())).await;
    ada.browser().execute(mark, Vec::new()).await;
    speaks(&ada, "This link is incomplete", "Dieser Link ist unvollständig").await;

    ada.browser().goto(&world.home("en")).await;
    ada.browser().execute(mark, Vec::new()).await;
    speaks(&ada, "Meetings that stay", "Besprechungen, die unter uns bleiben").await;
    ada.browser().press("start-create").await;
    let link = ada.browser().reads("moderator-link").await;
    speaks(&ada, "Ihr Raum ist bereit", "Your room is ready").await;
    assert_eq!(ada.browser().reads("moderator-link").await, link, "the room is the same");
    let invite = ada.browser().reads("invite-link").await;
    ada.browser().press("start-open").await;

    ada.browser().awaits("gate-join").await;
    ada.switches_on("gate-camera").await;
    ada.browser().write("gate-name", "Ada").await;
    ada.browser().press("gate-remember").await;
    speaks(&ada, "Before you enter", "Bevor Sie eintreten").await;
    assert_eq!(ada.is_on("gate-camera").await, json!(true), "the camera runs on");
    let typed = "const of = (id) => document.querySelector(`[data-testid=${id}]`); return [of('gate-name').value, of('gate-remember').checked]";
    let typed = ada.browser().execute(typed, Vec::new()).await;
    assert_eq!(typed, json!(["Ada", true]), "what was typed and ticked");

    bob.opens(&in_language(&invite, "de")).await;
    bob.enters().await;
    bob.browser().awaits("waiting-moderator").await;
    bob.browser().execute(mark, Vec::new()).await;
    speaks(&bob, "Es ist noch niemand von der Moderation da", "No moderator is here yet").await;
    ada.enters().await;
    ada.is_inside().await;
    ada.admits(BOB).await;
    bob.is_inside().await;
    in_the_conference(&ada, &bob).await;
    bob.leaves().await;
    speaks(&bob, "Goodbye", "Auf Wiedersehen").await;
}

/// What is open stays open, what is typed stays typed, what is seen and heard goes on.
async fn in_the_conference(ada: &CallPage, bob: &CallPage) {
    bob.switches_on("toggle-camera").await;
    bob.switches_on("toggle-microphone").await;
    ada.sees(BOB, SOON).await;
    bob.writes("Good morning").await;
    ada.reads_the_chat(&["Good morning"]).await;
    ada.browser().write("chat-input", "Not yet sent").await;
    ada.opens_settings().await;
    let shown = |texts: Vec<String>| texts.concat();
    speaks(ada, "Geräte", "Devices").await;
    assert!(ada.browser().shows("settings").await, "the dialog was closed");
    ada.browser().press("settings-close").await;
    assert!(shown(ada.texts("toggle-people").await).contains("People"), "the bar speaks English");
    assert!(!shown(ada.texts("toggle-chat").await).contains('1'), "what was read counts as new");
    ada.reads_the_chat(&["Good morning"]).await;
    let draft = "return document.querySelector('[data-testid=chat-input]').value";
    assert_eq!(ada.browser().execute(draft, Vec::new()).await, json!("Not yet sent"));
    ada.sees(BOB, SOON).await;
    ada.hears(&[BOB], SOON).await;
    bob.opens_settings().await;
    speaks(bob, "Devices", "Geräte").await;
    bob.browser().press("language").await;
    bob.browser().press("settings-close").await;
}

/// The page says this; the button for the other language is pressed; it says that, and was not loaded again.
async fn speaks(page: &CallPage, before: &str, after: &str) {
    reads(page, before).await;
    let [was, title] = page.says_of_itself().await;
    page.browser().press("language").await;
    reads(page, after).await;
    let other = if was == "de" { "en" } else { "de" };
    let [is, now] = page.says_of_itself().await;
    assert_eq!(is, other, "{}'s page for a screen reader", page.name());
    assert_ne!(title, now, "what {}'s tab is called", page.name());
    eventually("the focus is where the way back is", SOON, async || {
        let focus = page.focus().await;
        (focus.testid == "language").or_seen(|| format!("{focus:?}"))
    })
    .await;
    let same = "return window.isTheSame === true || Boolean(window.witness)";
    assert_eq!(page.browser().execute(same, Vec::new()).await, json!(true), "it was loaded again");
    let kept = page.browser().execute("return location.search", Vec::new()).await;
    assert_eq!(kept, json!(format!("?lang={other}")), "what a reload would speak");
}

async fn reads(page: &CallPage, words: &str) {
    eventually(&format!("{} reads {words:?}", page.name()), SOON, async || {
        let screen = page.browser().screen().await;
        screen.contains(words).or_seen(|| screen)
    })
    .await;
}

trait OfItself {
    /// The language of the page, and its title.
    async fn says_of_itself(&self) -> [String; 2];
}

impl OfItself for CallPage {
    async fn says_of_itself(&self) -> [String; 2] {
        let script = "return [document.documentElement.lang, document.title]";
        let said: Value = self.browser().execute(script, Vec::new()).await;
        serde_json::from_value(said).unwrap_or_default()
    }
}
