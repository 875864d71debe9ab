// SPDX-License-Identifier: EUPL-1.2
//! Between a call and the page that embeds it: what is told to that page, and what it may want. It is pure.
//!
//! ```text
//!   host page ─text─▶ Host ─Wish─▶ call, language, colours, panels
//!            ◀─text── Told ◀─────── CallView, when it is another
//! ```
//!
//! Nothing is said before a hello of an origin that the operator has named, and nothing to anybody else from then on.

mod allowance;
mod commands;
mod host;
mod told;

pub use commands::Wish;
pub use host::{Heard, Host, HostView};
