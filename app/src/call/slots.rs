// SPDX-License-Identifier: EUPL-1.2
//! What is received in which slot: the newest table that the server stated.

use shared::{MediaKind, Mid, ParticipantId, Revision, SlotEntry, Source};

/// The table of the peer connection there is.
#[derive(Debug, Default)]
pub(super) struct Slots {
    /// Of the last table on this line. What the next line says counts, whatever its revision.
    revision: Option<Revision>,
    entries: Vec<SlotEntry>,
}

/// Where a person is heard and seen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Face<'slots> {
    pub(super) person: ParticipantId,
    pub(super) voice: &'slots Mid,
    pub(super) picture: &'slots Mid,
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

    /// Everybody who is heard and seen.
    pub(super) fn faces(&self) -> impl Iterator<Item = Face<'_>> {
        let voices = self.entries.iter().filter(|entry| entry.source == Source::Microphone);
        voices.filter_map(|SlotEntry { mid, participant, .. }| {
            let picture = self.find(*participant, Source::Camera)?;
            Some(Face { person: *participant, voice: mid, picture })
        })
    }

    /// Where sound is received.
    pub(super) fn sounds(&self) -> Vec<Mid> {
        self.entries
            .iter()
            .filter(|entry| entry.source.kind() == MediaKind::Audio)
            .map(|entry| entry.mid.clone())
            .collect()
    }
}
