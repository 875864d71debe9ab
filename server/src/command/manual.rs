// SPDX-License-Identifier: EUPL-1.2
//! `zooo manual`.

use clap::{Args, ValueEnum};
use clap_complete::{Shell, generate};
use clap_mangen::Man;

use super::{Failure, typed::answer_bytes};

/// Prints the manual page of a command, or what completes commands in a shell: for who makes a package.
#[derive(Args, Debug)]
#[command(hide = true)]
pub(crate) struct Manual {
    /// What to print.
    #[arg(value_name = "WHAT")]
    kind: Kind,
    /// Of which command the page is; of none, of all together.
    #[arg(value_name = "COMMAND")]
    of: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    /// A page for `man`.
    Man,
    /// For bash.
    Bash,
    /// For zsh.
    Zsh,
    /// For fish.
    Fish,
}

impl Manual {
    /// `command` is all of `zooo`.
    pub(crate) fn run(self, mut command: clap::Command) -> Result<(), Failure> {
        let shell = match self.kind {
            Kind::Man => return page(command, self.of.as_deref()),
            Kind::Bash => Shell::Bash,
            Kind::Zsh => Shell::Zsh,
            Kind::Fish => Shell::Fish,
        };
        let mut text = Vec::new();
        generate(shell, &mut command, "zooo", &mut text);
        answer_bytes(&text)
    }
}

fn page(mut command: clap::Command, of: Option<&str>) -> Result<(), Failure> {
    command.build();
    let command = match of {
        Some(of) => {
            let found = command.find_subcommand(of).cloned();
            found.ok_or_else(|| Failure::NoCommand(of.to_owned()))?
        }
        None => command,
    };
    let mut text = Vec::new();
    Man::new(command).render(&mut text).map_err(Failure::Unwritten)?;
    answer_bytes(&text)
}
