// SPDX-License-Identifier: EUPL-1.2
//! Who is shown large because they speak: somebody else, and not everybody who coughs.
//!
//! The light stays on who has it as long as they speak, and after that until somebody else has spoken for long
//! enough. It never falls on the person at this screen.

use core::time::Duration;

use shared::{ParticipantId, Timestamp};

use super::table::Table;

/// On whom the light is.
#[derive(Debug, Default)]
pub(super) struct Spotlight {
    on: Option<ParticipantId>,
    /// When it was turned there because they spoke; nothing when it is there because it has to be somewhere.
    turned: Option<Timestamp>,
    /// Of everybody else who speaks, since when.
    speaking: Table<ParticipantId, Timestamp>,
    /// Whether the one who has it speaks.
    is_heard: bool,
}

impl Spotlight {
    /// On whom it is; on nobody when nobody else is there.
    pub(super) const fn on(&self) -> Option<ParticipantId> {
        self.on
    }

    /// Takes who else is there, in order, and who of them speaks.
    pub(super) fn settle(
        &mut self,
        now: Timestamp,
        others: &[ParticipantId],
        speaking: &[ParticipantId],
    ) {
        let speaks = |id: &ParticipantId| speaking.contains(id) && others.contains(id);
        self.speaking.retain(|id, _| speaks(id));
        for id in speaking.iter().filter(|id| speaks(id)) {
            self.speaking.change(*id, now, |_| {});
        }
        if self.on.is_none_or(|on| !others.contains(&on)) {
            self.on = self.longest().map(|(id, _)| id).or_else(|| others.first().copied());
            self.turned = None;
        }
        self.is_heard = self.on.is_some_and(|on| self.speaking.contains_key(&on));
        if let Some((id, _)) = self.next().filter(|(_, due)| *due <= now) {
            (self.on, self.turned, self.is_heard) = (Some(id), Some(now), true);
        }
    }

    /// When it turns, if nobody falls silent before.
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        self.next().map(|(_, due)| due)
    }

    /// To whom it turns next, and when.
    fn next(&self) -> Option<(ParticipantId, Timestamp)> {
        if self.is_heard {
            return None;
        }
        let (id, since) = self.longest()?;
        let rested = self.turned.map(|turned| turned + SHORTEST);
        Some((id, rested.into_iter().fold(since + STEADY, Ord::max)))
    }

    fn longest(&self) -> Option<(ParticipantId, Timestamp)> {
        let all = self.speaking.iter().map(|(id, since)| (*id, *since));
        all.min_by_key(|(_, since)| *since)
    }
}

/// For how long somebody has to speak. The room takes somebody to speak for most of a second after the last
/// sound: shorter than this, who coughs is shown; longer, who speaks is not seen.
const STEADY: Duration = Duration::from_millis(1_500);

/// For how long somebody is shown at least. Shorter, an exchange of short sentences flickers; longer, who answers
/// is seen late.
const SHORTEST: Duration = Duration::from_secs(3);

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    const ADA: ParticipantId = ParticipantId(1);
    const BOB: ParticipantId = ParticipantId(2);
    const CLEO: ParticipantId = ParticipantId(3);

    /// A room of the three, in which time passes.
    #[derive(Default)]
    struct Room {
        light: Spotlight,
        now: Timestamp,
    }

    impl Room {
        /// These speak for so long; on whom the light is then.
        fn hears(&mut self, speaking: &[ParticipantId], millis: u64) -> Option<ParticipantId> {
            let end = self.now + Duration::from_millis(millis);
            self.light.settle(self.now, &[ADA, BOB, CLEO], speaking);
            while let Some(due) = self.light.deadline().filter(|due| *due <= end) {
                self.now = due;
                self.light.settle(self.now, &[ADA, BOB, CLEO], speaking);
            }
            self.now = end;
            self.light.on()
        }
    }

    #[test]
    fn it_is_on_the_first_until_somebody_speaks() {
        let mut room = Room::default();
        assert_eq!(room.hears(&[], 10_000), Some(ADA));
        assert_eq!(room.hears(&[BOB], 1_499), Some(ADA));
        assert_eq!(room.hears(&[BOB], 1), Some(BOB));
    }

    #[test]
    fn a_cough_turns_it_nowhere() {
        let mut room = Room::default();
        room.hears(&[BOB], 5_000);
        for _ in 0..10 {
            assert_eq!(room.hears(&[CLEO], 1_200), Some(BOB));
            assert_eq!(room.hears(&[], 500), Some(BOB));
        }
    }

    #[test]
    fn nobody_takes_it_from_who_speaks() {
        let mut room = Room::default();
        room.hears(&[BOB], 5_000);
        assert_eq!(room.hears(&[BOB, CLEO], 60_000), Some(BOB));
        assert_eq!(room.hears(&[CLEO], 0), Some(CLEO), "who has waited has it at once");
    }

    #[test]
    fn in_an_exchange_it_stays_for_a_while() {
        let mut room = Room::default();
        room.hears(&[], 0);
        room.hears(&[BOB], 1_500);
        assert_eq!(room.hears(&[CLEO], 2_999), Some(BOB));
        assert_eq!(room.hears(&[CLEO], 1), Some(CLEO));
    }

    #[test]
    fn it_leaves_who_is_gone_at_once() {
        let mut room = Room::default();
        room.hears(&[BOB], 5_000);
        room.light.settle(room.now, &[ADA, CLEO], &[CLEO]);
        assert_eq!(room.light.on(), Some(CLEO));
        room.light.settle(room.now, &[], &[]);
        assert_eq!((room.light.on(), room.light.deadline()), (None, None));
    }

    proptest! {
        #[test]
        fn it_is_on_somebody_there_and_turns_no_faster_than_it_may(
            steps in vec((vec(1..5_u32, 0..4), vec(1..5_u32, 0..5), 0..2_000_u64), 1..40),
        ) {
            let mut light = Spotlight::default();
            let mut now = Timestamp::default();
            let mut turned: Option<Timestamp> = None;
            for (mut others, speaking, millis) in steps {
                now = now + Duration::from_millis(millis);
                others.dedup();
                let others: Vec<_> = others.into_iter().map(ParticipantId).collect();
                let speaking: Vec<_> = speaking.into_iter().map(ParticipantId).collect();
                let before = light.on();
                light.settle(now, &others, &speaking);
                prop_assert_eq!(light.on().is_some(), !others.is_empty());
                prop_assert!(light.on().is_none_or(|on| others.contains(&on)));
                prop_assert!(light.deadline().is_none_or(|due| due > now), "due and not done");
                let there = before.filter(|before| others.contains(before));
                if there.is_some() && light.on() != there {
                    prop_assert!(turned.is_none_or(|turned| now.since(turned) >= SHORTEST));
                    prop_assert!(there.is_none_or(|id| !speaking.contains(&id)), "taken away");
                    turned = Some(now);
                } else if there.is_none() {
                    turned = None;
                }
            }
        }
    }
}
