// SPDX-License-Identifier: EUPL-1.2
//! What a moderator takes away is gone, whatever the other browser does; nobody but its owner gives
//! it back.

use std::time::Duration;

use serde_json::json;
use shared::Source;
use tests::{
    browser::SOON,
    cast::{ADA, BOB, CLEO},
    eventually::{Condition as _, eventually},
    page::{CallPage, in_language},
    world::World,
};
use tokio::{join, time::sleep};

/// Within what a source is over everywhere, from the moment a moderator presses.
const OVER: Duration = Duration::from_millis(500);

/// How long it is watched to stay so.
const STAYS: Duration = Duration::from_secs(3);

#[tokio::test]
async fn what_a_moderator_switches_off_is_over_everywhere() {
    let world = World::start().await;
    let (ada, bob, cleo) = join!(CallPage::of(ADA), CallPage::of(BOB), CallPage::of(CLEO));
    everybody_comes_in(&world, &ada, &bob, &cleo).await;
    bob_shows_everything(&ada, &bob, &cleo).await;
    ada_stops_everything_of_bob(&ada, &bob, &cleo).await;
    bob_reads_who_it_was(&bob).await;
    join!(ada.hears(&[], SOON), cleo.hears(&[ADA], SOON));
    for page in [&ada, &cleo] {
        page.sees_no_picture_of(BOB, SOON).await;
        page.sees_no_screen(SOON).await;
    }
    bob_switches_it_on_again(&ada, &bob, &cleo).await;
    everybody_is_silenced_at_once(&ada, &bob, &cleo).await;
}

async fn everybody_comes_in(world: &World, ada: &CallPage, bob: &CallPage, cleo: &CallPage) {
    let links = ada.opens_a_room(&world.home("en")).await;
    let invite = in_language(&links.invite, "en");
    bob.opens(&invite).await;
    bob.is_stubborn().await;
    bob.enters().await;
    cleo.opens(&invite).await;
    cleo.enters().await;
    for (page, person) in [(bob, BOB), (cleo, CLEO)] {
        ada.admits(person).await;
        page.is_inside().await;
    }
}

async fn bob_shows_everything(ada: &CallPage, bob: &CallPage, cleo: &CallPage) {
    ada.acts_on(BOB, "person-make-presenter").await;
    ada.switches_on("toggle-microphone").await;
    for switch in ["toggle-microphone", "toggle-camera", "toggle-screen"] {
        bob.switches_on(switch).await;
    }
    for page in [ada, cleo] {
        page.sees(BOB, SOON).await;
        page.sees_the_screen_of(BOB, SOON).await;
    }
    // A browser without a real screen plays his own tone with it. He switches that off, his browser sends it all the same:
    // who is heard from here on is heard by the microphone.
    bob.browser().press("screen-sound").await;
    join!(ada.hears(&[BOB], SOON), cleo.hears(&[ADA, BOB], SOON));
}

async fn ada_stops_everything_of_bob(ada: &CallPage, bob: &CallPage, cleo: &CallPage) {
    let [number, her_own] = [ada.number_of(BOB).await, ada.number_of(ADA).await];
    join!(ada.watches(&[BOB]), cleo.watches(&[ADA, BOB]));
    // Something flows before it ends.
    sleep(Duration::from_secs(1)).await;
    let mut ends = Vec::new();
    for (act, source) in [
        ("person-mute", Source::Microphone),
        ("person-stop-camera", Source::Camera),
        ("person-stop-screen", Source::Screen),
    ] {
        ada.acts_on(BOB, act).await;
        ends.push((source, ada.pressed_at().await));
    }
    let sent = bob.sent().await;
    sleep(STAYS).await;
    let still_sent = bob.sent().await;
    assert!(
        sent.len() == 4 && sent.iter().zip(&still_sent).all(|(before, after)| after > before),
        "Bob's browser was to send on all four lines all the time: {sent:?}, then {still_sent:?}"
    );
    let watched = [ada.watched().await, cleo.watched().await];
    for (source, moment) in ends {
        for watched in &watched {
            watched.ends(number, source, moment, OVER);
        }
        let [_, at_cleo] = &watched;
        at_cleo.goes_on(her_own, Source::Microphone, moment);
    }
}

async fn bob_reads_who_it_was(bob: &CallPage) {
    for switch in ["toggle-microphone", "toggle-camera", "toggle-screen"] {
        assert_eq!(bob.is_on(switch).await, json!(false), "{switch} at Bob after Ada's word");
    }
    reads_who_silenced(bob, 3).await;
}

/// As many sentences as sources were switched off; each says by whom.
async fn reads_who_silenced(page: &CallPage, sentences: usize) {
    let what = format!("{} reads that Ada switched something off", page.name());
    eventually(&what, SOON, async || {
        let silenced = page.texts("silenced").await;
        let all = silenced.len() == sentences && silenced.iter().all(|it| it.contains("Ada"));
        all.or_seen(|| format!("{silenced:?}"))
    })
    .await;
}

async fn bob_switches_it_on_again(ada: &CallPage, bob: &CallPage, cleo: &CallPage) {
    bob.switches_on("toggle-microphone").await;
    bob.switches_on("toggle-camera").await;
    join!(ada.hears(&[BOB], SOON), cleo.hears(&[ADA, BOB], SOON));
    for page in [ada, cleo] {
        page.sees(BOB, SOON).await;
        page.sees_no_screen(SOON).await;
    }
    // What is on again needs no word; what stays off can be read and put away.
    reads_who_silenced(bob, 1).await;
    bob.browser().press("silenced-understood").await;
    reads_who_silenced(bob, 0).await;
}

async fn everybody_is_silenced_at_once(ada: &CallPage, bob: &CallPage, cleo: &CallPage) {
    cleo.switches_on("toggle-microphone").await;
    let [his, hers] = [ada.number_of(BOB).await, ada.number_of(CLEO).await];
    let her_own = ada.number_of(ADA).await;
    join!(ada.watches(&[BOB, CLEO]), bob.watches(&[ADA, CLEO]), cleo.watches(&[ADA, BOB]));
    // Something flows before it ends.
    sleep(Duration::from_secs(1)).await;
    ada.opens_people().await;
    ada.browser().press("mute-all").await;
    let moment = ada.pressed_at().await;
    sleep(STAYS).await;
    let [at_ada, at_bob, at_cleo] =
        [ada.watched().await, bob.watched().await, cleo.watched().await];
    for (watched, number) in [(&at_ada, his), (&at_ada, hers), (&at_bob, hers), (&at_cleo, his)] {
        watched.ends(number, Source::Microphone, moment, OVER);
    }
    for watched in [at_bob, at_cleo] {
        watched.goes_on(her_own, Source::Microphone, moment);
    }
    assert_eq!(ada.is_on("toggle-microphone").await, json!(true), "Ada silences the others");
    ada.sees(BOB, SOON).await;
    for page in [bob, cleo] {
        assert_eq!(page.is_on("toggle-microphone").await, json!(false), "at {}", page.name());
        reads_who_silenced(page, 1).await;
    }
    join!(bob.hears(&[ADA], SOON), cleo.hears(&[ADA], SOON));
    // Nobody asks for leave to speak again.
    for page in [bob, cleo] {
        page.switches_on("toggle-microphone").await;
    }
    everybody_hears_the_others(ada, bob, cleo).await;
}

async fn everybody_hears_the_others(ada: &CallPage, bob: &CallPage, cleo: &CallPage) {
    join!(
        ada.hears(&[BOB, CLEO], SOON),
        bob.hears(&[ADA, CLEO], SOON),
        cleo.hears(&[ADA, BOB], SOON),
    );
}
