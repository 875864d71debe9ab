// SPDX-License-Identifier: EUPL-1.2
//! Does handshakes: so many at once and so long at most. What went wrong in one is not told: it may quote.

use core::time::Duration;
use std::sync::Arc;

use tokio::{net::TcpStream, sync::Semaphore, time::timeout};
use tokio_rustls::server::TlsStream;

use super::offer::{CHALLENGE, Presented};

/// The bounds of handshakes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct HandshakeLimits {
    /// How many can go on at once.
    ///
    /// Larger, those who never finish theirs take the places of those who load the page. Smaller, a rush finds
    /// a closed door.
    pub at_once: usize,
    /// How long one can take.
    ///
    /// Longer, who never finishes holds a place for longer. Shorter, a slow phone fails.
    pub time: Duration,
}

impl Default for HandshakeLimits {
    fn default() -> Self {
        Self { at_once: 1_000, time: Duration::from_secs(10) }
    }
}

/// Turns connections into protected ones. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Handshakes {
    presented: Presented,
    places: Arc<Semaphore>,
    time: Duration,
}

impl Handshakes {
    /// With this certificate, within these bounds.
    pub fn new(presented: Presented, limits: HandshakeLimits) -> Self {
        let places = Semaphore::new(limits.at_once.min(Semaphore::MAX_PERMITS));
        Self { presented, places: Arc::new(places), time: limits.time }
    }

    /// The protected connection, if the other side can agree on one in time.
    pub async fn protect(&self, stream: TcpStream) -> Option<TlsStream<TcpStream>> {
        let Ok(_place) = self.places.try_acquire() else {
            tracing::debug!("connection dropped: too many handshakes at once");
            return None;
        };
        match timeout(self.time, self.presented.acceptor().accept(stream)).await {
            // The handshake was all that an authority came for.
            Ok(Ok(stream)) if stream.get_ref().1.alpn_protocol() == Some(CHALLENGE) => None,
            Ok(Ok(stream)) => Some(stream),
            Ok(Err(_quotes_it)) => {
                tracing::debug!("a handshake failed");
                None
            }
            Err(_late) => {
                tracing::debug!("a handshake took too long");
                None
            }
        }
    }
}
