// SPDX-License-Identifier: EUPL-1.2
//! What each subscriber is sent: which publication in which slot, and in which of its layers.
//!
//! The pictures of one subscriber share what its path carries. What anybody can use of a picture is counted
//! over all subscribers, so that its sender can leave out the rest.

use shared::{Layer, MediaKind, Source};

use super::bounds::least;
use super::peer::Peer;
use super::plane::{Publication, Route, TransportEvent, TransportId};
use super::relay::Relay;
use super::round::Round;
use super::sender::Sender;
use super::slot::Slot;
use super::subscriptions::Subscription;
use crate::media::Micros;
use crate::media::allocate::{Room, Wish, ideal, is_fulfilled};
use crate::media::estimate::START;

/// Whose turn it is to be given layers, and the lists that this takes.
#[derive(Debug, Default)]
pub(super) struct Allotment {
    round: Round,
    /// Everybody is to have a turn without waiting for it.
    due: bool,
    /// The places of those who want something else and do not wait for their turn.
    asked: Vec<usize>,
    /// How many turns each lets pass, by its place, because it has all it wants.
    content: Vec<u8>,
    /// When somebody had a turn without waiting for it, or the last round ended.
    at: Micros,
    order: Vec<usize>,
    wishes: Vec<Wish>,
    layers: Vec<Option<Layer>>,
}

impl Allotment {
    /// Gives everybody a turn at once, if something changed that another thread waits for.
    pub(super) const fn hurry(&mut self, changed: bool) {
        self.due |= changed;
    }

    /// Whether somebody is not to wait for their turn.
    pub(super) const fn is_pressing(&self) -> bool {
        self.due || !self.asked.is_empty()
    }

    /// Whoever has that place wants something else than before, or can have something else: no turn passes it by.
    pub(super) fn wake(&mut self, place: usize) {
        if let Some(turns) = self.content.get_mut(place) {
            *turns = 0;
        }
    }

    /// Whether somebody lets this turn pass.
    fn passes(&mut self, place: usize) -> bool {
        let Some(turns @ 1..) = self.content.get_mut(place) else { return false };
        *turns -= 1;
        true
    }

    /// How many turns whoever has that place lets pass.
    #[cfg(test)]
    pub(super) fn passes_left(&self, place: usize) -> u8 {
        self.content.get(place).copied().unwrap_or(0)
    }

    fn set_content(&mut self, place: usize, is_content: bool) {
        if place >= self.content.len() {
            self.content.resize(place + 1, 0);
        }
        if let Some(turns) = self.content.get_mut(place) {
            *turns = if is_content { PASSES } else { 0 };
        }
    }
}

impl Relay {
    /// Takes the table of a subscriber.
    pub(super) fn set_routes(&mut self, id: TransportId, routes: &[Route]) {
        let Some(&place) = self.by_id.get(&id) else { return };
        let Some(peer) = self.peers.get_mut(place).and_then(Option::as_mut) else { return };
        let mut fed = Vec::new();
        let pictures = peer.slots.iter_mut().enumerate();
        for (at, slot) in pictures.filter(|(_, slot)| slot.kind() == MediaKind::Video) {
            let found = routes.iter().enumerate().find(|(_, route)| route.mid == *slot.mid());
            if let Some((rank, route)) = found {
                slot.rank = rank;
                slot.lines = route.lines;
            }
            let feed = found
                .map(|(_, route)| route.feed)
                .filter(|feed| feed.transport != id && feed.source.kind() == slot.kind());
            if feed == slot.feed() {
                continue;
            }
            let subscription = Subscription { peer: place, slot: at };
            if let Some(before) = slot.feed() {
                self.subscriptions.remove(before, subscription);
            }
            slot.set_feed(feed);
            if let Some(feed) = feed {
                self.subscriptions.add(feed, subscription);
                fed.push(feed);
            }
        }
        if !self.allotment.asked.contains(&place) {
            self.allotment.asked.push(place);
        }
        self.mirrors.forget_unused(&self.subscriptions);
        for publication in fed {
            self.mirror(publication);
        }
        // Another thread hears of it with the end of a round.
        self.allotment.hurry(!self.mirrors.is_empty());
        self.begin_pictures(place);
    }

    /// Asks for every picture of which a subscriber has nothing yet, as soon as it can receive any: a key frame
    /// that comes before is lost, and the next one has to wait.
    pub(super) fn begin_pictures(&mut self, place: usize) {
        let Some(Some(peer)) = self.peers.get(place) else { return };
        if !peer.is_keyed() {
            return;
        }
        let blank = peer.slots.iter().filter(|slot| slot.current().is_none());
        let begun: Vec<_> =
            blank.filter_map(|slot| slot.awaits().and_then(|_| slot.feed())).collect();
        for publication in begun {
            // In whichever of its layers it comes: the first that can be shown is the best.
            for layer in Layer::ALL {
                self.request_keyframe(publication, layer);
            }
        }
    }

    /// Asks for a key frame of one layer of a publication.
    pub(super) fn request_keyframe(&mut self, publication: Publication, layer: Layer) {
        if let Some(incoming) = self.sender(publication).and_then(|sender| sender.stream(layer))
            && incoming.is_open()
        {
            incoming.keyframes.request();
            self.hurries = true;
        }
    }

    /// A publication, where it is sent, or its mirror.
    pub(super) fn sender(&mut self, publication: Publication) -> Option<&mut Sender> {
        match self.by_id.get(&publication.transport) {
            Some(place) => self.peers.get_mut(*place)?.as_mut()?.sender(publication.source),
            None => self.mirrors.sender(publication),
        }
    }

    /// Gives out layers again, to those whose turn it is.
    pub(super) fn allot(&mut self, now: Micros) {
        let all = self.peers.len();
        let hurries = now.since(self.allotment.at) >= AT_ONCE;
        if hurries && self.allotment.due {
            (0..all).for_each(|place| self.take_turn(now, place));
            self.allotment.round.begin(now);
            return self.end_round(now);
        }
        if hurries && !self.allotment.asked.is_empty() {
            let mut asked = core::mem::take(&mut self.allotment.asked);
            asked.drain(..).for_each(|place| self.take_turn(now, place));
            (self.allotment.asked, self.allotment.at) = (asked, now);
            self.tell_wanted(now);
        }
        let (turns, ends) = self.allotment.round.advance(now, all);
        for place in turns {
            if !self.allotment.passes(place) {
                self.take_turn(now, place);
            }
        }
        if ends {
            self.end_round(now);
        }
    }

    /// Ends the counts of a round.
    fn end_round(&mut self, now: Micros) {
        (self.allotment.at, self.allotment.due) = (now, false);
        self.count_across(now);
        self.count_demand();
        for peer in self.peers.iter_mut().flatten() {
            let transport = peer.id();
            for sender in &mut peer.senders {
                sender.count_losses();
                if sender.offers_other(now) {
                    let source = sender.source;
                    let fed = self.subscriptions.of(Publication { transport, source });
                    for subscription in fed {
                        self.allotment.wake(subscription.peer);
                    }
                }
            }
        }
        self.tell_wanted(now);
    }

    fn take_turn(&mut self, now: Micros, place: usize) {
        // Others are looked at while one is changed.
        let Some(mut peer) = self.peers.get_mut(place).and_then(Option::take) else { return };
        let is_content = self.allot_to(now, place, &mut peer);
        self.allotment.set_content(place, is_content);
        if let Some(empty) = self.peers.get_mut(place) {
            *empty = Some(peer);
        }
    }

    /// Whether it has all it wants, and nothing is about to change that.
    fn allot_to(&mut self, now: Micros, place: usize, peer: &mut Peer) -> bool {
        let mut order = core::mem::take(&mut self.allotment.order);
        let mut wishes = core::mem::take(&mut self.allotment.wishes);
        let mut layers = core::mem::take(&mut self.allotment.layers);
        self.gather(now, peer, &mut order, &mut wishes);
        let loss = peer.path.loss();
        let sounds = peer.slots.iter().filter(|slot| slot.kind() == MediaKind::Audio);
        for feed in sounds.filter_map(Slot::feed) {
            if let Some(sender) = self.sender(feed) {
                sender.lose(loss);
            }
        }
        let sound = peer.sound.bits(now);
        let ideal = ideal(&wishes, sound);
        let told = peer.slots.iter().any(Slot::is_stamped);
        let path = peer.path.estimate().or_else(|| told.then_some(START));
        let bound = self.bounds.of(place, path, ideal, sound);
        self.counters.limit_down += u64::from(bound.is_own);
        self.counters.limit_all += u64::from(bound.is_shared);
        peer.bound = bound.bits;
        peer.pace();
        // What the allocator wants to see free before it makes anything better is tried, too.
        let tried = ideal.saturating_mul(WITH_MARGIN) / 100;
        peer.path.set_wish(bound.bits.map_or(tried, |bits| bits.min(tried)));
        let known = least(path, bound.bits);
        let slack = bound.bits.map_or(u64::MAX, |bits| bits.saturating_sub(known.unwrap_or(bits)));
        peer.allocator.allocate(now, Room { known, slack, sound }, &wishes, &mut layers);
        let ample = ideal.saturating_mul(AMPLE) / 100;
        let has_room = path.is_none_or(|bits| bits >= ample);
        let mut is_content =
            !peer.is_uneasy() && has_room && bound.bits.is_none_or(|bits| bits >= tried);
        for ((at, layer), wish) in order.iter().zip(&layers).zip(&wishes) {
            is_content &= self.aim(now, peer, *at, *layer) && is_fulfilled(wish, *layer);
        }
        self.allotment.order = order;
        self.allotment.wishes = wishes;
        self.allotment.layers = layers;
        is_content
    }

    /// The slots into which pictures lead, the most important first, and what is wanted in them.
    fn gather(&mut self, now: Micros, peer: &Peer, order: &mut Vec<usize>, wishes: &mut Vec<Wish>) {
        order.clear();
        wishes.clear();
        let pictures = peer.slots.iter().enumerate();
        order.extend(pictures.filter(|(_, slot)| self.can_be_shown(slot)).map(|(at, _)| at));
        order.sort_unstable_by_key(|at| peer.slots.get(*at).map(|slot| slot.rank));
        for slot in order.iter().filter_map(|at| peer.slots.get(*at)) {
            let feed = slot.feed();
            let streams = feed.and_then(|feed| self.sender(feed)).map(|s| s.costs(now));
            wishes.push(Wish {
                source: feed.map_or(Source::Camera, |feed| feed.source),
                lines: slot.lines,
                streams: streams.unwrap_or_default(),
                current: slot.current(),
            });
        }
    }

    /// Goes for a layer in a slot; whether it is there, and comes from somebody on this thread.
    fn aim(&mut self, now: Micros, peer: &mut Peer, at: usize, layer: Option<Layer>) -> bool {
        let keyed = peer.is_keyed();
        let Some(slot) = peer.slots.get_mut(at) else { return true };
        let Some(feed) = slot.feed() else { return true };
        // Of what has yet to be offered nothing is known: it comes as it does without being asked.
        if self.mirrors.expects(feed) {
            return false;
        }
        let sender = self.sender(feed);
        let shown = slot.current();
        let target = layer.map(|wanted| {
            sender.map_or(wanted, |sender| {
                sender.want(wanted);
                // What is shown goes on until there is something else.
                if let Some(shown) = shown {
                    sender.want(shown);
                }
                sender.nearest(now, wanted, shown)
            })
        });
        slot.set_target(target);
        // Whether or not its packets tell where it begins.
        if let Some(layer) = slot.awaits()
            && keyed
        {
            self.request_keyframe(feed, layer);
        }
        target == shown && self.by_id.contains_key(&feed.transport)
    }

    /// Whether a picture leads to a slot, in a codec that the subscriber has.
    fn can_be_shown(&mut self, slot: &Slot) -> bool {
        let Some(feed) = slot.feed().filter(|_| slot.kind() == MediaKind::Video) else {
            return false;
        };
        // What is not there yet may become something.
        self.sender(feed).is_none_or(|it| it.codecs.iter().any(|it| slot.takes(it.codec)))
    }

    /// Tells what of each picture anybody can use, where that changed.
    fn tell_wanted(&mut self, now: Micros) {
        for peer in self.peers.iter_mut().flatten() {
            let transport = peer.id();
            for sender in &mut peer.senders {
                let source = sender.source;
                if source.kind() == MediaKind::Audio || !sender.is_open() {
                    continue;
                }
                if let Some(layers) = sender.count_wanted(now) {
                    sender.told(layers);
                    let publication = Publication { transport, source };
                    self.events.push(TransportEvent::Wanted(publication, layers));
                }
            }
        }
    }
}

/// Per cent of what everything wanted would cost. More is padding in vain; with less than the margin that the
/// allocator keeps after a fall, the last step up waits until the estimate has grown by itself.
const WITH_MARGIN: u64 = 130;
/// Turns that somebody lets pass who has all they want, if nothing happens meanwhile. More, what is wanted may count as
/// forgotten; fewer, a thousand who are content cost more time.
const PASSES: u8 = 4;
/// Per cent of what everything wanted costs that the path must carry for that. Less, what becomes dearer does not fit
/// before it is looked at; more, fewer are content.
const AMPLE: u64 = 200;
/// Longer, a picture that is wanted comes later; shorter, somebody who wants something else all the time costs
/// everybody's time.
const AT_ONCE: Micros = Micros::from_millis(30);
