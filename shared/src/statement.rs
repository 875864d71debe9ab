// SPDX-License-Identifier: EUPL-1.2
//! What a server says of itself to a page: who is responsible for it, and where it stands.
//!
//! It is the beginning of a longer statement, which the page has no use for: it reads what it knows.

use alloc::string::String;

use serde::{Deserialize, Serialize};

/// The part of `/.well-known/privacy.json` that the gate shows.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Statement {
    /// Who is responsible; nothing on a server that serves its own machine only.
    pub responsible: Option<Responsible>,
}

/// Who is responsible, for people.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
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
