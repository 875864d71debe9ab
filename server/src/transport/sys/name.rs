// SPDX-License-Identifier: EUPL-1.2
//! Addresses and headers as the kernel writes them.

use std::mem::MaybeUninit;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::ptr;

pub(super) fn zeroed_name() -> libc::sockaddr_storage {
    // SAFETY: all-zero bytes are a valid sockaddr_storage.
    unsafe { MaybeUninit::zeroed().assume_init() }
}

pub(super) fn zeroed_message() -> libc::mmsghdr {
    // SAFETY: all-zero bytes are a valid mmsghdr with null pointers.
    unsafe { MaybeUninit::zeroed().assume_init() }
}

pub(super) fn address(name: &libc::sockaddr_storage) -> Option<SocketAddr> {
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

/// Whether two addresses that were written by [`write_name`] are the same.
pub(super) fn same_name(one: &libc::sockaddr_storage, other: &libc::sockaddr_storage) -> bool {
    address(one) == address(other)
}

/// How long an address is in the kernel's terms.
pub(super) fn name_len(name: &libc::sockaddr_storage) -> u32 {
    match i32::from(name.ss_family) {
        libc::AF_INET => size_of::<libc::sockaddr_in>() as u32,
        _ => size_of::<libc::sockaddr_in6>() as u32,
    }
}

pub(super) fn write_name(name: &mut libc::sockaddr_storage, to: SocketAddr) {
    match to {
        SocketAddr::V4(to) => {
            // SAFETY: a sockaddr_storage is large and aligned enough for any address.
            let name = unsafe { &mut *ptr::from_mut(name).cast::<libc::sockaddr_in>() };
            name.sin_family = libc::AF_INET as u16;
            name.sin_port = to.port().to_be();
            name.sin_addr.s_addr = u32::from(*to.ip()).to_be();
        }
        SocketAddr::V6(to) => {
            // SAFETY: as above.
            let name = unsafe { &mut *ptr::from_mut(name).cast::<libc::sockaddr_in6>() };
            name.sin6_family = libc::AF_INET6 as u16;
            name.sin6_port = to.port().to_be();
            name.sin6_flowinfo = 0;
            name.sin6_addr.s6_addr = to.ip().octets();
            name.sin6_scope_id = to.scope_id();
        }
    }
}
