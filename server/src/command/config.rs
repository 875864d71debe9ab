// SPDX-License-Identifier: EUPL-1.2
//! `zooo config`.

use std::fs;

use clap::{Args, Subcommand};
use server::{
    config::ConfigError,
    faults::{EXAMPLE, of_decision},
};

use super::{Failure, settings::Said, typed::answer};

/// Says whether settings can be used, and which there are.
#[derive(Debug, Subcommand)]
pub(crate) enum Config {
    Check(Box<CheckConfig>),
    Example(Example),
}

/// Says everything that is wrong with the settings, and where it stands.
///
/// Reads them as `zooo serve` does, and starts nothing. The exit code is 0 where a server could be started
/// with them, 2 where they have to be changed, and 1 where this machine failed. What is looser than the default is no
/// fault: `zooo check` names it.
#[derive(Args, Debug)]
pub(crate) struct CheckConfig {
    #[command(flatten)]
    said: Said,
}

/// Prints a file with every setting as it is when nothing is said, and what each one does.
#[derive(Args, Debug)]
pub(crate) struct Example {}

impl Config {
    pub(crate) fn run(self) -> Result<(), Failure> {
        match self {
            Self::Check(check) => check.run(),
            Self::Example(Example {}) => answer(EXAMPLE),
        }
    }
}

impl CheckConfig {
    fn run(self) -> Result<(), Failure> {
        let file = self.said.file().map(ToOwned::to_owned);
        let settings = self.said.settings()?;
        let place = |error: ConfigError| {
            // A file that was read a moment ago; if it is gone, the error says enough.
            let text = file.as_ref().and_then(|file| fs::read_to_string(file).ok());
            let fault = text.and_then(|text| of_decision(&text, &error));
            match (&file, fault) {
                (Some(file), Some(fault)) => Failure::Decision(file.clone(), fault),
                _ => Failure::Config(error),
            }
        };
        settings.into_config().map_err(place)?;
        match &file {
            Some(file) => answer(&format!("{} can be used\n", file.display())),
            None => answer("the settings can be used\n"),
        }
    }
}
