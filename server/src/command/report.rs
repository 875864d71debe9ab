// SPDX-License-Identifier: EUPL-1.2
//! `zooo report`.

use clap::{Args, ValueEnum};
use server::{
    criteria::{Build, Case, Enforcement},
    facts::Language,
    report::{Kind, Style, Subject, html, html_of_all, markdown, write},
    sandbox::Sandbox,
};

use super::{Failure, settings::Said, typed::answer};

/// Writes the papers that an operator owes, from the settings of the server.
///
/// They say what these settings are, and change with them. Settings are read as `zooo serve` reads them.
#[derive(Args, Debug)]
pub(crate) struct Report {
    /// Which paper.
    #[arg(value_name = "PAPER", default_value = "all")]
    paper: Paper,
    #[command(flatten)]
    said: Said,
    /// In which language.
    #[arg(long, value_name = "LANGUAGE", default_value = "de")]
    language: Language,
    /// In which format.
    #[arg(long, value_name = "FORMAT", default_value = "md")]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Paper {
    /// The information of those who take part (Art. 13 GDPR).
    Notice,
    /// The technical and organisational measures (Art. 32 GDPR).
    Measures,
    /// The entry in the record of processing (Art. 30 GDPR).
    Record,
    /// The annex to a processing agreement (Art. 28 GDPR).
    Processing,
    /// Input for an impact assessment (Art. 35 GDPR).
    Assessment,
    /// All of them.
    All,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Markdown.
    Md,
    /// A page of its own, fit to be printed.
    Html,
}

impl Report {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let Self { paper, said, language, format } = self;
        let config = said.settings()?.decide()?;
        let facts =
            config.facts.as_ref().map_err(|missing| Failure::Undeclared(missing.clone()))?;
        // What the kernel of this machine does for a server: it is what it does for this command from here on.
        let enforcement = Enforcement::from(Sandbox::enter());
        let case = Case { config: &config, build: Build::THIS, enforcement, seen: None };
        let subject = Subject { case, facts };
        let kinds = paper.kinds();
        let written: Vec<_> = kinds.iter().map(|kind| write(*kind, &subject, language)).collect();
        answer(&match (format, written.as_slice()) {
            (Format::Html, [one]) => html(one, Style::Embedded),
            (Format::Html, all) => html_of_all(all, language),
            (Format::Md, all) => all.iter().map(markdown).collect::<Vec<_>>().join("\n"),
        })
    }
}

impl Paper {
    const fn kinds(self) -> &'static [Kind] {
        match self {
            Self::Notice => &[Kind::Notice],
            Self::Measures => &[Kind::Measures],
            Self::Record => &[Kind::Record],
            Self::Processing => &[Kind::Processing],
            Self::Assessment => &[Kind::Assessment],
            Self::All => &Kind::ALL,
        }
    }
}
