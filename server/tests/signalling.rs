// SPDX-License-Identifier: EUPL-1.2
//! Pages and server over a real WebSocket each, without a browser.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    unreachable_pub,
    reason = "a test fails by panicking; its helpers are no interface"
)]

#[path = "support/page.rs"]
mod page;

use std::{fs, time::Duration};

use futures::StreamExt as _;
use page::{Page, Site, entry, log_path, profile, soon};
use shared::{
    ClientMessage, CloseReason, DisplayName, MAX_MESSAGE_LEN, Mid, Moderation, Offer,
    ParticipantId, ParticipantInfo, Refusal, Role, RoomSecret, RosterChange, Sdp, SenderLine,
    ServerMessage, Source, WaitingFor,
};
use tokio::net::TcpStream;
use tokio_tungstenite::{client_async, tungstenite::Message};

fn secret(byte: u8) -> RoomSecret {
    RoomSecret::from_random([byte; 32])
}

const fn closed(reason: CloseReason) -> ServerMessage {
    ServerMessage::Closed { reason }
}

const fn refused(reason: Refusal) -> ServerMessage {
    ServerMessage::Refused { reason, pause: 0 }
}

const fn waits_for(heard: &ServerMessage) -> Option<WaitingFor> {
    if let ServerMessage::Waiting { for_whom, .. } = heard { Some(*for_whom) } else { None }
}

/// A moderator and somebody she admitted.
async fn meeting(site: &Site, secret: &RoomSecret) -> (Page, Page) {
    let (mut ada, _) = Page::moderator(site, secret).await;
    let mut bob = Page::knock(site, secret, "Bob").await;
    let ServerMessage::Knock(knock) = ada.hear().await else { panic!("a knock") };
    ada.say(ClientMessage::Moderate(Moderation::Admit { participant: knock.participant })).await;
    bob.hear_until(|heard| matches!(heard, ServerMessage::Welcome { .. })).await;
    ada.hear_until(|heard| matches!(heard, ServerMessage::Roster { .. })).await;
    (ada, bob)
}

/// Both of them hear what one of them does.
async fn still_meets((ada, bob): &mut (Page, Page), live: &[Source]) {
    ada.publish(live, 0).await;
    for page in [ada, bob] {
        page.hear_until(|heard| {
            present(heard).is_some_and(|who| who.role == Role::Moderator && who.live == live)
        })
        .await;
    }
}

#[tokio::test]
async fn a_moderator_admits_who_knocks_and_both_see_who_is_there() {
    let (site, secret) = (Site::start().await, secret(1));
    let mut bob = Page::knock(&site, &secret, "Bob").await;
    assert_eq!(waits_for(&bob.hear().await), Some(WaitingFor::Moderator));
    let (mut ada, welcome) = Page::moderator(&site, &secret).await;
    let ServerMessage::Welcome { you: ada_id, knocks, .. } = welcome else { panic!() };
    assert_eq!(waits_for(&bob.hear().await), Some(WaitingFor::Admission));
    let room = secret.moderator_key().room_id();
    let name = knocks[0].profile.open(&secret.invitation_key(), room);
    assert_eq!(name, Some(DisplayName::from_typed("Bob")));

    let participant = knocks[0].participant;
    ada.say(ClientMessage::Moderate(Moderation::Admit { participant })).await;
    let ServerMessage::Welcome { you, participants, .. } = bob.hear().await else { panic!() };
    let inside: Vec<_> = participants.iter().map(|p| (p.id, p.role)).collect();
    assert_eq!(inside, [(ada_id, Role::Moderator), (you, Role::Participant)]);
    let present = ada.hear_until(|heard| matches!(heard, ServerMessage::Roster { .. })).await;
    let ServerMessage::Roster { change: RosterChange::Present { participant: bob_seen }, .. } =
        present
    else {
        panic!("{present:?}")
    };
    assert_eq!(bob_seen.id, you);
}

#[tokio::test]
async fn who_knocked_and_is_gone_without_a_word_no_longer_knocks() {
    let (site, secret) = (Site::start().await, secret(9));
    let (mut ada, _) = Page::moderator(&site, &secret).await;
    let bob = Page::knock(&site, &secret, "Bob").await;
    let ServerMessage::Knock(knock) = ada.hear().await else { panic!("a knock") };
    drop(bob);
    let gone = ServerMessage::KnockGone { participant: knock.participant };
    assert_eq!(ada.hear().await, gone);
}

#[tokio::test]
async fn a_signature_for_another_connection_is_refused() {
    let (site, secret) = (Site::start().await, secret(2));
    let other = Page::connect(&site, &secret).await;
    let mut mallory = Page::connect(&site, &secret).await;
    let mut entry = entry("Mallory", &secret);
    entry.proof = Some(secret.moderator_key().prove(&other.challenge));
    mallory.say(ClientMessage::Enter(entry)).await;
    let refused = refused(Refusal::WrongProof);
    assert_eq!(mallory.last_words().await, (Some(refused), Some(4103)));
}

#[tokio::test]
async fn a_damaged_link_another_site_and_another_language_do_not_connect() {
    let site = Site::start().await;
    let room = secret(3).moderator_key().room_id().to_text();
    assert_eq!(site.status(site.request(&room)).await, 101);
    assert_eq!(site.status(site.request(&room[1..])).await, 404);
    assert_eq!(site.status(site.request("tyxzxvlcg7n3lvx6rtdgezbt55")).await, 404);
    let mut foreign = site.request(&room);
    foreign.headers_mut().insert("origin", "https://evil.example".parse().unwrap());
    assert_eq!(site.status(foreign).await, 403);
    let mut silent = site.request(&room);
    silent.headers_mut().remove("sec-websocket-protocol");
    assert_eq!(site.status(silent).await, 400);
}

#[tokio::test]
async fn who_breaks_the_protocol_is_closed_and_nobody_else_notices() {
    let site = Site::start().await;
    let mut elsewhere = meeting(&site, &secret(4)).await;
    let here = secret(5);
    let frames = [
        ("garbage", Message::text("{")),
        ("an unknown message", Message::text(r#"{"type":"switch_on_camera"}"#)),
        ("an unknown field", Message::text(r#"{"type":"leave","why":"bored"}"#)),
        ("a binary frame", Message::binary(vec![1, 2, 3])),
        ("a long message", Message::text("x".repeat(MAX_MESSAGE_LEN + 1))),
        ("a message out of turn", Message::text(r#"{"type":"publish","live":[],"heard":0}"#)),
    ];
    for (round, (what, frame)) in frames.into_iter().enumerate() {
        let mut page = Page::connect(&site, &here).await;
        page.send(frame).await.unwrap();
        let words = page.last_words().await;
        assert_eq!(words, (Some(closed(CloseReason::Protocol)), Some(1008)), "{what}");
        let live: &[Source] = if round % 2 == 0 { &[Source::Camera] } else { &[] };
        still_meets(&mut elsewhere, live).await;
    }
}

#[tokio::test]
async fn who_floods_is_closed_and_nobody_else_notices() {
    let site = Site::start().await;
    let mut elsewhere = meeting(&site, &secret(6)).await;
    for frame in
        [Message::text(r#"{"type":"publish","live":[],"heard":0}"#), Message::Ping(vec![1].into())]
    {
        let (mut page, _) = Page::moderator(&site, &secret(7)).await;
        for _ in 0..200 {
            // The server may have had enough before the end.
            if page.send(frame.clone()).await.is_err() {
                break;
            }
        }
        let words = page.last_words().await;
        assert_eq!(words, (Some(closed(CloseReason::Flood)), Some(4006)), "{frame:?}");
    }
    still_meets(&mut elsewhere, &[Source::Microphone]).await;
}

#[tokio::test]
async fn a_page_that_takes_nothing_is_closed_as_slow_and_the_others_go_on() {
    let site = Site::with(|limits| {
        limits.session.outbox = 8;
        limits.session.burst = 1_000_000;
        limits.session.farewell = Duration::from_secs(10);
    })
    .await;
    let secret = secret(8);
    let (mut ada, _) = Page::moderator(&site, &secret).await;
    let mut bob = Page::connect_slowly(&site, &secret).await;
    bob.enter("Bob", &secret, None).await;
    let ServerMessage::Knock(knock) = ada.hear().await else { panic!("a knock") };
    ada.say(ClientMessage::Moderate(Moderation::Admit { participant: knock.participant })).await;
    ada.hear_until(|heard| is_roster_of(heard, knock.participant).is_some()).await;
    // Bob reads nothing from here on; she waits for each echo, so that she is never slow herself.
    'talking: for round in 0.. {
        assert!(round < 100_000, "Bob was never too slow");
        let live = if round % 2 == 0 { vec![Source::Camera] } else { vec![] };
        ada.publish(&live, 0).await;
        loop {
            let heard = ada.hear().await;
            match is_roster_of(&heard, knock.participant) {
                Some(bob) if bob.away => break 'talking,
                Some(_) => {}
                None => break,
            }
        }
    }
    let words = bob.last_words().await;
    assert_eq!(words, (Some(closed(CloseReason::Slow)), Some(4002)));
}

/// Who is different from before.
fn present(heard: &ServerMessage) -> Option<&ParticipantInfo> {
    let ServerMessage::Roster { change: RosterChange::Present { participant }, .. } = heard else {
        return None;
    };
    Some(participant)
}

fn is_roster_of(heard: &ServerMessage, who: ParticipantId) -> Option<&ParticipantInfo> {
    present(heard).filter(|participant| participant.id == who)
}

#[tokio::test]
async fn who_does_not_enter_in_time_is_closed() {
    let site = Site::with(|limits| limits.room.enter_within = Duration::from_millis(100)).await;
    let mut silent = Page::connect(&site, &secret(9)).await;
    let words = silent.last_words().await;
    assert_eq!(words, (Some(closed(CloseReason::Protocol)), Some(1008)));
}

#[tokio::test]
async fn a_dead_connection_is_noticed_and_the_seat_taken_up_again() {
    let site = Site::with(|limits| {
        limits.session.ping_every = Duration::from_millis(100);
        limits.session.silence = Duration::from_millis(400);
    })
    .await;
    let secret = secret(10);
    let (mut ada, _) = Page::moderator(&site, &secret).await;
    let mut bob = Page::knock(&site, &secret, "Bob").await;
    let ServerMessage::Knock(knock) = ada.hear().await else { panic!("a knock") };
    ada.say(ClientMessage::Moderate(Moderation::AdmitAll { up_to: knock.participant })).await;
    let welcome = bob.hear_until(|heard| matches!(heard, ServerMessage::Welcome { .. })).await;
    let ServerMessage::Welcome { resume, you, .. } = welcome else { panic!() };
    // Bob's page stands still: it answers no ping. Ada's does, and stays.
    let away = |away: bool| {
        move |heard: &ServerMessage| {
            is_roster_of(heard, knock.participant).is_some_and(|bob| bob.away == away)
        }
    };
    ada.hear_until(away(true)).await;
    let mut again = Page::connect(&site, &secret).await;
    again.enter("Bob", &secret, Some(resume)).await;
    let welcome = again.hear().await;
    assert!(matches!(welcome, ServerMessage::Welcome { you: same, .. } if same == you));
    ada.hear_until(away(false)).await;
}

#[tokio::test]
async fn who_was_alone_finds_their_seat_again() {
    let (site, secret) = (Site::start().await, secret(17));
    let (mut ada, welcome) = Page::moderator(&site, &secret).await;
    let ServerMessage::Welcome { resume, you, .. } = welcome else { panic!() };
    ada.send(Message::Close(None)).await.unwrap();
    ada.last_words().await;
    // Nobody is connected; the room keeps her seat, and so it has to be found again.
    let mut again = Page::connect(&site, &secret).await;
    again.enter("Ada", &secret, Some(resume)).await;
    let welcome = again.hear().await;
    assert!(matches!(welcome, ServerMessage::Welcome { you: same, .. } if same == you));
}

#[tokio::test]
async fn when_the_server_stops_everybody_is_told() {
    let mut site = Site::start().await;
    let (mut ada, mut bob) = meeting(&site, &secret(11)).await;
    let mut cleo = Page::knock(&site, &secret(11), "Cleo").await;
    site.stop();
    for page in [&mut ada, &mut bob, &mut cleo] {
        let words = page.last_words().await;
        assert_eq!(words, (Some(closed(CloseReason::Stopping)), Some(1001)));
    }
    tokio::time::timeout(Duration::from_secs(2), site.stopped()).await.expect("two seconds");
}

#[tokio::test]
async fn every_answer_tells_the_browser_what_to_forbid() {
    let site = Site::start().await;
    for path in [
        "/",
        "/m",
        "/r/tyxzxvlcg7n3lvx6rtdgezbt54",
        "/r/x",
        "/health",
        "/nothing",
        "/ws/x",
        "/privacy",
        "/datenschutz",
        "/notice.css",
        "/.well-known/privacy.json",
        "/responsible.json",
        "/embedders.json",
    ] {
        let answer = site.ask("GET", path).await.to_lowercase();
        assert!(answer.contains("content-security-policy: default-src 'none'; script-src 'self'"));
        assert!(answer.contains("frame-ancestors 'none'"), "{path}: {answer}");
        for forbidden in ["unsafe-inline", "'unsafe-eval'", "set-cookie", "\r\nserver:", "http://"]
        {
            assert!(!answer.contains(forbidden), "{path}: {answer}");
        }
        for header in [
            "permissions-policy: camera=(self)",
            "referrer-policy: no-referrer",
            "x-content-type-options: nosniff",
            "cross-origin-opener-policy: same-origin",
            "cross-origin-resource-policy: same-origin",
            "cache-control: no-",
        ] {
            assert!(answer.contains(header), "{path}: {header}: {answer}");
        }
    }
    assert!(site.ask("GET", "/health").await.ends_with("\r\n\r\nok\n"));
    let head = site.ask("HEAD", "/health").await;
    assert!(head.starts_with("HTTP/1.1 200") && head.ends_with("\r\n\r\n"), "{head}");
    assert!(site.ask("GET", "/r/x").await.starts_with("HTTP/1.1 404"));
    assert!(site.ask("POST", "/").await.starts_with("HTTP/1.1 405"));
}

#[tokio::test]
async fn what_other_pages_load_is_open_to_them() {
    let site = Site::start().await;
    for path in ["/embed.js", "/embed.mjs"] {
        let answer = site.ask("GET", path).await.to_lowercase();
        assert!(answer.starts_with("http/1.1 200"), "{path}: {answer}");
        for header in [
            "content-type: text/javascript",
            "cross-origin-resource-policy: cross-origin",
            "access-control-allow-origin: *",
            "cache-control: no-cache",
        ] {
            assert!(answer.contains(header), "{path}: {header}: {answer}");
        }
        assert!(!answer.contains("cross-origin-resource-policy: same-origin"), "{path}: {answer}");
    }
}

#[tokio::test]
async fn a_server_with_enough_rooms_says_that_it_is_full() {
    let site = Site::with(|limits| limits.driver.rooms = 1).await;
    let mut first = Page::connect(&site, &secret(12)).await;
    let full = Message::text(r#"{"type":"refused","reason":"busy"}"#);
    assert_eq!(first_word(&site, &secret(13)).await, full);
    // When nobody is left in the first room its place is free.
    first.send(Message::Close(None)).await.unwrap();
    first.last_words().await;
    soon(async { while first_word(&site, &secret(13)).await == full {} }).await;
}

async fn first_word(site: &Site, secret: &RoomSecret) -> Message {
    let request = site.request(&secret.moderator_key().room_id().to_text());
    let stream = TcpStream::connect(site.http).await.unwrap();
    let (mut socket, _) = soon(client_async(request, stream)).await.unwrap();
    loop {
        let frame = soon(socket.next()).await.unwrap().unwrap();
        if frame.is_text() {
            return frame;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_connects_while_a_room_ends_is_greeted() {
    let site = Site::start().await;
    // Each connection that closes ends the room, unless another one has just come.
    for _ in 0..60 {
        let secret = secret(14);
        let (one, two, three) = tokio::join!(
            Page::connect(&site, &secret),
            Page::connect(&site, &secret),
            Page::connect(&site, &secret),
        );
        drop((one, two));
        let mut last = Page::connect(&site, &secret).await;
        drop(three);
        last.enter("Bob", &secret, None).await;
        assert_eq!(waits_for(&last.hear().await), Some(WaitingFor::Moderator));
    }
}

/// Behind the operator's proxy everybody connects over the loopback; the proxy says for whom.
#[tokio::test]
async fn an_address_that_a_proxy_names_has_its_share_and_no_more() {
    let site = Site::with(|limits| limits.http.address.sessions = 1).await;
    let secret = secret(17);
    let by_proxy = |named: &str| {
        let mut request = site.request(&secret.moderator_key().room_id().to_text());
        request.headers_mut().insert("x-forwarded-for", named.parse().unwrap());
        request
    };
    let stream = TcpStream::connect(site.http).await.unwrap();
    let open = soon(client_async(by_proxy("192.0.2.1"), stream)).await.unwrap();
    for (named, is_let_in) in [
        ("192.0.2.1", false),
        // What a client said does not count.
        ("192.0.2.2, 192.0.2.1", false),
        // Somebody else.
        ("192.0.2.1, 192.0.2.2", true),
    ] {
        let stream = TcpStream::connect(site.http).await.unwrap();
        let (mut socket, _) = soon(client_async(by_proxy(named), stream)).await.unwrap();
        let word = soon(socket.next()).await.unwrap().unwrap();
        assert_eq!(word.to_text().unwrap().contains("challenge"), is_let_in, "{word:?}");
        assert_eq!(word.to_text().unwrap().contains("crowded"), !is_let_in, "{word:?}");
    }
    for _ in 0..3 {
        drop(Page::connect(&site, &secret).await);
    }
    drop(open);
    let log = fs::read_to_string(log_path()).unwrap();
    assert!(!log.contains("192.0.2."), "no address is logged");
}

#[tokio::test]
async fn who_is_turned_away_before_anything_is_looked_at_gets_the_same_headers() {
    let site = Site::with(|limits| limits.http.address.connections = 0).await;
    // What follows the path is the rest of the request's head, up to the name of a last header.
    let by_proxy = "/health HTTP/1.1\r\nx-forwarded-for: 192.0.2.1\r\nx-rest:";
    let answer = site.ask("GET", by_proxy).await.to_lowercase();
    assert!(answer.starts_with("http/1.1 429 "), "{answer}");
    for header in ["content-security-policy: default-src 'none'", "referrer-policy: no-referrer"] {
        assert!(answer.contains(header), "{answer}");
    }
}

#[tokio::test]
async fn an_offer_is_answered_and_one_that_cannot_be_is_refused() {
    let (site, secret) = (Site::start().await, secret(15));
    let (mut ada, _) = Page::moderator(&site, &secret).await;
    for _ in 0..2 {
        ada.say(offer(OFFER)).await;
        let heard = ada.hear_until(|heard| matches!(heard, ServerMessage::Answer(_))).await;
        let ServerMessage::Answer(answer) = heard else { panic!("an answer") };
        assert!(answer.sdp.as_str().contains("a=ice-lite"));
    }
    ada.say(offer("v=0\r\nno offer at all\r\n")).await;
    let refused = refused(Refusal::UnusableOffer);
    assert_eq!(ada.last_words().await, (Some(refused), Some(4105)));
}

fn offer(sdp: &str) -> ClientMessage {
    let senders = vec![SenderLine { mid: Mid::parse("0").unwrap(), source: Source::Microphone }];
    ClientMessage::Offer(Offer { sdp: Sdp::new(sdp.to_owned()).unwrap(), senders })
}

#[tokio::test]
async fn the_log_of_a_meeting_tells_nothing_about_it() {
    let (site, secret) = (Site::start().await, secret(16));
    let (mut ada, mut bob) = meeting(&site, &secret).await;
    ada.say(offer(OFFER)).await;
    ada.hear_until(|heard| matches!(heard, ServerMessage::Answer(_))).await;
    bob.publish(&[Source::Camera], 0).await;
    bob.say(ClientMessage::Leave {}).await;
    assert_eq!(bob.last_words().await.0, Some(closed(CloseReason::Left)));

    let log = fs::read_to_string(log_path()).unwrap();
    assert!(log.contains("TRACE server::driver"), "the log is as verbose as it gets");
    let profile = serde_json::to_string(&profile("Bob", &secret)).unwrap();
    for personal in [
        &secret.moderator_key().room_id().to_text(),
        &secret.invitation_key().to_text(),
        profile.trim_matches('"'),
        "Bob",
        "127.0.0.1",
        "v=0",
        "ice-ufrag",
        "sha-256",
        "4ZcD",
    ] {
        assert!(!log.contains(personal), "{personal}");
    }
    assert!(!log.contains("ERROR"), "an error was logged");
}

/// What a browser offers that transmits a voice, shortened to what is needed.
const OFFER: &str = "v=0\r\n\
    o=- 4611731400430051336 2 IN IP4 127.0.0.1\r\n\
    s=-\r\n\
    t=0 0\r\n\
    a=group:BUNDLE 0\r\n\
    a=msid-semantic: WMS\r\n\
    m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n\
    c=IN IP4 0.0.0.0\r\n\
    a=rtcp:9 IN IP4 0.0.0.0\r\n\
    a=ice-ufrag:4ZcD\r\n\
    a=ice-pwd:2/1muCWoOi3uLifh0NuRHlUu\r\n\
    a=ice-options:trickle\r\n\
    a=fingerprint:sha-256 75:74:5A:A6:A4:E5:52:F4:A7:67:4C:01:C7:EE:91:3F:21:3D:A2:E3:53:7B:6F:30:86:F2:30:AA:65:FB:04:24\r\n\
    a=setup:actpass\r\n\
    a=mid:0\r\n\
    a=sendonly\r\n\
    a=rtcp-mux\r\n\
    a=rtpmap:111 opus/48000/2\r\n\
    a=fmtp:111 minptime=10;useinbandfec=1\r\n\
    a=ssrc:1001 cname:x\r\n";
