// SPDX-License-Identifier: EUPL-1.2
//! Pictures of screens, in a folder with a table of them.

use std::{collections::BTreeMap, fs, path::PathBuf};

use serde_json::json;
use tests::{
    display::{DARK, Display, LIGHT},
    page::CallPage,
};

use crate::looks::Look;

/// The pictures that were made.
pub(crate) struct Album {
    folder: PathBuf,
    is_whole: bool,
    /// For each language the screens, in the order in which they were seen.
    screens: BTreeMap<&'static str, Vec<String>>,
}

/// Before what people sit, and what they prefer.
const VIEWS: [(&str, Display); 4] = [
    ("phone-dark", Display::PHONE.of_whom(DARK)),
    ("phone-light", Display::PHONE.of_whom(LIGHT)),
    ("desktop-light", Display::DESKTOP.of_whom(LIGHT)),
    ("desktop-dark", Display::DESKTOP.of_whom(DARK)),
];

/// A phone on its side, and the screens on which that is another thing than a phone upright.
const ON_ITS_SIDE: (&str, Display) = ("side-dark", Display::SIDE.of_whom(DARK));
const SIDEWAYS: [&str; 12] = [
    "alone",
    "knock",
    "conference",
    "people",
    "screen",
    "own-screen",
    "own-screen-silent",
    "chat",
    "reactions-choice",
    "crowd",
    "filmstrip",
    "closing",
];

impl Album {
    /// An empty one. Whole, it has each screen in every view, else in one.
    pub(crate) const fn new(folder: PathBuf, is_whole: bool) -> Self {
        Self { folder, is_whole, screens: BTreeMap::new() }
    }

    /// Writes the table.
    pub(crate) fn closes(self) {
        let file = self.folder.join("README.md");
        let written = fs::write(&file, self.table());
        assert!(written.is_ok(), "{}: {written:?}", file.display());
    }

    fn table(&self) -> String {
        let views = VIEWS.map(|(view, _)| view.replace('-', ", ")).join(" | ");
        let of = |(language, screens): (&&str, &Vec<String>)| {
            let title = if *language == "de" { "German" } else { "English" };
            let rows: String = screens.iter().map(|screen| row(screen, language)).collect();
            let on_its_side = sideways(screens, language);
            format!("\n## {title}\n\n| | {views} |\n|---|---|---|---|---|\n{rows}{on_its_side}")
        };
        [HEAD.to_owned()].into_iter().chain(self.screens.iter().map(of)).collect()
    }
}

/// A screen in every view.
fn row(screen: &str, language: &str) -> String {
    let cells = VIEWS.map(|(view, display)| {
        let width = if display.touched { 120 } else { 320 };
        picture(screen, view, language, width)
    });
    format!("| {} | {} |\n", caption(screen), cells.join(" | "))
}

/// The screens of a phone on its side, if there are any.
fn sideways(screens: &[String], language: &str) -> String {
    let (view, _) = ON_ITS_SIDE;
    let there = screens.iter().filter(|screen| SIDEWAYS.contains(&screen.as_str()));
    let row = |screen: &String| {
        format!("| {} | {} |\n", caption(screen), picture(screen, view, language, 320))
    };
    let rows: String = there.map(row).collect();
    format!("\n| | phone on its side, dark |\n|---|---|\n{rows}")
}

fn picture(screen: &str, view: &str, language: &str, width: u32) -> String {
    let alt = format!("{}, {}", caption(screen), view.replace('-', ", "));
    format!("<img src=\"{screen}-{view}-{language}.webp\" width=\"{width}\" alt=\"{alt}\">")
}

impl Look for Album {
    async fn at(&mut self, page: &CallPage, screen: &str, language: &'static str) {
        let views = if self.is_whole { &VIEWS[..] } else { &VIEWS[..1] };
        let aside = (self.is_whole && SIDEWAYS.contains(&screen)).then_some(&ON_ITS_SIDE);
        for (view, display) in views.iter().chain(aside) {
            page.looks_through(*display).await;
            page.browser().execute(READY, vec![json!(shown(screen))]).await;
            page.is_photographed(&self.folder, &format!("{screen}-{view}-{language}")).await;
        }
        page.looks_as_before().await;
        self.screens.entry(language).or_default().push(screen.to_owned());
    }
}

const HEAD: &str = "<!-- SPDX-License-Identifier: EUPL-1.2 -->
<!-- Written by tests/e2e/album.rs. -->
# Every screen

Photographed by the browser tests, in both languages, on a desk and on a phone, light and dark:

```sh
ZOOO_SCREENSHOTS=docs/pictures cargo test -p tests --test e2e -- every_screen
```
";

/// What a picture of a screen is about, where that may be further down.
fn shown(screen: &str) -> &str {
    match screen {
        "written" => "invite-written",
        "rules" => "rules",
        "invitations" => "invite-personal",
        "embedded-withheld" => "embedded",
        _ => "",
    }
}

// A camera of a test is called what its file is, on the machine of the test.
const READY: &str = r#"
    for (const device of document.querySelectorAll("option")) {
        if (device.textContent.startsWith("/")) device.textContent = "Camera 1";
    }
    document.querySelector(`[data-testid="${arguments[0]}"]`)?.scrollIntoView({ block: "start" });
"#;

/// What a screen is, for who does not see it.
fn caption(screen: &str) -> String {
    let known = match screen {
        "home" => "The start page",
        "made" => "A room was made: bookmark and invitation",
        "written" => "The invitation in writing, with a file for the calendar",
        "gate-off" => "The gate: everything is off",
        "gate" => "The gate with a camera, seen by its owner only",
        "lobby" => "Waiting for a moderator",
        "knock" => "Somebody knocks",
        "alone" => "A moderator alone in the room",
        "conference" => "A conference of two",
        "settings" => "Choosing devices",
        "people" => "What a moderator can do about somebody",
        "question" => "A question before somebody is removed",
        "rules" => "The door and the rules of the room",
        "invitations" => "Personal invitations",
        "screen" => "Somebody shares a screen",
        "own-screen" => "Sharing one’s own screen, with its sound",
        "own-screen-silent" => "The same, after its sound was switched off",
        "crowd" => "A room full of people",
        "filmstrip" => "Who speaks is large, the others have pages",
        "closing" => "The server goes out of service",
        "more" => "What else there is, on a phone",
        "rtt" => "Lines that are read while they are written",
        "reactions-choice" => "Choosing a reaction",
        "reactions" => "Reactions on tiles",
        "chat" => "The chat",
        "lost" => "The connection is lost and being mended",
        "evidence" => "What protects the meeting",
        "silenced" => "A moderator switched a camera off",
        "ended" => "After leaving",
        "knocking" => "Waiting for admission",
        "refused" => "Turned away",
        "paused" => "A pause, until a moderator is back",
        "removed" => "Removed by a moderator",
        "broken" => "A link that is not whole",
        "notice" => "The privacy notice",
        "embedded-withheld" => "In another page, whose frame does not pass everything on",
        "embedded-gate" => "The gate in another page",
        "embedded-alone" => "A moderator alone, in another page",
        "embedded-conference" => "A conference in another page",
        "embedded-people" => "Everybody, in another page",
        "embedded-ended" => "After leaving, in another page",
        "embedded-knocking" => "Waiting for admission, in another page",
        "embedded-refused" => "Turned away, in another page",
        other => return other.replace('-', " "),
    };
    known.to_owned()
}
