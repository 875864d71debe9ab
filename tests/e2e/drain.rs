// SPDX-License-Identifier: EUPL-1.2
//! A server that goes out of service lets people finish, tells them until when, and begins nothing.

use std::{fs, time::Duration};

use tests::{
    browser::{SOON, Tab},
    cast::{ADA, BOB, CLEO},
    eventually::{Condition as _, eventually},
    page::{CallPage, in_language},
    setup::Setup,
    world::World,
};
use tokio::join;

#[tokio::test]
async fn people_finish_what_they_began_and_nobody_begins() {
    let world = World::start().await;
    let (ada, bob, cleo) = join!(
        CallPage::set_up(ADA, Setup::WITHOUT_DEVICES),
        CallPage::set_up(BOB, Setup::WITHOUT_DEVICES),
        CallPage::set_up(CLEO, Setup::WITHOUT_DEVICES),
    );
    let links = ada.opens_a_room(&world.home("en")).await;
    bob.opens(&in_language(&links.invite, "de")).await;
    bob.enters().await;
    ada.admits(BOB).await;
    bob.is_inside().await;
    let dora = knocks(&bob, &links.invite).await;
    // Cleo has her own room, which has not begun.
    cleo.makes_a_room(&world.home("en")).await;
    cleo.browser().press("start-open").await;

    world.goes_out_of_service();
    for (page, before, after) in
        [(&ada, "ends at ", " at the latest"), (&bob, "spätestens um ", " Uhr")]
    {
        let told = page.browser().awaits("closing").await.text().await.unwrap_or_default();
        let time = told.split_once(before).and_then(|(_, rest)| rest.split_once(after));
        let time = time.map_or("", |(time, _)| time);
        let has_digits = time.chars().filter(char::is_ascii_digit).count() >= 3;
        assert!(has_digits && time.contains(':'), "{} reads {told:?}", page.name());
    }
    who_waits_is_told_too(&bob, &dora).await;
    ada.browser().press("closing-understood").await;
    eventually("the notice is gone", SOON, async || {
        (!ada.browser().shows("closing").await).or_seen(|| "it is there".to_owned())
    })
    .await;

    cleo.enters().await;
    let refused = cleo.browser().awaits("refused").await.text().await.unwrap_or_default();
    assert!(refused.contains("begins no new meeting"), "Cleo reads {refused:?}");

    // The meeting itself goes on, until those inside end it.
    ada.opens_chat().await;
    ada.writes("We have time").await;
    ada.reads_the_chat(&["We have time"]).await;
    bob.leaves().await;
    assert!(!has_ended(world.pid()), "Ada is still inside");
    ada.leaves().await;
    eventually("the server ends", Duration::from_secs(5), async || {
        has_ended(world.pid()).or_seen(|| world.said())
    })
    .await;
}

/// Dora comes to the door in a tab of Bob's browser; Bob is on top again.
async fn knocks(bob: &CallPage, invite: &str) -> Tab {
    let inside = bob.browser().tab().await;
    let dora = bob.browser().opens_a_tab().await;
    bob.opens(&in_language(invite, "en")).await;
    bob.enters_as("Dora").await;
    bob.browser().awaits("waiting-admission").await;
    bob.browser().turns_to(&inside).await;
    dora
}

async fn who_waits_is_told_too(bob: &CallPage, dora: &Tab) {
    let inside = bob.browser().tab().await;
    bob.browser().turns_to(dora).await;
    let told = bob.browser().awaits("closing").await.text().await.unwrap_or_default();
    assert!(told.contains("for which you are waiting ends at "), "Dora reads {told:?}");
    bob.browser().press("closing-understood").await;
    eventually("the notice is gone", SOON, async || {
        (!bob.browser().shows("closing").await).or_seen(|| "it is there".to_owned())
    })
    .await;
    bob.browser().press("lobby-leave").await;
    bob.browser().turns_to(&inside).await;
}

/// Whether a child has ended, of which nobody has taken notice.
fn has_ended(pid: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(')').is_none_or(|(_, rest)| rest.trim_start().starts_with('Z'))
}
