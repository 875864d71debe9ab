// SPDX-License-Identifier: EUPL-1.2
//! What a browser and a person would hold against a call.

use core::time::Duration;
use std::collections::BTreeMap;

use proptest::prelude::*;
use shared::{
    Act, ClientMessage, CloseReason, LayerSet, Mid, ParticipantId, ResumeToken, SealedLine,
    ServerMessage, Source, Timestamp, WantedPicture,
};

use super::{
    super::{Access, Call, CallView, DeviceId, Effect, Event, Intent, Screen, TileKey, TileView},
    desk::secret,
};

/// A browser, a person, and what they know of the call.
pub(super) struct World {
    call: Call,
    pub(super) now: Timestamp,
    socket: Socket,
    /// By the person's intents, until the source is released, fails or is silenced.
    wanted: [bool; 4],
    /// What the last capture was asked for.
    asked: [Option<DeviceId>; 4],
    pub(super) lights: [bool; 4],
    transmitted: [bool; 4],
    /// Whether the microphone waits for a key, and whether that is held.
    key: (bool, bool),
    /// The seat's last silencing of each source.
    silenced: [u32; 4],
    /// Until when the gate stays shut.
    shut_until: Timestamp,
    /// When it chimed last.
    rung: Option<Timestamp>,
    /// What the tab keeps.
    kept: Option<ResumeToken>,
    /// When it was told in this stay, on this line, which pictures are shown.
    looked: Option<Timestamp>,
    /// When others were told what is being written, on this line.
    shown: Option<Timestamp>,
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
            wanted: [false; 4],
            asked: [const { None }; 4],
            lights: [false; 4],
            transmitted: [false; 4],
            key: (false, false),
            silenced: [0; 4],
            shut_until: Timestamp::default(),
            rung: None,
            kept: None,
            looked: None,
            shown: None,
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
        } else if let Event::Intent(Intent::PushToTalk(chosen)) = event {
            self.key.0 = *chosen;
        } else if let Event::Intent(Intent::HoldKey(held)) = event {
            self.key.1 = *held;
        }
        let before = self.call.view();
        // What comes with a screen is wanted with it.
        if matches!(event, Event::Captured { source: Source::ScreenSound, .. }) {
            self.wanted[3] |= before.sharing.on;
        }
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
            self.silenced = [0; 4];
        }
        if !is_settled(before) {
            self.looked = None;
            self.shown = None;
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
            Effect::Capture(source, device) => self.capture(event, source, device, before)?,
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
            | Effect::Process(_)
            | Effect::Blur(_)
            | Effect::Examine
            | Effect::GrowPeer { .. }
            | Effect::AcceptAnswer(_)
            | Effect::ClosePeer => {}
        }
        Ok(())
    }

    fn capture(
        &mut self,
        event: &Event,
        source: Source,
        device: Option<DeviceId>,
        before: &CallView,
    ) -> Result<(), TestCaseError> {
        let place = place(source);
        let gives_way = self.asked[place].is_some() && device.is_none();
        let wanted = self.wanted[place];
        let willed = matches!(event,
            Event::Intent(Intent::Preview(s, true) | Intent::Transmit(s, true))
                if *s == source)
            || matches!(event, Event::Intent(Intent::ChooseDevice(s, _))
                if *s == source && wanted)
            || matches!(event, Event::Intent(Intent::Process(_))
                if source == Source::Microphone && wanted)
            || matches!(event, Event::CaptureFailed { source: s, .. }
                if *s == source && wanted && gives_way);
        prop_assert!(willed, "{:?} switched {:?} on", event, source);
        let allowed = before.screen == Screen::Gate && source != Source::Screen
            || matches!(before.screen, Screen::Conference { .. }) && before.may(source.act())
            || wanted;
        prop_assert!(allowed, "{:?} is captured where it is not allowed", source);
        self.wanted[place] = true;
        self.asked[place] = device;
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
                let is_sent = |source: &Source| {
                    let view = view.source(*source);
                    view.on && !view.withheld
                };
                let sent: Vec<_> = Source::ALL.into_iter().filter(is_sent).collect();
                prop_assert_eq!(live, sent);
                prop_assert_eq!(Some(heard), self.silenced.into_iter().max());
            }
            ClientMessage::Enter(entry) => prop_assert_eq!(&entry.resume, &self.kept),
            ClientMessage::Moderate(moderation) => {
                prop_assert!(matches!(event, Event::Intent(_)), "moderates unasked");
                prop_assert!(before.may(moderation.needs()));
            }
            ClientMessage::Chat { .. } => prop_assert!(self.call.view().may(Act::Chat)),
            ClientMessage::Rtt { line } => self.shows(&line)?,
            ClientMessage::Reaction { .. } => {
                prop_assert!(matches!(event, Event::Intent(Intent::React { .. })), "unasked");
                let runs = Screen::Conference { reconnecting: false };
                prop_assert_eq!(before.screen, runs);
            }
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

    /// What the others read of the own line is what the screen says that they do, and only by the person's
    /// wish, and not too often.
    fn shows(&mut self, line: &SealedLine) -> Result<(), TestCaseError> {
        let view = self.call.view();
        let (key, room) = (secret().invitation_key(), secret().moderator_key().room_id());
        let you = view.people.iter().find(|person| person.own).map(|own| own.id);
        let line = you.and_then(|you| line.open(&key, (room, you)));
        prop_assert_eq!(line.as_ref(), Some(&view.moment.own_line));
        prop_assert!(view.moment.rtt || view.moment.own_line.is_empty(), "read unasked");
        prop_assert!(view.may(Act::Chat));
        let before = self.shown.replace(self.now);
        let apart = before.is_none_or(|before| self.now.since(before).as_millis() >= 300);
        prop_assert!(apart, "said too often");
        Ok(())
    }

    fn wants(&mut self, pictures: &[WantedPicture]) -> Result<(), TestCaseError> {
        let before = self.looked.replace(self.now);
        let apart = before.is_none_or(|before| self.now.since(before).as_millis() >= 250);
        prop_assert!(apart, "looks to and fro");
        let view = self.call.view();
        // What is large is the most important, then what is on this page; else it counts who came first.
        let large = view.tiles.iter().filter(|tile| tile.large && !tile.own);
        let large: Vec<_> = large.map(|tile| tile.key).collect();
        let (here, elsewhere): (Vec<_>, Vec<_>) =
            view.tiles.iter().filter(|tile| !tile.large).partition(|tile| tile.place.is_some());
        let mut tiles = here.into_iter().chain(elsewhere);
        let mut of_large = true;
        for WantedPicture { participant: id, source, lines } in pictures {
            let key = TileKey { id: *id, screen: *source == Source::Screen };
            prop_assert!(*lines > 0, "wants what is hidden");
            of_large &= large.contains(&key);
            let tile = if of_large { None } else { tiles.find(|tile| tile.key == key) };
            let fits = of_large || tile.is_some_and(|tile| !tile.own);
            prop_assert!(fits, "no such tile, or not in its place");
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
            let sent = shown.on && !shown.withheld;
            prop_assert_eq!(self.transmitted[place], is_inside(&view) && sent);
            prop_assert!(shown.on || !shown.withheld, "what is off waits for nothing");
            prop_assert!(!(shown.on && shown.silenced.is_some()), "on and switched off");
        }
        prop_assert!(!view.screen_sound.on || view.sharing.on, "the sound of no screen");
        let key_is_up = self.key.0 && !self.key.1;
        prop_assert!(!key_is_up || !self.transmitted[0], "sent although the key is up");
        prop_assert_eq!(view.push_to_talk, self.key.0);
        prop_assert!(!view.microphone.withheld || self.key.0, "waits for a key that nobody chose");
        let paused = matches!(view.screen, Screen::Paused { .. });
        prop_assert!(!(paused && view.microphone.withheld), "a light is on while the room pauses");
        prop_assert!(view.chat.len() <= 500);
        let hidden = |tile: &TileView| tile.place.is_none();
        if !view.tiles.is_empty() {
            prop_assert!(!view.tiles.iter().all(hidden), "an empty stage");
        }
        let lost = view.tiles.iter().any(|tile| tile.pinned && !tile.own && !tile.large);
        prop_assert!(!lost, "what is pinned is large");
        let others = |id: &ParticipantId| view.people.iter().any(|it| it.id == *id && !it.own);
        prop_assert!(view.moment.lines.iter().all(|line| others(&line.id)), "nobody writes");
        let is_there = |id: &ParticipantId| view.people.iter().any(|it| it.id == *id);
        prop_assert!(view.moment.reactions.iter().all(|(id, _)| is_there(id)), "nobody reacts");
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
        Source::ScreenSound => 3,
    }
}
