// SPDX-License-Identifier: EUPL-1.2
//! A tab with small print that is really shared, and every sample of what arrives of it.

use serde_json::{Value, json};

use crate::{browser::Tab, likeness::Luma, page::CallPage, setup::SHARED_TAB};

impl CallPage {
    /// Opens the tab that is shared later, and turns back.
    pub async fn opens_small_print(&self) -> Tab {
        let conference = self.browser().tab().await;
        let print = self.browser().opens_a_tab().await;
        self.prints(1).await;
        self.browser().turns_to(&conference).await;
        print
    }

    /// Turns to another page in that tab, and back to the conference.
    pub async fn turns_the_page(&self, print: &Tab, number: u32) {
        let conference = self.browser().tab().await;
        self.browser().turns_to(print).await;
        self.prints(number).await;
        self.browser().turns_to(&conference).await;
    }

    async fn prints(&self, number: u32) {
        let arguments = vec![json!(SHARED_TAB), json!(number)];
        self.browser().execute(include_str!("print.js"), arguments).await;
    }

    /// Looks closely from here on.
    pub async fn looks_closely(&self) {
        self.browser().execute(include_str!("screen.js"), Vec::new()).await;
    }

    /// The own screen, as it is captured.
    pub async fn captured_screen(&self) -> Luma {
        let screen =
            self.browser().execute("return window.witness.capturedScreen()", Vec::new()).await;
        luma(&screen).unwrap_or_else(|| panic!("{} captures no screen", self.name()))
    }

    /// What the browser says of how pictures come and go.
    pub async fn screen_fares(&self) -> String {
        let said = self.browser().execute("return window.witness.screenFares()", Vec::new()).await;
        said.as_str().unwrap_or_default().to_owned()
    }

    /// Somebody else's screen, as it is shown, if any of it is.
    pub async fn shown_screen(&self) -> Option<Luma> {
        let screen =
            self.browser().execute("return window.witness.shownScreen()", Vec::new()).await;
        luma(&screen)
    }
}

/// Samples are letters from 256 on.
fn luma(screen: &Value) -> Option<Luma> {
    let width = usize::try_from(screen.get("width")?.as_u64()?).ok()?;
    let letters = screen.get("samples")?.as_str()?.chars();
    let samples =
        letters.filter_map(|letter| u8::try_from(u32::from(letter).checked_sub(256)?).ok());
    Luma::new(width, samples.collect())
}
