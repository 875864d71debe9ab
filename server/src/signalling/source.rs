// SPDX-License-Identifier: EUPL-1.2
//! From where a page connects, without keeping a single address.
//!
//! A room has to tell a crowd from one person with many connections; it needs no address for that. It
//! is handed HMAC-SHA-256 of the address, cut to 64 bits, under a random key that lives in memory only
//! and is replaced every few minutes: nobody can tell afterwards who was here.

use core::time::Duration;
use std::net::{IpAddr, Ipv6Addr};

use aws_lc_rs::{hmac, rand::SystemRandom};
use shared::Timestamp;

use crate::room::SourceKey;

/// Names the places that pages come from; it has one owner, the listener.
#[derive(Debug, Default)]
pub struct Sources {
    key: Option<Key>,
}

#[derive(Debug)]
struct Key {
    key: hmac::Key,
    until: Timestamp,
}

impl Sources {
    /// What this address is called at present; `None` when the operating system gives no random
    /// numbers.
    pub fn name(&mut self, now: Timestamp, address: IpAddr) -> Option<SourceKey> {
        let key = match &self.key {
            Some(key) if now < key.until => key,
            _ => {
                let key = hmac::Key::generate(hmac::HMAC_SHA256, &SystemRandom::new()).ok()?;
                self.key.insert(Key { key, until: now + KEY_LIFE })
            }
        };
        let tag = hmac::sign(&key.key, &network(address).octets());
        Some(SourceKey(u64::from_be_bytes(*tag.as_ref().first_chunk()?)))
    }
}

/// The network that an address stands for. An IPv6 customer has 2⁶⁴ addresses: they count as one.
pub fn network(address: IpAddr) -> Ipv6Addr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_ipv6_mapped(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)),
    }
}

/// Longer, more can be learned from a memory image. Shorter, somebody who knocks again and again is a
/// crowd more often.
const KEY_LIFE: Duration = Duration::from_mins(10);

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::since_start(Duration::from_secs(1));

    fn named(sources: &mut Sources, now: Timestamp, address: &str) -> SourceKey {
        sources.name(now, address.parse().expect("an address")).expect("random numbers")
    }

    #[test]
    fn an_address_has_one_name_in_every_spelling_and_every_other_has_another() {
        let mut sources = Sources::default();
        let ada = named(&mut sources, NOW, "192.0.2.1");
        assert_eq!(ada, named(&mut sources, NOW, "192.0.2.1"));
        assert_eq!(ada, named(&mut sources, NOW, "::ffff:192.0.2.1"));
        assert_ne!(ada, named(&mut sources, NOW, "192.0.2.2"));
        let network = named(&mut sources, NOW, "2001:db8::1");
        assert_eq!(network, named(&mut sources, NOW, "2001:db8::ffff:3"), "one customer");
        assert_ne!(network, named(&mut sources, NOW, "2001:db8:0:1::1"), "the next one");
    }

    #[test]
    fn a_name_tells_nothing_after_a_while_and_nothing_in_another_process() {
        let mut sources = Sources::default();
        let before = named(&mut sources, NOW, "192.0.2.1");
        assert_ne!(before, named(&mut sources, NOW + KEY_LIFE, "192.0.2.1"));
        assert_ne!(before, named(&mut Sources::default(), NOW, "192.0.2.1"));
        assert_eq!(format!("{before:?}"), "SourceKey(…)");
    }
}
