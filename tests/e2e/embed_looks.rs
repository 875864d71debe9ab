// SPDX-License-Identifier: EUPL-1.2
//! The screens of a meeting that another page has put into itself, for whoever photographs screens or looks for barriers.

use serde_json::{Value, json};
use tests::{
    browser::SOON,
    cast::BOB,
    host_page::{HostServer, HostSite},
    page::{CallPage, Links, in_language},
    world::World,
};

use crate::looks::{Look, Tour};

/// A page of a school that holds meetings, and the server that lets it.
pub(crate) struct School {
    pub(crate) world: World,
    origin: String,
    _host: HostServer,
}

impl School {
    /// Opens both.
    pub(crate) async fn open() -> Self {
        let site = HostSite::bind().await;
        let origin = site.origin();
        let world = World::start_with(&format!("embed = [\"{origin}\"]\npause_after = 1")).await;
        let page = PAGE.replace("ZOOO", world.origin());
        let host = site.serves(&[("/", page)]);
        Self { world, origin, _host: host }
    }

    /// Its page, in a language and with more options.
    fn page(&self, language: &str, options: &Value) -> String {
        let mut asked = json!({ "language": language });
        if let (Some(asked), Some(options)) = (asked.as_object_mut(), options.as_object()) {
            asked.extend(options.clone());
        }
        let asked: String =
            url::form_urlencoded::byte_serialize(asked.to_string().as_bytes()).collect();
        format!("{}/?{asked}", self.origin)
    }
}

/// A line of its own, and the meeting in all the rest.
const PAGE: &str = "<!doctype html><html lang=de><title>7b</title><meta name=viewport content='width=device-width'>
    <style>
      :root { color-scheme: light dark; font: 15px/2.4rem sans-serif; }
      body { margin: 0; background: light-dark(#dfe7f5, #1b2233); color: light-dark(#1b2233, #dfe7f5); }
      header { padding-inline: 1rem; block-size: 2.4rem; overflow: hidden; white-space: nowrap; }
      main { position: fixed; inset: 2.4rem 0 0; }
    </style>
    <header>school.example · 7b</header><main id=place></main>
    <script src=ZOOO/embed.js></script>
    <script>
      const plain = (text) => decodeURIComponent(text.slice(1).replace(/\\+/g, ' '));
      window.told = [];
      window.meeting = new ZoooMeeting({ room: plain(location.hash), parent: place, ...JSON.parse(plain(location.search)) });
      meeting.on('event', (event) => told.push(event));
    </script>";

impl<L: Look> Tour<'_, L> {
    /// What is seen in the page of a school.
    pub(crate) async fn in_another_page(
        &mut self,
        school: &School,
        [ada, bob]: [&CallPage; 2],
        links: &Links,
    ) {
        let language = self.language;
        ada.browser().opens_a_tab().await;
        let bare = json!({ "allow": "", "sandbox": "allow-scripts allow-same-origin" });
        opens(ada, &school.page(language, &bare), &links.moderator).await;
        ada.browser().press("gate-notice-whole").await;
        ada.browser().press("gate-camera").await;
        self.add(ada, "27-embedded-withheld").await;
        ada.looks_at_the_page().await;

        let page = school.page(language, &json!({}));
        opens(ada, &page, &links.moderator).await;
        self.add(ada, "28-embedded-gate").await;
        ada.enters().await;
        ada.is_inside().await;
        self.add(ada, "29-embedded-alone").await;
        // A tab that came with the bookmark goes on moderating.
        bob.browser().opens_a_tab().await;
        bob.opens(&in_language(&links.invite, language)).await;
        bob.enters().await;
        ada.admits(BOB).await;
        bob.is_inside().await;
        bob.switches_on("toggle-camera").await;
        ada.sees(BOB, SOON).await;
        self.add(ada, "30-embedded-conference").await;
        ada.opens_people().await;
        self.add(ada, "31-embedded-people").await;
        ada.browser().press("people-close").await;
        ada.leaves().await;
        self.add(ada, "32-embedded-ended").await;
        ada.looks_at_the_page().await;
        bob.leaves().await;

        bob.opens(&in_language(&links.moderator, language)).await;
        bob.enters().await;
        bob.is_inside().await;
        ada.browser().opens_a_tab().await;
        opens(ada, &page, &links.invite).await;
        ada.enters().await;
        ada.browser().awaits("waiting-admission").await;
        self.add(ada, "33-embedded-knocking").await;
        bob.refuses("Ada").await;
        ada.browser().awaits("refused").await;
        self.add(ada, "34-embedded-refused").await;
        ada.looks_at_the_page().await;
        bob.leaves().await;
    }
}

/// Opens the page, and looks at the gate in its frame.
async fn opens(person: &CallPage, page: &str, link: &str) {
    person.opens_embedded(page, link).await;
    person.looks_into_the_frame().await;
    person.browser().awaits("embedded").await;
}
