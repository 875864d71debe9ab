// SPDX-License-Identifier: EUPL-1.2
//! Runs what goes on with the page that embeds this one.

use crate::{
    browser::{HostWindow, Inbox, Page, now},
    call::{CallView, Host, HostEvent, Intent, Wish},
    ui::Language,
};

/// The page around this one.
#[derive(Debug)]
pub(super) struct HostLine {
    host: Host,
    /// Nothing any more, when it said too much.
    window: Option<HostWindow>,
    language: Language,
}

impl HostLine {
    /// Begins to listen, where there is such a page.
    pub(super) fn open(inbox: &Inbox, language: Language) -> Option<Self> {
        let window = HostWindow::around(inbox)?;
        Some(Self { host: Host::new(HostWindow::withheld()), window: Some(window), language })
    }

    /// Something happened with it. What it comes to for the call is returned.
    pub(super) fn handle(&mut self, event: HostEvent, view: &CallView) -> Vec<Intent> {
        match event {
            HostEvent::Embedders(embedders) => self.host.may_be(embedders),
            HostEvent::Named(told) => self.host.name(told),
            HostEvent::Withheld(feature) => self.host.withholds(feature),
            HostEvent::Said { origin, text } => {
                let heard = self.host.hear(now(), &origin, &text, view);
                for answer in &heard.answers {
                    self.say(answer);
                }
                if heard.deaf {
                    self.window = None;
                }
                return heard.wishes.into_iter().filter_map(|wish| self.grant(wish)).collect();
            }
        }
        Vec::new()
    }

    /// Tells it what is another than before, and shows the person what it is told.
    pub(super) fn show(&mut self, view: &mut CallView) {
        for news in self.host.see(view) {
            self.say(&news);
        }
        view.host = Some(self.host.view().clone());
    }

    fn say(&self, message: &shared::embed::FrameMessage) {
        if let (Some(window), Some(origin)) = (&self.window, self.host.origin()) {
            window.say(origin, message);
        }
    }

    fn grant(&self, wish: Wish) -> Option<Intent> {
        match wish {
            Wish::Intent(intent) => return Some(intent),
            Wish::Language(language) => self.language.speak(language),
            Wish::Theme(theme) => Page::set_theme(theme),
            // The host has kept them for the screen.
            Wish::Panel(_) | Wish::Name(_) | Wish::Enter => {}
        }
        None
    }
}
