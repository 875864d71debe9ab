// SPDX-License-Identifier: EUPL-1.2
//! A server that goes out of service: what goes on goes on for a while, and nothing begins.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    dead_code,
    unreachable_pub,
    reason = "a test fails by panicking; its helpers are no interface"
)]

#[path = "support/page.rs"]
mod page;
#[path = "support/served.rs"]
mod served;

use std::{
    process::{Command, ExitStatus},
    time::Duration,
};

use page::{Page, Site, soon};
use served::Served;
use server::clock::Clock;
use shared::{ClientMessage, CloseReason, Refusal, RoomSecret, ServerMessage, Timestamp};
use tokio::time::{sleep, timeout};

#[tokio::test]
async fn it_ends_at_once_when_the_last_conference_is_over() {
    let mut served = serve("drain", "600");
    let site = site_of(&served);
    let (mut ada, _) = Page::moderator(&site, &secret(1)).await;
    assert!(site.ask("GET", "/readyz").await.starts_with("HTTP/1.1 200"));
    assert!(site.ask("GET", "/healthz").await.starts_with("HTTP/1.1 200"));
    signal(&served, "TERM");
    let ServerMessage::Closing { within } = told_closing(&mut ada).await else { panic!("closing") };
    assert!((595..=600).contains(&within), "{within} seconds");
    let ready = site.ask("GET", "/readyz").await;
    assert!(ready.starts_with("HTTP/1.1 503"), "{ready}");
    assert!(site.ask("GET", "/healthz").await.starts_with("HTTP/1.1 200"));
    // Another room does not begin; this one is still entered.
    let mut refused = client(&site, &secret(2)).await;
    assert_eq!(refused, Some(ServerMessage::Refused { reason: Refusal::OutOfService, pause: 0 }));
    refused = client(&site, &secret(1)).await;
    assert!(matches!(refused, Some(ServerMessage::Challenge { .. })), "{refused:?}");
    assert!(served.process().try_wait().unwrap().is_none(), "it goes on");
    let clock = Clock::start();
    ada.say(ClientMessage::Leave {}).await;
    assert!(ended(&mut served).await.success());
    let waited = clock.now().since(Timestamp::default());
    assert!(waited < Duration::from_secs(4), "it waited for {waited:?}");
}

#[tokio::test]
async fn nobody_is_waited_for_longer_than_was_said() {
    let mut served = serve("drain-limit", "2");
    let (mut ada, _) = Page::moderator(&site_of(&served), &secret(1)).await;
    signal(&served, "TERM");
    told_closing(&mut ada).await;
    let clock = Clock::start();
    let last = ada.last_words().await;
    assert_eq!(last, (Some(ServerMessage::Closed { reason: CloseReason::Stopping }), Some(1001)));
    let waited = clock.now().since(Timestamp::default());
    assert!(waited > Duration::from_millis(1_500) && waited < Duration::from_secs(5), "{waited:?}");
    assert!(ended(&mut served).await.success());
}

#[tokio::test]
async fn whoever_is_in_a_hurry_says_it_twice_or_otherwise() {
    for signals in [&["TERM", "TERM"][..], &["TERM", "INT"], &["INT"]] {
        let mut served = serve("drain-hurry", "600");
        let (mut ada, _) = Page::moderator(&site_of(&served), &secret(1)).await;
        for (before, name) in signals.iter().enumerate() {
            if before > 0 {
                told_closing(&mut ada).await;
            }
            signal(&served, name);
        }
        let (last, _) = ada.last_words().await;
        assert_eq!(last, Some(ServerMessage::Closed { reason: CloseReason::Stopping }));
        assert!(ended(&mut served).await.success(), "{signals:?}");
    }
}

#[tokio::test]
async fn to_read_again_is_not_to_end() {
    let served = serve("drain-hangup", "600");
    let site = site_of(&served);
    let (mut ada, _) = Page::moderator(&site, &secret(1)).await;
    signal(&served, "HUP");
    // Whatever a signal does has been done when a later word is answered.
    ada.say(ClientMessage::Hand { raised: true }).await;
    ada.hear_until(|heard| matches!(heard, ServerMessage::Roster { .. })).await;
    assert!(site.ask("GET", "/readyz").await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn an_empty_server_ends_at_once() {
    let mut served = serve("drain-empty", "600");
    signal(&served, "TERM");
    assert!(ended(&mut served).await.success());
}

fn serve(name: &str, drain_after: &str) -> Served {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zooo"));
    command.args(["serve", "--http", "127.0.0.1:0", "--media", "127.0.0.1:0"]);
    command.args(["--drain-after", drain_after]);
    Served::run(name, command)
}

fn secret(byte: u8) -> RoomSecret {
    RoomSecret::from_random([byte; 32])
}

fn site_of(served: &Served) -> Site {
    Site { http: served.http, stop: None, running: tokio::spawn(async {}) }
}

fn signal(served: &Served, name: &str) {
    let id = served.id().to_string();
    assert!(Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
}

async fn told_closing(page: &mut Page) -> ServerMessage {
    page.hear_until(|heard| matches!(heard, ServerMessage::Closing { .. })).await
}

/// The first word to somebody who connects to a room.
async fn client(site: &Site, secret: &RoomSecret) -> Option<ServerMessage> {
    use futures::StreamExt as _;
    let request = site.request(&secret.moderator_key().room_id().to_text());
    let stream = tokio::net::TcpStream::connect(site.http).await.unwrap();
    let (mut socket, _) = soon(tokio_tungstenite::client_async(request, stream)).await.unwrap();
    let first = soon(socket.next()).await.unwrap().unwrap();
    serde_json::from_str(first.to_text().unwrap()).ok()
}

async fn ended(served: &mut Served) -> ExitStatus {
    let end = async {
        loop {
            if let Some(status) = served.process().try_wait().unwrap() {
                return status;
            }
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(10), end).await.expect("it ends")
}
