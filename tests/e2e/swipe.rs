// SPDX-License-Identifier: EUPL-1.2
//! On a phone, a finger turns the pages of the small tiles: nothing else moves, and nothing comes of the others.

use std::collections::BTreeSet;

use serde_json::json;
use tests::{
    browser::SOON,
    cast::ADA,
    crowd::comes,
    eventually::{Condition as _, eventually},
    layout::Rect,
    page::CallPage,
    setup::{Setup, Shape},
    touch::Stroke,
    usable::Need,
    world::World,
};

use crate::layout::only_this_page_comes;

/// Where a finger is put down: on the large tile, where nothing can be pressed.
const AT: (f64, f64) = (200.0, 250.0);

const LEFT: Stroke = [AT, (60.0, 260.0)];
const RIGHT: Stroke = [AT, (340.0, 240.0)];
const UP: Stroke = [AT, (210.0, 110.0)];
const BELOW: Stroke = [(200.0, 350.0), (60.0, 360.0)];
const SHORT: Stroke = [AT, (175.0, 250.0)];
const ASLANT: Stroke = [AT, (100.0, 160.0)];

#[tokio::test(flavor = "multi_thread")]
async fn a_finger_turns_pages_and_nothing_else_moves() {
    let world = World::start().await;
    let phone = Setup { shape: Shape::Phone, ..Setup::WITHOUT_DEVICES };
    let ada = CallPage::set_up(ADA, phone).await;
    let links = ada.opens_a_room(&world.home("de")).await;
    let crowd = comes(&world, &links.moderator, 9).await;
    ada.looks_by("layout-speaker").await;
    is_on_page(&ada, "1/3", &[]).await;
    let mut seen = BTreeSet::new();
    assert_eq!(only_this_page_comes(&ada, &mut seen).await, 3, "pages of three");
    let before = stands(&ada).await;
    assert!(before.iter().all(|place| place.width > 0.0), "{before:?}");

    for (strokes, page) in [
        (&[LEFT][..], "2/3"),
        (&[SHORT], "2/3"),
        (&[ASLANT], "2/3"),
        (&[UP], "3/3"),
        (&[LEFT], "3/3"),
        (&[RIGHT], "2/3"),
    ] {
        ada.draws(strokes).await;
        is_on_page(&ada, page, strokes).await;
        let after = stands(&ada).await;
        assert_eq!(after, before, "what is large and what pages are turned by stay, {strokes:?}");
    }
    only_this_page_comes(&ada, &mut seen).await;
    ada.draws(&[LEFT]).await;
    is_on_page(&ada, "3/3", &[LEFT]).await;
    only_this_page_comes(&ada, &mut seen).await;
    assert_eq!(seen.len(), 9, "everybody is on a page");
    assert!(crowd.is_whole(), "somebody was thrown out");
    no_motion(&ada).await;
    magnified_moves_only(&ada).await;
    two_fingers_turn_nothing(&ada).await;
    let kept = "return getComputedStyle(document.documentElement).overscrollBehaviorY";
    assert_eq!(ada.browser().execute(kept, Vec::new()).await, json!("none"), "no reload by a pull");
}

/// Who has magnified the page sees another part of it, and no other page.
async fn magnified_moves_only(page: &CallPage) {
    for (scale, shown) in [(2, "2/3"), (1, "1/3")] {
        let factor = json!({ "pageScaleFactor": scale });
        page.browser().devtools("Emulation.setPageScaleFactor", factor).await;
        let now = page.browser().execute("return visualViewport.scale", Vec::new()).await;
        assert_eq!(now, json!(scale), "how far the page is magnified");
        page.draws(&[RIGHT]).await;
        page.draws(&[SHORT]).await;
        is_on_page(page, shown, &[RIGHT, SHORT]).await;
    }
}

/// Two fingers do not turn pages: with one afterwards it is seen where they left them. That is the last: the browser's
/// tools do not lift a second finger for good.
async fn two_fingers_turn_nothing(page: &CallPage) {
    page.draws(&[LEFT, BELOW]).await;
    page.draws(&[LEFT]).await;
    is_on_page(page, "2/3", &[LEFT]).await;
}

/// Who wants no motion sees none when a page is turned.
async fn no_motion(page: &CallPage) {
    let calm = json!({ "name": "prefers-reduced-motion", "value": "reduce" });
    let media = json!({ "media": "", "features": [calm] });
    page.browser().devtools("Emulation.setEmulatedMedia", media).await;
    page.draws(&[RIGHT]).await;
    let moving = page.lacks(&[Need::Motion]).await;
    assert!(moving.is_empty(), "{moving:?}");
}

/// Waits until this page is shown.
async fn is_on_page(page: &CallPage, number: &str, after: &[Stroke]) {
    let what = format!("{} sees page {number} after {after:?}", page.name());
    eventually(&what, SOON, async || {
        let shown = page.texts("page").await.concat();
        shown.starts_with(number).or_seen(|| shown.clone())
    })
    .await;
}

/// Where everything stands that is not one of the small tiles: the stage, what is large, the ways to turn pages.
async fn stands(page: &CallPage) -> Vec<Rect> {
    let layout = page.layout().await;
    let large: Vec<_> = layout.tiles.iter().filter(|it| it.large).map(|it| it.place).collect();
    assert_eq!(large.len(), 1, "one tile is large in {layout:?}");
    let mut places = vec![layout.stage];
    places.extend(large);
    for testid in ["page-previous", "page-next"] {
        places.push(page.place_of(testid).await);
    }
    places
}
