// SPDX-License-Identifier: EUPL-1.2
//! `zooo check`.

use std::process::ExitCode;

use clap::Args;
use server::{
    assets,
    check::{Stated, Verdict, Visit, judged, sights, visit},
    criteria::{Build, Case, Enforcement, Seen, findings},
    embedder::frame_ancestors,
    facts::Language,
    office::Origin,
    report::answers,
    sandbox::Sandbox,
    settings::Settings,
};

use super::{Failure, room::origin, settings::Said, typed::answer};

/// Says which criteria of data protection a server meets.
///
/// Reads the settings as `zooo serve` does and names each that is looser than the default. With --url it looks
/// at a running server, too, as anybody can: where no setting is given it compares what that server says of itself
/// with what is seen of it. The exit code is 1 where a criterion is not met or loosened.
#[derive(Args, Debug)]
pub(crate) struct Check {
    #[command(flatten)]
    said: Said,
    /// The server to look at, `https://zooo.example` for instance.
    #[arg(long, value_name = "ORIGIN", value_parser = origin)]
    url: Option<Origin>,
    /// Answers for machines, in JSON.
    #[arg(long)]
    json: bool,
    /// In which language to answer.
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    language: Language,
    /// Counts what is asked of conferences at high risk, too.
    #[arg(long)]
    high_risk: bool,
}

impl Check {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let Self { said, url, json, language, high_risk } = self;
        let settings = said.settings()?;
        let is_said = settings != Settings::default();
        let config = settings.decide()?;
        let (seen, stated) = match &url {
            Some(url) => look(url, &frame_ancestors(&config.embedders))?,
            None => (Seen::default(), None),
        };
        // Without a server, what the kernel of this machine would do for one: it does it for this command from here on.
        let enforcement = stated
            .as_ref()
            .map_or_else(|| Enforcement::from(Sandbox::enter()), |stated| stated.enforcement);
        let case = Case { config: &config, build: Build::THIS, enforcement, seen: Some(&seen) };
        let findings = match &stated {
            Some(stated) if !is_said => judged(&stated.criteria, &seen),
            _ => findings(&case),
        };
        let verdict = Verdict { findings, high_risk };
        let passes = verdict.passes();
        if json {
            let url = url.as_ref().map(Origin::as_str);
            answer(&format!("{}\n", answers(url, passes, verdict.findings)))?;
        } else {
            answer(&verdict.lines(language))?;
        }
        Ok(if passes { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// What is seen of a running server that these pages may embed, and what it says of itself.
fn look(url: &Origin, ancestors: &str) -> Result<(Seen, Option<Stated>), Failure> {
    let fetched =
        visit(url, None).map_err(|error| Failure::Unseen(url.as_str().to_owned(), error))?;
    Ok(sights(&Visit {
        is_secure: url.is_secure(),
        is_local: fetched.is_local,
        answers: &fetched.answers,
        index: assets::find("index.html").map(|index| index.identity),
        page_hash: assets::PAGE_HASH,
        ancestors,
    }))
}
