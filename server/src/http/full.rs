// SPDX-License-Identifier: EUPL-1.2
//! What somebody reads for whom there is not even a place to load the page: in both languages, for who reads them.

use core::time::Duration;

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

/// Which limit was met.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Full {
    /// Everybody's.
    Server,
    /// That of one address.
    Address,
}

impl Full {
    const fn status(self) -> StatusCode {
        match self {
            Self::Server => StatusCode::SERVICE_UNAVAILABLE,
            Self::Address => StatusCode::TOO_MANY_REQUESTS,
        }
    }

    /// A page that loads nothing.
    fn page(self) -> String {
        let [de, en] = match self {
            Self::Server => [
                "Dieser Server ist ausgelastet. Laden Sie die Seite in einer Minute noch einmal.",
                "This server is full. Load the page again in a minute.",
            ],
            Self::Address => [
                "Aus Ihrem Netz kommen gerade zu viele Anfragen. Laden Sie die Seite in einer Minute noch einmal.",
                "Too many requests come from your network at present. Load the page again in a minute.",
            ],
        };
        format!(
            "<!doctype html><html lang=\"de\"><meta charset=\"utf-8\"><title>zooo</title>\
             <p>{de}</p><p lang=\"en\">{en}</p></html>\n"
        )
    }
}

impl IntoResponse for Full {
    fn into_response(self) -> Response {
        let headers = [(header::CONTENT_TYPE, HTML), (header::RETRY_AFTER, PAUSE)];
        (self.status(), headers, self.page()).into_response()
    }
}

/// Tells it on a connection that is not served, and closes.
pub(super) async fn turn_away(mut stream: TcpStream, why: Full) {
    let page = why.page();
    let answer = format!(
        "HTTP/1.1 {}\r\ncontent-type: {HTML}\r\nretry-after: {PAUSE}\r\ncontent-security-policy: default-src 'none'\r\n\
         cache-control: no-store\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{page}",
        why.status(),
        page.len(),
    );
    let told = timeout(PATIENCE, async {
        // Before it has asked, nobody listens to an answer; and what was not read would reset the connection.
        let mut asked = [0; 1_024];
        if !matches!(stream.read(&mut asked).await, Ok(1..)) {
            return;
        }
        let is_told = stream.write_all(answer.as_bytes()).await.is_ok();
        if is_told && stream.shutdown().await.is_ok() {
            while matches!(stream.read(&mut asked).await, Ok(1..)) {}
        }
    });
    if told.await.is_err() {
        tracing::debug!("a connection was closed before it was told why");
    }
}

const HTML: &str = "text/html; charset=utf-8";
/// Seconds after which to ask again.
const PAUSE: &str = "60";
/// Longer, who asks for nothing keeps others from being told; shorter, a slow line is not.
const PATIENCE: Duration = Duration::from_secs(1);
