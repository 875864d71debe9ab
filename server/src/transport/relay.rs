// SPDX-License-Identifier: EUPL-1.2
//! All transports of one media thread and the routes between them, without socket and clock.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::Instant;

use shared::Source;

use super::addresses::Addresses;
use super::allotment::Allotment;
use super::bounds::Bounds;
use super::control::Request;
use super::counters::MediaCounters;
use super::dtls::Identity;
use super::forwarding::{Head, Run};
use super::ice::{Check, Verdict};
use super::links::Links;
use super::mirrors::Mirrors;
use super::moving::Away;
use super::outlet::{Outlet, Urgency};
use super::params::TransportParams;
use super::peer::{Peer, Received};
use super::plane::{MediaCommand, Publication, TransportEvent, TransportFailure, TransportId};
use super::sending::{Draft, Packet};
use super::subscriptions::Subscriptions;
use crate::media::Micros;
use crate::media::bytes::put;
use crate::media::intake::Intake;
use crate::media::packet::is_rtcp;

/// The transports of one thread.
pub(super) struct Relay {
    identity: Identity,
    origin: Instant,
    pub(super) peers: Vec<Option<Box<Peer>>>,
    /// When each of them wants to know the time again.
    due: Vec<Micros>,
    pub(super) by_id: HashMap<TransportId, usize>,
    pub(super) by_ufrag: HashMap<Vec<u8>, usize>,
    pub(super) addresses: Addresses,
    pub(super) subscriptions: Subscriptions,
    /// The ways to other threads, if there are any.
    pub(super) links: Option<Links>,
    pub(super) mirrors: Mirrors,
    pub(super) away: Away,
    pub(super) requests: Vec<Request>,
    answer: Vec<u8>,
    /// The places of those from whom the next datagrams are.
    pub(super) expected: Vec<usize>,
    /// What is being forwarded.
    pub(super) run: Run,
    /// What is sent beside it.
    pub(super) spare: Draft,
    /// The places of those for whose path something waits.
    pub(super) held: Vec<usize>,
    pub(super) allotment: Allotment,
    /// What may be sent and received whatever the paths carry.
    pub(super) bounds: Bounds,
    pub(super) events: Vec<TransportEvent>,
    /// Whether somebody has left.
    left: bool,
    /// Whether somebody is to be looked at again soon.
    pub(super) hurries: bool,
    /// What happened so far.
    pub(super) counters: MediaCounters,
}

impl Relay {
    pub(super) fn new(identity: Identity, origin: Instant) -> Self {
        Self {
            identity,
            origin,
            peers: Vec::new(),
            due: Vec::new(),
            by_id: HashMap::new(),
            by_ufrag: HashMap::new(),
            addresses: Addresses::default(),
            subscriptions: Subscriptions::default(),
            links: None,
            mirrors: Mirrors::default(),
            away: Away::default(),
            requests: Vec::new(),
            answer: Vec::new(),
            expected: Vec::new(),
            run: Run::default(),
            spare: Draft::default(),
            held: Vec::new(),
            allotment: Allotment::default(),
            bounds: Bounds::default(),
            events: Vec::new(),
            left: false,
            hurries: false,
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
        self.by_id.is_empty() && !self.away.has_pending()
    }

    /// Whether the time asks for something within milliseconds, even if nothing comes.
    pub(super) fn hurries(&self) -> bool {
        self.hurries
            || !self.held.is_empty()
            || !self.mirrors.is_empty()
            || self.away.has_pending()
            || self.allotment.is_pressing()
    }

    /// Whether somebody has left since the last call.
    pub(super) const fn take_left(&mut self) -> bool {
        core::mem::replace(&mut self.left, false)
    }

    /// Forgets those who have left.
    pub(super) fn forget(&mut self) {
        self.addresses.renew();
        self.answer = Vec::new();
        (self.run, self.spare) = (Run::default(), Draft::default());
        self.away.arrived = Vec::new();
    }

    /// Tells what happened since the last call. What `tell` does not take is dropped and counted, but for
    /// what of a picture is wanted and who speaks: that is told again.
    pub(super) fn tell_events(&mut self, mut tell: impl FnMut(TransportEvent) -> bool) {
        let mut events = core::mem::take(&mut self.events);
        for event in events.drain(..) {
            if tell(event) {
                continue;
            }
            self.counters.events_dropped += 1;
            match event {
                TransportEvent::Wanted(publication, _) => {
                    if let Some(sender) = self.sender(publication) {
                        sender.forget_told();
                    }
                }
                TransportEvent::Speaking(id, _) => {
                    let place = self.by_id.get(&id).copied();
                    let peer = place.and_then(|place| self.peers.get_mut(place)?.as_mut());
                    if let Some(peer) = peer {
                        peer.voice.forget_told();
                    }
                }
                TransportEvent::Connected(_) | TransportEvent::Failed(..) => {}
            }
        }
        self.events = events;
    }

    /// Takes a datagram that came alone.
    pub(super) fn handle_datagram(
        &mut self,
        now: Micros,
        from: SocketAddr,
        datagram: &mut [u8],
        outlet: &mut impl Outlet,
    ) {
        self.take_datagram(now, from, datagram, outlet);
        self.end_run(now, outlet);
    }

    /// Takes one of several datagrams that came together; its first byte says what it is (RFC 7983).
    ///
    /// When there are no more, [`Self::end_run`] is to be called at the same `now`, before anything else is.
    pub(super) fn take_datagram(
        &mut self,
        now: Micros,
        from: SocketAddr,
        datagram: &mut [u8],
        outlet: &mut impl Outlet,
    ) {
        if !self.run.goes_on_with(from, datagram) {
            self.end_run(now, outlet);
        }
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
        let Some(command) = self.redirect(command) else { return };
        match command {
            MediaCommand::Open { id, params } => self.open(now, id, *params),
            MediaCommand::Grow { id, params } => self.grow(id, *params),
            MediaCommand::Gate { id, source, open } => self.set_gate(now, id, source, open),
            MediaCommand::Routes { id, routes } => self.set_routes(id, &routes),
            MediaCommand::Sounds { id, feeds } => self.set_sounds(id, feeds),
            MediaCommand::Close { id } => self.close(id),
        }
    }

    /// Does what time asks for. Of who rests nothing is touched: there may be a thousand of them.
    pub(super) fn handle_timeout(&mut self, now: Micros, outlet: &mut impl Outlet) {
        // Who rests has nothing to hurry for.
        self.hurries = false;
        for (place, (peer, due)) in self.peers.iter_mut().zip(&mut self.due).enumerate() {
            if now < *due {
                continue;
            }
            let Some(peer) = peer else { continue };
            let progress = peer.handle_timeout(now, outlet, &mut self.counters);
            self.hurries |= peer.hurries();
            *due = now + if peer.rests() { REST } else { Micros(0) };
            self.events.extend(progress.map(|progress| event(peer.id(), progress)));
            if peer.is_uneasy() {
                self.allotment.wake(place);
            }
            let news = peer.voice.news(now);
            self.events.extend(news.map(|speaks| TransportEvent::Speaking(peer.id(), speaks)));
        }
        self.release(now, outlet);
        self.ask_across(now);
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
        let Some(place) = self.place_of(from) else { return };
        let Some(peer) = self.peers.get_mut(place).and_then(Option::as_mut) else { return };
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
        let Some(place) = self.place_of(from) else { return };
        let Some(peer) = self.peers.get_mut(place).and_then(Option::as_mut) else { return };
        let transport = peer.id();
        let head = Head::read(from, datagram);
        let Some(Received { source, layer, meta, body, is_exported }) =
            peer.handle_rtp(now, datagram, &mut self.counters)
        else {
            return;
        };
        let publication = Publication { transport, source };
        let packet = Packet { layer, meta: &meta, body };
        if is_exported {
            self.pass_on(publication, packet);
        }
        self.run.push((publication, Some(place)), head, packet);
        if self.run.is_over() {
            self.end_run(now, outlet);
        }
    }

    fn open(&mut self, now: Micros, id: TransportId, params: TransportParams) {
        self.close(id);
        let Some(mut peer) = Peer::new(now, id, params, &self.identity, self.origin) else {
            self.events.push(event(id, Err(TransportFailure::Handshake)));
            return;
        };
        peer.intake = Intake::new(now, self.bounds.limits.up);
        self.seat(Box::new(peer));
    }

    /// Gives a transport a place.
    pub(super) fn seat(&mut self, peer: Box<Peer>) -> usize {
        let waits = !peer.backlog.is_empty();
        let place = self.peers.iter().position(Option::is_none).unwrap_or(self.peers.len());
        if place == self.peers.len() {
            self.peers.push(None);
            self.due.push(Micros(0));
        }
        self.by_id.insert(peer.id(), place);
        self.by_ufrag.insert(peer.ufrag().to_vec(), place);
        if let Some(free) = self.peers.get_mut(place) {
            *free = Some(peer);
        }
        if let Some(due) = self.due.get_mut(place) {
            *due = Micros(0);
        }
        self.allotment.wake(place);
        // From another thread it may come with what waits for its path.
        if waits {
            self.held.push(place);
        }
        place
    }

    fn grow(&mut self, id: TransportId, params: TransportParams) {
        let place = self.by_id.get(&id).copied();
        if let Some(peer) = place.and_then(|place| self.peers.get_mut(place)?.as_mut()) {
            peer.grow(params);
        }
    }

    fn close(&mut self, id: TransportId) {
        let Some(place) = self.by_id.remove(&id) else { return };
        let peer = self.peers.get_mut(place).and_then(Option::take);
        if let Some(mut peer) = peer {
            self.by_ufrag.remove(peer.ufrag());
            self.end_exports(&mut peer);
        }
        self.left = true;
        self.addresses.forget(place);
        self.subscriptions.forget(place);
        self.mirrors.forget_unused(&self.subscriptions);
    }

    fn set_gate(&mut self, now: Micros, id: TransportId, source: Source, open: bool) {
        let publication = Publication { transport: id, source };
        if let Some(sender) = self.sender(publication) {
            sender.set_gate(now, open);
        }
        self.offer_again(publication);
    }

    /// The place of the transport that an address belongs to; what comes from any other is counted.
    pub(super) fn place_of(&mut self, from: SocketAddr) -> Option<usize> {
        let place = self.addresses.find(from);
        self.counters.unknown_datagrams += u64::from(place.is_none());
        place
    }
}

const fn event(id: TransportId, progress: Result<(), TransportFailure>) -> TransportEvent {
    match progress {
        Ok(()) => TransportEvent::Connected(id),
        Err(failure) => TransportEvent::Failed(id, failure),
    }
}

/// Between two looks at a transport that rests. Longer, the first packet of who begins to send is acknowledged
/// late; shorter, a thousand listeners cost more time.
const REST: Micros = Micros::from_millis(50);
