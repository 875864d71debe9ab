// SPDX-License-Identifier: EUPL-1.2
//! Why a command did not do what it was asked.

use std::{io, path::PathBuf, process::ExitCode};

use server::{
    StartError,
    check::FetchError,
    config::ConfigError,
    facts::MissingFacts,
    faults::Fault,
    office::{KeyFileFault, LinkFault},
    service::InheritedError,
    settings::{MarkFault, SettingsError, WrongLine},
    tls::{KeeperError, KeepingError},
};
use thiserror::Error;

#[derive(Debug, Error)]
pub(crate) enum Failure {
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("cannot use {path}:\n{path}:{1}", path = .0.display())]
    Decision(PathBuf, Fault),
    #[error("cannot use --licence-key: {0}")]
    Mark(#[source] MarkFault),
    #[error("cannot use --limit: {0}")]
    Limits(#[source] WrongLine),
    #[error("cannot use --operator: {0}")]
    Operator(#[source] WrongLine),
    #[error("cannot use --tls-acme: {0}")]
    Acme(#[source] WrongLine),
    #[error("cannot look at {0}: {1}")]
    Unseen(String, #[source] FetchError),
    #[error(
        "cannot write for a server of which nobody knows who is responsible: [operator] lacks {0}; \
         docs/zooo.toml explains each key"
    )]
    Undeclared(MissingFacts),
    #[error("cannot read RUST_LOG: {0}")]
    Filter(#[source] tracing_subscriber::filter::FromEnvError),
    #[error("cannot read {path}: {1}", path = .0.display())]
    KeyUnreadable(PathBuf, #[source] io::Error),
    #[error("cannot use --key: name the file that holds the secret, not the secret itself")]
    KeyItself,
    #[error("cannot sign with {path}: {1}", path = .0.display())]
    Key(PathBuf, #[source] KeyFileFault),
    #[error("cannot use --room: {0}")]
    Room(#[source] LinkFault),
    #[error("cannot use --bookmark: {0}")]
    Bookmark(#[source] LinkFault),
    #[error("there is no command {0}")]
    NoCommand(String),
    #[error("cannot read the bookmark: {0}")]
    BookmarkUnreadable(#[source] io::Error),
    #[error("cannot sign a licence that opens nothing: the day of --until is over")]
    Over,
    #[error(
        "there is no {path}: `cargo build --release -p bench` makes target/release/zooo-bench, \
         which belongs beside zooo",
        path = .0.display()
    )]
    NoBench(PathBuf),
    #[error("cannot run {path}: {1}", path = .0.display())]
    BenchUnusable(PathBuf, #[source] io::Error),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    Inherited(#[from] InheritedError),
    #[error(transparent)]
    Certificate(#[from] KeepingError),
    #[error("this is for `zooo serve` to start: {0}")]
    Keeper(#[from] KeeperError),
    #[error("cannot make a secret: the operating system gives no random numbers")]
    NoRandomness,
    #[error("cannot write what was asked for: {0}")]
    Unwritten(#[source] io::Error),
    #[error("cannot start: {0}")]
    Machine(#[source] io::Error),
}

impl Failure {
    /// 2 where another wording of the command helps, 1 where it does not.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Settings(_)
            | Self::Config(_)
            | Self::Decision(..)
            | Self::Mark(_)
            | Self::Limits(_)
            | Self::Operator(_)
            | Self::Acme(_)
            | Self::Undeclared(_)
            | Self::Filter(_)
            | Self::KeyUnreadable(..)
            | Self::KeyItself
            | Self::Key(..)
            | Self::Room(_)
            | Self::Bookmark(_)
            | Self::BookmarkUnreadable(_)
            | Self::NoCommand(_)
            | Self::Over
            | Self::Certificate(_)
            | Self::NoBench(_) => ExitCode::from(2),
            Self::Unseen(..)
            | Self::BenchUnusable(..)
            | Self::Start(_)
            | Self::Inherited(_)
            | Self::Keeper(_)
            | Self::NoRandomness
            | Self::Unwritten(_)
            | Self::Machine(_) => ExitCode::FAILURE,
        }
    }
}
