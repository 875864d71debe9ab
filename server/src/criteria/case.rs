// SPDX-License-Identifier: EUPL-1.2
//! What the criteria are judged by.

use serde::{Deserialize, Serialize};
use shared::{Barrier, Enforcement};

use super::state::Said;
use crate::{
    config::ServerConfig,
    sandbox::{Landlock, Sandbox, Seccomp},
};

/// One server, as far as it is known.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// What its operator decided and declares.
    pub config: &'a ServerConfig,
    /// What its program can do.
    pub build: Build,
    /// What the kernel keeps it from.
    pub enforcement: Enforcement,
    /// What was seen of it while it ran.
    pub seen: Option<&'a Seen>,
}

/// What a program can do that another build of it cannot.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Build {
    /// How picture and sound are protected from the server.
    pub end_to_end: EndToEnd,
}

impl Build {
    /// The program that runs.
    pub const THIS: Self = Self { end_to_end: EndToEnd::Absent };
}

/// Whether picture and sound are encrypted from person to person.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EndToEnd {
    /// The server opens them in memory to pass them on.
    Absent,
    /// It has no key to them, and lets nobody in who would go without.
    Always,
}

impl From<Sandbox> for Enforcement {
    fn from(sandbox: Sandbox) -> Self {
        let calls = sandbox.seccomp == Seccomp::Enforced;
        // Landlock keeps from files, and programs are some; datagrams it lets pass to everywhere.
        let files = calls || sandbox.landlock != Landlock::Missing;
        Self {
            file_writes: Barrier::of(files),
            exec: Barrier::of(files),
            connections: Barrier::of(calls),
            core_dumps: Barrier::of(sandbox.no_core_dumps),
        }
    }
}

/// What was seen of a running server: what contradicts a criterion, and nothing where all is well.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Seen {
    /// In the order in which it was seen.
    pub faults: Vec<Sight>,
}

/// Something that was seen and must not be.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Sight {
    /// The criterion that it contradicts.
    pub criterion: &'static str,
    /// What it is.
    pub what: Said,
}
