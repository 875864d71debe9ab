// SPDX-License-Identifier: EUPL-1.2
//! The media plane as the rest of the server sees it.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;

use shared::{LayerSet, Mid, Source};
use tokio::sync::mpsc::Sender;

use super::bounds::MediaLimits;
use super::counters::MediaCounters;
use super::dtls::Identity;
use super::handover::Handover;
use super::links::Links;
use super::load::lightest;
use super::local::Local;
pub use super::names::{Publication, TransportId};
use super::negotiate::{Negotiated, NegotiationError, negotiate};
use super::params::{LocalTransport, TransportParams};
use super::placement::{Place, Site, SpreadLimits, choose};
use super::sockets::{MediaSockets, cores};
use super::thread::{MediaThread, Shared, origin};
use crate::media::codec::Codec;

/// What the media plane is told.
#[derive(Debug)]
pub enum MediaCommand {
    /// Begins a transport, in place of one with the same id.
    Open {
        /// Its name.
        id: TransportId,
        /// What was negotiated.
        params: Box<TransportParams>,
    },
    /// Gives a transport more slots; what it carries goes on.
    Grow {
        /// Its name.
        id: TransportId,
        /// What was negotiated: of it, the slots behind those there are.
        params: Box<TransportParams>,
    },
    /// Opens or closes the gate of a source: packets pass only while it is open. Closed at start.
    Gate {
        /// Whose.
        id: TransportId,
        /// Which.
        source: Source,
        /// Whether packets pass.
        open: bool,
    },
    /// The whole table of a subscriber's pictures: which feeds which slot (absent = blank), the most
    /// important first.
    ///
    /// A route to oneself, of another kind than the slot, or to an unknown slot is left out.
    Routes {
        /// The subscriber.
        id: TransportId,
        /// What it receives.
        routes: Vec<Route>,
    },
    /// What a subscriber can hear, all of it, in any slot of sound: of microphones, who is loudest; of screens,
    /// everything.
    Sounds {
        /// The subscriber; itself it does not hear.
        id: TransportId,
        /// What it can hear.
        feeds: Vec<Feed>,
    },
    /// Ends a transport.
    Close {
        /// Its name.
        id: TransportId,
    },
}

/// A microphone that can be heard, or the sound of a screen.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Feed {
    /// Whose.
    pub transport: TransportId,
    /// Which of theirs: of pictures there is nothing to be heard.
    pub source: Source,
    /// What its voice is called by the subscriber: the contributing source of its packets (RFC 3550 §5.1).
    pub name: u32,
}

impl MediaCommand {
    /// Which transport it is for.
    pub(super) const fn transport(&self) -> TransportId {
        let (Self::Open { id, .. }
        | Self::Grow { id, .. }
        | Self::Gate { id, .. }
        | Self::Routes { id, .. }
        | Self::Sounds { id, .. }
        | Self::Close { id }) = self;
        *id
    }
}

/// Which picture a slot is fed with.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Route {
    /// The slot.
    pub mid: Mid,
    /// What comes out of it.
    pub feed: Publication,
    /// How tall a picture is shown; more is not sent than fills these lines.
    pub lines: u16,
}

/// What the media plane tells.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TransportEvent {
    /// The DTLS handshake is done and SRTP is keyed.
    Connected(TransportId),
    /// The transport is of no use any more; it is to be closed.
    Failed(TransportId, TransportFailure),
    /// What of a picture anybody can use; the rest need not be sent. Before the first, everything is.
    Wanted(Publication, LayerSet),
    /// Somebody begins to speak, or has ended.
    Speaking(TransportId, bool),
}

impl TransportEvent {
    /// Which transport it is about.
    pub const fn transport(self) -> TransportId {
        match self {
            Self::Connected(id) | Self::Failed(id, _) | Self::Speaking(id, _) => id,
            Self::Wanted(publication, _) => publication.transport,
        }
    }
}

/// Why a transport failed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TransportFailure {
    /// The peer has no cipher of 256 bits in common with us.
    WeakCipher,
    /// The peer's certificate is not the one of the offer.
    Fingerprint,
    /// The handshake was broken off or took too long.
    Handshake,
    /// The peer has not been heard of for 30 s (RFC 7675).
    ConsentExpired,
}

/// Where to listen and what to tell the peers.
#[derive(Clone, Debug)]
pub struct MediaConfig {
    /// The UDP address of the relay; port 0 takes any.
    pub listen: SocketAddr,
    /// The addresses in the candidates; empty means the one it listens on.
    pub announce: Vec<IpAddr>,
    /// How many threads there are, [`MAX_THREADS`] at most.
    pub threads: usize,
    /// When a room is on several of them.
    pub spread: SpreadLimits,
    /// What may be sent and received, the preferred codecs first; see [`Codec::are_enough`].
    pub codecs: Vec<Codec>,
    /// What may be sent and received, whatever the paths carry.
    pub limits: MediaLimits,
}

impl MediaConfig {
    /// As many threads as the process may use cores, and the usual codecs.
    pub fn new(listen: SocketAddr, announce: Vec<IpAddr>) -> Self {
        let threads = cores().min(MAX_THREADS);
        let (spread, codecs) = (SpreadLimits::default(), Codec::USUAL.to_vec());
        Self { listen, announce, threads, spread, codecs, limits: MediaLimits::default() }
    }
}

/// As many as there are characters in the alphabet of ICE: the first of a user name tells its thread.
pub const MAX_THREADS: usize = 64;

/// The command ring is full: the media thread does not keep up. The command was not taken.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("cannot command media plane: too busy")]
pub struct Busy;

/// Owns the media threads; stops and joins them when dropped.
#[derive(Debug)]
pub struct MediaPlane {
    address: SocketAddr,
    threads: Vec<(Arc<Shared>, JoinHandle<io::Result<()>>)>,
}

impl MediaPlane {
    /// Opens the sockets and starts; see [`Self::on`].
    pub fn start(
        config: MediaConfig,
        events: &Sender<TransportEvent>,
    ) -> io::Result<(Self, MediaHandle)> {
        Self::on(MediaSockets::open(&config)?, config, events)
    }

    /// Makes the certificate and starts the media threads, one for each socket.
    ///
    /// `events` is written to without waiting; an event that finds it full is dropped and counted.
    pub fn on(
        sockets: MediaSockets,
        config: MediaConfig,
        events: &Sender<TransportEvent>,
    ) -> io::Result<(Self, MediaHandle)> {
        let MediaConfig { announce, spread, codecs, limits, .. } = config;
        let MediaSockets { sockets, address, cores } = sockets;
        let addresses = if announce.is_empty() { vec![address.ip()] } else { announce };
        let candidates =
            addresses.into_iter().map(|ip| SocketAddr::new(ip, address.port())).collect();
        let identity = Identity::generate()?;
        let fingerprint = identity.fingerprint();
        let all: Arc<[_]> =
            sockets.iter().map(|_| Shared::new().map(Arc::new)).collect::<Result<_, _>>()?;
        // Alone, a thread goes where the system puts it; more threads than cores would stand in each
        // other's way.
        let pinned = (2..=cores).contains(&all.len());
        let origin = origin();
        let mut plane = Self { address, threads: Vec::new() };
        let mut ports = Vec::new();
        let ways = Handover::between(&all).into_iter().zip(Links::between(all.len()));
        let parts = sockets.into_iter().zip(&*all).zip(ways).enumerate();
        for (index, ((socket, shared), (handover, links))) in parts {
            let (sender, commands) = sync_channel(COMMAND_RING_LEN);
            let media = MediaThread {
                socket,
                identity: identity.clone(),
                commands,
                events: events.clone(),
                shared: Arc::clone(shared),
                all: Arc::clone(&all),
                limits,
                handover,
                links,
                busy: spread.busy,
                origin,
                core: pinned.then_some(index),
            };
            let name = format!("media-{index}");
            let thread = std::thread::Builder::new().name(name).spawn(move || media.run())?;
            plane.threads.push((Arc::clone(shared), thread));
            ports.push(Port { commands: sender, shared: Arc::clone(shared) });
        }
        let handle = MediaHandle {
            ports: ports.into(),
            place: None,
            local: Arc::new(Local { fingerprint, candidates, spread, codecs }),
        };
        Ok((plane, handle))
    }

    /// The address the relay listens on.
    pub const fn local_addr(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for MediaPlane {
    fn drop(&mut self) {
        for (shared, _) in &self.threads {
            shared.stop.store(true, Ordering::Release);
            shared.waker.wake();
        }
        for (_, thread) in self.threads.drain(..) {
            // A thread that panicked has told so itself.
            drop(thread.join());
        }
    }
}

/// Speaks to the media threads from any thread; cheap to clone.
///
/// Transports that have to do with each other are opened through one handle or its clones: those of a room
/// live on one thread while it is small.
#[derive(Clone, Debug)]
pub struct MediaHandle {
    ports: Arc<[Port]>,
    /// The first thread's, if none.
    place: Option<Arc<Place>>,
    local: Arc<Local>,
}

impl MediaHandle {
    /// A handle to the thread that has the least to do, for a room that has no transports.
    ///
    /// The room counts as one of that thread's until the last clone of the handle is dropped.
    #[must_use]
    pub fn placed(&self) -> Self {
        let index = lightest(self.ports.iter().map(|port| port.shared.load.weight()));
        let threads = self.ports.len();
        let place = self.ports.get(index).map(|port| Place::on(index, threads, &port.shared));
        Self { place: place.map(Arc::new), ..self.clone() }
    }

    /// Answers an offer with fresh ICE credentials and sources; see [`negotiate`].
    ///
    /// The transport is to be opened through this handle and under a name that
    /// [`TransportParams::name`] gave: its credentials lead to the thread that is in it.
    pub fn negotiate(
        &self,
        offer: &str,
        senders: &[(Mid, Source)],
    ) -> Result<Negotiated, NegotiationError> {
        negotiate(offer, senders, &self.draw()?)
    }

    /// What this side brings into a negotiation.
    pub(super) fn draw(&self) -> Result<LocalTransport, NegotiationError> {
        self.local.draw(self.choose()).ok_or(NegotiationError::NoRandomness)
    }

    /// Hands over a command without waiting; it is done within one turn of the media thread.
    pub fn send(&self, command: MediaCommand) -> Result<(), Busy> {
        let id = command.transport();
        let port = self.ports.get(id.home()).ok_or(Busy)?;
        let (opens, closes) = match command {
            MediaCommand::Open { .. } => (true, false),
            MediaCommand::Close { .. } => (false, true),
            MediaCommand::Grow { .. }
            | MediaCommand::Gate { .. }
            | MediaCommand::Routes { .. }
            | MediaCommand::Sounds { .. } => (false, false),
        };
        if opens {
            self.place.as_ref().inspect(|place| place.add(id));
        }
        port.commands.try_send(command).map_err(|_full_or_stopped| Busy)?;
        if closes {
            self.place.as_ref().inspect(|place| place.remove(id));
        }
        port.shared.waker.wake();
        Ok(())
    }

    /// The thread for another transport of the room.
    fn choose(&self) -> usize {
        let Some(place) = &self.place else { return 0 };
        let sites = self.ports.iter().enumerate().map(|(thread, port)| {
            let (weight, busy) = (port.shared.load.weight(), port.shared.load.busy());
            Site { own: place.own(thread), weight, busy }
        });
        choose(place.first(), &sites.collect::<Vec<_>>(), self.local.spread)
    }

    /// The counters of all threads together, each as of its last turn.
    pub fn counters(&self) -> MediaCounters {
        let each = self.ports.iter().map(|port| port.shared.counters.read());
        each.fold(MediaCounters::default(), MediaCounters::plus)
    }

    /// The counters of each thread as of its last turn.
    pub fn counters_by_thread(&self) -> Vec<MediaCounters> {
        self.ports.iter().map(|port| port.shared.counters.read()).collect()
    }
}

/// Where a media thread is spoken to.
#[derive(Debug)]
struct Port {
    commands: SyncSender<MediaCommand>,
    shared: Arc<Shared>,
}

/// Larger hides a media thread that stands still; smaller refuses the commands of a room that fills.
const COMMAND_RING_LEN: usize = 4_096;
