// SPDX-License-Identifier: EUPL-1.2
//! `zooo bench`: becomes the program that measures, which is not part of this one.

use std::{
    env, ffi::OsString, io::ErrorKind, os::unix::process::CommandExt as _, process::Command,
};

use clap::Args;

use super::Failure;

/// Measures a running server under load.
///
/// What is behind `bench` is read by a program of its own, `zooo-bench`, which stands beside this one:
/// `cargo build --release -p bench` makes it. `zooo bench --help` says what it can.
#[derive(Args, Debug)]
#[command(disable_help_flag = true)]
pub(crate) struct Bench {
    /// What it is to do.
    #[arg(value_name = "ARGUMENT", trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

impl Bench {
    /// Hands the process over: exit code, signals and terminal are the other program's from here on. It
    /// comes back only where that is not possible.
    pub(crate) fn run(self) -> Failure {
        // Beside this program and nowhere else: what PATH leads to may be of another version, or not ours.
        let path = match env::current_exe() {
            Ok(own) => own.with_file_name(PROGRAM),
            Err(error) => return Failure::Machine(error),
        };
        let error = Command::new(&path).args(self.arguments).exec();
        if error.kind() == ErrorKind::NotFound {
            Failure::NoBench(path)
        } else {
            Failure::BenchUnusable(path, error)
        }
    }
}

const PROGRAM: &str = "zooo-bench";
