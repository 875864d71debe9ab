// SPDX-License-Identifier: EUPL-1.2
//! HTTPS by the binary: what is agreed on, what is renewed, who is sent on, and what strangers cannot do.
#![expect(
    dead_code,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::large_futures,
    clippy::panic,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test fails by panicking; its helpers are shared with other tests"
)]

#[path = "support/page.rs"]
mod page;
#[path = "support/served.rs"]
mod served;
#[path = "support/tls.rs"]
mod tls;

use std::{
    fs,
    net::SocketAddr,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Command, Output},
    time::Duration,
};

use futures::{SinkExt as _, StreamExt as _};
use page::soon;
use rustls::{
    ProtocolVersion,
    version::{TLS12, TLS13},
};
use served::Served;
use server::{
    Ports, Server,
    clock::Clock,
    config::ServerConfig,
    criteria::Enforcement,
    tls::{HandshakeLimits, Pair, Renewal},
};
use shared::{RoomSecret, ServerMessage, Timestamp};
use tls::{Authority, Files, ask};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::sleep,
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Message, client::IntoClientRequest as _},
};

#[tokio::test(flavor = "multi_thread")]
async fn the_page_comes_over_tls_and_binds_browsers_to_it() {
    let (served, authority, _files) = protected("tls-page");
    for (version, spoken) in
        [(&TLS13, ProtocolVersion::TLSv1_3), (&TLS12, ProtocolVersion::TLSv1_2)]
    {
        let stream = authority.visit(served.http, version).await.unwrap();
        assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"http/1.1"[..]));
        let (answer, version) = ask(stream, "/healthz").await;
        assert_eq!(version, Some(spoken));
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(answer.contains("\r\nstrict-transport-security: max-age=63072000\r\n"), "{answer}");
        assert!(answer.contains("\r\ncontent-security-policy: "), "{answer}");
    }
    // Nobody who is not asked for vouches for another server.
    let refused = Authority::new().visit(served.http, &TLS13).await;
    assert!(refused.is_err());
    let said = "a handshake failed";
    until(said, async || served.log().contains(said)).await;
    let log = served.log();
    let of_it = log.lines().filter(|line| line.contains("handshake"));
    assert_eq!(of_it.filter(|line| line.contains("127.0.0.1")).count(), 0, "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_older_than_tls_1_2_is_refused() {
    let (served, _authority, _files) = protected("tls-old");
    for minor in [0, 1, 2] {
        let answer = send(served.http, &hello(minor)).await;
        // A fatal alert: protocol_version (RFC 8446 §6.2).
        assert_eq!((answer[0], &answer[5..]), (21, &[2, 70][..]), "3.{minor}: {answer:?}");
    }
    // It is for its version alone.
    let mut stream = TcpStream::connect(served.http).await.unwrap();
    stream.write_all(&hello(3)).await.unwrap();
    assert_eq!(soon(stream.read_u8()).await.unwrap(), 22);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renewed_certificate_is_presented_and_no_meeting_is_interrupted() {
    let (served, authority, files) = protected("tls-renewed");
    let first = authority.presented(served.http).await;
    let mut meeting = meeting(&authority, &served).await;
    // By itself.
    let next = authority.sign();
    files.put(&next.certificate, &next.key);
    until("it is presented", async || authority.presented(served.http).await == next.der).await;
    assert_ne!(first, next.der);
    is_alive(&mut meeting).await;
    // And at once, when that is asked for.
    let last = authority.sign();
    files.put(&last.certificate, &last.key);
    let (clock, asked) = asked();
    hang_up(&served);
    until("it is presented", async || authority.presented(served.http).await == last.der).await;
    let waited = clock.now().since(asked);
    assert!(waited < Duration::from_secs(2), "{waited:?}");
    is_alive(&mut meeting).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_pair_is_refused_and_the_one_before_stays() {
    let (served, authority, files) = protected("tls-broken");
    let first = authority.presented(served.http).await;
    let mut meeting = meeting(&authority, &served).await;
    let (one, other) = (authority.sign(), authority.sign());
    let wrong = [
        ("does not fit", one.certificate.as_str(), other.key.as_str()),
        ("no certificate in PEM", "", &other.key),
        ("no private key in PEM", &one.certificate, "nothing"),
        ("longer than any certificate", &" ".repeat(1 << 20), &one.key),
    ];
    for (said, certificate, key) in wrong {
        files.put(certificate, key);
        hang_up(&served);
        until(said, async || served.log().contains(said)).await;
        assert_eq!(authority.presented(served.http).await, first, "{said}");
    }
    files.put(&one.certificate, &one.key);
    fs::remove_file(files.key()).unwrap();
    hang_up(&served);
    until("it is told", async || served.log().contains("cannot read tls.key: No such file")).await;
    assert_eq!(authority.presented(served.http).await, first);
    is_alive(&mut meeting).await;
    // Once they are a pair again, all is well.
    files.put(&one.certificate, &one.key);
    until("it is presented", async || authority.presented(served.http).await == one.der).await;
    let log = served.log();
    for key in [&one.key, &other.key] {
        for line in key.lines().filter(|line| !line.starts_with('-')) {
            assert!(!log.contains(line), "{log}");
        }
    }
}

#[test]
fn without_a_pair_nothing_is_served_and_it_is_said_why() {
    let (authority, files) = (Authority::new(), Files::new("tls-none"));
    let (one, other) = (authority.sign(), authority.sign());
    for (said, certificate, key) in [
        (
            "tls.key does not fit the first certificate",
            one.certificate.as_str(),
            other.key.as_str(),
        ),
        ("tls.certificate holds no certificate in PEM", "x", &one.key),
        ("tls.key holds no private key in PEM", &one.certificate, "x"),
        ("tls.key is locked by a password", &one.certificate, LOCKED),
    ] {
        files.put(certificate, key);
        refused(&files, said);
    }
    fs::remove_file(files.certificate()).unwrap();
    refused(&files, "cannot read tls.certificate: No such file or directory");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_is_told_what_to_mend() {
    let (authority, files) = (Authority::new(), Files::new("tls-mend"));
    let old = authority.sign_until(2_020);
    files.put(&old.certificate, &old.key);
    fs::set_permissions(files.key(), fs::Permissions::from_mode(0o644)).unwrap();
    let served = served(&files, "tls-mend", &["--origin", "https://other.example"]);
    let log = served.log();
    assert!(log.contains("the certificate has expired"), "{log}");
    assert!(log.contains("everybody on this machine can read the file of tls.key"), "{log}");
    assert!(log.contains("the certificate is not for the host of origin"), "{log}");
    let new = authority.sign();
    files.put(&new.certificate, &new.key);
    fs::set_permissions(files.key(), fs::Permissions::from_mode(0o600)).unwrap();
    let fine = self::served(&files, "tls-fine", &["--origin", "https://localhost"]);
    assert!(!fine.log().contains(" WARN server::tls"), "{}", fine.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_without_tls_is_sent_to_the_origin_whatever_they_ask_for() {
    let (authority, files) = (Authority::new(), Files::new("tls-redirect"));
    let signed = authority.sign();
    files.put(&signed.certificate, &signed.key);
    let more = ["--origin", "https://localhost", "--tls-redirect", "127.0.0.1:0"];
    let served = served(&files, "tls-redirect", &more);
    let log = served.log();
    let at = log.split_once("redirect=").unwrap().1.split_whitespace().next().unwrap();
    let at = at.parse().unwrap();
    for (request, place) in [
        ("GET / HTTP/1.1\r\nhost: evil.example\r\n\r\n", "https://localhost/"),
        ("GET /r/abc?x HTTP/1.1\r\nhost: evil.example\r\n\r\n", "https://localhost/r/abc?x"),
        ("GET http://evil.example/a HTTP/1.1\r\nhost: b\r\n\r\n", "https://localhost/a"),
        ("POST //evil.example HTTP/1.0\r\n\r\n", "https://localhost//evil.example"),
    ] {
        let answer = String::from_utf8(send(at, request.as_bytes()).await).unwrap();
        assert!(answer.contains(" 308 Permanent Redirect\r\n"), "{answer}");
        assert!(answer.contains(&format!("\r\nlocation: {place}\r\n")), "{request}{answer}");
        assert!(answer.ends_with("\r\n\r\n"), "nothing else: {answer}");
    }
    for nonsense in [&hello(3)[..], b"x\r\n\r\n", b"GET / HTTP/9\r\n\r\n"] {
        let answer = send(at, nonsense).await;
        assert!(!answer.windows(9).any(|part| part == b"location:"), "{answer:?}");
    }
    assert!(!served.log().contains("evil.example"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_never_finishes_a_handshake_is_not_waited_for() {
    let authority = Authority::new();
    let limits = HandshakeLimits { at_once: 3, time: Duration::from_millis(700) };
    let http = in_this_process(&authority, limits).await;
    let (clock, began) = asked();
    let mut slow = Vec::new();
    for said in [&b""[..], &hello(3)[..40], &[22, 3, 1, 0x40, 0]] {
        let mut stream = TcpStream::connect(http).await.unwrap();
        stream.write_all(said).await.unwrap();
        slow.push(stream);
    }
    // Who comes before all three have their places would take one of them, and give it back.
    sleep(Duration::from_millis(100)).await;
    // One byte at a time is no progress either.
    until("all places are taken", async || authority.visit(http, &TLS13).await.is_err()).await;
    for mut stream in slow {
        let mut answer = Vec::new();
        drop(soon(stream.read_to_end(&mut answer)).await);
    }
    let waited = clock.now().since(began);
    assert!((600..5_000).contains(&waited.as_millis()), "{waited:?}");
    let stream = authority.visit(http, &TLS13).await.unwrap();
    assert!(ask(stream, "/healthz").await.0.starts_with("HTTP/1.1 200"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_strangers_send_others_are_served() {
    let (served, authority, _files) = protected("tls-hostile");
    let long = [vec![22, 3, 1, 0xff, 0xff], vec![1; 70_000]].concat();
    let mut damaged = hello(3);
    damaged[50..].fill(0xff);
    let all: [&[u8]; 8] = [
        b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n",
        &[0; 10_000],
        &[0xff; 10_000],
        &long,
        &damaged,
        // An alert, a message without a handshake, a renegotiation that nobody asked for.
        &[21, 3, 3, 0, 2, 2, 0],
        &[23, 3, 3, 0, 4, 1, 2, 3, 4],
        &[22, 3, 3, 0, 4, 0, 0, 0, 0],
    ];
    for bytes in all {
        let answer = send(served.http, bytes).await;
        assert!(!answer.starts_with(b"HTTP"), "{answer:?}");
        let stream = authority.visit(served.http, &TLS13).await.unwrap();
        assert!(ask(stream, "/healthz").await.0.starts_with("HTTP/1.1 200"));
    }
    let log = served.log();
    assert!(!log.contains("a thread failed") && !log.contains("ERROR"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn both_processes_are_sandboxed_and_neither_outlives_the_other_unsaid() {
    let (served, authority, _files) = protected("tls-sandboxed");
    drop(authority.presented(served.http).await);
    let keeper = keeper_of(&served);
    for process in [served.id(), keeper] {
        for task in fs::read_dir(format!("/proc/{process}/task")).unwrap() {
            let status = fs::read_to_string(task.unwrap().path().join("status")).unwrap();
            assert!(
                status.contains("NoNewPrivs:\t1") && status.contains("Seccomp:\t2"),
                "{status}"
            );
        }
    }
    // Of the server it has nothing but the line, twice: no port.
    let open = fs::read_dir(format!("/proc/{keeper}/fd")).unwrap();
    let open = open.filter_map(|fd| fs::read_link(fd.unwrap().path()).ok());
    let sockets: Vec<_> =
        open.filter(|file| file.to_str().unwrap().starts_with("socket:")).collect();
    assert_eq!((sockets.len(), &sockets[0]), (2, &sockets[1]));
    drop(served);
    let gone = async || !is_running(keeper);
    until("the keeper ends with its server", gone).await;

    let (served, authority, _files) = protected("tls-forsaken");
    let keeper = keeper_of(&served);
    let killed = Command::new("kill").arg(keeper.to_string()).status();
    assert!(killed.unwrap().success());
    let said = "nobody reads the certificate any more";
    until(said, async || served.log().contains(said)).await;
    drop(authority.presented(served.http).await);
}

// -- who is there

/// A server with a certificate, and who trusts it.
fn protected(name: &str) -> (Served, Authority, Files) {
    let (authority, files) = (Authority::new(), Files::new(name));
    let signed = authority.sign();
    files.put(&signed.certificate, &signed.key);
    (served(&files, name, &[]), authority, files)
}

fn served(files: &Files, name: &str, more: &[&str]) -> Served {
    let (certificate, key) = (files.certificate(), files.key());
    let pair = ["--tls-certificate", &certificate, "--tls-key", &key];
    Served::with(name, &[&pair[..], more].concat())
}

/// What `zooo serve` says of these files before it ends.
fn refused(files: &Files, said: &str) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zooo"));
    command.args(["serve", "--http", "127.0.0.1:0", "--media", "127.0.0.1:0"]);
    command.args(["--tls-certificate", &files.certificate(), "--tls-key", &files.key()]);
    let Output { status, stderr, .. } = command.output().unwrap();
    let told = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(2), "{told}");
    assert!(told.contains(said), "{said}: {told}");
    assert!(!told.contains("a thread failed"), "{told}");
}

/// A server in this process, with a certificate from memory.
async fn in_this_process(authority: &Authority, limits: HandshakeLimits) -> SocketAddr {
    let signed = authority.sign();
    let pair = Pair::read(signed.certificate.as_bytes(), signed.key.as_bytes()).unwrap();
    let (_renewal, presented) = Renewal::begin(pair).unwrap();
    let loopback = "127.0.0.1:0".parse().unwrap();
    let mut config = ServerConfig::new(loopback, loopback, Vec::new()).unwrap();
    config.limits.http.handshakes = limits;
    let ports = Ports::open(&config).await.unwrap().presenting(presented);
    let server = Server::start(ports, config, Enforcement::NONE).unwrap();
    let http = server.http_addr();
    tokio::spawn(server.run(std::future::pending()));
    http
}

/// The process that a server has started.
fn keeper_of(served: &Served) -> u32 {
    let children = served.told(&format!("task/{}/children", served.id()));
    children.trim().parse().unwrap()
}

/// One that has ended and that nobody waits for does not run.
fn is_running(process: u32) -> bool {
    let status = fs::read_to_string(Path::new("/proc").join(process.to_string()).join("status"));
    status.is_ok_and(|status| !status.contains("State:\tZ"))
}

/// A clock, and what it says.
fn asked() -> (Clock, Timestamp) {
    let clock = Clock::start();
    (clock, clock.now())
}

fn hang_up(served: &Served) {
    let told = Command::new("kill").args(["-s", "HUP", &served.id().to_string()]).status();
    assert!(told.unwrap().success());
}

type Socket = WebSocketStream<tokio_rustls::client::TlsStream<TcpStream>>;

/// A WebSocket that has been greeted.
async fn meeting(authority: &Authority, served: &Served) -> Socket {
    let room = RoomSecret::from_random([5; 32]).moderator_key().room_id().to_text();
    let mut request = format!("wss://localhost/ws/{room}").into_client_request().unwrap();
    let headers = request.headers_mut();
    headers.insert("sec-websocket-protocol", "zooo.v1".parse().unwrap());
    headers.insert("origin", "https://localhost".parse().unwrap());
    let stream = authority.visit(served.http, &TLS13).await.unwrap();
    let (mut socket, _) = soon(client_async(request, stream)).await.unwrap();
    let greeted = soon(socket.next()).await.unwrap().unwrap();
    let greeted = serde_json::from_str(greeted.to_text().unwrap()).unwrap();
    assert!(matches!(greeted, ServerMessage::Challenge { .. }), "{greeted:?}");
    socket
}

/// Whether what is said on it is answered.
async fn is_alive(socket: &mut Socket) {
    soon(socket.send(Message::Ping(b"still there?"[..].into()))).await.unwrap();
    soon(async {
        loop {
            match socket.next().await {
                Some(Ok(Message::Pong(said))) if said == b"still there?"[..] => return,
                Some(Ok(Message::Ping(_))) => {}
                other => panic!("the meeting is over: {other:?}"),
            }
        }
    })
    .await;
}

/// What comes back before the connection is closed.
async fn send(to: SocketAddr, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(to).await.unwrap();
    // It may be closed before all of it was taken.
    drop(stream.write_all(bytes).await);
    let mut answer = Vec::new();
    drop(soon(stream.read_to_end(&mut answer)).await);
    answer
}

/// The first message of a browser of old, which speaks version 3.x at most.
fn hello(minor: u8) -> Vec<u8> {
    // ECDHE with ECDSA: AES-256 in GCM, AES-256 in CBC.
    let suites = [0, 4, 0xc0, 0x2c, 0xc0, 0x14];
    // Signatures, curves and their points, the extended master secret.
    let extensions = [
        &[0, 26, 0, 13, 0, 4, 0, 2, 4, 3, 0, 10, 0, 4, 0, 2, 0, 23][..],
        &[0, 11, 0, 2, 1, 0, 0, 23, 0, 0],
    ]
    .concat();
    let body = [&[3, minor][..], &[7; 32], &[0], &suites, &[1, 0], &extensions].concat();
    let length = u8::try_from(body.len()).unwrap();
    [&[22, 3, minor.min(1), 0, length + 4, 1, 0, 0, length][..], &body].concat()
}

async fn until(what: &str, holds: impl AsyncFn() -> bool) {
    for _ in 0..200 {
        if holds().await {
            return;
        }
        sleep(Duration::from_millis(50)).await;
    }
    panic!("in vain: {what}");
}

const LOCKED: &str =
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n";
