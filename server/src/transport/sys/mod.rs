// SPDX-License-Identifier: EUPL-1.2
//! The system calls of a media thread. All `unsafe` of the relay is here.
//!
//! | file | calls |
//! |---|---|
//! | `poll` | epoll, eventfd |
//! | `receive` | recvmmsg |
//! | `transmit` | sendmmsg |
//! | `socket` | socket, bind, setsockopt |
//! | `core` | sched_getaffinity, sched_setaffinity |
//! | `prefetch` | none: an instruction |
//! | `name` | none: the addresses and headers that the others hand over |
#![expect(unsafe_code, reason = "system calls the standard library does not offer")]
#![expect(clippy::as_conversions, reason = "the C types of libc constants and lengths")]
#![expect(
    clippy::cast_possible_truncation,
    reason = "lengths of addresses and batches, a few thousand at most"
)]

mod core;
mod name;
mod poll;
mod prefetch;
mod receive;
mod socket;
mod transmit;

pub(super) use self::core::pin_to_core;
pub(super) use poll::{Poller, Waker};
pub(super) use prefetch::prefetch;
pub(super) use receive::{DATAGRAM_LEN, Receiver};
pub(super) use socket::{bind_beside, enlarge_buffers, share_port};
pub(super) use transmit::Transmitter;
