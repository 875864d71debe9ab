// SPDX-License-Identifier: EUPL-1.2
//! What an operator says of an order, the table `[tls.acme]`, and what that decides.

use std::{net::IpAddr, path::PathBuf};

use serde::Deserialize;
use thiserror::Error;

use crate::office::Origin;

/// The keys of the table. What is `None` was not said.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct AcmeSettings {
    /// The address of the authority's directory.
    pub directory: Option<String>,
    /// The folder in which account and pair are kept.
    pub state: Option<PathBuf>,
    /// Whom the authority can write to, `mailto:…`.
    pub contact: Option<String>,
    /// Whether its terms are agreed to, if it has some.
    #[serde(default)]
    pub agree: bool,
    /// A file with the certificates that vouch for the directory, instead of those that the machine trusts.
    pub ca: Option<PathBuf>,
}

/// What is decided of an order.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AcmeConfig {
    /// Where it is made.
    pub directory: Directory,
    /// The host that the certificate is for.
    pub host: String,
    /// The folder in which account and pair are kept.
    pub state: PathBuf,
    /// Whom the authority can write to.
    pub contact: Option<String>,
    /// Whether its terms are agreed to.
    pub agree: bool,
    /// Who vouches for the directory, if not those whom the machine trusts.
    pub ca: Option<PathBuf>,
}

/// The address of a directory, which begins with `https://`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Directory {
    url: String,
    host: String,
    port: u16,
}

impl Directory {
    /// Reads an address; nothing, if it is not one over HTTPS.
    pub fn parse(url: &str) -> Option<Self> {
        let rest = url.strip_prefix("https://")?;
        let authority = rest.split(['/', '?']).next().unwrap_or_default();
        let origin = Origin::parse(&format!("https://{authority}"))?;
        let host = origin.host().to_owned();
        let bare = authority.rsplit_once(']').map_or(authority, |(_, after)| after);
        let port = match bare.rsplit_once(':') {
            Some((_, port)) => port.parse().ok()?,
            None => HTTPS,
        };
        let is_plain = url.chars().all(|c| c.is_ascii_graphic() && c != '#');
        // Whoever asks there reads it anew.
        (is_plain && url.parse::<hyper::Uri>().is_ok() && !host.is_empty()).then(|| Self {
            url: url.to_owned(),
            host,
            port,
        })
    }

    /// All of it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The host, a name or an address.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The TCP port.
    pub const fn port(&self) -> u16 {
        self.port
    }
}

impl AcmeSettings {
    /// Decides, for a page that people reach at this origin.
    pub fn decide(self, origin: Option<&Origin>) -> Result<AcmeConfig, AcmeFault> {
        let Self { directory, state, contact, agree, ca } = self;
        let directory = Directory::parse(&directory.ok_or(AcmeFault::NoDirectory)?);
        let directory = directory.ok_or(AcmeFault::Directory)?;
        let state = state.filter(|state| !state.as_os_str().is_empty());
        let state = state.ok_or(AcmeFault::NoState)?;
        if contact.as_ref().is_some_and(|contact| !contact.starts_with("mailto:")) {
            return Err(AcmeFault::Contact);
        }
        let host = origin.ok_or(AcmeFault::NoOrigin)?.host().to_ascii_lowercase();
        if host.parse::<IpAddr>().is_ok() || !host.bytes().all(of_name) || host.starts_with('.') {
            return Err(AcmeFault::Host);
        }
        Ok(AcmeConfig { directory, host, state, contact, agree, ca })
    }
}

/// What of an order cannot be meant.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum AcmeFault {
    /// Nobody is asked.
    #[error(
        "cannot order a certificate from nobody: tls.acme needs directory, the address that an authority tells, \
         and no one is the usual one"
    )]
    NoDirectory,
    /// Whoever stands between could answer instead.
    #[error(
        "cannot order a certificate there: tls.acme.directory begins with https:// and names a host"
    )]
    Directory,
    /// Each start would order another one, until the authority refuses.
    #[error(
        "cannot order a certificate without keeping it: tls.acme needs state, a folder of its own such as \
         \"/var/lib/zooo\", in which account and key are kept"
    )]
    NoState,
    /// The authority could not use it.
    #[error("cannot use this contact: tls.acme.contact is mailto: and an e-mail address")]
    Contact,
    /// It is not known what for.
    #[error(
        "cannot order a certificate for nobody: tls.acme needs origin, such as \"https://meet.school.example\""
    )]
    NoOrigin,
    /// An authority cannot see by a handshake that these are ours.
    #[error(
        "cannot order a certificate for this origin: tls.acme needs the name of one host, not an address and not a \
         wildcard; for others there are tls.certificate and tls.key"
    )]
    Host,
}

fn of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')
}

/// Where no port is said.
const HTTPS: u16 = 443;

#[cfg(test)]
mod tests {
    use proptest::proptest;

    use super::*;

    fn decided(text: &str, origin: &str) -> Result<AcmeConfig, AcmeFault> {
        let settings: AcmeSettings = toml::from_str(text).unwrap();
        settings.decide(Origin::parse(origin).as_ref())
    }

    #[test]
    fn an_order_is_whole() {
        let whole = "directory = \"https://ca.example:14000/dir\"\nstate = \"/s\"";
        let order = decided(whole, "https://Meet.example:8443").unwrap();
        assert_eq!(order.host, "meet.example");
        assert_eq!((order.directory.host(), order.directory.port()), ("ca.example", 14_000));
        assert!(!order.agree, "nothing is agreed to unless somebody says so");
        let none = "state = \"/s\"";
        assert_eq!(decided(none, "https://a.example"), Err(AcmeFault::NoDirectory));
        let plain = whole.replace("https", "http");
        assert_eq!(decided(&plain, "https://a.example"), Err(AcmeFault::Directory));
        let lost = "directory = \"https://ca.example\"";
        assert_eq!(decided(lost, "https://a.example"), Err(AcmeFault::NoState));
        assert_eq!(decided(whole, ""), Err(AcmeFault::NoOrigin));
        for host in ["https://192.0.2.1", "https://[2001:db8::1]:443"] {
            assert_eq!(decided(whole, host), Err(AcmeFault::Host), "{host}");
        }
        let contact = format!("{whole}\ncontact = \"ada@a.example\"");
        assert_eq!(decided(&contact, "https://a.example"), Err(AcmeFault::Contact));
    }

    #[test]
    fn a_directory_has_a_host_and_a_port() {
        for (url, host, port) in [
            ("https://ca.example", "ca.example", 443),
            ("https://ca.example/a:1/b", "ca.example", 443),
            ("https://[2001:db8::1]/d", "2001:db8::1", 443),
            ("https://[2001:db8::1]:8/d", "2001:db8::1", 8),
        ] {
            let directory = Directory::parse(url).unwrap();
            assert_eq!((directory.host(), directory.port()), (host, port), "{url}");
        }
        for url in [
            "https://",
            "https:///a",
            "https://u@ca.example",
            "https://ca.example:x",
            "https://a b",
        ] {
            assert_eq!(Directory::parse(url), None, "{url}");
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(url: String) {
            let _any = Directory::parse(&format!("https://{url}"));
        }
    }
}
