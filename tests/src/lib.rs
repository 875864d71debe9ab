// SPDX-License-Identifier: EUPL-1.2
//! The harness: a stage for both machines, and people with browsers.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed"
)]

pub mod stage;
