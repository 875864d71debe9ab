// SPDX-License-Identifier: EUPL-1.2
//! All transports of one media thread and the routes between them, without socket and clock.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::Instant;

use shared::{Layer, Source};

use super::addresses::Addresses;
use super::allotment::Allotment;
use super::counters::MediaCounters;
use super::dtls::Identity;
use super::ice::{Check, Verdict};
use super::outlet::{Outlet, Urgency};
use super::params::TransportParams;
use super::peer::{Peer, Received, Request};
use super::plane::{MediaCommand, Publication, TransportEvent, TransportFailure, TransportId};
use super::sending::Packet;
use super::subscriptions::{Subscription, Subscriptions};
use crate::media::Micros;
use crate::media::bytes::put;
use crate::media::forwarder::Withheld;
use crate::media::packet::is_rtcp;
use crate::media::rtcp::SenderReport;

/// The transports of one thread.
pub(super) struct Relay {
    identity: Identity,
    origin: Instant,
    pub(super) peers: Vec<Option<Box<Peer>>>,
    pub(super) by_id: HashMap<TransportId, usize>,
    by_ufrag: HashMap<Vec<u8>, usize>,
    pub(super) addresses: Addresses,
    pub(super) subscriptions: Subscriptions,
    requests: Vec<Request>,
    answer: Vec<u8>,
    pub(super) allotment: Allotment,
    pub(super) events: Vec<TransportEvent>,
    /// What happened so far.
    pub(super) counters: MediaCounters,
}

impl Relay {
    pub(super) fn new(identity: Identity, origin: Instant) -> Self {
        Self {
            identity,
            origin,
            peers: Vec::new(),
            by_id: HashMap::new(),
            by_ufrag: HashMap::new(),
            addresses: Addresses::default(),
            subscriptions: Subscriptions::default(),
            requests: Vec::new(),
            answer: Vec::new(),
            allotment: Allotment::default(),
            events: Vec::new(),
            counters: MediaCounters::default(),
        }
    }

    /// A transport whose keys are given to it.
    #[cfg(any(test, feature = "bench"))]
    pub(super) fn peer_mut(&mut self, id: TransportId) -> Option<&mut Peer> {
        self.peers.get_mut(*self.by_id.get(&id)?)?.as_deref_mut()
    }

    /// Whether time matters.
    pub(super) fn is_idle(&self) -> bool {
        self.by_id.is_empty()
    }

    /// Tells what happened since the last call. What `tell` does not take is dropped and counted, but for
    /// what of a picture is wanted: that is told again.
    pub(super) fn tell_events(&mut self, mut tell: impl FnMut(TransportEvent) -> bool) {
        let mut events = core::mem::take(&mut self.events);
        for event in events.drain(..) {
            if tell(event) {
                continue;
            }
            self.counters.events_dropped += 1;
            if let TransportEvent::Wanted(publication, _) = event
                && let Some(sender) = self.sender(publication)
            {
                sender.forget_told();
            }
        }
        self.events = events;
    }

    /// Takes a datagram from the socket; its first byte says what it is (RFC 7983).
    pub(super) fn handle_datagram(
        &mut self,
        now: Micros,
        from: SocketAddr,
        datagram: &mut [u8],
        outlet: &mut impl Outlet,
    ) {
        match datagram.first() {
            Some(0..=3) => self.handle_stun(now, from, datagram, outlet),
            Some(20..=63) => self.handle_dtls(now, from, datagram, outlet),
            Some(128..=191) if is_rtcp(datagram) => self.handle_rtcp(now, from, datagram, outlet),
            Some(128..=191) => self.handle_rtp(now, from, datagram, outlet),
            _ => self.counters.unknown_datagrams += 1,
        }
    }

    /// Does what another thread asks for.
    pub(super) fn handle_command(&mut self, now: Micros, command: MediaCommand) {
        match command {
            MediaCommand::Open { id, params } => self.open(now, id, *params),
            MediaCommand::Gate { id, source, open } => self.set_gate(now, id, source, open),
            MediaCommand::Routes { id, routes } => self.set_routes(id, &routes),
            MediaCommand::Close { id } => self.close(id),
        }
    }

    /// Does what time asks for.
    pub(super) fn handle_timeout(&mut self, now: Micros, outlet: &mut impl Outlet) {
        for peer in self.peers.iter_mut().flatten() {
            let progress = peer.handle_timeout(now, outlet, &mut self.counters);
            self.events.extend(progress.map(|progress| event(peer.id(), progress)));
        }
        self.allot(now);
    }

    fn handle_stun(
        &mut self,
        now: Micros,
        from: SocketAddr,
        datagram: &[u8],
        outlet: &mut impl Outlet,
    ) {
        let verdict = Check::parse(datagram).and_then(|mut check| {
            let place = *self.by_ufrag.get(check.local_ufrag()?)?;
            let peer = self.peers.get_mut(place)?.as_mut()?;
            let verdict =
                peer.handle_check(now, from, &mut check, &self.identity, &mut self.answer);
            Some((place, verdict))
        });
        let Some((place, Verdict::Answered { authentic })) = verdict else {
            self.counters.unauthenticated_stun += 1;
            return;
        };
        if authentic {
            self.addresses.record(from, place);
        }
        self.counters.stun_answered += 1;
        let answer = &self.answer;
        outlet.send(from, Urgency::Now, |out| put(out, 0, answer).map(|()| answer.len()));
    }

    fn handle_dtls(
        &mut self,
        now: Micros,
        from: SocketAddr,
        datagram: &[u8],
        outlet: &mut impl Outlet,
    ) {
        let Some((place, peer)) = self.peer_at(from) else { return };
        let id = peer.id();
        let progress = peer.handle_dtls(now, datagram, outlet);
        self.events.extend(progress.map(|progress| event(id, progress)));
        if progress == Some(Ok(())) {
            self.begin_pictures(place);
        }
    }

    fn handle_rtp(
        &mut self,
        now: Micros,
        from: SocketAddr,
        datagram: &mut [u8],
        outlet: &mut impl Outlet,
    ) {
        let Some(place) = self.addresses.find(from) else {
            self.counters.unknown_datagrams += 1;
            return;
        };
        let Some(peer) = self.peers.get_mut(place).and_then(Option::as_mut) else { return };
        let transport = peer.id();
        let Some(Received { source, layer, meta, payload }) =
            peer.handle_rtp(now, datagram, &mut self.counters)
        else {
            return;
        };
        let publication = Publication { transport, source };
        let packet = Packet { layer, meta: &meta, payload };
        let mut keyframe = false;
        for subscription in self.subscriptions.of(publication) {
            let Some(peer) = self.peers.get_mut(subscription.peer).and_then(Option::as_mut) else {
                continue;
            };
            match peer.forward(now, subscription.slot, packet, outlet) {
                Ok(()) => self.counters.packets_out += 1,
                Err(Withheld::AwaitingKeyframe) => keyframe = true,
                Err(Withheld::Begins) => {
                    let from = (place, source);
                    let sent = begin(&mut self.peers, now, from, *subscription, packet, outlet);
                    self.counters.packets_out += sent;
                }
                Err(Withheld::Unheard) => self.counters.unheard += 1,
                Err(Withheld::Silent | Withheld::Stale | Withheld::OtherLayer) => {}
            }
        }
        if keyframe {
            self.request_keyframe(publication, layer);
        }
    }

    fn handle_rtcp(
        &mut self,
        now: Micros,
        from: SocketAddr,
        datagram: &mut [u8],
        outlet: &mut impl Outlet,
    ) {
        let Some(place) = self.addresses.find(from) else {
            self.counters.unknown_datagrams += 1;
            return;
        };
        let Some(peer) = self.peers.get_mut(place).and_then(Option::as_mut) else { return };
        let transport = peer.id();
        let mut requests = std::mem::take(&mut self.requests);
        peer.handle_rtcp(now, datagram, &mut self.counters, &mut requests);
        for request in requests.drain(..) {
            match request {
                Request::Lost { slot, sequence } => self.repeat(now, place, slot, sequence, outlet),
                Request::Keyframe { slot } => {
                    if let Some((feed, layer)) = self.feed(place, slot) {
                        self.request_keyframe(feed, layer);
                    }
                }
                Request::Report { source, layer, report } => {
                    let publication = Publication { transport, source };
                    self.forward_report(now, publication, (layer, &report), outlet);
                }
            }
        }
        self.requests = requests;
    }

    /// Answers one number of a NACK from the publisher's history.
    fn repeat(
        &mut self,
        now: Micros,
        place: usize,
        slot: usize,
        sequence: u16,
        outlet: &mut impl Outlet,
    ) {
        let Some((feed, layer)) = self.feed(place, slot) else { return };
        let Some(&publisher) = self.by_id.get(&feed.transport) else { return };
        let Ok([Some(peer), Some(publisher)]) = self.peers.get_disjoint_mut([place, publisher])
        else {
            return;
        };
        let Some((out, sequence)) = peer.find_lost(now, slot, sequence) else { return };
        let kept =
            publisher.incoming(feed.source, layer).and_then(|incoming| incoming.find(sequence));
        if let Some(packet) = kept
            && peer.repeat(now, slot, out, packet, outlet)
        {
            self.counters.packets_out += 1;
            self.counters.rtx_out += 1;
        }
    }

    fn forward_report(
        &mut self,
        now: Micros,
        publication: Publication,
        report: (Layer, &SenderReport),
        outlet: &mut impl Outlet,
    ) {
        for subscription in self.subscriptions.of(publication) {
            if let Some(peer) = self.peers.get_mut(subscription.peer).and_then(Option::as_mut) {
                peer.forward_report(now, subscription.slot, report, outlet);
            }
        }
    }

    fn open(&mut self, now: Micros, id: TransportId, params: TransportParams) {
        self.close(id);
        let Some(peer) = Peer::new(now, id, params, &self.identity, self.origin) else {
            self.events.push(event(id, Err(TransportFailure::Handshake)));
            return;
        };
        let place = self.peers.iter().position(Option::is_none).unwrap_or(self.peers.len());
        if place == self.peers.len() {
            self.peers.push(None);
        }
        self.by_id.insert(id, place);
        self.by_ufrag.insert(peer.ufrag().to_vec(), place);
        if let Some(free) = self.peers.get_mut(place) {
            *free = Some(Box::new(peer));
        }
    }

    fn close(&mut self, id: TransportId) {
        let Some(place) = self.by_id.remove(&id) else { return };
        let peer = self.peers.get_mut(place).and_then(Option::take);
        if let Some(peer) = peer {
            self.by_ufrag.remove(peer.ufrag());
        }
        self.addresses.forget(place);
        self.subscriptions.forget(place);
    }

    fn set_gate(&mut self, now: Micros, id: TransportId, source: Source, open: bool) {
        if let Some(sender) = self.sender(Publication { transport: id, source }) {
            sender.set_gate(now, open);
        }
    }

    /// What feeds a slot, and the layer that is sent or waited for.
    fn feed(&mut self, place: usize, slot: usize) -> Option<(Publication, Layer)> {
        let slot = self.peers.get_mut(place)?.as_mut()?.slots().get(slot)?;
        Some((slot.feed()?, slot.current().or_else(|| slot.awaits())?))
    }

    fn peer_at(&mut self, from: SocketAddr) -> Option<(usize, &mut Peer)> {
        let Some(place) = self.addresses.find(from) else {
            self.counters.unknown_datagrams += 1;
            return None;
        };
        Some((place, self.peers.get_mut(place)?.as_mut()?))
    }
}

/// Sends a packet of somebody who begins to speak, and what came shortly before it; how many were sent.
fn begin(
    peers: &mut [Option<Box<Peer>>],
    now: Micros,
    (publisher, source): (usize, Source),
    to: Subscription,
    packet: Packet<'_>,
    outlet: &mut impl Outlet,
) -> u64 {
    let Ok([Some(peer), Some(publisher)]) = peers.get_disjoint_mut([to.peer, publisher]) else {
        return 0;
    };
    let mut sent = 0;
    let before = publisher.incoming(source, packet.layer).into_iter();
    for (meta, payload) in before.flat_map(|incoming| incoming.shortly_before(packet.meta)) {
        let packet = Packet { layer: packet.layer, meta, payload };
        sent += u64::from(peer.pass(now, to.slot, packet, outlet).is_ok());
    }
    sent + u64::from(peer.pass(now, to.slot, packet, outlet).is_ok())
}

const fn event(id: TransportId, progress: Result<(), TransportFailure>) -> TransportEvent {
    match progress {
        Ok(()) => TransportEvent::Connected(id),
        Err(failure) => TransportEvent::Failed(id, failure),
    }
}
