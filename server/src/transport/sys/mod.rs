// SPDX-License-Identifier: EUPL-1.2
//! The system calls of a media thread. All `unsafe` of the relay is here.
//!
//! | file | calls |
//! |---|---|
//! | `poll` | epoll, eventfd |
//! | `receive` | recvmmsg |
//! | `transmit` | sendmmsg |
//! | `socket` | setsockopt |
//! | `name` | none: the addresses and headers that the others hand over |
#![expect(unsafe_code, reason = "system calls the standard library does not offer")]
#![expect(clippy::as_conversions, reason = "the C types of libc constants and lengths")]
#![expect(
    clippy::cast_possible_truncation,
    reason = "lengths of addresses and batches, a few thousand at most"
)]

mod name;
mod poll;
mod receive;
mod socket;
mod transmit;

pub(super) use poll::{Poller, Waker};
pub(super) use receive::Receiver;
pub(super) use socket::enlarge_buffers;
pub(super) use transmit::Transmitter;
