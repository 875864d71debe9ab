// SPDX-License-Identifier: EUPL-1.2
//! Does what the media plane decides: negotiation, ICE, DTLS, sockets and threads.
//!
//! The only folder that names crates of the webrtc family.

mod addresses;
mod allotment;
mod answer;
mod bounds;
#[cfg(test)]
mod bounds_tests;
#[cfg(test)]
mod company;
#[cfg(test)]
mod content_tests;
mod control;
mod counters;
#[cfg(test)]
mod described_tests;
mod dtls;
mod exports;
mod fetching;
mod forgetting;
mod formats;
mod forwarding;
#[cfg(test)]
mod forwarding_tests;
mod gathering;
mod growth;
mod handover;
mod ice;
#[cfg(test)]
mod layers_tests;
mod links;
mod load;
mod local;
#[cfg(test)]
#[path = "meeting_tests.rs"]
mod meeting;
mod mirrors;
#[cfg(test)]
mod mirrors_tests;
mod moving;
mod names;
mod negotiate;
mod offer;
#[cfg(test)]
mod offers;
mod outlet;
mod own;
mod owners;
mod pacing;
#[cfg(test)]
mod pacing_tests;
mod params;
mod peer;
mod placement;
mod plane;
#[cfg(any(test, feature = "bench"))]
pub mod rehearsal;
mod relay;
mod round;
#[cfg(test)]
mod scaled_tests;
mod sender;
mod sending;
mod simulcast;
mod slot;
mod sockets;
mod sounds;
#[cfg(test)]
mod sounds_tests;
mod subscriptions;
mod sys;
mod thread;

pub use bounds::MediaLimits;
pub use counters::MediaCounters;
pub use growth::{Agreed, Grown};
pub use negotiate::{Negotiated, NegotiationError, negotiate};
pub use own::{is_public, own_addresses};
pub use params::{Fingerprint, IceCredentials, LocalTransport, TransportParams};
pub use placement::SpreadLimits;
pub use plane::{
    Busy, Feed, MAX_THREADS, MediaCommand, MediaConfig, MediaHandle, MediaPlane, Publication,
    Route, TransportEvent, TransportFailure, TransportId,
};
pub use sockets::MediaSockets;
