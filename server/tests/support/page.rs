// SPDX-License-Identifier: EUPL-1.2
//! Pages in tests: a real WebSocket each, to a real server on a port of its own.

use std::{fs::File, future::Future, net::SocketAddr, path::PathBuf, sync::Once, time::Duration};

use futures::{SinkExt as _, StreamExt as _};
use server::{
    Server,
    config::{ServerConfig, ServerLimits},
};
use shared::{
    Challenge, ClientMessage, DisplayName, Entry, ResumeToken, RoomSecret, SealedProfile,
    ServerMessage, Source,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpSocket, TcpStream},
    sync::oneshot,
    task::JoinHandle,
    time::timeout,
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Error, Message, client::IntoClientRequest as _, handshake::client::Request},
};

/// A server that stops with its test.
pub struct Site {
    pub http: SocketAddr,
    pub stop: Option<oneshot::Sender<()>>,
    pub running: JoinHandle<()>,
}

impl Site {
    pub async fn start() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with(adjust: impl FnOnce(&mut ServerLimits)) -> Self {
        Self::configured(|config| adjust(&mut config.limits)).await
    }

    pub async fn configured(adjust: impl FnOnce(&mut ServerConfig)) -> Self {
        log_everything();
        let loopback = "127.0.0.1:0".parse().unwrap();
        let mut config = ServerConfig::new(loopback, loopback, Vec::new()).unwrap();
        adjust(&mut config);
        let server = Server::bind(config).await.unwrap();
        let http = server.http_addr();
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(server.run(async { drop(stopped.await) }));
        Self { http, stop: Some(stop), running }
    }

    /// Asks the server to stop.
    pub fn stop(&mut self) {
        drop(self.stop.take());
    }

    /// Returns when the server has stopped.
    pub async fn stopped(self) {
        soon(self.running).await.unwrap();
    }

    /// A WebSocket request as the page makes it.
    pub fn request(&self, room: &str) -> Request {
        let mut request = format!("ws://{}/ws/{room}", self.http).into_client_request().unwrap();
        let headers = request.headers_mut();
        headers.insert("sec-websocket-protocol", "zooo.v1".parse().unwrap());
        headers.insert("origin", format!("http://{}", self.http).parse().unwrap());
        request
    }

    /// Makes a request and says the status that refused it.
    pub async fn status(&self, request: Request) -> u16 {
        let stream = TcpStream::connect(self.http).await.unwrap();
        match soon(client_async(request, stream)).await {
            Ok(_) => 101,
            Err(Error::Http(response)) => response.status().as_u16(),
            Err(other) => panic!("no answer: {other}"),
        }
    }

    /// The whole answer to a plain request.
    pub async fn ask(&self, method: &str, path: &str) -> String {
        let mut stream = TcpStream::connect(self.http).await.unwrap();
        let request = format!("{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        soon(stream.read_to_end(&mut answer)).await.unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }
}

/// One page's connection.
pub struct Page {
    socket: WebSocketStream<TcpStream>,
    pub challenge: Challenge,
}

impl Page {
    pub async fn connect(site: &Site, secret: &RoomSecret) -> Self {
        let stream = TcpStream::connect(site.http).await.unwrap();
        Self::over(site, secret, stream).await
    }

    /// With as small a window as the system allows.
    pub async fn connect_slowly(site: &Site, secret: &RoomSecret) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(1).unwrap();
        let stream = socket.connect(site.http).await.unwrap();
        Self::over(site, secret, stream).await
    }

    /// Over a line that is there already.
    pub async fn over(site: &Site, secret: &RoomSecret, stream: TcpStream) -> Self {
        let request = site.request(&secret.moderator_key().room_id().to_text());
        let (socket, response) = soon(client_async(request, stream)).await.unwrap();
        assert_eq!(response.headers()["sec-websocket-protocol"], "zooo.v1");
        let mut page = Self { socket, challenge: Challenge::from_bytes([0; 32]) };
        let ServerMessage::Challenge { challenge } = page.hear().await else {
            panic!("every connection opens with a challenge")
        };
        page.challenge = challenge;
        page
    }

    /// Inside, as the moderator; what the welcome held.
    pub async fn moderator(site: &Site, secret: &RoomSecret) -> (Self, ServerMessage) {
        let mut page = Self::connect(site, secret).await;
        let mut entry = entry("Ada", secret);
        entry.proof = Some(secret.moderator_key().prove(&page.challenge));
        page.say(ClientMessage::Enter(entry)).await;
        let welcome = page.hear().await;
        assert!(matches!(welcome, ServerMessage::Welcome { .. }), "{welcome:?}");
        (page, welcome)
    }

    /// At the door.
    pub async fn knock(site: &Site, secret: &RoomSecret, name: &str) -> Self {
        let mut page = Self::connect(site, secret).await;
        page.enter(name, secret, None).await;
        page
    }

    pub async fn enter(&mut self, name: &str, secret: &RoomSecret, resume: Option<ResumeToken>) {
        self.say(ClientMessage::Enter(Entry { resume, ..entry(name, secret) })).await;
    }

    /// States what is transmitted, having heard of this many silencings.
    pub async fn publish(&mut self, live: &[Source], heard: u32) {
        self.say(ClientMessage::Publish { live: live.to_vec(), heard }).await;
    }

    pub async fn say(&mut self, message: ClientMessage) {
        self.send(Message::text(serde_json::to_string(&message).unwrap())).await.unwrap();
    }

    pub async fn send(&mut self, frame: Message) -> Result<(), Error> {
        soon(self.socket.send(frame)).await
    }

    /// The next thing the server says. Pings go on for ever, so that all of it is waited for once.
    pub async fn hear(&mut self) -> ServerMessage {
        soon(async {
            loop {
                match self.socket.next().await {
                    Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).unwrap(),
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                    other => panic!("nothing more is said: {other:?}"),
                }
            }
        })
        .await
    }

    /// Skips what comes before.
    pub async fn hear_until(&mut self, wanted: impl Fn(&ServerMessage) -> bool) -> ServerMessage {
        loop {
            let heard = self.hear().await;
            if wanted(&heard) {
                return heard;
            }
        }
    }

    /// The last message of the server, and the code it closes with.
    pub async fn last_words(&mut self) -> (Option<ServerMessage>, Option<u16>) {
        let mut last = None;
        soon(async {
            loop {
                match self.socket.next().await {
                    Some(Ok(Message::Text(text))) => last = serde_json::from_str(&text).ok(),
                    Some(Ok(Message::Close(frame))) => return (last, frame.map(|f| f.code.into())),
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => return (last, None),
                }
            }
        })
        .await
    }
}

/// What somebody shows at the door who has nothing but a name.
pub fn entry(name: &str, secret: &RoomSecret) -> Entry {
    Entry::named(profile(name, secret))
}

pub fn profile(name: &str, secret: &RoomSecret) -> SealedProfile {
    let room = secret.moderator_key().room_id();
    SealedProfile::seal(&DisplayName::from_typed(name), &secret.invitation_key(), room, [7; 12])
}

/// Tests wait for what happens, and not for ever.
pub async fn soon<T>(future: impl Future<Output = T>) -> T {
    timeout(Duration::from_secs(20), future).await.expect("it takes too long")
}

/// Everything that this process logs, at the most verbose level, of every library.
pub fn log_path() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(concat!(env!("CARGO_CRATE_NAME"), ".log"))
}

fn log_everything() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let file = File::create(log_path()).unwrap();
        let lines = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_max_level(tracing::Level::TRACE)
            .with_writer(file);
        tracing::subscriber::set_global_default(lines.finish()).unwrap();
    });
}
