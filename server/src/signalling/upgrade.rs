// SPDX-License-Identifier: EUPL-1.2
//! Who may open a WebSocket: a room that can exist, a page of ours, a language we speak.

use axum::{
    extract::ws::WebSocketUpgrade,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use shared::{MAX_MESSAGE_LEN, RoomId, SUB_PROTOCOL};
use thiserror::Error;

/// Why there is no WebSocket.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum Rejection {
    /// No key hashes to this.
    #[error("There is no such room: the link is damaged.")]
    Room,
    /// Another site's page wants to speak for the person.
    #[error("Only the page of this server may connect to it.")]
    Origin,
    /// Another program, or a page of another age.
    #[error("This server speaks the WebSocket sub-protocol zooo.v1.")]
    SubProtocol,
    /// The address has too many open.
    #[error("Too many connections from this address.")]
    Address,
    /// The server has no place left.
    #[error("This server has no place left.")]
    Full,
}

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        let status = match self {
            Self::Room => StatusCode::NOT_FOUND,
            Self::Origin => StatusCode::FORBIDDEN,
            Self::SubProtocol => StatusCode::BAD_REQUEST,
            Self::Address => StatusCode::TOO_MANY_REQUESTS,
            Self::Full => StatusCode::SERVICE_UNAVAILABLE,
        };
        (status, self.to_string()).into_response()
    }
}

/// The room that a request asks for, if it may ask.
pub fn room_of(path: &str, headers: &HeaderMap) -> Result<RoomId, Rejection> {
    let room = RoomId::parse(path).ok_or(Rejection::Room)?;
    if !is_same_origin(headers) {
        return Err(Rejection::Origin);
    }
    let spoken = headers.get_all(header::SEC_WEBSOCKET_PROTOCOL).iter();
    let mut spoken = spoken.filter_map(|value| value.to_str().ok()).flat_map(|v| v.split(','));
    if spoken.any(|protocol| protocol.trim() == SUB_PROTOCOL) {
        Ok(room)
    } else {
        Err(Rejection::SubProtocol)
    }
}

/// Bounds what one connection can make the server hold.
pub fn prepare(upgrade: WebSocketUpgrade) -> WebSocketUpgrade {
    upgrade
        .protocols([SUB_PROTOCOL])
        .max_message_size(MAX_MESSAGE_LEN)
        .max_frame_size(MAX_MESSAGE_LEN)
        .read_buffer_size(BUFFER_LEN)
        .write_buffer_size(BUFFER_LEN)
        .max_write_buffer_size(2 * MAX_MESSAGE_LEN)
}

/// Every browser says where a WebSocket comes from; programs that are no browsers need not, since
/// nobody's cookies or permissions could be abused through them.
fn is_same_origin(headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Some(host) = headers.get(header::HOST) else { return false };
    let (Ok(origin), Ok(host)) = (origin.to_str(), host.to_str()) else { return false };
    // The scheme is the proxy's business: behind one, the page is https and this connection is not.
    let Some((_scheme, authority)) = origin.split_once("://") else { return false };
    authority.eq_ignore_ascii_case(host)
}

/// Per connection and direction. Larger costs memory for every open page; smaller costs system calls
/// for the offer and its answer.
const BUFFER_LEN: usize = 4 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: &str = "tyxzxvlcg7n3lvx6rtdgezbt54";

    fn asked(headers: &[(header::HeaderName, &'static str)]) -> Result<(), Rejection> {
        let headers = headers
            .iter()
            .map(|(name, value)| (name.clone(), header::HeaderValue::from_static(value)))
            .collect();
        room_of(ROOM, &headers).map(drop)
    }

    #[test]
    fn our_own_page_may_connect() {
        let spoken = (header::SEC_WEBSOCKET_PROTOCOL, "chat, zooo.v1");
        let host = (header::HOST, "meet.example:8080");
        assert_eq!(asked(&[host.clone(), spoken.clone()]), Ok(()));
        let origin = (header::ORIGIN, "https://Meet.Example:8080");
        assert_eq!(asked(&[host, origin, spoken]), Ok(()));
    }

    #[test]
    fn another_page_may_not() {
        let spoken = (header::SEC_WEBSOCKET_PROTOCOL, "zooo.v1");
        for origin in ["https://evil.example", "null", "https://meet.example.evil.example", ""] {
            let host = (header::HOST, "meet.example");
            let asked = asked(&[host, (header::ORIGIN, origin), spoken.clone()]);
            assert_eq!(asked, Err(Rejection::Origin), "{origin}");
        }
    }

    #[test]
    fn another_language_is_not_spoken() {
        assert_eq!(asked(&[]), Err(Rejection::SubProtocol));
        let future = (header::SEC_WEBSOCKET_PROTOCOL, "zooo.v11");
        assert_eq!(asked(&[future]), Err(Rejection::SubProtocol));
    }
}
