// SPDX-License-Identifier: EUPL-1.2
//! Tells the sums to whoever asks on this machine, on a port of its own.
//!
//! One connection at a time, so that nothing here can be flooded. What is told is up to a minute old: however often
//! somebody asks, they do not see who came when.

use core::{convert::Infallible, net::IpAddr, time::Duration};

use axum::{
    body::Body,
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use shared::Timestamp;
use tokio::{net::TcpListener, time::timeout};

use crate::clock::Clock;

/// Answers until it is dropped; `sums` makes the text.
pub async fn tell(listener: TcpListener, clock: Clock, sums: impl Fn() -> String) -> Infallible {
    let mut told: Option<(Timestamp, String)> = None;
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            clock.wait_until(Some(clock.now() + PAUSE)).await;
            continue;
        };
        let now = clock.now();
        let text = match &told {
            Some((since, text)) if now.since(*since) < FRESH => text.clone(),
            _ => told.insert((now, sums())).1.clone(),
        };
        let service = service_fn(move |request: Request<Incoming>| {
            let answer = answer(request.method(), request.uri().path(), request.headers(), &text);
            async move { Ok::<_, Infallible>(answer) }
        });
        let served = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(PATIENCE)
            .keep_alive(false)
            .serve_connection(TokioIo::new(stream), service);
        if !matches!(timeout(PATIENCE, served).await, Ok(Ok(()))) {
            tracing::debug!("somebody asked for sums and did not take them");
        }
    }
}

fn answer(method: &Method, path: &str, headers: &HeaderMap, text: &str) -> Response<Body> {
    if !is_for_this_machine(headers) {
        return (StatusCode::FORBIDDEN, "Only for this machine.\n").into_response();
    }
    if path != "/metrics" {
        return (StatusCode::NOT_FOUND, "There is /metrics here, and nothing else.\n")
            .into_response();
    }
    if method != Method::GET {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let headers = [
        (header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, text.to_owned()).into_response()
}

/// A page of the web can make a browser ask here, under a name of its own that it lets stand for the loopback. It
/// cannot make it ask under the loopback's own and read the answer.
fn is_for_this_machine(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').filter(|(_, port)| port.parse::<u16>().is_ok());
    let name = name.map_or(host, |(name, _)| name);
    let address = name.trim_matches(['[', ']']).parse::<IpAddr>();
    name == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

/// Longer, an operator sees later what happens. Shorter, whoever may ask sees when one person comes.
const FRESH: Duration = Duration::from_mins(1);
/// Longer, somebody who asks for nothing keeps others from asking. Shorter, a busy machine is told nothing.
const PATIENCE: Duration = Duration::from_secs(5);
/// Shorter keeps the processor busy while nothing can be accepted.
const PAUSE: Duration = Duration::from_millis(50);

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn status(method: &Method, path: &str, host: &'static str) -> u16 {
        let headers = HeaderMap::from_iter([(header::HOST, HeaderValue::from_static(host))]);
        answer(method, path, &headers, "sums").status().as_u16()
    }

    #[test]
    fn sums_are_told_under_the_names_of_this_machine_only() {
        for host in ["127.0.0.1:9090", "localhost:9090", "[::1]:9090", "127.0.0.1", "localhost"] {
            assert_eq!(status(&Method::GET, "/metrics", host), 200, "{host}");
        }
        for host in
            ["meet.school.example", "evil.example:9090", "192.0.2.1:9090", "", "localhost.evil"]
        {
            assert_eq!(status(&Method::GET, "/metrics", host), 403, "{host}");
        }
        assert_eq!(status(&Method::GET, "/", "localhost"), 404);
        assert_eq!(status(&Method::POST, "/metrics", "localhost"), 405);
    }
}
