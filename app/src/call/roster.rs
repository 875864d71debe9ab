// SPDX-License-Identifier: EUPL-1.2
//! Who is inside and who knocks, as the server told, with names that only the invited can read.

use shared::{
    DisplayName, InvitationKey, Knock, ParticipantId, ParticipantInfo, Revision, RoomId,
    RosterChange, SealedProfile,
};

/// Opens names.
#[derive(Clone, Debug)]
pub(super) struct Names {
    pub(super) room: RoomId,
    pub(super) key: Option<InvitationKey>,
}

impl Names {
    fn open(&self, profile: &SealedProfile) -> Option<DisplayName> {
        profile.open(self.key.as_ref()?, self.room)
    }
}

/// The room at one revision.
#[derive(Clone, Debug)]
pub(super) struct Roster {
    pub(super) you: ParticipantId,
    revision: Revision,
    /// In order of arrival.
    people: Vec<Person>,
    /// In order of arrival.
    knocks: Vec<Knocker>,
}

/// Somebody inside, with the name opened once.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) info: ParticipantInfo,
    pub(super) name: Option<DisplayName>,
}

/// Somebody at the door, with the name opened once.
#[derive(Clone, Debug)]
pub(super) struct Knocker {
    pub(super) id: ParticipantId,
    pub(super) name: Option<DisplayName>,
}

/// What a change led to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Applied {
    /// It is part of the roster.
    Done,
    /// A change in between is missing.
    Gap,
}

impl Roster {
    pub(super) fn new(
        (you, revision): (ParticipantId, Revision),
        participants: Vec<ParticipantInfo>,
        knocks: Vec<Knock>,
        names: &Names,
    ) -> Self {
        let person = |info: ParticipantInfo| Person { name: names.open(&info.profile), info };
        let people = participants.into_iter().map(person).collect();
        let mut roster = Self { you, revision, people, knocks: Vec::new() };
        for knock in knocks {
            roster.knock(knock, names);
        }
        roster
    }

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
            RosterChange::Present { participant } => {
                let known = self.people.iter_mut().find(|person| person.info.id == participant.id);
                if let Some(person) = known {
                    // Opening a name costs more than seeing that it is the same.
                    if person.info.profile != participant.profile {
                        person.name = names.open(&participant.profile);
                    }
                    person.info = participant;
                } else {
                    let name = names.open(&participant.profile);
                    self.people.push(Person { info: participant, name });
                }
            }
            RosterChange::Gone { participant } => {
                self.people.retain(|person| person.info.id != participant);
            }
        }
        Applied::Done
    }

    /// Adds a knock; `false` when it is known already.
    pub(super) fn knock(&mut self, knock: Knock, names: &Names) -> bool {
        let Knock { participant: id, profile } = knock;
        let new = !self.knocks.iter().any(|known| known.id == id);
        if new {
            self.knocks.push(Knocker { id, name: names.open(&profile) });
        }
        new
    }

    pub(super) fn knock_gone(&mut self, id: ParticipantId) {
        self.knocks.retain(|known| known.id != id);
    }

    /// Whether somebody knocks who did not knock before.
    pub(super) fn has_knocks_beyond(&self, before: &[ParticipantId]) -> bool {
        self.knocks.iter().any(|knock| !before.contains(&knock.id))
    }

    pub(super) fn knocking(&self) -> Vec<ParticipantId> {
        self.knocks.iter().map(|knock| knock.id).collect()
    }

    pub(super) fn people(&self) -> &[Person] {
        &self.people
    }

    pub(super) fn knockers(&self) -> &[Knocker] {
        &self.knocks
    }
}
