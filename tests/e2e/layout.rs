// SPDX-License-Identifier: EUPL-1.2
//! How a conference is seen: everybody fits, who speaks is large, what is pinned stays, a crowd has pages.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use fantoccini::key::Key;
use serde_json::{Value, json};
use tests::{
    browser::SOON,
    cast::{ADA, BOB, CLEO},
    crowd::comes,
    eventually::{Condition as _, eventually},
    layout::Layout,
    page::{CallPage, Links, in_language},
    setup::{Setup, Shape},
    world::World,
};
use tokio::time::sleep;

/// How long a score of decoders need to start on two cores that others use, too.
const CROWDED: Duration = Duration::from_mins(1);

#[tokio::test(flavor = "multi_thread")]
async fn every_number_of_tiles_fills_the_stage_of_a_desk_and_of_a_phone() {
    let world = World::start().await;
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let links = ada.opens_a_room(&world.home("en")).await;
    // A phone upright: another person, for a window has a least width.
    let phone = Setup { shape: Shape::Phone, ..Setup::WITHOUT_DEVICES };
    let bob = CallPage::set_up(BOB, phone).await;
    guest(&ada, &bob, &links).await;
    let mut crowd = Vec::new();
    let mut tiles = 2;
    for more in [0, 1, 2, 4, 7] {
        if more > 0 {
            crowd.push(comes(&world, &links.moderator, more).await);
        }
        tiles += usize::try_from(more).unwrap_or_default();
        // A desk, half a desk, a phone on its side.
        let spaces = [(1_280, 860, 50), (700, 860, 24), (844, 530, 12)];
        for (width, height, _) in spaces.into_iter().filter(|(_, _, most)| tiles <= *most) {
            ada.browser().resizes(width, height).await;
            is_filled(&ada, tiles).await;
        }
        if tiles <= 10 {
            is_filled(&bob, tiles).await;
        }
    }
    for some in &crowd {
        assert!(some.is_whole(), "somebody was thrown out");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_speaks_is_large_and_what_is_pinned_stays() {
    let world = World::start().await;
    let ada = CallPage::of(ADA).await;
    let bob = CallPage::set_up(BOB, Setup::WITHOUT_DEVICES).await;
    let cleo = CallPage::of(CLEO).await;
    let links = ada.opens_a_room(&world.home("en")).await;
    guest(&ada, &bob, &links).await;
    guest(&ada, &cleo, &links).await;
    for page in [&ada, &bob, &cleo] {
        page.sees_large(&[], 0).await;
        page.looks_by("layout-speaker").await;
    }

    ada.switches_on("toggle-microphone").await;
    bob.sees_large(&[ADA], 0).await;
    cleo.sees_large(&[ADA], 0).await;
    ada.switches_off("toggle-microphone").await;
    cleo.switches_on("toggle-microphone").await;
    ada.sees_large(&[CLEO], 0).await;
    bob.sees_large(&[CLEO], 0).await;
    assert!(bob.layout().await.is_tidy().is_none(), "{:?}", bob.layout().await);
    // Nobody is large on their own screen for speaking.
    cleo.sees_large(&[ADA], 0).await;

    bob.pins(ADA).await;
    bob.sees_large(&[ADA], 0).await;
    ada.switches_on("toggle-screen").await;
    bob.sees_large(&[ADA], 1).await;
    cleo.sees_large(&[], 1).await;
    let layout = bob.layout().await;
    assert!(layout.is_tidy().is_none(), "{layout:?}");
    ada.switches_off("toggle-screen").await;
    bob.sees_large(&[ADA], 0).await;
    bob.pins(ADA).await;
    bob.sees_large(&[CLEO], 0).await;
    bob.looks_by("layout-grid").await;
    bob.sees_large(&[], 0).await;
}

#[tokio::test]
async fn somebody_is_pinned_by_keyboard_and_the_focus_stays() {
    let world = World::start().await;
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let bob = CallPage::set_up(BOB, Setup::WITHOUT_DEVICES).await;
    let links = ada.opens_a_room(&world.home("en")).await;
    guest(&ada, &bob, &links).await;
    ada.steps_to("tile-pin", "Bob").await;
    ada.strikes(Key::Space).await;
    ada.sees_large(&[BOB], 0).await;
    let focus = ada.focus().await;
    assert!(focus.testid == "tile-pin" && focus.label.contains("Bob"), "{focus:?}");
    ada.strikes(Key::Space).await;
    ada.sees_large(&[], 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_has_pages_and_nothing_comes_of_the_others() {
    turns_pages(CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await, 30).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_has_pages_in_another_browser() {
    turns_pages(CallPage::set_up(CLEO, Setup::WITHOUT_DEVICES).await, 12).await;
}

#[tokio::test]
async fn who_hides_themselves_is_still_seen() {
    let world = World::start().await;
    let ada = CallPage::of(ADA).await;
    let bob = CallPage::set_up(BOB, Setup::WITHOUT_DEVICES).await;
    let links = ada.opens_a_room(&world.home("en")).await;
    guest(&ada, &bob, &links).await;
    ada.switches_on("toggle-camera").await;
    bob.sees(ADA, SOON).await;
    ada.sees(ADA, SOON).await;
    let mirrored = "return document.querySelector('[data-testid=tile][data-self=true] [data-testid=tile-video]').classList.contains('mirrored')";
    assert_eq!(ada.browser().execute(mirrored, Vec::new()).await, json!(true), "as in a mirror");
    ada.browser().press("device-settings").await;
    ada.switches_off("mirror-self").await;
    ada.browser().press("settings-close").await;
    assert_eq!(
        ada.browser().execute(mirrored, Vec::new()).await,
        json!(false),
        "as others see her"
    );

    ada.opens_layouts().await;
    ada.switches_on("hide-self").await;
    ada.browser().press("layout-grid").await;
    ada.sees_nothing_of(ADA, SOON).await;
    assert_eq!(ada.is_on("toggle-camera").await, json!(true), "the switch says what is sent");
    let before = bob.frames_of(ADA).await;
    eventually("Bob still sees Ada move", SOON, async || {
        let frames = bob.frames_of(ADA).await;
        (frames > before + 20).or_seen(|| format!("{before}, then {frames}"))
    })
    .await;
    ada.opens_layouts().await;
    ada.switches_off("hide-self").await;
    ada.sees(ADA, SOON).await;
}

#[tokio::test]
async fn the_page_takes_the_whole_display_and_gives_it_back() {
    for person in [ADA, CLEO] {
        let world = World::start().await;
        let page = CallPage::set_up(person, Setup::WITHOUT_DEVICES).await;
        drop(page.opens_a_room(&world.home("en")).await);
        page.looks_by("fullscreen").await;
        is_whole(&page, true).await;
        page.strikes_letter('f').await;
        is_whole(&page, false).await;
        page.strikes_letter('f').await;
        is_whole(&page, true).await;
    }
}

#[tokio::test]
async fn a_small_window_shows_who_speaks_while_the_page_is_hidden() {
    let world = World::start().await;
    let ada = CallPage::of(ADA).await;
    let bob = CallPage::set_up(BOB, Setup::WITHOUT_DEVICES).await;
    let links = ada.opens_a_room(&world.home("en")).await;
    guest(&ada, &bob, &links).await;
    ada.switches_on("toggle-camera").await;
    bob.sees(ADA, SOON).await;
    bob.looks_by("picture-in-picture").await;
    floats(&bob).await;
    bob.looks_away(true).await;
    // As long as what is hidden is wanted as before.
    sleep(Duration::from_secs(2)).await;
    floats(&bob).await;
    bob.looks_away(false).await;
    bob.looks_by("picture-in-picture").await;
    eventually("the small window is closed", SOON, async || {
        let open = "return documentPictureInPicture.window !== null";
        let open = bob.browser().execute(open, Vec::new()).await;
        (open == json!(false)).or_seen(|| open.to_string())
    })
    .await;
}

#[tokio::test]
async fn where_no_window_can_be_opened_a_picture_is_lifted_out_of_the_page() {
    let world = World::start().await;
    let ada = CallPage::of(ADA).await;
    let bob = CallPage::set_up(BOB, Setup::WITHOUT_DEVICES).await;
    let links = ada.opens_a_room(&world.home("en")).await;
    bob.opens(&in_language(&links.invite, "en")).await;
    let lacks = "Object.defineProperty(window, 'documentPictureInPicture', { value: undefined })";
    bob.browser().execute(lacks, Vec::new()).await;
    bob.enters().await;
    ada.admits(BOB).await;
    bob.is_inside().await;
    ada.switches_on("toggle-camera").await;
    bob.sees(ADA, SOON).await;
    bob.looks_by("picture-in-picture").await;
    for away in [false, true] {
        bob.looks_away(away).await;
        // As long as what is hidden is wanted as before.
        sleep(Duration::from_secs(2)).await;
        let mut before = 0;
        eventually("Bob sees Ada move in the lifted picture", SOON, async || {
            let frames = "return document.pictureInPictureElement?.getVideoPlaybackQuality().totalVideoFrames ?? 0";
            let frames = bob.browser().execute(frames, Vec::new()).await.as_u64().unwrap_or_default();
            let moves = before > 0 && frames > before;
            before = frames;
            moves.or_seen(|| format!("{frames} frames"))
        })
        .await;
    }
}

/// Somebody who is let in.
async fn guest(host: &CallPage, page: &CallPage, links: &Links) {
    page.opens(&in_language(&links.invite, "en")).await;
    page.enters().await;
    host.admits(page.browser().person()).await;
    page.is_inside().await;
}

/// Waits until so many tiles stand on the stage as large as they can, none outside and none above another.
async fn is_filled(page: &CallPage, tiles: usize) {
    let what = format!("{tiles} tiles fill the stage of {}", page.name());
    eventually(&what, SOON, async || {
        let layout = page.layout().await;
        let fault = layout.is_tidy().or_else(|| layout.is_full(tiles));
        fault.map_or(Ok(()), |fault| Err(format!("{fault}: {layout:?}")))
    })
    .await;
}

trait Judged {
    /// What is wrong with where tiles stand.
    fn is_tidy(&self) -> Option<String>;
    /// What is wrong with how large tiles of one size are.
    fn is_full(&self, tiles: usize) -> Option<String>;
}

impl Judged for Layout {
    fn is_tidy(&self) -> Option<String> {
        if self.scrolls {
            return Some("the page has to be scrolled".to_owned());
        }
        for (index, tile) in self.tiles.iter().enumerate() {
            if !self.stage.holds(&tile.place) {
                return Some(format!("{} is outside", tile.name));
            }
            let covered = self.tiles.iter().skip(index + 1).find(|it| it.place.meets(&tile.place));
            if let Some(other) = covered {
                return Some(format!("{} covers {}", other.name, tile.name));
            }
        }
        None
    }

    fn is_full(&self, tiles: usize) -> Option<String> {
        let Some(first) = self.tiles.first() else { return Some("nobody is there".to_owned()) };
        if self.tiles.len() != tiles {
            return Some(format!("{} tiles", self.tiles.len()));
        }
        let width = first.place.width;
        if self.tiles.iter().any(|tile| (tile.place.width - width).abs() > 1.0) {
            return Some("tiles of several sizes".to_owned());
        }
        let (across, down) = (self.stage.width, self.stage.height);
        let ratio = if down > across { 4.0 / 3.0 } else { 16.0 / 9.0 };
        let count = |number: usize| f64::from(u32::try_from(number).unwrap_or_default());
        let widths = (1..=tiles).map(|columns| {
            let rows = tiles.div_ceil(columns);
            let each = (across - GAP * count(columns - 1)) / count(columns);
            each.min((down - GAP * count(rows - 1)) / count(rows) * ratio)
        });
        let best = widths.fold(0.0, f64::max);
        (width < best - 3.0).then(|| format!("{width} wide instead of {best}"))
    }
}

/// What is between two tiles, in pixels.
const GAP: f64 = 8.0;

/// Somebody with a crowd that does not fit on one page.
async fn turns_pages(page: CallPage, people: u32) {
    let world = World::start().await;
    let links = page.opens_a_room(&world.home("en")).await;
    // Nine fit.
    page.browser().resizes(560, 580).await;
    let crowd = comes(&world, &links.moderator, people).await;
    page.browser().awaits_within("page-next", CROWDED).await;
    let mut seen = BTreeSet::new();
    let pages = only_this_page_comes(&page, &mut seen).await;
    for number in 2..=pages {
        if number % 2 == 0 {
            page.browser().press("page-next").await;
        } else {
            page.strikes(Key::Right).await;
        }
        let so_far = seen.len();
        only_this_page_comes(&page, &mut seen).await;
        assert!(seen.len() > so_far, "page {number} shows nobody new");
    }
    assert_eq!(u32::try_from(seen.len()), Ok(people), "everybody is on a page");
    page.browser().press("page-previous").await;
    assert!(crowd.is_whole(), "somebody was thrown out");
}

/// Waits until every picture of this page moves, and of nobody else a byte comes. How many pages there are.
pub(crate) async fn only_this_page_comes(page: &CallPage, seen: &mut BTreeSet<u64>) -> usize {
    let what = format!("{} gets the pictures of one page", page.name());
    let shown = eventually(&what, CROWDED, async || {
        let before = bytes(page).await;
        sleep(Duration::from_secs(1)).await;
        let after = bytes(page).await;
        let grows = |(whose, bytes): &(&u64, &u64)| before.get(whose).unwrap_or(&0) < *bytes;
        let coming: BTreeSet<_> = after.iter().filter(grows).map(|(whose, _)| *whose).collect();
        let layout = page.layout().await;
        let others = layout.tiles.iter().filter(|tile| !tile.own);
        let shown: BTreeSet<_> = others.map(|tile| tile.participant).collect();
        let fault = layout.is_tidy();
        let right = coming == shown && fault.is_none() && !shown.is_empty();
        if right { Ok(shown) } else { Err(format!("{coming:?} come, {shown:?} shown, {fault:?}")) }
    })
    .await;
    seen.extend(shown);
    let pages = page.browser().reads("page").await;
    let mut numbers = pages.split(|c: char| !c.is_ascii_digit()).filter_map(|it| it.parse().ok());
    numbers.nth(1).unwrap_or_default()
}

/// The bytes that came so far, by whose picture is in the slot that they came in.
async fn bytes(page: &CallPage) -> BTreeMap<u64, u64> {
    let script = "return window.witness.incoming().then((all) => {
        const slots = window.witness.heard.findLast(({ type }) => type === 'slots')?.slots ?? [];
        return all.map(({ mid, bytes }) => [slots.find((slot) => slot.mid === mid)?.participant ?? 0, bytes]);
    })";
    let all = page.browser().execute(script, Vec::new()).await;
    let number = |value: Option<&Value>| value.and_then(Value::as_u64).unwrap_or_default();
    let pairs = all.as_array().cloned().unwrap_or_default();
    let pairs = pairs.iter().map(|pair| (number(pair.get(0)), number(pair.get(1))));
    let mut sums = BTreeMap::new();
    for (whose, bytes) in pairs {
        *sums.entry(whose).or_default() += bytes;
    }
    sums
}

/// Waits until the page has the whole display, or has it no more.
async fn is_whole(page: &CallPage, whole: bool) {
    let what = format!("{}'s page has the whole display: {whole}", page.name());
    eventually(&what, SOON, async || {
        let now = "return document.fullscreenElement !== null";
        let now = page.browser().execute(now, Vec::new()).await;
        (now == json!(whole)).or_seen(|| now.to_string())
    })
    .await;
}

/// Waits until Ada's picture moves in the small window.
async fn floats(page: &CallPage) {
    let mut before = None;
    let what = format!("{} sees Ada in the small window", page.name());
    eventually(&what, SOON, async || {
        let script =
            "const body = documentPictureInPicture.window?.document.body;
            const video = body?.querySelector('[data-testid=miniature] [data-testid=miniature-video]');
            const name = body?.innerText ?? '';
            const frames = video?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
            return { name, frames, width: video?.videoWidth ?? 0 };";
        let shown = page.browser().execute(script, Vec::new()).await;
        let number = |name: &str| shown.get(name).and_then(Value::as_u64).unwrap_or_default();
        let frames = number("frames");
        let moves = before.replace(frames).is_some_and(|before| frames > before);
        let named =
            shown.get("name").and_then(Value::as_str).is_some_and(|name| name.contains(ADA.name));
        (moves && named && number("width") > 0).or_seen(|| shown.to_string())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_stage_can_be_photographed() {
    // For people to judge, as `looks` does; what is measurable is measured above.
    let Some(folder) = std::env::var_os("ZOOO_SCREENSHOTS").map(std::path::PathBuf::from) else {
        return;
    };
    let world = World::start().await;
    let ada = CallPage::of(ADA).await;
    let phone = Setup { shape: Shape::Phone, ..Setup::WITHOUT_DEVICES };
    let bob = CallPage::set_up(BOB, phone).await;
    let links = ada.opens_a_room(&world.home("de")).await;
    guest(&ada, &bob, &links).await;
    let mut crowd = Vec::new();
    let mut tiles = 2;
    for more in [0, 1, 2, 4, 7, 14] {
        if more > 0 {
            crowd.push(comes(&world, &links.moderator, more).await);
            sleep(Duration::from_secs(6)).await;
        }
        tiles += more;
        for (name, width, height) in [("desk", 1_280, 860), ("side", 844, 530)] {
            ada.browser().resizes(width, height).await;
            sleep(Duration::from_secs(1)).await;
            ada.is_photographed(&folder, &format!("stage-{tiles}-{name}")).await;
        }
        bob.is_photographed(&folder, &format!("stage-{tiles}-phone")).await;
    }
    for (name, layout) in [("speaker", "layout-speaker"), ("grid", "layout-grid")] {
        for page in [&ada, &bob] {
            page.opens_layouts().await;
            page.is_photographed(&folder, &format!("menu-{name}-{}", page.name())).await;
            page.browser().press(layout).await;
        }
        sleep(Duration::from_secs(2)).await;
        for (size, width, height) in [("desk", 1_280, 860), ("side", 844, 530)] {
            ada.browser().resizes(width, height).await;
            sleep(Duration::from_secs(1)).await;
            ada.is_photographed(&folder, &format!("{name}-{size}")).await;
        }
        bob.is_photographed(&folder, &format!("{name}-phone")).await;
        if name == "speaker" {
            ada.browser().resizes(1_280, 860).await;
            ada.switches_on("toggle-screen").await;
            sleep(Duration::from_secs(2)).await;
            ada.is_photographed(&folder, "own-screen-desk").await;
            bob.is_photographed(&folder, "screen-phone").await;
            bob.pins(ADA).await;
            sleep(Duration::from_secs(2)).await;
            bob.is_photographed(&folder, "screen-and-pin-phone").await;
            bob.pins(ADA).await;
            ada.switches_off("toggle-screen").await;
        }
    }
}
