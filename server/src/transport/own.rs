// SPDX-License-Identifier: EUPL-1.2
//! The addresses of this machine that others reach, without asking anybody.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

/// The addresses from which this machine would send to the rest of the world: one of each protocol at most.
///
/// The kernel is asked which one it would take; nothing is sent. It knows nothing of a NAT before it.
pub fn own_addresses() -> Vec<IpAddr> {
    let [six, four] = ELSEWHERE.map(|(from, to)| {
        let socket = UdpSocket::bind((from, 0)).ok()?;
        // For datagrams, to connect is to look up the way.
        socket.connect(SocketAddr::new(to, 9)).ok()?;
        Some(socket.local_addr().ok()?.ip())
    });
    four.into_iter().chain(six).filter(|address| !address.is_unspecified()).collect()
}

/// Whether the rest of the world can reach this address: none of a private network, of a provider's
/// (RFC 6598), of one machine or one line, or for examples.
pub fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [first, second, third, _] = address.octets();
            let shared = first == 100 && (64..128).contains(&second);
            let measuring = first == 198 && (18..20).contains(&second);
            let assigned = (first, second, third) == (192, 0, 0);
            let nobodys = first == 0 || first >= 224;
            !(address.is_private()
                || address.is_loopback()
                || address.is_link_local()
                || address.is_documentation()
                || shared
                || measuring
                || assigned
                || nobodys)
        }
        IpAddr::V6(address) => {
            // 2000::/3 is all that was ever given out; 2001:db8::/32 of it is for examples.
            let [first, second, ..] = address.segments();
            (0x2000..0x4000).contains(&first) && (first, second) != (0x2001, 0x0db8)
        }
    }
}

/// From where, to where: nobody has these addresses, which are for examples (RFC 5737, RFC 3849). The way to them is
/// the way to everybody.
const ELSEWHERE: [(IpAddr, IpAddr); 2] = [
    (
        IpAddr::V6(Ipv6Addr::UNSPECIFIED),
        IpAddr::V6(Ipv6Addr::new(0x2001, 0x0db8, 0, 0, 0, 0, 0, 1)),
    ),
    (IpAddr::V4(Ipv4Addr::UNSPECIFIED), IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1))),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_world_reaches_is_public() {
        for (text, public) in [
            ("193.0.14.129", true),
            ("100.128.0.1", true),
            ("172.32.0.1", true),
            ("2001:7fd::1", true),
            ("::ffff:193.0.14.129", true),
            ("10.0.0.1", false),
            ("172.16.0.1", false),
            ("192.168.1.1", false),
            ("100.64.0.1", false),
            ("169.254.1.1", false),
            ("127.0.0.1", false),
            ("192.0.2.1", false),
            ("198.18.0.1", false),
            ("0.0.0.0", false),
            ("224.0.0.1", false),
            ("255.255.255.255", false),
            ("::", false),
            ("::1", false),
            ("fe80::1", false),
            ("fd00::1", false),
            ("2001:db8::1", false),
            ("::ffff:10.0.0.1", false),
        ] {
            assert_eq!(is_public(text.parse().expect(text)), public, "{text}");
        }
    }

    #[test]
    fn a_machine_knows_its_own_addresses() {
        for address in own_addresses() {
            assert!(UdpSocket::bind((address, 0)).is_ok(), "{address} is one of ours");
        }
    }
}
