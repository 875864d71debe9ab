// SPDX-License-Identifier: EUPL-1.2
//! The contract between page and server.
#![no_std]

extern crate alloc;

mod id;
mod media;

pub use id::{ParticipantId, Revision};
pub use media::{MediaKind, Mid, Source};
