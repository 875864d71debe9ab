// SPDX-License-Identifier: EUPL-1.2
//! The media plane as the rest of the server sees it.

use std::io;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;

use aws_lc_rs::rand::{SecureRandom as _, SystemRandom};
use shared::{LayerSet, Mid, Source};
use tokio::sync::mpsc::Sender;
use zeroize::Zeroizing;

use super::counters::{MediaCounters, SharedCounters};
use super::dtls::Identity;
use super::negotiate::{Negotiated, NegotiationError, negotiate};
use super::params::{Fingerprint, IceCredentials, LocalTransport, TransportParams};
use super::sys::{Waker, enlarge_buffers};
use super::thread::{MediaThread, Shared};

/// One transport of one participant, unique in this process.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct TransportId(pub u64);

/// What feeds a slot.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Publication {
    /// Whose.
    pub transport: TransportId,
    /// Which.
    pub source: Source,
}

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
    /// Opens or closes the gate of a source: packets pass only while it is open. Closed at start.
    Gate {
        /// Whose.
        id: TransportId,
        /// Which.
        source: Source,
        /// Whether packets pass.
        open: bool,
    },
    /// The whole table of a subscriber: which publication feeds which slot (absent = silent), the most
    /// important first.
    ///
    /// A route to oneself, of another kind than the slot, or to an unknown slot is left out.
    Routes {
        /// The subscriber.
        id: TransportId,
        /// What it receives.
        routes: Vec<Route>,
    },
    /// Ends a transport.
    Close {
        /// Its name.
        id: TransportId,
    },
}

/// What a slot is fed with.
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
}

impl TransportEvent {
    /// Which transport it is about.
    pub const fn transport(self) -> TransportId {
        match self {
            Self::Connected(id) | Self::Failed(id, _) => id,
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
}

/// The command ring is full: the media thread does not keep up. The command was not taken.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("cannot command media plane: too busy")]
pub struct Busy;

/// Owns the media threads; stops and joins them when dropped.
#[derive(Debug)]
pub struct MediaPlane {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<io::Result<()>>>,
}

impl MediaPlane {
    /// Opens the socket, makes the certificate and starts the media thread.
    ///
    /// `events` is written to without waiting; an event that finds it full is dropped and counted.
    pub fn start(
        config: MediaConfig,
        events: Sender<TransportEvent>,
    ) -> io::Result<(Self, MediaHandle)> {
        let MediaConfig { listen, announce } = config;
        let socket = UdpSocket::bind(listen)?;
        socket.set_nonblocking(true)?;
        enlarge_buffers(&socket, SOCKET_BUFFER_LEN);
        let address = socket.local_addr()?;
        let addresses = if announce.is_empty() { vec![address.ip()] } else { announce };
        let candidates =
            addresses.into_iter().map(|ip| SocketAddr::new(ip, address.port())).collect();
        let identity = Identity::generate()?;
        let fingerprint = identity.fingerprint();
        let shared = Arc::new(Shared {
            waker: Waker::new()?,
            stop: AtomicBool::new(false),
            counters: SharedCounters::default(),
        });
        let (sender, commands) = sync_channel(COMMAND_RING_LEN);
        let media = MediaThread { socket, identity, commands, events, shared: Arc::clone(&shared) };
        let thread =
            std::thread::Builder::new().name("media-0".to_owned()).spawn(move || media.run())?;
        let handle = MediaHandle {
            commands: sender,
            shared: Arc::clone(&shared),
            local: Arc::new(Local { fingerprint, candidates }),
        };
        Ok((Self { address, shared, thread: Some(thread) }, handle))
    }

    /// The address the relay listens on.
    pub const fn local_addr(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for MediaPlane {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Release);
        self.shared.waker.wake();
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has told so itself.
            drop(thread.join());
        }
    }
}

/// Speaks to the media plane from any thread; cheap to clone.
#[derive(Clone, Debug)]
pub struct MediaHandle {
    commands: SyncSender<MediaCommand>,
    shared: Arc<Shared>,
    local: Arc<Local>,
}

impl MediaHandle {
    /// Answers an offer with fresh ICE credentials and sources; see [`negotiate`].
    pub fn negotiate(
        &self,
        offer: &str,
        senders: &[(Mid, Source)],
    ) -> Result<Negotiated, NegotiationError> {
        let local = self.local.draw().ok_or(NegotiationError::NoRandomness)?;
        negotiate(offer, senders, &local)
    }

    /// Hands over a command without waiting; it is done within one turn of the media thread.
    pub fn send(&self, command: MediaCommand) -> Result<(), Busy> {
        self.commands.try_send(command).map_err(|_full_or_stopped| Busy)?;
        self.shared.waker.wake();
        Ok(())
    }

    /// The counters as of the media thread's last turn.
    pub fn counters(&self) -> MediaCounters {
        self.shared.counters.read()
    }
}

#[derive(Debug)]
struct Local {
    fingerprint: Fingerprint,
    candidates: Vec<SocketAddr>,
}

impl Local {
    fn draw(&self) -> Option<LocalTransport> {
        Some(LocalTransport {
            credentials: IceCredentials {
                ufrag: ice_characters::<UFRAG_LEN>()?.to_string(),
                password: ice_characters::<PASSWORD_LEN>()?,
            },
            fingerprint: self.fingerprint,
            candidates: self.candidates.clone(),
            first_ssrc: u32::from_be_bytes(random()?),
            first_sequence: u16::from_be_bytes(random()?),
            first_timestamp: u32::from_be_bytes(random()?),
            session_id: u32::from_be_bytes(random()?),
        })
    }
}

fn random<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).ok()?;
    Some(bytes)
}

/// Random characters of the 64 that ICE allows (RFC 8839 §5.4).
fn ice_characters<const N: usize>() -> Option<Zeroizing<String>> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bytes = Zeroizing::new(random::<N>()?);
    let characters = bytes.iter().filter_map(|byte| ALPHABET.get(usize::from(byte & 0x3f)));
    Some(Zeroizing::new(characters.copied().map(char::from).collect()))
}

/// Larger hides a media thread that stands still; smaller refuses the commands of a room that fills.
const COMMAND_RING_LEN: usize = 4_096;
const SOCKET_BUFFER_LEN: i32 = 4 << 20;
const UFRAG_LEN: usize = 12;
const PASSWORD_LEN: usize = 32;
