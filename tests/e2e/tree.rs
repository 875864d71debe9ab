// SPDX-License-Identifier: EUPL-1.2
//! What a screen reader gets of a conference, word for word, as somebody read and kept it in `tests/golden/`.

use tests::{
    browser::SOON,
    cast::{ADA, BOB},
    page::{CallPage, in_language},
    world::World,
};
use tokio::join;

#[tokio::test]
async fn a_conference_is_read_out_as_it_was_read_before() {
    let world = World::start().await;
    let (ada, bob) = join!(CallPage::of(ADA), CallPage::of(BOB));
    for language in ["de", "en"] {
        let links = ada.opens_a_room(&world.home(language)).await;
        bob.opens(&in_language(&links.invite, language)).await;
        bob.enters().await;
        ada.admits(BOB).await;
        bob.is_inside().await;
        bob.switches_on("toggle-camera").await;
        bob.switches_on("toggle-hand").await;
        ada.sees(BOB, SOON).await;
        ada.is_read_as(&format!("conference.{language}.txt")).await;
        ada.opens_people().await;
        ada.opens_rules().await;
        ada.is_read_as(&format!("people.{language}.txt")).await;
        bob.writes("Guten Morgen! Good morning!").await;
        ada.writes("Hallo Bob").await;
        ada.reads_the_chat(&["Guten Morgen! Good morning!", "Hallo Bob"]).await;
        ada.is_read_as(&format!("chat.{language}.txt")).await;
        bob.leaves().await;
        ada.leaves().await;
    }
}
