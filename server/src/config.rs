// SPDX-License-Identifier: EUPL-1.2
//! What an operator decides: where to listen, and how much to take on.

use std::net::{IpAddr, SocketAddr};

use thiserror::Error;

use crate::{
    driver::DriverLimits,
    http::HttpLimits,
    room::{Licensing, RoomLimits},
    signalling::SessionLimits,
    transport::{MAX_THREADS, MediaConfig},
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
        Ok(Self { http, media, licensing: Licensing::Open, limits: ServerLimits::default() })
    }
}

/// A decision that cannot work.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum ConfigError {
    /// Browsers would be told to send to nowhere.
    #[error(
        "cannot listen for media on {0}: it stands for every address of this machine, so browsers \
         need to be told which one reaches it: --announce ADDRESS"
    )]
    Unannounced(SocketAddr),
    /// The same, said explicitly.
    #[error(
        "cannot announce an address that stands for every address: name one that reaches this machine"
    )]
    Announced,
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
    /// The pause would never come.
    #[error(
        "cannot end a conference before it pauses: end_after counts from the same moment as \
         pause_after, and must not be less"
    )]
    EndsBeforeItPauses,
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
