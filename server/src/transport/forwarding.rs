// SPDX-License-Identifier: EUPL-1.2
//! From a publication to all whom it feeds.
//!
//! The packets of a frame that come together go to one subscriber after the other, all of them to each: what is known
//! of a subscriber is fetched from memory once and not once for each packet.

use std::net::SocketAddr;

use shared::MediaKind;

use super::counters::MediaCounters;
use super::fetching::fetch_subscribers;
use super::mirrors::both;
use super::outlet::Outlet;
use super::peer::Peer;
use super::plane::Publication;
use super::relay::Relay;
use super::sending::{Draft, Packet};
use super::subscriptions::Subscription;
use crate::media::Micros;
use crate::media::bytes::{u16_at, u32_at};
use crate::media::forwarder::Withheld;
use crate::media::history::FramePart;
use crate::media::incoming::Incoming;

/// Packets of one frame, one after the other as they came, that are to be forwarded.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// Nothing while there are none.
    of: Option<(Publication, Option<usize>)>,
    /// Of the last of them.
    head: Option<Head>,
    len: usize,
    drafts: Vec<Draft>,
}

/// By what a packet is known to follow another, before it is opened: who sends it, and its numbers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Head {
    from: SocketAddr,
    ssrc: u32,
    timestamp: u32,
    sequence: u16,
}

impl Head {
    pub(super) fn read(from: SocketAddr, datagram: &[u8]) -> Option<Self> {
        let (sequence, timestamp) = (u16_at(datagram, 2)?, u32_at(datagram, 4)?);
        Some(Self { from, ssrc: u32_at(datagram, 8)?, timestamp, sequence })
    }
}

impl Run {
    /// Whether a datagram is the next packet of the same frame, or nothing is there that it could follow.
    pub(super) fn goes_on_with(&self, from: SocketAddr, datagram: &[u8]) -> bool {
        let next = self.head.map(|last| Head { sequence: last.sequence.wrapping_add(1), ..last });
        self.of.is_none() || (next.is_some() && next == Head::read(from, datagram))
    }

    /// Takes a packet of a publication, which lives at a place here or is mirrored.
    pub(super) fn push(
        &mut self,
        of: (Publication, Option<usize>),
        head: Option<Head>,
        packet: Packet<'_>,
    ) {
        (self.of, self.head) = (Some(of), head);
        if self.len == self.drafts.len() {
            self.drafts.push(Draft::default());
        }
        if let Some(draft) = self.drafts.get_mut(self.len) {
            draft.load(packet);
            self.len += 1;
        }
    }

    /// Whether no other packet is to be waited for.
    pub(super) fn is_over(&self) -> bool {
        let is_sound = self.of.is_some_and(|(of, _)| of.source.kind() == MediaKind::Audio);
        is_sound || self.len >= MOST
    }
}

impl Relay {
    /// Sends a packet of a publication, which lives at a place here or is mirrored, to whom it feeds.
    pub(super) fn forward(
        &mut self,
        now: Micros,
        of: (Publication, Option<usize>),
        packet: Packet<'_>,
        outlet: &mut impl Outlet,
    ) {
        self.run.push(of, None, packet);
        self.end_run(now, outlet);
    }

    /// Sends the packets that came together, if there are any, to whom their publication feeds.
    pub(super) fn end_run(&mut self, now: Micros, outlet: &mut impl Outlet) {
        let Some(of) = self.run.of.take() else { return };
        let mut run = core::mem::take(&mut self.run);
        let drafts = run.drafts.get_mut(..run.len).unwrap_or_default();
        // Who missed what was before a key frame has what it waits for with it.
        let key = drafts.iter().rposition(|draft| draft.meta.part == FramePart::Key);
        let mut keyframe = None;
        // Of a frame that came whole nobody gets more than this, and of sound several people's may be one message.
        let is_whole = of.0.source.kind() == MediaKind::Video
            && drafts.last().is_some_and(|last| last.meta.marker)
            && outlet.is_empty();
        let is_picture = of.0.source.kind() == MediaKind::Video;
        let mut rest = self.subscriptions.of(of.0);
        while let Some((&subscription, next)) = rest.split_first() {
            rest = next;
            if is_picture {
                fetch_subscribers(&self.peers, next);
            }
            for (at, draft) in drafts.iter_mut().enumerate() {
                let Subscription { peer: place, slot } = subscription;
                let Some(Some(peer)) = self.peers.get_mut(place) else { break };
                let sent = match of.0.source.kind() {
                    MediaKind::Audio => peer.hear(now, slot, draft, outlet),
                    MediaKind::Video => peer.pass(now, slot, draft, outlet),
                };
                let Err(withheld) = sent else {
                    self.counters.packets_out += 1;
                    continue;
                };
                count(&mut self.counters, withheld);
                if withheld == Withheld::AwaitingKeyframe && key.is_none_or(|key| at >= key) {
                    keyframe = Some(draft.layer);
                }
                // Those behind it are released with it: a page is turned before a thousand people.
                if withheld == Withheld::Waits && peer.backlog.has_begun() {
                    self.held.push(place);
                }
                if withheld == Withheld::Begins {
                    let both = both(&mut self.peers, &mut self.mirrors, place, of, draft.layer);
                    let sent = both.and_then(|(peer, stream)| {
                        let slot = peer.slot_for(of.0.source, subscription)?;
                        Some(begin(peer, stream, (now, slot), draft, &mut self.spare, outlet))
                    });
                    self.counters.packets_out += sent.unwrap_or_default();
                }
            }
            if is_whole {
                outlet.release();
            }
        }
        run.len = 0;
        self.run = run;
        if let Some(layer) = keyframe {
            self.request_keyframe(of.0, layer);
        }
    }
}

const fn count(counters: &mut MediaCounters, withheld: Withheld) {
    match withheld {
        Withheld::Waits => counters.paced += 1,
        Withheld::Overflows => counters.pace_dropped += 1,
        Withheld::Unheard => counters.unheard += 1,
        Withheld::OtherCodec => counters.other_codec += 1,
        Withheld::AwaitingKeyframe
        | Withheld::Begins
        | Withheld::Silent
        | Withheld::Stale
        | Withheld::OtherLayer => {}
    }
}

/// Sends a packet of somebody who begins to speak, and what came shortly before it; how many were sent.
fn begin(
    peer: &mut Peer,
    stream: &mut Incoming,
    (now, slot): (Micros, usize),
    draft: &mut Draft,
    before: &mut Draft,
    outlet: &mut impl Outlet,
) -> u64 {
    let mut sent = 0;
    for (meta, body) in stream.shortly_before(&draft.meta) {
        before.load(Packet { layer: draft.layer, meta, body });
        sent += u64::from(peer.pass(now, slot, before, outlet).is_ok());
    }
    sent += u64::from(peer.pass(now, slot, draft, outlet).is_ok());
    // Another voice is on another clock.
    if let Some(report) = stream.reception().last_report() {
        peer.forward_report(now, slot, (draft.layer, &report), outlet);
    }
    sent
}

/// Packets that are forwarded together at most. Larger, more of them have to stay in the cache; smaller, what is known
/// of a subscriber is fetched more often for a large frame.
const MOST: usize = 8;
