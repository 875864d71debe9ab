// SPDX-License-Identifier: EUPL-1.2
//! A server of one test's own: the binary that is delivered, on free ports.
//!
//! Its media address is an interface's own, never the loopback: Firefox pairs no candidate of its
//! own with one on 127.0.0.1 (see `README.md`).

use std::{
    env, fs,
    net::{IpAddr, SocketAddr, UdpSocket},
    path::{Path, PathBuf},
    process::Command,
    thread,
};

use crate::{folder::Folder, process::Process};

/// The server, as long as the test lives.
#[derive(Debug)]
pub struct World {
    server: Process,
    origin: String,
    folder: Folder,
}

impl World {
    /// Starts a fresh one and waits until it serves.
    pub async fn start() -> Self {
        Self::start_with("").await
    }

    /// Starts one that is set up by these lines of TOML.
    pub async fn start_with(config: &str) -> Self {
        Self::start_on(config, SocketAddr::new(own_address(), 0)).await
    }

    /// Starts one that says everything it can.
    pub async fn start_at_trace() -> Self {
        Self::start_telling("", SocketAddr::new(own_address(), 0), Some("trace")).await
    }

    /// Starts one as a service manager would (`scripts/alone`): nobody's, in a root with nothing in it but itself, which
    /// cannot be written to.
    pub async fn start_alone() -> Self {
        let folder = Folder::new();
        let mut command = Command::new(root().join("scripts/alone"));
        command.arg("--serve").arg(folder.path()).arg(binary());
        Self::serve(command, SocketAddr::new(own_address(), 0), folder).await
    }

    /// Starts one that speaks TLS, with a certificate for which nobody vouches.
    pub async fn start_over_tls() -> Self {
        let folder = Folder::new();
        let [certificate, key] = pair(&folder);
        certify(&folder);
        let mut command = Command::new(binary());
        command.env("ZOOO_TLS_CERTIFICATE", certificate).env("ZOOO_TLS_KEY", key);
        Self::serve(command, SocketAddr::new(own_address(), 0), folder).await
    }

    /// Puts another certificate where that of a server over TLS is.
    pub fn has_another_certificate(&self) {
        certify(&self.folder);
    }

    /// Starts one whose media comes and goes at this address.
    pub async fn start_on(config: &str, media: SocketAddr) -> Self {
        Self::start_telling(config, media, None).await
    }

    async fn start_telling(config: &str, media: SocketAddr, telling: Option<&str>) -> Self {
        let folder = Folder::new();
        let mut command = Command::new(binary());
        if let Some(telling) = telling {
            command.env("RUST_LOG", telling);
        }
        if !config.is_empty() {
            let file = folder.path().join("zooo.toml");
            fs::write(&file, config).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            command.env("ZOOO_CONFIG", file);
        }
        Self::serve(command, media, folder).await
    }

    /// Lets a command that runs the binary serve.
    async fn serve(mut command: Command, media: SocketAddr, folder: Folder) -> Self {
        command.env("NO_COLOR", "1").env("ZOOO_OPERATOR", OPERATOR);
        command.args(["serve", "--http", "127.0.0.1:0", "--media", &media.to_string()]);
        let mut server = Process::start("zooo", &mut command, folder.path());
        let origin = server.hears("zooo serves ").await.trim_end_matches('/').to_owned();
        Self { server, origin, folder }
    }

    /// Where it serves: `http://localhost:PORT`, or `https` over TLS.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.server.pid()
    }

    /// Asks it to go out of service.
    pub fn goes_out_of_service(&self) {
        let pid = self.pid().to_string();
        let asked = Command::new("kill").args(["-s", "TERM", &pid]).status();
        assert!(asked.is_ok_and(|status| status.success()), "SIGTERM");
    }

    /// Everything that it said so far.
    pub fn said(&self) -> String {
        self.server.said()
    }

    /// The start page in one language.
    pub fn home(&self, language: &str) -> String {
        format!("{}/?lang={language}", self.origin)
    }
}

impl Drop for World {
    #[expect(clippy::print_stderr, reason = "a failure needs the server's side, too")]
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("-- the server said:\n{}-- end of the server's words", self.server.said());
        }
    }
}

/// The files of a certificate and of its key.
fn pair(folder: &Folder) -> [PathBuf; 2] {
    ["certificate.pem", "key.pem"].map(|name| folder.path().join(name))
}

/// Makes a certificate, and its key.
fn certify(folder: &Folder) {
    let names = vec!["localhost".to_owned()];
    let made = rcgen::generate_simple_self_signed(names);
    let made = made.unwrap_or_else(|error| panic!("no certificate: {error}"));
    let [certificate, key] = pair(folder);
    for (file, pem) in [(key, made.signing_key.serialize_pem()), (certificate, made.cert.pem())] {
        fs::write(&file, pem).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }
}

/// The root of the workspace.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or_else(|| Path::new("."))
}

/// Who is responsible for a test: a server that others reach has to say so.
const OPERATOR: &str = "controller = \"Ada Lovelace School\"\naddress = \"Beispielweg 1, 20095 Hamburg\"\n\
                        contact = \"privacy@school.example\"\nplaces = [\"DE\"]";

/// `ZOOO_BIN`, or the release build of this workspace.
fn binary() -> PathBuf {
    let binary = env::var_os("ZOOO_BIN").map_or_else(
        || {
            let target = env::var_os("CARGO_TARGET_DIR")
                .map_or_else(|| root().join("target"), PathBuf::from);
            target.join("release/zooo")
        },
        PathBuf::from,
    );
    assert!(binary.is_file(), "{}: no such program; `make build` makes it", binary.display());
    binary
}

/// An address at which nobody listens.
pub fn free_address() -> SocketAddr {
    let taken = UdpSocket::bind((own_address(), 0));
    let address = taken.and_then(|taken| taken.local_addr());
    address.unwrap_or_else(|error| panic!("no free port: {error}"))
}

/// The address this machine sends from: connecting a UDP socket asks the routing table and sends
/// nothing.
fn own_address() -> IpAddr {
    let asked = UdpSocket::bind("0.0.0.0:0").and_then(|socket| {
        socket.connect("203.0.113.1:9")?;
        socket.local_addr()
    });
    match asked {
        Ok(address) => address.ip(),
        Err(error) => panic!(
            "this machine has no network interface but the loopback ({error}): browsers gather no \
             candidates there"
        ),
    }
}
