// SPDX-License-Identifier: EUPL-1.2
//! Two meet on a server that is nobody, in a root that is empty and cannot be written to.

use std::fs;

use tests::{
    browser::SOON,
    cast::{ADA, BOB},
    page::{CallPage, in_language},
    world::World,
};
use tokio::join;

#[tokio::test]
async fn two_meet_on_a_server_that_has_nothing_but_itself() {
    let world = World::start_alone().await;
    let status = fs::read_to_string(format!("/proc/{}/status", world.pid())).unwrap_or_default();
    for (key, value) in [("Uid:", "65534"), ("CapEff:", "0000000000000000"), ("Seccomp:", "2")] {
        let line = status.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default();
        let mut values = line.split_whitespace().peekable();
        assert!(values.peek().is_some() && values.all(|it| it == value), "{key} {line}");
    }
    let (ada, bob) = join!(CallPage::of(ADA), CallPage::of(BOB));
    let links = ada.opens_a_room(&world.home("en")).await;
    bob.opens(&in_language(&links.invite, "en")).await;
    bob.enters().await;
    ada.admits(BOB).await;
    bob.is_inside().await;
    for page in [&ada, &bob] {
        page.switches_on("toggle-microphone").await;
        page.switches_on("toggle-camera").await;
    }
    for (page, other) in [(&ada, BOB), (&bob, ADA)] {
        page.sees(other, SOON).await;
        page.hears(&[other], SOON).await;
    }
}
