// SPDX-License-Identifier: EUPL-1.2
//! What a server says of itself to a page: who is responsible for it, and where it stands.
//!
//! It is the beginning of a longer statement, which the page has no use for: it reads what it knows.

use alloc::{string::String, vec::Vec};

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
    /// How the server stands to each criterion of data protection, by its own account.
    #[serde(default)]
    pub criteria: Vec<Judged>,
}

/// How a server stands to one criterion.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
pub struct Judged {
    /// The short name of the criterion.
    pub id: String,
    /// Who asks it.
    pub source: String,
    /// For which conferences it has to be met.
    pub weight: Weight,
    /// Who answers it.
    pub answered: Answered,
    /// What is asked.
    pub asks: InBoth,
    /// How the server stands to it.
    pub state: Standing,
    /// Why it is less than it could be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<InBoth>,
}

/// A text in both languages.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
pub struct InBoth {
    /// In German.
    pub de: String,
    /// In English.
    pub en: String,
}

/// For which conferences a criterion has to be met.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// All of them.
    Always,
    /// Those whose content puts people at high risk.
    HighRisk,
    /// It is advice.
    Advised,
}

/// Who answers a criterion.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answered {
    /// Whoever looks at the running server.
    Measured,
    /// The program, which cannot do otherwise.
    Constructed,
    /// The operator, who says so.
    Declared,
    /// The operator, who does so.
    Organisational,
}

/// How a server stands to a criterion.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It is not met, or nobody said what would be needed.
    NotMet,
    /// The operator chose less than the default.
    Loosened,
    /// It is met.
    Met,
    /// People meet it, not software.
    Organisational,
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
    /// Where it has who is responsible and nothing else, for a gate that waits for it: [`Responsible`] or `null`.
    pub const RESPONSIBLE: &str = "/responsible.json";
    /// Where it has whose pages may embed it, for a page that is embedded: a list of origins, as browsers write them.
    pub const EMBEDDERS: &str = "/embedders.json";
    /// Where it has the notice in German.
    pub const NOTICE_DE: &str = "/datenschutz";
    /// Where it has the notice in English.
    pub const NOTICE_EN: &str = "/privacy";
}
