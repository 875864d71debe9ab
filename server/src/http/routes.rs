// SPDX-License-Identifier: EUPL-1.2
//! What stands at which path.

use std::sync::Arc;

use axum::{
    Extension, Router,
    extract::{FromRequest as _, Path, Request, State, ws::WebSocketUpgrade},
    http::StatusCode,
    response::{IntoResponse as _, Response},
    routing::get,
};
use shared::Refusal;
use tokio::sync::{Semaphore, watch};

use super::{addresses::Share, page, papers::Papers};
use crate::{
    clock::Clock,
    driver::{ConnectError, Rooms},
    metrics::Sum,
    room::SourceKey,
    signalling::{self, Rejection, Session, SessionEvent, SessionLimits},
};

/// What the requests of a site share.
#[derive(Clone, Debug)]
pub struct Site {
    /// Where the doors are.
    pub rooms: Rooms,
    /// For the sessions.
    pub clock: Clock,
    /// For the sessions.
    pub limits: SessionLimits,
    /// Places for sessions; each holds one until it has said goodbye.
    pub places: Arc<Semaphore>,
    /// Places for those who are told that there is none, [`REFUSED`] at first.
    pub refused: Arc<Semaphore>,
    /// Becomes true when the server stops.
    pub stopping: watch::Receiver<bool>,
}

/// Every path of the site. Each connection brings its share and its source as extensions.
pub fn routes(site: Site, papers: Papers) -> Router {
    Router::new()
        .route("/", get(page::index))
        .route("/m", get(page::index))
        .route("/r/{room}", get(page::room))
        .route("/ws/{room}", get(connect))
        // By either name: whoever watches a server looks for one of them.
        .route("/health", get(async || "ok\n"))
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .fallback(get(page::file))
        .with_state(site)
        .merge(papers.routes())
}

/// Whether to send people here: not while the server goes out of service.
async fn ready(State(site): State<Site>) -> (StatusCode, &'static str) {
    if site.rooms.are_closing() {
        (StatusCode::SERVICE_UNAVAILABLE, "going out of service\n")
    } else {
        (StatusCode::OK, "ok\n")
    }
}

/// Tells a page in its socket what it is not granted: the status of a failed upgrade no page sees, and it would ask
/// again and again. Where too many are being told, the status has to do.
fn refuse(
    site: &Site,
    upgrade: WebSocketUpgrade,
    reason: Refusal,
    rejection: Rejection,
) -> Result<Response, Rejection> {
    let place = Arc::clone(&site.refused).try_acquire_owned();
    let place = place.map_err(|_none_left| rejection)?;
    let limits = site.limits;
    Ok(upgrade.on_upgrade(async move |socket| {
        signalling::refuse(socket, reason, &limits).await;
        drop(place);
    }))
}

/// Opens a session in a room.
async fn connect(
    State(site): State<Site>,
    Extension(share): Extension<Arc<Share>>,
    Extension(source): Extension<SourceKey>,
    Path(room): Path<String>,
    request: Request,
) -> Result<Response, Rejection> {
    let room = signalling::room_of(&room, request.headers())?;
    let upgrade = match WebSocketUpgrade::from_request(request, &site).await {
        Ok(upgrade) => signalling::prepare(upgrade),
        Err(rejection) => return Ok(rejection.into_response()),
    };
    let sums = site.rooms.sums();
    let Some(of_address) = share.take_session() else {
        sums.count(Sum::limit_sessions_of_address);
        return refuse(&site, upgrade, Refusal::Crowded, Rejection::Address);
    };
    let Ok(place) = Arc::clone(&site.places).try_acquire_owned() else {
        sums.count(Sum::limit_sessions);
        return refuse(&site, upgrade, Refusal::Busy, Rejection::Full);
    };
    let door = match site.rooms.connect(room).await {
        Ok(door) => door,
        Err(ConnectError::Full) => return refuse(&site, upgrade, Refusal::Busy, Rejection::Full),
        Err(ConnectError::OutOfService) => {
            return refuse(&site, upgrade, Refusal::OutOfService, Rejection::Full);
        }
        Err(error @ (ConnectError::NoRandomness | ConnectError::Stopping)) => {
            tracing::error!(%error);
            return Err(Rejection::Full);
        }
    };
    let limits = site.limits;
    Ok(upgrade.on_upgrade(async move |socket| {
        let (outbox, outgoing) = signalling::outbox(limits.outbox);
        let id = door.session;
        tracing::debug!(session = id.0, "session opens");
        if door.inbox.send(SessionEvent::Opened(id, source, outbox)).await.is_err() {
            // The room failed a moment ago. The outbox went with it: the session says so itself.
            tracing::debug!(session = id.0, "the room failed before its session opened");
        }
        let Site { clock, stopping, .. } = site;
        let session = Session { id, inbox: door.inbox, stopping, clock, limits };
        session.run(socket, outgoing).await;
        drop((of_address, place));
    }))
}

/// Pages that are told at once that there is no place for them, each for three seconds at most. Larger, a rush costs
/// memory for who is not let in; smaller, more of them take the server for unreachable.
pub const REFUSED: usize = 256;
