// SPDX-License-Identifier: EUPL-1.2
//! A whole meeting without socket, browser or clock: one room, several calls, and a poor line.
//!
//! Everything in between is simulated and seeded: messages take their time but keep their order, a
//! cut drops what is on its way and is noticed at both ends at different moments, devices fail, peer
//! connections die. What must never happen is collected as faults: above all that a source which was
//! silenced passes its gate before its owner, having heard of it, switched it on again.

mod hush;
mod line;
mod page;
mod relay;
mod stage;
mod witness;

pub use page::Bearer;
pub use relay::Transport;
pub use stage::{Stage, Trouble};
pub use witness::Witnessed;
