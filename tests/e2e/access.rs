// SPDX-License-Identifier: EUPL-1.2
//! Everybody can use every screen: no barrier that a program can see, at any size, whatever somebody prefers.
//!
//! It goes the whole way through the page and tells in the end of everything that was found.

use tests::{
    axe::Rules,
    cast::{ADA, BOB},
    display::{DARK, Display, LIGHT},
    page::CallPage,
    usable::Need::{self, Cut, Endless, Motion, Overflow, Reach, Spaced, States, Targets, Touch},
    world::World,
};
use tokio::join;

use crate::{
    embed_looks::School,
    looks::{Look, Tour},
};

#[tokio::test]
async fn no_screen_keeps_anybody_out() {
    let school = School::open().await;
    let (ada, bob) = join!(CallPage::of(ADA), CallPage::of(BOB));
    let mut survey = Survey::default();
    // Words are longer in German.
    Tour { language: "de", look: &mut survey }.goes(&school, &ada, &bob).await;
    let Survey { looks, found } = survey;
    assert!(looks > 200, "{looks} looks at all screens");
    assert!(found.is_empty(), "{} obstacles:\n{}", found.len(), found.join("\n"));
}

/// Whoever looks for barriers finds those that are put up.
#[tokio::test]
async fn a_barrier_is_found() {
    let world = World::start().await;
    let ada = CallPage::of(ADA).await;
    for (barrier, needs, found) in BARRIERS {
        ada.browser().goto(&world.home("de")).await;
        ada.browser().awaits("start-create").await;
        ada.browser().execute(barrier, Vec::new()).await;
        let lines = match needs {
            [] => ada.barriers(Rules::Law).await,
            needs => ada.lacks(needs).await,
        };
        assert!(
            lines.iter().any(|line| line.contains(found)),
            "{found} in {lines:?}, after {barrier}"
        );
    }
}

/// What is done to the start page, by what it is looked for (axe, where by nothing), and what is said of it.
const BARRIERS: [(&str, &[Need], &str); 11] = [
    ("document.querySelector('[data-testid=start-create]').textContent = ''", &[], "button-name"),
    ("document.documentElement.removeAttribute('lang')", &[], "html-has-lang"),
    ("document.querySelector('.home-lead').style.color = '#aaa'", &[], "color-contrast"),
    ("document.querySelector('.home-lead').style.minWidth = '3000px'", &[Overflow], "wide on"),
    (
        "document.querySelector('.home').style.cssText = 'inline-size: 300px; overflow-x: auto'; document.querySelector('.home-lead').style.minWidth = '3000px'",
        &[Overflow],
        "sideways",
    ),
    (
        "document.querySelector('.frame-top').style.cssText = 'position: fixed; inset: 0; z-index: 9'",
        &[Reach],
        "lies under",
    ),
    (
        "document.querySelector('[data-testid=start-create]').style.cssText = 'padding: 0; min-block-size: 0; block-size: 20px'",
        &[Targets],
        "less than 24",
    ),
    (
        "document.querySelector('.home-lead').style.cssText = 'block-size: 1em; overflow: hidden'",
        &[Cut],
        "is cut",
    ),
    (
        "document.querySelector('.home-lead').style.cssText = 'block-size: 3.4em; overflow: hidden'",
        &[Spaced, Cut],
        "is cut",
    ),
    (
        "document.querySelector('.home-lead').animate([{ opacity: 0 }, { opacity: 1 }], 60000)",
        &[Motion],
        "moves",
    ),
    (
        "document.querySelector('.home-lead').animate([{ opacity: 0 }, { opacity: 1 }], 60000)",
        &[Endless],
        "for longer",
    ),
];

/// Everything that was found.
#[derive(Default)]
struct Survey {
    looks: usize,
    found: Vec<String>,
}

impl Look for Survey {
    async fn at(&mut self, page: &CallPage, screen: &str, _: &'static str) {
        for (view, display) in LAWFUL {
            page.looks_through(display).await;
            self.add(screen, view, page.barriers(Rules::Law).await);
        }
        for (view, display, needs) in USABLE {
            page.looks_through(display).await;
            self.add(screen, view, page.lacks(needs).await);
        }
        for (view, prefers) in CONTRAST {
            page.looks_through(Display::DESKTOP.of_whom(prefers)).await;
            self.add(screen, view, page.barriers(Rules::MoreContrast).await);
        }
        page.looks_as_before().await;
    }
}

impl Survey {
    fn add(&mut self, screen: &str, view: &str, lines: Vec<String>) {
        self.looks += 1;
        self.found.extend(lines.into_iter().map(|line| format!("{screen}, {view}: {line}")));
    }
}

/// Where axe looks for barriers.
const LAWFUL: [(&str, Display); 4] = [
    ("desktop, light", Display::DESKTOP.of_whom(LIGHT)),
    ("desktop, dark", Display::DESKTOP.of_whom(DARK)),
    ("phone, dark", Display::PHONE.of_whom(DARK)),
    ("phone, light", Display::PHONE.of_whom(LIGHT)),
];

/// Where it is measured whether everything is there and can be got at.
const USABLE: [(&str, Display, &[Need]); 9] = [
    ("desktop", Display::DESKTOP, &[Endless, Overflow, Reach, Targets, Cut]),
    ("phone", Display::PHONE, &[Overflow, Reach, Targets, Touch, Cut]),
    ("phone on its side", Display::SIDE, &[Overflow, Reach, Targets, Touch, Cut]),
    ("200 %", Display::TWICE, &[Overflow, Reach, Targets, Cut]),
    ("400 %", Display::FOUR_TIMES, &[Overflow, Reach, Targets, Cut]),
    ("desktop, spaced", Display::DESKTOP, &[Spaced, Overflow, Reach, Cut]),
    ("phone, spaced", Display::PHONE, &[Spaced, Overflow, Reach, Cut]),
    ("less motion", Display::DESKTOP.of_whom(&[("prefers-reduced-motion", "reduce")]), &[Motion]),
    ("own colours", Display::DESKTOP.of_whom(&[("forced-colors", "active")]), &[States]),
];

/// Who asks for more contrast.
const CONTRAST: [(&str, &[(&str, &str)]); 2] = [
    ("more contrast, light", &[("prefers-contrast", "more"), ("prefers-color-scheme", "light")]),
    ("more contrast, dark", &[("prefers-contrast", "more"), ("prefers-color-scheme", "dark")]),
];
