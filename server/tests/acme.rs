// SPDX-License-Identifier: EUPL-1.2
//! A certificate that is ordered: from nothing to a served page, renewed while a meeting goes on, and what an authority that
//! is away or talks nonsense can do.
//!
//! The authority is Caddy's. It looks for the server at port 443 of its host, so each of these tests runs in a network
//! of its own, where two names lead to the loopback and nothing leads anywhere else: this program again, as one test.
#![expect(
    dead_code,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test fails by panicking; its helpers are shared with other tests"
)]

#[path = "support/served.rs"]
mod served;

use std::{
    env, fs,
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    thread,
    time::Duration,
};

use rcgen::{CertificateParams, KeyPair};
use rustls::{
    ClientConfig, ClientConnection, RootCertStore, ServerConfig, ServerConnection, StreamOwned,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivateKeyDer, ServerName, pem::PemObject as _},
};
use served::Served;
use server::clock::Clock;

#[test]
fn from_nothing_to_a_served_page_with_a_connection_to_nobody_else() {
    inside("orders");
}

#[test]
fn a_renewal_interrupts_nobody() {
    inside("renews");
}

#[test]
fn who_has_a_certificate_serves_with_it_whatever_the_authority_does() {
    inside("goes_on");
}

#[test]
#[ignore = "a part of another, in a network of its own"]
fn orders() {
    let Some(place) = Place::of("orders") else { return };
    let authority = place.authority();
    let seen = place.folder.join("connects");
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-e", "trace=connect", "-o"]).arg(&seen);
    command.arg(env!("CARGO_BIN_EXE_zooo"));
    let served = place.serve(command, "acme-orders");
    until(|| served.log().contains("the certificate was read"), || served.log());
    let mut visit = authority.visit();
    assert!(ask(&mut visit).starts_with("HTTP/1.1 200"));
    let stored = place.state().join(format!("{HOST}.pem"));
    for file in [stored, place.state().join("account.json")] {
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file:?}");
    }
    let seen = fs::read_to_string(seen).unwrap();
    let network = seen.lines().filter(|line| line.contains("AF_INET"));
    let elsewhere: Vec<_> = network.clone().filter(|line| !line.contains("htons(14000)")).collect();
    assert!(elsewhere.is_empty() && network.count() > 3, "{seen}");
    let (log, root) = (served.log(), authority.root.clone());
    assert!(!log.contains("ERROR"), "{log}");
    let children = format!("task/{}/children", served.id());
    let server = served.told(&children).trim().to_owned();
    drop(served);
    assert!(Command::new("kill").arg(&server).status().unwrap().success());
    until(|| TcpStream::connect("127.0.0.1:443").is_err(), || server.clone());
    // The next start finds it, and asks nobody.
    drop(authority);
    let served = place.serve(Command::new(env!("CARGO_BIN_EXE_zooo")), "acme-again");
    thread_sleep(500);
    assert!(!served.log().contains("no certificate could be ordered"), "{}", served.log());
    assert!(ask(&mut self::visit(&root).unwrap()).starts_with("HTTP/1.1 200"));
}

#[test]
#[ignore = "a part of another, in a network of its own"]
fn renews() {
    let Some(place) = Place::of("renews") else { return };
    let authority = place.authority();
    // Two thirds of its life are over in a few seconds.
    let old = place.store(-54, 36);
    let served = place.serve(Command::new(env!("CARGO_BIN_EXE_zooo")), "acme-renews");
    let mut before = visit(&old).unwrap();
    open_socket(&mut before);
    until(|| served.log().contains("the certificate was read"), || served.log());
    let mut after = authority.visit();
    assert!(ask(&mut after).starts_with("HTTP/1.1 200"));
    assert!(visit(&old).is_err(), "the old one is not presented any more");
    ping(&mut before);
    assert!(!served.log().contains("ERROR"), "{}", served.log());
}

#[test]
#[ignore = "a part of another, in a network of its own"]
fn goes_on() {
    let Some(place) = Place::of("goes_on") else { return };
    // Nobody is there.
    let near = place.store(-8_000, 1_000);
    let pretends = rcgen::generate_simple_self_signed(vec!["ca.test".to_owned()]).unwrap();
    fs::write(place.ca(), pretends.cert.pem()).unwrap();
    let served = place.serve(Command::new(env!("CARGO_BIN_EXE_zooo")), "acme-away");
    let said = "no certificate could be ordered, what is there stays: ";
    let lines = |served: &Served| {
        let log = served.log();
        log.lines().filter(|line| line.contains(said)).map(str::to_owned).collect::<Vec<_>>()
    };
    until(|| lines(&served).len() == 1, || served.log());
    assert!(
        lines(&served)[0].contains("cannot be reached: Connection refused"),
        "{lines:?}",
        lines = lines(&served)
    );
    let mut visit = visit(&near).unwrap();
    assert!(ask(&mut visit).starts_with("HTTP/1.1 200"));
    // Somebody is there who is none; whoever asks makes it ask again at once.
    talk_nonsense(&pretends);
    for (times, said) in [(2, ""), (3, "no directory of ACME"), (4, "no directory of ACME")] {
        let hangup = Command::new("kill").args(["-HUP", &served.id().to_string()]).status();
        assert!(hangup.unwrap().success());
        until(|| lines(&served).len() == times, || served.log());
        let told = lines(&served);
        assert!(told[times - 1].contains(said), "{told:?}");
    }
    assert!(ask(&mut self::visit(&near).unwrap()).starts_with("HTTP/1.1 200"));
    assert!(!served.log().contains("a thread failed"), "{}", served.log());
}

/// Answers at the place of a directory: first without TLS, then with a text that is none, then with one that leads
/// nowhere.
fn talk_nonsense(pretends: &rcgen::CertifiedKey<KeyPair>) {
    let key = PrivateKeyDer::try_from(pretends.signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()));
    let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    let config = config.with_single_cert(vec![pretends.cert.der().clone()], key).unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:14000").unwrap();
    let nowhere =
        r#"{"newNonce":"\u0000","newAccount":"x","newOrder":"x","revokeCert":"x","keyChange":"x"}"#;
    thread::spawn(move || {
        for (stream, said) in listener.incoming().zip(["", "I am none", nowhere, nowhere]) {
            let mut stream = stream.unwrap();
            if said.is_empty() {
                drop(stream.write_all(b"HTTP/1.1 200 OK\r\n\r\nI am none"));
                continue;
            }
            let session = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = StreamOwned::new(session, stream);
            drop(stream.read(&mut [0; 4_096]));
            let len = said.len();
            drop(write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {len}\r\n\r\n{said}"));
            stream.conn.send_close_notify();
            drop(stream.flush());
        }
    });
}

// -- who is there

const HOST: &str = "meet.test";
const DIRECTORY: &str = "https://ca.test:14000/acme/local/directory";
const PLACE: &str = "ZOOO_TEST_ACME";

/// Caddy, of this machine or as `scripts/setup test` has unpacked it.
fn caddy() -> Command {
    let unpacked = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.tools/caddy/usr/bin/caddy");
    if unpacked.exists() { Command::new(unpacked) } else { Command::new("caddy") }
}

/// Runs one test in a network of its own.
fn inside(test: &str) {
    if caddy().arg("version").output().is_err() {
        println!("skipped: there is no caddy on this machine; `scripts/setup test` installs it");
        return;
    }
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("acme-{test}"));
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("hosts"), format!("127.0.0.1 localhost ca.test {HOST}\n")).unwrap();
    fs::write(folder.join("resolv.conf"), "").unwrap();
    let mut command = Command::new("unshare");
    if fs::read_to_string("/proc/self/status").unwrap().contains("\nUid:\t0\t0\t") {
        command.arg("--net");
    } else {
        command.args(["--map-root-user", "--net"]);
    }
    command.args(["--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-ec"]);
    command.arg(
        "ip link set lo up; mount --bind $0/hosts /etc/hosts; \
         mount --bind $0/resolv.conf /etc/resolv.conf; exec \"$@\"",
    );
    command.arg(&folder).arg(env::current_exe().unwrap());
    command.args(["--exact", test, "--ignored", "--nocapture", "--test-threads=1"]);
    let done = command.env(PLACE, &folder).stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    let wrong = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && said.contains("1 passed"), "{said}{wrong}");
}

/// A network of its own.
struct Place {
    folder: PathBuf,
}

impl Place {
    fn of(test: &str) -> Option<Self> {
        let folder = PathBuf::from(env::var_os(PLACE)?);
        assert!(folder.ends_with(format!("acme-{test}")));
        Some(Self { folder })
    }

    fn state(&self) -> PathBuf {
        self.folder.join("state")
    }

    /// Who vouches for the directory.
    fn ca(&self) -> PathBuf {
        self.folder.join("caddy/pki/authorities/local/root.crt")
    }

    /// Whether there is a directory that can be trusted.
    fn issues(&self) -> bool {
        let root = fs::read(self.ca()).unwrap_or_default();
        CertificateDer::from_pem_slice(&root).is_ok() && visit_at(&root, "ca.test", 14_000).is_ok()
    }

    /// A directory that issues.
    fn authority(&self) -> Authority {
        let config = self.folder.join("Caddyfile");
        let data = self.folder.join("caddy");
        let text = format!(
            "{{\n skip_install_trust\n admin off\n storage file_system {}\n http_port 14080\n https_port 14443\n \
             auto_https disable_redirects\n}}\nca.test:14000 {{\n bind 127.0.0.1\n tls internal\n acme_server\n}}\n",
            data.display()
        );
        fs::write(&config, text).unwrap();
        let log = fs::File::create(self.folder.join("caddy.log")).unwrap();
        let mut command = caddy();
        command.args(["run", "--adapter", "caddyfile", "--config"]).arg(&config);
        command.env("HOME", &self.folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        let process = command.spawn().unwrap();
        // It listens before it has a certificate of its own.
        until(|| self.issues(), || fs::read_to_string(self.folder.join("caddy.log")).unwrap());
        Authority { process, root: fs::read(self.ca()).unwrap() }
    }

    /// Stores a pair that holds from one second to another, counted from now; what vouches for it.
    fn store(&self, from: i64, until: i64) -> Vec<u8> {
        let now = Clock::start().calendar_start().as_secs();
        let moment = |at: i64| {
            let at = i64::try_from(now).unwrap() + at;
            rcgen::date_time_ymd(1970, 1, 1) + Duration::from_secs(u64::try_from(at).unwrap())
        };
        let mut params = CertificateParams::new([HOST.to_owned()]).unwrap();
        (params.not_before, params.not_after) = (moment(from), moment(until));
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap().pem();
        fs::create_dir_all(self.state()).unwrap();
        fs::create_dir_all(self.ca().parent().unwrap()).unwrap();
        let both = format!("{}{certificate}", key.serialize_pem());
        fs::write(self.state().join(format!("{HOST}.pem")), both).unwrap();
        certificate.into_bytes()
    }

    fn serve(&self, mut command: Command, name: &str) -> Served {
        command.args(["serve", "--http", "127.0.0.1:443", "--media", "127.0.0.1:0"]);
        command.args(["--origin", &format!("https://{HOST}")]);
        let key = |key: &str, value: &Path| format!("{key} = \"{}\"", value.display());
        for said in [
            key("directory", Path::new(DIRECTORY)),
            key("state", &self.state()),
            key("ca", &self.ca()),
        ] {
            command.args(["--tls-acme", &said]);
        }
        Served::run(name, command)
    }
}

/// Caddy, until it is dropped.
struct Authority {
    process: Child,
    root: Vec<u8>,
}

impl Authority {
    /// Somebody who trusts it.
    fn visit(&self) -> Visit {
        visit(&self.root).unwrap()
    }
}

impl Drop for Authority {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

type Visit = StreamOwned<ClientConnection, TcpStream>;

/// Comes to the server, and trusts this certificate alone.
fn visit(root: &[u8]) -> std::io::Result<Visit> {
    visit_at(root, HOST, 443)
}

fn visit_at(root: &[u8], host: &'static str, port: u16) -> std::io::Result<Visit> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(root).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()));
    let config = config.with_safe_default_protocol_versions().unwrap();
    let config = config.with_root_certificates(roots).with_no_client_auth();
    let name = ServerName::try_from(host).unwrap();
    let session = ClientConnection::new(Arc::new(config), name).unwrap();
    let stream = TcpStream::connect(SocketAddr::from(([127, 0, 0, 1], port)))?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut stream = StreamOwned::new(session, stream);
    while stream.conn.is_handshaking() {
        stream.conn.complete_io(&mut stream.sock)?;
    }
    Ok(stream)
}

fn ask(visit: &mut Visit) -> String {
    let request = format!("GET /healthz HTTP/1.1\r\nhost: {HOST}\r\nconnection: close\r\n\r\n");
    visit.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    drop(visit.read_to_string(&mut answer));
    answer
}

/// Opens a WebSocket, and leaves it open.
fn open_socket(visit: &mut Visit) {
    let room = shared::RoomSecret::from_random([7; 32]).moderator_key().room_id().to_text();
    let request = format!(
        "GET /ws/{room} HTTP/1.1\r\nhost: {HOST}\r\nconnection: upgrade\r\nupgrade: websocket\r\norigin: \
         https://{HOST}\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
         sec-websocket-protocol: zooo.v1\r\n\r\n"
    );
    visit.write_all(request.as_bytes()).unwrap();
    let mut answer = [0; 12];
    visit.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 101");
}

/// Whether it is answered on it: a ping of RFC 6455 whose mask is zero, and its pong among what else comes.
fn ping(visit: &mut Visit) {
    visit.write_all(b"\x89\x84\0\0\0\0zooo").unwrap();
    let mut seen = Vec::new();
    let mut byte = [0];
    while !seen.ends_with(b"\x8a\x04zooo") {
        visit.read_exact(&mut byte).unwrap();
        seen.push(byte[0]);
    }
}

fn until(done: impl Fn() -> bool, said: impl Fn() -> String) {
    for _ in 0..300 {
        if done() {
            return;
        }
        thread_sleep(100);
    }
    panic!("{}", said());
}

#[expect(clippy::disallowed_methods, reason = "nothing runs in this test but this thread")]
fn thread_sleep(millis: u64) {
    thread::sleep(Duration::from_millis(millis));
}
