// SPDX-License-Identifier: EUPL-1.2
//! Runs the gate, until the page is whole.

use std::{cell::Cell, rc::Rc};

use futures::{StreamExt as _, channel::mpsc::UnboundedReceiver};
use leptos::prelude::{RwSignal, Set as _};
use shared::RoomId;

use super::rest::{self, Functions, Screens};
use crate::{
    browser::{Inbox, MediaTable, Own, Sights, Storage, now, spawn},
    call::{Access, CallView, Effect, Event, Gate, Rest},
    ui::Language,
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
    /// What is to be seen behind the gate, once it is here.
    pub(crate) screens: RwSignal<Option<Screens>>,
}

/// Everything that goes on when the page is whole.
#[derive(Debug)]
pub(super) struct Handover {
    pub(super) room: RoomId,
    pub(super) gate: Gate,
    pub(super) own: Own,
    pub(super) inbox: Inbox,
    pub(super) events: UnboundedReceiver<Event>,
    pub(super) view: RwSignal<CallView>,
    pub(super) language: Language,
}

/// Starts at the gate of a room. It runs as long as the page.
pub(crate) fn start(access: Access) -> Running {
    let room = access.room_id();
    let (inbox, events) = Inbox::new();
    let media = MediaTable::default();
    let sights = Sights::new(inbox.clone());
    let gate = Gate::new(access, Storage::seat(room));
    let view = RwSignal::new(gate.view());
    let own = Own::new(&inbox, &media);
    let screens = RwSignal::new(None);
    let language = Language::here();
    let handover = Handover { room, gate, own, inbox: inbox.clone(), events, view, language };
    spawn(Porter { handover, screens, rest: Rc::default() }.run());
    Running { view, inbox, media, sights, screens }
}

struct Porter {
    handover: Handover,
    screens: RwSignal<Option<Screens>>,
    rest: Rc<Cell<Option<Functions>>>,
}

impl Porter {
    async fn run(mut self) {
        self.fetch_rest();
        while let Some(event) = self.handover.events.next().await {
            if let Some(rest) = self.rest.take() {
                self.handover.inbox.put(event);
                self.screens.set(Some(rest.screens));
                return (rest.run)(self.handover);
            }
            self.handle(event);
        }
    }

    fn handle(&mut self, event: Event) {
        for effect in self.handover.gate.handle(now(), event) {
            self.handover.own.perform(&effect);
            if effect == Effect::FetchRest {
                self.fetch_rest();
            }
        }
        // Whoever watches a part of it is woken only when that part is different; to compare all of it is for the rest.
        self.handover.view.set(self.handover.gate.view());
    }

    /// Fetches what only a conference needs, and says whether it came.
    fn fetch_rest(&self) {
        let (inbox, place) = (self.handover.inbox.clone(), Rc::clone(&self.rest));
        spawn(async move {
            let came = rest::fetch().await;
            let is_here = came.is_some();
            place.set(came);
            inbox.put(Event::Rest(if is_here { Rest::Here } else { Rest::Missing }));
        });
    }
}
