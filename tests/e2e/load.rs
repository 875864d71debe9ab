// SPDX-License-Identifier: EUPL-1.2
//! What a meeting takes of the thread that the page runs on: the rest of it is the person's.

use std::time::Duration;

use serde_json::Value;
use tests::{
    browser::SOON, cast::ADA, crowd::comes, distribution::Distribution, page::CallPage,
    setup::Setup, world::World,
};
use tokio::time::sleep;

/// For how long it is measured at once.
const WATCHED: Duration = Duration::from_secs(20);

/// How many decoders start here: longer than one needs.
const CROWDED: Duration = Duration::from_secs(90);

/// How much of one core the page's thread may take. What is counted is the time that the thread runs, not the time that
/// passes, so a machine that others use makes no difference; a hundredth is usual.
const MOST: f64 = 0.5;

/// How often it is watched until nothing kept the person waiting. A task is long by the time that passes, and so it is,
/// too, when others use the machine meanwhile: what the page does itself, it does each time.
const WATCHES: usize = 3;

/// What was seen of the thread during one watch.
#[derive(Debug)]
struct Seen {
    /// How long each of the tasks took that took more than 50 ms, in milliseconds.
    long: Distribution,
    /// How many milliseconds later than it was to, each tick of a timer came: as long as a press would have waited.
    late: Distribution,
}

#[tokio::test(flavor = "multi_thread")]
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
    let mut seen = Vec::new();
    while seen.len() < WATCHES && !seen.last().is_some_and(is_quick) {
        seen.push(watches(&ada, shown).await);
    }
    assert!(seen.iter().any(is_quick), "tasks over 50 ms in each watch: {seen:?}");
    assert!(crowd.is_whole(), "somebody was thrown out");
    ada.browser().awaits_within("page-previous", SOON).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_with_49_pictures_leaves_more_than_half_of_a_core() {
    let world = World::start().await;
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    let links = ada.opens_a_room(&world.home("en")).await;
    ada.browser().resizes(1_600, 1_000).await;
    let crowd = comes(&world, &links.moderator, 49).await;
    ada.browser().awaits_within("stage", CROWDED).await;
    sleep(Duration::from_secs(15)).await;
    let shown = ada.layout().await.tiles.len();
    assert_eq!(shown, 50, "everybody is on one page");
    watches(&ada, shown).await;
    assert!(crowd.is_whole(), "somebody was thrown out");
}

/// Watches the thread for a while, and judges what it took.
#[expect(clippy::print_stdout, reason = "how much it takes, not only that it is little")]
async fn watches(page: &CallPage, shown: usize) -> Seen {
    page.browser().execute(ATTENDS, Vec::new()).await;
    let before = page.browser().page_time();
    sleep(WATCHED).await;
    let taken = page.browser().page_time().saturating_sub(before);
    let noted = page.browser().execute("return window.attended()", Vec::new()).await;
    let all = |name: &str| {
        let all = noted.get(name).and_then(Value::as_array).into_iter().flatten();
        all.filter_map(Value::as_i64).collect::<Distribution>()
    };
    let share = taken.as_secs_f64() / WATCHED.as_secs_f64();
    let seen = Seen { long: all("long"), late: all("late") };
    println!(
        "{shown} tiles: {:.1} % of a core; ticks late by ms: {}; tasks over 50 ms: {}",
        share * 100.0,
        seen.late,
        seen.long
    );
    assert!(taken > Duration::ZERO && seen.late.count() > 100, "nothing was measured: {seen:?}");
    assert!(share < MOST, "the page takes {:.0} % of a core", share * 100.0);
    seen
}

const fn is_quick(seen: &Seen) -> bool {
    seen.long.count() == 0
}

const ATTENDS: &str = "
    const [long, late] = [[], []];
    const note = (list) => list.getEntries().forEach(({ duration }) => long.push(Math.round(duration)));
    const watch = new PerformanceObserver(note);
    watch.observe({ type: 'longtask' });
    const every = 50;
    let due = performance.now() + every;
    const tick = setInterval(() => {
        const now = performance.now();
        late.push(Math.max(0, Math.round(now - due)));
        due = Math.max(due, now) + every;
    }, every);
    window.attended = () => {
        clearInterval(tick);
        note({ getEntries: () => watch.takeRecords() });
        watch.disconnect();
        return { long, late };
    };";
