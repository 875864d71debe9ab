// SPDX-License-Identifier: EUPL-1.2
//! Who enters sees the others soon.

use tests::{
    browser::SOON,
    cast::{ADA, BOB},
    distribution::Distribution,
    page::{CallPage, in_language},
    setup::Setup,
    world::World,
};

/// How often it is tried.
const ENTRIES: usize = 12;

/// The goal, for the half of all entries.
const SOON_ENOUGH: i64 = 1_000;

/// What happens on the way, in order.
const STEPS: [&str; 6] = ["enter", "welcome", "offer", "answer", "connected", "picture"];

#[tokio::test]
#[expect(clippy::print_stdout, reason = "how well it went, not only that it did")]
async fn the_first_picture_comes_within_a_second_of_entry() {
    let world = World::start().await;
    let ada = CallPage::of(ADA).await;
    let bob = CallPage::set_up(BOB, Setup::WITHOUT_DEVICES).await;
    let links = ada.opens_a_room(&world.home("en")).await;
    ada.sets_the_door("door-open").await;
    ada.switches_on("toggle-camera").await;

    let mut steps: [Distribution; 6] = Default::default();
    for _ in 0..ENTRIES {
        bob.opens(&in_language(&links.invite, "en")).await;
        for (step, at) in steps.iter_mut().zip(bob.enters_and_sees(SOON).await) {
            step.add(at);
        }
        bob.leaves().await;
    }
    println!("first picture, ms after the press:");
    for (name, step) in STEPS.into_iter().zip(&steps) {
        println!("  {name:10}{step}");
    }
    let [.., picture] = &steps;
    assert!(picture.median() <= SOON_ENOUGH, "the first picture came late: {picture}");
}
