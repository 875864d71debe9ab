// SPDX-License-Identifier: EUPL-1.2
//! Which address belongs to a transport of which other thread.

use std::collections::HashMap;
use std::net::SocketAddr;

/// What other threads have told, the latest [`GENERATION`] addresses at least and twice as many at most.
///
/// Two generations instead of an order: when the young one is full it becomes the old one, and the old one
/// is forgotten. Who is still there is told of again with the next check.
#[derive(Default)]
pub(super) struct Owners {
    young: HashMap<SocketAddr, usize>,
    old: HashMap<SocketAddr, usize>,
}

impl Owners {
    /// The thread an address belongs to.
    pub(super) fn find(&self, address: SocketAddr) -> Option<usize> {
        self.young.get(&address).or_else(|| self.old.get(&address)).copied()
    }

    /// Takes note of an address, whomever it belonged to.
    pub(super) fn record(&mut self, address: SocketAddr, owner: usize) {
        if self.young.len() >= GENERATION && !self.young.contains_key(&address) {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(address, owner);
    }

    /// Forgets an address of that owner. What another has told since stays.
    pub(super) fn forget(&mut self, address: SocketAddr, owner: usize) {
        if self.find(address) == Some(owner) {
            self.forget_any(address);
        }
    }

    /// Moves what is known elsewhere, see [`super::addresses::Addresses::renew`].
    pub(super) fn renew(&mut self) {
        for known in [&mut self.young, &mut self.old] {
            *known = std::mem::take(known).into_iter().collect();
        }
    }

    /// Forgets an address.
    pub(super) fn forget_any(&mut self, address: SocketAddr) {
        self.young.remove(&address);
        self.old.remove(&address);
    }
}

/// Larger, the table takes more memory when notices are lost; smaller, the addresses of a large crowd are
/// forgotten between two of their checks.
const GENERATION: usize = 16_384;

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn address(number: u16) -> SocketAddr {
        SocketAddr::from(([192, 0, 2, 1], number))
    }

    proptest! {
        #[test]
        fn the_last_who_told_owns_an_address_until_they_forget_it(
            acts in prop::collection::vec((0..3_u8, 0..8_u16, 0..3_usize), 0..200),
        ) {
            let (mut owners, mut model) = (Owners::default(), BTreeMap::new());
            for (act, number, owner) in acts {
                match act {
                    0 => {
                        owners.record(address(number), owner);
                        model.insert(number, owner);
                    }
                    1 => {
                        owners.forget(address(number), owner);
                        if model.get(&number) == Some(&owner) {
                            model.remove(&number);
                        }
                    }
                    _ => prop_assert_eq!(owners.find(address(number)), model.get(&number).copied()),
                }
            }
        }
    }

    #[test]
    fn the_latest_addresses_are_known_and_the_table_is_bounded() {
        let mut owners = Owners::default();
        for number in 0..=u16::MAX {
            owners.record(address(number), 1);
            assert!(owners.young.len() + owners.old.len() <= 2 * GENERATION);
        }
        let kept = u16::try_from(GENERATION).unwrap();
        assert!(
            (u16::MAX - kept + 1..=u16::MAX).all(|number| owners.find(address(number)).is_some())
        );
        assert_eq!(owners.find(address(0)), None);
    }
}
