// SPDX-License-Identifier: EUPL-1.2
//! A room and its pages on one stage: both machines, a lossy line between them, and no world.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use app::call::{Access, Call, CaptureFailure, DeviceId, Effect, Event, Intent};
use server::room::{
    Effect as RoomEffect, Input, Room, RoomKey, RoomLimits, SessionId, TransportChange,
};
use shared::{
    Answer, ClientMessage, DisplayName, MediaKind, Mid, Offer, ParticipantId, RoomSecret, Sdp,
    SenderLine, ServerMessage, Source, Timestamp,
};

/// One room, its pages, and everything that is under way between them.
#[derive(Debug)]
pub struct Stage {
    secret: RoomSecret,
    now: Timestamp,
    room: Option<Room>,
    rooms: u8,
    sessions: u64,
    pages: Vec<Page>,
    /// What the media plane was told, per participant.
    pub media: BTreeMap<ParticipantId, Transport>,
}

/// A participant's transport as the media plane knows it.
#[derive(Clone, Debug, Default)]
pub struct Transport {
    /// The sources whose packets pass.
    pub open: BTreeSet<Source>,
    /// What is received in which slot.
    pub routes: BTreeMap<Mid, (ParticipantId, Source)>,
}

/// One browser tab.
#[derive(Debug)]
struct Page {
    call: Call,
    line: Option<Line>,
    /// Sockets that the page let go of and the server has not missed yet.
    missed: Vec<SessionId>,
    /// What the browser has to report.
    browser: VecDeque<Event>,
    running: BTreeSet<Source>,
}

/// A socket and what is in flight on it.
#[derive(Debug)]
struct Line {
    session: SessionId,
    announced: bool,
    up: VecDeque<ClientMessage>,
    down: VecDeque<Down>,
}

#[derive(Debug)]
enum Down {
    Message(ServerMessage),
    Close,
}

impl Stage {
    /// An empty room and so many pages at their gates; the first `moderators` hold the bookmark.
    pub fn new(pages: usize, moderators: usize) -> Self {
        let secret = RoomSecret::from_random([1; 32]);
        let mut stage = Self {
            secret,
            now: Timestamp::default(),
            room: None,
            rooms: 0,
            sessions: 0,
            pages: Vec::new(),
            media: BTreeMap::new(),
        };
        for number in 0..pages {
            stage.add_page(number < moderators);
        }
        stage
    }

    /// Another tab at the gate; returns its number.
    pub fn add_page(&mut self, moderator: bool) -> usize {
        let access = if moderator {
            Access::Moderator(self.secret.clone())
        } else {
            Access::Invited {
                room: self.secret.moderator_key().room_id(),
                key: Some(self.secret.invitation_key()),
            }
        };
        self.pages.push(Page {
            call: Call::new(access, None),
            line: None,
            missed: Vec::new(),
            browser: VecDeque::new(),
            running: BTreeSet::new(),
        });
        self.pages.len() - 1
    }

    /// The call of a page.
    pub fn call(&self, page: usize) -> &Call {
        &self.pages[page].call
    }

    /// How many pages there are.
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// Whether there is no page.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// Which devices run in a page.
    pub fn running(&self, page: usize) -> &BTreeSet<Source> {
        &self.pages[page].running
    }

    /// Somebody wants something.
    pub fn intend(&mut self, page: usize, intent: Intent) {
        self.tell(page, Event::Intent(intent));
    }

    /// Somebody enters under a name of their own.
    pub fn join(&mut self, page: usize) {
        let name = DisplayName::from_typed(&format!("Person {page}"));
        let [.., last] = page.to_be_bytes();
        self.intend(page, Intent::Join { name, nonce: [last; 12] });
    }

    /// The browser reports.
    pub fn tell(&mut self, page: usize, event: Event) {
        let effects = self.pages[page].call.handle(self.now, event);
        for effect in effects {
            self.perform(page, effect);
        }
    }

    /// Lets one thing that a page's browser has to report happen.
    pub fn report(&mut self, page: usize) -> bool {
        let Some(event) = self.pages[page].browser.pop_front() else { return false };
        if let Event::Captured { source, .. } = &event {
            self.pages[page].running.insert(*source);
        }
        self.tell(page, event);
        true
    }

    /// Lets one message of a page arrive.
    pub fn deliver_up(&mut self, page: usize) -> bool {
        if let Some(session) = self.pages[page].missed.pop() {
            self.enter(Input::Disconnected(session));
            return true;
        }
        let Some(line) = &mut self.pages[page].line else { return false };
        let session = line.session;
        if !line.announced {
            line.announced = true;
            self.enter(Input::Connected(session));
            return true;
        }
        let Some(message) = line.up.pop_front() else { return false };
        // What travels is text: what cannot be read again would not have arrived.
        let text = serde_json::to_string(&message).unwrap();
        assert_eq!(serde_json::from_str::<ClientMessage>(&text).unwrap(), message);
        self.enter(Input::Message(session, message));
        true
    }

    /// Lets one message for a page arrive.
    pub fn deliver_down(&mut self, page: usize) -> bool {
        let Some(line) = &mut self.pages[page].line else { return false };
        match line.down.pop_front() {
            None => false,
            Some(Down::Message(message)) => {
                self.tell(page, Event::Message(message));
                true
            }
            Some(Down::Close) => {
                self.drop_line(page);
                self.tell(page, Event::SocketClosed);
                true
            }
        }
    }

    /// Cuts a page's line: what is in flight is lost. Each end notices in its own time.
    pub fn cut(&mut self, page: usize) {
        if self.pages[page].line.is_some() {
            self.drop_line(page);
            self.pages[page].browser.push_back(Event::SocketClosed);
        }
    }

    /// The server finds a participant's transport dead.
    pub fn lose_transport(&mut self, participant: ParticipantId) {
        if self.media.contains_key(&participant) {
            self.enter(Input::Transport(participant, TransportChange::Lost));
        }
    }

    /// Time passes; whoever wanted to be woken is woken.
    pub fn pass(&mut self, time: Duration) {
        self.now = self.now + time;
        self.wake();
    }

    /// Lets everything arrive and every deadline pass.
    pub fn settle(&mut self) {
        for _round in 0..10_000 {
            let mut moved = false;
            for page in 0..self.pages.len() {
                moved |= self.report(page) | self.deliver_up(page) | self.deliver_down(page);
            }
            if moved {
                continue;
            }
            let calls = self.pages.iter().filter_map(|page| page.call.deadline());
            let room = self.room.as_ref().and_then(Room::deadline);
            let Some(next) = calls.chain(room).min() else { return };
            self.now = self.now.max(next);
            self.wake();
        }
        panic!("it never became quiet");
    }

    fn wake(&mut self) {
        for page in 0..self.pages.len() {
            if self.pages[page].call.deadline().is_some_and(|deadline| deadline <= self.now) {
                self.tell(page, Event::Timeout);
            }
        }
        if self.room.as_ref().and_then(Room::deadline).is_some_and(|deadline| deadline <= self.now)
        {
            self.enter(Input::Timeout);
        }
    }

    fn drop_line(&mut self, page: usize) {
        if let Some(line) = self.pages[page].line.take()
            && line.announced
        {
            self.pages[page].missed.push(line.session);
        }
    }

    fn perform(&mut self, page: usize, effect: Effect) {
        match effect {
            Effect::OpenSocket(_) => {
                self.drop_line(page);
                self.sessions += 1;
                self.pages[page].browser.retain(|event| *event != Event::SocketClosed);
                self.pages[page].line = Some(Line {
                    session: SessionId(self.sessions),
                    announced: false,
                    up: VecDeque::new(),
                    down: VecDeque::new(),
                });
                self.pages[page].browser.push_back(Event::SocketOpened);
            }
            Effect::Send(message) => {
                if let Some(line) = &mut self.pages[page].line {
                    line.up.push_back(message);
                }
            }
            Effect::CloseSocket => {
                // What was sent before still arrives.
                while self.pages[page].line.as_ref().is_some_and(|line| !line.up.is_empty()) {
                    self.deliver_up(page);
                }
                self.drop_line(page);
            }
            Effect::Capture(source, device) => {
                let device = device.unwrap_or(DeviceId("default".to_owned()));
                let event = if device.0 == "broken" {
                    Event::CaptureFailed { source, failure: CaptureFailure::InUse }
                } else {
                    Event::Captured { source, device }
                };
                self.pages[page].browser.push_back(event);
            }
            Effect::Release(source) => {
                self.pages[page].running.remove(&source);
            }
            Effect::OpenPeer => {
                self.pages[page].browser.retain(|event| !matches!(event, Event::Offered(_)));
                self.pages[page].browser.push_back(Event::Offered(offer()));
            }
            Effect::AcceptAnswer(_) => self.pages[page].browser.push_back(Event::PeerConnected),
            Effect::Transmit(..) | Effect::ClosePeer | Effect::KeepSeat(_) | Effect::Chime => {}
        }
    }

    fn enter(&mut self, input: Input) {
        if self.room.is_none() {
            self.rooms = self.rooms.wrapping_add(1);
            let id = self.secret.moderator_key().room_id();
            let key = RoomKey::from_random([self.rooms; 32]);
            self.room = Some(Room::new(id, key, RoomLimits::default()));
        }
        let Some(room) = &mut self.room else { return };
        for effect in room.handle(self.now, input) {
            self.perform_for_room(effect);
        }
    }

    fn perform_for_room(&mut self, effect: RoomEffect) {
        match effect {
            RoomEffect::Send(session, message) => self.push_down(session, Down::Message(message)),
            RoomEffect::Close(session) => self.push_down(session, Down::Close),
            RoomEffect::Negotiate { session, participant, offer } => {
                self.media.insert(participant, Transport::default());
                let answer = Answer { sdp: offer.sdp };
                self.push_down(session, Down::Message(ServerMessage::Answer(answer)));
                let slots = slots();
                self.enter(Input::Negotiated { participant, slots });
            }
            RoomEffect::Gate { participant, source, open } => {
                if let Some(transport) = self.media.get_mut(&participant) {
                    if open {
                        transport.open.insert(source);
                    } else {
                        transport.open.remove(&source);
                    }
                }
            }
            RoomEffect::Routes { participant, routes } => {
                if let Some(transport) = self.media.get_mut(&participant) {
                    transport.routes =
                        routes.into_iter().map(|(mid, who, source)| (mid, (who, source))).collect();
                }
            }
            RoomEffect::CloseTransport(participant) => {
                self.media.remove(&participant);
            }
            RoomEffect::Stop => self.room = None,
        }
    }

    fn push_down(&mut self, session: SessionId, down: Down) {
        let line = self.pages.iter_mut().filter_map(|page| page.line.as_mut());
        if let Some(line) = line.into_iter().find(|line| line.session == session) {
            line.down.push_back(down);
        }
    }
}

/// The media lines of a page: what it sends, then where it receives.
fn offer() -> Offer {
    let line = |source, mid| SenderLine { mid: Mid::parse(mid).unwrap(), source };
    Offer {
        sdp: Sdp::new("v=0".to_owned()).unwrap(),
        senders: vec![line(Source::Microphone, "0"), line(Source::Camera, "1")],
    }
}

fn slots() -> Vec<(Mid, MediaKind)> {
    let slot = |number: usize, kind| (Mid::parse(&number.to_string()).unwrap(), kind);
    let audio = (2..14).map(|number| slot(number, MediaKind::Audio));
    audio.chain((14..26).map(|number| slot(number, MediaKind::Video))).collect()
}
