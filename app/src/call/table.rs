// SPDX-License-Identifier: EUPL-1.2
//! A map of a few things in the order of their names.
//!
//! A row of pairs: the compiler writes every map out once more for each kind of thing in it, and those of the standard
//! library were a tenth of the page. It is meant for as much as a room has people: one in is put at its place by
//! moving what stands behind.

/// What is known by which name.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Table<K, V>(Vec<(K, V)>);

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord, V> Table<K, V> {
    /// Where a name stands, or would.
    fn place(&self, name: &K) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.cmp(name))
    }

    /// What is known by this name.
    pub fn get(&self, name: &K) -> Option<&V> {
        let place = self.place(name).ok()?;
        self.0.get(place).map(|(_, it)| it)
    }

    /// Whether something is known by this name.
    pub fn contains_key(&self, name: &K) -> bool {
        self.place(name).is_ok()
    }

    /// Puts something in the place of what was known by this name.
    pub fn insert(&mut self, name: K, it: V) {
        match self.place(&name) {
            Ok(place) => {
                if let Some((_, known)) = self.0.get_mut(place) {
                    *known = it;
                }
            }
            Err(place) => self.0.insert(place, (name, it)),
        }
    }

    /// Changes what is known by this name; it is this before, where nothing is known.
    pub fn change(&mut self, name: K, otherwise: V, change: impl FnOnce(&mut V)) {
        let place = match self.place(&name) {
            Ok(place) => place,
            Err(place) => {
                self.0.insert(place, (name, otherwise));
                place
            }
        };
        if let Some((_, it)) = self.0.get_mut(place) {
            change(it);
        }
    }

    /// Takes out what is known by this name.
    pub fn remove(&mut self, name: &K) -> Option<V> {
        let place = self.place(name).ok()?;
        Some(self.0.remove(place).1)
    }

    /// Keeps nothing else.
    pub fn retain(&mut self, keeps: impl Fn(&K, &V) -> bool) {
        self.0.retain(|(name, it)| keeps(name, it));
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Everything, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.0.iter().map(|(name, it)| (name, it))
    }

    /// Every name.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.0.iter().map(|(name, _)| name)
    }

    /// Everything, in the order of the names.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.0.iter().map(|(_, it)| it)
    }

    /// The same, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.0.iter_mut().map(|(_, it)| it)
    }

    /// Everything, by name.
    #[must_use]
    pub fn into_rows(self) -> Vec<(K, V)> {
        self.0
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Table<K, V> {
    fn from_iter<T: IntoIterator<Item = (K, V)>>(rows: T) -> Self {
        let mut table = Self::default();
        for (name, it) in rows {
            table.insert(name, it);
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::{collection::vec, prelude::*};

    use super::*;

    proptest! {
        #[test]
        fn it_is_a_map(steps in vec((0..4_u8, 0..12_u8, any::<u16>()), 0..60)) {
            let (mut table, mut map) = (Table::default(), BTreeMap::new());
            for (step, name, it) in steps {
                match step {
                    0 => {
                        table.insert(name, it);
                        map.insert(name, it);
                    }
                    1 => prop_assert_eq!(table.remove(&name), map.remove(&name)),
                    2 => {
                        table.change(name, 7, |it| *it = it.wrapping_mul(3));
                        let known = map.entry(name).or_insert(7);
                        *known = known.wrapping_mul(3);
                    }
                    _ => {
                        table.retain(|other, kept| *other != name && *kept > it / 2);
                        map.retain(|other, kept| *other != name && *kept > it / 2);
                    }
                }
                prop_assert_eq!(table.get(&name), map.get(&name));
                prop_assert_eq!(table.contains_key(&name), map.contains_key(&name));
                prop_assert!(table.iter().eq(map.iter()));
                prop_assert!(table.keys().eq(map.keys()));
                prop_assert!(table.values().eq(map.values()));
            }
            let rows: Vec<_> = map.into_iter().collect();
            prop_assert_eq!(rows.iter().rev().copied().collect::<Table<_, _>>(), table.clone());
            prop_assert_eq!(table.into_rows(), rows);
        }
    }
}
