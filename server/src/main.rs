// SPDX-License-Identifier: EUPL-1.2
//! The command `zooo`: serves, says what it is worth, and makes what an operator gives away.

mod command;

use core::fmt;
use std::{env, io, process::ExitCode};

use clap::{CommandFactory as _, Parser, Subcommand};
use server::memory::Forgetful;

use crate::command::{
    Bench, Check, Config, KeepCertificate, Key, MakeLicence, MakeRoom, Manual, OrderCertificate,
    Report, Serve, without_secrets,
};

/// Nothing is left of a meeting in memory that was given back.
#[global_allocator]
static ALLOCATOR: Forgetful = Forgetful;

/// Video conferences that protect the people in them.
#[derive(Debug, Parser)]
#[command(name = "zooo", version = VERSION)]
struct Command {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    Serve(Serve),
    Check(Check),
    #[command(subcommand)]
    Config(Config),
    Report(Report),
    Key(Key),
    Licence(MakeLicence),
    Room(MakeRoom),
    Bench(Bench),
    Manual(Manual),
    #[command(hide = true)]
    KeepCertificate(KeepCertificate),
    #[command(hide = true)]
    OrderCertificate(OrderCertificate),
}

/// Who makes a package says of which commit it is: `ZOOO_VERSION="0.1.0 (0123456789ab)"`.
const VERSION: &str = match option_env!("ZOOO_VERSION") {
    Some(version) => version,
    None => env!("CARGO_PKG_VERSION"),
};

fn main() -> ExitCode {
    let command = match Command::try_parse() {
        Ok(command) => command,
        Err(error) => return explain(&error),
    };
    let done = match command.action {
        Action::Serve(serve) => serve.run().map(|()| ExitCode::SUCCESS),
        Action::Check(check) => check.run(),
        Action::Config(config) => config.run().map(|()| ExitCode::SUCCESS),
        Action::Report(report) => report.run().map(|()| ExitCode::SUCCESS),
        Action::Key(key) => key.run().map(|()| ExitCode::SUCCESS),
        Action::Licence(licence) => licence.run().map(|()| ExitCode::SUCCESS),
        Action::Room(room) => room.run().map(|()| ExitCode::SUCCESS),
        Action::Bench(bench) => Err(bench.run()),
        Action::Manual(manual) => manual.run(Command::command()).map(|()| ExitCode::SUCCESS),
        Action::OrderCertificate(order) => order.run().map(|()| ExitCode::SUCCESS),
        Action::KeepCertificate(keep) => keep.run().map(|()| ExitCode::SUCCESS),
    };
    done.unwrap_or_else(|failure| {
        tell(io::stderr(), &format_args!("zooo: {failure}"));
        failure.exit_code()
    })
}

/// Says why the arguments are not understood, or what was asked for: the help, the version.
fn explain(error: &clap::Error) -> ExitCode {
    let arguments = env::args_os().map(|argument| argument.to_string_lossy().into_owned());
    let text = without_secrets(error.render().to_string(), arguments);
    if !error.use_stderr() {
        tell(io::stdout(), &format_args!("{}", text.trim_end()));
        return ExitCode::SUCCESS;
    }
    tell(io::stderr(), &format_args!("{}", text.trim_end()));
    ExitCode::from(2)
}

/// Writes one line; that nobody reads it is no reason to stop.
fn tell(mut to: impl io::Write, line: &fmt::Arguments<'_>) {
    drop(writeln!(to, "{line}").and_then(|()| to.flush()));
}
