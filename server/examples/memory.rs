// SPDX-License-Identifier: EUPL-1.2
//! Measures what the server's memory costs: with no room, and for each participant with a transport
//! of 18 slots, idle and publishing to nine others. `docs/media.md` has the figures.
//!
//! `cargo run -p zooo --example memory -- target/release/zooo`
#![expect(
    clippy::cast_precision_loss,
    clippy::as_conversions,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_types,
    clippy::large_futures,
    clippy::too_many_arguments,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a measurement that cannot go on has failed; what it finds is printed"
)]

use std::{
    env, fs,
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    process::{Child, Command, Stdio},
    time::Duration,
};

use futures::{SinkExt as _, StreamExt as _, future::join_all};
use rtc::rtp_transceiver::rtp_sender::RtpCodecKind;
use shared::{
    ClientMessage, DisplayName, Entry, Offer, RoomSecret, Sdp, SealedProfile, SenderLine,
    ServerMessage, Source,
};
use tokio::{
    net::TcpStream,
    time::{sleep, timeout},
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Message, client::IntoClientRequest as _},
};
use webrtc::peer_connection::SrtpProtectionProfile;

#[expect(dead_code, reason = "the tests need more of it")]
#[path = "../tests/support/peer.rs"]
mod peer;

use peer::TestPeer;

const ROOMS: u8 = 5;
const PEOPLE: u8 = 10;

#[tokio::main]
async fn main() {
    let binary = env::args().nth(1).expect("the path of the release binary");
    let (mut server, http) = start(&binary);
    // The media thread takes its own a moment after the address is told.
    sleep(Duration::from_secs(1)).await;
    println!("no room: {} KiB", resident(&server));
    let mut people = Vec::new();
    // The first room makes the server take what is shared among all, and what parsing leaves behind.
    let mut before = 0;
    for room in 0..ROOMS {
        before = if room == 1 { resident(&server) } else { before };
        let secret = RoomSecret::from_random([room; 32]);
        for person in 0..PEOPLE {
            people.push(Person::enter(http, &secret, person).await);
        }
    }
    // Who only listens keeps its handshake for half a minute.
    wait(&mut people, 35).await;
    let each = |more: u64, people: usize| more as f64 / people as f64;
    let more = people.len() - usize::from(PEOPLE);
    let idle = each(resident(&server).saturating_sub(before), more);
    println!("{more} more idle participants: {idle:.0} KiB each");
    let mut publishing = Vec::new();
    // The same for the media thread.
    let mut shared = 0;
    for room in 0..2 {
        shared = resident(&server);
        let first = room * usize::from(PEOPLE);
        for person in people.iter_mut().skip(first).take(PEOPLE.into()) {
            publishing.push(person.peer.publish());
            let live = vec![Source::Microphone, Source::Camera];
            person.say(&ClientMessage::Publish { live, heard: 0 }).await;
        }
        wait(&mut people, 15).await;
    }
    let more = each(resident(&server).saturating_sub(shared), PEOPLE.into());
    println!("{PEOPLE} more publishing participants: {:.0} KiB each", idle + more);
    drop(publishing);
    server.kill().expect("it runs");
    server.wait().expect("it ends");
}

/// Lets time pass, in which everybody answers pings.
async fn wait(people: &mut [Person], seconds: u64) {
    let listening = people.iter_mut().map(|person| {
        timeout(Duration::from_secs(seconds), async {
            while person.socket.next().await.is_some() {}
        })
    });
    join_all(listening).await;
}

/// Starts the server on free ports of the loopback and reads where it serves.
fn start(binary: &str) -> (Child, SocketAddr) {
    let mut server = Command::new(binary)
        .args(["serve", "--http", "127.0.0.1:0", "--media", "127.0.0.1:0"])
        // With the first room its buffers are in use; another thread would take its own with the second.
        .args(["--media-threads", "1"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("a server");
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let (_, port) = line.trim().rsplit_once(':').expect("an address");
    (server, SocketAddr::from(([127, 0, 0, 1], port.parse().unwrap())))
}

/// The resident memory of a process, in KiB.
fn resident(process: &Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", process.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

struct Person {
    socket: WebSocketStream<TcpStream>,
    peer: TestPeer,
}

impl Person {
    /// Enters as a moderator and agrees on a transport.
    async fn enter(http: SocketAddr, secret: &RoomSecret, tag: u8) -> Self {
        let room = secret.moderator_key().room_id();
        let url = format!("ws://{http}/ws/{}", room.to_text());
        let mut request = url.into_client_request().unwrap();
        request.headers_mut().insert("sec-websocket-protocol", "zooo.v1".parse().unwrap());
        let stream = TcpStream::connect(http).await.unwrap();
        let (socket, _) = client_async(request, stream).await.unwrap();
        let profile = vec![SrtpProtectionProfile::Srtp_Aead_Aes_256_Gcm];
        let slots = [(RtpCodecKind::Audio, 6), (RtpCodecKind::Video, 12)];
        let (peer, sdp) = TestPeer::offering_slots(tag, profile, slots).await;
        let mut person = Self { socket, peer };
        let ServerMessage::Challenge { challenge } = person.hear().await else { panic!() };
        let name = DisplayName::from_typed("Ada");
        let profile = SealedProfile::seal(&name, &secret.invitation_key(), room, [tag; 12]);
        let proof = Some(secret.moderator_key().prove(&challenge));
        let entry = Entry { proof, ..Entry::named(profile) };
        person.say(&ClientMessage::Enter(entry)).await;
        let senders = TestPeer::senders();
        let senders = senders.into_iter().map(|(mid, source)| SenderLine { mid, source }).collect();
        let offer = Offer { sdp: Sdp::new(sdp).unwrap(), senders };
        person.say(&ClientMessage::Offer(offer)).await;
        loop {
            if let ServerMessage::Answer(answer) = person.hear().await {
                let nowhere = SocketAddr::from(([127, 0, 0, 1], 1));
                person.peer.accept(answer.sdp.as_str(), nowhere, nowhere).await;
                return person;
            }
        }
    }

    async fn say(&mut self, message: &ClientMessage) {
        self.socket.send(Message::text(serde_json::to_string(message).unwrap())).await.unwrap();
    }

    async fn hear(&mut self) -> ServerMessage {
        loop {
            if let Message::Text(text) = self.socket.next().await.unwrap().unwrap() {
                return serde_json::from_str(&text).unwrap();
            }
        }
    }
}
