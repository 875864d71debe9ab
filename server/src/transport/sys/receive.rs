// SPDX-License-Identifier: EUPL-1.2
//! Receiving: many datagrams with one call.

use std::net::{SocketAddr, UdpSocket};
use std::os::fd::AsRawFd as _;
use std::ptr;

use super::name::{address, zeroed_message, zeroed_name};

/// Room for the datagrams of one recvmmsg.
pub(in crate::transport) struct Receiver {
    buffers: Box<[[u8; DATAGRAM_LEN]]>,
    names: Box<[libc::sockaddr_storage]>,
    messages: Box<[libc::mmsghdr]>,
    vectors: Box<[libc::iovec]>,
}

impl Receiver {
    pub(in crate::transport) fn new(batch: usize) -> Self {
        let empty = libc::iovec { iov_base: ptr::null_mut(), iov_len: 0 };
        Self {
            buffers: vec![[0; DATAGRAM_LEN]; batch].into_boxed_slice(),
            names: vec![zeroed_name(); batch].into_boxed_slice(),
            messages: vec![zeroed_message(); batch].into_boxed_slice(),
            vectors: vec![empty; batch].into_boxed_slice(),
        }
    }

    /// Receives what is there without waiting; how many datagrams it were.
    pub(in crate::transport) fn receive(&mut self, socket: &UdpSocket) -> usize {
        let parts = self.messages.iter_mut().zip(&mut self.vectors);
        for ((message, vector), (buffer, name)) in
            parts.zip(self.buffers.iter_mut().zip(&mut self.names))
        {
            vector.iov_base = buffer.as_mut_ptr().cast();
            vector.iov_len = DATAGRAM_LEN;
            message.msg_hdr.msg_iov = vector;
            message.msg_hdr.msg_iovlen = 1;
            message.msg_hdr.msg_name = ptr::from_mut(name).cast();
            message.msg_hdr.msg_namelen = size_of::<libc::sockaddr_storage>() as u32;
            message.msg_hdr.msg_flags = 0;
        }
        // SAFETY: every header points to one vector, one buffer and one name of this struct, which all
        // live across the call and are as long as said.
        let received = unsafe {
            libc::recvmmsg(
                socket.as_raw_fd(),
                self.messages.as_mut_ptr(),
                self.messages.len() as u32,
                libc::MSG_DONTWAIT as _,
                ptr::null_mut(),
            )
        };
        usize::try_from(received).unwrap_or(0)
    }

    /// From whom those datagrams came.
    pub(in crate::transport) fn senders(
        &self,
        received: usize,
    ) -> impl Iterator<Item = SocketAddr> {
        self.names.iter().take(received).filter_map(address)
    }

    /// Hands each of those datagrams to `each`.
    ///
    /// A datagram longer than the buffer is left out: nothing that belongs here is that long.
    pub(in crate::transport) fn hand_out(
        &mut self,
        received: usize,
        mut each: impl FnMut(SocketAddr, &mut [u8]),
    ) {
        let datagrams = self.messages.iter().zip(&mut self.buffers).zip(&self.names);
        for ((message, buffer), name) in datagrams.take(received) {
            let whole = message.msg_hdr.msg_flags & libc::MSG_TRUNC == 0;
            let datagram = buffer.get_mut(..message.msg_len as usize).filter(|_| whole);
            if let (Some(datagram), Some(from)) = (datagram, address(name)) {
                each(from, datagram);
            }
        }
    }

    /// Forgets what was received and from whom.
    pub(in crate::transport) fn forget(&mut self) {
        self.buffers.as_flattened_mut().fill(0);
        self.names.fill(zeroed_name());
    }
}

/// The longest datagram that is received.
pub(in crate::transport) const DATAGRAM_LEN: usize = 2_048;
