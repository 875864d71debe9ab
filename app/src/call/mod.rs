// SPDX-License-Identifier: EUPL-1.2
//! Decides what the page does: a pure machine, without browser, clock or socket.

mod effect;
mod event;
mod view;

pub use effect::Effect;
pub use event::{CaptureFailure, Device, DeviceId, DeviceKind, Event, Intent};
pub use view::{CallView, EndReason, KnockView, Picture, Screen, SourceView, TileView};
