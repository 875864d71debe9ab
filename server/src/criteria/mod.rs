// SPDX-License-Identifier: EUPL-1.2
//! Decides which criteria of data protection a server meets. Pure.
//!
//! One list holds what the Berlin commissioner and the guidance "Orientierungshilfe Videokonferenzsysteme"
//! (DSK, 2020) ask of a conferencing service, as far as software can answer; the Berlin part is L1 to L4 and
//! T1 to T9, G is the guidance, K the kernel. `zooo check`, `zooo report` and the server's own statement are
//! three faces of it: none of them says what the list does not.
//!
//! ```text
//!   settings ─┐
//!   build ────┤ Case ──▶ each Criterion ──▶ Met, Loosened, NotMet or Organisational
//!   kernel ───┤                             and why, in both languages
//!   sights ───┘
//! ```

mod case;
mod criterion;
mod guidance;
mod kernel;
mod legal;
mod looser;
mod state;
mod technical;

#[cfg(test)]
mod tests;

pub use case::{Build, Case, EndToEnd, Seen, Sight};
pub use criterion::{Answer, Criterion, Finding, Text, all, findings};
pub use looser::{Looser, looser};
pub use shared::{Barrier, Enforcement, Weight};
pub use state::{Said, State};
