// SPDX-License-Identifier: EUPL-1.2
//! The server: page, signalling and media relay in one process.

pub mod media;
pub mod room;
pub mod transport;
