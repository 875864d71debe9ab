// SPDX-License-Identifier: EUPL-1.2
//! Runs one call: what happens goes in, what is decided is done, what is to be seen is shown.

use futures::{StreamExt as _, channel::mpsc::UnboundedReceiver};
use leptos::prelude::{GetUntracked as _, RwSignal, Set as _};

use crate::{
    browser::{Alarm, Browser, Inbox, MediaTable, Page, Sights, Storage, now, spawn},
    call::{Access, Call, CallView, Event, query},
};

/// A running call, as the screen sees it.
#[derive(Clone, Debug)]
pub(crate) struct Running {
    /// What is to be seen.
    pub(crate) view: RwSignal<CallView>,
    /// Where to say what the person wants.
    pub(crate) inbox: Inbox,
    /// Where pictures and sounds come from.
    pub(crate) media: MediaTable,
    /// Where tiles are measured.
    pub(crate) sights: Sights,
}

/// Starts a call. It runs as long as the page.
pub(crate) fn start(access: Access) -> Running {
    let room = access.room_id();
    let (inbox, events) = Inbox::new();
    let media = MediaTable::default();
    let sights = Sights::new(inbox.clone());
    let restrictions = query::restrictions(&Page::query());
    let call = Call::new(access, Storage::seat(room)).restricted(restrictions);
    let view = RwSignal::new(call.view());
    let browser = Browser::new(room, inbox.clone(), media.clone());
    spawn(run(Driver { call, browser, inbox: inbox.clone(), view, alarm: None }, events));
    Running { view, inbox, media, sights }
}

struct Driver {
    call: Call,
    browser: Browser,
    inbox: Inbox,
    view: RwSignal<CallView>,
    /// Rings at the call's deadline.
    alarm: Option<Alarm>,
}

async fn run(mut driver: Driver, mut events: UnboundedReceiver<Event>) {
    while let Some(event) = events.next().await {
        driver.handle(event);
    }
}

impl Driver {
    fn handle(&mut self, event: Event) {
        for effect in self.call.handle(now(), event) {
            self.browser.perform(effect);
        }
        self.alarm = self.call.deadline().map(|deadline| {
            let inbox = self.inbox.clone();
            Alarm::at(deadline, move || inbox.put(Event::Timeout))
        });
        let view = self.call.view();
        // Whoever watches is woken only when there is something else to see.
        if view != self.view.get_untracked() {
            self.view.set(view);
        }
    }
}
