// SPDX-License-Identifier: EUPL-1.2
//! The signalling of zooo: a WebSocket for each participant, all of them moderators of one room.

use std::{
    io::ErrorKind,
    net::{SocketAddr, TcpStream},
};

use shared::{
    ClientMessage, DisplayName, Entry, MediaKind, Mid, ModeratorProof, Offer, RoomSecret, Sdp,
    SealedProfile, SenderLine, ServerMessage, Source,
};
use tungstenite::{Error, Message, WebSocket, client::IntoClientRequest as _};

use crate::{
    Fault,
    sdp::{Line, Remote, wide_id},
    server::Conference,
    transport::Transport,
};

/// One room of a running server.
pub(crate) struct Zooo {
    http: SocketAddr,
    secret: RoomSecret,
    seats: Vec<Seat>,
    /// The places of publishers among the seats, in their order, and what they send.
    publishers: Vec<(usize, Vec<Source>)>,
}

struct Seat {
    socket: WebSocket<TcpStream>,
}

impl Zooo {
    /// A room that nobody was in before.
    pub(crate) fn new(http: SocketAddr) -> Result<Self, Fault> {
        let mut secret = [0; 32];
        aws_lc_rs::rand::fill(&mut secret).map_err(|_unspecified| "no randomness")?;
        Ok(Self::of(http, RoomSecret::from_random(secret)))
    }

    /// The room behind a bookmark.
    pub(crate) const fn of(http: SocketAddr, secret: RoomSecret) -> Self {
        Self { http, secret, seats: Vec::new(), publishers: Vec::new() }
    }

    /// Enters and agrees on a transport; the answer.
    fn enter(&mut self, sdp: String, senders: Vec<SenderLine>) -> Result<String, Fault> {
        let room = self.secret.moderator_key().room_id();
        let mut request =
            format!("ws://{}/ws/{}", self.http, room.to_text()).into_client_request()?;
        request.headers_mut().insert("sec-websocket-protocol", "zooo.v1".parse()?);
        let stream = TcpStream::connect(self.http)?;
        stream.set_nodelay(true)?;
        let (socket, _) = tungstenite::client(request, stream)?;
        let mut seat = Seat { socket };
        let challenge = loop {
            if let ServerMessage::Challenge { challenge } = seat.hear()? {
                break challenge;
            }
        };
        let name = DisplayName::from_typed("Ada");
        let mut nonce = [0; 12];
        aws_lc_rs::rand::fill(&mut nonce).map_err(|_unspecified| "no randomness")?;
        let profile = SealedProfile::seal(&name, &self.secret.invitation_key(), room, nonce);
        seat.say(&entry(self.secret.moderator_key().prove(&challenge), profile))?;
        let sdp = Sdp::new(sdp).ok_or("the offer is too long")?;
        seat.say(&ClientMessage::Offer(Offer { sdp, senders }))?;
        loop {
            let heard = seat.hear()?;
            if let ServerMessage::Answer(answer) = heard {
                seat.socket.get_ref().set_nonblocking(true)?;
                self.seats.push(seat);
                return Ok(answer.sdp.as_str().to_owned());
            }
            if let ServerMessage::Refused { reason, .. } = heard {
                return Err(format!("refused: {reason:?}").into());
            }
        }
    }
}

/// The first message of somebody who holds the bookmark.
fn entry(proof: ModeratorProof, profile: SealedProfile) -> ClientMessage {
    ClientMessage::Enter(Entry { proof: Some(proof), ..Entry::named(profile) })
}

/// States everything that is sent.
const fn publish(live: Vec<Source>) -> ClientMessage {
    ClientMessage::Publish { live, heard: 0 }
}

impl Conference for Zooo {
    fn publisher(&mut self, transport: &mut Transport, lines: &[Line]) -> Result<Remote, Fault> {
        // What is sent stands first.
        let sent = lines.iter().take_while(|line| line.ssrc.is_some());
        let sources: Vec<_> = sent.map(|line| source(line.kind)).collect();
        let senders = sources.iter().enumerate().map(|(mid, source)| {
            let mid = Mid::parse(&mid.to_string()).ok_or("no identification")?;
            Ok::<_, Fault>(SenderLine { mid, source: *source })
        });
        let senders = senders.collect::<Result<_, _>>()?;
        let answer = self.enter(transport.local().offer(lines), senders)?;
        self.publishers.push((self.seats.len() - 1, sources));
        transport.set_wide(wide_id(&answer));
        Remote::parse(&answer, transport.local().address.ip())
    }

    fn start(&mut self, publisher: usize) -> Result<(), Fault> {
        let (place, sources) = self.publishers.get(publisher).ok_or("no such publisher")?;
        self.seats.get_mut(*place).ok_or("no such seat")?.say(&publish(sources.clone()))
    }

    fn subscriber(&mut self, transport: &mut Transport, lines: &[Line]) -> Result<Remote, Fault> {
        let answer = self.enter(transport.local().offer(lines), Vec::new())?;
        transport.set_wide(wide_id(&answer));
        Remote::parse(&answer, transport.local().address.ip())
    }

    fn attend(&mut self) -> Result<(), Fault> {
        for seat in &mut self.seats {
            loop {
                match seat.socket.read() {
                    Ok(_message) => {}
                    Err(Error::Io(error)) if error.kind() == ErrorKind::WouldBlock => break,
                    Err(error) => return Err(error.into()),
                }
            }
        }
        Ok(())
    }
}

impl Seat {
    fn say(&mut self, message: &ClientMessage) -> Result<(), Fault> {
        Ok(self.socket.send(Message::text(serde_json::to_string(message)?))?)
    }

    fn hear(&mut self) -> Result<ServerMessage, Fault> {
        loop {
            if let Message::Text(text) = self.socket.read()? {
                return Ok(serde_json::from_str(&text)?);
            }
        }
    }
}

const fn source(kind: MediaKind) -> Source {
    match kind {
        MediaKind::Audio => Source::Microphone,
        MediaKind::Video => Source::Camera,
    }
}
