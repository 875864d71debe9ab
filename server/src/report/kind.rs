// SPDX-License-Identifier: EUPL-1.2
//! Which documents there are.

use clap::ValueEnum;

use super::{
    assessment::assessment, document::Document, measures::measures, notice::notice,
    processing::processing, record::record,
};
use crate::{
    criteria::Case,
    facts::{Facts, Language},
};

/// A document that an operator needs.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum Kind {
    /// The information of those who take part (Art. 13 GDPR).
    Notice,
    /// The technical and organisational measures (Art. 32 GDPR).
    Measures,
    /// The entry in the record of processing (Art. 30 GDPR).
    Record,
    /// The annex to a contract with those for whom conferences are run (Art. 28 GDPR).
    Processing,
    /// What the program can contribute to an impact assessment (Art. 35 GDPR).
    Assessment,
}

/// Of whom a document is written: a server whose operator has said who is responsible.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The server.
    pub case: Case<'a>,
    /// What its operator declares.
    pub facts: &'a Facts,
}

impl Kind {
    /// All of them, in the order in which they are read.
    pub const ALL: [Self; 5] =
        [Self::Notice, Self::Measures, Self::Record, Self::Processing, Self::Assessment];

    /// Its name, as a file has it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Measures => "measures",
            Self::Record => "record",
            Self::Processing => "processing",
            Self::Assessment => "assessment",
        }
    }
}

/// Writes a document.
pub fn write(kind: Kind, subject: &Subject<'_>, language: Language) -> Document {
    match kind {
        Kind::Notice => notice(subject, language),
        Kind::Measures => measures(subject, language),
        Kind::Record => record(subject, language),
        Kind::Processing => processing(subject, language),
        Kind::Assessment => assessment(subject, language),
    }
}
