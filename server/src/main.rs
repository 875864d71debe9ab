// SPDX-License-Identifier: EUPL-1.2
//! The command `zooo`: serves, and makes what an operator gives away.

mod command;

use core::fmt;
use std::{io, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::command::{Key, MakeLicence, MakeRoom, Serve};

/// Video conferences that protect the people in them.
#[derive(Debug, Parser)]
#[command(name = "zooo", version)]
struct Command {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    Serve(Serve),
    Key(Key),
    Licence(MakeLicence),
    Room(MakeRoom),
}

fn main() -> ExitCode {
    let done = match Command::parse().action {
        Action::Serve(serve) => serve.run(),
        Action::Key(key) => key.run(),
        Action::Licence(licence) => licence.run(),
        Action::Room(room) => room.run(),
    };
    let Err(failure) = done else { return ExitCode::SUCCESS };
    tell(io::stderr(), &format_args!("zooo: {failure}"));
    failure.exit_code()
}

/// Writes one line; that nobody reads it is no reason to stop.
fn tell(mut to: impl io::Write, line: &fmt::Arguments<'_>) {
    drop(writeln!(to, "{line}").and_then(|()| to.flush()));
}
