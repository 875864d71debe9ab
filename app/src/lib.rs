// SPDX-License-Identifier: EUPL-1.2
//! The page: gate, lobby and conference in the browser.
//!
//! [`call`] decides and is pure: it compiles and is tested without a browser. Everything that needs
//! one exists only for WebAssembly.

pub mod call;
