// SPDX-License-Identifier: EUPL-1.2
//! What every component of a room can reach.

use leptos::prelude::*;

use super::{
    language::Language,
    text::{Outside, Texts},
};
use crate::{
    browser::{Inbox, MediaTable, Sights, Storage},
    call::{CallView, DeviceId, Intent},
    driver::{Running, Screens},
};

/// The call on the screen: its view to read, its inbox to speak to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallContext {
    view: RwSignal<CallView>,
    inbox: StoredValue<Inbox>,
    media: StoredValue<MediaTable, LocalStorage>,
    sights: StoredValue<Sights, LocalStorage>,
    /// What is to be seen and said behind the gate, once it is here.
    pub(crate) screens: RwSignal<Option<Screens>>,
    /// What is typed as the name: who comes back to the gate finds it there.
    pub(crate) name: RwSignal<String>,
    /// Whether the name is remembered on this device.
    pub(crate) remember: RwSignal<bool>,
    /// Whether single keys do what the buttons of the conference do.
    pub(crate) keys: RwSignal<bool>,
    /// Whether the sheet of keys is open.
    pub(crate) sheet: RwSignal<bool>,
}

impl CallContext {
    /// Wraps a running call.
    pub(crate) fn new(running: Running) -> Self {
        Self {
            view: running.view,
            inbox: StoredValue::new(running.inbox),
            media: StoredValue::new_local(running.media),
            sights: StoredValue::new_local(running.sights),
            screens: running.screens,
            name: RwSignal::new(Storage::name().unwrap_or_default()),
            remember: RwSignal::new(Storage::name().is_some()),
            keys: RwSignal::new(true),
            sheet: RwSignal::new(false),
        }
    }

    /// The call on the screen.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// A part of the view; whoever reads it is woken only when that part is different.
    pub(crate) fn part<T>(self, of: impl Fn(&CallView) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        self.part_by(Box::new(of))
    }

    /// One for each type, and not for each question: a page is downloaded by everybody.
    fn part_by<T>(self, of: Box<dyn Fn(&CallView) -> T + Send + Sync>) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.view.with(&*of))
    }

    /// The speaker that sounds are played on; empty is the browser's choice.
    pub(crate) fn speaker(self) -> Memo<DeviceId> {
        self.part(|view| view.speaker.device.clone())
    }

    /// Says what the person wants.
    pub(crate) fn want(self, intent: Intent) {
        self.inbox.with_value(|inbox| inbox.want(intent));
    }

    /// Where everything that happens arrives.
    pub(crate) fn inbox<T>(self, of: impl FnOnce(&Inbox) -> T) -> T {
        self.inbox.with_value(of)
    }

    /// Where tiles are measured.
    pub(crate) fn sights<T>(self, of: impl FnOnce(&Sights) -> T) -> T {
        self.sights.with_value(of)
    }

    /// Where pictures and sounds come from.
    pub(crate) fn media<T>(self, of: impl FnOnce(&MediaTable) -> T) -> T {
        self.media.with_value(of)
    }
}

/// What is said outside of the conference, in the language of the page.
pub(crate) fn outside() -> &'static Outside {
    Language::here().outside()
}

/// Every sentence, in the language of the page. Whoever calls this comes with the rest of the page.
pub(crate) fn texts() -> &'static Texts {
    outside().whole()
}
