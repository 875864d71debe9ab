// SPDX-License-Identifier: EUPL-1.2
//! The system calls that have to do with a service manager. All `unsafe` of it is here.
#![expect(unsafe_code, reason = "system calls the standard library does not offer")]

use std::{
    io,
    os::fd::{AsRawFd as _, FromRawFd as _, OwnedFd, RawFd},
};

/// Takes over what a service manager has put at this place, counted from 0. No program that is started later has
/// it, too.
pub(super) fn inherit(number: u16) -> io::Result<OwnedFd> {
    let fd = FIRST.saturating_add(RawFd::from(number));
    // SAFETY: takes no pointers; of what is not open it says so.
    check(unsafe { libc::fcntl(fd, libc::F_SETFD, libc::FD_CLOEXEC) })?;
    // SAFETY: it is open, and was handed to this process; nobody else here knows of it.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

/// Whether a socket takes connections by TCP; the other ones take datagrams by UDP. Anything else is an error.
pub(super) fn is_listening_stream(socket: &OwnedFd) -> io::Result<bool> {
    let domain = option(socket, libc::SO_DOMAIN)?;
    if domain != libc::AF_INET && domain != libc::AF_INET6 {
        return Err(io::Error::other("it is none of the internet"));
    }
    match option(socket, libc::SO_TYPE)? {
        libc::SOCK_STREAM if option(socket, libc::SO_ACCEPTCONN)? != 0 => Ok(true),
        libc::SOCK_DGRAM => Ok(false),
        _ => Err(io::Error::other("it does not listen")),
    }
}

/// The time since some moment before, in microseconds; the same for all processes.
pub(super) fn monotonic_micros() -> u64 {
    let mut now = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the time lives across the call.
    if unsafe { libc::clock_gettime(libc::CLOCK_MONOTONIC, &raw mut now) } < 0 {
        return 0;
    }
    let part = |value: i64| u64::try_from(value).unwrap_or(0);
    part(now.tv_sec).saturating_mul(1_000_000).saturating_add(part(now.tv_nsec) / 1_000)
}

fn option(socket: &OwnedFd, name: libc::c_int) -> io::Result<libc::c_int> {
    let mut value: libc::c_int = 0;
    let mut length =
        libc::socklen_t::try_from(size_of::<libc::c_int>()).map_err(io::Error::other)?;
    let (to, long) = ((&raw mut value).cast(), &raw mut length);
    // SAFETY: the value is as long as said, and both live across the call.
    check(unsafe { libc::getsockopt(socket.as_raw_fd(), libc::SOL_SOCKET, name, to, long) })?;
    Ok(value)
}

fn check(result: libc::c_int) -> io::Result<()> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// `SD_LISTEN_FDS_START`: behind standard input, output and error.
const FIRST: RawFd = 3;
