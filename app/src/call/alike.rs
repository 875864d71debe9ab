// SPDX-License-Identifier: EUPL-1.2
//! Which names look the same: whoever takes the name of somebody else is marked, and so are they.

use std::collections::BTreeMap;

use super::names::Named;

/// How many people have which name.
#[derive(Debug, Default)]
pub(super) struct Alike(BTreeMap<String, usize>);

impl<'a> FromIterator<&'a Named> for Alike {
    fn from_iter<T: IntoIterator<Item = &'a Named>>(everybody: T) -> Self {
        let mut counts = BTreeMap::new();
        for name in everybody.into_iter().filter_map(folded) {
            let count: &mut usize = counts.entry(name).or_default();
            *count = count.saturating_add(1);
        }
        Self(counts)
    }
}

impl Alike {
    /// Whether somebody else has this name. One that is empty, or cannot be read, is nobody's.
    pub(super) fn has_another(&self, named: &Named) -> bool {
        folded(named).is_some_and(|name| self.0.get(&name).is_some_and(|count| *count > 1))
    }
}

/// A name regardless of its case; the detour by capitals makes `ß` and `ss` one.
fn folded(named: &Named) -> Option<String> {
    let name = named.name()?.as_str().to_uppercase().to_lowercase();
    (!name.is_empty()).then_some(name)
}
