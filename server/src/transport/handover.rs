// SPDX-License-Identifier: EUPL-1.2
//! Datagrams that the kernel gave to another thread than the one on which their transport lives.
//!
//! The kernel spreads the senders over the sockets of the port by a hash of their address, which knows
//! nothing of rooms. A check is handed to the thread that its user name tells, everything else to the
//! thread that has told that the address is one of its transports'. It tells whoever handed it an
//! authentic check: all datagrams of one address come to one socket, so nobody else needs to know.
//!
//! A thread that gives a transport to another hands on what still comes to it.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::counters::MediaCounters;
use super::ice::addressee;
use super::links::{CROSSING_RING_LEN, Links};
use super::local::thread_of;
use super::outlet::{NOBODY, Outlet};
use super::owners::Owners;
use super::placement::relief;
use super::relay::Relay;
use super::sys::DATAGRAM_LEN;
use super::thread::Shared;
use crate::media::Micros;

/// What one thread has in common with the others.
pub(super) struct Handover {
    index: usize,
    threads: Arc<[Inlet]>,
    datagrams: Receiver<Handed>,
    notices: Receiver<Notice>,
    owners: Owners,
    /// The addresses of own transports of which another thread knows, and which.
    told: HashMap<SocketAddr, usize>,
    /// Whether something is here of somebody who has left.
    left: bool,
    /// When transports were given away last.
    relieved: Micros,
    /// A bit for each thread that was handed something since it was last woken.
    unwoken: u64,
}

/// Where a thread takes from the others.
struct Inlet {
    datagrams: SyncSender<Handed>,
    notices: SyncSender<Notice>,
    shared: Arc<Shared>,
}

/// A datagram on its way to the thread it belongs to.
struct Handed {
    via: usize,
    /// Whether somebody had it who was to have it: it is handed on only once.
    is_late: bool,
    from: SocketAddr,
    len: usize,
    bytes: [u8; DATAGRAM_LEN],
}

/// What a thread tells one that hands it datagrams.
#[derive(Clone, Copy)]
enum Notice {
    Owned { address: SocketAddr, by: usize },
    Forgotten { address: SocketAddr, by: usize },
}

impl Handover {
    /// One for each of the threads; none for a thread that is alone.
    pub(super) fn between(threads: &[Arc<Shared>]) -> Vec<Option<Self>> {
        if threads.len() < 2 {
            return threads.iter().map(|_| None).collect();
        }
        let (inlets, outlets): (Vec<_>, Vec<_>) = threads
            .iter()
            .map(|shared| {
                let (datagrams, handed) = sync_channel(DATAGRAM_RING_LEN);
                let (notices, told) = sync_channel(NOTICE_RING_LEN);
                (Inlet { datagrams, notices, shared: Arc::clone(shared) }, (handed, told))
            })
            .unzip();
        let threads: Arc<[Inlet]> = inlets.into();
        let ends = outlets.into_iter().enumerate();
        ends.map(|(index, (datagrams, notices))| {
            Some(Self {
                index,
                threads: Arc::clone(&threads),
                datagrams,
                notices,
                owners: Owners::default(),
                told: HashMap::new(),
                left: false,
                relieved: Micros(0),
                unwoken: 0,
            })
        })
        .collect()
    }

    /// Takes what the others have handed over and told; whether that was anything.
    pub(super) fn take(
        &mut self,
        now: Micros,
        relay: &mut Relay,
        outlet: &mut impl Outlet,
    ) -> bool {
        self.learn();
        let mut any = false;
        // All that was there when this thread was woken; for what comes meanwhile it is woken again.
        for _ in 0..DATAGRAM_RING_LEN {
            let Ok(mut handed) = self.datagrams.try_recv() else { break };
            any = true;
            let Handed { via, is_late, from, len, .. } = handed;
            let Some(datagram) = handed.bytes.get_mut(..len).filter(|bytes| !bytes.is_empty())
            else {
                continue;
            };
            self.left |= relay.is_idle();
            if relay.addresses.find(from).is_none() {
                // Its transport may have been sent here just before it was handed on.
                relay.take_crossings(now, outlet);
            }
            if !is_late
                && relay.addresses.find(from).is_none()
                && let Some(owner) = self.owner_of(from, datagram, relay)
            {
                handed.is_late = true;
                self.hand(owner, handed, &mut relay.counters);
                continue;
            }
            let is_check = is_check(datagram);
            relay.handle_datagram(now, from, datagram, outlet);
            if is_check && relay.addresses.find(from).is_some() {
                // Told with each check, not with the first only: a notice can be lost.
                self.told.insert(from, via);
                self.notify(via, Notice::Owned { address: from, by: self.index });
            }
        }
        any
    }

    /// Takes a datagram from the socket: hands it over, or to the relay, whose [`Relay::end_run`] is to follow.
    pub(super) fn sort(
        &mut self,
        now: Micros,
        from: SocketAddr,
        datagram: &mut [u8],
        relay: &mut Relay,
        outlet: &mut impl Outlet,
    ) {
        if let Some(owner) = self.owner_of(from, datagram, relay) {
            self.hand_over(owner, from, datagram, &mut relay.counters);
            return;
        }
        let is_check = is_check(datagram);
        relay.take_datagram(now, from, datagram, outlet);
        if is_check && relay.addresses.find(from).is_some() {
            self.owners.forget_any(from);
        }
    }

    /// Wakes whom something was handed to, and those others: once for all of it.
    pub(super) fn wake(&mut self, others: u64) {
        let mut unwoken = std::mem::take(&mut self.unwoken) | others;
        while unwoken != 0 {
            let index = usize::try_from(unwoken.trailing_zeros()).unwrap_or(usize::MAX);
            if let Some(inlet) = self.threads.get(index) {
                inlet.shared.waker.wake();
            }
            unwoken &= unwoken - 1;
        }
    }

    /// Tells of addresses that belong to no transport of this thread any more.
    pub(super) fn disown(&mut self, relay: &mut Relay) {
        while let Some(address) = relay.addresses.pop_forgotten() {
            if relay.addresses.find(address).is_none()
                && let Some(via) = self.told.remove(&address)
            {
                self.notify(via, Notice::Forgotten { address, by: self.index });
            }
        }
    }

    /// Gives transports away, if this thread has too much to do and another has time; not again for a while,
    /// until it is seen what that changed.
    pub(super) fn relieve(&mut self, now: Micros, busy: u64, relay: &mut Relay) {
        let loads = self.threads.iter().map(|inlet| inlet.shared.load.busy());
        let Some((to, share)) = relief(self.index, &loads.collect::<Vec<_>>(), busy) else {
            return;
        };
        if now.since(self.relieved) < PAUSE {
            return;
        }
        self.relieved = now;
        for id in relay.choose_leavers(share) {
            let Some((peer, addresses)) = relay.depart(now, id, to) else { continue };
            let via = |address| (address, self.told.remove(&address).unwrap_or(self.index));
            let addresses: Vec<_> = addresses.into_iter().map(via).collect();
            for (address, _) in &addresses {
                // Whoever hands its datagrams over is told by the other; these come here until then.
                self.owners.record(*address, to);
            }
            relay.send_off(to, peer, addresses);
        }
    }

    /// Tells of the addresses of transports that have come here.
    pub(super) fn adopt(&mut self, relay: &mut Relay) {
        while let Some((address, via)) = relay.away.arrived.pop() {
            self.owners.forget_any(address);
            if via != self.index {
                self.told.insert(address, via);
                self.notify(via, Notice::Owned { address, by: self.index });
            }
        }
    }

    /// Whether an address was forgotten, or a stray datagram handed over, since the last call.
    pub(super) const fn take_left(&mut self) -> bool {
        std::mem::replace(&mut self.left, false)
    }

    /// Forgets those who have left; while nobody is here, also what has passed the rings of this thread.
    pub(super) fn forget(&mut self, now: Micros, relay: &mut Relay, outlet: &mut impl Outlet) {
        self.owners.renew();
        self.told = std::mem::take(&mut self.told).into_iter().collect();
        if relay.is_idle() {
            self.overwrite(now, relay, outlet);
        }
        self.left = false;
    }

    /// Passes through all places of the own rings what means nothing.
    fn overwrite(&mut self, now: Micros, relay: &mut Relay, outlet: &mut impl Outlet) {
        let threads = Arc::clone(&self.threads);
        let Some(own) = threads.get(self.index) else { return };
        let (via, len) = (self.index, 0);
        for _ in 0..DATAGRAM_RING_LEN.max(NOTICE_RING_LEN).max(CROSSING_RING_LEN) / OVERWRITTEN {
            // No more at once: there is room for what the others hand over meanwhile.
            for _ in 0..OVERWRITTEN {
                let bytes = [0; DATAGRAM_LEN];
                let nothing = Handed { via, is_late: true, from: NOBODY, len, bytes };
                // What finds no room has nothing to write over.
                drop(own.datagrams.try_send(nothing));
                self.notify(via, Notice::Forgotten { address: NOBODY, by: via });
                relay.links.as_mut().into_iter().for_each(Links::overwrite);
            }
            self.take(now, relay, outlet);
            relay.take_crossings(now, outlet);
        }
    }

    /// Takes note of what the others have told; whether they have told anything.
    fn learn(&mut self) -> bool {
        let mut told = false;
        for notice in self.notices.try_iter().take(NOTICE_RING_LEN) {
            told = true;
            match notice {
                Notice::Owned { address, by } => self.owners.record(address, by),
                Notice::Forgotten { address, by } => {
                    self.left = true;
                    self.owners.forget(address, by);
                }
            }
        }
        told
    }

    fn owner_of(&mut self, from: SocketAddr, datagram: &[u8], relay: &Relay) -> Option<usize> {
        let owner = match datagram.first()? {
            0..=3 => relay.find_checked(datagram).or_else(|| {
                let (first, _) = addressee(datagram)?.split_first()?;
                thread_of(*first)
            }),
            20..=63 | 128..=191 => {
                let known = self.owners.find(from);
                // Who has just been answered by the owner may be heard here within the same turn.
                if known.is_none() && self.learn() { self.owners.find(from) } else { known }
            }
            _ => None,
        };
        owner.filter(|owner| *owner != self.index && *owner < self.threads.len())
    }

    fn hand_over(
        &mut self,
        to: usize,
        from: SocketAddr,
        datagram: &[u8],
        counters: &mut MediaCounters,
    ) {
        let (via, len) = (self.index, datagram.len());
        let mut handed = Handed { via, is_late: false, from, len, bytes: [0; DATAGRAM_LEN] };
        let Some(bytes) = handed.bytes.get_mut(..len) else { return };
        bytes.copy_from_slice(datagram);
        self.hand(to, handed, counters);
    }

    fn hand(&mut self, to: usize, handed: Handed, counters: &mut MediaCounters) {
        let Some(inlet) = self.threads.get(to) else { return };
        if inlet.datagrams.try_send(handed).is_ok() {
            counters.handed_over += 1;
            self.unwoken |= 1 << to;
        } else {
            counters.handover_dropped += 1;
        }
    }

    /// A notice that is lost costs at most what comes until the next check, or a place in a table.
    fn notify(&mut self, thread: usize, notice: Notice) {
        if let Some(inlet) = self.threads.get(thread)
            && inlet.notices.try_send(notice).is_ok()
        {
            self.unwoken |= 1 << thread;
        }
    }
}

fn is_check(datagram: &[u8]) -> bool {
    matches!(datagram.first(), Some(0..=3))
}

/// Larger, more memory is held for each thread, 2 KiB a place, and what waits in it is later; smaller, a
/// thread that was busy for a moment loses what the others hand it.
const DATAGRAM_RING_LEN: usize = 512;
/// Larger costs memory; smaller, a crowd that comes or leaves at once is told of later.
const NOTICE_RING_LEN: usize = 1_024;
/// Of a ring, at once. Larger, what others hand over at that moment finds no room; smaller costs time.
const OVERWRITTEN: usize = 64;

/// Longer, a thread that is too busy is so for longer; shorter, it gives away more before it is measured that it
/// has less to do.
const PAUSE: Micros = Micros::from_millis(3_000);

#[cfg(test)]
#[path = "handover_tests.rs"]
mod tests;
