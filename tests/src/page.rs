// SPDX-License-Identifier: EUPL-1.2
//! What a person can do and read on the pages, by the names that the pages promise.

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::{
    browser::{Browser, SOON},
    cast::{Family, Person},
    eventually::{Condition as _, eventually},
    link::Link,
    setup::Setup,
};

/// A person in front of a page.
#[derive(Debug)]
pub struct CallPage {
    browser: Browser,
}

/// The links of a room.
#[derive(Clone, Debug)]
pub struct Links {
    /// For whoever runs it.
    pub moderator: String,
    /// For everybody else.
    pub invite: String,
}

impl CallPage {
    /// Starts the browser of a person.
    pub async fn of(person: Person) -> Self {
        Self { browser: Browser::start(person).await }
    }

    /// Starts one that is set up in another way.
    pub async fn set_up(person: Person, setup: Setup) -> Self {
        Self { browser: Browser::start_with(person, setup).await }
    }

    /// The browser.
    pub const fn browser(&self) -> &Browser {
        &self.browser
    }

    /// Their name.
    pub const fn name(&self) -> &'static str {
        self.browser.person().name
    }

    /// Makes a room on the start page.
    pub async fn makes_a_room(&self, home: &str) -> Links {
        self.browser.goto(home).await;
        self.browser.press("start-create").await;
        Links {
            moderator: self.link("moderator-link").await,
            invite: self.link("invite-link").await,
        }
    }

    /// Makes a room on the start page, enters it, and waits until the conference is there.
    pub async fn opens_a_room(&self, home: &str) -> Links {
        let links = self.makes_a_room(home).await;
        self.browser.press("start-open").await;
        self.enters().await;
        self.is_inside().await;
        links
    }

    /// At the gate: media will take the way through a link.
    pub async fn goes_through(&self, link: &Link) {
        let detour = vec![link.candidate().into()];
        self.browser.execute("window.detour = arguments[0]", detour).await;
    }

    async fn link(&self, testid: &str) -> String {
        let link = self.browser.awaits(testid).await.prop("href").await;
        match link {
            Ok(Some(link)) => link,
            other => panic!("{testid} holds no link: {other:?}"),
        }
    }

    /// Chooses when a meeting is to be, for an invitation in writing: day, time, minutes.
    pub async fn plans(&self, date: &str, time: &str, minutes: &str) {
        self.unfolds("invite-written").await;
        for (field, value) in
            [("invite-date", date), ("invite-time", time), ("invite-length", minutes)]
        {
            self.browser.awaits(field).await;
            self.browser.execute(FILL, vec![json!(field), json!(value)]).await;
        }
    }

    /// Goes to the gate behind a link.
    pub async fn opens(&self, link: &str) {
        self.browser.goto(link).await;
        self.browser.awaits("gate-join").await;
    }

    /// Gives the name and enters. From here on the page is watched.
    pub async fn enters(&self) {
        self.enters_as(self.name()).await;
    }

    /// Enters under another name.
    pub async fn enters_as(&self, name: &str) {
        self.browser.awaits("gate-join").await;
        self.is_watched().await;
        self.browser.write("gate-name", name).await;
        self.browser.press("gate-join").await;
    }

    /// At the gate: gets a browser that keeps sending, whatever its page wants.
    pub async fn is_stubborn(&self) {
        self.browser.execute(include_str!("stubborn.js"), Vec::new()).await;
    }

    /// At the gate: gets a browser that lacks the strong cipher.
    pub async fn is_outdated(&self) {
        self.browser.execute(include_str!("outdated.js"), Vec::new()).await;
    }

    /// At the gate: gets a browser that does not describe its packets.
    pub async fn is_terse(&self) {
        self.browser.execute(include_str!("terse.js"), Vec::new()).await;
    }

    /// At the gate: gets a line that can be cut.
    pub async fn hangs_by_a_thread(&self) {
        self.browser.execute(include_str!("cut.js"), Vec::new()).await;
    }

    /// The line is cut, or mended.
    pub async fn is_cut_off(&self, cut: bool) {
        self.browser.execute("window.cut(arguments[0])", vec![json!(cut)]).await;
    }

    pub(crate) async fn is_watched(&self) {
        let person = self.browser.person();
        let painter = match person.family {
            Family::Chromium => Value::Null,
            Family::Firefox => json!({ "name": person.name, "colour": person.colour }),
        };
        self.browser.execute(include_str!("witness.js"), vec![painter]).await;
    }

    /// The page is hidden behind another one, or in front again, as far as the page can tell.
    pub async fn looks_away(&self, away: bool) {
        let state = if away { "hidden" } else { "visible" };
        let script = "const is = (name, value) => Object.defineProperty(document, name, { value, configurable: true });
            is('visibilityState', arguments[0]);
            is('hidden', arguments[0] === 'hidden');
            document.dispatchEvent(new Event('visibilitychange'));";
        self.browser.execute(script, vec![state.into()]).await;
    }

    /// Waits until the conference is there.
    pub async fn is_inside(&self) {
        self.browser.awaits("leave").await;
        self.browser.awaits("tile").await;
    }

    /// The knock rows, from top to bottom.
    pub async fn knocks(&self) -> Vec<String> {
        self.texts("knock").await
    }

    /// The texts of everything with a test id.
    pub async fn texts(&self, testid: &str) -> Vec<String> {
        let script = "return [...document.querySelectorAll(`[data-testid=${arguments[0]}]`)].map((found) => found.textContent)";
        let texts = self.browser.execute(script, vec![json!(testid)]).await;
        let texts = texts.as_array().into_iter().flatten();
        texts.map(|text| text.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Switches something on, and waits until the switch says so.
    pub async fn switches_on(&self, testid: &str) {
        self.switches(testid, true).await;
    }

    /// Switches something off, and waits until the switch says so.
    pub async fn switches_off(&self, testid: &str) {
        self.switches(testid, false).await;
    }

    async fn switches(&self, testid: &str, to: bool) {
        let at_first = self.is_on(testid).await;
        assert_eq!(at_first, json!(!to), "{}'s {testid} before it is pressed", self.name());
        self.browser.press(testid).await;
        self.awaits_switch(testid, to).await;
    }

    /// Waits until a switch says this of itself, whoever moved it.
    pub async fn awaits_switch(&self, testid: &str, to: bool) {
        let what = format!("{}'s {testid} says it is on: {to}", self.name());
        eventually(&what, SOON, async || {
            let now = self.is_on(testid).await;
            let screen = self.browser.screen().await;
            (now == json!(to)).or_seen(|| format!("{now}; {screen}"))
        })
        .await;
    }

    /// What a switch says of itself: `true`, `false`, or `null` if there is none.
    pub async fn is_on(&self, testid: &str) -> Value {
        self.browser.awaits(testid).await;
        let script = "const it = document.querySelector(`[data-testid=${arguments[0]}]`); \
                      const state = it?.ariaPressed ?? it?.ariaChecked; return state ? state === 'true' : null";
        self.browser.execute(script, vec![json!(testid)]).await
    }

    /// Writes to everybody.
    pub async fn writes(&self, text: &str) {
        self.opens_chat().await;
        self.browser.write("chat-input", text).await;
        self.browser.press("chat-send").await;
    }

    /// Waits until these lines are in the chat, and no others.
    pub async fn reads_the_chat(&self, lines: &[&str]) {
        self.opens_chat().await;
        let what = format!("{} reads {lines:?}", self.name());
        eventually(&what, SOON, async || {
            let read = self.texts("chat-line").await;
            let right = read.len() == lines.len()
                && read.iter().zip(lines).all(|(read, line)| read.contains(line));
            right.or_seen(|| format!("{read:?}"))
        })
        .await;
    }

    /// Opens the chat, if it is closed.
    pub async fn opens_chat(&self) {
        if !self.browser.shows("chat").await {
            self.browser.press("toggle-chat").await;
        }
    }

    /// Opens the panel that shows what protects the meeting, and waits until it does.
    pub async fn opens_evidence(&self) {
        if !self.browser.shows("evidence").await {
            self.browser.press("bar-more").await;
        }
        self.browser.press("evidence").await;
        self.browser.awaits("evidence-hosts").await;
    }

    /// Waits until a lost line is mended.
    pub async fn is_back(&self) {
        let what = format!("{}'s line is mended", self.name());
        eventually(&what, SOON, async || {
            let lost = self.browser.shows("reconnecting").await;
            (!lost).or_seen(|| "it is still lost".to_owned())
        })
        .await;
    }

    /// Leaves, and waits for the page after.
    pub async fn leaves(&self) {
        self.browser.press("leave").await;
        self.browser.awaits("ended").await;
    }

    /// Closes the browser.
    pub async fn closes_the_browser(self) {
        self.browser.close().await;
    }

    /// Saves a picture of the window as `folder/name.webp` (Chromium).
    pub async fn is_photographed(&self, folder: &Path, name: &str) {
        let picture = self.browser.photograph().await;
        let file = folder.join(format!("{name}.webp"));
        let saved = fs::create_dir_all(folder).and_then(|()| fs::write(&file, picture));
        saved.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }
}

/// A link in one language.
pub fn in_language(link: &str, language: &str) -> String {
    asking(link, &format!("lang={language}"))
}

/// The link with something more behind its `?`.
pub fn asking(link: &str, query: &str) -> String {
    let (address, secret) = link.split_once('#').unwrap_or((link, ""));
    let joint = if address.contains('?') { '&' } else { '?' };
    let hash = if secret.is_empty() { "" } else { "#" };
    format!("{address}{joint}{query}{hash}{secret}")
}

/// Chooses a value as a person does who picks it.
const FILL: &str = "
    const field = document.querySelector(`[data-testid=${arguments[0]}]`);
    field.value = arguments[1];
    for (const event of ['input', 'change']) field.dispatchEvent(new Event(event, { bubbles: true }));
";
