// SPDX-License-Identifier: EUPL-1.2
//! Runs the call, from the gate on.

use futures::{StreamExt as _, channel::mpsc::UnboundedReceiver};
use leptos::prelude::{GetUntracked as _, RwSignal, Set as _};

use super::gate::Handover;
use crate::{
    browser::{Alarm, Browser, Inbox, Page, now, spawn},
    call::{Call, CallView, Effect, Event, query},
};

/// Takes over from the gate.
pub(super) fn run(handover: Handover) {
    let Handover { room, gate, own, inbox, events, view } = handover;
    let restrictions = query::restrictions(&Page::query());
    let (call, effects) = gate.leads_to(now(), restrictions);
    let browser = Browser::new(room, inbox.clone(), own);
    let mut driver = Driver { call, browser, inbox, view, alarm: None };
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
}

impl Driver {
    async fn run(mut self, mut events: UnboundedReceiver<Event>) {
        while let Some(event) = events.next().await {
            let effects = self.call.handle(now(), event);
            self.perform(effects);
        }
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
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
