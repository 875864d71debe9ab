// SPDX-License-Identifier: EUPL-1.2
//! All transports of one media thread and the routes between them, without socket and clock.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::Instant;

use shared::Source;

use super::addresses::Addresses;
use super::counters::MediaCounters;
use super::dtls::Identity;
use super::ice::{Check, Verdict};
use super::outlet::{Outlet, Urgency};
use super::params::TransportParams;
use super::peer::{Peer, Received, Request};
use super::plane::{
    MediaCommand, Publication, Route, TransportEvent, TransportFailure, TransportId,
};
use super::subscriptions::{Subscription, Subscriptions};
use crate::media::Micros;
use crate::media::bytes::put;
use crate::media::forwarder::Withheld;
use crate::media::history::PacketMeta;
use crate::media::packet::is_rtcp;
use crate::media::rtcp::SenderReport;

/// The transports of one thread.
pub(super) struct Relay {
    identity: Identity,
    origin: Instant,
    peers: Vec<Option<Box<Peer>>>,
    by_id: HashMap<TransportId, usize>,
    by_ufrag: HashMap<Vec<u8>, usize>,
    pub(super) addresses: Addresses,
    subscriptions: Subscriptions,
    requests: Vec<Request>,
    answer: Vec<u8>,
    events: Vec<TransportEvent>,
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
            events: Vec::new(),
            counters: MediaCounters::default(),
        }
    }

    /// A transport whose keys are given to it.
    #[cfg(feature = "bench")]
    pub(super) fn peer_mut(&mut self, id: TransportId) -> Option<&mut Peer> {
        self.peers.get_mut(*self.by_id.get(&id)?)?.as_deref_mut()
    }

    /// Whether time matters.
    pub(super) fn is_idle(&self) -> bool {
        self.by_id.is_empty()
    }

    /// What to tell since the last call.
    pub(super) fn take_events(&mut self) -> impl Iterator<Item = TransportEvent> + '_ {
        self.events.drain(..)
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
            MediaCommand::Gate { id, source, open } => self.set_gate(id, source, open),
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
        let Some((_, peer)) = self.peer_at(from) else { return };
        let id = peer.id();
        let progress = peer.handle_dtls(now, datagram, outlet);
        self.events.extend(progress.map(|progress| event(id, progress)));
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
        let Some(Received { source, meta, payload }) =
            peer.handle_rtp(now, datagram, &mut self.counters)
        else {
            return;
        };
        let mut keyframe = false;
        for subscription in self.subscriptions.of(Publication { transport, source }) {
            let Some(peer) = self.peers.get_mut(subscription.peer).and_then(Option::as_mut) else {
                continue;
            };
            match peer.forward(now, subscription.slot, &meta, payload, outlet) {
                Ok(()) => self.counters.packets_out += 1,
                Err(Withheld::AwaitingKeyframe) => keyframe = true,
                Err(Withheld::Begins) => {
                    let sent = begin(
                        &mut self.peers,
                        now,
                        place,
                        source,
                        *subscription,
                        &meta,
                        payload,
                        outlet,
                    );
                    self.counters.packets_out += sent;
                }
                Err(Withheld::Unheard) => self.counters.unheard += 1,
                Err(Withheld::Silent | Withheld::Stale) => {}
            }
        }
        if keyframe {
            self.request_keyframe(Publication { transport, source });
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
                    if let Some(feed) = self.feed(place, slot) {
                        self.request_keyframe(feed);
                    }
                }
                Request::Report { source, report } => {
                    self.forward_report(now, Publication { transport, source }, &report, outlet);
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
        let Some(feed) = self.feed(place, slot) else { return };
        let Some(&publisher) = self.by_id.get(&feed.transport) else { return };
        let Ok([Some(peer), Some(publisher)]) = self.peers.get_disjoint_mut([place, publisher])
        else {
            return;
        };
        let Some((out, sequence)) = peer.find_lost(now, slot, sequence) else { return };
        let kept = publisher.incoming(feed.source).and_then(|incoming| incoming.find(sequence));
        if let Some((meta, payload)) = kept
            && peer.repeat(slot, out, meta, payload, outlet)
        {
            self.counters.packets_out += 1;
            self.counters.rtx_out += 1;
        }
    }

    fn forward_report(
        &mut self,
        now: Micros,
        publication: Publication,
        report: &SenderReport,
        outlet: &mut impl Outlet,
    ) {
        for subscription in self.subscriptions.of(publication) {
            if let Some(peer) = self.peers.get_mut(subscription.peer).and_then(Option::as_mut) {
                peer.forward_report(now, subscription.slot, report, outlet);
            }
        }
    }

    fn request_keyframe(&mut self, publication: Publication) {
        let place = self.by_id.get(&publication.transport).copied();
        let peer = place.and_then(|place| self.peers.get_mut(place)?.as_mut());
        if let Some(incoming) = peer.and_then(|peer| peer.incoming(publication.source))
            && incoming.is_open()
        {
            incoming.keyframes.request();
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

    fn set_gate(&mut self, id: TransportId, source: Source, open: bool) {
        let place = self.by_id.get(&id).copied();
        let peer = place.and_then(|place| self.peers.get_mut(place)?.as_mut());
        if let Some(incoming) = peer.and_then(|peer| peer.incoming(source)) {
            incoming.set_gate(open);
        }
    }

    fn set_routes(&mut self, id: TransportId, routes: &[Route]) {
        let Some(&place) = self.by_id.get(&id) else { return };
        let Some(peer) = self.peers.get_mut(place).and_then(Option::as_mut) else { return };
        let mut keyframes = Vec::new();
        let Peer { slots, speakers, .. } = peer.as_mut();
        for (at, slot) in slots.iter_mut().enumerate() {
            let feed = routes
                .iter()
                .find(|route| route.mid == *slot.mid())
                .map(|route| route.feed)
                .filter(|feed| feed.transport != id && feed.source.kind() == slot.kind());
            if feed == slot.feed() {
                continue;
            }
            let subscription = Subscription { peer: place, slot: at };
            if let Some(before) = slot.feed() {
                self.subscriptions.remove(before, subscription);
            }
            slot.set_feed(feed);
            speakers.forget(at);
            if let Some(feed) = feed {
                self.subscriptions.add(feed, subscription);
                if slot.awaits_keyframe() {
                    keyframes.push(feed);
                }
            }
        }
        for publication in keyframes {
            self.request_keyframe(publication);
        }
    }

    fn feed(&mut self, place: usize, slot: usize) -> Option<Publication> {
        self.peers.get_mut(place)?.as_mut()?.slots().get(slot)?.feed()
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
#[expect(clippy::too_many_arguments, reason = "the parts of one packet, and where it comes from")]
fn begin(
    peers: &mut [Option<Box<Peer>>],
    now: Micros,
    publisher: usize,
    source: Source,
    to: Subscription,
    meta: &PacketMeta,
    payload: &[u8],
    outlet: &mut impl Outlet,
) -> u64 {
    let Ok([Some(peer), Some(publisher)]) = peers.get_disjoint_mut([to.peer, publisher]) else {
        return 0;
    };
    let mut sent = 0;
    let before = publisher.incoming(source).into_iter();
    for (meta, payload) in before.flat_map(|incoming| incoming.shortly_before(meta)) {
        sent += u64::from(peer.pass(now, to.slot, meta, payload, outlet).is_ok());
    }
    sent + u64::from(peer.pass(now, to.slot, meta, payload, outlet).is_ok())
}

const fn event(id: TransportId, progress: Result<(), TransportFailure>) -> TransportEvent {
    match progress {
        Ok(()) => TransportEvent::Connected(id),
        Err(failure) => TransportEvent::Failed(id, failure),
    }
}
