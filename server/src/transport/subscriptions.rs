// SPDX-License-Identifier: EUPL-1.2
//! Which slots a publication feeds.

use std::collections::HashMap;

use super::plane::Publication;

/// The subscriptions of all transports of a thread.
#[derive(Debug, Default)]
pub(super) struct Subscriptions {
    /// No list is empty.
    slots: HashMap<Publication, Vec<Subscription>>,
}

/// One slot, by the place of its transport and its own; of sound, one voice that can be heard.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Subscription {
    pub(super) peer: usize,
    pub(super) slot: usize,
}

impl Subscriptions {
    /// Who is fed by a publication.
    pub(super) fn of(&self, publication: Publication) -> &[Subscription] {
        self.slots.get(&publication).map_or(&[], |slots| &slots[..])
    }

    pub(super) fn add(&mut self, to: Publication, subscription: Subscription) {
        self.slots.entry(to).or_default().push(subscription);
    }

    pub(super) fn remove(&mut self, from: Publication, subscription: Subscription) {
        if let Some(slots) = self.slots.get_mut(&from) {
            slots.retain(|other| *other != subscription);
            if slots.is_empty() {
                self.slots.remove(&from);
            }
        }
    }

    /// Ends all subscriptions of a transport.
    pub(super) fn forget(&mut self, peer: usize) {
        self.slots.retain(|_, slots| {
            slots.retain(|subscription| subscription.peer != peer);
            !slots.is_empty()
        });
    }
}
