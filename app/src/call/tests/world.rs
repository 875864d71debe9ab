// SPDX-License-Identifier: EUPL-1.2
//! What a browser and a person would hold against a call.

use core::time::Duration;
use std::collections::BTreeMap;

use proptest::prelude::*;
use shared::{
    Act, ClientMessage, CloseReason, LayerSet, Mid, ResumeToken, ServerMessage, Source, Timestamp,
    WantedPicture,
};

use super::{
    super::{Access, Call, CallView, DeviceId, Effect, Event, Intent, Screen, TileKey},
    desk::secret,
};

/// A browser, a person, and what they know of the call.
pub(super) struct World {
    call: Call,
    pub(super) now: Timestamp,
    socket: Socket,
    /// By the person's intents, until the source is released, fails or is silenced.
    wanted: [bool; 3],
    /// What the last capture was asked for.
    asked: [Option<DeviceId>; 3],
    pub(super) lights: [bool; 3],
    transmitted: [bool; 3],
    /// The seat's last silencing of each source.
    silenced: [u32; 3],
    /// Until when the gate stays shut.
    shut_until: Timestamp,
    /// When it chimed last.
    rung: Option<Timestamp>,
    /// What the tab keeps.
    kept: Option<ResumeToken>,
    /// When it was told in this stay, on this line, which pictures are shown.
    looked: Option<Timestamp>,
    layers: BTreeMap<Source, LayerSet>,
    held: BTreeMap<Mid, Duration>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Socket {
    Closed,
    Opening,
    Open,
}

impl World {
    pub(super) fn new(moderator: bool) -> Self {
        let room = secret().moderator_key().room_id();
        let access = if moderator {
            Access::Moderator { secret: secret(), licence: None }
        } else {
            Access::Invited { room, key: Some(secret().invitation_key()), ticket: None }
        };
        Self {
            call: Call::new(access, None),
            now: Timestamp::default(),
            socket: Socket::Closed,
            wanted: [false; 3],
            asked: [None, None, None],
            lights: [false; 3],
            transmitted: [false; 3],
            silenced: [0; 3],
            shut_until: Timestamp::default(),
            rung: None,
            kept: None,
            looked: None,
            layers: BTreeMap::new(),
            held: BTreeMap::new(),
        }
    }

    pub(super) fn happen(&mut self, event: &Event) -> Result<(), TestCaseError> {
        if *event == Event::SocketOpened && self.socket == Socket::Opening {
            self.socket = Socket::Open;
        } else if *event == Event::SocketClosed {
            self.socket = Socket::Closed;
        } else if let Event::Captured { source, .. } = event {
            self.lights[place(*source)] = true;
        } else if let Event::CaptureEnded(source) = event {
            self.lights[place(*source)] = false;
        }
        let before = self.call.view();
        let effects = self.call.handle(self.now, event.clone());
        self.hear(event, &before)?;
        for effect in effects {
            self.perform(event, effect, &before)?;
        }
        let due = self.call.deadline();
        if matches!(event, Event::Timeout) {
            prop_assert!(due.is_none_or(|due| due > self.now), "woken for nothing");
        }
        self.look()
    }

    /// A silencing that is heard inside and is not an old one takes the wish away, whatever the source
    /// was about to do.
    fn hear(&mut self, event: &Event, before: &CallView) -> Result<(), TestCaseError> {
        let view = self.call.view();
        if is_inside(&view) && !is_inside(before) {
            self.silenced = [0; 3];
        }
        if !is_settled(before) {
            self.looked = None;
        }
        if let Event::Message(ServerMessage::Refused { pause, .. }) = event
            && !matches!(before.screen, Screen::Ended(_))
            && matches!(view.screen, Screen::Ended(_))
        {
            self.shut_until = self.now + Duration::from_secs(u64::from(*pause));
        }
        let Event::Message(ServerMessage::Silenced { source, count, .. }) = event else {
            return Ok(());
        };
        let place = place(*source);
        if is_settled(before) && *count > self.silenced[place] {
            self.silenced[place] = *count;
            self.wanted[place] = false;
            let now = view.source(*source);
            prop_assert!(!now.on && !now.starting, "{:?} ignores a silencing", source);
            let was = before.source(*source);
            prop_assert_eq!(
                now.silenced.is_some(),
                was.on || was.starting || was.silenced.is_some()
            );
        } else {
            prop_assert_eq!(view.source(*source), before.source(*source), "said twice");
        }
        Ok(())
    }

    fn perform(
        &mut self,
        event: &Event,
        effect: Effect,
        before: &CallView,
    ) -> Result<(), TestCaseError> {
        match effect {
            Effect::OpenSocket(_) => self.socket = Socket::Opening,
            Effect::CloseSocket => self.socket = Socket::Closed,
            Effect::Send(message) => {
                prop_assert_eq!(self.socket, Socket::Open, "said to nobody: {:?}", message);
                self.said(event, message, before)?;
            }
            Effect::Capture(source, device) => {
                let place = place(source);
                let gives_way = self.asked[place].is_some() && device.is_none();
                let wanted = self.wanted[place];
                let willed = matches!(event,
                    Event::Intent(Intent::Preview(s, true) | Intent::Transmit(s, true))
                        if *s == source)
                    || matches!(event, Event::Intent(Intent::ChooseDevice(s, _))
                        if *s == source && wanted)
                    || matches!(event, Event::CaptureFailed { source: s, .. }
                        if *s == source && wanted && gives_way);
                prop_assert!(willed, "{:?} switched {:?} on", event, source);
                let allowed = before.screen == Screen::Gate && source != Source::Screen
                    || matches!(before.screen, Screen::Conference { .. })
                        && before.may(source.act())
                    || wanted;
                prop_assert!(allowed, "{:?} is captured where it is not allowed", source);
                self.wanted[place] = true;
                self.asked[place] = device;
            }
            Effect::Release(source) => {
                self.wanted[place(source)] = false;
                self.lights[place(source)] = false;
            }
            Effect::Transmit(source, transmit) => {
                let place = place(source);
                prop_assert!(!transmit || self.wanted[place], "{:?} is sent unasked", source);
                self.transmitted[place] = transmit;
            }
            Effect::KeepSeat(token) => {
                let left = matches!(event, Event::Intent(Intent::Leave));
                let over = matches!(event, Event::Message(ServerMessage::Closed { reason })
                    if *reason != CloseReason::Removed);
                let gives_up = is_inside(before) && (left || over);
                prop_assert!(token.is_some() || gives_up, "forgotten by {:?}", event);
                self.kept = token;
            }
            Effect::Chime => self.chime()?,
            Effect::ForgetTicket => prop_assert!(false, "nobody has a ticket"),
            Effect::FetchRest => prop_assert!(false, "a call has everything"),
            Effect::SendLayers(source, wanted) => self.narrow(source, wanted)?,
            Effect::OpenPeer { .. } => {
                self.layers.clear();
                self.held.clear();
            }
            Effect::Hold(mid, wait) => self.hold(mid, wait)?,
            Effect::Compare(_)
            | Effect::Examine
            | Effect::GrowPeer { .. }
            | Effect::AcceptAnswer(_)
            | Effect::ClosePeer => {}
        }
        Ok(())
    }

    fn chime(&mut self) -> Result<(), TestCaseError> {
        let rung = self.rung.replace(self.now);
        let apart = rung.is_none_or(|rung| self.now.since(rung).as_secs() >= 3);
        prop_assert!(apart, "one chime over the other");
        Ok(())
    }

    fn narrow(&mut self, source: Source, wanted: LayerSet) -> Result<(), TestCaseError> {
        let before = self.layers.insert(source, wanted).unwrap_or(LayerSet::ALL);
        prop_assert_ne!(before, wanted, "said for nothing");
        Ok(())
    }

    fn hold(&mut self, mid: Mid, wait: Duration) -> Result<(), TestCaseError> {
        prop_assert!(wait.as_millis() <= 800, "somebody is kept waiting");
        let before = self.held.insert(mid, wait).unwrap_or_default();
        prop_assert_ne!(before, wait, "held for nothing");
        Ok(())
    }

    fn said(
        &mut self,
        event: &Event,
        message: ClientMessage,
        before: &CallView,
    ) -> Result<(), TestCaseError> {
        match message {
            ClientMessage::Publish { live, heard } => {
                let view = self.call.view();
                let on: Vec<_> = Source::ALL.into_iter().filter(|s| view.source(*s).on).collect();
                prop_assert_eq!(live, on);
                prop_assert_eq!(Some(heard), self.silenced.into_iter().max());
            }
            ClientMessage::Enter(entry) => prop_assert_eq!(&entry.resume, &self.kept),
            ClientMessage::Moderate(moderation) => {
                prop_assert!(matches!(event, Event::Intent(_)), "moderates unasked");
                prop_assert!(before.may(moderation.needs()));
            }
            ClientMessage::Chat { .. } => prop_assert!(self.call.view().may(Act::Chat)),
            // What the person wants while nobody hears it is said with the next welcome.
            ClientMessage::Hand { .. } => {
                let is_heard = matches!(event, Event::Message(ServerMessage::Welcome { .. }));
                prop_assert!(is_heard || matches!(event, Event::Intent(_)), "a hand unasked");
            }
            ClientMessage::Leave {} => {
                prop_assert!(matches!(event, Event::Intent(_)), "leaves unasked");
            }
            ClientMessage::Want { pictures } => self.wants(&pictures)?,
            ClientMessage::Offer(_) => {}
        }
        Ok(())
    }

    fn wants(&mut self, pictures: &[WantedPicture]) -> Result<(), TestCaseError> {
        let before = self.looked.replace(self.now);
        let apart = before.is_none_or(|before| self.now.since(before).as_millis() >= 250);
        prop_assert!(apart, "looks to and fro");
        let view = self.call.view();
        let mut tiles = view.tiles.iter();
        for WantedPicture { participant: id, source, lines } in pictures {
            let key = TileKey { id: *id, screen: *source == Source::Screen };
            let tile = tiles.find(|tile| tile.key == key);
            prop_assert!(tile.is_some_and(|tile| !tile.own), "no such tile, or not in its place");
            prop_assert!(*lines > 0, "wants what is hidden");
        }
        Ok(())
    }

    fn look(&self) -> Result<(), TestCaseError> {
        let view = self.call.view();
        for source in Source::ALL {
            let shown = view.source(source);
            let place = place(source);
            prop_assert_eq!(shown.on, self.lights[place], "the switch of {:?} lies", source);
            prop_assert!(!(shown.on || shown.starting) || self.wanted[place]);
            prop_assert_eq!(self.transmitted[place], is_inside(&view) && shown.on);
            prop_assert!(!(shown.on && shown.silenced.is_some()), "on and switched off");
        }
        prop_assert!(view.chat.len() <= 500);
        let acts = view.people.iter().flat_map(|person| &person.acts);
        prop_assert!(acts.into_iter().all(|act| view.may(act.needs())), "an act without the right");
        if matches!(view.screen, Screen::Ended(_) | Screen::Gate) {
            prop_assert_eq!(self.socket, Socket::Closed);
            let is_shut = matches!(view.screen, Screen::Ended(_)) && !view.may_return;
            prop_assert_eq!(self.call.deadline().is_some(), is_shut);
            prop_assert!(!view.may_return || self.shut_until <= self.now, "opens too early");
        } else {
            prop_assert!(!view.may_return);
        }
        Ok(())
    }
}

const fn is_inside(view: &CallView) -> bool {
    matches!(view.screen, Screen::Conference { .. } | Screen::Paused { .. })
}

const fn is_settled(view: &CallView) -> bool {
    matches!(
        view.screen,
        Screen::Conference { reconnecting: false } | Screen::Paused { reconnecting: false }
    )
}

const fn place(source: Source) -> usize {
    match source {
        Source::Microphone => 0,
        Source::Camera => 1,
        Source::Screen => 2,
    }
}
