// SPDX-License-Identifier: EUPL-1.2
//! Watches from outside what a server does and says, and whom a browser asks.

use std::{
    collections::BTreeSet,
    fs,
    net::IpAddr,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

use crate::{folder::Folder, process::Process};

/// The calls by which a process reaches a file, another program or another host (`strace`).
#[derive(Debug)]
pub struct Watch {
    _strace: Process,
    seen: PathBuf,
    _folder: Folder,
}

impl Watch {
    /// Watches a process and all its threads from here on.
    pub async fn over(pid: u32) -> Self {
        let folder = Folder::new();
        let seen = folder.path().join("calls");
        let mut command = Command::new("strace");
        command.args(["-f", "-p", &pid.to_string(), "-e", CALLS, "-o"]).arg(&seen);
        let mut strace = Process::start("strace", &mut command, folder.path());
        strace.hears("Process ").await;
        Self { _strace: strace, seen, _folder: folder }
    }

    /// Every call so far, one to a line, those that the kernel refused included.
    pub fn calls(&self) -> Vec<String> {
        let text =
            fs::read(&self.seen).map_err(|error| format!("{}: {error}", self.seen.display()));
        let text = text.unwrap_or_else(|error| panic!("{error}"));
        String::from_utf8_lossy(&text).lines().map(String::from).collect()
    }
}

/// Those, and `accept4`, by which it is seen that anything is watched.
const CALLS: &str = "trace=accept4,open,openat,openat2,creat,connect,socket,bind,execve,execveat,fork,vfork,\
                     mkdir,mkdirat,mknod,mknodat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,\
                     unlink,unlinkat,truncate,memfd_create,io_uring_setup";

/// The addresses in a text, however they stand there.
pub fn addresses(text: &str) -> BTreeSet<IpAddr> {
    // Letters that no address has are parts of a word, or the name of a module would look like one.
    let no_part = |c: char| !(c.is_alphanumeric() || matches!(c, '.' | ':'));
    let parse = |word: &str| {
        let alone = word.trim_matches(['.', ':']);
        let with_port = alone.rsplit_once(':').map(|(ip, _)| ip);
        let parsed = |ip: &str| ip.parse().ok();
        parsed(alone).or_else(|| parsed(with_port?)).or_else(|| parsed(word))
    };
    text.split(no_part).filter_map(parse).collect()
}

/// The addresses of what pages of this origin asked for, by the log that Chromium keeps of its network.
pub fn asked_by(origin: &str, log: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(log).unwrap_or_else(|error| panic!("{}: {error}", log.display()));
    let events = text
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line.trim_end_matches(',')).ok());
    let of_page = events.filter(|event| {
        let initiator = event.pointer("/params/initiator").and_then(Value::as_str);
        initiator.is_some_and(|initiator| initiator == origin)
    });
    of_page.filter_map(|event| Some(event.pointer("/params/url")?.as_str()?.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_wherever_they_stand() {
        for (text, found) in [
            ("media=198.51.100.1:4000", "198.51.100.1"),
            ("(from 198.51.100.1).", "198.51.100.1"),
            ("peer [2001:db8::7]:443 left", "2001:db8::7"),
            ("::ffff:192.0.2.1", "::ffff:192.0.2.1"),
        ] {
            let addresses: Vec<_> = addresses(text).into_iter().map(|it| it.to_string()).collect();
            assert_eq!(addresses, [found], "{text}");
        }
        assert!(
            addresses("2026-11-30T16:33:27.633786Z TRACE server::room: 1.2 of 3.4.5").is_empty()
        );
    }

    #[test]
    fn what_a_page_asked_is_told_from_what_its_browser_asks() {
        let folder = Folder::new();
        let log = folder.path().join("net.json");
        let lines = [
            r#"{"constants":{},"events":["#,
            r#"{"params":{"initiator":"http://a:1","url":"http://a:1/x"},"type":1},"#,
            r#"{"params":{"initiator":"not an origin","url":"https://vendor.example/"},"type":1},"#,
            r#"{"params":{"initiator":"http://a:1","url":"https://b.example/"},"type":1},"#,
        ];
        fs::write(&log, lines.join("\n")).expect("a file");
        let asked: Vec<_> = asked_by("http://a:1", &log).into_iter().collect();
        assert_eq!(asked, ["http://a:1/x", "https://b.example/"]);
    }
}
