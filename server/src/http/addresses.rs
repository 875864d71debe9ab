// SPDX-License-Identifier: EUPL-1.2
//! How much one address may have open, without knowing a single address.
//!
//! Counters are kept under HMAC-SHA-256 of the address with a random key that lives in memory only
//! and is replaced every few minutes; nobody can tell afterwards who was here. With a new key counting
//! begins anew: that is the price.

use core::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};
use std::{collections::BTreeMap, net::IpAddr, sync::Arc};

use aws_lc_rs::{hmac, rand::SystemRandom};
use shared::Timestamp;

use crate::{bucket::TokenBucket, signalling::network};

/// The bounds of one address. Loopback has none: there stands the operator's proxy, which says for whom it
/// asks, or nobody else.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct AddressLimits {
    /// The sessions that can be open at once.
    ///
    /// Larger, one machine fills the server. Smaller, a school behind one address stays outside.
    pub sessions: usize,
    /// The connections that can load the page at once.
    pub connections: usize,
    /// The connections that can come at once, of either kind; behind a proxy, the sessions.
    pub burst: u32,
    /// How long it takes until one more can come.
    pub refill: Duration,
}

impl Default for AddressLimits {
    fn default() -> Self {
        Self { sessions: 100, connections: 400, burst: 400, refill: Duration::from_millis(50) }
    }
}

/// The table; it has one owner, the listener.
#[derive(Debug)]
pub(super) struct Addresses {
    limits: AddressLimits,
    key: Option<Key>,
    entries: BTreeMap<[u8; 16], Entry>,
}

#[derive(Debug)]
struct Key {
    key: hmac::Key,
    until: Timestamp,
}

#[derive(Debug)]
struct Entry {
    bucket: TokenBucket,
    share: Arc<Share>,
}

/// How something comes from an address.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Comes {
    /// By itself: it counts among what can come at once.
    Counted,
    /// As one of many that are needed for one thing: it only counts while it is open.
    Beside,
}

/// What one address has open; shared by its connections.
#[derive(Debug)]
pub(super) struct Share {
    sessions: Count,
    connections: Count,
}

#[derive(Debug)]
struct Count {
    open: AtomicUsize,
    most: usize,
}

impl Addresses {
    pub(super) const fn new(limits: AddressLimits) -> Self {
        Self { limits, key: None, entries: BTreeMap::new() }
    }

    /// Whether this address may open one more connection: its place, and where its sessions count.
    pub(super) fn admit(
        &mut self,
        now: Timestamp,
        address: IpAddr,
        comes: Comes,
    ) -> Option<(Place, Arc<Share>)> {
        let share = if address.to_canonical().is_loopback() {
            Arc::new(Share::new(usize::MAX, usize::MAX))
        } else {
            self.share(now, address, comes)?
        };
        let place = Place::take(&share, |share| &share.connections)?;
        Some((place, share))
    }

    fn share(&mut self, now: Timestamp, address: IpAddr, comes: Comes) -> Option<Arc<Share>> {
        if self.entries.len() >= MOST_ENTRIES {
            self.key = None;
        }
        let key = match &self.key {
            Some(key) if now < key.until => key,
            _ => {
                self.entries.clear();
                // Without random numbers nothing here works: nobody is admitted.
                let key = hmac::Key::generate(hmac::HMAC_SHA256, &SystemRandom::new()).ok()?;
                self.key.insert(Key { key, until: now + KEY_LIFE })
            }
        };
        let limits = self.limits;
        let entry = self.entries.entry(hash(&key.key, address)).or_insert_with(|| Entry {
            bucket: TokenBucket::new(limits.burst, limits.refill),
            share: Arc::new(Share::new(limits.sessions, limits.connections)),
        });
        let comes = comes == Comes::Beside || entry.bucket.take(now);
        comes.then(|| Arc::clone(&entry.share))
    }
}

impl Share {
    const fn new(sessions: usize, connections: usize) -> Self {
        Self {
            sessions: Count { open: AtomicUsize::new(0), most: sessions },
            connections: Count { open: AtomicUsize::new(0), most: connections },
        }
    }

    /// A place for one more WebSocket, if there is one.
    pub(super) fn take_session(self: &Arc<Self>) -> Option<Place> {
        Place::take(self, |share| &share.sessions)
    }
}

/// One of the open things of an address; dropped, the place is free again.
#[derive(Debug)]
pub(super) struct Place {
    share: Arc<Share>,
    count: fn(&Share) -> &Count,
}

impl Place {
    fn take(share: &Arc<Share>, count: fn(&Share) -> &Count) -> Option<Self> {
        let Count { open, most } = count(share);
        let one_more = |open: usize| (open < *most).then_some(open.saturating_add(1));
        open.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_more).ok()?;
        Some(Self { share: Arc::clone(share), count })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        (self.count)(&self.share).open.fetch_sub(1, Ordering::Relaxed);
    }
}

fn hash(key: &hmac::Key, address: IpAddr) -> [u8; 16] {
    let tag = hmac::sign(key, &network(address).octets());
    let mut hash = [0; 16];
    hash.iter_mut().zip(tag.as_ref()).for_each(|(to, from)| *to = *from);
    hash
}

/// Longer, more can be learned from a memory image. Shorter, more can be open from one address.
const KEY_LIFE: Duration = Duration::from_mins(10);
/// Beyond, counting begins anew: a flood from many addresses must not cost memory.
const MOST_ENTRIES: usize = 50_000;

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::since_start(Duration::from_secs(1));

    fn addresses() -> Addresses {
        Addresses::new(AddressLimits {
            sessions: 1,
            connections: 2,
            burst: 3,
            refill: Duration::from_secs(1),
        })
    }

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn an_address_has_its_share_and_no_more() {
        let mut addresses = addresses();
        let ada = address("192.0.2.1");
        let first = addresses.admit(NOW, ada, Comes::Counted).expect("the first");
        let second = addresses.admit(NOW, ada, Comes::Counted).expect("the second");
        assert!(addresses.admit(NOW, ada, Comes::Counted).is_none(), "two are open");
        assert!(
            addresses.admit(NOW, address("192.0.2.2"), Comes::Counted).is_some(),
            "somebody else"
        );
        drop(first);
        assert!(addresses.admit(NOW, ada, Comes::Counted).is_none(), "three came within a second");
        assert!(addresses.admit(NOW + Duration::from_secs(1), ada, Comes::Counted).is_some());
        let session = second.1.take_session();
        assert!(session.is_some() && second.1.take_session().is_none());
        drop(session);
        assert!(second.1.take_session().is_some());
    }

    #[test]
    fn a_network_of_the_new_protocol_is_one_address() {
        let mut addresses = addresses();
        let open: Vec<_> = ["2001:db8::1", "2001:db8::2", "2001:db8:0:0:ffff::3"]
            .map(|text| addresses.admit(NOW, address(text), Comes::Counted))
            .into();
        assert_eq!(open.iter().flatten().count(), 2);
        assert!(addresses.admit(NOW, address("2001:db8:0:1::1"), Comes::Counted).is_some());
    }

    #[test]
    fn the_operators_own_proxy_is_not_counted() {
        let mut addresses = addresses();
        for text in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
            let open: Vec<_> =
                (0..9).map(|_| addresses.admit(NOW, address(text), Comes::Counted)).collect();
            assert_eq!(open.iter().flatten().count(), 9);
        }
    }

    #[test]
    fn nothing_of_an_address_outlives_the_key() {
        let mut addresses = addresses();
        drop(addresses.admit(NOW, address("192.0.2.1"), Comes::Counted));
        let before: Vec<_> = addresses.entries.keys().copied().collect();
        drop(addresses.admit(NOW + KEY_LIFE, address("192.0.2.1"), Comes::Counted));
        let after: Vec<_> = addresses.entries.keys().copied().collect();
        assert_eq!((before.len(), after.len()), (1, 1));
        assert_ne!(before, after);
    }
}
