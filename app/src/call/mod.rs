// SPDX-License-Identifier: EUPL-1.2
//! Decides what the page does: a pure machine, without browser, clock or socket.
//!
//! What happens is an [`Event`], what is to be done is an [`Effect`], what is to be seen is a
//! [`CallView`], time is an argument. An event that comes too late for its phase is left alone.
//!
//! ```text
//!            Join
//!   Gate ───────────▶ Underway ─────────────────────────────────────▶ Ended
//!    ▲                 Entering ──Waiting──▶ Waiting     Leave, refused, closed,
//!    │                  │   ▲ ◀──line lost──  │          not reached in time
//!    │                  │                     │                         │
//!    │               Welcome               Welcome                      │
//!    │                  ▼                     ▼                         │
//!    │                 Inside ◀───────────────┘                         │
//!    │                  │ ▲  line lost: still shown, and resumed        │
//!    │                  └─┘  (seat not kept: Waiting)                   │
//!    └──────────── Return, once no pause keeps the gate shut ───────────┘
//! ```
//!
//! The line beneath it:
//!
//! ```text
//!   Opening ─opened─▶ Open ─Challenge, Enter─▶ Asked ─Waiting, Welcome─▶ Settled
//!      ▲                │                        │                          │
//!      │                └────── lost, stalled, a change is missing ─────────┘
//!      └─ at once, or after a pause
//! ```
//!
//! What nothing but the person brings about: that a device is switched on. Whatever silences a source
//! wins over a start that is under way. Every `Publish` names exactly what is on, and nothing is said
//! on a line that is not open.

mod acts;
mod alike;
mod appointment;
mod arrangement;
mod backoff;
mod brand;
#[expect(clippy::module_inception, reason = "the machine is called what it is")]
mod call;
mod chat;
mod closing;
mod codecs;
mod conference;
mod ear;
mod effect;
mod embed;
mod encodings;
mod entry;
mod event;
mod evidence;
mod floor;
mod gate;
mod gauged;
mod gaze;
mod heard;
mod keys;
mod knocks;
mod layers;
mod line;
pub mod link;
mod lips;
mod moment;
mod names;
mod outbox;
mod own;
mod own_line;
mod packing;
mod peer;
mod phase;
mod quality;
pub mod query;
mod reactions;
mod read_along;
mod roster;
mod scene;
mod show;
mod slots;
mod source;
mod speaker;
mod spotlight;
mod swipe;
mod table;
mod talk;
#[cfg(test)]
mod tests;
mod treatment;
mod view;

pub use appointment::Appointment;
pub use brand::{Brand, System};
pub use call::Call;
pub use codecs::{could_be_layered, is_forwarded, is_layered};
pub use effect::Effect;
pub use embed::{Heard, Host, HostView, Wish};
pub use encodings::{Encoding, Layered, encodings, layered};
pub use event::{
    CaptureFailure, Device, DeviceId, DeviceKind, Event, Float, HostEvent, Intent, Late, Layout,
    Look, Rest,
};
pub use evidence::{Carriage, Found, Kept, Proof, Teller, Verdict};
pub use gate::Gate;
pub use gauged::{Flow, Gauged, Limit, PictureCount, Received, Sent, SoundCount};
pub use gaze::lines;
pub use link::{Access, Link, PersonalLink};
pub use packing::{Area, Rect};
pub use quality::{Grade, Trouble, Weak};
pub use swipe::swiped;
pub use table::Table;
pub use treatment::Processing;
pub use view::{
    CallView, ChatView, EndReason, KnockView, LineTold, LineView, MicrophoneHint, MomentView,
    PersonView, Picture, ReactionsTold, Screen, Silencer, SourceView, SpeakerView, StageView,
    TileKey, TileView,
};
