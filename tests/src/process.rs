// SPDX-License-Identifier: EUPL-1.2
//! A program and everything it starts: one value, and all of it ends with the value.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use crate::eventually::eventually;

/// A running program; what it says is kept in a file.
#[derive(Debug)]
pub struct Process {
    child: Child,
    name: String,
    log: PathBuf,
}

impl Process {
    /// Starts a program whose words go to `folder/name.log`.
    pub fn start(name: &str, command: &mut Command, folder: &Path) -> Self {
        let log = folder.join(format!("{name}.log"));
        let output =
            File::create(&log).unwrap_or_else(|error| panic!("{}: {error}", log.display()));
        let errors =
            output.try_clone().unwrap_or_else(|error| panic!("{}: {error}", log.display()));
        let child = command
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(errors)
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {command:?}: {error}"));
        Self { child, name: name.to_owned(), log }
    }

    /// Its number.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What the first threads of everything that it started with this argument have taken of the processor.
    pub fn first_threads(&self, argument: &str) -> Duration {
        let meant = |pid: &u32| {
            let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            // Chromium writes the arguments of its children with spaces between them.
            line.split(|byte| [0, b' '].contains(byte)).any(|word| word == argument.as_bytes())
        };
        descendants(self.child.id()).into_iter().filter(meant).filter_map(time_of).sum()
    }

    /// Everything it said so far.
    pub fn said(&self) -> String {
        fs::read(&self.log).map_or_else(
            |error| format!("{}: {error}", self.log.display()),
            |bytes| String::from_utf8_lossy(&bytes).into_owned(),
        )
    }

    /// Waits until it says a line that holds `before`; gives what stands between it and the next
    /// white space.
    pub async fn hears(&mut self, before: &str) -> String {
        let what = format!("{} says {before:?}", self.name);
        eventually(&what, Duration::from_secs(20), async || {
            let said = self.said();
            let rest = said.lines().find_map(|line| Some(line.split_once(before)?.1));
            if let Some(word) = rest.and_then(|rest| rest.split_whitespace().next()) {
                return Ok(word.to_owned());
            }
            if let Ok(Some(status)) = self.child.try_wait() {
                panic!("{} ended with {status}: {said}", self.name);
            }
            Err(said)
        })
        .await
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Who is whose child is known only as long as the parents live.
        let tree = descendants(self.child.id());
        drop(self.child.kill());
        drop(self.child.wait());
        if !tree.is_empty() {
            let pids = tree.iter().map(u32::to_string);
            drop(Command::new("kill").arg("-KILL").args(pids).stderr(Stdio::null()).status());
        }
    }
}

/// The children of a process, theirs, and so on.
fn descendants(root: u32) -> Vec<u32> {
    let mut children = BTreeMap::<u32, Vec<u32>>::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        if let Some(parent) = parent_of(&entry.path()) {
            children.entry(parent).or_default().push(pid);
        }
    }
    let mut tree = vec![root];
    let mut next = 0;
    while let Some(pid) = tree.get(next).copied() {
        tree.extend(children.remove(&pid).unwrap_or_default());
        next += 1;
    }
    tree.split_off(1)
}

/// `/proc/PID/task/PID/stat`: its 14th and 15th word, in hundredths of a second.
fn time_of(pid: u32) -> Option<Duration> {
    let stat = fs::read_to_string(format!("/proc/{pid}/task/{pid}/stat")).ok()?;
    let words = stat.rsplit_once(')')?.1.split_whitespace().skip(11).take(2);
    let ticks: u64 = words.filter_map(|word| word.parse::<u64>().ok()).sum();
    Some(Duration::from_millis(ticks * 10))
}

/// `/proc/PID/stat`: number, name in brackets, state, parent.
fn parent_of(process: &Path) -> Option<u32> {
    let stat = fs::read_to_string(process.join("stat")).ok()?;
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}
