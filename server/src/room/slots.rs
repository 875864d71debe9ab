// SPDX-License-Identifier: EUPL-1.2
//! Which picture is received in which slot: a pure function of the table before and of what there is to
//! receive.
//!
//! A picture keeps its slot as long as it is there to receive, so that no picture jumps when somebody else
//! comes or goes.

use shared::{Mid, ParticipantId, SlotEntry, Source};

use super::Route;

/// A source that is on.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Publication {
    /// Whose.
    pub(super) participant: ParticipantId,
    /// Which of theirs.
    pub(super) source: Source,
}

/// A media line that can receive pictures.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Slot {
    mid: Mid,
    carries: Option<Publication>,
}

impl Slot {
    /// A slot that is blank.
    pub(super) const fn blank(mid: Mid) -> Self {
        Self { mid, carries: None }
    }

    pub(super) const fn mid(&self) -> &Mid {
        &self.mid
    }

    /// The slot as the page is told of it; nothing when it is blank.
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

/// Brings the table up to what is there: what ended frees its slot, what is received keeps its slot, and what
/// waits takes the free slots in order. What finds none stays unreceived. Whether anything is different.
pub(super) fn assign(table: &mut [Slot], available: &[Publication]) -> bool {
    let mut changed = false;
    for slot in &mut *table {
        let ended = slot.carries.is_some_and(|carried| !available.contains(&carried));
        if ended {
            slot.carries = None;
            changed = true;
        }
    }
    let mut from = 0;
    for publication in available {
        if table.iter().any(|slot| slot.carries.as_ref() == Some(publication)) {
            continue;
        }
        let mut rest = table.iter_mut().enumerate().skip(from);
        let Some((at, free)) = rest.find(|(_, slot)| slot.carries.is_none()) else { break };
        free.carries = Some(*publication);
        from = at;
        changed = true;
    }
    changed
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_publication_keeps_its_slot_when_an_earlier_one_ends() {
        let mut table = blank(2);
        assert!(assign(&mut table, &[camera(1), camera(2)]));
        assert_eq!(carried(&table), [Some(1), Some(2)]);
        assert!(assign(&mut table, &[camera(2)]));
        assert_eq!(carried(&table), [None, Some(2)]);
    }

    #[test]
    fn what_found_no_slot_takes_the_next_free_one() {
        let mut table = blank(1);
        assert!(assign(&mut table, &[camera(1), camera(2), camera(3)]));
        assert_eq!(carried(&table), [Some(1)]);
        assert!(!assign(&mut table, &[camera(1), camera(3)]), "nothing is different");
        assert!(assign(&mut table, &[camera(2), camera(3)]));
        assert_eq!(carried(&table), [Some(2)]);
    }

    proptest! {
        #[test]
        fn an_assignment_is_stable_whole_and_without_repetition(
            slots in 0_usize..8,
            first in proptest::collection::vec(0_u32..10, 0..10),
            second in proptest::collection::vec(0_u32..10, 0..10),
        ) {
            let (first, second) = (publications(&first), publications(&second));
            let mut before = blank(slots);
            assign(&mut before, &first);
            let mut after = before.clone();
            let changed = assign(&mut after, &second);
            prop_assert_eq!(changed, before != after);
            prop_assert!(!assign(&mut after.clone(), &second), "settled at once");
            for (old, new) in before.iter().zip(&after) {
                prop_assert_eq!(&old.mid, &new.mid);
                if let Some(carried) = old.carries && second.contains(&carried) {
                    prop_assert_eq!(new.carries, Some(carried), "kept its slot");
                }
                prop_assert!(new.carries.is_none_or(|c| second.contains(&c)));
            }
            for publication in &second {
                let received = after.iter().filter(|s| s.carries == Some(*publication)).count();
                let free = after.iter().any(|slot| slot.carries.is_none());
                prop_assert!(received == 1 || received == 0 && !free);
            }
        }
    }

    fn publications(drawn: &[u32]) -> Vec<Publication> {
        let mut all = Vec::new();
        for participant in drawn {
            let publication = camera(*participant);
            if !all.contains(&publication) {
                all.push(publication);
            }
        }
        all
    }

    fn blank(count: usize) -> Vec<Slot> {
        let mids = ["a", "b", "c", "d", "e", "f", "g", "h"].iter().take(count);
        mids.map(|mid| Slot::blank(Mid::parse(mid).unwrap())).collect()
    }

    fn camera(participant: u32) -> Publication {
        Publication { participant: ParticipantId(participant), source: Source::Camera }
    }

    fn carried(table: &[Slot]) -> Vec<Option<u32>> {
        table.iter().map(|slot| slot.carries.map(|c| c.participant.0)).collect()
    }
}
