// SPDX-License-Identifier: EUPL-1.2
//! Sending: many datagrams with one call, and neighbours of one length as one message.
//!
//! A *run* is a row of datagrams to one receiver, all of one length, of which only the last may be
//! shorter. The kernel takes it as one message and cuts it itself (`UDP_SEGMENT`, Linux 4.18): that costs
//! little more than one datagram. Where it refuses, the datagrams go one by one.

use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::os::fd::AsRawFd as _;
use std::ptr;

use super::name::{name_len, same_name, write_name, zeroed_message, zeroed_name};

/// Room for the headers of one sendmmsg.
pub(in crate::transport) struct Transmitter {
    /// One for each datagram.
    names: Box<[libc::sockaddr_storage]>,
    vectors: Box<[libc::iovec]>,
    /// One for each message, at most as many as datagrams.
    messages: Box<[libc::mmsghdr]>,
    controls: Box<[SegmentLen]>,
    /// How many datagrams each message holds, in their order.
    runs: Vec<usize>,
    /// How many datagrams there are.
    filled: usize,
    /// Whether the kernel is asked to cut runs.
    segments: bool,
}

impl Transmitter {
    pub(in crate::transport) fn new(batch: usize) -> Self {
        let empty = libc::iovec { iov_base: ptr::null_mut(), iov_len: 0 };
        Self {
            names: vec![zeroed_name(); batch].into_boxed_slice(),
            vectors: vec![empty; batch].into_boxed_slice(),
            messages: vec![zeroed_message(); batch].into_boxed_slice(),
            controls: vec![SegmentLen::of(0); batch].into_boxed_slice(),
            runs: Vec::with_capacity(batch),
            filled: 0,
            segments: true,
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
        let parts = self.vectors.iter_mut().zip(&mut self.names);
        for ((vector, name), (to, datagram)) in parts.zip(datagrams) {
            vector.iov_base = datagram.as_ptr().cast_mut().cast();
            vector.iov_len = datagram.len();
            write_name(name, to);
            self.filled += 1;
        }
        let (mut sent, mut at, mut alone_until) = (0, 0, 0);
        while at < self.filled {
            self.compose(at, alone_until);
            let taken = self.hand_over(socket);
            if let Some(taken @ 1..) = taken {
                let datagrams: usize = self.runs.iter().take(taken).sum();
                at += datagrams;
                sent += datagrams;
                continue;
            }
            let failure = io::Error::last_os_error();
            if failure.kind() == io::ErrorKind::WouldBlock {
                break;
            }
            match self.runs.first() {
                // A device without checksum offload, or a path narrower than the datagrams.
                Some(run @ 2..) => {
                    alone_until = at + run;
                    self.segments &= failure.raw_os_error() != Some(libc::EIO);
                }
                // This one cannot be sent: no route, or a closed port.
                Some(_) | None => at += 1,
            }
        }
        sent
    }

    /// Forgets to whom so many datagrams were sent.
    pub(in crate::transport) fn forget(&mut self, datagrams: usize) {
        self.names.iter_mut().take(datagrams).for_each(|name| *name = zeroed_name());
    }

    /// Makes messages of the datagrams from `at` on; those before `alone_until` get one each.
    fn compose(&mut self, at: usize, alone_until: usize) {
        self.runs.clear();
        let mut start = at;
        let parts = self.messages.iter_mut().zip(&mut self.controls);
        for (message, control) in parts.take(MAX_MESSAGES) {
            let longest = if self.segments && start >= alone_until { MAX_SEGMENTS } else { 1 };
            let end = self.filled.min(start.saturating_add(longest));
            let Some(vectors) = self.vectors.get_mut(start..end).filter(|rest| !rest.is_empty())
            else {
                break;
            };
            let Some(names) = self.names.get_mut(start..end) else { break };
            let len = run_len(vectors, names);
            let Some(segment) = vectors.first().map(|vector| vector.iov_len) else { break };
            let Some(name) = names.first_mut() else { break };
            *control = SegmentLen::of(segment as u16);
            let header = &mut message.msg_hdr;
            header.msg_name = ptr::from_mut(name).cast();
            header.msg_namelen = name_len(name);
            header.msg_iov = vectors.as_mut_ptr();
            header.msg_iovlen = len as _;
            if len > 1 {
                header.msg_control = ptr::from_mut(control).cast();
                header.msg_controllen = size_of::<SegmentLen>() as _;
            } else {
                header.msg_control = ptr::null_mut();
                header.msg_controllen = 0;
            }
            self.runs.push(len);
            start += len;
        }
    }

    /// How many of the messages the kernel took.
    fn hand_over(&mut self, socket: &UdpSocket) -> Option<usize> {
        let messages = self.messages.get_mut(..self.runs.len())?;
        // SAFETY: the headers point to names, vectors and control data of this struct, and the vectors
        // to datagrams borrowed until `send` returns, all as long as said; sendmmsg only reads them.
        let taken = unsafe {
            libc::sendmmsg(
                socket.as_raw_fd(),
                messages.as_mut_ptr(),
                messages.len() as u32,
                libc::MSG_DONTWAIT as _,
            )
        };
        usize::try_from(taken).ok()
    }
}

/// How many datagrams from the first on form a run.
fn run_len(vectors: &[libc::iovec], names: &[libc::sockaddr_storage]) -> usize {
    let (Some(first), Some(to)) = (vectors.first(), names.first()) else { return 0 };
    let mut bytes = 0;
    let mut len = 0;
    for (vector, name) in vectors.iter().zip(names) {
        bytes += vector.iov_len;
        if vector.iov_len > first.iov_len || bytes > MAX_RUN_BYTES || !same_name(name, to) {
            break;
        }
        len += 1;
        if vector.iov_len < first.iov_len {
            break;
        }
    }
    len.max(1)
}

/// The control message that says how long each datagram of a run is.
#[derive(Clone, Copy)]
#[repr(C)]
struct SegmentLen {
    header: libc::cmsghdr,
    len: u16,
}

impl SegmentLen {
    fn of(len: u16) -> Self {
        // SAFETY: all-zero bytes are a valid cmsghdr.
        let mut header: libc::cmsghdr = unsafe { std::mem::zeroed() };
        header.cmsg_len = (size_of::<libc::cmsghdr>() + size_of::<u16>()) as _;
        header.cmsg_level = libc::SOL_UDP;
        header.cmsg_type = libc::UDP_SEGMENT;
        Self { header, len }
    }
}

/// What older kernels take as one message; newer ones take twice as many.
const MAX_SEGMENTS: usize = 64;
/// A message is one packet of IP (RFC 791) until it is cut, with its headers.
const MAX_RUN_BYTES: usize = 65_535 - 40 - 8;
/// The kernel looks at no more with one call (`UIO_MAXIOV`).
const MAX_MESSAGES: usize = 1_024;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A sender and receivers on the loopback.
    fn sockets(receivers: usize) -> (UdpSocket, Vec<(SocketAddr, UdpSocket)>) {
        let open = || UdpSocket::bind("127.0.0.1:0").unwrap();
        let receivers = (0..receivers).map(|_| {
            let socket = open();
            socket.set_nonblocking(true).unwrap();
            (socket.local_addr().unwrap(), socket)
        });
        (open(), receivers.collect())
    }

    fn received(socket: &UdpSocket) -> Vec<Vec<u8>> {
        let mut buffer = [0; 2_048];
        let mut all = Vec::new();
        while let Ok(len) = socket.recv(&mut buffer) {
            all.push(buffer[..len].to_vec());
        }
        all
    }

    /// Everybody gets what was meant for them, in its order; how many messages the last call made.
    fn arrives(transmitter: &mut Transmitter, sender: &UdpSocket, plan: &[(usize, usize)]) {
        let (_, receivers) = sockets(3);
        let datagrams: Vec<(usize, Vec<u8>)> = plan
            .iter()
            .zip(0_u8..)
            .map(|((receiver, len), number)| (receiver % 3, vec![number; *len]))
            .collect();
        let to =
            |(receiver, datagram): &(usize, Vec<u8>)| (receivers[*receiver].0, datagram.clone());
        let all: Vec<_> = datagrams.iter().map(to).collect();
        let sent = transmitter.send(sender, all.iter().map(|(to, datagram)| (*to, &datagram[..])));
        assert_eq!(sent, all.len());
        for (receiver, (_, socket)) in receivers.iter().enumerate() {
            let meant = datagrams.iter().filter(|(to, _)| *to == receiver);
            let meant: Vec<_> = meant.map(|(_, datagram)| datagram.clone()).collect();
            assert_eq!(received(socket), meant, "receiver {receiver}");
        }
    }

    #[test]
    fn neighbours_of_one_length_leave_as_one_message() {
        let (sender, _) = sockets(0);
        let mut transmitter = Transmitter::new(16);
        let plan = [(0, 900), (0, 900), (0, 900), (0, 700), (1, 900), (1, 901), (1, 901), (2, 5)];
        arrives(&mut transmitter, &sender, &plan);
        assert_eq!(transmitter.runs, [4, 1, 2, 1]);
    }

    #[test]
    fn what_the_kernel_does_not_cut_goes_one_by_one() {
        let (sender, _) = sockets(0);
        // Without checksums there is nothing that the kernel could fill in for each part.
        let on: libc::c_int = 1;
        // SAFETY: the value is an int and lives across the call.
        let set = unsafe {
            libc::setsockopt(
                sender.as_raw_fd(),
                libc::SOL_SOCKET,
                libc::SO_NO_CHECK,
                (&raw const on).cast(),
                size_of::<libc::c_int>() as u32,
            )
        };
        assert_eq!(set, 0);
        let mut transmitter = Transmitter::new(16);
        arrives(&mut transmitter, &sender, &[(0, 900), (0, 900), (0, 900), (1, 5), (1, 5)]);
        assert_eq!(transmitter.runs, [1, 1]);
    }

    #[test]
    fn a_receiver_that_is_gone_keeps_nobody_waiting() {
        let (sender, receivers) = sockets(1);
        let mut transmitter = Transmitter::new(8);
        let nowhere: SocketAddr = "[2001:db8::1]:9".parse().unwrap();
        let bytes = [7; 20];
        let datagrams =
            [(nowhere, &bytes[..]), (nowhere, &bytes[..]), (receivers[0].0, &bytes[..])];
        assert_eq!(transmitter.send(&sender, datagrams.into_iter()), 1);
        assert_eq!(received(&receivers[0].1), [bytes.to_vec()]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn whatever_is_sent_arrives_whole_and_in_order(
            plan in prop::collection::vec((0_usize..3, prop_oneof![Just(1_200_usize), 1..1_473_usize]), 0..100),
        ) {
            let (sender, _) = sockets(0);
            let mut ordered = plan;
            ordered.sort_by_key(|(receiver, _)| *receiver);
            arrives(&mut Transmitter::new(128), &sender, &ordered);
        }
    }
}
