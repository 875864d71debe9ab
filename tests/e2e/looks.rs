// SPDX-License-Identifier: EUPL-1.2
//! The way through every screen, and photographs of each. `ZOOO_SCREENSHOTS=folder` keeps them, in every shape
//! and scheme, for people to judge; without it one set shows that every screen can be reached in both languages.

use std::{env, path::PathBuf, time::Duration};

use fantoccini::key::Key;
use tests::{
    browser::SOON,
    cast::{ADA, BOB},
    folder::Folder,
    page::{CallPage, Links, in_language},
    world::World,
};
use tokio::join;

use crate::{album::Album, embed_looks::School};

#[tokio::test]
async fn every_screen_can_be_photographed() {
    let asked = env::var_os("ZOOO_SCREENSHOTS").map(PathBuf::from);
    let nowhere = Folder::new();
    let folder = asked.clone().unwrap_or_else(|| nowhere.path().to_owned());
    let school = School::open().await;
    let (ada, bob) = join!(CallPage::of(ADA), CallPage::of(BOB));
    let mut album = Album::new(folder, asked.is_some());
    for language in ["de", "en"] {
        let mut tour = Tour { language, look: &mut album };
        tour.goes(&school, &ada, &bob).await;
    }
    album.closes();
}

/// What is done at every screen.
pub(crate) trait Look {
    /// Does it at one, which somebody has before them.
    async fn at(&mut self, page: &CallPage, screen: &str, language: &'static str);
}

/// The way through all screens, in one language.
pub(crate) struct Tour<'a, L> {
    pub(crate) language: &'static str,
    pub(crate) look: &'a mut L,
}

impl<L: Look> Tour<'_, L> {
    pub(crate) async fn goes(&mut self, school: &School, ada: &CallPage, bob: &CallPage) {
        let (world, language) = (&school.world, self.language);
        self.outside_of_rooms(world, ada).await;
        ada.browser().goto(&world.home(language)).await;
        ada.browser().awaits("start-create").await;
        self.add(ada, "1-home").await;
        let links = ada.makes_a_room(&world.home(language)).await;
        self.add(ada, "2-made").await;
        ada.plans("2027-07-01", "09:30", "60").await;
        self.add(ada, "26-written").await;

        // The same person is guest first, to see the lobby.
        ada.opens(&in_language(&links.invite, language)).await;
        self.add(ada, "19-gate-off").await;
        ada.enters().await;
        ada.browser().awaits("waiting-moderator").await;
        self.add(ada, "4-lobby").await;
        ada.browser().press("lobby-leave").await;
        ada.browser().awaits("ended").await;

        ada.opens(&in_language(&links.moderator, language)).await;
        ada.switches_on("gate-camera").await;
        ada.browser().awaits("gate-preview").await;
        self.add(ada, "3-gate").await;
        ada.hangs_by_a_thread().await;
        ada.enters().await;
        ada.is_inside().await;
        self.add(ada, "20-alone").await;
        ada.opens_settings().await;
        self.add(ada, "21-settings").await;
        ada.browser().press("settings-close").await;
        bob.opens(&in_language(&links.invite, language)).await;
        bob.enters().await;
        ada.browser().awaits("knock").await;
        self.add(ada, "5-knock").await;
        ada.admits(BOB).await;
        bob.is_inside().await;
        bob.switches_on("toggle-camera").await;
        ada.sees(BOB, SOON).await;
        self.add(ada, "6-conference").await;
        self.on_the_floor(ada, bob).await;
        ada.leaves().await;
        self.add(ada, "7-ended").await;
        self.as_a_guest(ada, bob, &links).await;
        self.in_another_page(school, [ada, bob], &links).await;
        self.in_a_crowd(ada).await;
        self.at_the_last_meeting(ada).await;
    }

    /// What a moderator sees and does; in the end Bob is one, too.
    async fn on_the_floor(&mut self, ada: &CallPage, bob: &CallPage) {
        ada.acts_on(BOB, "person-make-presenter").await;
        ada.browser().press("person-menu").await;
        self.add(ada, "8-people").await;
        ada.browser().press("person-remove").await;
        ada.browser().awaits("confirm").await;
        self.add(ada, "22-question").await;
        ada.browser().press("confirm-no").await;
        ada.opens_rules().await;
        self.add(ada, "9-rules").await;
        ada.makes_a_personal_invitation().await;
        self.add(ada, "10-invitations").await;
        ada.browser().press("people-close").await;
        bob.switches_on("toggle-screen").await;
        bob.switches_on("toggle-hand").await;
        ada.sees_the_screen_of(BOB, SOON).await;
        self.add(ada, "11-screen").await;
        bob.browser().awaits("screen-sound").await;
        self.add(bob, "30-own-screen").await;
        bob.browser().press("screen-sound").await;
        bob.browser().awaits("without-screen-sound").await;
        self.add(bob, "31-own-screen-silent").await;
        bob.writes("Guten Morgen! Good morning!").await;
        ada.writes("Hallo Bob").await;
        self.add(ada, "12-chat").await;
        self.photograph_the_moment(ada, bob).await;
        ada.opens_evidence().await;
        self.add(ada, "18-evidence").await;
        ada.browser().press("evidence-panel-close").await;
        bob.switches_off("toggle-screen").await;
        ada.switches_on("toggle-camera").await;
        ada.acts_on(BOB, "person-make-moderator").await;
        ada.browser().press("people-close").await;
        bob.acts_on(ADA, "person-stop-camera").await;
        ada.browser().awaits("silenced").await;
        self.add(ada, "13-silenced").await;
        ada.browser().press("silenced-understood").await;
        ada.opens_chat().await;
        ada.is_cut_off(true).await;
        ada.browser().awaits("reconnecting").await;
        self.add(ada, "23-lost").await;
        ada.is_cut_off(false).await;
        ada.is_back().await;
    }

    /// What is for the moment: lines while they are written, reactions.
    async fn photograph_the_moment(&mut self, ada: &CallPage, bob: &CallPage) {
        for (page, words) in [(bob, "Ich schreibe noch, I am still"), (ada, "Und ich auch")] {
            page.switches_on("rtt").await;
            page.turns_to_the_chat().await;
            page.types(words, Duration::from_millis(30)).await;
        }
        ada.reads_along(&["Ich schreibe noch, I am still"]).await;
        self.add(ada, "19-rtt").await;
        ada.browser().press("chat-close").await;
        bob.browser().press("chat-close").await;
        if !ada.browser().shows("reactions").await {
            ada.browser().press("bar-more").await;
            self.add(ada, "20-more").await;
        }
        ada.browser().press("reactions").await;
        ada.browser().awaits("reactions-choice").await;
        self.add(ada, "21-reactions-choice").await;
        ada.strikes(Key::Enter).await;
        bob.reacts("laughing").await;
        ada.sees_reactions(&[("Ada", "thumbs-up"), ("Bob", "laughing")]).await;
        self.add(ada, "22-reactions").await;
    }

    /// What somebody meets who does not moderate.
    async fn as_a_guest(&mut self, ada: &CallPage, bob: &CallPage, links: &Links) {
        // A tab that came with the bookmark goes on moderating.
        ada.browser().opens_a_tab().await;
        ada.opens(&in_language(&links.invite, self.language)).await;
        ada.enters().await;
        ada.browser().awaits("waiting-admission").await;
        self.add(ada, "14-knocking").await;
        bob.refuses("Ada").await;
        ada.browser().awaits("refused").await;
        self.add(ada, "15-refused").await;
        bob.leaves().await;

        bob.opens(&in_language(&links.moderator, self.language)).await;
        bob.enters().await;
        bob.is_inside().await;
        bob.sets_the_door("door-open").await;
        // Whoever was turned away waits a while; another tab is not known at the door.
        ada.browser().opens_a_tab().await;
        ada.opens(&in_language(&links.invite, self.language)).await;
        ada.enters().await;
        ada.is_inside().await;
        bob.leaves().await;
        ada.browser().awaits("waiting-moderator").await;
        self.add(ada, "16-paused").await;
        bob.opens(&in_language(&links.moderator, self.language)).await;
        bob.enters().await;
        bob.is_inside().await;
        bob.removes(ADA).await;
        ada.browser().awaits("ended-reason").await;
        self.add(ada, "17-removed").await;
        bob.leaves().await;
    }

    /// What is seen without a room.
    async fn outside_of_rooms(&mut self, world: &World, ada: &CallPage) {
        let language = self.language;
        let broken = format!("{}/m", world.origin());
        ada.browser().goto(&in_language(&broken, language)).await;
        ada.browser().awaits("broken-link").await;
        self.add(ada, "24-broken").await;
        let notice = if language == "de" { "datenschutz" } else { "privacy" };
        ada.browser().goto(&format!("{}/{notice}", world.origin())).await;
        self.add(ada, "25-notice").await;
    }

    pub(crate) async fn add(&mut self, page: &CallPage, screen: &str) {
        let screen = screen.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
        self.look.at(page, screen, self.language).await;
    }
}
