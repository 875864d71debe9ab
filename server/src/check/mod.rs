// SPDX-License-Identifier: EUPL-1.2
//! Looks at a running server as anybody can, and says what contradicts a criterion.
//!
//! ```text
//!   fetch ──▶ Answer (status, headers, body) ──▶ sights, page ──▶ Seen, for the criteria
//! ```
//!
//! `fetch` does; the rest is pure. Nothing here is part of a server: it runs when an operator, or whoever
//! takes part, asks `zooo check --url`.

mod answer;
mod fetch;
mod page;
mod sights;
mod stated;
mod verdict;

pub use answer::Answer;
pub(crate) use fetch::trusted_here;
pub use fetch::{FetchError, Fetched, visit};
pub use sights::{PATHS, Visit, sights};
pub use stated::{Stated, StatedCriterion};
pub use verdict::{Verdict, judged};
