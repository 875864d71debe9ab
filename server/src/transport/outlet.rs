// SPDX-License-Identifier: EUPL-1.2
//! Where datagrams leave: written in place, collected, sent in one run per receiver.

use std::net::{SocketAddr, UdpSocket};

use super::sys::Transmitter;
use crate::media::packet::MAX_DATAGRAM;

/// Takes datagrams.
pub(super) trait Outlet {
    /// Lets `write` fill a buffer and sends as many bytes of it as it says; `None` sends nothing.
    fn send(&mut self, to: SocketAddr, write: impl FnOnce(&mut [u8]) -> Option<usize>) -> bool;
}

/// Collects the datagrams of a turn and sends them ordered by receiver.
///
/// The order makes the datagrams of one subscriber neighbours, which is what segmentation offload needs.
pub(super) struct UdpOutlet<'socket> {
    socket: &'socket UdpSocket,
    transmitter: Transmitter,
    buffers: Box<[[u8; MAX_DATAGRAM]]>,
    filled: Vec<Filled>,
    dropped: u64,
}

impl<'socket> UdpOutlet<'socket> {
    pub(super) fn new(socket: &'socket UdpSocket, batch: usize) -> Self {
        Self {
            socket,
            transmitter: Transmitter::new(batch),
            buffers: vec![[0; MAX_DATAGRAM]; batch].into_boxed_slice(),
            filled: Vec::with_capacity(batch),
            dropped: 0,
        }
    }

    /// Sends what was collected. What the kernel does not take is dropped: late media is worthless.
    pub(super) fn flush(&mut self) {
        if self.filled.is_empty() {
            return;
        }
        self.filled.sort_unstable_by_key(|filled| (filled.to, filled.buffer));
        let datagrams = self.filled.iter().filter_map(|filled| {
            let buffer = self.buffers.get(filled.buffer)?;
            Some((filled.to, buffer.get(..filled.len)?))
        });
        let sent = self.transmitter.send(self.socket, datagrams);
        let unsent = self.filled.len().saturating_sub(sent);
        self.dropped += crate::media::bytes::count(unsent);
        self.filled.clear();
    }

    pub(super) const fn dropped(&self) -> u64 {
        self.dropped
    }
}

impl Outlet for UdpOutlet<'_> {
    fn send(&mut self, to: SocketAddr, write: impl FnOnce(&mut [u8]) -> Option<usize>) -> bool {
        if self.filled.len() == self.buffers.len() {
            self.flush();
        }
        let buffer = self.filled.len();
        let len = self.buffers.get_mut(buffer).and_then(|bytes| write(bytes));
        if let Some(len) = len {
            self.filled.push(Filled { to, buffer, len });
        }
        len.is_some()
    }
}

struct Filled {
    to: SocketAddr,
    buffer: usize,
    len: usize,
}
