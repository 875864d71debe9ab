// SPDX-License-Identifier: EUPL-1.2
//! How much one participant may send and be sent, and all of them together, whatever their paths carry.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::relay::Relay;
use super::thread::Shared;
use crate::media::ceiling::{Demand, STEPS, Step};

/// The bounds of the media in bits per second, headers of UDP and IP excluded. Where there is none, the paths decide.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct MediaLimits {
    /// What one participant may send.
    ///
    /// Larger, somebody who means harm fills the server's line, and everybody's. Smaller, a page that shares a screen
    /// beside its camera has less for both: it sends 5.5 Mbit/s at most.
    pub up: Option<u64>,
    /// What one participant may be sent, sound excepted.
    ///
    /// Larger, one large screen costs as much of the server as a small room. Smaller, many pictures at once are less
    /// sharp: 48 small ones and a large one take 9 Mbit/s.
    pub down: Option<u64>,
    /// What all of them may be sent together, sound excepted. How much that is, only the operator knows.
    pub total: Option<u64>,
}

impl MediaLimits {
    /// None.
    pub const NONE: Self = Self { up: None, down: None, total: None };
}

impl Default for MediaLimits {
    fn default() -> Self {
        Self { up: Some(10_000_000), down: Some(20_000_000), total: None }
    }
}

/// The bounds as a thread keeps them.
#[derive(Debug)]
pub(super) struct Bounds {
    pub(super) limits: MediaLimits,
    /// What the pictures of one subscriber may take because the server is full; nothing while it is not.
    ceiling: Option<u64>,
    /// What each subscriber is sent of sound and would be sent of pictures, by its place.
    needs: Vec<(u64, u64)>,
    /// What those of this thread want, when it was counted since it was asked for.
    counted: Option<Box<Demand>>,
}

/// By what a subscriber is bounded.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Bound {
    /// What it may be sent, sound included; nothing where there is no bound.
    pub(super) bits: Option<u64>,
    /// Whether what one participant may be sent is less than its path carries and it wants.
    pub(super) is_own: bool,
    /// Whether it would be sent more if the server were not full.
    pub(super) is_shared: bool,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { limits: MediaLimits::NONE, ceiling: None, needs: Vec::new(), counted: None }
    }
}

impl Bounds {
    /// What a subscriber may be sent that would be sent `ideal` on a path that carries so much, with so much sound.
    pub(super) fn of(&mut self, place: usize, path: Option<u64>, ideal: u64, sound: u64) -> Bound {
        let Self { limits: MediaLimits { down, total, .. }, ceiling, needs, .. } = self;
        let wanted = path.map_or(ideal, |path| path.min(ideal));
        let own = down.map_or(wanted, |down| down.min(wanted));
        if total.is_some() {
            if place >= needs.len() {
                needs.resize(place + 1, (0, 0));
            }
            if let Some(need) = needs.get_mut(place) {
                *need = (sound, own.saturating_sub(sound));
            }
        }
        let shared = ceiling.map(|ceiling| ceiling.saturating_add(sound));
        Bound {
            bits: least(*down, shared),
            is_own: own < wanted,
            is_shared: shared.is_some_and(|shared| shared < own),
        }
    }
}

/// The smaller of two bounds.
pub(super) fn least(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    one.into_iter().chain(other).min()
}

impl Relay {
    /// Counts what everybody on this thread wants, if that matters.
    pub(super) fn count_demand(&mut self) {
        if self.bounds.limits.total.is_none() {
            return;
        }
        let mut demand = self.bounds.counted.take().unwrap_or_default();
        *demand = Demand::default();
        for (peer, (sound, pictures)) in self.peers.iter().zip(&self.bounds.needs) {
            if peer.is_some() {
                demand.add(*sound, *pictures);
            }
        }
        self.bounds.counted = Some(demand);
    }

    /// Takes what the pictures of one subscriber may take from here on.
    pub(super) fn set_ceiling(&mut self, ceiling: Option<u64>) {
        let before = core::mem::replace(&mut self.bounds.ceiling, ceiling);
        let fell = |ceiling| before.is_none_or(|before| ceiling < before);
        let Some(ceiling) = ceiling.filter(|ceiling| fell(*ceiling)) else { return };
        // Who was content with more has to give something back.
        for (place, (_, pictures)) in self.bounds.needs.iter().enumerate() {
            if *pictures > ceiling {
                self.allotment.wake(place);
            }
        }
    }
}

/// What the subscribers of a thread want, as others see it.
#[derive(Debug)]
pub(super) struct SharedDemand {
    sound: AtomicU64,
    steps: [(AtomicU64, AtomicU64); STEPS],
}

impl Default for SharedDemand {
    fn default() -> Self {
        let steps = core::array::from_fn(|_| <(AtomicU64, AtomicU64)>::default());
        Self { sound: AtomicU64::new(0), steps }
    }
}

impl SharedDemand {
    fn publish(&self, demand: &Demand) {
        let (sound, steps) = demand.parts();
        self.sound.store(sound, Ordering::Relaxed);
        for ((people, bits), step) in self.steps.iter().zip(steps) {
            people.store(step.people, Ordering::Relaxed);
            bits.store(step.bits, Ordering::Relaxed);
        }
    }

    fn read(&self) -> Demand {
        let steps = self.steps.each_ref().map(|(people, bits)| Step {
            people: people.load(Ordering::Relaxed),
            bits: bits.load(Ordering::Relaxed),
        });
        Demand::of(self.sound.load(Ordering::Relaxed), &steps)
    }
}

/// Lets the other threads know what is wanted here, and this one what is left for it.
pub(super) fn share_out(relay: &mut Relay, own: &Shared, all: &[Arc<Shared>]) {
    let Some(total) = relay.bounds.limits.total else { return };
    if relay.is_idle() {
        // Nobody counts here again before somebody comes.
        own.demand.publish(&Demand::default());
        return;
    }
    let Some(counted) = relay.bounds.counted.take() else { return };
    own.demand.publish(&counted);
    let everybody = all.iter().map(|shared| shared.demand.read());
    let everybody = everybody.fold(Demand::default(), |sum, more| sum.plus(&more));
    relay.set_ceiling(everybody.ceiling(total));
}
