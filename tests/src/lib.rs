// SPDX-License-Identifier: EUPL-1.2
//! The harness.

pub mod stage;
