// SPDX-License-Identifier: EUPL-1.2
//! What an operator says of HTTPS, and the process that reads the certificate.

use std::{net::SocketAddr, os::unix::process::CommandExt as _, path::PathBuf, process::Command};

use clap::Args;
use server::tls::{TlsConfig, TlsSettings, keep};

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
}

impl SaidOfTls {
    pub(super) fn settings(self) -> TlsSettings {
        let Self { certificate, key, redirect } = self;
        TlsSettings { certificate, key, redirect }
    }
}

/// Reads a certificate for a server, which starts it.
#[derive(Args, Debug)]
pub(crate) struct KeepCertificate {
    certificate: PathBuf,
    key: PathBuf,
}

impl KeepCertificate {
    /// How a server starts it: as the program that it is itself, also if another one has its place by now.
    pub(super) fn command(tls: &TlsConfig) -> Command {
        let mut command = Command::new("/proc/self/exe");
        command.arg0("zooo").args(["keep-certificate", "--"]).arg(&tls.certificate).arg(&tls.key);
        command
    }

    pub(crate) fn run(self) -> Result<(), Failure> {
        Ok(keep(&self.certificate, &self.key)?)
    }
}
