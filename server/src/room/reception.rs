// SPDX-License-Identifier: EUPL-1.2
//! What a transport that is there receives, and what of its own pictures is worth sending.

use shared::{LayerSet, MediaKind, Mid, ParticipantId, Source};

use super::{
    Route,
    slots::{Publication, Slot, assign},
    wish::Wish,
};

/// The two directions of a transport. All of it goes with the transport.
#[derive(Debug)]
pub(super) struct Reception {
    pub(super) slots: Vec<Slot>,
    /// What the media plane was last told of the slots.
    pub(super) routes: Vec<Route>,
    /// Which encodings of the own pictures anybody can use, where that was ever said, each source at
    /// most once. Of the others, and in the beginning, all are.
    pub(super) layers: Vec<(Source, LayerSet)>,
}

/// What became different.
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
        let slots = lines.map(|(mid, kind)| Slot::silent(mid, kind)).collect();
        Self { slots, routes: Vec::new(), layers: Vec::new() }
    }

    /// Brings the table up to what others publish and what is wanted of it.
    pub(super) fn update(&mut self, wish: &Wish, published: &[Publication]) -> Difference {
        let wanted = wish.among(published);
        let mut candidates: Vec<_> = wanted.iter().map(|(publication, _)| *publication).collect();
        // Sound and screens come first: there are few screens, and everybody is to see them.
        candidates.sort_by_key(|publication| publication.source == Source::Camera);
        if let Wish::Pictures(_) = wish {
            self.keep_what_fits(&mut candidates);
        }
        let slots = assign(&self.slots, &candidates);
        let routes: Vec<Route> = wanted
            .iter()
            .filter_map(|(publication, lines)| {
                slots.iter().find_map(|slot| slot.route(*publication, *lines))
            })
            .collect();
        let difference = if slots != self.slots {
            Difference::Slots
        } else if routes != self.routes {
            Difference::Routes
        } else {
            Difference::None
        };
        (self.slots, self.routes) = (slots, routes);
        difference
    }

    /// Whether something of this participant is received.
    pub(super) fn receives(&self, participant: ParticipantId) -> bool {
        self.routes.iter().any(|route| route.publisher == participant)
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

    /// Takes away the least important pictures beyond the slots: what is wanted less does not keep a
    /// slot from what is wanted more.
    fn keep_what_fits(&self, candidates: &mut Vec<Publication>) {
        let mut free = self.slots.iter().filter(|slot| slot.kind() == MediaKind::Video);
        candidates.retain(|publication| {
            publication.source.kind() != MediaKind::Video || free.next().is_some()
        });
    }
}
