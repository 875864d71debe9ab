// SPDX-License-Identifier: EUPL-1.2
//! Waiting: for the socket, for another thread, for time.

use std::io;
use std::net::UdpSocket;
use std::os::fd::{AsRawFd as _, FromRawFd as _, OwnedFd, RawFd};

/// Wakes a media thread from another thread.
#[derive(Debug)]
pub(in crate::transport) struct Waker(OwnedFd);

impl Waker {
    pub(in crate::transport) fn new() -> io::Result<Self> {
        // SAFETY: eventfd takes no pointers.
        let fd = check(unsafe { libc::eventfd(0, libc::EFD_NONBLOCK | libc::EFD_CLOEXEC) })?;
        // SAFETY: the descriptor was just made and belongs to nobody else.
        Ok(Self(unsafe { OwnedFd::from_raw_fd(fd) }))
    }

    /// Makes the next wait, or the present one, return.
    pub(in crate::transport) fn wake(&self) {
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
pub(in crate::transport) struct Poller {
    epoll: OwnedFd,
}

impl Poller {
    pub(in crate::transport) fn new(socket: &UdpSocket, waker: &Waker) -> io::Result<Self> {
        // SAFETY: epoll_create1 takes no pointers.
        let fd = check(unsafe { libc::epoll_create1(libc::EPOLL_CLOEXEC) })?;
        // SAFETY: the descriptor was just made and belongs to nobody else.
        let poller = Self { epoll: unsafe { OwnedFd::from_raw_fd(fd) } };
        poller.add(socket.as_raw_fd(), SOCKET)?;
        poller.add(waker.0.as_raw_fd(), WAKER)?;
        Ok(poller)
    }

    fn add(&self, fd: RawFd, name: u64) -> io::Result<()> {
        let mut event = libc::epoll_event { events: libc::EPOLLIN as u32, u64: name };
        // SAFETY: the event lives across the call, which copies it.
        check(unsafe {
            libc::epoll_ctl(self.epoll.as_raw_fd(), libc::EPOLL_CTL_ADD, fd, &raw mut event)
        })?;
        Ok(())
    }

    /// Returns when there is something to do or after `timeout_ms`; -1 waits for ever.
    pub(in crate::transport) fn wait(&self, waker: &Waker, timeout_ms: i32) {
        let mut events = [libc::epoll_event { events: 0, u64: SOCKET }; 2];
        // SAFETY: room for two events, as said. An interruption is as good as a timeout.
        unsafe { libc::epoll_wait(self.epoll.as_raw_fd(), events.as_mut_ptr(), 2, timeout_ms) };
        // What was not reported is as it was set here.
        if events.iter().any(|event| { event.u64 } == WAKER) {
            waker.reset();
        }
    }
}

/// What the events are told apart by.
const SOCKET: u64 = 0;
const WAKER: u64 = 1;

fn check(result: libc::c_int) -> io::Result<libc::c_int> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(result) }
}
