// SPDX-License-Identifier: EUPL-1.2
//! What an operator wrote: on the command line, in the environment, in a file. Each of it can be left
//! out; `docs/zooo.toml` explains all of it.

use core::{fmt, net::SocketAddr, time::Duration};
use std::{
    fs, io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    path::{Path, PathBuf},
};

use clap::ValueEnum;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error as _},
};
use shared::{OperatorKey, OperatorMark, Restrictions};
use thiserror::Error;

use crate::{
    config::{ConfigError, ServerConfig},
    embedder::{Embedder, MAX_EMBEDDERS},
    facts::OperatorSettings,
    faults::{self, Fault},
    limits::LimitSettings,
    media::codec::Codec,
    office::Origin,
    room::{Licensing, RoomLimits},
    tls::{AcmeSettings, TlsSettings},
    transport::{MAX_THREADS, is_public},
};

/// Everything that can be set. What is `None` was not said.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The TCP address of page and signalling.
    pub http: Option<SocketAddr>,
    /// The UDP address of the media.
    pub media: Option<SocketAddr>,
    /// The addresses at which browsers reach the media.
    pub announce: Option<Vec<IpAddr>>,
    /// On how many threads media are relayed.
    pub media_threads: Option<usize>,
    /// Which codecs are used, the preferred ones first.
    pub codecs: Option<Vec<Codec>>,
    /// Which rooms are served.
    pub rooms: Option<Rooms>,
    /// The operator whose licences count.
    #[serde(default, deserialize_with = "mark")]
    pub licence_key: Option<OperatorMark>,
    /// For how many seconds a conference goes on without a moderator.
    pub pause_after: Option<u32>,
    /// After how many seconds without a moderator it ends.
    pub end_after: Option<u32>,
    /// The TCP address at which sums are told.
    pub metrics: Option<SocketAddr>,
    /// For how many seconds conferences go on on a server that goes out of service.
    pub drain_after: Option<u32>,
    /// What no moderator can loosen.
    pub restrictions: Option<Restrictions>,
    /// Where people reach the page.
    #[serde(default, deserialize_with = "origin")]
    pub origin: Option<Origin>,
    /// Whose pages may embed this one.
    pub embed: Option<Vec<Embedder>>,
    /// How much the server takes on.
    #[serde(default)]
    pub limits: LimitSettings,
    /// With which certificate the server speaks TLS itself.
    #[serde(default)]
    pub tls: TlsSettings,
    /// Who is responsible, and what else people have to be told.
    #[serde(default)]
    pub operator: OperatorSettings,
}

/// Which rooms are served.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Rooms {
    /// Every room that somebody makes.
    Open,
    /// Rooms with a licence of the operator.
    Licensed,
}

impl Settings {
    /// Reads a file.
    pub fn read(path: &Path) -> Result<Self, SettingsError> {
        let text = fs::read_to_string(path)
            .map_err(|error| SettingsError::Unreadable(path.to_owned(), error))?;
        faults::read(&text).map_err(|faults| {
            let path = path.to_owned();
            SettingsError::Wrong(path.clone(), Faults { path, faults })
        })
    }

    /// Reads what a file says: a key that is not known is an error, so that nobody believes in a
    /// setting that does nothing.
    pub fn parse(text: &str) -> Result<Self, WrongLine> {
        parsed(text)
    }

    /// What holds where nothing is said.
    pub fn usual() -> Self {
        let limits = RoomLimits::default();
        let seconds = |time: Duration| u32::try_from(time.as_secs()).ok();
        Self {
            http: Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 8080))),
            media: Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 3478))),
            announce: Some(Vec::new()),
            media_threads: None,
            codecs: Some(Codec::USUAL.to_vec()),
            rooms: Some(Rooms::Open),
            licence_key: None,
            pause_after: seconds(limits.pause_after),
            end_after: seconds(limits.end_after),
            metrics: None,
            drain_after: Some(900),
            restrictions: Some(limits.restrictions),
            origin: None,
            embed: Some(Vec::new()),
            limits: LimitSettings::usual(),
            tls: TlsSettings::default(),
            operator: OperatorSettings::default(),
        }
    }

    /// What holds where nothing is said beside these settings: who has a certificate serves others, at the ports
    /// that let everybody through.
    fn usual_beside(&self) -> Self {
        let usual = Self::usual();
        if !self.tls.is_given() {
            return usual;
        }
        let everywhere = Some(SocketAddr::from((Ipv6Addr::UNSPECIFIED, HTTPS)));
        Self { http: everywhere, media: everywhere, ..usual }
    }

    /// Announces those of this machine's own addresses that others reach, where it has a certificate, takes media at
    /// all of them, and nothing else is said.
    #[must_use]
    pub fn announcing(self, own: impl FnOnce() -> Vec<IpAddr>) -> Self {
        let media = self.media.or_else(|| self.usual_beside().media);
        let is_needed = media.is_some_and(|media| media.ip().is_unspecified());
        let is_needed = is_needed && self.tls.is_given();
        if !is_needed || self.announce.as_ref().is_some_and(|said| !said.is_empty()) {
            return self;
        }
        let mut found = own();
        let takes_both = media.is_some_and(|media| media.is_ipv6());
        found.retain(|address| is_public(*address) && (takes_both || address.is_ipv4()));
        let announce = (!found.is_empty()).then_some(found);
        Self { announce, ..self }
    }

    /// These settings, and where they say nothing, the others.
    #[must_use]
    pub fn or(self, others: Self) -> Self {
        Self {
            http: self.http.or(others.http),
            media: self.media.or(others.media),
            announce: self.announce.or(others.announce),
            media_threads: self.media_threads.or(others.media_threads),
            codecs: self.codecs.or(others.codecs),
            rooms: self.rooms.or(others.rooms),
            licence_key: self.licence_key.or(others.licence_key),
            pause_after: self.pause_after.or(others.pause_after),
            end_after: self.end_after.or(others.end_after),
            metrics: self.metrics.or(others.metrics),
            drain_after: self.drain_after.or(others.drain_after),
            restrictions: self.restrictions.or(others.restrictions),
            origin: self.origin.or(others.origin),
            embed: self.embed.or(others.embed),
            limits: self.limits.or(others.limits),
            tls: self.tls.or(others.tls),
            operator: self.operator.or(others.operator),
        }
    }

    /// Decides what is served, with the usual where nothing is said: nobody but this machine, as long as nobody
    /// can be told who is responsible.
    pub fn into_config(self) -> Result<ServerConfig, ConfigError> {
        let config = self.decide()?;
        match (config.reached_at(), &config.facts) {
            (Some(address), Err(missing)) => Err(ConfigError::Undeclared(address, missing.clone())),
            _ => Ok(config),
        }
    }

    /// Decides what is judged, whether it may be served or not.
    pub fn decide(self) -> Result<ServerConfig, ConfigError> {
        let nowhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let usual = self.usual_beside();
        let all = self.or(usual);
        let everywhere = all.media.filter(|media| media.ip().is_unspecified());
        if let Some(media) = everywhere
            && all.tls.is_given()
            && all.announce.as_ref().is_none_or(Vec::is_empty)
        {
            return Err(ConfigError::Hidden(media));
        }
        let mut config = ServerConfig::new(
            all.http.unwrap_or(nowhere),
            all.media.unwrap_or(nowhere),
            all.announce.unwrap_or_default(),
        )?;
        match all.media_threads {
            Some(threads) if (1..=MAX_THREADS).contains(&threads) => config.media.threads = threads,
            Some(threads) => return Err(ConfigError::Threads(threads)),
            None => {}
        }
        match all.codecs {
            Some(codecs) if Codec::are_enough(&codecs) => config.media.codecs = codecs,
            Some(_) => return Err(ConfigError::Codecs),
            None => {}
        }
        config.licensing = match (all.rooms, all.licence_key) {
            (Some(Rooms::Licensed), Some(operator)) => Licensing::Licensed(operator),
            (Some(Rooms::Licensed), None) => return Err(ConfigError::NoOperator),
            (Some(Rooms::Open) | None, _) => Licensing::Open,
        };
        all.limits.set(&mut config.limits)?;
        let limits = &mut config.limits.room;
        for (limit, said) in
            [(&mut limits.pause_after, all.pause_after), (&mut limits.end_after, all.end_after)]
        {
            *limit = said.map_or(*limit, |seconds| Duration::from_secs(seconds.into()));
        }
        if limits.end_after < limits.pause_after {
            return Err(ConfigError::EndsBeforeItPauses);
        }
        limits.restrictions = all.restrictions.unwrap_or(limits.restrictions);
        config.metrics = all.metrics;
        if let Some(metrics) =
            all.metrics.filter(|metrics| !metrics.ip().to_canonical().is_loopback())
        {
            return Err(ConfigError::MetricsExposed(metrics));
        }
        if let Some(seconds) = all.drain_after {
            config.drain_after = Duration::from_secs(seconds.into());
        }
        config.tls = all.tls.decide(all.origin.as_ref())?;
        config.origin = all.origin;
        config.embedders = distinct(all.embed.unwrap_or_default())?;
        config.facts = all.operator.declare();
        Ok(config)
    }
}

impl LimitSettings {
    /// Reads the lines of the table `[limits]` alone.
    pub fn parse(text: &str) -> Result<Self, WrongLine> {
        parsed(text)
    }
}

impl AcmeSettings {
    /// Reads the lines of the table `[tls.acme]` alone.
    pub fn parse(text: &str) -> Result<Self, WrongLine> {
        parsed(text)
    }
}

impl OperatorSettings {
    /// Reads the lines of the table `[operator]` alone.
    pub fn parse(text: &str) -> Result<Self, WrongLine> {
        parsed(text)
    }
}

fn parsed<T: DeserializeOwned>(text: &str) -> Result<T, WrongLine> {
    toml::from_str(text).map_err(|error| {
        let before = text.get(..error.span().unwrap_or_default().start).unwrap_or_default();
        let line = before.matches('\n').count().saturating_add(1);
        // The message names keys and never quotes the line: a secret may stand there by mistake.
        WrongLine { line, message: error.message().to_owned() }
    })
}

/// What of a file cannot be used.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("line {line}: {message}")]
pub struct WrongLine {
    /// Counted from 1.
    pub line: usize,
    /// Why.
    pub message: String,
}

/// Why a file of settings is of no use.
#[derive(Debug, Error)]
pub enum SettingsError {
    /// It is not there, or not for us.
    #[error("cannot read {path}: {1}", path = .0.display())]
    Unreadable(PathBuf, #[source] io::Error),
    /// It says what cannot be meant.
    #[error("cannot use {path}:{1}", path = .0.display())]
    Wrong(PathBuf, #[source] Faults),
}

/// Everything that is wrong with a file, a line for each: `file:line:column: what`.
#[derive(Debug, Error)]
pub struct Faults {
    path: PathBuf,
    faults: Vec<Fault>,
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, faults } = self;
        faults.iter().try_for_each(|fault| write!(f, "\n{}:{fault}", path.display()))
    }
}

/// Each once, as many as an answer can carry.
fn distinct(said: Vec<Embedder>) -> Result<Vec<Embedder>, ConfigError> {
    if said.len() > MAX_EMBEDDERS {
        return Err(ConfigError::Embedders(said.len()));
    }
    let mut all: Vec<Embedder> = Vec::new();
    for one in said {
        if !all.contains(&one) {
            all.push(one);
        }
    }
    Ok(all)
}

fn mark<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<OperatorMark>, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse_mark(&text).map(Some).map_err(D::Error::custom)
}

fn origin<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Origin>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let wrong = "it is not scheme, host and port alone, such as \"https://zooo.example\"";
    Origin::parse(&text).map(Some).ok_or_else(|| D::Error::custom(wrong))
}

/// Reads a mark. What is said of one that is none does not quote it: a secret may have been put there by
/// mistake.
pub fn parse_mark(text: &str) -> Result<OperatorMark, MarkFault> {
    OperatorMark::parse(text).ok_or_else(|| {
        let is_secret = text.starts_with(OperatorKey::BEGINNING);
        if is_secret { MarkFault::Secret } else { MarkFault::Other }
    })
}

/// Why a licence key is no mark.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum MarkFault {
    /// It is the other half.
    #[error(
        "the licence key is the operator's secret, which belongs on no server; the public mark belongs here, the line \
         `licence_key` of what `zooo key` prints"
    )]
    Secret,
    /// It is something else.
    #[error(
        "the licence key is not an operator's public mark: 43 characters, as `zooo key` prints it"
    )]
    Other,
}

/// The port of HTTPS, and the one that networks leave open for media, too (HTTP/3 goes there).
const HTTPS: u16 = 443;

#[cfg(test)]
#[path = "settings_tests.rs"]
mod tests;
