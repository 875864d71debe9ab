// SPDX-License-Identifier: EUPL-1.2
//! What another server says of itself in `/.well-known/privacy.json`.

use serde::Deserialize;

use crate::{criteria::Enforcement, report::FORMAT};

/// What of a statement can be compared with what is seen.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
pub struct Stated {
    format: String,
    /// The hash of the page that it serves.
    pub page_sha256: Option<String>,
    /// For how long it says to keep something.
    pub retention_seconds: u64,
    /// Which hosts it says to contact.
    pub hosts_contacted: Vec<String>,
    /// What its kernel keeps it from.
    pub enforcement: Enforcement,
    /// How it says to stand to the criteria.
    pub criteria: Vec<StatedCriterion>,
}

/// A criterion as a server states it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
pub struct StatedCriterion {
    pub(super) id: String,
    pub(super) state: String,
    #[serde(default)]
    pub(super) why: Option<StatedWhy>,
}

#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
pub(super) struct StatedWhy {
    pub(super) de: String,
    pub(super) en: String,
}

impl Stated {
    /// Reads a statement of this version.
    pub fn parse(json: &[u8]) -> Option<Self> {
        let stated: Self = serde_json::from_slice(json).ok()?;
        (stated.format == FORMAT).then_some(stated)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        config::ServerConfig,
        criteria::{Build, Case, all},
        report::statement,
    };

    #[test]
    fn it_reads_what_a_server_writes() {
        let loopback = "127.0.0.1:0".parse().expect("an address");
        let config = ServerConfig::new(loopback, loopback, Vec::new()).expect("a decision");
        let enforcement = Enforcement::NONE;
        let case = Case { config: &config, build: Build::THIS, enforcement, seen: None };
        let stated = Stated::parse(statement(&case).as_bytes()).expect("a statement");
        assert_eq!(stated.enforcement, enforcement);
        assert_eq!((stated.retention_seconds, stated.hosts_contacted.len()), (0, 0));
        assert_eq!(stated.criteria.len(), all().count());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(json in "[{}\\[\\]:,\"a-z_0-9]{0,60}") {
            drop(Stated::parse(json.as_bytes()));
        }
    }
}
