// SPDX-License-Identifier: EUPL-1.2
//! Runs the call, from the gate on.

use futures::{StreamExt as _, channel::mpsc::UnboundedReceiver};
use leptos::prelude::{GetUntracked as _, RwSignal, Set as _, WithUntracked as _};

use super::{gate::Handover, host::HostLine};
use crate::{
    browser::{Alarm, Browser, Inbox, Page, now, spawn},
    call::{Call, CallView, Effect, Event, HostEvent, query},
};

/// Takes over from the gate.
pub(super) fn run(handover: Handover) {
    let Handover { room, gate, own, inbox, events, view, language } = handover;
    let restrictions = query::restrictions(&Page::query());
    let (call, effects) = gate.leads_to(now(), restrictions);
    let browser = Browser::new(room, inbox.clone(), own);
    let host = HostLine::open(&inbox, language);
    let mut driver = Driver { call, browser, inbox, view, alarm: None, host };
    driver.perform(effects);
    spawn(driver.run(events));
}

struct Driver {
    call: Call,
    browser: Browser,
    inbox: Inbox,
    view: RwSignal<CallView>,
    /// Rings at the call's deadline.
    alarm: Option<Alarm>,
    /// The page that embeds this one, if one does.
    host: Option<HostLine>,
}

impl Driver {
    async fn run(mut self, mut events: UnboundedReceiver<Event>) {
        while let Some(event) = events.next().await {
            let effects = if let Event::Host(event) = event {
                self.of_host(event)
            } else {
                self.call.handle(now(), event)
            };
            self.perform(effects);
        }
    }

    /// What the page around this one wants, as though the person did.
    fn of_host(&mut self, event: HostEvent) -> Vec<Effect> {
        let Some(host) = &mut self.host else { return Vec::new() };
        let intents = self.view.with_untracked(|view| host.handle(event, view));
        let call = &mut self.call;
        intents.into_iter().flat_map(|it| call.handle(now(), Event::Intent(it))).collect()
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.browser.perform(effect);
        }
        self.alarm = self.call.deadline().map(|deadline| {
            let inbox = self.inbox.clone();
            Alarm::at(deadline, move || inbox.put(Event::Timeout))
        });
        let mut view = self.call.view();
        if let Some(host) = &mut self.host {
            host.show(&mut view);
        }
        // Whoever watches is woken only when there is something else to see.
        if view != self.view.get_untracked() {
            self.view.set(view);
        }
    }
}
