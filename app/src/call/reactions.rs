// SPDX-License-Identifier: EUPL-1.2
//! What people show without a word: each for a moment, and read out once, many together as one.

use core::time::Duration;
use std::collections::VecDeque;

use shared::{ParticipantId, Reaction, SealedReaction, Timestamp};

use super::{ReactionsTold, roster::Roster, table::Table};

/// What is shown, and what is still to be read out. Bounded by who is inside.
#[derive(Debug, Default)]
pub(super) struct Reactions {
    /// The last of each person, and until when.
    shown: Table<ParticipantId, (Reaction, Timestamp)>,
    /// The last ones as they were said: what is said twice is shown once.
    known: VecDeque<(ParticipantId, SealedReaction)>,
    /// Of others: what was not read out yet, by whom, and when it will be.
    untold: Vec<(ParticipantId, Reaction)>,
    tell_at: Option<Timestamp>,
    told: Option<ReactionsTold>,
    /// When something was read out last.
    told_at: Option<Timestamp>,
    /// When this person last showed something.
    own_at: Option<Timestamp>,
}

impl Reactions {
    /// Whether this person may show something now; it is their last from then on.
    pub(super) fn begin(&mut self, now: Timestamp) -> bool {
        let free = self.own_at.is_none_or(|before| now.since(before) >= BETWEEN_OWN);
        if free {
            self.own_at = Some(now);
        }
        free
    }

    /// Whether this was not said before by this person.
    pub(super) fn is_news(&mut self, from: ParticipantId, sealed: SealedReaction) -> bool {
        let said = (from, sealed);
        if self.known.contains(&said) {
            return false;
        }
        if self.known.len() >= KNOWN {
            self.known.pop_front();
        }
        self.known.push_back(said);
        true
    }

    /// Somebody shows something. The own reaction is not read out: whoever shows it knows.
    pub(super) fn show(&mut self, now: Timestamp, from: ParticipantId, own: bool, it: Reaction) {
        self.shown.insert(from, (it, now + SHOWN));
        if own || self.untold.contains(&(from, it)) {
            return;
        }
        self.untold.push((from, it));
        let free = self.told_at.map_or(now, |told| told + BETWEEN_TOLD);
        self.tell_at.get_or_insert_with(|| free.max(now + GATHERED));
    }

    /// What time brings about.
    pub(super) fn pass(&mut self, now: Timestamp, roster: &Roster) {
        self.shown.retain(|_, (_, until)| *until > now);
        if self.tell_at.is_none_or(|due| due > now) {
            return;
        }
        self.tell_at = None;
        let untold = core::mem::take(&mut self.untold);
        let mut people: Vec<_> = untold.iter().map(|(from, _)| *from).collect();
        people.sort_unstable();
        people.dedup();
        let mut counted = Table::<Reaction, usize>::default();
        for (_, reaction) in untold {
            counted.change(reaction, 0, |count| *count = count.saturating_add(1));
        }
        let name = people.first().and_then(|first| roster.find(*first));
        self.told_at = Some(now);
        self.told = Some(ReactionsTold {
            number: self.told.as_ref().map_or(0, |told| told.number.wrapping_add(1)),
            people: people.len(),
            name: name.and_then(|first| first.named.name()),
            reactions: counted.into_rows(),
        });
    }

    /// Who is gone shows nothing.
    pub(super) fn keep(&mut self, is_there: impl Fn(ParticipantId) -> bool) {
        self.shown.retain(|from, _| is_there(*from));
        self.untold.retain(|(from, _)| is_there(*from));
        if self.untold.is_empty() {
            self.tell_at = None;
        }
    }

    /// When the next one goes, or is read out.
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        self.shown.values().map(|(_, until)| *until).chain(self.tell_at).min()
    }

    /// What is shown, by whom.
    pub(super) fn shown(&self) -> Vec<(ParticipantId, Reaction)> {
        self.shown.iter().map(|(from, (reaction, _))| (*from, *reaction)).collect()
    }

    /// What was read out last.
    pub(super) const fn told(&self) -> Option<&ReactionsTold> {
        self.told.as_ref()
    }
}

/// Longer, what was meant a while ago looks as if it were about what is said now. Shorter, who looks away for
/// a moment misses it.
const SHOWN: Duration = Duration::from_secs(6);

/// What comes within so long is read out together. Longer, it is late. Shorter, a class that claps is read out
/// one by one.
const GATHERED: Duration = Duration::from_secs(1);

/// Shorter, a lively meeting drowns who speaks in it. Longer, what is read out is long past.
const BETWEEN_TOLD: Duration = Duration::from_secs(6);

/// The server shows no more than one in a second for long.
const BETWEEN_OWN: Duration = Duration::from_secs(1);

/// More than can be said while one is shown, so that none is shown twice: larger, it costs memory.
const KNOWN: usize = 128;
