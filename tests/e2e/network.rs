// SPDX-License-Identifier: EUPL-1.2
//! Bad networks between the relay and somebody who watches.

use std::time::Duration;

use serde_json::Value;
use tests::{
    cast::{ADA, BOB},
    eventually::{Condition as _, eventually},
    link::{Link, Path},
    page::{CallPage, in_language},
    setup::{Devices, Setup},
    world::{World, free_address},
};
use tokio::time::sleep;

/// How long a picture or a sound needs to settle after the path has changed.
const SETTLED: Duration = Duration::from_secs(10);

/// How long it may take from the narrowest path, over which no picture comes, to the whole picture.
const RECOVERED: Duration = Duration::from_secs(10);

/// How long it is watched then.
const WATCHED: Duration = Duration::from_secs(10);

/// Nobody takes that for a broken connection.
const STANDS_AT_MOST: u64 = 1_000;

#[tokio::test]
async fn who_watches_over_a_bad_network_hears_and_sees_what_fits() {
    let watching = Watching::begin().await;
    for (name, path, lines) in PATHS {
        watching.link.becomes(path);
        watching.stays(name, path, lines).await;
    }
    watching.link.becomes(Path::GOOD);
    watching.sees_everything_within(RECOVERED).await;
}

/// Each path, and the fewest lines that are to be seen over it. The longest comes first: that a path became
/// longer is not told from a queue for some seconds.
const PATHS: [(&str, Path, u64); 5] = [
    ("200 ms", LONG, 360),
    ("10 % loss", Path { loss: 10, ..Path::GOOD }, 360),
    ("2 Mbit/s", Path { bits: 2_000_000, ..Path::GOOD }, 360),
    ("500 kbit/s", Path { bits: 500_000, ..Path::GOOD }, 180),
    ("150 kbit/s", Path { bits: 150_000, ..Path::GOOD }, 0),
];

const LONG: Path = Path { delay: Duration::from_millis(200), ..Path::GOOD };

/// Ada speaks and is seen; Bob watches through a link.
struct Watching {
    _world: World,
    _ada: CallPage,
    bob: CallPage,
    link: Link,
}

impl Watching {
    async fn begin() -> Self {
        let media = free_address();
        let world = World::start_on("", media).await;
        let link = Link::to(media, LONG).await;
        let ada =
            CallPage::set_up(ADA, Setup { devices: Devices::Sharp, ..Setup::default() }).await;
        let bob = CallPage::set_up(BOB, Setup::WITHOUT_DEVICES).await;
        let links = ada.opens_a_room(&world.home("en")).await;
        bob.browser().resizes(2_400, 1_500).await;
        bob.opens(&in_language(&links.invite, "en")).await;
        bob.goes_through(&link).await;
        bob.enters().await;
        bob.browser().awaits("waiting-admission").await;
        ada.admits(BOB).await;
        bob.is_inside().await;
        ada.switches_on("toggle-camera").await;
        ada.switches_on("toggle-microphone").await;
        let watching = Self { _world: world, _ada: ada, bob, link };
        watching.sees_everything_within(Duration::from_secs(30)).await;
        watching.bob.browser().execute("window.witness.look()", Vec::new()).await;
        watching
    }

    #[expect(clippy::print_stdout, reason = "how well it went, not only that it did")]
    /// Settles, then sees and hears over such a path.
    async fn stays(&self, name: &str, path: Path, lines: u64) {
        sleep(SETTLED).await;
        self.stood().await;
        let (frames, heard, carried) =
            (self.frames().await, self.heard().await, self.link.carried());
        sleep(WATCHED).await;
        let stood = self.stood().await;
        let (after, now_heard) = (self.frames().await, self.heard().await);
        let bits = (self.link.carried() - carried) * 8 / WATCHED.as_secs();
        let (played, made) = (now_heard.0 - heard.0, now_heard.1 - heard.1);
        let seen = format!(
            "{name}: {} frames of {} lines, stood {stood} ms, {made} of {played} samples made up, \
             {bits} bit/s",
            after.0.saturating_sub(frames.0),
            after.1
        );
        println!("{seen}");
        assert!(played > 0 && made * 20 <= played, "sound is intelligible over {seen}");
        assert!(bits <= path.bits, "{seen}");
        if lines > 0 {
            assert!(stood <= STANDS_AT_MOST, "the picture moves over {seen}");
            assert!(after.1 >= lines, "at least {lines} lines over {seen}");
        }
    }

    /// Waits for the whole picture, in motion.
    async fn sees_everything_within(&self, time: Duration) {
        let mut before = 0;
        eventually("Bob sees 720 lines that move", time, async || {
            let (frames, lines) = self.frames().await;
            let moves = frames > core::mem::replace(&mut before, frames);
            (moves && lines == 720).or_seen(|| format!("{frames} frames, {lines} lines"))
        })
        .await;
    }

    /// Frames and lines of the picture.
    async fn frames(&self) -> (u64, u64) {
        let pictures =
            self.bob.browser().execute("return window.witness.incoming()", Vec::new()).await;
        let field = |name: &str| pictures.pointer(name).and_then(Value::as_u64).unwrap_or_default();
        (field("/0/frames"), field("/0/lines"))
    }

    /// Samples played and made up.
    async fn heard(&self) -> (u64, u64) {
        let sounds =
            self.bob.browser().execute("return window.witness.heardSoFar()", Vec::new()).await;
        let sum = |name: &str| {
            let all = sounds.as_array().map(Vec::as_slice).unwrap_or_default();
            all.iter().filter_map(|sound| sound.get(name)?.as_u64()).sum()
        };
        (sum("played"), sum("made"))
    }

    /// For how many milliseconds the picture stood still at most, since the last call.
    async fn stood(&self) -> u64 {
        let stood: Value =
            self.bob.browser().execute("return window.witness.stood()", Vec::new()).await;
        stood.as_u64().unwrap_or_default()
    }
}
