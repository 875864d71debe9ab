// SPDX-License-Identifier: EUPL-1.2
//! Which picture is received in which slot: the newest table that the server stated.

use shared::{Mid, ParticipantId, Revision, SlotEntry, Source};

/// The table of the peer connection there is.
#[derive(Debug, Default)]
pub(super) struct Slots {
    /// Of the last table on this line. What the next line says counts, whatever its revision.
    revision: Option<Revision>,
    entries: Vec<SlotEntry>,
}

impl Slots {
    /// Takes a table, unless a newer one is known.
    pub(super) fn replace(&mut self, revision: Revision, entries: Vec<SlotEntry>) {
        if self.revision.is_none_or(|known| known <= revision) {
            self.revision = Some(revision);
            self.entries = entries;
        }
    }

    /// Another line: its first table counts. What is shown stays until then.
    pub(super) const fn restate(&mut self) {
        self.revision = None;
    }

    /// Another peer connection: its slots are silent.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Where a source of somebody's is received.
    pub(super) fn find(&self, participant: ParticipantId, source: Source) -> Option<&Mid> {
        self.entries
            .iter()
            .find(|entry| entry.participant == participant && entry.source == source)
            .map(|entry| &entry.mid)
    }

    /// Whose it is that is received in a slot, and what of them.
    pub(super) fn whose(&self, mid: &Mid) -> Option<(ParticipantId, Source)> {
        let entry = self.entries.iter().find(|entry| entry.mid == *mid)?;
        Some((entry.participant, entry.source))
    }

    /// Which pictures are received, and where.
    pub(super) fn pictures(&self) -> impl Iterator<Item = ((ParticipantId, Source), &Mid)> {
        self.entries.iter().map(|entry| ((entry.participant, entry.source), &entry.mid))
    }
}
