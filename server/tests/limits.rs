// SPDX-License-Identifier: EUPL-1.2
//! Each limit that an operator can set is met, and whoever meets it is told.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    dead_code,
    unreachable_pub,
    reason = "a test fails by panicking; its helpers are no interface"
)]

#[path = "support/page.rs"]
mod page;

use page::{Page, Site, entry, soon};
use server::limits::LimitSettings;
use shared::{ClientMessage, CloseReason, Moderation, Refusal, RoomSecret, ServerMessage};
use tokio_tungstenite::tungstenite::handshake::client::Request;

const BUSY: ServerMessage = ServerMessage::Refused { reason: Refusal::Busy, pause: 0 };
const FULL: ServerMessage = ServerMessage::Refused { reason: Refusal::Full, pause: 0 };

#[tokio::test]
async fn rooms_at_once() {
    let site = limited("rooms_at_once = 1").await;
    let (_ada, _) = Page::moderator(&site, &secret(1)).await;
    assert_eq!(first_word(&site, &secret(2)).await, BUSY);
    assert!(matches!(first_word(&site, &secret(1)).await, ServerMessage::Challenge { .. }));
}

#[tokio::test]
async fn participants() {
    let site = limited("participants = 2").await;
    let (mut ada, _) = Page::moderator(&site, &secret(1)).await;
    let mut guests = Vec::new();
    for name in ["Bob", "Cleo"] {
        let mut guest = Page::knock(&site, &secret(1), name).await;
        let knock = ada.hear_until(|heard| matches!(heard, ServerMessage::Knock(_))).await;
        let ServerMessage::Knock(knock) = knock else { panic!("a knock") };
        let admit = Moderation::Admit { participant: knock.participant };
        ada.say(ClientMessage::Moderate(admit)).await;
        let told = guest.hear_until(|heard| !matches!(heard, ServerMessage::Waiting { .. })).await;
        guests.push((guest, told));
    }
    assert!(matches!(guests[0].1, ServerMessage::Welcome { .. }), "{:?}", guests[0].1);
    assert_eq!(guests[1].1, FULL);
}

#[tokio::test]
async fn waiting() {
    let site = limited("waiting = 1").await;
    let _bob = Page::knock(&site, &secret(1), "Bob").await;
    let mut cleo = Page::connect(&site, &secret(1)).await;
    cleo.say(ClientMessage::Enter(entry("Cleo", &secret(1)))).await;
    assert_eq!(cleo.hear().await, FULL);
}

#[tokio::test]
async fn sessions() {
    let site = limited("sessions = 1").await;
    let (_ada, _) = Page::moderator(&site, &secret(1)).await;
    assert_eq!(first_word(&site, &secret(1)).await, BUSY);
}

#[tokio::test]
async fn sessions_per_address() {
    let site = limited("sessions_per_address = 1").await;
    let from = |address: &str| {
        let mut request = site.request(&room(1));
        request.headers_mut().insert("x-forwarded-for", address.parse().unwrap());
        request
    };
    let crowded = ServerMessage::Refused { reason: Refusal::Crowded, pause: 0 };
    let is_greeted = |word| matches!(word, ServerMessage::Challenge { .. });
    let _first = open(&site, from("192.0.2.1")).await;
    assert_eq!(word(&site, from("192.0.2.1")).await, crowded);
    assert!(is_greeted(word(&site, from("192.0.2.2")).await));
}

#[tokio::test]
async fn connections_per_address() {
    // Of an address that has as many open as it may.
    let site = Site::with(|limits| limits.http.address.connections = 0).await;
    let asked =
        "GET / HTTP/1.1\r\nhost: x\r\nx-forwarded-for: 192.0.2.1\r\nconnection: close\r\n\r\n";
    let answer = told(&site, asked).await;
    assert!(answer.starts_with("HTTP/1.1 429") && answer.contains("retry-after: 60"), "{answer}");
    assert!(answer.contains("Aus Ihrem Netz") && answer.contains("from your network"), "{answer}");
}

#[tokio::test]
async fn connections() {
    let site = limited("connections = 8").await;
    let mut silent = Vec::new();
    for _ in 0..8 {
        silent.push(tokio::net::TcpStream::connect(site.http).await.unwrap());
    }
    // They are accepted in order: once the ninth is refused, the eight have their places.
    let full = raw(&site).await;
    assert!(full.starts_with("HTTP/1.1 503") && full.contains("retry-after: 60"), "{full}");
    assert!(full.contains("ausgelastet") && full.contains("This server is full"), "{full}");
    drop(silent);
    soon(async { while !raw(&site).await.starts_with("HTTP/1.1 200") {} }).await;
}

#[tokio::test]
async fn messages_per_second() {
    let site = limited("messages_per_second = 5").await;
    let (mut ada, _) = Page::moderator(&site, &secret(1)).await;
    // As many as anybody can say at once who is not limited to less.
    for _ in 0..25 {
        ada.say(ClientMessage::Hand { raised: true }).await;
    }
    let (last, _) = ada.last_words().await;
    assert_eq!(last, Some(ServerMessage::Closed { reason: CloseReason::Flood }));
}

async fn limited(limits: &str) -> Site {
    let limits = LimitSettings::parse(limits).unwrap();
    Site::with(|all| limits.set(all).unwrap()).await
}

fn secret(byte: u8) -> RoomSecret {
    RoomSecret::from_random([byte; 32])
}

fn room(byte: u8) -> String {
    secret(byte).moderator_key().room_id().to_text()
}

async fn open(site: &Site, request: Request) -> impl Sized {
    let stream = tokio::net::TcpStream::connect(site.http).await.unwrap();
    soon(tokio_tungstenite::client_async(request, stream)).await.unwrap().0
}

async fn first_word(site: &Site, secret: &RoomSecret) -> ServerMessage {
    word(site, site.request(&secret.moderator_key().room_id().to_text())).await
}

/// The first word to who asks so.
async fn word(site: &Site, request: Request) -> ServerMessage {
    use futures::StreamExt as _;
    let stream = tokio::net::TcpStream::connect(site.http).await.unwrap();
    let (mut socket, _) = soon(tokio_tungstenite::client_async(request, stream)).await.unwrap();
    let first = soon(socket.next()).await.unwrap().unwrap();
    serde_json::from_str(first.to_text().unwrap()).unwrap()
}

/// What is answered to a request, if anything.
async fn raw(site: &Site) -> String {
    told(site, "GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await
}

async fn told(site: &Site, request: &str) -> String {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let mut stream = tokio::net::TcpStream::connect(site.http).await.unwrap();
    let asked = stream.write_all(request.as_bytes());
    let mut answer = String::new();
    if soon(asked).await.is_err() || soon(stream.read_to_string(&mut answer)).await.is_err() {
        // Dropped before it was read.
        return String::new();
    }
    answer
}
