// SPDX-License-Identifier: EUPL-1.2
//! Photographs of what is said about devices and connections, as in `looks`.

use std::{env, path::PathBuf, time::Duration};

use tests::{
    browser::SOON,
    cast::ADA,
    eventually::{Condition as _, eventually},
    folder::Folder,
    link::{Link, Path},
    page::CallPage,
    setup::{Scheme, Setup, Shape},
    world::{World, free_address},
};

/// Answered late.
const FAR: Path = Path { delay: Duration::from_millis(200), ..Path::GOOD };

#[tokio::test]
async fn what_is_said_of_devices_can_be_photographed() {
    let asked = env::var_os("ZOOO_SCREENSHOTS").map(PathBuf::from);
    let nowhere = Folder::new();
    let folder = asked.clone().unwrap_or_else(|| nowhere.path().to_owned());
    let media = free_address();
    let world = World::start_on("", media).await;
    let link = Link::to(media, FAR).await;
    for (shape_name, shape) in [("desktop", Shape::Desktop), ("phone", Shape::Phone)] {
        for (scheme_name, scheme) in [("light", Scheme::Light), ("dark", Scheme::Dark)] {
            if asked.is_none() && (shape_name, scheme_name) != ("desktop", "dark") {
                continue;
            }
            let ada = CallPage::set_up(ADA, Setup { shape, scheme, ..Setup::default() }).await;
            for language in ["de", "en"] {
                let of = format!("{shape_name}-{scheme_name}-{language}");
                let album = Album { folder: folder.clone(), language, of, shape };
                album.photograph(&world, &link, &ada).await;
            }
        }
    }
}

struct Album {
    folder: PathBuf,
    language: &'static str,
    of: String,
    shape: Shape,
}

impl Album {
    async fn photograph(&self, world: &World, link: &Link, ada: &CallPage) {
        ada.makes_a_room(&world.home(self.language)).await;
        ada.browser().press("start-open").await;
        ada.browser().awaits("gate-join").await;
        ada.has_a_desk().await;
        ada.at_the_desk("is_silent()").await;
        ada.at_the_desk("blurs = true").await;
        ada.switches_on("gate-microphone").await;
        ada.switches_on("gate-camera").await;
        ada.switches_on("gate-transmit-camera").await;
        ada.browser().awaits("microphone-silent").await;
        ada.browser().awaits("background-blur").await;
        self.add(ada, "20-gate-silent").await;
        ada.switches_on("gate-transmit-microphone").await;
        ada.goes_through(link).await;
        ada.enters().await;
        ada.is_inside().await;
        ada.browser().awaits("microphone-silent").await;
        self.add(ada, "21-silent").await;
        self.photograph_inside(ada).await;
    }

    async fn photograph_inside(&self, ada: &CallPage) {
        ada.plugs_in(&[["audiooutput", "headset", "Kopfhörer"]]).await;
        ada.opens_settings().await;
        self.add(ada, "22-settings").await;
        ada.chooses("gate-speaker-select", "headset").await;
        if self.shape == Shape::Desktop {
            ada.browser().press("push-to-talk").await;
        }
        ada.browser().press("settings-shortcuts").await;
        ada.browser().awaits("shortcuts-close").await;
        self.add(ada, "23-keys").await;
        ada.browser().press("shortcuts-close").await;
        ada.at_the_desk("sounds(0.3)").await;
        ada.plugs_in(&[]).await;
        ada.browser().awaits("speaker-vanished").await;
        ada.browser().awaits("tile-quality").await;
        if self.shape == Shape::Desktop {
            ada.browser().awaits("microphone-unheard").await;
        }
        self.add(ada, "24-connection").await;
        ada.browser().press("speaker-vanished-understood").await;
        ada.misses_sign("speaker-vanished").await;
        if self.shape == Shape::Desktop {
            ada.holds(' ', true).await;
            ada.awaits_state("toggle-microphone", "true").await;
            self.add(ada, "25-talking").await;
            ada.holds(' ', false).await;
        }
        ada.switches_off("toggle-camera").await;
        let agent = match self.shape {
            Shape::Desktop => None,
            Shape::Phone => Some("Linux; Android 10; Chrome/140.0.0.0 Mobile Safari/537.36"),
        };
        ada.has_no_running_device("NotAllowedError", "Permission denied", agent).await;
        ada.browser().press("toggle-camera").await;
        let what = "Ada reads why the camera does not run";
        eventually(what, SOON, async || {
            let said = ada.texts("camera-trouble").await.concat();
            (!said.is_empty()).or_seen(|| said)
        })
        .await;
        self.add(ada, "26-denied").await;
        ada.leaves().await;
    }

    async fn add(&self, page: &CallPage, screen: &str) {
        page.is_photographed(&self.folder, &format!("{screen}-{}", self.of)).await;
    }
}
