// SPDX-License-Identifier: EUPL-1.2
//! The harness: a stage for both machines, and people with browsers and a server of their own.
//!
//! A test that goes wrong panics with a sentence that says who missed what, and what was seen
//! last. Whatever was started ends with the value that started it.
#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

pub mod axe;
pub mod browser;
pub mod cast;
pub mod clap;
pub mod crowd;
pub mod desk;
mod devtools;
pub mod display;
pub mod distribution;
pub mod entry;
pub mod eventually;
pub mod flow;
pub mod folder;
pub mod host_page;
pub mod keyboard;
pub mod layout;
pub mod likeness;
pub mod link;
pub mod media;
pub mod moderator;
pub mod page;
pub mod process;
pub mod refusals;
pub mod screen;
pub mod setup;
pub mod stage;
pub mod touch;
pub mod traffic;
pub mod tree;
pub mod typing;
pub mod usable;
pub mod watch;
pub mod world;
