// SPDX-License-Identifier: EUPL-1.2
//! Every room of this process: opened by the first who connects, forgotten when the last is gone.

use core::time::Duration;
use std::{collections::BTreeMap, sync::Arc};

use aws_lc_rs::rand;
use shared::{RoomId, Source, Timestamp};
use thiserror::Error;
use tokio::{
    sync::{mpsc, oneshot, watch},
    task::{JoinError, JoinSet},
};
use zeroize::Zeroizing;

use super::{
    perform::{RoomNumber, World},
    room_driver::RoomDriver,
};
use crate::{
    clock::Clock,
    metrics::{Share, Sum, Sums},
    room::{Licensing, Room, RoomKey, RoomLimits, SessionId},
    signalling::SessionEvent,
    transport::{MediaHandle, TransportEvent, TransportFailure, TransportId},
};

/// The bounds of all rooms together.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct DriverLimits {
    /// The rooms that can be open at once.
    ///
    /// Larger, made-up room ids cost more memory. Smaller, a busy server turns meetings away.
    pub rooms: usize,
}

impl Default for DriverLimits {
    fn default() -> Self {
        Self { rooms: 2_000 }
    }
}

/// Hands out the doors of rooms; cheap to clone. Its task ends with the last clone.
#[derive(Clone, Debug)]
pub struct Rooms {
    requests: mpsc::Sender<Connect>,
    closing: Arc<watch::Sender<Option<Timestamp>>>,
    open: watch::Receiver<usize>,
    sums: Arc<Sums>,
}

/// The way into a room for one session. The room stays open while this is held.
#[derive(Debug)]
pub struct Door {
    /// What the session is called.
    pub session: SessionId,
    /// Where the room listens.
    pub inbox: mpsc::Sender<SessionEvent>,
}

/// Why there is no door.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum ConnectError {
    /// Too many rooms are open.
    #[error("cannot open room: too many are open")]
    Full,
    /// The server goes out of service: no room is opened any more.
    #[error("cannot open room: the server goes out of service")]
    OutOfService,
    /// The operating system gives no random numbers.
    #[error("cannot open room: no random numbers")]
    NoRandomness,
    /// The server is being stopped.
    #[error("cannot open room: the server is stopping")]
    Stopping,
}

impl Rooms {
    /// Begins with no room.
    pub fn start(
        limits: (DriverLimits, RoomLimits),
        licensing: Licensing,
        clock: Clock,
        media: MediaHandle,
        events: mpsc::Receiver<TransportEvent>,
    ) -> Self {
        let (sender, requests) = mpsc::channel(REQUESTS_LEN);
        let (closing, is_closing) = watch::channel(None);
        let (count, open) = watch::channel(0);
        let sums = Arc::new(Sums::default());
        let registry = Registry {
            sums: Arc::clone(&sums),
            closing: is_closing,
            count,
            limits: limits.0,
            room_limits: limits.1,
            licensing,
            clock,
            media,
            open: BTreeMap::new(),
            numbers: BTreeMap::new(),
            unheard: BTreeMap::new(),
            retry_at: None,
            drivers: JoinSet::new(),
            rooms_opened: 0,
            sessions_named: 0,
        };
        tokio::spawn(registry.run(requests, events));
        Self { requests: sender, closing: Arc::new(closing), open, sums }
    }

    /// Opens no room from here on, and tells those that are open that they have until then.
    pub fn close(&self, until: Timestamp) {
        self.closing.send_replace(Some(until));
    }

    /// Whether no room is opened any more.
    pub fn are_closing(&self) -> bool {
        self.closing.borrow().is_some()
    }

    /// What is counted of them, and of what comes to them.
    pub const fn sums(&self) -> &Arc<Sums> {
        &self.sums
    }

    /// How many rooms are open.
    pub fn open(&self) -> usize {
        *self.open.borrow()
    }

    /// Waits until no room is open.
    pub async fn emptied(&self) {
        // Whoever counts them is gone: so are they.
        drop(self.open.clone().wait_for(|open| *open == 0).await);
    }

    /// The door of a room, which is opened if it is not.
    pub async fn connect(&self, room: RoomId) -> Result<Door, ConnectError> {
        let (reply, door) = oneshot::channel();
        let request = Connect { room: Box::new(room), reply };
        self.requests.send(request).await.map_err(|_stopped| ConnectError::Stopping)?;
        door.await.map_err(|_stopped| ConnectError::Stopping)?
    }
}

#[derive(Debug)]
struct Connect {
    /// Elsewhere: what has passed a channel stays in its places, which outlive the room.
    room: Box<RoomId>,
    reply: oneshot::Sender<Result<Door, ConnectError>>,
}

/// The task that owns the directory. It never waits for a room, so that none can stop the others.
#[derive(Debug)]
struct Registry {
    /// When the server goes out of service; never looked at by the registry, so that each room that is opened meanwhile
    /// sees it as news.
    closing: watch::Receiver<Option<Timestamp>>,
    /// How many rooms are open, for who waits for it.
    count: watch::Sender<usize>,
    sums: Arc<Sums>,
    limits: DriverLimits,
    room_limits: RoomLimits,
    licensing: Licensing,
    clock: Clock,
    media: MediaHandle,
    /// The ids are elsewhere: a map that forgets an entry keeps its bytes.
    open: BTreeMap<Box<RoomId>, OpenRoom>,
    numbers: BTreeMap<RoomNumber, mpsc::Sender<TransportEvent>>,
    /// What rooms that do not keep up have still to hear of the encodings that are wanted and of who speaks,
    /// the last word for each: bounded by the sources that there are.
    unheard: BTreeMap<(TransportId, Source), TransportEvent>,
    /// When they are told again.
    retry_at: Option<Timestamp>,
    drivers: JoinSet<RoomNumber>,
    rooms_opened: u32,
    sessions_named: u64,
}

#[derive(Debug)]
struct OpenRoom {
    number: RoomNumber,
    inbox: mpsc::WeakSender<SessionEvent>,
}

impl Registry {
    async fn run(
        mut self,
        mut requests: mpsc::Receiver<Connect>,
        mut events: mpsc::Receiver<TransportEvent>,
    ) {
        loop {
            tokio::select! {
                request = requests.recv() => {
                    let Some(Connect { room, reply }) = request else { return };
                    // Whoever asked may be gone; then the door is dropped, and with it the room.
                    drop(reply.send(self.connect(room)));
                }
                Some(event) = events.recv() => self.deliver(event),
                () = self.clock.wait_until(self.retry_at) => self.retry(),
                Some(ended) = self.drivers.join_next() => self.forget(ended),
            }
            let open = self.drivers.len();
            self.count.send_if_modified(|count| core::mem::replace(count, open) != open);
        }
    }

    fn connect(&mut self, room: Box<RoomId>) -> Result<Door, ConnectError> {
        let inbox = match self.open.get(&room).and_then(|open| open.inbox.upgrade()) {
            // The inbox of a driver that failed is closed, whoever still holds its other end.
            Some(inbox) if !inbox.is_closed() => inbox,
            _ => self.open(room)?,
        };
        self.sessions_named += 1;
        Ok(Door { session: SessionId(self.sessions_named), inbox })
    }

    fn open(&mut self, id: Box<RoomId>) -> Result<mpsc::Sender<SessionEvent>, ConnectError> {
        if self.closing.borrow().is_some() {
            return Err(ConnectError::OutOfService);
        }
        if self.drivers.len() >= self.limits.rooms {
            self.sums.count(Sum::limit_rooms);
            return Err(ConnectError::Full);
        }
        let mut key = Zeroizing::new([0; 32]);
        rand::fill(&mut *key).map_err(|_unspecified| ConnectError::NoRandomness)?;
        let key = RoomKey::from_random(*key);
        let start = self.clock.calendar_start();
        let room = Room::new(*id, key, self.room_limits, self.licensing, start);
        let number = self.next_number();
        let (inbox, from_sessions) = mpsc::channel(INBOX_LEN);
        let (transports, from_transports) = mpsc::channel(TRANSPORT_EVENTS_LEN);
        let driver = RoomDriver {
            room,
            own: inbox.downgrade(),
            kept_open: None,
            inbox: from_sessions,
            transports: from_transports,
            world: World::new(number, self.media.clone()),
            clock: self.clock,
            closing: self.closing.clone(),
            share: Share::of_room(&self.sums),
        };
        self.open.insert(id, OpenRoom { number, inbox: inbox.downgrade() });
        self.numbers.insert(number, transports);
        self.drivers.spawn(driver.run());
        tracing::debug!(room = number.0, open = self.open.len(), "room opens");
        Ok(inbox)
    }

    /// Rooms that are open at the same time never share a number.
    fn next_number(&mut self) -> RoomNumber {
        loop {
            self.rooms_opened = self.rooms_opened.wrapping_add(1);
            let number = RoomNumber(self.rooms_opened);
            if !self.numbers.contains_key(&number) {
                return number;
            }
        }
    }

    fn forget(&mut self, ended: Result<RoomNumber, JoinError>) {
        match ended {
            Ok(number) => {
                self.numbers.remove(&number);
                self.open.retain(|_, open| open.number != number);
                tracing::debug!(room = number.0, open = self.open.len(), "room is forgotten");
            }
            Err(failure) => {
                // Its payload may quote what a page said. A room that is cancelled did not fail: the
                // whole runtime ends.
                if failure.is_panic() {
                    tracing::error!("a room failed");
                }
                self.numbers.retain(|_, transports| !transports.is_closed());
                let alive = &self.numbers;
                self.open.retain(|_, open| alive.contains_key(&open.number));
            }
        }
    }

    fn deliver(&mut self, event: TransportEvent) {
        let TransportId(id) = event.transport();
        match event {
            TransportEvent::Connected(_) => self.sums.count(Sum::handshakes),
            TransportEvent::Failed(_, TransportFailure::ConsentExpired)
            | TransportEvent::Wanted(..)
            | TransportEvent::Speaking(..) => {}
            TransportEvent::Failed(..) => self.sums.count(Sum::handshakes_failed),
        }
        if let TransportEvent::Failed(
            _,
            failure @ (TransportFailure::Fingerprint | TransportFailure::Handshake),
        ) = event
        {
            tracing::debug!(transport = id, ?failure, "a handshake failed");
        }
        let Some(room) = self.numbers.get(&RoomNumber::of(TransportId(id))) else {
            tracing::debug!(transport = id, "a transport outlived its room");
            return;
        };
        // What is said here is the last word.
        let about = match event {
            TransportEvent::Wanted(publication, _) => Some(publication.source),
            TransportEvent::Speaking(..) => Some(Source::Microphone),
            TransportEvent::Connected(_) | TransportEvent::Failed(..) => None,
        };
        let about = about.map(|source| (event.transport(), source));
        if let Some(about) = &about {
            self.unheard.remove(about);
        }
        match (room.try_send(event), about) {
            (Ok(()) | Err(mpsc::error::TrySendError::Closed(_)), _) => {}
            (Err(_full), Some(about)) => {
                self.unheard.insert(about, event);
                let now = self.clock.now();
                self.retry_at.get_or_insert(now + RETRY_AFTER);
            }
            (Err(_full), None) => {
                tracing::warn!(transport = id, "a room does not keep up: transport event dropped");
            }
        }
    }

    /// Says again what rooms had no place to hear.
    fn retry(&mut self) {
        self.retry_at = None;
        for event in core::mem::take(&mut self.unheard).into_values() {
            self.deliver(event);
        }
    }
}

/// Connects that wait for a door. When it is full, pages that open a connection wait.
const REQUESTS_LEN: usize = 256;
/// What a room has still to hear from its pages. When it is full their sessions read no further.
pub(super) const INBOX_LEN: usize = 256;
/// What a room has still to hear of its transports: two events for each, and one whenever other encodings
/// of a picture are wanted, or somebody begins or ends to speak. When it is full, what concerns encodings and
/// speakers is kept and said later, in its last version, because nobody would repeat it. Another event is
/// dropped with a warning: the page sees by itself that its transport is dead, and offers another.
const TRANSPORT_EVENTS_LEN: usize = 256;
/// Longer, a page sends for longer what nobody can use, or pauses what is wanted. Shorter, a room that
/// does not keep up is asked in vain more often.
const RETRY_AFTER: Duration = Duration::from_millis(50);
