// SPDX-License-Identifier: EUPL-1.2
//! Sending: many datagrams with one call.

use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::os::fd::AsRawFd as _;
use std::ptr;

use super::name::{write_name, zeroed_message, zeroed_name};

/// Room for the headers of one sendmmsg.
pub(in crate::transport) struct Transmitter {
    names: Box<[libc::sockaddr_storage]>,
    messages: Box<[libc::mmsghdr]>,
    vectors: Box<[libc::iovec]>,
    filled: usize,
}

impl Transmitter {
    pub(in crate::transport) fn new(batch: usize) -> Self {
        let empty = libc::iovec { iov_base: ptr::null_mut(), iov_len: 0 };
        Self {
            names: vec![zeroed_name(); batch].into_boxed_slice(),
            messages: vec![zeroed_message(); batch].into_boxed_slice(),
            vectors: vec![empty; batch].into_boxed_slice(),
            filled: 0,
        }
    }

    /// Sends `datagrams` in order without waiting; how many the kernel took.
    #[expect(single_use_lifetimes, reason = "`impl Trait` cannot have anonymous ones")]
    pub(in crate::transport) fn send<'datagram>(
        &mut self,
        socket: &UdpSocket,
        datagrams: impl Iterator<Item = (SocketAddr, &'datagram [u8])>,
    ) -> usize {
        self.filled = 0;
        let parts = self.messages.iter_mut().zip(&mut self.vectors).zip(&mut self.names);
        for (((message, vector), name), (to, datagram)) in parts.zip(datagrams) {
            vector.iov_base = datagram.as_ptr().cast_mut().cast();
            vector.iov_len = datagram.len();
            message.msg_hdr.msg_namelen = write_name(name, to);
            message.msg_hdr.msg_name = ptr::from_mut(name).cast();
            message.msg_hdr.msg_iov = vector;
            message.msg_hdr.msg_iovlen = 1;
            self.filled += 1;
        }
        let mut sent = 0;
        while let Some(rest) =
            self.messages.get_mut(sent..self.filled).filter(|rest| !rest.is_empty())
        {
            // SAFETY: the headers up to `filled` point to vectors and names of this struct and to
            // datagrams borrowed until this function returns; sendmmsg only reads them.
            let taken = unsafe {
                libc::sendmmsg(
                    socket.as_raw_fd(),
                    rest.as_mut_ptr(),
                    rest.len() as u32,
                    libc::MSG_DONTWAIT as _,
                )
            };
            match usize::try_from(taken) {
                Ok(taken) if taken > 0 => sent += taken,
                // The first of the rest cannot be sent: no route, a closed port, a full buffer.
                _ if io::Error::last_os_error().kind() == io::ErrorKind::WouldBlock => break,
                _ => {
                    sent += 1;
                    self.filled = self.filled.max(sent);
                }
            }
        }
        sent
    }
}
