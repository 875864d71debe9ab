// SPDX-License-Identifier: EUPL-1.2
//! What a socket is asked for.

use std::net::UdpSocket;
use std::os::fd::AsRawFd as _;

/// Asks the kernel for larger socket buffers; it gives what the system allows.
pub(in crate::transport) fn enlarge_buffers(socket: &UdpSocket, bytes: libc::c_int) {
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
