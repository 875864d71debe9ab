// SPDX-License-Identifier: EUPL-1.2
//! Sends who comes without TLS to where there is some, and does nothing else.

use core::{convert::Infallible, future};

use axum::{
    body::Body,
    http::{HeaderValue, Request, Response, StatusCode, header},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

use super::{
    addresses::{Comes, Place},
    listener::{HEADERS_LEN, HttpLimits, PAUSE},
    origin::Origins,
};
use crate::{clock::Clock, office::Origin};

/// Answers at this port, if there is one, until it is dropped.
pub async fn redirect(
    at: Option<(TcpListener, Origin)>,
    limits: HttpLimits,
    clock: Clock,
) -> Infallible {
    let Some((listener, origin)) = at else { return future::pending().await };
    let mut origins = Origins::new(limits.address);
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    let admitted = origins.admit(clock.now(), peer.ip(), Comes::Counted);
                    if let Some((place, _)) = admitted
                        && connections.len() < limits.connections
                    {
                        connections.spawn(send_on(stream, origin.clone(), limits, place));
                    } else {
                        tracing::debug!("connection dropped: too many are open without TLS");
                    }
                }
                Err(error) => {
                    tracing::error!(kind = ?error.kind(), "cannot accept connection");
                    clock.wait_until(Some(clock.now() + PAUSE)).await;
                }
            },
            Some(_sent) = connections.join_next() => {}
        }
    }
}

async fn send_on(stream: TcpStream, origin: Origin, limits: HttpLimits, place: Place) {
    let service = service_fn(|request: Request<Incoming>| {
        let answer =
            whereto(&origin, request.uri().path_and_query().map_or("/", |path| path.as_str()));
        async { Ok::<_, Infallible>(answer) }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_timeout)
        .max_buf_size(HEADERS_LEN)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service)
        .await;
    if served.is_err() {
        // Its text may quote the request.
        tracing::debug!("a connection without TLS broke");
    }
    drop(place);
}

/// The same path at the origin, whatever host was asked for. Nobody keeps that: it is not this answer that
/// binds browsers to TLS.
fn whereto(origin: &Origin, path: &str) -> Response<Body> {
    let mut answer = Response::new(Body::empty());
    // A path begins with a slash, or is the star of OPTIONS.
    let path = if path.starts_with('/') { path } else { "/" };
    let Ok(place) = HeaderValue::from_str(&format!("{}{path}", origin.as_str())) else {
        *answer.status_mut() = StatusCode::BAD_REQUEST;
        return answer;
    };
    *answer.status_mut() = StatusCode::PERMANENT_REDIRECT;
    answer.headers_mut().insert(header::LOCATION, place);
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_asked_for_lies_at_the_origin() {
        let origin = Origin::parse("https://zooo.example").expect("an origin");
        for (path, place) in [
            ("/", "https://zooo.example/"),
            ("/r/abc?x=1", "https://zooo.example/r/abc?x=1"),
            ("//other.example/", "https://zooo.example//other.example/"),
            ("*", "https://zooo.example/"),
            (".other.example/", "https://zooo.example/"),
        ] {
            let answer = whereto(&origin, path);
            assert_eq!(answer.status(), 308, "{path}");
            assert_eq!(answer.headers()["location"], place);
            assert!(answer.headers().get("strict-transport-security").is_none());
        }
    }
}
