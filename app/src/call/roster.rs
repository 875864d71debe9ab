// SPDX-License-Identifier: EUPL-1.2
//! Who is inside: a snapshot, and each change that follows it without a gap.

use shared::{ParticipantId, ParticipantInfo, Revision, Role, RosterChange, Source};

use super::names::{Named, Names};

/// Everybody inside, in order of arrival.
#[derive(Debug)]
pub(super) struct Roster {
    you: ParticipantId,
    revision: Revision,
    people: Vec<Person>,
}

/// Somebody inside.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) id: ParticipantId,
    pub(super) role: Role,
    pub(super) named: Named,
    pub(super) live: Vec<Source>,
    pub(super) away: bool,
}

/// Whether a change could be applied.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Applied {
    /// It followed what was known.
    Yes,
    /// Something is missing in between: a snapshot is needed.
    Gap,
}

impl Roster {
    /// The room as a welcome states it.
    pub(super) fn snapshot(
        you: ParticipantId,
        revision: Revision,
        participants: Vec<ParticipantInfo>,
        names: &Names,
    ) -> Self {
        let people = participants.into_iter().map(|info| Person::of(info, names)).collect();
        Self { you, revision, people }
    }

    /// Takes a change.
    #[must_use]
    pub(super) fn apply(
        &mut self,
        revision: Revision,
        change: RosterChange,
        names: &Names,
    ) -> Applied {
        if revision != self.revision.next() {
            return Applied::Gap;
        }
        self.revision = revision;
        match change {
            RosterChange::Present { participant: info } => {
                match self.people.iter_mut().find(|person| person.id == info.id) {
                    Some(person) => person.update(info, names),
                    None => self.people.push(Person::of(info, names)),
                }
            }
            RosterChange::Gone { participant } => {
                self.people.retain(|person| person.id != participant);
            }
        }
        Applied::Yes
    }

    /// Who the person at this screen is.
    pub(super) const fn you(&self) -> ParticipantId {
        self.you
    }

    /// Whether the person at this screen runs the door.
    pub(super) fn is_moderated_by_you(&self) -> bool {
        self.people.iter().any(|person| person.id == self.you && person.role == Role::Moderator)
    }

    /// Everybody, the person at this screen first.
    pub(super) fn own_first(&self) -> impl Iterator<Item = &Person> {
        let (own, others): (Vec<_>, Vec<_>) =
            self.people.iter().partition(|person| person.id == self.you);
        own.into_iter().chain(others)
    }
}

impl Person {
    fn of(info: ParticipantInfo, names: &Names) -> Self {
        let ParticipantInfo { id, role, profile, live, away } = info;
        Self { id, role, named: Named::open(profile, names), live, away }
    }

    fn update(&mut self, info: ParticipantInfo, names: &Names) {
        let ParticipantInfo { id: _, role, profile, live, away } = info;
        self.named.update(profile, names);
        self.role = role;
        self.live = live;
        self.away = away;
    }
}
