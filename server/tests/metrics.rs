// SPDX-License-Identifier: EUPL-1.2
//! What a scrape tells during a meeting: sums, and nothing of anybody.
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
#[path = "support/served.rs"]
mod served;

use std::process::{Command, Stdio};

use page::{Page, Site};
use served::Served;
use shared::{Moderation, RoomSecret, ServerMessage};

#[tokio::test]
async fn a_scrape_tells_sums_and_nothing_of_anybody() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zooo"));
    command.args(["serve", "--http", "127.0.0.1:0", "--media", "127.0.0.1:0"]);
    command.args(["--metrics", "127.0.0.1:0"]);
    let served = Served::run("metrics", command);
    let site = site_at(served.http);
    let secret = RoomSecret::from_random([1; 32]);
    let (mut ada, _) = Page::moderator(&site, &secret).await;
    let mut bob = Page::knock(&site, &secret, "Bob").await;
    let knock = ada.hear_until(|heard| matches!(heard, ServerMessage::Knock(_))).await;
    let ServerMessage::Knock(knock) = knock else { panic!("a knock") };
    ada.say(shared::ClientMessage::Moderate(Moderation::Admit { participant: knock.participant }))
        .await;
    bob.hear_until(|heard| matches!(heard, ServerMessage::Welcome { .. })).await;
    let log = served.log();
    let port = log.split_once("metrics=127.0.0.1:").unwrap().1.split_whitespace().next().unwrap();
    let metrics = site_at(([127, 0, 0, 1], port.parse().unwrap()).into());

    assert!(metrics.ask("GET", "/metrics").await.starts_with("HTTP/1.1 403"), "the host is x");
    let answer = scrape(metrics.http).await;
    let (head, text) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200") && head.contains("openmetrics-text"), "{head}");
    assert!(text.ends_with("# EOF\n"), "{text}");
    for line in
        ["zooo_rooms 1", "zooo_participants 5", "zooo_knocks 0", "zooo_rooms_opened_total 1"]
    {
        assert!(text.lines().any(|told| told == line), "{line}: {text}");
    }
    let room = secret.moderator_key().room_id().to_text();
    let id = knock.participant.0.to_string();
    for wrong in [room.as_str(), "Ada", "Bob", "127.0.0.1", &served.media.port().to_string()] {
        assert!(!text.contains(wrong), "{wrong}: {text}");
    }
    // No label, so that no value is of somebody: not of participant 2 either.
    assert!(!text.contains('{') && !text.contains(&format!("\"{id}\"")), "{text}");
    // What happens within the minute is not seen.
    drop((ada, bob));
    assert_eq!(scrape(metrics.http).await.split_once("\r\n\r\n").unwrap().1, text);
    // The page's own port tells nothing of it.
    assert!(site.ask("GET", "/metrics").await.starts_with("HTTP/1.1 404"));
}

#[test]
fn sums_are_not_told_to_other_machines() {
    let refused = Command::new(env!("CARGO_BIN_EXE_zooo"))
        .args(["config", "check", "--metrics", "0.0.0.0:9090"])
        .stdout(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(2));
    let told = String::from_utf8(refused.stderr).unwrap();
    assert!(told.contains("0.0.0.0:9090") && told.contains("127.0.0.1"), "{told}");
}

fn site_at(http: std::net::SocketAddr) -> Site {
    Site { http, stop: None, running: tokio::spawn(async {}) }
}

async fn scrape(at: std::net::SocketAddr) -> String {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let mut stream = tokio::net::TcpStream::connect(at).await.unwrap();
    let request = format!("GET /metrics HTTP/1.1\r\nhost: {at}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}
