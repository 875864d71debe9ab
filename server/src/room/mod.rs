// SPDX-License-Identifier: EUPL-1.2
//! Decides who is in a room, who waits, and what is received by whom: a pure machine.
//!
//! It knows no socket, no clock, no randomness and no log. What happens is an [`Input`], what is to
//! be done is an [`Effect`], time is an argument. A page that breaks the protocol is no error of the
//! room: it is an input whose effect is the end of a connection.
//!
//! A connection, which its participant outlives:
//!
//! ```text
//!                 Enter, no proof            Admit
//!   Challenged ─────────────────▶ Waiting ─────────▶ Inside
//!    │      │                        │               ▲  │
//!    │      └────────────────────────┼───────────────┘  │
//!    │       Enter with a proof that │ holds, or with   │
//!    │       the token of a seat     │                  │
//!    ▼                               ▼                  ▼
//!   closed: silent too long,      closed: refused,     closed: left, replaced,
//!   wrong proof, pushed out       left, full           refused, broke the protocol
//! ```
//!
//! A seat:
//!
//! ```text
//!            connection lost
//!      ┌─────────────────────────▶ Away ── grace over ──▶ gone
//!    Here                           │
//!      ▲ └─ left, refused, broke the protocol ──────────▶ gone
//!      └────────────────────────────┘
//!                 resumed
//! ```
//!
//! A seat's transport:
//!
//! ```text
//!   Absent ── Offer ──▶ Offered ── Negotiated ──▶ Negotiated ── Lost ──▶ Absent
//!                          ▲                          │
//!                          └────────── Offer ─────────┘
//! ```
//!
//! What nobody can bring about: to be inside without an admission, a proof or the token of a seat; to
//! have somebody else's gate opened; to receive what they send themselves.

mod attendance;
mod door;
mod effect;
mod floor;
mod input;
mod key;
mod licensing;
mod limits;
mod lobby;
mod memory;
mod moderation;
mod presence;
#[expect(clippy::module_inception, reason = "the machine is called what it is")]
mod room;
mod rules;
mod seat;
mod silence;
mod slots;
#[cfg(test)]
mod tests;
mod tickets;
mod transports;

pub use effect::Effect;
pub use input::{Input, SessionId, SourceKey, TransportChange};
pub use key::RoomKey;
pub use licensing::Licensing;
pub use limits::RoomLimits;
pub use room::Room;
