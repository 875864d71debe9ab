// SPDX-License-Identifier: EUPL-1.2
//! The sockets of the media plane, open before its threads run: who has started may be kept from opening
//! any.

use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::num::NonZero;

use super::plane::{MAX_THREADS, MediaConfig};
use super::sys::{bind_beside, enlarge_buffers, share_port};

/// One socket for each media thread, all at one address.
#[derive(Debug)]
pub struct MediaSockets {
    pub(super) sockets: Vec<UdpSocket>,
    pub(super) address: SocketAddr,
    /// How many cores the process may use. What the system says of that is read from files, too.
    pub(super) cores: usize,
}

impl MediaSockets {
    /// Opens the sockets that a media plane of this config listens at.
    pub fn open(config: &MediaConfig) -> io::Result<Self> {
        let sockets = listen_at(config.listen, config.threads.clamp(1, MAX_THREADS))?;
        let address = sockets.first().map_or(Ok(config.listen), UdpSocket::local_addr)?;
        Ok(Self { sockets, address, cores: cores() })
    }

    /// Those that somebody else has opened, all at one address.
    pub fn inherited(sockets: Vec<UdpSocket>) -> io::Result<Self> {
        let first = sockets.first().ok_or(io::ErrorKind::NotFound)?;
        let address = first.local_addr()?;
        for socket in &sockets {
            socket.set_nonblocking(true)?;
            enlarge_buffers(socket, SOCKET_BUFFER_LEN);
        }
        Ok(Self { sockets, address, cores: cores() })
    }

    /// The address they listen on.
    pub const fn local_addr(&self) -> SocketAddr {
        self.address
    }
}

fn listen_at(listen: SocketAddr, threads: usize) -> io::Result<Vec<UdpSocket>> {
    let first = UdpSocket::bind(listen)?;
    let address = first.local_addr()?;
    if threads > 1 {
        share_port(&first)?;
    }
    let mut sockets = vec![first];
    for _ in 1..threads {
        sockets.push(bind_beside(address)?);
    }
    for socket in &sockets {
        socket.set_nonblocking(true)?;
        enlarge_buffers(socket, SOCKET_BUFFER_LEN);
    }
    Ok(sockets)
}

pub(super) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

const SOCKET_BUFFER_LEN: i32 = 4 << 20;
