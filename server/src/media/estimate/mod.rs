// SPDX-License-Identifier: EUPL-1.2
//! Estimates how much the path to a subscriber carries, from the arrivals its browser reports.
//!
//! Delay that grows says that a queue fills (`groups`, `trend`), loss says that it overflows (`loss`);
//! both lower the rate (`rate`). What was delivered (`delivered`) bounds it from both sides, and short
//! bursts of padding (`probe`) find out what the media alone cannot show.

mod delivered;
mod estimator;
mod groups;
mod history;
mod loss;
mod probe;
mod queue;
mod rate;
mod trend;

#[cfg(test)]
mod link;
#[cfg(test)]
mod tests;

pub use estimator::{Estimator, Purpose};
pub use rate::START;
