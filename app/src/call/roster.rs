// SPDX-License-Identifier: EUPL-1.2
//! Who is inside and what is decided there: a snapshot, and each change that follows it without a gap.

use shared::{
    Act, Floor, ParticipantId, ParticipantInfo, Revision, Role, RoomRules, RosterChange, Source,
};

use super::names::{Named, Names};

/// Everybody inside, in order of arrival.
#[derive(Debug)]
pub(super) struct Roster {
    you: ParticipantId,
    revision: Revision,
    rules: RoomRules,
    people: Vec<Person>,
}

/// Somebody inside.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) id: ParticipantId,
    pub(super) role: Role,
    pub(super) holder: bool,
    pub(super) named: Named,
    pub(super) live: Vec<Source>,
    pub(super) hand: Option<u32>,
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
        (revision, rules): (Revision, RoomRules),
        participants: Vec<ParticipantInfo>,
        names: &Names,
    ) -> Self {
        let people = participants.into_iter().map(|info| Person::of(info, names)).collect();
        Self { you, revision, rules, people }
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
            RosterChange::Rules { rules } => self.rules = rules,
        }
        Applied::Yes
    }

    /// Who the person at this screen is.
    pub(super) const fn you(&self) -> ParticipantId {
        self.you
    }

    /// What is decided for the whole room.
    pub(super) const fn rules(&self) -> &RoomRules {
        &self.rules
    }

    /// Whether no moderator has been there for so long that nothing is transmitted.
    pub(super) fn is_paused(&self) -> bool {
        self.rules.floor == Floor::Paused
    }

    /// What the person at this screen may do.
    pub(super) fn role(&self) -> Role {
        self.find(self.you).map(|own| own.role).unwrap_or_default()
    }

    /// Whether the person at this screen may do this.
    pub(super) fn may(&self, act: Act) -> bool {
        self.role().may(act, &self.rules)
    }

    /// Somebody inside.
    pub(super) fn find(&self, id: ParticipantId) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    /// Everybody, in order of arrival.
    pub(super) fn people(&self) -> &[Person] {
        &self.people
    }

    /// Everybody, the person at this screen first.
    pub(super) fn own_first(&self) -> impl Iterator<Item = &Person> {
        let (own, others): (Vec<_>, Vec<_>) =
            self.people.iter().partition(|person| person.id == self.you);
        own.into_iter().chain(others)
    }

    /// Somebody's place among the raised hands, from 1.
    pub(super) fn place_of_hand(&self, person: &Person) -> Option<usize> {
        let own = person.hand?;
        let raised = self.people.iter().filter_map(|other| other.hand);
        Some(raised.filter(|earlier| *earlier < own).count().saturating_add(1))
    }
}

impl Person {
    fn of(info: ParticipantInfo, names: &Names) -> Self {
        let ParticipantInfo { id, role, holder, profile, guest, live, hand, away } = info;
        Self { id, role, holder, named: Named::open(profile, guest, names), live, hand, away }
    }

    fn update(&mut self, info: ParticipantInfo, names: &Names) {
        let ParticipantInfo { id: _, role, holder, profile, guest, live, hand, away } = info;
        self.named.update(profile, guest, names);
        self.role = role;
        self.holder = holder;
        self.live = live;
        self.hand = hand;
        self.away = away;
    }
}
