// SPDX-License-Identifier: EUPL-1.2
//! Three people meet, see and hear each other, and go.

use std::time::Duration;

use serde_json::json;
use tests::{
    browser::SOON,
    cast::{ADA, BOB, CAST, CLEO, Family, Person},
    eventually::{Condition as _, eventually},
    media::names,
    page::{CallPage, Links, in_language},
    world::World,
};
use tokio::{join, time::sleep};

/// How long pictures are watched.
const WATCHED: Duration = Duration::from_secs(10);

/// The fewest frames of one picture in that time: 15 a second.
const FEWEST: u64 = 150;

#[tokio::test]
async fn three_people_in_two_kinds_of_browsers_meet() {
    let world = World::start().await;
    let (ada, bob, cleo) = join!(CallPage::of(ADA), CallPage::of(BOB), CallPage::of(CLEO));

    everybody_comes_in(&world, [&ada, &bob, &cleo]).await;
    let everybody = [&ada, &bob, &cleo];
    everybody_switches_everything_on(everybody).await;
    everybody_sees_and_hears_the_others(everybody).await;
    pictures_move(everybody).await;
    media_is_encrypted_with_256_bits(everybody).await;
    pictures_say_where_they_begin(everybody).await;
    a_camera_goes_off_and_on(&bob, [&ada, &cleo]).await;
    everybody_talked_to_nobody_else(&world, everybody).await;

    somebody_leaves(&bob, [&ada, &cleo]).await;
    cleo.closes_the_browser().await;
    ada.misses(CLEO, SOON).await;
    ada.leaves().await;
    nothing_runs(&ada).await;
}

async fn everybody_comes_in(world: &World, [ada, bob, cleo]: [&CallPage; 3]) {
    let Links { invite, .. } = ada.makes_a_room(&world.home("en")).await;
    ada.browser().press("start-open").await;
    ada.enters().await;
    ada.is_inside().await;

    let invite = in_language(&invite, "en");
    for guest in [bob, cleo] {
        guest.opens(&invite).await;
        guest.enters().await;
        guest.browser().awaits("waiting-admission").await;
    }
    ada.admits(BOB).await;
    bob.is_inside().await;
    assert!(
        cleo.browser().shows("waiting-admission").await,
        "Cleo is inside, though only Bob was let in"
    );
    ada.admits(CLEO).await;
    cleo.is_inside().await;
    for page in [ada, bob, cleo] {
        everybody_has_a_tile(page).await;
    }
}

async fn everybody_has_a_tile(page: &CallPage) {
    let what = format!("{} sees a tile for each of three people", page.name());
    eventually(&what, SOON, async || {
        let tiles = page.tiles().await;
        for person in CAST {
            let theirs: Vec<_> =
                tiles.iter().filter(|tile| tile.text.contains(person.name)).collect();
            let right =
                matches!(theirs.as_slice(), [tile] if tile.own == (person.name == page.name()));
            (right && tiles.len() == CAST.len()).or_seen(|| format!("{tiles:?}"))?;
        }
        Ok(())
    })
    .await;
}

async fn everybody_switches_everything_on(everybody: [&CallPage; 3]) {
    for page in everybody {
        page.switches_on("toggle-camera").await;
        page.switches_on("toggle-microphone").await;
    }
}

async fn everybody_sees_and_hears_the_others(everybody: [&CallPage; 3]) {
    for page in everybody {
        for person in CAST {
            page.sees(person, Duration::from_secs(30)).await;
        }
    }
    let [ada, bob, cleo] = everybody
        .map(|page| async move { page.hears(&others(page), Duration::from_secs(30)).await });
    join!(ada, bob, cleo);
}

async fn pictures_move(everybody: [&CallPage; 3]) {
    let before = frames(everybody).await;
    sleep(WATCHED).await;
    let after = frames(everybody).await;
    for ((who, whom, before), (.., after)) in before.into_iter().zip(after) {
        let moved = after.saturating_sub(before);
        assert!(
            moved >= FEWEST,
            "{who} decoded {moved} frames of {whom} in {WATCHED:?}, fewer than {FEWEST}"
        );
    }
    for page in everybody {
        let slots = page.receiving().await;
        assert_eq!(
            slots.len(),
            2,
            "{} receives the pictures of two others, in one slot each: {slots:?}",
            page.name()
        );
    }
}

/// Who decoded how many frames of whom.
async fn frames(everybody: [&CallPage; 3]) -> Vec<(&'static str, &'static str, u64)> {
    let mut frames = Vec::new();
    for page in everybody {
        for person in others(page) {
            frames.push((page.name(), person.name, page.frames_of(person).await));
        }
    }
    frames
}

async fn media_is_encrypted_with_256_bits(everybody: [&CallPage; 3]) {
    for page in everybody {
        let ciphers: Vec<_> = page.ciphers().await.into_iter().collect();
        assert_eq!(ciphers, ["AEAD_AES_256_GCM"], "{}'s media cipher", page.name());
    }
}

/// Chromium says in front of a picture's bytes where key frames begin, and the server takes it.
async fn pictures_say_where_they_begin(everybody: [&CallPage; 3]) {
    for page in everybody {
        if page.browser().person().family == Family::Firefox {
            continue;
        }
        let script = "return window.witness.peers.some((peer) => peer.remoteDescription?.sdp.includes('dependency-descriptor'))";
        let agreed = page.browser().execute(script, Vec::new()).await;
        assert_eq!(agreed, json!(true), "{} describes frames", page.name());
    }
}

async fn a_camera_goes_off_and_on(page: &CallPage, others: [&CallPage; 2]) {
    let person = page.browser().person();
    let offers = offers(page).await;
    page.switches_off("toggle-camera").await;
    let running = page.running_tracks("video").await;
    assert!(
        !running.is_empty() && running.iter().all(|running| !running),
        "{}'s camera is released: {running:?}",
        page.name()
    );
    for other in others {
        other.sees_no_picture_of(person, SOON).await;
    }
    for other in others {
        let third = others.iter().find(|third| third.name() != other.name());
        if let Some(third) = third {
            moves_on(other, third.browser().person()).await;
        }
    }
    page.switches_on("toggle-camera").await;
    for other in others {
        other.sees(person, SOON).await;
        moves_on(other, person).await;
    }
    assert_eq!(offers, self::offers(page).await, "{} offered no transport again", page.name());
}

/// Waits for further frames.
async fn moves_on(page: &CallPage, person: Person) {
    let before = page.frames_of(person).await;
    let what = format!("{}'s picture moves on at {}", person.name, page.name());
    eventually(&what, SOON, async || {
        let after = page.frames_of(person).await;
        (after > before.saturating_add(20)).or_seen(|| format!("{before} frames, then {after}"))
    })
    .await;
}

async fn offers(page: &CallPage) -> usize {
    page.said().await.iter().filter(|message| *message == "offer").count()
}

async fn everybody_talked_to_nobody_else(world: &World, everybody: [&CallPage; 3]) {
    for page in everybody {
        let addresses = page.addresses().await;
        let strange: Vec<_> =
            addresses.iter().filter(|address| !address.starts_with(world.origin())).collect();
        assert!(strange.is_empty(), "{}'s page talked to {strange:?}", page.name());
        assert!(addresses.len() > 2, "{}'s page talked to somebody: {addresses:?}", page.name());
    }
}

async fn somebody_leaves(page: &CallPage, others: [&CallPage; 2]) {
    let person = page.browser().person();
    page.leaves().await;
    let at = page.pressed_at().await;
    nothing_runs(page).await;
    for other in others {
        other.sees_nothing_of(person, SOON).await;
        let went = other.tile_went_at(person).await.unwrap_or(u64::MAX);
        let lasted = went.saturating_sub(at);
        assert!(
            lasted <= 1000,
            "{}'s tile was at {} for {lasted} ms after they had left",
            person.name,
            other.name()
        );
    }
    for other in others {
        let third = others.iter().find(|third| third.name() != other.name());
        if let Some(third) = third {
            moves_on(other, third.browser().person()).await;
            other.hears(&[third.browser().person()], SOON).await;
        }
    }
}

async fn nothing_runs(page: &CallPage) {
    let what = format!("{}'s devices are released", page.name());
    eventually(&what, SOON, async || {
        let running = [page.running_tracks("video").await, page.running_tracks("audio").await];
        (!running.concat().contains(&true)).or_seen(|| format!("{running:?}"))
    })
    .await;
}

/// Everybody but the one at this page.
fn others(page: &CallPage) -> Vec<Person> {
    let others: Vec<_> = CAST.into_iter().filter(|person| person.name != page.name()).collect();
    debug_assert_eq!(names(&others).len(), CAST.len() - 1, "everybody is in the cast once");
    others
}
