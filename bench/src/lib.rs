// SPDX-License-Identifier: EUPL-1.2
//! Measures a relay from outside: a load generator that drives a running zooo, or a Janus, and says what
//! each forwarded packet cost the server.
//!
//! `zooo bench` becomes this program where it stands beside `zooo`. It is one of its own, so that nothing
//! of the client side of ICE, DTLS and SRTP is in the binary that operators run. The client side is ours:
//! the protocol crates the server uses too, in their client role, on sockets that are read without
//! waiting. A whole peer connection for each participant would cost more than the server that it measures.
//!
//! | module | |
//! |---|---|
//! | `load` | what is asked for: who enters, what they send, for how long |
//! | `run` | sending, receiving, counting |
//! | `figures` | what a run showed |
//! | `server` | what a server must be able to do, and which there are |
//! | `zooo`, `janus` | their signalling |
//! | `transport` | one participant's ICE, DTLS and SRTP |
//! | `sdp` | what is offered and answered |
//! | `picture` | the packets |
//! | `tally` | what arrived, how late |
//! | `process` | what it cost the server |
//! | `serve` | zooo with room for as many as are measured |
//! | `table` | many runs as one table |
//! | `receive` | what receiving alone costs |
//! | `crowd`, `recording` | people who show a recorded picture, for tests that look at many |
#![expect(clippy::disallowed_methods, reason = "what measures time looks at the clock")]

mod crowd;
mod figures;
mod janus;
mod load;
mod picture;
mod process;
mod receive;
mod recording;
mod run;
mod sdp;
mod serve;
mod server;
mod table;
mod tally;
mod transport;
mod zooo;

use std::{error::Error, process::ExitCode};

use clap::{Parser, Subcommand};

pub use crowd::Crowd;

/// What went wrong; a measurement that cannot go on ends with it.
pub type Fault = Box<dyn Error + Send + Sync>;

/// Measures a relay from outside.
#[derive(Debug, Parser)]
#[command(name = "zooo-bench", bin_name = "zooo bench", version)]
struct Command {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    Load(load::Load),
    Serve(serve::Serve),
    Table(table::Table),
    Receive(receive::Receive),
}

/// Does what the command line asks for.
#[expect(clippy::print_stderr, reason = "a tool at a terminal")]
pub fn run() -> ExitCode {
    let done = match Command::parse().action {
        Action::Load(load) => load.run(),
        Action::Serve(serve) => serve.run(),
        Action::Table(table) => table.run(),
        Action::Receive(receive) => receive.run(),
    };
    let Err(fault) = done else { return ExitCode::SUCCESS };
    eprintln!("zooo bench: {fault}");
    ExitCode::FAILURE
}
