// SPDX-License-Identifier: EUPL-1.2
//! Which publication is received in which slot: a pure function of the table before and of what
//! there is to receive.
//!
//! A publication keeps its slot as long as it is there to receive, so that no picture jumps when somebody else
//! comes or goes.

use shared::{MediaKind, Mid, ParticipantId, SlotEntry, Source};

use super::Route;

/// A source that is on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Publication {
    /// Whose.
    pub(super) participant: ParticipantId,
    /// Which of theirs.
    pub(super) source: Source,
}

/// A media line that can receive.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Slot {
    mid: Mid,
    kind: MediaKind,
    carries: Option<Publication>,
}

impl Slot {
    /// A slot that is silent.
    pub(super) const fn silent(mid: Mid, kind: MediaKind) -> Self {
        Self { mid, kind, carries: None }
    }

    pub(super) const fn kind(&self) -> MediaKind {
        self.kind
    }

    /// The slot as the page is told of it; nothing when it is silent.
    pub(super) fn entry(&self) -> Option<SlotEntry> {
        let Publication { participant, source } = self.carries?;
        Some(SlotEntry { mid: self.mid.clone(), participant, source })
    }

    /// The slot as the media plane is told of it; nothing when it carries something else.
    pub(super) fn route(&self, publication: Publication, lines: u16) -> Option<Route> {
        let Publication { participant: publisher, source } = publication;
        let carries = self.carries == Some(publication);
        carries.then(|| Route { mid: self.mid.clone(), publisher, source, lines })
    }
}

/// The table that follows: what ended frees its slot, what is received keeps its slot, and what waits
/// takes the free slots of its kind in order. What finds none stays unreceived.
#[must_use]
pub(super) fn assign(before: &[Slot], available: &[Publication]) -> Vec<Slot> {
    let mut table: Vec<Slot> = before
        .iter()
        .map(|slot| Slot {
            carries: slot.carries.filter(|carried| available.contains(carried)),
            ..slot.clone()
        })
        .collect();
    for publication in available {
        if table.iter().any(|slot| slot.carries.as_ref() == Some(publication)) {
            continue;
        }
        let kind = publication.source.kind();
        if let Some(free) = table.iter_mut().find(|s| s.carries.is_none() && s.kind == kind) {
            free.carries = Some(*publication);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_publication_keeps_its_slot_when_an_earlier_one_ends() {
        let table = assign(&pictures(2), &[camera(1), camera(2)]);
        assert_eq!(carried(&table), [Some(1), Some(2)]);
        assert_eq!(carried(&assign(&table, &[camera(2)])), [None, Some(2)]);
    }

    #[test]
    fn what_found_no_slot_takes_the_next_free_one() {
        let table = assign(&pictures(1), &[camera(1), camera(2), camera(3)]);
        assert_eq!(carried(&table), [Some(1)]);
        assert_eq!(carried(&assign(&table, &[camera(2), camera(3)])), [Some(2)]);
    }

    #[test]
    fn sound_is_not_received_where_pictures_are() {
        let voice = Publication { participant: ParticipantId(1), source: Source::Microphone };
        assert_eq!(carried(&assign(&pictures(1), &[voice])), [None]);
    }

    proptest! {
        #[test]
        fn an_assignment_is_stable_whole_and_without_repetition(
            slots in proptest::collection::vec(any::<bool>(), 0..8),
            first in proptest::collection::vec((0_u32..5, any::<bool>()), 0..10),
            second in proptest::collection::vec((0_u32..5, any::<bool>()), 0..10),
        ) {
            let empty: Vec<Slot> = slots
                .iter()
                .zip(["a", "b", "c", "d", "e", "f", "g", "h"])
                .map(|(video, mid)| Slot::silent(Mid::parse(mid).unwrap(), kind(*video)))
                .collect();
            let (first, second) = (publications(&first), publications(&second));
            let before = assign(&empty, &first);
            let after = assign(&before, &second);
            prop_assert_eq!(&assign(&after, &second), &after, "settled at once");
            for (old, new) in before.iter().zip(&after) {
                prop_assert_eq!((&old.mid, old.kind), (&new.mid, new.kind));
                if let Some(carried) = old.carries && second.contains(&carried) {
                    prop_assert_eq!(new.carries, Some(carried), "kept its slot");
                }
                prop_assert!(new.carries.is_none_or(|c| c.source.kind() == new.kind));
                prop_assert!(new.carries.is_none_or(|c| second.contains(&c)));
            }
            for publication in &second {
                let received = after.iter().filter(|s| s.carries == Some(*publication)).count();
                let kind = publication.source.kind();
                let free = after.iter().any(|s| s.kind == kind && s.carries.is_none());
                prop_assert!(received == 1 || received == 0 && !free);
            }
        }
    }

    fn kind(video: bool) -> MediaKind {
        if video { MediaKind::Video } else { MediaKind::Audio }
    }

    fn publications(drawn: &[(u32, bool)]) -> Vec<Publication> {
        let mut all = Vec::new();
        for (participant, video) in drawn {
            let source = if *video { Source::Camera } else { Source::Microphone };
            let publication = Publication { participant: ParticipantId(*participant), source };
            if !all.contains(&publication) {
                all.push(publication);
            }
        }
        all
    }

    fn pictures(count: usize) -> Vec<Slot> {
        ["a", "b", "c"]
            .iter()
            .take(count)
            .map(|mid| Slot::silent(Mid::parse(mid).unwrap(), MediaKind::Video))
            .collect()
    }

    fn camera(participant: u32) -> Publication {
        Publication { participant: ParticipantId(participant), source: Source::Camera }
    }

    fn carried(table: &[Slot]) -> Vec<Option<u32>> {
        table.iter().map(|slot| slot.carries.map(|c| c.participant.0)).collect()
    }
}
