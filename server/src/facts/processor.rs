// SPDX-License-Identifier: EUPL-1.2
//! Who processes data on the operator's behalf (Art. 28 GDPR).

use serde::{Deserialize, Serialize};

use super::{country::Country, line::Line, words::Words};

/// One of the operator's processors.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Processor {
    /// Its full name.
    pub name: Line,
    /// In which country it processes.
    pub place: Country,
    /// What it does, in both languages.
    pub task: Words,
}
