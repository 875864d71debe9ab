// SPDX-License-Identifier: EUPL-1.2
//! The binary under a service manager: which ports it takes over, and what it tells.
#![expect(
    dead_code,
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test fails by panicking; its helpers are shared with other tests"
)]
#![expect(unsafe_code, reason = "a manager leaves sockets open for the program that it starts")]

#[path = "support/page.rs"]
mod page;
#[path = "support/served.rs"]
mod served;
#[path = "support/tls.rs"]
mod tls;

use std::{
    fs, io,
    net::{TcpListener, UdpSocket},
    os::{
        fd::{AsRawFd as _, OwnedFd, RawFd},
        unix::{net::UnixDatagram, process::CommandExt as _},
    },
    path::PathBuf,
    process::Command,
    time::Duration,
};

use served::Served;
use tls::{Authority, Files, ask};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

#[tokio::test(flavor = "multi_thread")]
async fn ports_that_are_open_already_are_taken_over() {
    let (authority, files) = (Authority::new(), Files::new("service-ports"));
    let signed = authority.sign();
    files.put(&signed.certificate, &signed.key);
    let (first, second) = (listener(), listener());
    let media = UdpSocket::bind("127.0.0.1:0").unwrap();
    let (http, redirect) = (second.local_addr().unwrap(), first.local_addr().unwrap());
    let at = media.local_addr().unwrap();
    let (certificate, key) = (files.certificate(), files.key());
    let arguments =
        ["--origin", "https://localhost", "--tls-certificate", &certificate, "--tls-key", &key];
    // What an operator says of the same ports does not count.
    let mut command = zooo(&[&arguments[..], &["--http", "127.0.0.1:1"]].concat());
    hand_over(&mut command, vec![first.into(), media.into(), second.into()], "redirect:x:http");
    let served = Served::run("service-ports", command);
    assert_eq!((served.http, served.media), (http, at));
    let stream = authority.visit(http, &rustls::version::TLS13).await.unwrap();
    assert!(ask(stream, "/healthz").await.0.starts_with("HTTP/1.1 200"));
    let mut stream = TcpStream::connect(redirect).await.unwrap();
    stream.write_all(b"GET /a HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.contains("\r\nlocation: https://localhost/a\r\n"), "{answer}");
    // Who reads the certificate has none of them.
    let children = served.told(&format!("task/{}/children", served.id()));
    let held = fs::read_dir(format!("/proc/{}/fd", children.trim())).unwrap();
    let held = held.filter_map(|fd| fs::read_link(fd.unwrap().path()).ok());
    let sockets = held.filter(|file| file.to_str().unwrap().starts_with("socket:"));
    assert_eq!(sockets.count(), 2, "its line to the server, twice");
}

#[test]
fn a_port_that_others_reach_is_served_by_nobody_unknown_whoever_has_opened_it() {
    let mut command = zooo(&[]);
    hand_over(&mut command, vec![TcpListener::bind("0.0.0.0:0").unwrap().into()], "http");
    let refused = command.output().unwrap();
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(2), "{said}");
    assert!(said.contains("cannot serve others at 0.0.0.0:"), "{said}");
}

#[test]
fn what_was_meant_for_another_process_is_not_touched() {
    let mut command = zooo(&["--http", "127.0.0.1:0", "--media", "127.0.0.1:0"]);
    command.env("LISTEN_FDS", "1").env("LISTEN_PID", "1");
    let served = Served::run("service-others", command);
    assert_ne!(served.http.port(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_hears_of_the_start_the_reading_again_and_the_stop() {
    let (authority, files) = (Authority::new(), Files::new("service-told"));
    let signed = authority.sign();
    files.put(&signed.certificate, &signed.key);
    let at = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("service-told.socket");
    drop(fs::remove_file(&at));
    let manager = UnixDatagram::bind(&at).unwrap();
    manager.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let (certificate, key) = (files.certificate(), files.key());
    let here = ["--http", "127.0.0.1:0", "--media", "127.0.0.1:0"];
    let pair = ["--tls-certificate", &certificate, "--tls-key", &key];
    let mut command = zooo(&[&here[..], &pair].concat());
    command.env("NOTIFY_SOCKET", &at);
    let mut served = Served::run("service-told", command);
    let heard = || {
        let mut text = [0; 200];
        let length = manager.recv(&mut text).unwrap();
        String::from_utf8(text[..length].to_vec()).unwrap()
    };
    assert_eq!(heard(), "READY=1");
    signal(&served, "HUP");
    let reloading = heard();
    let since = reloading.strip_prefix("RELOADING=1\nMONOTONIC_USEC=").unwrap();
    assert!(since.parse::<u64>().unwrap() > 0, "{reloading}");
    assert_eq!(heard(), "READY=1");
    signal(&served, "TERM");
    assert_eq!(heard(), "STOPPING=1");
    assert!(served.process().wait().unwrap().success());
}

fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").unwrap()
}

fn zooo(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zooo"));
    command.arg("serve").args(arguments);
    command
}

/// Starts the command with these open, from the third place on, as systemd does.
fn hand_over(command: &mut Command, sockets: Vec<OwnedFd>, names: &str) {
    command.env("LISTEN_FDS", sockets.len().to_string()).env("LISTEN_FDNAMES", names);
    // The number of a process is known to itself alone; a shell can say it in the environment.
    let program = command.get_program().to_owned();
    let arguments: Vec<_> = command.get_args().map(ToOwned::to_owned).collect();
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", "export LISTEN_PID=$$; exec \"$0\" \"$@\""]).arg(program).args(arguments);
    for (name, value) in command.get_envs() {
        shell.env(name, value.unwrap());
    }
    let place = move || {
        // First out of the way of the places that they are to have.
        let beyond = 100;
        let copies = sockets.iter().map(|socket| {
            // SAFETY: takes no pointers.
            unsafe { libc::fcntl(socket.as_raw_fd(), libc::F_DUPFD, beyond) }
        });
        for (copy, place) in copies.collect::<Vec<_>>().into_iter().zip(3 as RawFd..) {
            // SAFETY: takes no pointers.
            if unsafe { libc::dup2(copy, place) } < 0 || unsafe { libc::close(copy) } < 0 {
                return Err(io::Error::last_os_error());
            }
        }
        Ok(())
    };
    // SAFETY: between fork and exec, of one thread, it duplicates descriptors; what it allocates is its own.
    unsafe { shell.pre_exec(place) };
    *command = shell;
}

fn signal(served: &Served, name: &str) {
    let told = Command::new("kill").args(["-s", name, &served.id().to_string()]).status();
    assert!(told.unwrap().success());
}
