// SPDX-License-Identifier: EUPL-1.2
//! Decides who is in a room, who waits, and what is received by whom: a pure machine.

mod effect;
mod input;

pub use effect::Effect;
pub use input::{Input, SessionId, TransportChange};
