// SPDX-License-Identifier: EUPL-1.2
//! A room on several threads: what is published on one is mirrored where somebody else is fed with it.
//!
//! ```text
//!   the publisher's thread                    a subscriber's thread
//!   Sender ── each accepted packet, once ──▶ mirror: a Sender, too ──▶ slots
//!          ── line, gate, reports, end ────▶
//!          ◀─ fed, layers, losses, key frames ─
//! ```
//!
//! A mirror looks to its subscribers like what it mirrors: it has its own history and answers from it what is
//! asked for again, it counts what is wanted, and it asks for key frames.

use std::collections::BTreeMap;

use shared::{Layer, LayerSet, MediaKind};

use super::exports::Change;
use super::links::{CROSSING_RING_LEN, Crossing, Links, Passing, WISH_RING_LEN, Wanted, Wish};
use super::outlet::Outlet;
use super::peer::Peer;
use super::plane::Publication;
use super::relay::Relay;
use super::sender::Sender;
use super::sending::Packet;
use super::subscriptions::Subscriptions;
use crate::media::Micros;
use crate::media::history::Body;
use crate::media::incoming::Incoming;
use crate::media::rtcp::SenderReport;

/// The publications of other threads that somebody here is fed with.
#[derive(Debug, Default)]
pub(super) struct Mirrors {
    /// Nothing in it before its publisher's thread offered it.
    of: BTreeMap<Publication, Option<Sender>>,
}

impl Mirrors {
    /// A mirror that has been offered.
    pub(super) fn sender(&mut self, publication: Publication) -> Option<&mut Sender> {
        self.of.get_mut(&publication)?.as_mut()
    }

    /// Has a mirror of what lived here.
    pub(super) fn insert(&mut self, publication: Publication, sender: Sender) {
        self.of.insert(publication, Some(sender));
    }

    /// Forgets a mirror: what it mirrored is here.
    pub(super) fn remove(&mut self, publication: Publication) {
        self.of.remove(&publication);
    }

    /// Whether its publisher's thread has yet to offer it, or has said that it ended.
    pub(super) fn expects(&self, publication: Publication) -> bool {
        self.of.get(&publication).is_some_and(Option::is_none)
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// Forgets what nobody here is fed with any more.
    pub(super) fn forget_unused(&mut self, subscriptions: &Subscriptions) {
        self.of.retain(|publication, _| !subscriptions.of(*publication).is_empty());
    }
}

impl Relay {
    /// Whom to wake: something was passed to them since the last call.
    pub(super) fn take_unwoken(&mut self) -> u64 {
        self.links.as_mut().map_or(0, Links::take_unwoken)
    }

    /// Takes what other threads have passed here and wish of what lives here; whether that was anything.
    pub(super) fn take_crossings(&mut self, now: Micros, outlet: &mut impl Outlet) -> bool {
        let mut any = false;
        for _ in 0..WISH_RING_LEN {
            let Some(wish) = self.links.as_mut().and_then(Links::next_wish) else { break };
            self.take_wish(now, wish);
            any = true;
        }
        // What was there when this thread was woken; for what comes meanwhile it is woken again.
        for _ in 0..CROSSING_RING_LEN {
            let Some(crossing) = self.links.as_mut().and_then(Links::next_crossing) else { break };
            self.take_crossing(now, crossing, outlet);
            any = true;
        }
        any
    }

    /// Somebody here is fed with a publication: if it lives elsewhere, it is mirrored from here on.
    pub(super) fn mirror(&mut self, publication: Publication) {
        let transport = publication.transport;
        if self.by_id.contains_key(&transport) || self.mirrors.of.contains_key(&publication) {
            return;
        }
        let Some(links) = &mut self.links else { return };
        if transport.home() != links.index() || self.away.find(transport).is_some() {
            self.mirrors.of.insert(publication, None);
            links.wish(publication, FIRST);
        }
    }

    /// Passes an accepted packet on, once to each thread on which somebody is fed with its publication.
    pub(super) fn pass_on(&mut self, publication: Publication, packet: Packet<'_>) {
        let (Some(links), Some(&place)) = (&mut self.links, self.by_id.get(&publication.transport))
        else {
            return;
        };
        let peer = self.peers.get_mut(place).and_then(Option::as_mut);
        let Some(sender) = peer.and_then(|peer| peer.sender(publication.source)) else { return };
        offer(links, publication, sender);
        let mut is_broken = false;
        for export in sender.exports.iter_mut() {
            let passed = export.told.is_some()
                && Passing::packet(packet)
                    .is_some_and(|packet| links.pass(export.thread, publication, packet));
            if passed {
                self.counters.mirrored += 1;
            } else {
                self.counters.mirror_dropped += 1;
                is_broken = true;
            }
        }
        // The mirror has what it lost from nobody: the picture goes on with the next key frame.
        if is_broken
            && publication.source.kind() == MediaKind::Video
            && let Some(incoming) = sender.encoding(packet.layer)
        {
            incoming.keyframes.request();
        }
    }

    /// Passes a report of a publisher on.
    pub(super) fn pass_report_on(
        &mut self,
        publication: Publication,
        (layer, report): (Layer, &SenderReport),
    ) {
        let Some(mut links) = self.links.take() else { return };
        if let Some(sender) = self.sender(publication) {
            for export in sender.exports.iter_mut() {
                links.pass(export.thread, publication, Passing::Report { layer, report: *report });
            }
        }
        self.links = Some(links);
    }

    /// Tells the threads that have it of the gate of a publication.
    pub(super) fn offer_again(&mut self, publication: Publication) {
        let Some(mut links) = self.links.take() else { return };
        if let Some(sender) = self.sender(publication) {
            offer(&mut links, publication, sender);
        }
        self.links = Some(links);
    }

    /// Tells other threads that what a transport published has ended.
    pub(super) fn end_exports(&mut self, peer: &mut Peer) {
        let Some(links) = &mut self.links else { return };
        let transport = peer.id();
        for sender in &mut peer.senders {
            let publication = Publication { transport, source: sender.source };
            for export in sender.exports.iter_mut() {
                links.pass(export.thread, publication, Passing::Ended);
            }
        }
    }

    /// Ends the counts: what other threads want of what lives here is counted in, and what is wanted of theirs
    /// is told to them.
    pub(super) fn count_across(&mut self, now: Micros) {
        let Some(links) = &mut self.links else { return };
        for peer in self.peers.iter_mut().flatten() {
            let transport = peer.id();
            for sender in &mut peer.senders {
                if sender.exports.is_empty() {
                    continue;
                }
                sender.exports.expire(now);
                sender.lose(sender.exports.loss());
                offer(links, Publication { transport, source: sender.source }, sender);
            }
        }
        for (publication, mirror) in &mut self.mirrors.of {
            let wanted = mirror.as_mut().map_or(FIRST, |sender| {
                let (layers, loss) = sender.count_for_others(now);
                Wanted::Fed { layers, loss, is_known: true }
            });
            links.wish(*publication, wanted);
        }
    }

    /// Asks other threads for the key frames that somebody here waits for.
    pub(super) fn ask_across(&mut self, now: Micros) {
        let Some(links) = &mut self.links else { return };
        for (publication, mirror) in &mut self.mirrors.of {
            for stream in mirror.iter_mut().flat_map(|sender| &mut sender.streams) {
                if stream.incoming.is_open() && stream.incoming.keyframes.take_due(now) {
                    links.wish(*publication, Wanted::Keyframe(stream.layer));
                }
            }
        }
    }

    fn take_wish(&mut self, now: Micros, wish: Wish) {
        let Wish { publication, by, what } = wish;
        // What was wished from here before its transport came.
        let is_own = self.links.as_ref().is_some_and(|links| links.index() == by);
        if self.redirect_wish(wish) || is_own {
            return;
        }
        let Some(sender) = self.sender(publication) else {
            if let Some(links) = &mut self.links {
                links.pass(by, publication, Passing::Ended);
            }
            return;
        };
        let (layers, loss, is_known) = match what {
            Wanted::Keyframe(layer) => return self.request_keyframe(publication, layer),
            Wanted::Fed { layers, loss, is_known } => (layers, loss, is_known),
        };
        for layer in layers.iter() {
            sender.want(layer);
        }
        let change = sender.exports.hear(now, by, (layers, loss), is_known);
        self.allotment.hurry(change != Change::None);
        if change == Change::Begins {
            self.offer_again(publication);
            for layer in Layer::ALL {
                self.request_keyframe(publication, layer);
            }
        }
    }

    fn take_crossing(&mut self, now: Micros, crossing: Crossing, outlet: &mut impl Outlet) {
        let (publication, what) = match crossing {
            Crossing::Of(publication, what) => (publication, what),
            Crossing::Arrival(arrival) => return self.arrive(*arrival),
            Crossing::Command(command) => return self.handle_command(now, command),
        };
        let Some(mirror) = self.mirrors.of.get_mut(&publication) else { return };
        match (what, mirror) {
            (Passing::Offered { line, open }, mirror) => {
                // Somebody here waits for it; that its gate turns nobody is in a hurry for.
                self.allotment.hurry(mirror.is_none());
                let sender = mirror.get_or_insert_with(|| Sender::new(*line));
                sender.set_gate(now, open);
                for stream in &mut sender.streams {
                    // Its own thread has asked.
                    stream.incoming.keyframes.cancel();
                }
            }
            (Passing::Packet { layer, meta, dependency_len, len, bytes }, Some(sender)) => {
                let body = bytes.get(..len).and_then(|it| Body::split(it, dependency_len));
                let Some(body) = body else { return };
                let stream = sender.encoding(layer);
                if stream.is_some_and(|stream| stream.accept_again(now, &meta, body)) {
                    let packet = Packet { layer, meta: &meta, body };
                    self.forward(now, (publication, None), packet, outlet);
                }
            }
            (Passing::Report { layer, report }, Some(sender)) if sender.is_open() => {
                if let Some(stream) = sender.encoding(layer) {
                    stream.reception().record_report(now, &report);
                }
                self.forward_report(now, publication, (layer, &report), outlet);
            }
            (Passing::Ended, mirror) => *mirror = None,
            (Passing::Packet { .. } | Passing::Report { .. }, _) => {}
        }
    }
}

/// A subscriber and the stream that it is fed from, which lives at a place of this thread or is a mirror.
pub(super) fn both<'relay>(
    peers: &'relay mut [Option<Box<Peer>>],
    mirrors: &'relay mut Mirrors,
    subscriber: usize,
    (publication, publisher): (Publication, Option<usize>),
    layer: Layer,
) -> Option<(&'relay mut Peer, &'relay mut Incoming)> {
    let source = publication.source;
    let Some(publisher) = publisher else {
        let stream = mirrors.sender(publication)?.encoding(layer)?;
        return Some((peers.get_mut(subscriber)?.as_mut()?, stream));
    };
    let Ok([Some(subscriber), Some(publisher)]) = peers.get_disjoint_mut([subscriber, publisher])
    else {
        return None;
    };
    Some((subscriber, publisher.incoming(source, layer)?))
}

/// Tells the threads that a publication goes to what it is, where they have not been told or its gate has
/// turned since.
fn offer(links: &mut Links, publication: Publication, sender: &mut Sender) {
    let open = sender.is_open();
    let mut exports = core::mem::take(&mut sender.exports);
    for export in exports.iter_mut().filter(|export| export.told != Some(open)) {
        let what = Passing::Offered { line: Box::new(sender.line()), open };
        if links.pass(export.thread, publication, what) {
            export.told = Some(open);
        }
    }
    sender.exports = exports;
}

/// What is wished of a publication that has not been offered.
const FIRST: Wanted = Wanted::Fed { layers: LayerSet::NONE, loss: 0, is_known: false };
