// SPDX-License-Identifier: EUPL-1.2
//! What a meeting takes of the thread that the page runs on: the rest of it is the person's.

use std::time::Duration;

use serde_json::Value;
use tests::{browser::SOON, cast::ADA, crowd::comes, page::CallPage, setup::Setup, world::World};
use tokio::time::sleep;

/// For how long it is measured.
const WATCHED: Duration = Duration::from_secs(20);

/// How many decoders start here: longer than one needs.
const CROWDED: Duration = Duration::from_secs(90);

/// How much of one core the page's thread may take. What is counted is the time that the thread runs, not the time that
/// passes, so a machine that others use makes no difference; a hundredth is usual.
const MOST: f64 = 0.5;

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::print_stdout, reason = "how much it takes, not only that it is little")]
async fn a_page_with_a_crowd_and_nine_pictures_leaves_its_thread_to_the_person() {
    let world = World::start().await;
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let links = ada.opens_a_room(&world.home("en")).await;
    // Nine tiles on a page.
    ada.browser().resizes(560, 580).await;
    let crowd = comes(&world, &links.moderator, 49).await;
    ada.browser().awaits_within("page-next", CROWDED).await;
    ada.browser().press("page-next").await;
    let shown = ada.layout().await.tiles.len();
    assert!((7..=9).contains(&shown), "{shown} tiles on a page");
    sleep(Duration::from_secs(5)).await;

    ada.browser().execute(ATTENDS, Vec::new()).await;
    let before = ada.browser().page_time();
    sleep(WATCHED).await;
    let taken = ada.browser().page_time().saturating_sub(before);
    let share = taken.as_secs_f64() / WATCHED.as_secs_f64();
    let long = ada.browser().execute("return window.longTasks", Vec::new()).await;
    let long: Vec<_> = long.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    println!(
        "{shown} pictures of 49: {:.1} % of a core; tasks over 50 ms: {long:?}",
        share * 100.0
    );
    assert!(taken > Duration::ZERO, "nothing was measured");
    assert!(share < MOST, "the page takes {:.0} % of a core", share * 100.0);
    assert!(crowd.is_whole(), "somebody was thrown out");
    ada.browser().awaits_within("page-previous", SOON).await;
}

const ATTENDS: &str = "
    window.longTasks = [];
    const note = (list) => list.getEntries().forEach(({ duration }) => window.longTasks.push(Math.round(duration)));
    new PerformanceObserver(note).observe({ type: 'longtask' });";
