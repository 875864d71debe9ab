// SPDX-License-Identifier: EUPL-1.2
//! The connection to the room: one WebSocket, JSON text both ways.

use shared::{ClientMessage, RoomId, SUB_PROTOCOL, ServerMessage};
use wasm_bindgen::JsCast as _;
use web_sys::{MessageEvent, WebSocket};

use super::{Inbox, Listener, Page, error::warn};
use crate::call::Event;

/// A connection that is opening or open. Dropping it closes it, and nothing is reported of it.
#[derive(Debug)]
pub(super) struct Socket {
    socket: WebSocket,
    _listeners: [Listener; 4],
}

impl Socket {
    /// Connects; reports when it is open, what arrives, and when it is gone.
    pub(super) fn open(room: RoomId, inbox: &Inbox) -> Option<Self> {
        let url = Page::socket_url(&room.to_text());
        let socket = WebSocket::new_with_str(&url, SUB_PROTOCOL).ok()?;
        let (opened, heard, closed) = (inbox.clone(), inbox.clone(), inbox.clone());
        let leaving = socket.clone();
        let listeners = [
            Listener::new(&socket, "open", move |_| opened.put(Event::SocketOpened)),
            Listener::new(&socket, "message", move |event| {
                if let Some(message) = event.dyn_ref().and_then(read) {
                    heard.put(Event::Message(message));
                } else {
                    warn("a message of the server is not understood and left alone");
                }
            }),
            Listener::new(&socket, "close", move |_| closed.put(Event::SocketClosed)),
            // A browser may keep the page for going back, and its connection with it: whoever went
            // elsewhere would still stand at the door.
            Listener::new(&Page::window(), "pagehide", move |_| drop(leaving.close())),
        ];
        Some(Self { socket, _listeners: listeners })
    }

    /// Says something. On a connection that is going down it is lost, as it would be on its way.
    pub(super) fn send(&self, message: &ClientMessage) {
        let sent = serde_json::to_string(message)
            .ok()
            .and_then(|text| self.socket.send_with_str(&text).ok());
        if sent.is_none() {
            warn("a message is not sent: the connection is not open");
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        // What was sent before still leaves: closing waits for it.
        drop(self.socket.close());
    }
}

fn read(event: &MessageEvent) -> Option<ServerMessage> {
    serde_json::from_str(&event.data().as_string()?).ok()
}
