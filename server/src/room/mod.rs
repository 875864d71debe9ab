// SPDX-License-Identifier: EUPL-1.2
//! Decides who is in a room, who waits, and what is received by whom: a pure machine.
//!
//! It knows no socket, no clock, no randomness and no log. What happens is an [`Input`], what is to
//! be done is an [`Effect`], time is an argument. A page that breaks the protocol is no error of the
//! room: it is an input whose effect is the end of a connection.
//!
//! Read in this order: `arrival` says who is listened to, `door` who comes in, `lobby` who waits, `moderation` what moderators
//! do, `silence` how something is switched off, `floor` how its owner switches it on,
//! `attendance` what happens when no moderator is there, `transports` who receives what, `speaking` who speaks.
//!
//! A connection, which its participant outlives:
//!
//! ```text
//!                 Enter                Admit, or the door is opened
//!   Challenged ─────────────▶ Waiting ──────────────────────────────▶ Inside
//!    │      │                    │                                    ▲  │
//!    │      └────────────────────┼────────────────────────────────────┘  │
//!    │       Enter with a proof that holds, with the token of a seat,    │
//!    │       or through an open door while a moderator is there          │
//!    ▼                           ▼                                       ▼
//!   closed: silent too long,    closed: refused, left,    closed: left, replaced, removed,
//!   refused, pushed out         pushed out, ended         refused, ended, broke the protocol
//! ```
//!
//! A seat:
//!
//! ```text
//!            connection lost
//!      ┌─────────────────────────▶ Away ── grace over, removed, ended ──────────▶ gone
//!    Here                           │
//!      ▲ └─ left, removed, ended, refused, broke the protocol ──────────────────▶ gone
//!      └────────────────────────────┘
//!                 resumed
//! ```
//!
//! A source of a seat:
//!
//! ```text
//!            the owner's word                  a moderator's word, a right taken, a pause
//!      ┌──────────────────────────▶ On ───────────────────────────────────────────────┐
//!     Off ◀── the owner's word ─────┘ ▲                                               ▼
//!                                     └── the owner's word, having heard of it ── Silenced
//! ```
//!
//! A conference:
//!
//! ```text
//!            a moderator comes           the last one is gone
//!   Nobody ────────────────────▶ Attended ──────────────────▶ Left ── 2 min ──▶ Left, paused
//!     ▲                            ▲   │                       │ │                 │  │
//!     │                            └───┼── a moderator comes ──┴─┼─────────────────┘  │
//!     └─────── nobody is inside ───────┴─────────────────────────┴──── 15 min, ended ─┘
//! ```
//!
//! A seat's transport:
//!
//! ```text
//!   Absent ── Offer ──▶ Offered ── Negotiated ──▶ Negotiated ── Lost ──▶ Absent
//!                          ▲                          │
//!                          └────────── Offer ─────────┘ ◀─ Grown, where the offer went on with it
//! ```
//!
//! What nobody can bring about: to be inside without an admission, a proof, the token of a seat, or an
//! open door and a moderator behind it; to come back after a removal except by knocking; to use a
//! personal invitation twice; to take the role or the seat of somebody who holds the bookmark; to
//! switch on what somebody else switched off or never switched on, or have their gate opened; to
//! transmit, write or moderate beyond the one table of rights; to crowd out those who come from
//! elsewhere; to receive what they send themselves.

mod arrival;
mod attendance;
mod closing;
mod counts;
mod door;
mod effect;
mod fleeting;
mod floor;
mod input;
mod key;
mod licensing;
mod limits;
mod lobby;
mod memory;
mod moderation;
mod policy;
mod presence;
mod published;
mod reception;
#[expect(clippy::module_inception, reason = "the machine is called what it is")]
mod room;
mod rules;
mod seat;
mod silence;
mod slots;
mod speaking;
#[cfg(test)]
mod tests;
mod tickets;
mod transports;
mod wish;

pub use counts::Counts;
pub use effect::{Effect, Route};
pub use input::{Input, SessionId, SourceKey, TransportChange};
pub use key::RoomKey;
pub use licensing::Licensing;
pub use limits::RoomLimits;
pub use policy::Policy;
pub use room::Room;
