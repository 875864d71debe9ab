// SPDX-License-Identifier: EUPL-1.2
//! Whose pages may put a meeting into themselves: exact origins, and nobody else.

use core::net::Ipv6Addr;

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use thiserror::Error;

/// The origin of a page that may embed this one, as browsers write it: scheme, host, and a port where it is not the
/// usual one (HTML, "ASCII serialisation of an origin").
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Embedder(String);

/// How many origins may embed one server. More would make the header of every answer longer than some proxies pass on.
pub const MAX_EMBEDDERS: usize = 32;

impl Embedder {
    /// Reads an origin. What browsers would write in another way is written in theirs: small letters, no usual port,
    /// nothing behind it.
    pub fn parse(text: &str) -> Result<Self, EmbedderFault> {
        if text.contains('*') {
            return Err(EmbedderFault::Star);
        }
        let lower = text.trim_end_matches('/').to_ascii_lowercase();
        let (scheme, place) = lower.split_once("://").ok_or(EmbedderFault::Scheme)?;
        let usual = match scheme {
            "https" => 443,
            "http" => 80,
            _ => return Err(EmbedderFault::Scheme),
        };
        if place.contains(['/', '?', '#', '@']) {
            return Err(EmbedderFault::More);
        }
        let (host, port) = split_port(place)?;
        if !is_host(host) {
            return Err(EmbedderFault::Host);
        }
        if scheme == "http" && !is_own_machine(host) {
            return Err(EmbedderFault::Open);
        }
        let port = port.filter(|port| *port != usual);
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        Ok(Self(format!("{scheme}://{host}{port}")))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Embedder {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// The sources of `frame-ancestors` (CSP 3 §6.4.2): these origins, or nobody.
pub fn frame_ancestors(embedders: &[Embedder]) -> String {
    if embedders.is_empty() {
        return "'none'".to_owned();
    }
    embedders.iter().map(Embedder::as_str).collect::<Vec<_>>().join(" ")
}

/// Host and port; the colons of an IPv6 address stand in brackets.
fn split_port(place: &str) -> Result<(&str, Option<u16>), EmbedderFault> {
    let end = place.rfind(']').map_or(0, |bracket| bracket.saturating_add(1));
    let Some(colon) = place.get(end..).and_then(|rest| rest.find(':')) else {
        return Ok((place, None));
    };
    let (host, port) = place.split_at(end.saturating_add(colon));
    let digits = port.trim_start_matches(':');
    let is_number = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    let port = digits.parse().ok().filter(|port: &u16| is_number && *port > 0);
    port.map(|port| (host, Some(port))).ok_or(EmbedderFault::Port)
}

/// A name of labels, or an address.
fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return address.parse::<Ipv6Addr>().is_ok();
    }
    let is_label = |label: &str| {
        let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        !label.is_empty() && label.len() <= 63 && label.chars().all(inside)
    };
    host.len() <= 253 && host.split('.').all(is_label)
}

/// Whether browsers trust it without TLS: nobody can change what does not leave the machine.
fn is_own_machine(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]") || host.ends_with(".localhost")
}

/// Why a text names nobody who could embed.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum EmbedderFault {
    /// It stands for others, too.
    #[error(
        "embed takes exact origins only: a star stands for pages that nobody decided about. Name each one, such as \
         \"https://school.example\""
    )]
    Star,
    /// It does not say how the page comes.
    #[error("an origin of embed begins with https://, such as \"https://school.example\"")]
    Scheme,
    /// It says more than where the page comes from.
    #[error(
        "an origin of embed is scheme, host and port alone, such as \"https://school.example:8443\": no path, no \
         query, no user"
    )]
    More,
    /// There can be no such host.
    #[error(
        "an origin of embed names its host as browsers do: letters, digits, dots and hyphens; a name with other letters \
         by its form that begins with xn--"
    )]
    Host,
    /// There is no such port.
    #[error("an origin of embed has a port from 1 to 65535, or none")]
    Port,
    /// Whoever sits in the network between could change it, and with it the meeting.
    #[error(
        "a page that embeds a meeting comes over https://: http:// is for localhost, 127.0.0.1 and [::1] alone"
    )]
    Open,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_origin_is_written_as_browsers_do() {
        for (said, written) in [
            ("https://school.example", "https://school.example"),
            ("https://School.Example/", "https://school.example"),
            ("https://school.example:443", "https://school.example"),
            ("https://school.example:8443", "https://school.example:8443"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("http://localhost:80", "http://localhost"),
            ("http://a.localhost", "http://a.localhost"),
            ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
            ("https://xn--schl-5qa.example", "https://xn--schl-5qa.example"),
        ] {
            assert_eq!(Embedder::parse(said).as_ref().map(Embedder::as_str), Ok(written));
        }
    }

    #[test]
    fn what_is_no_origin_is_answered_with_what_would_be() {
        for (said, fault) in [
            ("*", EmbedderFault::Star),
            ("https://*.school.example", EmbedderFault::Star),
            ("school.example", EmbedderFault::Scheme),
            ("", EmbedderFault::Scheme),
            ("ftp://school.example", EmbedderFault::Scheme),
            ("data://x", EmbedderFault::Scheme),
            ("https://school.example/course", EmbedderFault::More),
            ("https://ada@school.example", EmbedderFault::More),
            ("https://school.example?x", EmbedderFault::More),
            ("https://school.example; script-src x", EmbedderFault::Host),
            ("https://school.example 'self'", EmbedderFault::Host),
            ("https://schül.example", EmbedderFault::Host),
            ("https://", EmbedderFault::Scheme),
            ("https://.", EmbedderFault::Host),
            ("https://[::1", EmbedderFault::Host),
            ("https://[x]", EmbedderFault::Host),
            ("https://school.example:0", EmbedderFault::Port),
            ("https://school.example:65536", EmbedderFault::Port),
            ("https://school.example:+80", EmbedderFault::Port),
            ("https://school.example:", EmbedderFault::Port),
            ("http://school.example", EmbedderFault::Open),
        ] {
            assert_eq!(Embedder::parse(said), Err(fault), "{said}");
        }
    }

    #[test]
    fn nobody_embeds_where_nobody_is_named() {
        assert_eq!(frame_ancestors(&[]), "'none'");
        let two = ["https://a.example", "https://b.example:8443"].map(Embedder::parse);
        let two: Vec<_> = two.into_iter().map(|one| one.expect("an origin")).collect();
        assert_eq!(frame_ancestors(&two), "https://a.example https://b.example:8443");
    }

    proptest! {
        /// Whatever is read stays one source of the policy, and says the same when it is read again.
        #[test]
        fn what_is_read_adds_nothing_to_a_policy(text in "(https?://)?[a-zA-Z0-9:/.;,' \\[\\]*@#?-]{0,40}|.{0,40}") {
            if let Ok(origin) = Embedder::parse(&text) {
                prop_assert!(!origin.as_str().contains([' ', ';', ',', '\'', '*', '"']));
                prop_assert_eq!(Embedder::parse(origin.as_str()), Ok(origin));
            }
        }
    }
}
