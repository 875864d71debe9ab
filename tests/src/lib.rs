// SPDX-License-Identifier: EUPL-1.2
//! The harness: people with browsers, a server of their own, and what they can do, see and hear.
//!
//! A test that goes wrong panics with a sentence that says who missed what, and what was seen
//! last. Whatever was started ends with the value that started it.

pub mod browser;
pub mod cast;
pub mod eventually;
pub mod folder;
pub mod media;
pub mod page;
pub mod process;
pub mod setup;
pub mod world;
