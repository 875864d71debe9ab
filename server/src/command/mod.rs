// SPDX-License-Identifier: EUPL-1.2
//! What can be asked of `zooo`, one file each.

mod bench;
mod check;
mod config;
mod failure;
mod key;
mod licence;
mod manual;
mod report;
mod room;
mod serve;
mod settings;
mod terms;
mod tls;
mod typed;

pub(crate) use bench::Bench;
pub(crate) use check::Check;
pub(crate) use config::Config;
pub(crate) use failure::Failure;
pub(crate) use key::Key;
pub(crate) use licence::MakeLicence;
pub(crate) use manual::Manual;
pub(crate) use report::Report;
pub(crate) use room::MakeRoom;
pub(crate) use serve::Serve;
pub(crate) use tls::{KeepCertificate, OrderCertificate};
pub(crate) use typed::without_secrets;
