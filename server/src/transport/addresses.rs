// SPDX-License-Identifier: EUPL-1.2
//! Which address belongs to which transport, as authentic checks have shown.

use std::collections::HashMap;
use std::net::SocketAddr;

/// Which addresses proved to belong to which transport.
#[derive(Default)]
pub(super) struct Addresses {
    places: HashMap<SocketAddr, usize>,
    of_place: HashMap<usize, Vec<SocketAddr>>,
    /// What belongs to no transport any more, if anybody wants to know.
    forgotten: Option<Vec<SocketAddr>>,
}

impl Addresses {
    /// Keeps what is forgotten for [`Self::pop_forgotten`], which is to be called until it is empty.
    pub(super) fn keep_forgotten(&mut self) {
        self.forgotten.get_or_insert_default();
    }

    /// An address that was forgotten; it may have been found to belong to somebody since.
    pub(super) fn pop_forgotten(&mut self) -> Option<SocketAddr> {
        self.forgotten.as_mut()?.pop()
    }

    /// The transport an address belongs to.
    pub(super) fn find(&self, from: SocketAddr) -> Option<usize> {
        self.places.get(&from).copied()
    }

    /// Takes note of an address; a transport's oldest is forgotten when it has too many.
    pub(super) fn record(&mut self, from: SocketAddr, place: usize) {
        if self.find(from) == Some(place) {
            return;
        }
        if let Some(before) = self.places.insert(from, place)
            && let Some(addresses) = self.of_place.get_mut(&before)
        {
            addresses.retain(|address| *address != from);
        }
        let addresses = self.of_place.entry(place).or_default();
        if addresses.len() >= MAX_ADDRESSES {
            let oldest = addresses.remove(0);
            self.places.remove(&oldest);
            self.forgotten.as_mut().into_iter().for_each(|forgotten| forgotten.push(oldest));
        }
        addresses.push(from);
    }

    /// Forgets all addresses of a transport without keeping that for anybody, and returns them.
    pub(super) fn take(&mut self, place: usize) -> Vec<SocketAddr> {
        let addresses = self.of_place.remove(&place).unwrap_or_default();
        for address in &addresses {
            self.places.remove(address);
        }
        addresses
    }

    /// Moves what is known elsewhere: a table from which an address was removed still holds its bytes.
    pub(super) fn renew(&mut self) {
        self.places = std::mem::take(&mut self.places).into_iter().collect();
        if let Some(forgotten) = &mut self.forgotten {
            let mut moved = Vec::with_capacity(forgotten.len());
            moved.append(forgotten);
            *forgotten = moved;
        }
    }

    /// Forgets all addresses of a transport.
    pub(super) fn forget(&mut self, place: usize) {
        for address in self.of_place.remove(&place).unwrap_or_default() {
            self.places.remove(&address);
            self.forgotten.as_mut().into_iter().for_each(|forgotten| forgotten.push(address));
        }
    }
}

/// A browser checks from each of its interfaces, over IPv4 and IPv6.
const MAX_ADDRESSES: usize = 8;
