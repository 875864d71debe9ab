// SPDX-License-Identifier: EUPL-1.2
//! `zooo-bench`, which `zooo bench` becomes.

use std::process::ExitCode;

fn main() -> ExitCode {
    bench::run()
}
