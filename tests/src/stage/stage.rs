// SPDX-License-Identifier: EUPL-1.2
//! The stage: its time, its chance, and what is on its way.

use std::{collections::BTreeMap, time::Duration};

use app::call::{CallView, Event, Intent};
use server::room::{Input, Room, SessionId, TransportChange};
use shared::{CloseReason, ParticipantId, RoomSecret, ServerMessage, Source, Timestamp};

use super::{
    Bearer,
    hush::Hushes,
    line::{Coming, Line},
    page::Page,
    relay::Transport,
};

/// A room, its pages, and everything between them.
#[derive(Debug)]
pub struct Stage {
    pub(super) now: Timestamp,
    pub(super) random: Random,
    pub(super) room: Option<Room>,
    /// How many rooms there were under this id: each has a key of its own.
    pub(super) rooms: u8,
    pub(super) pages: Vec<Page>,
    pub(super) lines: BTreeMap<SessionId, Line>,
    /// Everything on its way, by the moment it arrives.
    pub(super) coming: BTreeMap<(Timestamp, u64), Coming>,
    pub(super) counter: u64,
    /// For how many pictures a transport has slots, whatever is offered.
    pub(super) most_pictures: u8,
    pub(super) transports: BTreeMap<ParticipantId, Transport>,
    pub(super) hushes: Hushes,
    /// Everything that was written, in the order in which the room took it.
    pub(super) written: Vec<String>,
    pub(super) faults: Vec<String>,
}

/// Something that happens to a page from outside.
#[derive(Clone, Copy, Debug)]
pub enum Trouble {
    /// The connection breaks.
    Cut,
    /// The network is gone.
    Offline,
    /// The network is back.
    Online,
    /// The page is loaded again.
    Reload,
    /// The peer connection fails at the page.
    PeerFails,
    /// The transport fails at the relay.
    TransportFails,
    /// A device that runs is unplugged.
    Unplug(Source),
    /// The server ends the connection of a page that was slow.
    Slow,
    /// The server fails and starts again.
    Restart,
}

impl Stage {
    /// A room that nobody entered, and a page for each of these.
    pub fn new(seed: u64, most_pictures: u8, bearers: &[Bearer]) -> Self {
        let secret = secret();
        let pages = bearers.iter().map(|bearer| Page::new(bearer.access(&secret)));
        Self {
            now: Timestamp::default(),
            random: Random(seed | 1),
            room: None,
            rooms: 0,
            pages: pages.collect(),
            lines: BTreeMap::new(),
            coming: BTreeMap::new(),
            counter: 0,
            most_pictures,
            transports: BTreeMap::new(),
            hushes: Hushes::default(),
            written: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// The pages, as their people see them.
    pub fn views(&self) -> Vec<CallView> {
        self.pages.iter().map(|page| page.call.view()).collect()
    }

    /// The relay's end of everybody's peer connection.
    pub const fn transports(&self) -> &BTreeMap<ParticipantId, Transport> {
        &self.transports
    }

    /// The peer connection of a page.
    pub fn peer(&self, page: usize) -> Option<(usize, u64)> {
        Some((page, self.pages.get(page)?.peer?))
    }

    /// Whether a page's outlet for a source is open.
    pub fn is_transmitted(&self, page: usize, source: Source) -> bool {
        self.pages.get(page).is_some_and(|page| page.transmitted.contains(&source))
    }

    /// Whether a page has a personal invitation that is not used.
    pub fn holds_ticket(&self, page: usize) -> bool {
        self.pages.get(page).is_some_and(Page::holds_ticket)
    }

    /// Whether a page has the room's bookmark.
    pub fn holds_bookmark(&self, page: usize) -> bool {
        self.pages.get(page).is_some_and(Page::holds_bookmark)
    }

    /// Everything that was written, in the order in which the room took it.
    pub fn written(&self) -> &[String] {
        &self.written
    }

    /// What happened that must never happen.
    pub fn faults(&self) -> &[String] {
        &self.faults
    }

    /// A person wants something.
    pub fn want(&mut self, page: usize, intent: Intent) {
        self.tell(page, Event::Intent(intent));
    }

    /// Something happens to a page.
    pub fn trouble(&mut self, page: usize, trouble: Trouble) {
        let Some(it) = self.pages.get_mut(page) else { return };
        match trouble {
            Trouble::Cut => self.cut(page),
            Trouble::Offline => {
                it.is_online = false;
                self.cut(page);
            }
            Trouble::Online => {
                if !core::mem::replace(&mut it.is_online, true) {
                    self.tell(page, Event::NetworkReturned);
                }
            }
            Trouble::Reload => {
                it.reload();
                self.hang_up(page);
            }
            Trouble::PeerFails => {
                if it.peer.is_some() && it.has_offered {
                    self.tell(page, Event::PeerFailed);
                }
            }
            Trouble::TransportFails => {
                let lost = self.transports.iter().find(|(_, t)| t.peer.0 == page);
                if let Some((&participant, _)) = lost {
                    self.tell_room(Input::Transport(participant, TransportChange::Lost));
                }
            }
            Trouble::Unplug(source) => {
                if it.call.view().source(source).on {
                    self.tell(page, Event::CaptureEnded(source));
                }
            }
            Trouble::Slow => {
                if let Some(session) = it.line {
                    self.say(session, ServerMessage::Closed { reason: CloseReason::Slow });
                    self.close(session);
                }
            }
            Trouble::Restart => self.restart(),
        }
    }

    /// All trouble ends, and everything comes to rest.
    pub fn settle(&mut self) {
        for page in 0..self.pages.len() {
            self.trouble(page, Trouble::Online);
        }
        self.wait(Duration::from_secs(150));
    }

    /// Time passes: what is on its way arrives, and whoever wants to be woken is.
    pub fn wait(&mut self, time: Duration) {
        let end = self.now + time;
        for _ in 0..MOST_TURNS {
            let arrives = self.coming.first_key_value().map(|((at, _), _)| *at);
            let Some(next) = arrives.into_iter().chain(self.due()).min().filter(|at| *at <= end)
            else {
                self.now = end;
                return;
            };
            self.now = self.now.max(next);
            if arrives != Some(next) {
                self.wake();
            } else if let Some((_, coming)) = self.coming.pop_first() {
                self.arrive(coming);
            }
        }
        self.faults.push("it never becomes quiet".to_owned());
    }

    /// When the next one wants to be woken.
    pub(super) fn due(&self) -> Option<Timestamp> {
        let room = self.room.as_ref().and_then(Room::deadline);
        self.pages.iter().filter_map(|page| page.call.deadline()).chain(room).min()
    }

    pub(super) fn wake(&mut self) {
        if self.room.as_ref().and_then(Room::deadline).is_some_and(|due| due <= self.now) {
            self.tell_room(Input::Timeout);
        }
        for page in 0..self.pages.len() {
            let due = self.pages.get(page).and_then(|page| page.call.deadline());
            if due.is_some_and(|due| due <= self.now) {
                self.tell(page, Event::Timeout);
            }
        }
    }

    /// Puts something on its way.
    pub(super) fn later(&mut self, at: Timestamp, coming: Coming) {
        self.counter += 1;
        self.coming.insert((at, self.counter), coming);
    }

    /// A moment that is not far.
    pub(super) fn soon(&mut self) -> Timestamp {
        self.now + Duration::from_millis(self.random.below(400))
    }
}

/// Of the room on this stage.
pub(super) fn secret() -> RoomSecret {
    RoomSecret::from_random([7; 32])
}

/// A meeting needs far fewer; more are a call or a room that is woken again and again.
const MOST_TURNS: usize = 50_000;

/// Repeatable chance (xorshift64).
#[derive(Debug)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.checked_rem(bound).unwrap_or_default()
    }
}
