// SPDX-License-Identifier: EUPL-1.2
//! What an operator decides: where to listen, and how much to take on.

use core::time::Duration;
use std::net::{IpAddr, SocketAddr};

use thiserror::Error;

use crate::{
    driver::DriverLimits,
    embedder::{Embedder, MAX_EMBEDDERS},
    facts::{Facts, MissingFacts},
    http::HttpLimits,
    office::Origin,
    room::{Licensing, RoomLimits},
    signalling::SessionLimits,
    tls::{TlsConfig, TlsFault},
    transport::{MAX_THREADS, MediaConfig, MediaLimits},
};

/// Everything that is decided before the server starts.
#[derive(Clone, Debug)]
pub struct ServerConfig {
    /// The TCP address of page and signalling; port 0 takes any.
    pub http: SocketAddr,
    /// The UDP address of the media, and what the browsers are told about it.
    pub media: MediaConfig,
    /// Which rooms a moderator can open.
    pub licensing: Licensing,
    /// How much the server takes on.
    pub limits: ServerLimits,
    /// Where people reach the page; nothing, where that is not said.
    pub origin: Option<Origin>,
    /// Whose pages may embed this one; usually nobody's.
    pub embedders: Vec<Embedder>,
    /// With which certificate the server speaks TLS itself, if it does.
    pub tls: Option<TlsConfig>,
    /// What the operator declares, or what of it is missing.
    pub facts: Result<Facts, MissingFacts>,
    /// How long a server that goes out of service gives the conferences that go on.
    ///
    /// Longer, a machine that is to be restarted is waited for. Shorter, people are in the middle of something.
    pub drain_after: Duration,
    /// The TCP address at which sums are told, on this machine; usually nowhere.
    pub metrics: Option<SocketAddr>,
}

/// Every bound in one place. Together they bound the memory of the process.
#[derive(Clone, Debug, Default)]
pub struct ServerLimits {
    /// Of the listener.
    pub http: HttpLimits,
    /// Of one WebSocket.
    pub session: SessionLimits,
    /// Of all rooms together.
    pub driver: DriverLimits,
    /// Of one room.
    pub room: RoomLimits,
    /// Of the media; they take the place of those in [`ServerConfig::media`].
    pub media: MediaLimits,
}

impl ServerConfig {
    /// Decides where to listen; open to every room, with the usual limits.
    pub fn new(
        http: SocketAddr,
        media: SocketAddr,
        announce: Vec<IpAddr>,
    ) -> Result<Self, ConfigError> {
        if announce.iter().any(IpAddr::is_unspecified) {
            return Err(ConfigError::Announced);
        }
        if media.ip().is_unspecified() && announce.is_empty() {
            return Err(ConfigError::Unannounced(media));
        }
        let media = MediaConfig::new(media, announce);
        Ok(Self {
            http,
            media,
            licensing: Licensing::Open,
            limits: ServerLimits::default(),
            origin: None,
            embedders: Vec::new(),
            tls: None,
            facts: Err(MissingFacts::all()),
            drain_after: Duration::from_mins(15),
            metrics: None,
        })
    }

    /// An address at which people of other machines reach this server, if there is one.
    pub fn reached_at(&self) -> Option<SocketAddr> {
        let MediaConfig { listen, announce, .. } = &self.media;
        let announced = announce.iter().map(|address| SocketAddr::new(*address, listen.port()));
        let redirect = self.tls.as_ref().and_then(|tls| tls.redirect);
        let mut all = [self.http, *listen].into_iter().chain(redirect).chain(announced);
        all.find(|address| !address.ip().to_canonical().is_loopback())
    }
}

/// A decision that cannot work.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub enum ConfigError {
    /// Browsers would be told to send to nowhere.
    #[error(
        "cannot listen for media on {0}: it stands for every address of this machine, so browsers \
         need to be told which one reaches it: --announce ADDRESS"
    )]
    Unannounced(SocketAddr),
    /// The same, of a machine whose addresses were looked at.
    #[error(
        "cannot listen for media on {0}: it stands for every address of this machine, and none of \
         them is public (it stands behind a NAT, perhaps), so browsers need to be told which address \
         reaches it: --announce ADDRESS"
    )]
    Hidden(SocketAddr),
    /// The same, said explicitly.
    #[error(
        "cannot announce an address that stands for every address: name one that reaches this machine"
    )]
    Announced,
    /// Beyond what was ever tried, or so little that nothing works.
    #[error("cannot set {key} to {said}: {least} to {most}")]
    Limit {
        /// The key in `[limits]`.
        key: &'static str,
        /// What was said.
        said: u32,
        /// The least that works.
        least: u32,
        /// The most.
        most: u32,
    },
    /// Everybody could watch how busy the server is.
    #[error(
        "cannot tell sums at {0}: other machines reach it, and what is counted tells when people meet; \
         metrics takes an address of the loopback, 127.0.0.1:9090 for instance"
    )]
    MetricsExposed(SocketAddr),
    /// There would be no thread, or more than can be told apart.
    #[error("cannot run media on {0} threads: 1 to {MAX_THREADS}")]
    Threads(usize),
    /// There would be no sound, or no picture.
    #[error(
        "cannot use these codecs: opus and one of vp8, vp9, av1, h264 at least, and each of them once"
    )]
    Codecs,
    /// Only licensed rooms are served, and nobody's licences count.
    #[error(
        "cannot tell which licences count: with rooms = \"licensed\" the operator's public mark is \
         needed, as licence_key or --licence-key; `zooo key` makes one"
    )]
    NoOperator,
    /// The list of pages that may embed this one would be longer than every answer can carry.
    #[error("cannot let {0} origins embed the page: {MAX_EMBEDDERS} at most")]
    Embedders(usize),
    /// The pause would never come.
    #[error(
        "cannot end a conference before it pauses: end_after counts from the same moment as \
         pause_after, and must not be less"
    )]
    EndsBeforeItPauses,
    /// What is said of TLS does not fit together.
    #[error(transparent)]
    Tls(#[from] TlsFault),
    /// People would be served without being told who is responsible (Art. 13 GDPR).
    #[error(
        "cannot serve others at {0}: [operator] lacks {1}: whoever takes part has to be told who is \
         responsible and where data are processed; until that is said, zooo serves on loopback \
         addresses only. docs/zooo.toml explains each key; --operator 'KEY = VALUE' says one, too"
    )]
    Undeclared(SocketAddr, MissingFacts),
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    #[test]
    fn an_address_that_reaches_nobody_is_not_announced() {
        let http = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let any = SocketAddr::from((Ipv4Addr::UNSPECIFIED, 3478));
        let one = IpAddr::from(Ipv4Addr::new(192, 0, 2, 1));
        let refused = ServerConfig::new(http, any, Vec::new()).map(drop);
        assert_eq!(refused, Err(ConfigError::Unannounced(any)));
        let refused = ServerConfig::new(http, any, vec![any.ip()]).map(drop);
        assert_eq!(refused, Err(ConfigError::Announced));
        assert!(ServerConfig::new(http, any, vec![one]).is_ok());
        assert!(ServerConfig::new(http, http, Vec::new()).is_ok());
    }
}
