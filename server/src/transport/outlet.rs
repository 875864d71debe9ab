// SPDX-License-Identifier: EUPL-1.2
//! Where datagrams leave: written in place, collected, sent in one run per receiver.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};

use super::sys::Transmitter;
use crate::media::Micros;
use crate::media::packet::MAX_DATAGRAM;

/// Takes datagrams.
pub(super) trait Outlet {
    /// Lets `write` fill a buffer and sends as many bytes of it as it says; `None` sends nothing.
    fn send(
        &mut self,
        to: SocketAddr,
        urgency: Urgency,
        write: impl FnOnce(&mut [u8]) -> Option<usize>,
    ) -> bool;

    /// Whether nothing is collected.
    fn is_empty(&self) -> bool {
        true
    }

    /// Says that no receiver of what is collected gets more of it with this turn: it may leave at once.
    fn release(&mut self) {}
}

/// How long a datagram may wait for others.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Urgency {
    /// It leaves with this turn, and what waits leaves with it.
    Now,
    /// It waits for the rest of its frame, at most [`HOLD`].
    InRun,
}

/// Collects datagrams and sends them ordered by receiver.
///
/// The order makes the datagrams of one subscriber neighbours: a frame to them is one message.
pub(super) struct UdpOutlet<'socket> {
    socket: &'socket UdpSocket,
    transmitter: Transmitter,
    /// [`LEN`] datagrams. Zeroed memory is taken as it is written to: most turns need a little of it.
    bytes: Box<[u8]>,
    filled: Vec<Filled>,
    /// The most datagrams that were collected at once since they were forgotten.
    most: usize,
    /// Whether something of what is collected cannot wait.
    urgent: bool,
    /// Since when something waits, from the end of the turn in which it came.
    waits_since: Option<Micros>,
    dropped: u64,
    /// Bytes that the kernel took.
    sent: u64,
}

impl<'socket> UdpOutlet<'socket> {
    pub(super) fn new(socket: &'socket UdpSocket) -> Self {
        Self {
            socket,
            transmitter: Transmitter::new(LEN),
            bytes: vec![0; LEN * MAX_DATAGRAM].into_boxed_slice(),
            filled: Vec::with_capacity(LEN),
            most: 0,
            urgent: false,
            waits_since: None,
            dropped: 0,
            sent: 0,
        }
    }

    /// Ends a turn: sends what was collected, if it is time. Whether something waits.
    pub(super) fn end_turn(&mut self, now: Micros) -> bool {
        if self.filled.is_empty() {
            return false;
        }
        let since = *self.waits_since.get_or_insert(now);
        if self.urgent || now.since(since) >= HOLD {
            self.flush();
        }
        !self.filled.is_empty()
    }

    pub(super) const fn dropped(&self) -> u64 {
        self.dropped
    }

    /// The bytes of what was sent.
    pub(super) const fn sent(&self) -> u64 {
        self.sent
    }

    /// Forgets to whom something was sent, unless something waits; and what, if there is time for it: it was
    /// sealed, and may be megabytes.
    pub(super) fn forget(&mut self, has_time: bool) {
        if !self.filled.is_empty() {
            return;
        }
        let most = self.most;
        if has_time {
            let (buffers, _) = self.bytes.as_chunks_mut::<MAX_DATAGRAM>();
            buffers.iter_mut().take(most).for_each(|bytes| bytes.fill(0));
            self.most = 0;
        }
        self.filled.resize_with(most, || Filled { order: 0, to: NOBODY, buffer: 0, len: 0 });
        self.filled.clear();
        self.transmitter.forget(most);
    }

    /// Sends what was collected. What the kernel does not take is dropped: late media is worthless.
    fn flush(&mut self) {
        self.filled.sort_unstable_by_key(|filled| filled.order);
        let (buffers, _) = self.bytes.as_chunks::<MAX_DATAGRAM>();
        let datagrams = self.filled.iter().filter_map(|filled| {
            let buffer = buffers.get(filled.buffer)?;
            Some((filled.to, buffer.get(..filled.len)?))
        });
        let sent = self.transmitter.send(self.socket, datagrams);
        let unsent = self.filled.len().saturating_sub(sent);
        let taken = self.filled.iter().take(sent).map(|filled| filled.len).sum();
        self.sent += crate::media::bytes::count(taken);
        self.dropped += crate::media::bytes::count(unsent);
        self.most = self.most.max(self.filled.len());
        self.filled.clear();
        self.urgent = false;
        self.waits_since = None;
    }
}

impl Outlet for UdpOutlet<'_> {
    fn send(
        &mut self,
        to: SocketAddr,
        urgency: Urgency,
        write: impl FnOnce(&mut [u8]) -> Option<usize>,
    ) -> bool {
        if self.filled.len() == LEN {
            self.flush();
        }
        let buffer = self.filled.len();
        let (buffers, _) = self.bytes.as_chunks_mut::<MAX_DATAGRAM>();
        let len = buffers.get_mut(buffer).and_then(|bytes| write(bytes));
        if let Some(len) = len {
            self.filled.push(Filled { order: order(to, buffer), to, buffer, len });
            self.urgent |= urgency == Urgency::Now;
        }
        len.is_some()
    }

    fn is_empty(&self) -> bool {
        self.filled.is_empty()
    }

    fn release(&mut self) {
        if self.filled.len() >= PART {
            self.flush();
        }
    }
}

struct Filled {
    order: u64,
    to: SocketAddr,
    buffer: usize,
    len: usize,
}

pub(super) const NOBODY: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0);

/// By which datagrams are ordered: the receiver, and the place of a datagram among those to one receiver.
///
/// One number, because comparing addresses would cost more than all the rest of the outlet. Two receivers
/// with one number, of IPv6 or beyond the places there are, leave in turns: more messages, nothing else.
fn order(to: SocketAddr, buffer: usize) -> u64 {
    let ip = match to.ip() {
        IpAddr::V4(ip) => u64::from(ip.to_bits()),
        IpAddr::V6(ip) => {
            let mixed = ip.segments().into_iter().fold(0, |mixed: u64, part| {
                (mixed ^ u64::from(part)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
            });
            mixed >> 32
        }
    };
    let receiver = (ip << 16) | u64::from(to.port());
    (receiver << 16) | u64::from(u16::try_from(buffer).unwrap_or(u16::MAX))
}

/// The datagrams that are collected at most; then they leave. Larger, a flood holds the thread longer
/// before anything leaves; smaller, a frame of eight packets to a thousand people leaves in pieces.
const LEN: usize = 8_192;
/// The datagrams that leave together of what may leave at once. Larger, what was written leaves the cache before the
/// kernel reads it; smaller, it is asked more often.
pub(super) const PART: usize = 64;
/// Longer, every picture is late by it; shorter, a frame that does not arrive at once leaves in pieces.
pub(super) const HOLD: Micros = Micros::from_millis(1);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_leave_at_once_leaves_in_parts() {
        let sockets = [(); 2].map(|()| UdpSocket::bind("127.0.0.1:0").unwrap());
        let to = sockets[1].local_addr().unwrap();
        let mut outlet = UdpOutlet::new(&sockets[0]);
        for _ in 1..PART {
            outlet.send(to, Urgency::InRun, |_| Some(9));
        }
        outlet.release();
        assert!(!outlet.is_empty(), "too little to send it alone");
        outlet.send(to, Urgency::Now, |_| Some(9));
        outlet.release();
        assert!(outlet.is_empty() && outlet.dropped() == 0);
        assert!(!outlet.end_turn(Micros(0)), "nothing waits");
    }
}
