// SPDX-License-Identifier: EUPL-1.2
//! Decides what the page does: a pure machine, without browser, clock or socket.
//!
//! ```text
//!        Join                 Waiting             Welcome
//! gate ───────▶ outside: entering ─▶ waiting ───────────────▶ inside ⇄ reconnecting
//!   ▲              │                    │                        │
//!   └── Return ── ended ◀── Refused, Closed, Leave, unreachable ─┘
//! ```

mod call;
mod conference;
mod effect;
mod event;
mod line;
mod link;
mod own;
mod peer;
mod roster;
mod show;
mod view;

pub use call::Call;
pub use effect::Effect;
pub use event::{CaptureFailure, Device, DeviceId, DeviceKind, Event, Intent};
pub use link::{Access, Link, invite_link, moderator_link};
pub use view::{CallView, EndReason, KnockView, Picture, Screen, SourceView, TileView};
