// SPDX-License-Identifier: EUPL-1.2
//! The binary as an operator runs it, at its most verbose.

use std::{
    fs::{self, File},
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    path::PathBuf,
    process::{Child, Command, Stdio},
};

/// A process that serves until it is dropped.
pub struct Served {
    process: Child,
    log: PathBuf,
    pub http: SocketAddr,
    pub media: SocketAddr,
}

impl Served {
    /// On free ports of the loopback; what it says goes to a file of that name.
    pub fn start(name: &str) -> Self {
        Self::with(name, &[])
    }

    /// The same, with more arguments.
    pub fn with(name: &str, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zooo"));
        for (variable, _) in std::env::vars_os() {
            if variable.to_str().is_some_and(|name| name.starts_with("ZOOO_")) {
                command.env_remove(variable);
            }
        }
        command.args(["serve", "--http", "127.0.0.1:0", "--media", "127.0.0.1:0"]);
        command.args(arguments);
        Self::run(name, command)
    }

    /// Runs a command that becomes a server.
    pub fn run(name: &str, mut command: Command) -> Self {
        let log = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.log"));
        command.env("RUST_LOG", "trace").stdin(Stdio::null());
        command.stdout(Stdio::piped()).stderr(File::create(&log).unwrap());
        let mut process = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let said = fs::read_to_string(&log).unwrap();
        let port = line.trim().rsplit(':').next().and_then(|port| port.parse().ok());
        let port = port.unwrap_or_else(|| panic!("it does not serve: {line}{said}"));
        let media = said.split_once("media=").unwrap().1.split_whitespace().next().unwrap();
        let media = media.parse().unwrap();
        Self { process, log, http: SocketAddr::from(([127, 0, 0, 1], port)), media }
    }

    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// A file of what the kernel tells about the process.
    pub fn told(&self, file: &str) -> String {
        fs::read_to_string(format!("/proc/{}/{file}", self.id())).unwrap()
    }

    /// All that it has said so far.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    /// The process, which ends in a way of the caller's.
    pub fn process(&mut self) -> &mut Child {
        &mut self.process
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
