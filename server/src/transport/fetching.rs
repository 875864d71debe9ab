// SPDX-License-Identifier: EUPL-1.2
//! What is known of somebody is asked for from memory before it is needed.
//!
//! A server with little to do finds that everything it knows of a transport has left the caches since the last frame,
//! and waits for one piece after the other, as each says where the next lies. While it seals for one subscriber, what
//! it needs for those after it comes.

use std::net::SocketAddr;

use super::peer::Peer;
use super::relay::Relay;
use super::subscriptions::Subscription;
use super::sys::prefetch;

/// Asks for what sending to the next few takes; each look goes where the one before it has led.
pub(super) fn fetch_subscribers(peers: &[Option<Box<Peer>>], next: &[Subscription]) {
    let ahead = |by: usize| {
        let subscription = next.get(by)?;
        Some((peers.get(subscription.peer)?.as_deref()?, subscription.slot))
    };
    if let Some((peer, _)) = ahead(2) {
        peer.fetch();
    }
    if let Some((peer, slot)) = ahead(1) {
        peer.fetch_for_sending(slot);
    }
    if let Some((peer, _)) = ahead(0)
        && let Some(entry) = peer.path.next_entry()
    {
        prefetch(entry);
    }
}

impl Relay {
    /// Is told from whom the datagrams are that will be taken next.
    pub(super) fn expect(&mut self, senders: impl Iterator<Item = SocketAddr>) {
        let mut before = None;
        let different = senders.filter(|from| before.replace(*from) != Some(*from));
        self.expected.clear();
        self.expected.extend(different.filter_map(|from| self.addresses.find(from)));
        if self.expected.len() < WORTHWHILE {
            return;
        }
        let expected =
            || self.expected.iter().filter_map(|place| self.peers.get(*place)?.as_deref());
        expected().for_each(Peer::fetch);
        expected().for_each(Peer::fetch_for_reading);
        let openers = expected().filter_map(|peer| peer.srtp.as_deref());
        openers.filter_map(|srtp| srtp.opener.memory()).for_each(prefetch);
    }
}

impl Peer {
    /// Asks for what says where everything else lies.
    fn fetch(&self) {
        let Self { srtp, slots, ice, ids, path, pacer, backlog, .. } = self;
        prefetch(srtp);
        prefetch(slots);
        prefetch(ice);
        prefetch(ids);
        prefetch(path);
        prefetch(pacer);
        prefetch(backlog);
    }

    /// Asks for what sending into a slot takes.
    fn fetch_for_sending(&self, slot: usize) {
        if let Some(slot) = self.slots.get(slot) {
            prefetch(slot);
        }
        self.fetch_for_reading();
    }

    /// Asks for what reading a report takes.
    fn fetch_for_reading(&self) {
        if let Some(srtp) = self.srtp.as_deref() {
            prefetch(srtp);
        }
        if let Some(memory) = self.path.memory() {
            prefetch(memory);
        }
    }
}

/// Of fewer nothing has come by the time it is needed.
const WORTHWHILE: usize = 3;
