// SPDX-License-Identifier: EUPL-1.2
//! HTTPS by the binary itself, without the server opening a file.
//!
//! ```text
//!   keeper (a process of its own, may read two folders) ── frame ──▶ keeping ── pair ──▶ offer ──▶ handshakes
//! ```
//!
//! | file | |
//! |---|---|
//! | `settings` | what an operator says of it, and what that decides |
//! | `pair` | a certificate and its key: whether they can be used; pure |
//! | `expiry` | until when a certificate holds; pure |
//! | `frame` | how the keeper tells what it has read; pure |
//! | `keeper` | reads the files again and again, in a process that can do nothing else |
//! | `keeping` | starts the keeper and takes what it tells |
//! | `offer` | what is agreed on with a browser, and with which certificate |
//! | `acme` | orders a certificate from an authority and stores it, in the keeper's place |
//! | `handshakes` | does handshakes, so many at once and so long at most |

mod acme;
mod expiry;
mod frame;
mod handshakes;
mod keeper;
mod keeping;
mod offer;
mod pair;
mod settings;

pub use acme::{AcmeConfig, AcmeFault, AcmeSettings, Directory, keep_by_order};
pub use handshakes::{HandshakeLimits, Handshakes};
pub use keeper::{KeeperError, keep};
pub use keeping::{Keeping, KeepingError};
pub use offer::{Presented, Renewal};
pub use pair::{Pair, PairFault};
pub use settings::{PairSource, TlsConfig, TlsFault, TlsSettings};
