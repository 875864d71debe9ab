// SPDX-License-Identifier: EUPL-1.2
//! Pictures that wait for their path: what of them is larger than it carries at once leaves when it has room.
//!
//! What waits is not kept again: it lies in the history of its publication, like what is sent again.

use std::collections::VecDeque;

use super::mirrors::both;
use super::outlet::{Outlet, Urgency};
use super::plane::Publication;
use super::relay::Relay;
use super::sending::{Draft, Packet};
use crate::media::Micros;
use crate::media::history::PacketMeta;
use crate::media::rewriter::Rewritten;
use shared::Layer;

/// The packets that wait for the path of one subscriber, in their order.
#[derive(Debug, Default)]
pub(super) struct Backlog(VecDeque<Waiting>);

/// A packet that waits. It has its numbers.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    slot: usize,
    feed: Publication,
    /// Its encoding.
    layer: Layer,
    /// The publisher's number.
    sequence: u64,
    numbers: Rewritten,
}

impl Backlog {
    /// Whether nothing waits.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether what was let wait last is the first.
    pub(super) fn has_begun(&self) -> bool {
        self.0.len() == 1
    }

    /// Lets a packet wait; `false` when too many do.
    pub(super) fn push(
        &mut self,
        (slot, feed): (usize, Publication),
        draft: &Draft,
        numbers: Rewritten,
    ) -> bool {
        let Draft { layer, meta: PacketMeta { sequence, .. }, .. } = *draft;
        let fits = self.0.len() < LEN;
        if fits {
            self.0.push_back(Waiting { slot, feed, layer, sequence, numbers });
        }
        fits
    }
}

impl Relay {
    /// Sends what waits, to those whose path has room.
    pub(super) fn release(&mut self, now: Micros, outlet: &mut impl Outlet) {
        let mut held = core::mem::take(&mut self.held);
        held.retain(|place| self.release_to(now, *place, outlet));
        self.held = held;
    }

    /// Whether something still waits.
    fn release_to(&mut self, now: Micros, place: usize, outlet: &mut impl Outlet) -> bool {
        loop {
            let Some(Some(peer)) = self.peers.get_mut(place) else { return false };
            let Some(&next) = peer.backlog.0.front() else { return false };
            if !peer.pacer.is_free(now) {
                return true;
            }
            peer.backlog.0.pop_front();
            let from = (next.feed, self.by_id.get(&next.feed.transport).copied());
            let both = both(&mut self.peers, &mut self.mirrors, place, from, next.layer);
            // What its publisher does not have any more is lost, like anything else on the way.
            if let Some((peer, stream)) = both
                && let Some((meta, body)) = stream.find(next.sequence)
            {
                self.spare.load(Packet { layer: next.layer, meta, body });
                let numbers = (next.numbers, Urgency::Now);
                peer.send(now, next.slot, &mut self.spare, numbers, outlet);
                self.counters.packets_out += 1;
            }
        }
    }
}

/// The packets that wait at most; further ones are dropped, and asked for again like what is lost. Larger, what is
/// shown is seconds old; smaller, a page of small print does not fit.
const LEN: usize = 256;
