// SPDX-License-Identifier: EUPL-1.2
//! Does what rooms decide: one task for each, and one that knows them all.
//!
//! ```text
//!   http ── connect ──▶ Rooms ── spawns ──▶ RoomDriver ── Effect ──▶ World ─▶ Outbox, MediaHandle
//!                         │                    ▲   ▲                   │
//!   media ─ TransportEvent┴────────────────────┘   └── SessionEvent    └─▶ what the room is told
//! ```
//!
//! A room lives as long as somebody can reach it: every session holds the sending end of its inbox,
//! and the driver holds one too while the room keeps seats. When the last one is dropped the inbox
//! closes, and from that moment on nobody can be handed an end of it: a connect that races with the
//! end of a room opens a new one.

mod perform;
mod room_driver;
mod rooms;

pub use rooms::{ConnectError, Door, DriverLimits, Rooms};
