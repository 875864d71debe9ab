// SPDX-License-Identifier: EUPL-1.2
//! What a transport that is there receives, and what of its own pictures is worth sending.

use shared::{LayerSet, MediaKind, Mid, ParticipantId, Source};

use super::{
    Route,
    published::Published,
    slots::{Publication, Slot, assign},
    wish::Wish,
};

/// The two directions of a transport. All of it goes with the transport.
#[derive(Debug)]
pub(super) struct Reception {
    /// Of pictures. Which slot a sound is heard in is not the room's to say.
    pub(super) slots: Vec<Slot>,
    /// The pictures that were wanted when the slots there are were last given out.
    wanted: Option<Vec<(Publication, u16)>>,
    /// What the media plane was last told of the slots.
    pub(super) routes: Vec<Route>,
    /// What the media plane was last told to let be heard.
    pub(super) sounds: Vec<(ParticipantId, Source)>,
    /// Whether the media plane hears the owner speak.
    pub(super) speaks: bool,
    /// Which encodings of the own pictures anybody can use, where that was ever said, each source at
    /// most once. Of the others, and in the beginning, all are.
    pub(super) layers: Vec<(Source, LayerSet)>,
}

/// What became different of the pictures.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Difference {
    /// Nothing.
    None,
    /// How large or how important something is.
    Routes,
    /// What is received where.
    Slots,
}

impl Reception {
    /// A fresh transport: it receives nothing.
    pub(super) fn silent(lines: impl Iterator<Item = (Mid, MediaKind)>) -> Self {
        let mut fresh = Self {
            slots: Vec::new(),
            wanted: None,
            routes: Vec::new(),
            sounds: Vec::new(),
            speaks: false,
            layers: Vec::new(),
        };
        fresh.grow(lines);
        fresh
    }

    /// Takes the slots of pictures that are not there yet.
    pub(super) fn grow(&mut self, lines: impl Iterator<Item = (Mid, MediaKind)>) {
        for (mid, _) in lines.filter(|(_, kind)| *kind == MediaKind::Video) {
            if !self.slots.iter().any(|slot| *slot.mid() == mid) {
                self.slots.push(Slot::blank(mid));
            }
        }
        self.wanted = None;
    }

    /// Brings the table up to what is published and what is wanted of it.
    pub(super) fn update(
        &mut self,
        receiver: ParticipantId,
        wish: &Wish,
        published: &Published,
    ) -> Difference {
        let wanted = wish.among(receiver, published);
        // Most of what happens in a room is nothing to most of its pages.
        if self.wanted.as_ref() == Some(&wanted) {
            return Difference::None;
        }
        let mut candidates: Vec<_> = wanted.iter().map(|(publication, _)| *publication).collect();
        // Screens come first: there are few of them, and everybody is to see them.
        candidates.sort_by_key(|publication| publication.source == Source::Camera);
        if let Wish::Pictures(_) = wish {
            // What is wanted less does not keep a slot from what is wanted more.
            candidates.truncate(self.slots.len());
        }
        let moved = assign(&mut self.slots, &candidates);
        let routes: Vec<Route> = wanted
            .iter()
            .filter_map(|(publication, lines)| {
                self.slots.iter().find_map(|slot| slot.route(*publication, *lines))
            })
            .collect();
        let difference = if moved {
            Difference::Slots
        } else if routes != self.routes {
            Difference::Routes
        } else {
            Difference::None
        };
        (self.wanted, self.routes) = (Some(wanted), routes);
        difference
    }

    /// Brings up to date what can be heard; whether that are others than before.
    pub(super) fn update_sounds(&mut self, receiver: ParticipantId, published: &Published) -> bool {
        let differs = !published.sounds_for(receiver).eq(self.sounds.iter().copied());
        if differs {
            self.sounds = published.sounds_for(receiver).collect();
        }
        differs
    }

    /// Whether something of this participant is received.
    pub(super) fn receives(&self, participant: ParticipantId) -> bool {
        self.routes.iter().any(|route| route.publisher == participant)
    }

    /// Whether something of this participant can be heard.
    pub(super) fn hears(&self, participant: ParticipantId) -> bool {
        self.sounds.iter().any(|(publisher, _)| *publisher == participant)
    }

    /// Takes down what of an own picture anybody can use; whether that is anything else than before.
    pub(super) fn set_layers(&mut self, source: Source, wanted: LayerSet) -> bool {
        let known = self.layers.iter_mut().find(|(known, _)| *known == source);
        let before = known.as_ref().map_or(LayerSet::ALL, |(_, layers)| *layers);
        match known {
            Some((_, layers)) => *layers = wanted,
            None if wanted != before => self.layers.push((source, wanted)),
            None => {}
        }
        wanted != before
    }
}
