// SPDX-License-Identifier: EUPL-1.2
//! The signalling of Janus' videoroom plugin, over its WebSocket transport: one session, a handle for each
//! participant.

use std::{
    io::ErrorKind,
    net::{SocketAddr, TcpStream},
};

use serde_json::{Value, json};
use tungstenite::{Error, Message, WebSocket, client::IntoClientRequest as _};

use crate::{
    Fault,
    sdp::{Line, Remote, wide_id},
    server::Conference,
    transport::Transport,
};

/// One room of a running Janus.
pub(crate) struct Janus {
    socket: WebSocket<TcpStream>,
    session: u64,
    transactions: u64,
    /// The handle of each publisher, and the name of what it sends.
    publishers: Vec<(u64, u64)>,
}

impl Janus {
    /// Opens a session and makes the room.
    pub(crate) fn new(signalling: SocketAddr) -> Result<Self, Fault> {
        let mut request = format!("ws://{signalling}/").into_client_request()?;
        request.headers_mut().insert("sec-websocket-protocol", "janus-protocol".parse()?);
        let stream = TcpStream::connect(signalling)?;
        stream.set_nodelay(true)?;
        let (socket, _) = tungstenite::client(request, stream)?;
        let mut janus = Self { socket, session: 0, transactions: 0, publishers: Vec::new() };
        let created = janus.request(json!({ "janus": "create" }))?;
        janus.session = number(&created, "/data/id")?;
        let handle = janus.attach()?;
        let room = json!({
            "request": "create", "room": ROOM, "publishers": 1_000, "bitrate": 0,
            "audiocodec": "opus", "videocodec": "vp8", "transport_wide_cc_ext": true,
        });
        let made = janus.request(json!({
            "janus": "message", "session_id": janus.session, "handle_id": handle, "body": room,
        }))?;
        if let Some(error) = made.pointer("/plugindata/data/error") {
            return Err(format!("no room: {error}").into());
        }
        Ok(janus)
    }

    fn attach(&mut self) -> Result<u64, Fault> {
        let attached = self.request(json!({
            "janus": "attach", "session_id": self.session, "plugin": "janus.plugin.videoroom",
        }))?;
        number(&attached, "/data/id")
    }

    /// Says something to the plugin and waits for what it answers.
    fn message(&mut self, handle: u64, body: &Value, jsep: Option<Value>) -> Result<Value, Fault> {
        let mut request = json!({
            "janus": "message", "session_id": self.session, "handle_id": handle, "body": body,
        });
        if let (Some(jsep), Some(request)) = (jsep, request.as_object_mut()) {
            request.insert("jsep".to_owned(), jsep);
        }
        let event = self.request(request)?;
        match event.pointer("/plugindata/data/error") {
            Some(error) => Err(format!("Janus says: {error}").into()),
            None => Ok(event),
        }
    }

    /// The answer to a request: what comes with its transaction and is more than an acknowledgement.
    fn request(&mut self, mut request: Value) -> Result<Value, Fault> {
        self.transactions += 1;
        let transaction = self.transactions.to_string();
        request
            .as_object_mut()
            .ok_or("no object")?
            .insert("transaction".to_owned(), json!(transaction));
        self.socket.get_ref().set_nonblocking(false)?;
        self.socket.send(Message::text(request.to_string()))?;
        loop {
            let Message::Text(text) = self.socket.read()? else { continue };
            let answer: Value = serde_json::from_str(&text)?;
            if answer.get("transaction").and_then(Value::as_str) != Some(&transaction) {
                continue;
            }
            match answer.get("janus").and_then(Value::as_str) {
                Some("ack") => {}
                Some("error") => return Err(format!("Janus says: {answer}").into()),
                _ => return Ok(answer),
            }
        }
    }
}

impl Conference for Janus {
    fn publisher(&mut self, transport: &mut Transport, lines: &[Line]) -> Result<Remote, Fault> {
        if lines.iter().any(|line| line.ssrc.is_none()) {
            return Err("Janus has a connection for each direction: it holds no --meeting".into());
        }
        let handle = self.attach()?;
        let joined = self.message(
            handle,
            &json!({ "request": "join", "ptype": "publisher", "room": ROOM }),
            None,
        )?;
        self.publishers.push((handle, number(&joined, "/plugindata/data/id")?));
        let offer = json!({ "type": "offer", "sdp": transport.local().offer(lines) });
        let answered = self.message(handle, &json!({ "request": "publish" }), Some(offer))?;
        let answer = answered.pointer("/jsep/sdp").and_then(Value::as_str).ok_or("no answer")?;
        Remote::parse(answer, transport.local().address.ip())
    }

    /// What a publisher sends exists for others once Janus has seen that it is connected.
    fn start(&mut self, publisher: usize) -> Result<(), Fault> {
        let (handle, _) = *self.publishers.get(publisher).ok_or("no such publisher")?;
        self.socket.get_ref().set_nonblocking(false)?;
        loop {
            let Message::Text(text) = self.socket.read()? else { continue };
            let event: Value = serde_json::from_str(&text)?;
            let up = event.get("janus").and_then(Value::as_str) == Some("webrtcup");
            if up && event.get("sender").and_then(Value::as_u64) == Some(handle) {
                return Ok(());
            }
        }
    }

    fn subscriber(&mut self, transport: &mut Transport, _lines: &[Line]) -> Result<Remote, Fault> {
        let handle = self.attach()?;
        let feeds = self.publishers.iter().map(|(_, feed)| json!({ "feed": feed }));
        let streams: Vec<_> = feeds.collect();
        let offered = self.message(
            handle,
            &json!({ "request": "join", "ptype": "subscriber", "room": ROOM, "streams": streams }),
            None,
        )?;
        let offer = offered.pointer("/jsep/sdp").and_then(Value::as_str).ok_or("no offer")?;
        transport.set_wide(wide_id(offer));
        let answer = json!({ "type": "answer", "sdp": transport.local().answer(offer)? });
        self.message(handle, &json!({ "request": "start" }), Some(answer))?;
        Remote::parse(offer, transport.local().address.ip())
    }

    fn attend(&mut self) -> Result<(), Fault> {
        self.transactions += 1;
        self.socket.get_ref().set_nonblocking(true)?;
        let alive = json!({
            "janus": "keepalive", "session_id": self.session, "transaction": self.transactions.to_string(),
        });
        self.socket.send(Message::text(alive.to_string()))?;
        loop {
            match self.socket.read() {
                Ok(_message) => {}
                Err(Error::Io(error)) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(error) => return Err(error.into()),
            }
        }
    }
}

fn number(value: &Value, at: &str) -> Result<u64, Fault> {
    let found = value.pointer(at).and_then(Value::as_u64);
    found.ok_or_else(|| format!("no number at {at} in {value}").into())
}

/// Any number: each run has a Janus of its own.
const ROOM: u64 = 4_711;
