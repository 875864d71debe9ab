// SPDX-License-Identifier: EUPL-1.2
//! What a server says of itself to a page: who is responsible for it, and where it stands.
//!
//! It is the beginning of a longer statement, which the page has no use for: it reads what it knows.

use alloc::string::String;

use serde::{Deserialize, Serialize};

/// The part of `/.well-known/privacy.json` that the page shows.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Statement {
    /// Who is responsible; nothing on a server that serves its own machine only.
    pub responsible: Option<Responsible>,
    /// What the kernel keeps the server from.
    pub enforcement: Enforcement,
    /// The SHA-256 of the page, in hexadecimal digits; nothing where no page was built.
    pub page_sha256: Option<String>,
}

/// What the kernel keeps a running server from, whatever its code does.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
pub struct Enforcement {
    /// Opening a file for writing.
    pub file_writes: Barrier,
    /// Starting another program.
    pub exec: Barrier,
    /// Opening a connection to another host.
    pub connections: Barrier,
    /// Leaving its memory behind when it fails.
    pub core_dumps: Barrier,
}

/// One thing that the kernel can forbid.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Barrier {
    /// It does.
    Enforced,
    /// It was not asked to, or cannot.
    Missing,
}

impl Enforcement {
    /// Nothing is forbidden.
    pub const NONE: Self = Self {
        file_writes: Barrier::Missing,
        exec: Barrier::Missing,
        connections: Barrier::Missing,
        core_dumps: Barrier::Missing,
    };

    /// Everything is.
    pub const WHOLE: Self = Self {
        file_writes: Barrier::Enforced,
        exec: Barrier::Enforced,
        connections: Barrier::Enforced,
        core_dumps: Barrier::Enforced,
    };
}

impl Barrier {
    /// Of a fact.
    pub const fn of(enforced: bool) -> Self {
        if enforced { Self::Enforced } else { Self::Missing }
    }

    /// Whether it holds.
    pub const fn holds(self) -> bool {
        matches!(self, Self::Enforced)
    }
}

/// Who is responsible, for people.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
pub struct Responsible {
    /// The full name of the controller.
    pub controller: String,
    /// The countries in which the servers stand, in German.
    pub places_de: String,
    /// The same in English.
    pub places_en: String,
}

impl Statement {
    /// Where a server has it, below its origin.
    pub const PATH: &str = "/.well-known/privacy.json";
    /// Where it has the notice in German.
    pub const NOTICE_DE: &str = "/datenschutz";
    /// Where it has the notice in English.
    pub const NOTICE_EN: &str = "/privacy";
}
