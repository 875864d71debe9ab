// SPDX-License-Identifier: EUPL-1.2
//! The server: page, signalling and media relay in one process.
//!
//! Deciding and doing are different code. To be read in this order; nothing imports from below:
//!
//! | module | |
//! |---|---|
//! | [`media`] | decides what happens to a packet; pure |
//! | [`room`] | decides who is inside and who receives whom; pure |
//! | [`transport`] | does media: ICE, DTLS, SRTP, one UDP port |
//! | [`signalling`] | does messages: one WebSocket for each page |
//! | [`driver`] | does rooms: their inputs, their effects, their time |
//! | [`http`] | does the page: its files, its headers, the way to a WebSocket |
//!
//! Beside them [`clock`] reads the time, [`metrics`] are what is counted, [`bucket`] says how often something may happen, [`assets`] holds the built page, [`settings`] reads what the
//! operator wrote, [`faults`] says what is wrong with it and [`config`] says what that decides, [`embedder`] who may embed the page; [`facts`] are what the operator declares, [`criteria`]
//! judge a server by both, [`report`] writes it down and [`check`] looks at one that runs; [`office`] makes what an
//! operator gives away, and needs none of the others; [`sandbox`] and [`memory`] are for the process: what it gives
//! up, and what it forgets; [`tls`] is HTTPS without a proxy, and [`service`] speaks to a service manager. [`Server`] puts them together:
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use server::{Server, config::ServerConfig};
//!
//! let loopback = "127.0.0.1:0".parse()?;
//! let server = Server::bind(ServerConfig::new(loopback, loopback, Vec::new())?).await?;
//! println!("zooo serves http://{}", server.http_addr());
//! server.run(std::future::pending()).await;
//! # Ok(())
//! # }
//! ```

pub mod assets;
pub mod bucket;
pub mod check;
pub mod clock;
pub mod config;
pub mod criteria;
pub mod driver;
pub mod embedder;
pub mod facts;
pub mod faults;
pub mod http;
pub mod limits;
pub mod media;
pub mod memory;
pub mod metrics;
pub mod office;
pub mod report;
pub mod room;
pub mod sandbox;
pub mod service;
pub mod settings;
pub mod signalling;
pub mod tls;
pub mod transport;

use core::{convert::Infallible, future::Future, time::Duration};
use std::{
    io,
    net::{self, SocketAddr},
    sync::Arc,
};

use thiserror::Error;
use tokio::{
    net::TcpListener,
    sync::{Semaphore, mpsc, watch},
    time::timeout,
};

use crate::{
    clock::Clock,
    config::{ServerConfig, ServerLimits},
    criteria::{Build, Case, Enforcement},
    driver::Rooms,
    http::{Headers, Papers, Served, Site},
    office::Origin,
    service::Inherited,
    tls::{Handshakes, Presented},
    transport::{MediaConfig, MediaHandle, MediaPlane, MediaSockets, TransportEvent},
};

/// A server whose ports are open; it answers once it runs.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    http_addr: SocketAddr,
    plane: MediaPlane,
    rooms: Rooms,
    limits: ServerLimits,
    clock: Clock,
    headers: Headers,
    papers: Papers,
    drain_after: Duration,
    metrics: Option<TcpListener>,
    handle: MediaHandle,
    handshakes: Option<Handshakes>,
    redirect: Option<(TcpListener, Origin)>,
}

/// What kept the server from starting.
#[derive(Debug, Error)]
pub enum StartError {
    /// The TCP port.
    #[error("cannot listen on {0}: {1}")]
    Http(SocketAddr, #[source] io::Error),
    /// There is to be TLS, and nobody has read a certificate.
    #[error("cannot speak TLS: there is no certificate")]
    NoCertificate,
    /// The UDP port, or the media thread.
    #[error("cannot listen for media on {0}: {1}")]
    Media(SocketAddr, #[source] io::Error),
}

/// The ports of a server, open before anything else of it runs.
#[derive(Debug)]
pub struct Ports {
    http: net::TcpListener,
    redirect: Option<net::TcpListener>,
    media: MediaSockets,
    metrics: Option<net::TcpListener>,
    presented: Option<Presented>,
}

impl Ports {
    /// Opens them. What reaches them waits until there is a server.
    pub async fn open(config: &ServerConfig) -> Result<Self, StartError> {
        Self::open_beside(config, Inherited::default()).await
    }

    /// Opens those that are not open already. What reaches them waits until there is a server.
    pub async fn open_beside(
        config: &ServerConfig,
        inherited: Inherited,
    ) -> Result<Self, StartError> {
        let http = match inherited.http {
            Some(http) => http,
            None => listening(config.http).await?,
        };
        let redirect = match (inherited.redirect, config.tls.as_ref().and_then(|tls| tls.redirect))
        {
            (None, Some(address)) => Some(listening(address).await?),
            (inherited, _) => inherited,
        };
        let media = if inherited.media.is_empty() {
            MediaSockets::open(&config.media)
        } else {
            MediaSockets::inherited(inherited.media)
        };
        let metrics = match config.metrics {
            Some(address) => Some(listening(address).await?),
            None => None,
        };
        let fails = |error| StartError::Media(config.media.listen, error);
        let media = media.map_err(fails)?;
        Ok(Self { http, redirect, media, metrics, presented: None })
    }

    /// Whoever comes to the page is protected by this certificate.
    #[must_use]
    pub fn presenting(self, presented: Presented) -> Self {
        Self { presented: Some(presented), ..self }
    }
}

async fn listening(address: SocketAddr) -> Result<net::TcpListener, StartError> {
    let listener = TcpListener::bind(address).await;
    // Out of the hands of this runtime: the server may run in another.
    let listener = listener.and_then(TcpListener::into_std);
    listener.map_err(|error| StartError::Http(address, error))
}

impl Server {
    /// Opens the ports and starts; see [`Self::start`].
    pub async fn bind(config: ServerConfig) -> Result<Self, StartError> {
        Self::start(Ports::open(&config).await?, config, Enforcement::NONE)
    }

    /// Starts the media plane. To be called in a runtime; opens neither a file nor a port. `enforcement` is what
    /// the process has given up, which the server states.
    pub fn start(
        ports: Ports,
        config: ServerConfig,
        enforcement: Enforcement,
    ) -> Result<Self, StartError> {
        let is_secure = ports.presented.is_some();
        if config.tls.is_some() && !is_secure {
            return Err(StartError::NoCertificate);
        }
        let is_secure = is_secure || config.origin.as_ref().is_some_and(Origin::is_secure);
        let headers = Headers::of_page(is_secure, &config.embedders);
        let build = Build::THIS;
        let papers = Papers::of(&Case { config: &config, build, enforcement, seen: None });
        let ServerConfig { http, media, licensing, limits, origin, drain_after, .. } = config;
        let fails = |error| StartError::Http(http, error);
        let listener = TcpListener::from_std(ports.http).map_err(fails)?;
        let http_addr = listener.local_addr().map_err(fails)?;
        let metrics = ports.metrics.map(TcpListener::from_std).transpose().map_err(fails)?;
        let redirect = ports.redirect.map(TcpListener::from_std).transpose().map_err(fails)?;
        let redirect = redirect.zip(origin);
        let handshakes = ports.presented.map(|it| Handshakes::new(it, limits.http.handshakes));
        let (events, from_transports) = mpsc::channel::<TransportEvent>(TRANSPORT_EVENTS_LEN);
        let listen = media.listen;
        let media = MediaConfig { limits: limits.media, ..media };
        let (plane, handle) = MediaPlane::on(ports.media, media, &events)
            .map_err(|error| StartError::Media(listen, error))?;
        let clock = Clock::start();
        let of_rooms = (limits.driver, limits.room);
        let rooms = Rooms::start(of_rooms, licensing, clock, handle.clone(), from_transports);
        Ok(Self {
            listener,
            http_addr,
            plane,
            rooms,
            limits,
            clock,
            headers,
            papers,
            drain_after,
            metrics,
            handle,
            handshakes,
            redirect,
        })
    }

    /// Where the page is served: the real port, also when any was asked for.
    pub const fn http_addr(&self) -> SocketAddr {
        self.http_addr
    }

    /// Where sums are told, if they are.
    pub fn metrics_addr(&self) -> Option<SocketAddr> {
        self.metrics.as_ref().and_then(|metrics| metrics.local_addr().ok())
    }

    /// Where who comes without TLS is sent on, if there is such a place.
    pub fn redirect_addr(&self) -> Option<SocketAddr> {
        self.redirect.as_ref().and_then(|(listener, _)| listener.local_addr().ok())
    }

    /// Where media arrive.
    pub const fn media_addr(&self) -> SocketAddr {
        self.plane.local_addr()
    }

    /// Serves until `shutdown`, then tells everybody, and waits a moment for them to hear it.
    pub async fn run(self, shutdown: impl Future<Output = ()>) {
        self.run_and_drain(core::future::pending(), shutdown).await;
    }

    /// The same; from `drain` on no conference begins, and when those that go on are over, or have had the time
    /// that the operator gives them, it stops by itself.
    pub async fn run_and_drain(
        self,
        drain: impl Future<Output = ()>,
        shutdown: impl Future<Output = ()>,
    ) {
        let Self {
            listener,
            plane,
            rooms,
            limits,
            clock,
            headers,
            papers,
            drain_after,
            metrics,
            handle,
            handshakes,
            redirect,
            ..
        } = self;
        let sums = Arc::clone(rooms.sums());
        let telling = tell(metrics, clock, rooms.clone(), handle);
        let drained = drained(drain, rooms.clone(), clock, drain_after);
        let (stop, stopping) = watch::channel(false);
        let most = limits.http.sessions.min(Semaphore::MAX_PERMITS);
        let places = Arc::new(Semaphore::new(most));
        let refused = Arc::new(Semaphore::new(http::REFUSED));
        let site = Site {
            rooms,
            clock,
            limits: limits.session,
            places: Arc::clone(&places),
            refused,
            stopping,
        };
        let served = Served { site: http::routes(site, papers), headers, sums, handshakes };
        // In places of their own: what is large goes deep into the stacks of those that hand it on, deeper than
        // they are zeroed.
        let listening = Box::pin(http::listen(listener, served, limits.http, clock));
        let redirecting = Box::pin(http::redirect(redirect, limits.http, clock));
        tokio::select! {
            never = listening => match never {},
            never = telling => match never {},
            never = redirecting => match never {},
            () = shutdown => {}
            () = drained => {}
        }
        stop.send_replace(true);
        tracing::info!("zooo stops");
        // All places are free again when everybody has been told.
        let all = u32::try_from(most).unwrap_or(u32::MAX);
        if timeout(GOODBYE, places.acquire_many(all)).await.is_err() {
            tracing::debug!("some pages did not hear the goodbye");
        }
        drop(plane);
    }
}

/// Tells sums, if the operator wants them told.
async fn tell(
    listener: Option<TcpListener>,
    clock: Clock,
    rooms: Rooms,
    media: MediaHandle,
) -> Infallible {
    let Some(listener) = listener else { return core::future::pending().await };
    http::tell(listener, clock, || rooms.sums().text(rooms.open(), media.counters())).await
}

/// Waits for `drain`, and then until all conferences are over, or their time is.
async fn drained(drain: impl Future<Output = ()>, rooms: Rooms, clock: Clock, after: Duration) {
    drain.await;
    let until = clock.now() + after;
    tracing::info!(seconds = after.as_secs(), "zooo goes out of service");
    rooms.close(until);
    tokio::select! {
        () = rooms.emptied() => {}
        () = clock.wait_until(Some(until)) => {}
    }
}

/// What the media plane has to tell: two events for each transport, and now and then which encodings of its
/// pictures are wanted. When it is full the media plane drops and counts them: a page sees by itself that
/// its transport is dead, and what is wanted is told again.
const TRANSPORT_EVENTS_LEN: usize = 4_096;
/// Longer, an operator waits for pages that do not listen. Shorter, slow ones are not told.
const GOODBYE: Duration = Duration::from_millis(1_500);
