// SPDX-License-Identifier: EUPL-1.2
//! A whole meeting, watched from outside: what the server says of it at its most talkative, what it reaches for, and
//! whom the page asks.

use tests::{
    browser::SOON,
    cast::{ADA, BOB},
    eventually::eventually,
    page::{CallPage, Links, in_language},
    setup::Setup,
    watch::{Watch, addresses, asked_by},
    world::World,
};

#[tokio::test]
async fn a_meeting_leaves_nothing_and_reaches_nobody() {
    let world = World::start_at_trace().await;
    let watch = Watch::over(world.pid()).await;
    let before = world.said();
    let ada = CallPage::set_up(ADA, Setup { net_log: true, ..Setup::default() }).await;
    let bob = CallPage::set_up(BOB, Setup { net_log: true, ..Setup::default() }).await;
    let links = meet(&world, &ada, &bob).await;

    for page in [&ada, &bob] {
        assert_eq!(page.browser().cookies().await, 0, "{} has cookies", page.name());
        asks_the_server_alone(page, world.origin()).await;
    }
    let calls = watch.calls();
    let (accepted, others): (Vec<_>, Vec<_>) =
        calls.iter().partition(|call| call.contains("accept4(") || call.contains("+++"));
    assert!(!accepted.is_empty(), "nothing was watched");
    assert!(others.is_empty(), "the server reached for {others:?}");
    let said = world.said();
    assert!(said.contains("TRACE") || said.contains("DEBUG"), "it is not talkative: {said}");
    says_nothing_of_it(&said[before.len()..], &links);
}

/// Ada makes a room, Bob knocks; they talk, write, share, and one is removed before the end.
async fn meet(world: &World, ada: &CallPage, bob: &CallPage) -> Links {
    let links = ada.opens_a_room(&world.home("en")).await;
    bob.opens(&in_language(&links.invite, "de")).await;
    bob.enters().await;
    ada.admits(BOB).await;
    bob.is_inside().await;
    for page in [ada, bob] {
        page.switches_on("toggle-microphone").await;
        page.switches_on("toggle-camera").await;
    }
    ada.sees(BOB, SOON).await;
    ada.hears(&[BOB], SOON).await;
    bob.writes(TEXT).await;
    ada.reads_the_chat(&[TEXT]).await;
    bob.opens_evidence().await;
    ada.acts_on(BOB, "person-make-presenter").await;
    bob.switches_on("toggle-screen").await;
    ada.sees_the_screen_of(BOB, SOON).await;
    ada.removes(BOB).await;
    bob.browser().awaits("ended-reason").await;
    ada.ends_for_all().await;
    ada.browser().awaits("ended").await;
    links
}

const TEXT: &str = "Nobody else needs to know";

/// Everything that the page asked for, by the browser's own log, which is written a moment later.
async fn asks_the_server_alone(page: &CallPage, origin: &str) {
    let what = format!("the network log of {} has the signalling in it", page.name());
    let socket = origin.replacen("http", "ws", 1);
    let asked = eventually(&what, SOON, async || {
        let asked = asked_by(origin, &page.browser().net_log());
        let is_whole = asked.iter().any(|url| url.starts_with(&format!("{socket}/ws/")));
        if is_whole { Ok(asked) } else { Err(format!("{asked:?}")) }
    })
    .await;
    let own = [format!("{origin}/"), format!("{socket}/")];
    let strange: Vec<_> =
        asked.iter().filter(|url| !own.iter().any(|own| url.starts_with(own))).collect();
    assert!(strange.is_empty(), "{} asked {strange:?}", page.name());
}

/// No address, no name, no word, no link or part of one, nothing of what media were agreed by.
fn says_nothing_of_it(said: &str, links: &Links) {
    assert!(!said.is_empty(), "the server said nothing");
    let found = addresses(said);
    assert!(found.is_empty(), "the server said {found:?} in {said}");
    let parts = |link: &str| {
        let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
        let room = path.rsplit('/').next().unwrap_or_default().to_owned();
        [room, fragment.to_owned()]
    };
    let secret = parts(&links.moderator).into_iter().chain(parts(&links.invite));
    let secrets: Vec<_> = secret.filter(|part| part.len() > 1).collect();
    assert_eq!(secrets.len(), 3, "the room, its key and its invitation");
    let told = ["a=", "ice-", "candidate", "fingerprint", "sha-256", "udp ", TEXT, "Ada", "Bob"];
    for part in secrets.iter().map(String::as_str).chain(told) {
        assert!(!said.contains(part), "the server said {part:?} in {said}");
    }
}
