// SPDX-License-Identifier: EUPL-1.2
//! What an operator says of HTTPS, the table `[tls]`, and what that decides.

use std::{net::SocketAddr, path::PathBuf};

use serde::Deserialize;
use thiserror::Error;

use super::acme::{AcmeConfig, AcmeFault, AcmeSettings};
use crate::office::Origin;

/// The keys of the table. What is `None` was not said.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct TlsSettings {
    /// The file with the certificate, and behind it those that vouch for it.
    pub certificate: Option<PathBuf>,
    /// The file with its key.
    pub key: Option<PathBuf>,
    /// Where people are sent on who come without TLS.
    pub redirect: Option<SocketAddr>,
    /// Where a certificate is ordered, instead of the two files.
    pub acme: Option<AcmeSettings>,
}

/// What is decided of HTTPS.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TlsConfig {
    /// Where certificate and key come from.
    pub source: PairSource,
    /// The TCP address where who comes without TLS is sent to the origin, if there is one.
    pub redirect: Option<SocketAddr>,
}

/// Where a certificate and its key come from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum PairSource {
    /// Two files, both in PEM, which somebody else renews.
    Files {
        /// The one with the certificate.
        certificate: PathBuf,
        /// The one with its key.
        key: PathBuf,
    },
    /// An authority, from which they are ordered.
    Acme(AcmeConfig),
}

impl TlsConfig {
    /// The order, where the certificate is ordered.
    pub const fn acme(&self) -> Option<&AcmeConfig> {
        match &self.source {
            PairSource::Files { .. } => None,
            PairSource::Acme(acme) => Some(acme),
        }
    }
}

impl TlsSettings {
    /// Whether the server is to speak TLS itself.
    pub const fn is_given(&self) -> bool {
        self.certificate.is_some() || self.key.is_some() || self.acme.is_some()
    }

    /// These settings, and where they say nothing, the others. Certificate and key are said together, or
    /// an order instead of them.
    #[must_use]
    pub fn or(self, others: Self) -> Self {
        let redirect = self.redirect.or(others.redirect);
        let said = if self.is_given() { self } else { others };
        Self { redirect, ..said }
    }

    /// Decides, for a page that people reach at this origin.
    pub fn decide(self, origin: Option<&Origin>) -> Result<Option<TlsConfig>, TlsFault> {
        let Self { certificate, key, redirect, acme } = self;
        let source = match (certificate, key, acme) {
            (None, None, Some(acme)) => PairSource::Acme(acme.decide(origin)?),
            (_, _, Some(_)) => return Err(TlsFault::Twice),
            (Some(certificate), Some(key), None) => PairSource::Files { certificate, key },
            (Some(_), None, None) => return Err(TlsFault::Half("key")),
            (None, Some(_), None) => return Err(TlsFault::Half("certificate")),
            (None, None, None) if redirect.is_some() => return Err(TlsFault::NothingBehind),
            (None, None, None) => return Ok(None),
        };
        match origin {
            Some(origin) if !origin.is_secure() => Err(TlsFault::Origin),
            None if redirect.is_some() => Err(TlsFault::Whereto),
            _ => Ok(Some(TlsConfig { source, redirect })),
        }
    }
}

/// What of `[tls]` cannot be meant.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum TlsFault {
    /// One of the two files.
    #[error("cannot speak TLS with half a pair: tls.{0} is missing")]
    Half(&'static str),
    /// Nobody knows which certificate is meant.
    #[error(
        "cannot use both: tls.acme orders a certificate, tls.certificate and tls.key name one; say one of the two"
    )]
    Twice,
    /// What is said of an order cannot be meant.
    #[error(transparent)]
    Acme(#[from] AcmeFault),
    /// Somebody would be sent to where nobody is.
    #[error("cannot send anybody on: tls.redirect needs tls.certificate and tls.key, or tls.acme")]
    NothingBehind,
    /// The same, since nobody knows where.
    #[error(
        "cannot send anybody on: tls.redirect needs origin, such as \"https://meet.school.example\""
    )]
    Whereto,
    /// What people are told contradicts what is served.
    #[error("cannot serve TLS at an origin without it: with [tls], origin begins with https://")]
    Origin,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(text: &str, origin: &str) -> Result<Option<TlsConfig>, TlsFault> {
        let settings: TlsSettings = toml::from_str(text).unwrap();
        settings.decide(Origin::parse(origin).as_ref())
    }

    #[test]
    fn a_pair_is_whole_and_people_are_sent_to_where_it_is() {
        let (whole, secure) = ("certificate = \"a\"\nkey = \"b\"\n", "https://x.example");
        let redirect = "redirect = \"0.0.0.0:80\"\n";
        assert_eq!(decided("", ""), Ok(None));
        assert!(decided(whole, "").is_ok_and(|tls| tls.is_some()));
        let tls = decided(&format!("{whole}{redirect}"), secure).unwrap().unwrap();
        assert_eq!(tls.redirect.map(|to| to.port()), Some(80));
        assert_eq!(decided("certificate = \"a\"", secure), Err(TlsFault::Half("key")));
        assert_eq!(decided("key = \"a\"", secure), Err(TlsFault::Half("certificate")));
        assert_eq!(decided(redirect, secure), Err(TlsFault::NothingBehind));
        assert_eq!(decided(&format!("{whole}{redirect}"), ""), Err(TlsFault::Whereto));
        assert_eq!(decided(whole, "http://x.example"), Err(TlsFault::Origin));
    }

    #[test]
    fn a_pair_of_the_environment_is_not_mixed_with_one_of_the_file() {
        let said = |text: &str| toml::from_str::<TlsSettings>(text).unwrap();
        let both = said("certificate = \"a\"").or(said("certificate = \"b\"\nkey = \"b\""));
        assert_eq!(both.decide(None), Err(TlsFault::Half("key")));
    }
}
