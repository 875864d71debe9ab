// SPDX-License-Identifier: EUPL-1.2
//! Accepts connections, each in its own task, and bounds what they can cost before they are anybody.

use std::sync::Arc;

use axum::{
    Router,
    extract::Request,
    response::{IntoResponse as _, Response},
};
use core::{convert::Infallible, time::Duration};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    task::JoinSet,
};

use super::{
    addresses::{AddressLimits, Comes, Place},
    full::{Full, turn_away},
    headers::Headers,
    origin::{Line, Origins},
};
use crate::{
    clock::Clock,
    metrics::{Sum, Sums},
    signalling::Rejection,
    tls::{HandshakeLimits, Handshakes},
};

/// What is served, and with which headers.
#[derive(Clone, Debug)]
pub struct Served {
    /// The paths.
    pub site: Router,
    /// Of every answer, whoever gives it.
    pub headers: Headers,
    /// Where it is counted who does not come in.
    pub sums: Arc<Sums>,
    /// What protects the connections; nothing, where a proxy does.
    pub handshakes: Option<Handshakes>,
}

/// The bounds of the listener.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct HttpLimits {
    /// The connections that can load the page at once, beside the sessions.
    ///
    /// Larger, idle connections cost more memory. Smaller, a rush finds a closed door.
    pub connections: usize,
    /// The sessions that can be open at once.
    ///
    /// Larger, the process needs more memory and more open files. Smaller, meetings are turned away.
    pub sessions: usize,
    /// How long a request can take to arrive, and a connection to bring the next one.
    ///
    /// Longer, idle connections last. Shorter, a slow phone fails.
    pub header_timeout: Duration,
    /// Of what comes before a request, where there is TLS.
    pub handshakes: HandshakeLimits,
    /// Of one address.
    pub address: AddressLimits,
}

impl Default for HttpLimits {
    fn default() -> Self {
        Self {
            connections: 2_000,
            sessions: 4_000,
            header_timeout: Duration::from_secs(15),
            handshakes: HandshakeLimits::default(),
            address: AddressLimits::default(),
        }
    }
}

/// Serves until it is dropped; what is being loaded then is broken off.
pub async fn listen(
    listener: TcpListener,
    served: Served,
    limits: HttpLimits,
    clock: Clock,
) -> Infallible {
    let mut origins = Origins::new(limits.address);
    let (asks, mut asked) = mpsc::channel(ASKS_LEN);
    let mut connections = JoinSet::new();
    let mut refused = JoinSet::new();
    let mut sorry = |stream, why| {
        // Behind TLS a word costs a handshake: what there is no place for is closed.
        if served.handshakes.is_none() && refused.len() < MOST_TURNED_AWAY {
            refused.spawn(turn_away(stream, why));
        }
        while refused.try_join_next().is_some() {}
    };
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    let now = clock.now();
                    if connections.len() >= limits.connections {
                        served.sums.count(Sum::limit_connections);
                        tracing::debug!("connection refused: too many are open");
                        sorry(stream, Full::Server);
                    } else if let Some((place, origin)) =
                        origins.admit(now, peer.ip(), Comes::Counted)
                    {
                        let line = Line::new(peer.ip(), origin, &asks);
                        connections.spawn(serve(stream, served.clone(), limits, (place, line)));
                    } else {
                        served.sums.count(Sum::limit_connections_of_address);
                        tracing::debug!("connection refused: too many from one address");
                        sorry(stream, Full::Address);
                    }
                }
                // Mostly too many open files; some of them are closed in a moment.
                Err(error) => {
                    tracing::error!(kind = ?error.kind(), "cannot accept connection");
                    clock.wait_until(Some(clock.now() + PAUSE)).await;
                }
            },
            Some(ask) = asked.recv() => origins.answer(clock.now(), ask),
            Some(_served) = connections.join_next() => {}
        }
    }
}

async fn serve(
    stream: TcpStream,
    served: Served,
    limits: HttpLimits,
    (place, line): (Place, Line),
) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(kind = ?error.kind(), "cannot set TCP_NODELAY");
    }
    match &served.handshakes {
        // Each in a place of its own: what is large goes deep into the stacks of those that hand it on.
        None => Box::pin(answer(stream, served, limits, line)).await,
        Some(handshakes) => {
            if let Some(stream) = Box::pin(handshakes.protect(stream)).await {
                Box::pin(answer(stream, served, limits, line)).await;
            }
        }
    }
    drop(place);
}

/// Answers what is asked on a connection, until it is closed or becomes a WebSocket.
async fn answer(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    Served { site, headers, sums, .. }: Served,
    limits: HttpLimits,
    line: Line,
) {
    let site = TowerToHyperService::new(site);
    let service = service_fn(move |mut request: Request<Incoming>| {
        let (site, line, headers) = (site.clone(), line.clone(), headers.clone());
        let sums = Arc::clone(&sums);
        async move {
            let opens_session = request.uri().path().starts_with("/ws/");
            let admitted = line.origin_of(request.headers(), opens_session).await;
            let Some((_place, origin)) = admitted else {
                sums.count(Sum::limit_connections_of_address);
                tracing::debug!("request refused: too many from one address");
                let refused = if opens_session {
                    Rejection::Address.into_response()
                } else {
                    Full::Address.into_response()
                };
                return Ok::<Response, Infallible>(headers.apply(refused));
            };
            request.extensions_mut().insert(origin.share);
            request.extensions_mut().insert(origin.source);
            let answer = hyper::service::Service::call(&site, request).await?;
            Ok(headers.apply(answer))
        }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_timeout)
        .max_buf_size(HEADERS_LEN)
        .serve_connection(TokioIo::new(super::sips::Sips::new(stream)), service)
        .with_upgrades()
        .await;
    if served.is_err() {
        // Its text may quote the request.
        tracing::debug!("a connection broke");
    }
}

/// The longest head of a request. Larger, a connection that sends nothing else costs more.
pub(super) const HEADERS_LEN: usize = 16 * 1024;
/// Connections that are told at once that there is no place for them. Larger, a flood costs more; smaller, more of those
/// who come in a rush see a connection that is closed.
const MOST_TURNED_AWAY: usize = 64;
/// Requests that came by a proxy and wait for their origin. When it is full, further ones wait.
const ASKS_LEN: usize = 256;
/// Shorter keeps the processor busy while nothing can be accepted.
pub(super) const PAUSE: Duration = Duration::from_millis(50);
