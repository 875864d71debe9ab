// SPDX-License-Identifier: EUPL-1.2
//! What an operator says of HTTPS, and the process that reads the certificate.

use std::{net::SocketAddr, os::unix::process::CommandExt as _, path::PathBuf, process::Command};

use clap::Args;
use server::{
    config::ConfigError,
    settings::WrongLine,
    tls::{
        AcmeConfig, AcmeFault, AcmeSettings, Directory, PairSource, TlsConfig, TlsFault,
        TlsSettings, keep, keep_by_order,
    },
};

use super::Failure;

/// The flags of the table `[tls]`.
#[derive(Args, Debug)]
pub(super) struct SaidOfTls {
    /// A file with the certificate in PEM, and behind it those that vouch for it. With it and its key, page and
    /// signalling need no proxy. A file that changes is read again; SIGHUP has it read at once.
    #[arg(
        id = "tls_certificate",
        long = "tls-certificate",
        env = "ZOOO_TLS_CERTIFICATE",
        value_name = "FILE"
    )]
    certificate: Option<PathBuf>,
    /// A file with the key of the certificate, in PEM.
    #[arg(id = "tls_key", long = "tls-key", env = "ZOOO_TLS_KEY", value_name = "FILE")]
    key: Option<PathBuf>,
    /// A TCP address, 0.0.0.0:80 for instance, where who comes without TLS is sent to --origin.
    #[arg(
        id = "tls_redirect",
        long = "tls-redirect",
        env = "ZOOO_TLS_REDIRECT",
        value_name = "ADDRESS:PORT"
    )]
    redirect: Option<SocketAddr>,
    /// A key of the table `[tls.acme]`, as the file has it: 'directory = "https://…"'. A certificate is ordered there
    /// instead of read from files. Can be given once for each key; the environment has a line for each.
    #[arg(
        id = "tls_acme",
        long = "tls-acme",
        env = "ZOOO_TLS_ACME",
        value_delimiter = '\n',
        value_name = "KEY = VALUE"
    )]
    acme: Vec<String>,
}

impl SaidOfTls {
    pub(super) fn settings(self) -> Result<TlsSettings, WrongLine> {
        let Self { certificate, key, redirect, acme } = self;
        let acme = (!acme.is_empty()).then(|| AcmeSettings::parse(&acme.join("\n"))).transpose()?;
        Ok(TlsSettings { certificate, key, redirect, acme })
    }
}

/// Reads a certificate for a server, which starts it.
#[derive(Args, Debug)]
pub(crate) struct KeepCertificate {
    certificate: PathBuf,
    key: PathBuf,
}

/// Orders a certificate for a server, which starts it.
#[derive(Args, Debug)]
pub(crate) struct OrderCertificate {
    directory: String,
    host: String,
    state: PathBuf,
    #[arg(long)]
    contact: Option<String>,
    #[arg(long)]
    agree: bool,
    #[arg(long)]
    ca: Option<PathBuf>,
}

impl KeepCertificate {
    /// How a server starts it: as the program that it is itself, also if another one has its place by now.
    pub(super) fn command(tls: &TlsConfig) -> Command {
        let mut command = Command::new("/proc/self/exe");
        command.arg0("zooo");
        match &tls.source {
            PairSource::Files { certificate, key } => {
                command.args(["keep-certificate", "--"]).arg(certificate).arg(key);
            }
            PairSource::Acme(order) => order_by(&mut command, order),
        }
        command
    }

    pub(crate) fn run(self) -> Result<(), Failure> {
        Ok(keep(&self.certificate, &self.key)?)
    }
}

fn order_by(command: &mut Command, order: &AcmeConfig) {
    let AcmeConfig { directory, host, state, contact, agree, ca } = order;
    command.arg("order-certificate");
    if let Some(contact) = contact {
        command.arg(format!("--contact={contact}"));
    }
    if *agree {
        command.arg("--agree");
    }
    if let Some(ca) = ca {
        command.arg("--ca").arg(ca);
    }
    command.arg("--").args([directory.url(), host]).arg(state);
}

impl OrderCertificate {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let Self { directory, host, state, contact, agree, ca } = self;
        let directory = Directory::parse(&directory);
        let directory = directory.ok_or(ConfigError::Tls(TlsFault::Acme(AcmeFault::Directory)))?;
        Ok(keep_by_order(&AcmeConfig { directory, host, state, contact, agree, ca })?)
    }
}
