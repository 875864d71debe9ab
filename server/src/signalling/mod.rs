// SPDX-License-Identifier: EUPL-1.2
//! Does what pages and rooms say to each other: a WebSocket becomes typed messages and back.
//!
//! ```text
//!            Upgrade            Session (one task)
//!   page ──▶ room, origin, ──▶ ┌──────────────────────────┐  SessionEvent   room
//!            sub-protocol      │ text ─ limit ─ parse ────┼───────────────▶ driver
//!   page ◀──────────────────── │ text ◀──────── Outgoing ◀┼──────────────── Outbox
//!                              └──────────────────────────┘  ServerMessage
//! ```
//!
//! A room never waits for a page: who does not take their messages in time is cut off as slow.

mod close;
mod limit;
mod outbox;
mod session;
mod source;
mod spelling;
mod upgrade;

pub use limit::SessionLimits;
pub use outbox::{Outbox, Outgoing, Slow, outbox};
pub use session::{Session, SessionEvent, refuse};
pub use source::{Sources, network};
pub use upgrade::{Rejection, prepare, room_of};
