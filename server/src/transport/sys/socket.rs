// SPDX-License-Identifier: EUPL-1.2
//! What a socket is asked for.

use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::os::fd::{AsRawFd as _, FromRawFd as _};

use super::name::{name_len, write_name, zeroed_name};

/// Asks the kernel for larger socket buffers; it gives what the system allows.
pub(in crate::transport) fn enlarge_buffers(socket: &UdpSocket, bytes: libc::c_int) {
    for option in [libc::SO_RCVBUF, libc::SO_SNDBUF] {
        // A refusal leaves the default.
        drop(set(socket, option, bytes));
    }
}

/// Lets further sockets of this user listen where this one does, see [`bind_beside`].
///
/// Asked for only behind the first socket's bind: so that one fails when another process listens there.
pub(in crate::transport) fn share_port(socket: &UdpSocket) -> io::Result<()> {
    set(socket, libc::SO_REUSEPORT, 1)
}

/// Listens where a socket with a shared port does. The kernel gives each sender to one of them.
pub(in crate::transport) fn bind_beside(address: SocketAddr) -> io::Result<UdpSocket> {
    let family = if address.is_ipv4() { libc::AF_INET } else { libc::AF_INET6 };
    // SAFETY: socket takes no pointers.
    let fd = unsafe { libc::socket(family, libc::SOCK_DGRAM | libc::SOCK_CLOEXEC, 0) };
    if fd < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: the descriptor was just made and belongs to nobody else.
    let socket = unsafe { UdpSocket::from_raw_fd(fd) };
    share_port(&socket)?;
    let mut name = zeroed_name();
    write_name(&mut name, address);
    // SAFETY: the name lives across the call and is at least as long as said.
    let bound = unsafe { libc::bind(fd, (&raw const name).cast(), name_len(&name)) };
    if bound < 0 { Err(io::Error::last_os_error()) } else { Ok(socket) }
}

fn set(socket: &UdpSocket, option: libc::c_int, value: libc::c_int) -> io::Result<()> {
    // SAFETY: the value is an int and lives across the call.
    let set = unsafe {
        libc::setsockopt(
            socket.as_raw_fd(),
            libc::SOL_SOCKET,
            option,
            (&raw const value).cast(),
            size_of::<libc::c_int>() as u32,
        )
    };
    if set < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}
