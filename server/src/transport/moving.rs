// SPDX-License-Identifier: EUPL-1.2
//! A transport that moves: opened on one thread, and given to another when the first has too much to do.
//!
//! It moves once at most. The thread where it was opened stays its address: commands, checks and wishes for it
//! come there, and are sent after it.

use std::collections::HashMap;
use std::net::SocketAddr;

use shared::MediaKind;

use super::ice::addressee;
use super::links::{Links, Wish};
use super::peer::Peer;
use super::plane::{MediaCommand, Publication, TransportId};
use super::relay::Relay;
use super::sender::Sender;
use super::slot::Slot;
use super::subscriptions::Subscription;
use crate::media::Micros;
use crate::media::bytes::count;

/// A transport on its way.
pub(super) struct Arrival {
    peer: Box<Peer>,
    /// What proved to be its addresses, and to which threads' sockets their datagrams come.
    pub(super) addresses: Vec<(SocketAddr, usize)>,
}

/// The transports that were opened here and live elsewhere.
#[derive(Default)]
pub(super) struct Away {
    threads: HashMap<TransportId, (usize, Vec<u8>)>,
    by_ufrag: HashMap<Vec<u8>, usize>,
    /// A command that there was no room for. No other is taken before it: their order stays.
    pending: Option<(usize, MediaCommand)>,
    /// The addresses of those that have come here since they were asked for.
    pub(super) arrived: Vec<(SocketAddr, usize)>,
}

impl Away {
    /// Where a transport lives, if it was opened here and is not here.
    pub(super) fn find(&self, id: TransportId) -> Option<usize> {
        self.threads.get(&id).map(|(thread, _)| *thread)
    }

    /// Whether a command waits.
    pub(super) const fn has_pending(&self) -> bool {
        self.pending.is_some()
    }

    fn record(&mut self, id: TransportId, thread: usize, ufrag: &[u8]) {
        self.by_ufrag.insert(ufrag.to_vec(), thread);
        self.threads.insert(id, (thread, ufrag.to_vec()));
    }

    fn forget(&mut self, id: TransportId) {
        if let Some((_, ufrag)) = self.threads.remove(&id) {
            self.by_ufrag.remove(&ufrag);
        }
    }
}

impl Relay {
    /// Whether a command can be taken; what one that could not be sent after its transport waits for is tried again.
    pub(super) fn takes_commands(&mut self) -> bool {
        if let Some((thread, command)) = self.away.pending.take() {
            self.send_after(thread, command);
        }
        self.away.pending.is_none()
    }

    /// The command, unless it is for a transport that has moved: then it is sent after it.
    pub(super) fn redirect(&mut self, command: MediaCommand) -> Option<MediaCommand> {
        let id = command.transport();
        let Some(thread) = self.away.find(id) else { return Some(command) };
        match command {
            MediaCommand::Grow { .. }
            | MediaCommand::Gate { .. }
            | MediaCommand::Routes { .. }
            | MediaCommand::Sounds { .. } => {
                self.send_after(thread, command);
                None
            }
            MediaCommand::Close { .. } => {
                self.away.forget(id);
                self.send_after(thread, command);
                None
            }
            MediaCommand::Open { .. } => {
                self.away.forget(id);
                self.send_after(thread, MediaCommand::Close { id });
                Some(command)
            }
        }
    }

    /// Sends a wish after the transport that it is about; whether it has moved.
    pub(super) fn redirect_wish(&mut self, wish: Wish) -> bool {
        let thread = self.away.find(wish.publication.transport);
        if let (Some(thread), Some(links)) = (thread, &mut self.links) {
            links.forward(thread, wish);
        }
        thread.is_some()
    }

    /// The thread of the transport that a datagram claims to be a check for, if it is known here.
    pub(super) fn find_checked(&self, datagram: &[u8]) -> Option<usize> {
        let ufrag = addressee(datagram)?;
        if self.by_ufrag.contains_key(ufrag) {
            return self.links.as_ref().map(Links::index);
        }
        self.away.by_ufrag.get(ufrag).copied()
    }

    /// The transports to give away so that about so many thousandths of the work go with them.
    pub(super) fn choose_leavers(&self, share: u64) -> Vec<TransportId> {
        let Some(links) = &self.links else { return Vec::new() };
        let fed = |peer: &Peer| 1 + count(peer.slots.iter().filter_map(Slot::feed).count());
        let all = || self.peers.iter().flatten().map(Box::as_ref);
        let total: u64 = all().map(fed).sum();
        let mut share_left = total.saturating_mul(share) / 1_000;
        let movable = |peer: &&Peer| peer.srtp.is_some() && peer.id().home() == links.index();
        let mut peers: Vec<_> = all().filter(movable).collect();
        // Who only listens leaves nothing behind that would have to come back as a mirror; and who has neighbouring
        // names is likely to be in one room.
        peers.sort_by_key(|peer| (peer.senders.iter().any(Sender::is_open), peer.id()));
        let mut leavers = Vec::new();
        for peer in peers.into_iter().take(MOST_LEAVERS) {
            let work = fed(peer);
            if work > share_left.saturating_mul(2) {
                continue;
            }
            share_left = share_left.saturating_sub(work);
            leavers.push(peer.id());
        }
        leavers
    }

    /// Takes a transport out, to be given to another thread.
    pub(super) fn depart(
        &mut self,
        now: Micros,
        id: TransportId,
        to: usize,
    ) -> Option<(Box<Peer>, Vec<SocketAddr>)> {
        let here = self.links.as_ref()?.index();
        let place = self.by_id.remove(&id)?;
        let mut peer = self.peers.get_mut(place)?.take()?;
        self.by_ufrag.remove(peer.ufrag());
        let addresses = self.addresses.take(place);
        self.subscriptions.forget(place);
        for (_, feed) in feeds(&peer) {
            // From here on, so that it misses nothing.
            if self.by_id.contains_key(&feed.transport)
                && let Some(sender) = self.sender(feed)
            {
                sender.exports.begin(now, to);
            }
        }
        for sender in &mut peer.senders {
            let publication = Publication { transport: id, source: sender.source };
            sender.exports.forget(to);
            if !self.subscriptions.of(publication).is_empty() {
                sender.exports.begin(now, here);
                self.mirrors.insert(publication, sender.mirror());
            }
        }
        self.mirrors.forget_unused(&self.subscriptions);
        self.away.record(id, to, peer.ufrag());
        Some((peer, addresses))
    }

    /// Sends a transport that was taken out on its way; if there is no room for it, it is put back.
    pub(super) fn send_off(
        &mut self,
        to: usize,
        peer: Box<Peer>,
        addresses: Vec<(SocketAddr, usize)>,
    ) {
        let arrival = Box::new(Arrival { peer, addresses });
        let back = match &mut self.links {
            Some(links) => links.send_off(to, arrival),
            None => Some(arrival),
        };
        match back {
            Some(back) => self.arrive(*back),
            None => self.counters.moved += 1,
        }
    }

    /// Takes a transport in.
    pub(super) fn arrive(&mut self, arrival: Arrival) {
        let Arrival { mut peer, addresses } = arrival;
        let id = peer.id();
        self.away.forget(id);
        for sender in &mut peer.senders {
            let publication = Publication { transport: id, source: sender.source };
            self.mirrors.remove(publication);
            if let Some(links) = &self.links {
                sender.exports.forget(links.index());
            }
        }
        let feeds: Vec<_> = feeds(&peer).collect();
        let place = self.seat(peer);
        for (address, via) in addresses {
            self.addresses.record(address, place);
            self.away.arrived.push((address, via));
        }
        for (slot, feed) in feeds {
            self.subscriptions.add(feed, Subscription { peer: place, slot });
            self.mirror(feed);
        }
        self.allotment.hurry(true);
    }

    fn send_after(&mut self, thread: usize, command: MediaCommand) {
        let back = match &mut self.links {
            Some(links) => links.send_after(thread, command),
            None => None,
        };
        self.away.pending = back.map(|command| (thread, command));
    }
}

/// What a transport is fed with: its pictures by their slots, its sounds by their voices.
fn feeds(peer: &Peer) -> impl Iterator<Item = (usize, Publication)> {
    let slots = peer.slots.iter().enumerate();
    let pictures = slots.filter(|(_, slot)| slot.kind() == MediaKind::Video);
    pictures.filter_map(|(at, slot)| Some((at, slot.feed()?))).chain(peer.hearing.voices())
}

/// In one turn. Larger, everybody waits while a crowd moves; smaller, it takes longer until the work is shared.
const MOST_LEAVERS: usize = 64;
