// SPDX-License-Identifier: EUPL-1.2
//! The other end in tests: independent WebRTC peers, and networks that lose packets and change addresses.

pub mod network;
pub mod peer;
pub mod stage;
pub mod stun;
