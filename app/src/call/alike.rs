// SPDX-License-Identifier: EUPL-1.2
//! Which names look the same: whoever takes the name of somebody else is marked, and so are they.

use super::names::Named;

/// Everybody's name, in order.
#[derive(Debug, Default)]
pub(super) struct Alike(Vec<String>);

impl<'a> FromIterator<&'a Named> for Alike {
    fn from_iter<T: IntoIterator<Item = &'a Named>>(everybody: T) -> Self {
        let mut names: Vec<_> = everybody.into_iter().filter_map(folded).collect();
        names.sort_unstable();
        Self(names)
    }
}

impl Alike {
    /// Whether somebody else has this name. One that is empty, or cannot be read, is nobody's.
    pub(super) fn has_another(&self, named: &Named) -> bool {
        folded(named).is_some_and(|name| {
            let first = self.0.partition_point(|known| *known < name);
            self.0.iter().skip(first).take_while(|known| **known == name).nth(1).is_some()
        })
    }
}

/// A name regardless of its case; the detour by capitals makes `ß` and `ss` one.
fn folded(named: &Named) -> Option<String> {
    let name = named.name()?.as_str().to_uppercase().to_lowercase();
    (!name.is_empty()).then_some(name)
}
