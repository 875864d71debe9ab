// SPDX-License-Identifier: EUPL-1.2
//! What somebody is, does and may can be read in their row and on their tile, and is said to themselves.

use serde_json::{Value, json};
use tests::{
    browser::SOON,
    cast::{ADA, BOB},
    eventually::{Condition as _, eventually},
    page::{CallPage, Links, in_language},
    setup::Setup,
    world::World,
};
use tokio::join;

#[tokio::test]
async fn what_somebody_does_and_may_is_on_their_tile_and_in_their_row() {
    let (_world, ada, bob, _) = meets().await;
    ada.opens_people().await;
    for (name, role) in [("Ada", "Moderator with bookmark"), ("Bob", "Participant")] {
        has_role(&ada, name, role).await;
    }
    let (row, tile) = ("person", "tile");
    is_marked(&ada, row, "Ada", &["person-star", "person-muted"], &["person-hand"]).await;
    is_marked(&ada, row, "Bob", &["person-muted"], &["person-star", "person-sharing"]).await;
    is_marked(&ada, tile, "Ada", &["tile-star", "tile-muted"], &["tile-hand"]).await;
    is_marked(&ada, tile, "Bob", &["tile-muted"], &["tile-star", "tile-away"]).await;
    let right = ada.browser().execute(STAR, Vec::new()).await;
    assert_eq!(right, json!(true), "the star is at the right below");

    bob.switches_on("toggle-microphone").await;
    bob.switches_on("toggle-hand").await;
    is_marked(&ada, row, "Bob", &["person-hand"], &["person-muted"]).await;
    is_marked(&ada, tile, "Bob", &["tile-hand"], &["tile-muted"]).await;

    for (act, role, told) in ROLES {
        ada.acts_on(BOB, act).await;
        has_role(&ada, "Bob", role).await;
        bob.reads_in("role-told", told).await;
        bob.browser().press("role-understood").await;
        bob.misses_sign("role-told").await;
        if role == "Presenter" {
            bob.switches_on("toggle-screen").await;
            is_marked(&ada, row, "Bob", &["person-sharing"], &["person-star"]).await;
        }
    }
    is_marked(&ada, row, "Bob", &["person-star"], &["person-away"]).await;

    bob.is_cut_off(true).await;
    is_marked(&ada, row, "Bob", &["person-away"], &[]).await;
    is_marked(&ada, tile, "Bob", &["tile-away"], &[]).await;
    bob.is_cut_off(false).await;
    is_marked(&ada, row, "Bob", &[], &["person-away"]).await;
    is_marked(&ada, tile, "Bob", &[], &["tile-away"]).await;
}

#[tokio::test]
async fn who_knocks_is_marked_by_how_they_come() {
    let (_world, ada, bob, links) = meets().await;
    let personal = ada.makes_a_personal_invitation().await;
    let (address, _) = links.invite.split_once('#').unwrap_or_default();
    for (link, name, row, mark) in [
        (&*links.invite, "Bob", "Bob", "knock-duplicate"),
        (&*personal, "Dora", "Dora", "knock-personal"),
        (address, "Emma", "Without invitation", "knock-uninvited"),
    ] {
        bob.browser().opens_a_tab().await;
        bob.opens(&in_language(link, "en")).await;
        bob.enters_as(name).await;
        let marks = ["knock-duplicate", "knock-personal", "knock-uninvited"];
        let others: Vec<_> = marks.into_iter().filter(|other| *other != mark).collect();
        is_marked(&ada, "knock", row, &[mark], &others).await;
    }
    ada.presses_in("knock", "Bob", "knock-admit").await;
    bob.browser().awaits("waiting-admission").await;
    is_marked(&ada, "person", "Bob", &["person-duplicate"], &[]).await;
}

/// What a moderator makes of Bob, what his row says then, and what he reads.
const ROLES: [(&str, &str, &str); 3] = [
    ("person-make-presenter", "Presenter", "You may present"),
    ("person-make-participant", "Participant", "without further rights"),
    ("person-make-moderator", "Moderator", "You are a moderator"),
];

/// Ada runs a room, Bob is in it, and his line can be cut.
async fn meets() -> (World, CallPage, CallPage, Links) {
    let world = World::start().await;
    let (ada, bob) = join!(CallPage::set_up(ADA, Setup::WITHOUT_DEVICES), CallPage::of(BOB));
    let links = ada.opens_a_room(&world.home("en")).await;
    bob.opens(&in_language(&links.invite, "en")).await;
    bob.hangs_by_a_thread().await;
    bob.enters().await;
    ada.admits(BOB).await;
    bob.is_inside().await;
    (world, ada, bob, links)
}

/// Waits until the row or the tile of somebody has these marks, and none of those.
async fn is_marked(page: &CallPage, row: &str, name: &str, with: &[&str], without: &[&str]) {
    let what = format!("{} sees {name}'s {row} with {with:?}, not {without:?}", page.name());
    eventually(&what, SOON, async || {
        let marks = page.browser().execute(MARKS, vec![json!(row), json!(name)]).await;
        let has = |mark: &&str| marks.as_array().is_some_and(|all| all.contains(&json!(mark)));
        let right = marks.is_array() && with.iter().all(has) && !without.iter().any(has);
        right.or_seen(|| marks.to_string())
    })
    .await;
}

/// Waits until the row of somebody says what they may.
async fn has_role(page: &CallPage, name: &str, role: &str) {
    let what = format!("{} reads that {name} is: {role}", page.name());
    let script = "return [...document.querySelectorAll('[data-testid=person]')]
        .filter((row) => row.textContent.includes(arguments[0]))
        .map((row) => row.querySelector('[data-testid=person-role]').textContent)";
    eventually(&what, SOON, async || {
        let roles = page.browser().execute(script, vec![json!(name)]).await;
        let said = roles.get(0).and_then(Value::as_str);
        (said == Some(role)).or_seen(|| roles.to_string())
    })
    .await;
}

// Of a person, not of their screen.
const MARKS: &str = "
    const [row, name] = arguments;
    const rows = [...document.querySelectorAll(`[data-testid=${row}]:not([data-screen=true])`)];
    const theirs = rows.find((row) => row.textContent.includes(name));
    return theirs ? [...theirs.querySelectorAll('[data-testid]')].map((mark) => mark.dataset.testid) : null;
";

const STAR: &str = "
    const star = document.querySelector('[data-testid=\"tile-star\"]');
    const [small, large] = [star, star.closest('[data-testid=tile]')].map((it) => it.getBoundingClientRect());
    return large.right - small.right < 16 && large.bottom - small.bottom < 16;
";
