// SPDX-License-Identifier: EUPL-1.2
//! The system calls of a media thread: epoll, eventfd, recvmmsg, sendmmsg. All `unsafe` of the relay is here.
#![expect(unsafe_code, reason = "system calls the standard library does not offer")]
#![expect(clippy::as_conversions, reason = "the C types of libc constants and lengths")]
#![expect(
    clippy::cast_possible_truncation,
    reason = "lengths of addresses and batches, a few hundred at most"
)]

use std::io;
use std::mem::MaybeUninit;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6, UdpSocket};
use std::os::fd::{AsRawFd as _, FromRawFd as _, OwnedFd, RawFd};
use std::ptr;

/// Wakes a media thread from another thread.
#[derive(Debug)]
pub(super) struct Waker(OwnedFd);

impl Waker {
    pub(super) fn new() -> io::Result<Self> {
        // SAFETY: eventfd takes no pointers.
        let fd = check(unsafe { libc::eventfd(0, libc::EFD_NONBLOCK | libc::EFD_CLOEXEC) })?;
        // SAFETY: the descriptor was just made and belongs to nobody else.
        Ok(Self(unsafe { OwnedFd::from_raw_fd(fd) }))
    }

    /// Makes the next wait, or the present one, return.
    pub(super) fn wake(&self) {
        let one = 1_u64;
        // SAFETY: eight readable bytes. A failure means the count is full: the thread wakes anyway.
        unsafe { libc::write(self.0.as_raw_fd(), (&raw const one).cast(), size_of::<u64>()) };
    }

    fn reset(&self) {
        let mut count = 0_u64;
        // SAFETY: eight writable bytes. A failure means there is nothing to read.
        unsafe { libc::read(self.0.as_raw_fd(), (&raw mut count).cast(), size_of::<u64>()) };
    }
}

/// Waits for the socket or the waker.
#[derive(Debug)]
pub(super) struct Poller {
    epoll: OwnedFd,
}

impl Poller {
    pub(super) fn new(socket: &UdpSocket, waker: &Waker) -> io::Result<Self> {
        // SAFETY: epoll_create1 takes no pointers.
        let fd = check(unsafe { libc::epoll_create1(libc::EPOLL_CLOEXEC) })?;
        // SAFETY: the descriptor was just made and belongs to nobody else.
        let poller = Self { epoll: unsafe { OwnedFd::from_raw_fd(fd) } };
        poller.add(socket.as_raw_fd())?;
        poller.add(waker.0.as_raw_fd())?;
        Ok(poller)
    }

    fn add(&self, fd: RawFd) -> io::Result<()> {
        let mut event = libc::epoll_event { events: libc::EPOLLIN as u32, u64: 0 };
        // SAFETY: the event lives across the call, which copies it.
        check(unsafe {
            libc::epoll_ctl(self.epoll.as_raw_fd(), libc::EPOLL_CTL_ADD, fd, &raw mut event)
        })?;
        Ok(())
    }

    /// Returns when there is something to do or after `timeout_ms`; -1 waits for ever.
    pub(super) fn wait(&self, waker: &Waker, timeout_ms: i32) {
        let mut events = [libc::epoll_event { events: 0, u64: 0 }; 2];
        // SAFETY: room for two events, as said. An interruption is as good as a timeout.
        unsafe { libc::epoll_wait(self.epoll.as_raw_fd(), events.as_mut_ptr(), 2, timeout_ms) };
        waker.reset();
    }
}

/// Room for the datagrams of one recvmmsg.
pub(super) struct Receiver {
    buffers: Box<[[u8; BUFFER_LEN]]>,
    names: Box<[libc::sockaddr_storage]>,
    messages: Box<[libc::mmsghdr]>,
    vectors: Box<[libc::iovec]>,
}

impl Receiver {
    pub(super) fn new(batch: usize) -> Self {
        let empty = libc::iovec { iov_base: ptr::null_mut(), iov_len: 0 };
        Self {
            buffers: vec![[0; BUFFER_LEN]; batch].into_boxed_slice(),
            names: vec![zeroed_name(); batch].into_boxed_slice(),
            messages: vec![zeroed_message(); batch].into_boxed_slice(),
            vectors: vec![empty; batch].into_boxed_slice(),
        }
    }

    /// Receives what is there without waiting and hands each datagram to `each`; how many there were.
    ///
    /// A datagram longer than the buffer is left out: nothing that belongs here is that long.
    pub(super) fn receive(
        &mut self,
        socket: &UdpSocket,
        mut each: impl FnMut(SocketAddr, &mut [u8]),
    ) -> usize {
        let parts = self.messages.iter_mut().zip(&mut self.vectors);
        for ((message, vector), (buffer, name)) in
            parts.zip(self.buffers.iter_mut().zip(&mut self.names))
        {
            vector.iov_base = buffer.as_mut_ptr().cast();
            vector.iov_len = BUFFER_LEN;
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
        let received = usize::try_from(received).unwrap_or(0);
        let datagrams = self.messages.iter().zip(&mut self.buffers).zip(&self.names);
        for ((message, buffer), name) in datagrams.take(received) {
            let whole = message.msg_hdr.msg_flags & libc::MSG_TRUNC == 0;
            let datagram = buffer.get_mut(..message.msg_len as usize).filter(|_| whole);
            if let (Some(datagram), Some(from)) = (datagram, address(name)) {
                each(from, datagram);
            }
        }
        received
    }
}

/// Room for the headers of one sendmmsg.
pub(super) struct Transmitter {
    names: Box<[libc::sockaddr_storage]>,
    messages: Box<[libc::mmsghdr]>,
    vectors: Box<[libc::iovec]>,
    filled: usize,
}

impl Transmitter {
    pub(super) fn new(batch: usize) -> Self {
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
    pub(super) fn send<'datagram>(
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

/// Asks the kernel for larger socket buffers; it gives what the system allows.
pub(super) fn enlarge_buffers(socket: &UdpSocket, bytes: libc::c_int) {
    for option in [libc::SO_RCVBUF, libc::SO_SNDBUF] {
        // SAFETY: the value is an int and lives across the call. A refusal leaves the default.
        unsafe {
            libc::setsockopt(
                socket.as_raw_fd(),
                libc::SOL_SOCKET,
                option,
                (&raw const bytes).cast(),
                size_of::<libc::c_int>() as u32,
            )
        };
    }
}

fn check(result: libc::c_int) -> io::Result<libc::c_int> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(result) }
}

fn zeroed_name() -> libc::sockaddr_storage {
    // SAFETY: all-zero bytes are a valid sockaddr_storage.
    unsafe { MaybeUninit::zeroed().assume_init() }
}

fn zeroed_message() -> libc::mmsghdr {
    // SAFETY: all-zero bytes are a valid mmsghdr with null pointers.
    unsafe { MaybeUninit::zeroed().assume_init() }
}

fn address(name: &libc::sockaddr_storage) -> Option<SocketAddr> {
    match i32::from(name.ss_family) {
        libc::AF_INET => {
            // SAFETY: a sockaddr_storage is large and aligned enough for any address, and the family
            // says that it is this one.
            let name = unsafe { &*ptr::from_ref(name).cast::<libc::sockaddr_in>() };
            let ip = Ipv4Addr::from(u32::from_be(name.sin_addr.s_addr));
            Some(SocketAddrV4::new(ip, u16::from_be(name.sin_port)).into())
        }
        libc::AF_INET6 => {
            // SAFETY: as above.
            let name = unsafe { &*ptr::from_ref(name).cast::<libc::sockaddr_in6>() };
            let ip = Ipv6Addr::from(name.sin6_addr.s6_addr);
            let port = u16::from_be(name.sin6_port);
            Some(SocketAddrV6::new(ip, port, 0, name.sin6_scope_id).into())
        }
        _ => None,
    }
}

fn write_name(name: &mut libc::sockaddr_storage, to: SocketAddr) -> u32 {
    match to {
        SocketAddr::V4(to) => {
            // SAFETY: a sockaddr_storage is large and aligned enough for any address.
            let name = unsafe { &mut *ptr::from_mut(name).cast::<libc::sockaddr_in>() };
            name.sin_family = libc::AF_INET as u16;
            name.sin_port = to.port().to_be();
            name.sin_addr.s_addr = u32::from(*to.ip()).to_be();
            size_of::<libc::sockaddr_in>() as u32
        }
        SocketAddr::V6(to) => {
            // SAFETY: as above.
            let name = unsafe { &mut *ptr::from_mut(name).cast::<libc::sockaddr_in6>() };
            name.sin6_family = libc::AF_INET6 as u16;
            name.sin6_port = to.port().to_be();
            name.sin6_flowinfo = 0;
            name.sin6_addr.s6_addr = to.ip().octets();
            name.sin6_scope_id = to.scope_id();
            size_of::<libc::sockaddr_in6>() as u32
        }
    }
}

const BUFFER_LEN: usize = 2_048;
