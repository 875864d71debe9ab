// SPDX-License-Identifier: EUPL-1.2
//! Hands, chat, the door, and the end for everybody.

use tests::{
    browser::Tab,
    cast::{ADA, BOB},
    page::{CallPage, in_language},
    setup::Setup,
    world::World,
};
use tokio::join;

#[tokio::test]
async fn people_raise_hands_and_write_until_the_end_for_all() {
    let world = World::start().await;
    let (ada, guests) = join!(
        CallPage::set_up(ADA, Setup::WITHOUT_DEVICES),
        CallPage::set_up(BOB, Setup::WITHOUT_DEVICES)
    );
    let links = ada.opens_a_room(&world.home("en")).await;
    let invite = in_language(&links.invite, "en");

    // An open door: whoever is invited comes in.
    ada.sets_the_door("door-open").await;
    let bob = guests.browser().tab().await;
    guests.opens(&invite).await;
    guests.enters_as("Bob").await;
    guests.is_inside().await;
    let dora = guests.browser().opens_a_tab().await;
    guests.opens(&invite).await;
    guests.enters_as("Dora").await;
    guests.is_inside().await;
    // A locked one: nobody does.
    ada.sets_the_door("door-locked").await;
    guests.browser().opens_a_tab().await;
    guests.opens(&invite).await;
    guests.enters_as("Emma").await;
    let sentence = guests.browser().reads("refused").await;
    assert!(sentence.contains("locked"), "Emma reads {sentence:?}");

    hands_are_in_order(&ada, &guests, [&bob, &dora]).await;
    chat_is_for_whom_the_rule_names(&ada, &guests, [&bob, &dora]).await;

    ada.ends_for_all().await;
    let reason = ada.browser().reads("ended-reason").await;
    assert!(reason.contains("ended"), "Ada reads {reason:?}");
    for tab in [&bob, &dora] {
        guests.browser().turns_to(tab).await;
        let reason = guests.browser().reads("ended-reason").await;
        assert!(reason.contains("ended"), "a guest reads {reason:?}");
    }
}

async fn hands_are_in_order(ada: &CallPage, guests: &CallPage, [bob, dora]: [&Tab; 2]) {
    for tab in [dora, bob] {
        guests.browser().turns_to(tab).await;
        guests.switches_on("toggle-hand").await;
    }
    ada.reads_people(&["Dora", "Bob", "Ada"]).await;
    let places = ada.texts("tile-hand").await;
    assert!(
        places.len() == 2 && places.iter().any(|place| place.contains("place 2")),
        "hands on Ada's tiles: {places:?}"
    );
    ada.acts_on(BOB, "person-lower-hand").await;
    ada.reads_people(&["Dora", "Ada", "Bob"]).await;
    guests.browser().turns_to(bob).await;
    guests.awaits_switch("toggle-hand", false).await;
    guests.switches_on("toggle-hand").await;
    ada.reads_people(&["Dora", "Bob", "Ada"]).await;
    ada.browser().press("lower-hands").await;
    ada.reads_people(&["Ada", "Bob", "Dora"]).await;
    for tab in [dora, bob] {
        guests.browser().turns_to(tab).await;
        guests.awaits_switch("toggle-hand", false).await;
    }
}

async fn chat_is_for_whom_the_rule_names(
    ada: &CallPage,
    guests: &CallPage,
    [bob, dora]: [&Tab; 2],
) {
    guests.browser().turns_to(bob).await;
    guests.writes("Good morning <b>everybody</b>").await;
    ada.reads_the_chat(&["Good morning <b>everybody</b>"]).await;
    guests.browser().turns_to(dora).await;
    guests.reads_the_chat(&["Good morning <b>everybody</b>"]).await;
    let heard = guests.browser().execute("return JSON.stringify(witness.heard)", Vec::new()).await;
    let heard = heard.as_str().unwrap_or_default();
    assert!(
        heard.contains("\"chat\"") && !heard.contains("morning"),
        "readable on its way: {heard}"
    );

    ada.opens_rules().await;
    ada.switches_off("chat-audience").await;
    guests.browser().awaits("chat-closed").await;
    assert!(!guests.browser().shows("chat-input").await, "Dora can write where she may not");
    ada.writes("Only I can write").await;
    guests.reads_the_chat(&["Good morning <b>everybody</b>", "Only I can write"]).await;
    ada.opens_rules().await;
    ada.switches_on("chat-audience").await;
    guests.writes("And I again").await;
    ada.reads_the_chat(&["Good morning <b>everybody</b>", "Only I can write", "And I again"]).await;
}
