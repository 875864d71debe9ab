// SPDX-License-Identifier: EUPL-1.2
//! Sound: everybody can be heard, in a few slots. A slot belongs to nobody; whoever is loud gets one, and what comes
//! with a screen as long as it sounds.

use shared::{MediaKind, Source};

use super::outlet::Outlet;
use super::peer::Peer;
use super::plane::{Feed, Publication, TransportId};
use super::relay::Relay;
use super::sending::Draft;
use super::slot::Slot;
use super::subscriptions::Subscription;
use crate::media::Micros;
use crate::media::forwarder::Withheld;
use crate::media::speakers::{Speakers, Turn};

/// Whom a transport can hear, and in which of its slots it hears whom.
#[derive(Debug, Default)]
pub(super) struct Hearing {
    speakers: Speakers,
    /// Whose each voice is. Numbers of those who are gone are given out again.
    voices: Vec<Option<Feed>>,
    /// The slots of sound among all slots; the places of the speakers, in their order.
    slots: Vec<usize>,
}

impl Hearing {
    /// Takes the slots of sound among those from the given place on.
    pub(super) fn add_slots(&mut self, slots: &[Slot], from: usize) {
        let sounds = slots.iter().enumerate().skip(from);
        let sounds = sounds.filter(|(_, slot)| slot.kind() == MediaKind::Audio);
        let before = self.slots.len();
        self.slots.extend(sounds.map(|(at, _)| at));
        self.speakers.add_places(self.slots.len().saturating_sub(before));
    }

    /// The voices, and what each comes from.
    pub(super) fn voices(&self) -> impl Iterator<Item = (usize, Publication)> {
        let voices = self.voices.iter().enumerate();
        voices.filter_map(|(voice, whose)| Some((voice, (*whose)?.publication())))
    }

    /// Where a voice is heard.
    fn slot_of(&self, voice: usize) -> Option<usize> {
        self.slots.get(self.speakers.place(voice)?).copied()
    }
}

impl Relay {
    /// Takes what a subscriber can hear: all of it.
    pub(super) fn set_sounds(&mut self, id: TransportId, mut feeds: Vec<Feed>) {
        feeds.retain(|feed| feed.transport != id && feed.source.kind() == MediaKind::Audio);
        feeds.sort_unstable();
        feeds.dedup();
        let Some(&place) = self.by_id.get(&id) else { return };
        let Some(peer) = self.peers.get_mut(place).and_then(Option::as_mut) else { return };
        let Peer { slots, hearing, .. } = peer.as_mut();
        for (voice, whose) in hearing.voices.iter_mut().enumerate() {
            let Some(gone) = whose.filter(|whose| feeds.binary_search(whose).is_err()) else {
                continue;
            };
            *whose = None;
            let subscription = Subscription { peer: place, slot: voice };
            let gone = gone.publication();
            self.subscriptions.remove(gone, subscription);
            hearing.speakers.forget(voice);
            for slot in slots.iter_mut().filter(|slot| slot.feed() == Some(gone)) {
                slot.set_feed(None);
            }
        }
        self.mirrors.forget_unused(&self.subscriptions);
        let mut fed = Vec::new();
        let mut known: Vec<Feed> = hearing.voices.iter().copied().flatten().collect();
        known.sort_unstable();
        let mut free = 0;
        for feed in feeds.into_iter().filter(|feed| known.binary_search(feed).is_err()) {
            while hearing.voices.get(free).is_some_and(Option::is_some) {
                free += 1;
            }
            match hearing.voices.get_mut(free) {
                Some(voice) => *voice = Some(feed),
                None => hearing.voices.push(Some(feed)),
            }
            let subscription = Subscription { peer: place, slot: free };
            self.subscriptions.add(feed.publication(), subscription);
            fed.push(feed.publication());
        }
        for publication in fed {
            self.mirror(publication);
        }
    }
}

impl Peer {
    /// Sends a packet of a voice into a slot, if it is to be heard.
    pub(super) fn hear(
        &mut self,
        now: Micros,
        voice: usize,
        draft: &mut Draft,
        outlet: &mut impl Outlet,
    ) -> Result<(), Withheld> {
        // What cannot be sent takes nobody's place.
        let mut sounds = self.hearing.slots.iter().filter_map(|slot| self.slots.get(*slot));
        if !sounds.any(|slot| slot.takes(draft.meta.codec)) {
            return Err(Withheld::OtherCodec);
        }
        let whose = self.hearing.voices.get(voice).copied().flatten();
        let (level, speakers) = (draft.meta.audio_level, &mut self.hearing.speakers);
        let turn = match whose.map(|whose| whose.source) {
            Some(Source::ScreenSound) => speakers.hear_whole(now, voice, level),
            Some(_) | None => speakers.hear(now, voice, level),
        };
        let (Turn::Goes(place) | Turn::Begins(place)) = turn else { return Err(Withheld::Unheard) };
        let slot = *self.hearing.slots.get(place).ok_or(Withheld::Silent)?;
        if let Turn::Goes(_) = turn {
            return self.pass(now, slot, draft, outlet);
        }
        let feed = whose.map(Feed::publication);
        let slot = self.slots.get_mut(slot).ok_or(Withheld::Silent)?;
        if slot.feed() == feed {
            slot.resume();
        } else {
            slot.set_feed(feed);
        }
        slot.voice = whose.map(|whose| whose.name);
        Err(Withheld::Begins)
    }

    /// In which slot a subscription's packets go out: pictures have one, a voice while it is heard.
    pub(super) fn slot_for(&self, source: Source, subscription: Subscription) -> Option<usize> {
        match source.kind() {
            MediaKind::Audio => self.hearing.slot_of(subscription.slot),
            MediaKind::Video => Some(subscription.slot),
        }
    }
}

impl Feed {
    const fn publication(self) -> Publication {
        Publication { transport: self.transport, source: self.source }
    }
}
