// SPDX-License-Identifier: EUPL-1.2
//! How much a page may say: the numbers of one session.

use core::time::Duration;

/// The bounds of one WebSocket.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct SessionLimits {
    /// The messages that can come at once.
    ///
    /// Larger, a flood reaches the room. Smaller, a page that enters, offers and publishes in one
    /// go is taken for one.
    pub burst: u32,
    /// How long it takes until one more can come.
    ///
    /// Shorter, a flood costs more. Longer, somebody who plays with a switch is thrown out, or who writes in
    /// real time: their page says the line up to three times in a second. How many write does not matter: each
    /// has a session of their own.
    pub refill: Duration,
    /// How often a page is pinged. It has to fit into `silence` at least twice.
    pub ping_every: Duration,
    /// How long a page can say nothing, not even that it got a ping.
    ///
    /// Longer, a dead connection looks alive to the others. Shorter, a tunnel ends it.
    pub silence: Duration,
    /// The messages that wait for one page; beyond, it is cut off as slow.
    ///
    /// Larger, a page that reads nothing costs more memory. Smaller, a phone in a bad place is cut
    /// off while the roster changes: 100 people who are silenced at once are 100 changes. What is for the
    /// moment takes half of it at most.
    pub outbox: usize,
    /// How long the last words can take.
    ///
    /// Longer, a page that reads nothing lives longer. Shorter, a slow one does not learn why.
    pub farewell: Duration,
}

impl Default for SessionLimits {
    fn default() -> Self {
        Self {
            burst: 30,
            refill: Duration::from_millis(100),
            ping_every: Duration::from_secs(10),
            silence: Duration::from_secs(25),
            outbox: 512,
            farewell: Duration::from_secs(1),
        }
    }
}
