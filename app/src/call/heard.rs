// SPDX-License-Identifier: EUPL-1.2
//! How far this seat has heard what was silenced in it.

use shared::Source;

use super::table::Table;

/// The count of the last silencing of each source that was obeyed. What is said twice, because the
/// first time may have been lost with a line, is obeyed once.
#[derive(Debug, Default)]
pub(super) struct Heard(Table<Source, u32>);

impl Heard {
    /// Takes the count of a silencing. Whether it is one that was not known.
    pub(super) fn is_news(&mut self, source: Source, count: u32) -> bool {
        let is_news = self.0.get(&source).copied().unwrap_or_default() < count;
        if is_news {
            self.0.insert(source, count);
        }
        is_news
    }

    /// The last count of all, 0 before the first.
    pub(super) fn last(&self) -> u32 {
        self.0.values().copied().max().unwrap_or_default()
    }
}
