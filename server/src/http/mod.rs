// SPDX-License-Identifier: EUPL-1.2
//! Does what browsers ask for: the page, its files, and the way to a WebSocket.
//!
//! ```text
//!   listener ── addresses: may this one connect? ──▶ routes ──▶ page (files) or signalling
//!        └─ headers on every answer
//! ```

mod addresses;
mod full;
mod headers;
mod listener;
mod origin;
mod page;
mod papers;
mod redirect;
mod routes;
mod scrape;
mod sips;

pub use addresses::AddressLimits;
pub use headers::Headers;
pub use listener::{HttpLimits, Served, listen};
pub use papers::Papers;
pub use redirect::redirect;
pub use routes::{REFUSED, Site, routes};
pub use scrape::tell;
