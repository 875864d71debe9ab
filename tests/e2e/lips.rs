// SPDX-License-Identifier: EUPL-1.2
//! Lips and voice stay together, whatever the path does.

use std::time::Duration;

use tests::{
    browser::SOON,
    cast::{ADA, BOB},
    clap::{Claps, Underway},
    eventually::{Condition as _, eventually},
    link::{Link, Path},
    page::{CallPage, in_language},
    setup::{Devices, Setup},
    world::{World, free_address},
};
use tokio::time::sleep;

/// By how much voice and lips may be apart (EN 301 549 has 100 ms; 45 ms is what viewers begin to notice).
const APART: i64 = 45;

/// How long buffers need to fit the path.
const SETTLED: Duration = Duration::from_secs(10);

/// How long flashes and beeps are attended to, one each second.
const ATTENDED: Duration = Duration::from_secs(12);

/// So many at least are seen and heard then.
const FEWEST: usize = 10;

/// Late, and sometimes later. It is so from the start: that a path became longer looks like a queue for a while.
const UNEVEN: Path =
    Path { delay: Duration::from_millis(100), jitter: Duration::from_millis(60), ..Path::GOOD };

#[tokio::test]
async fn lips_and_voice_stay_together() {
    let watching = Watching::begin().await;
    watching.are_together("an uneven path").await;
    watching.link.becomes(Path::GOOD);
    watching.are_together("a good path").await;
}

/// Ada flashes and beeps; Bob attends through a link.
struct Watching {
    _world: World,
    ada: CallPage,
    bob: CallPage,
    link: Link,
}

impl Watching {
    async fn begin() -> Self {
        let media = free_address();
        let world = World::start_on("", media).await;
        let link = Link::to(media, UNEVEN).await;
        let claps = Setup { devices: Devices::Clapping, ..Setup::default() };
        let ada = CallPage::set_up(ADA, claps).await;
        let bob = CallPage::set_up(BOB, Setup::WITHOUT_DEVICES).await;
        let links = ada.opens_a_room(&world.home("en")).await;
        bob.opens(&in_language(&links.invite, "en")).await;
        bob.goes_through(&link).await;
        bob.enters().await;
        ada.admits(BOB).await;
        bob.is_inside().await;
        ada.switches_on("toggle-camera").await;
        ada.switches_on("toggle-microphone").await;
        eventually("Bob gets Ada's picture", SOON, async || {
            let slots = bob.receiving().await;
            (!slots.is_empty()).or_seen(|| format!("{slots:?}"))
        })
        .await;
        ada.attends_to_self().await;
        bob.attends_to_others().await;
        Self { _world: world, ada, bob, link }
    }

    /// Settles, then compares how long flashes and beeps are underway.
    #[expect(clippy::print_stdout, reason = "how well it went, not only that it did")]
    async fn are_together(&self, name: &str) {
        sleep(SETTLED).await;
        self.claps().await;
        sleep(ATTENDED).await;
        let (left, arrived) = self.claps().await;
        let Underway { picture, sound, skew } = left.until(&arrived);
        println!("over {name}, ms:\n  picture {picture}\n  sound   {sound}\n  skew    {skew}");
        assert!(skew.count() >= FEWEST, "few claps came over {name}: {skew}");
        assert!(skew.median().abs() <= APART, "voice and lips part over {name}: {skew}");
    }

    async fn claps(&self) -> (Claps, Claps) {
        (self.ada.claps().await, self.bob.claps().await)
    }
}
