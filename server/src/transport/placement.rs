// SPDX-License-Identifier: EUPL-1.2
//! On which thread a transport lives: where its room is, until that is too much for one thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::plane::TransportId;
use super::thread::Shared;

/// A room's place: the thread that it began on, and what it has on each.
#[derive(Debug)]
pub(super) struct Place {
    first: usize,
    shared: Arc<Shared>,
    /// How many of its transports live on each thread.
    transports: Box<[AtomicU64]>,
}

/// One thread as a room sees it.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Site {
    /// Transports of the room there.
    pub(super) own: u64,
    /// What it costs to come there; no unit.
    pub(super) weight: u64,
    /// Of a thousand moments, how many it was busy.
    pub(super) busy: u64,
}

impl Place {
    pub(super) fn on(first: usize, threads: usize, shared: &Arc<Shared>) -> Self {
        shared.load.add_room();
        let transports = (0..threads).map(|_| AtomicU64::new(0)).collect();
        Self { first, shared: Arc::clone(shared), transports }
    }

    pub(super) const fn first(&self) -> usize {
        self.first
    }

    /// How many transports of the room live there.
    pub(super) fn own(&self, thread: usize) -> u64 {
        self.transports.get(thread).map_or(0, |count| count.load(Ordering::Relaxed))
    }

    /// A transport of the room is opened; or it was to be, and is to be closed.
    pub(super) fn add(&self, id: TransportId) {
        if let Some(count) = self.transports.get(id.home()) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// A transport of the room is closed.
    pub(super) fn remove(&self, id: TransportId) {
        if let Some(count) = self.transports.get(id.home()) {
            let less = |count: u64| Some(count.saturating_sub(1));
            count.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).ok();
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.shared.load.remove_room();
    }
}

/// The thread for another transport of a room that began on `first`.
///
/// A room fills one thread before it takes the next, so that small rooms are on one. A transport stays where
/// it is placed: nothing goes to and fro.
pub(super) fn choose(first: usize, sites: &[Site], limits: SpreadLimits) -> usize {
    let SpreadLimits { crowd, busy } = limits;
    let has_room = |site: &Site| site.own < crowd && site.busy < busy;
    if sites.get(first).is_none_or(has_room) {
        return first;
    }
    let sites = || sites.iter().enumerate();
    let is_used = |at: usize, site: &Site| at == first || site.own > 0;
    if let Some((at, _)) = sites().find(|(at, site)| is_used(*at, site) && has_room(site)) {
        return at;
    }
    let fresh = sites().filter(|(at, site)| !is_used(*at, site) && site.busy < CALM);
    if let Some((at, _)) = fresh.min_by_key(|(_, site)| site.weight) {
        return at;
    }
    let used = sites().filter(|(at, site)| is_used(*at, site));
    used.min_by_key(|(_, site)| (site.busy >= busy, site.own)).map_or(first, |(at, _)| at)
}

/// To which thread one that is busy gives some of its transports, and how many thousandths of its work: so many
/// that both have as much to do.
pub(super) fn relief(own: usize, loads: &[u64], busy: u64) -> Option<(usize, u64)> {
    let here = *loads.get(own).filter(|load| **load >= busy)?;
    let others = loads.iter().enumerate().filter(|(thread, load)| *thread != own && **load < CALM);
    let (to, there) = others.min_by_key(|(_, load)| **load)?;
    let share = here.saturating_sub(*there).saturating_mul(500).checked_div(here)?;
    (share > 0).then_some((to, share))
}

/// When a room takes another thread, and a thread gives transports away.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct SpreadLimits {
    /// How many transports of one room a thread takes before another one takes the next.
    ///
    /// Larger, people who all show their cameras wait for one core while others rest; smaller, threads that one
    /// could do the work of wake each other with every packet.
    pub crowd: u64,
    /// Of a thousand moments, in how many a thread has something to do when it has too much.
    ///
    /// Larger, a thread has no time left for those who turn on their cameras; smaller, a room is spread that
    /// one thread could carry.
    pub busy: u64,
}

impl Default for SpreadLimits {
    fn default() -> Self {
        Self { crowd: 16, busy: 600 }
    }
}

/// Of a thousand moments, in how many a thread may have something to do that is to be given more.
/// Larger, a thread is relieved by one that has as much to do; smaller, it is not relieved at all.
const CALM: u64 = 400;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIMITS: SpreadLimits = SpreadLimits { crowd: 16, busy: 600 };
    const CROWD: u64 = LIMITS.crowd;
    const BUSY: u64 = LIMITS.busy;

    fn site(own: u64, weight: u64, busy: u64) -> Site {
        Site { own, weight, busy }
    }

    #[test]
    fn a_small_room_stays_where_it_began() {
        for own in 0..CROWD {
            assert_eq!(choose(1, &[site(0, 0, 0), site(own, 9_000, 599)], LIMITS), 1);
        }
    }

    #[test]
    fn a_large_room_takes_the_thread_with_the_least_to_do_and_fills_it_too() {
        let mut sites = [site(0, 500, 0), site(CROWD, 0, 0), site(0, 90, 0)];
        assert_eq!(choose(1, &sites, LIMITS), 2);
        sites[2].own = CROWD - 1;
        assert_eq!(choose(1, &sites, LIMITS), 2, "before the third");
        sites[2].own = CROWD;
        assert_eq!(choose(1, &sites, LIMITS), 0);
    }

    #[test]
    fn when_every_thread_is_full_they_fill_evenly() {
        let mut sites = [site(0, 0, 0); 2];
        for _ in 0..1_000 {
            let at = choose(0, &sites, LIMITS);
            sites[at].own += 1;
        }
        assert_eq!(sites.map(|site| site.own), [500, 500]);
    }

    #[test]
    fn a_busy_thread_is_relieved_by_one_that_is_calm_and_by_no_other() {
        assert_eq!(choose(0, &[site(3, 0, BUSY), site(0, 0, CALM)], LIMITS), 0);
        assert_eq!(choose(0, &[site(3, 0, BUSY), site(0, 0, CALM - 1)], LIMITS), 1);
        assert_eq!(choose(0, &[site(3, 0, BUSY), site(1, 0, BUSY - 1)], LIMITS), 1, "it is there");
        assert_eq!(choose(0, &[site(3, 0, 1_000), site(1, 0, 1_000)], LIMITS), 1);
    }

    #[test]
    fn a_busy_thread_shares_its_work_with_the_calmest_and_a_calm_one_keeps_it() {
        assert_eq!(relief(0, &[800, 390, 200], BUSY), Some((2, 375)));
        assert_eq!(relief(0, &[BUSY - 1, 0], BUSY), None);
        assert_eq!(relief(0, &[1_000, CALM], BUSY), None, "it would only be the other way round");
        assert_eq!(relief(1, &[1_000, 900], BUSY), None);
        assert_eq!(relief(0, &[1_000], BUSY), None, "there is no other");
        assert_eq!(relief(0, &[0, 0], 0), None);
    }

    proptest! {
        #[test]
        fn nothing_goes_to_and_fro(here in 0..=1_000_u64, there in 0..=1_000_u64) {
            let Some((_, share)) = relief(0, &[here, there], BUSY) else { return Ok(()) };
            let moved = here * share / 1_000;
            prop_assert_eq!(relief(1, &[here - moved, there + moved], BUSY), None);
        }
    }

    #[test]
    fn who_leaves_makes_room() {
        let shared = Arc::new(Shared::new().unwrap());
        let place = Place::on(1, 2, &shared);
        let id = TransportId(7).on(1);
        place.add(id);
        assert_eq!([0, 1, 2].map(|thread| place.own(thread)), [0, 1, 0]);
        place.remove(id);
        place.remove(id);
        assert_eq!(place.own(1), 0);
    }
}
