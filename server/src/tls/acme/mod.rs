// SPDX-License-Identifier: EUPL-1.2
//! Orders a certificate from an authority that the operator names (ACME, RFC 8555), in the keeper's place: the server
//! connects nowhere, and the keeper to the directory's host alone.
//!
//! The authority sees that the host is ours by TLS-ALPN-01 (RFC 8737): a handshake at the port that is open anyway, so
//! neither a second port nor a path of the page has to answer it.
//!
//! | file | |
//! |---|---|
//! | `settings` | what an operator says of it, and what that decides; pure |
//! | `when` | when the next order is due; pure |
//! | `message` | what is asked of a resolver and what it answers (RFC 1035); pure |
//! | `web` | HTTPS to one host, and to no other |
//! | `store` | account and pair, in the only folder that the keeper can reach |
//! | `order` | one order, from the account to the certificate |
//! | `keeper` | orders when it is time, and tells the server |

mod keeper;
mod message;
mod order;
mod settings;
mod store;
mod web;
mod when;

pub use keeper::keep_by_order;
pub use settings::{AcmeConfig, AcmeFault, AcmeSettings, Directory};
