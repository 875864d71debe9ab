// SPDX-License-Identifier: EUPL-1.2
//! The server.

pub mod media;
pub mod transport;
