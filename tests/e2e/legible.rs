// SPDX-License-Identifier: EUPL-1.2
//! A shared screen can be read: small print is at the others what it is on the screen.

use std::time::{Duration, Instant};

use tests::{
    browser::Tab,
    cast::{ADA, BOB, CLEO, Person},
    likeness::Luma,
    link::{Link, Path},
    page::{CallPage, in_language},
    setup::{Devices, Setup},
    world::{World, free_address},
};
use tokio::time::sleep;

/// By then what is shared can be read, and what is turned to.
const READABLE: Duration = Duration::from_secs(3);

/// Until then the browser has taken a picture of the page that was turned to: five a second.
const CAPTURED: Duration = Duration::from_millis(500);

/// A page of small print is some hundred kilobytes; over this path they take two seconds.
const NARROW: Path = Path { bits: 2_000_000, ..Path::GOOD };

/// Longer, somebody asks whether the page was turned.
const COMES: Duration = Duration::from_secs(5);

/// The least structural similarity at which small print is as good as the original.
const LIKE: f64 = 0.95;

#[tokio::test]
async fn a_shared_screen_with_small_print_can_be_read() {
    reads(BOB).await;
}

#[tokio::test]
async fn a_shared_screen_with_small_print_can_be_read_in_firefox() {
    reads(CLEO).await;
}

#[tokio::test]
async fn a_turned_page_comes_over_a_narrow_path() {
    let sharing = Sharing::begin(BOB, Some(NARROW)).await;
    sharing.comes("as soon as it is shared").await;
    for number in 2..6 {
        sharing.ada.turns_the_page(&sharing.print, number).await;
        sharing.comes("when a page is turned").await;
    }
}

async fn reads(reader: Person) {
    let sharing = Sharing::begin(reader, None).await;
    sharing.can_be_read("as soon as it is shared").await;
    for number in 2..4 {
        sharing.ada.turns_the_page(&sharing.print, number).await;
        sharing.can_be_read("when a page is turned").await;
    }
}

/// Ada shares a tab, somebody reads.
struct Sharing {
    _world: World,
    ada: CallPage,
    reader: CallPage,
    print: Tab,
    _link: Option<Link>,
}

impl Sharing {
    /// Over a path of this kind, if one is named.
    async fn begin(reader: Person, path: Option<Path>) -> Self {
        let media = free_address();
        let world = World::start_on("", media).await;
        let ada = CallPage::set_up(ADA, Setup { devices: Devices::Tab, ..Setup::default() }).await;
        let reader = CallPage::set_up(reader, Setup::WITHOUT_DEVICES).await;
        ada.browser().resizes(1_280, 900).await;
        let links = ada.opens_a_room(&world.home("en")).await;
        reader.opens(&in_language(&links.invite, "en")).await;
        let link = match path {
            Some(path) => Some(Link::to(media, path).await),
            None => None,
        };
        if let Some(link) = &link {
            reader.goes_through(link).await;
        }
        reader.enters().await;
        ada.admits(reader.browser().person()).await;
        reader.is_inside().await;
        for page in [&ada, &reader] {
            page.looks_closely().await;
        }
        let print = ada.opens_small_print().await;
        ada.switches_on("toggle-screen").await;
        Self { _world: world, ada, reader, print, _link: link }
    }

    /// Waits until what is shown is what Ada shares.
    #[expect(
        clippy::disallowed_methods,
        clippy::print_stdout,
        reason = "how long it took, not only that it came"
    )]
    async fn comes(&self, when: &str) {
        let turned = Instant::now();
        sleep(CAPTURED).await;
        let captured = self.ada.captured_screen().await;
        loop {
            let shown = self.reader.shown_screen().await;
            let took = turned.elapsed();
            let whole = shown.filter(|shown| shown.size() == captured.size());
            let likeness = whole.map_or(0.0, |shown| captured.likeness(&shown));
            if likeness >= LIKE {
                println!("{when}: read after {} ms, likeness {likeness:.3}", took.as_millis());
                return;
            }
            assert!(took < COMES, "not read within {COMES:?} {when}: likeness {likeness:.3}");
        }
    }

    /// Waits for as long as it may take, then compares what is shown with what Ada shares.
    #[expect(clippy::print_stdout, reason = "how well it went, not only that it did")]
    async fn can_be_read(&self, when: &str) {
        sleep(READABLE).await;
        let shown = self.reader.shown_screen().await;
        let captured = self.ada.captured_screen().await;
        let size = shown.as_ref().map(Luma::size);
        assert_eq!(size, Some(captured.size()), "no line is given up {when}");
        let likeness = shown.map_or(0.0, |shown| captured.likeness(&shown));
        let drawn = captured.drawn();
        println!(
            "{when}: {:?}, {:.0} % drawn on, likeness {likeness:.3}",
            captured.size(),
            drawn * 100.0
        );
        for page in [&self.ada, &self.reader] {
            println!("  {}: {}", page.name(), page.screen_fares().await);
        }
        assert!(drawn > 0.6, "little is printed on what is shared: {drawn:.2}");
        assert!(likeness >= LIKE, "small print {when} has a likeness of {likeness:.3}");
    }
}
