// SPDX-License-Identifier: EUPL-1.2
//! An invitation for one person lets one person knock, once.

use tests::{
    cast::{ADA, BOB},
    page::{CallPage, in_language},
    setup::Setup,
    world::World,
};
use tokio::join;

#[tokio::test]
async fn a_personal_invitation_is_used_once() {
    let world = World::start().await;
    let (ada, guests) = join!(CallPage::of(ADA), CallPage::set_up(BOB, Setup::WITHOUT_DEVICES));
    let links = ada.opens_a_room(&world.home("en")).await;
    let personal = ada.makes_a_personal_invitation().await;
    assert!(personal.starts_with(&links.invite), "{personal} is the invitation and a ticket");
    let personal = in_language(&personal, "en");

    guests.opens(&personal).await;
    guests.enters_as("Bob").await;
    guests.browser().awaits("waiting-admission").await;
    ada.admits(BOB).await;
    guests.is_inside().await;

    guests.browser().opens_a_tab().await;
    guests.opens(&personal).await;
    guests.enters_as("Bert").await;
    let sentence = guests.browser().reads("refused").await;
    assert!(sentence.contains("has been used"), "Bert reads {sentence:?}");

    guests.browser().opens_a_tab().await;
    guests.opens(&in_language(&links.invite, "en")).await;
    guests.enters_as("Cora").await;
    ada.reads_knocks(&["Cora"]).await;
    ada.opens_rules().await;
    ada.switches_on("personal-only").await;
    let sentence = guests.browser().reads("refused").await;
    assert!(
        sentence.contains("with a personal invitation only"),
        "Cora, who waited, reads {sentence:?}"
    );
    ada.reads_knocks(&[]).await;
    guests.browser().opens_a_tab().await;
    guests.opens(&in_language(&links.invite, "en")).await;
    guests.enters_as("Dora").await;
    let sentence = guests.browser().reads("refused").await;
    assert!(sentence.contains("with a personal invitation only"), "Dora reads {sentence:?}");

    let another = in_language(&ada.makes_a_personal_invitation().await, "en");
    assert_ne!(another, personal, "each invitation is one of its own");
    guests.browser().opens_a_tab().await;
    guests.opens(&another).await;
    guests.enters_as("Emma").await;
    guests.browser().awaits("waiting-admission").await;
    ada.reads_knocks(&["Emma"]).await;
}
