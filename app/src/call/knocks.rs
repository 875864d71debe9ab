// SPDX-License-Identifier: EUPL-1.2
//! Who knocks: the rows a moderator sees. A row goes when the server says so, not before.

use shared::{Knock, ParticipantId};

use super::names::{Named, Names};

/// Everybody at the door, in order of arrival.
#[derive(Debug, Default)]
pub(super) struct Knocks(Vec<Knocker>);

/// Somebody at the door.
#[derive(Debug)]
pub(super) struct Knocker {
    pub(super) id: ParticipantId,
    pub(super) named: Named,
    pub(super) personal: bool,
    pub(super) removed: bool,
}

impl Knocks {
    /// Takes the whole list. Whether somebody is in it who was not known.
    pub(super) fn replace(&mut self, knocks: Vec<Knock>, names: &Names) -> bool {
        let before = core::mem::take(&mut self.0);
        let mut heard = false;
        for knock in knocks {
            heard |= before.iter().all(|known| known.id != knock.participant);
            self.0.push(Knocker::of(knock, names));
        }
        heard
    }

    /// Takes one knock. Whether it was not known.
    pub(super) fn add(&mut self, knock: Knock, names: &Names) -> bool {
        let knocker = Knocker::of(knock, names);
        if let Some(known) = self.0.iter_mut().find(|known| known.id == knocker.id) {
            *known = knocker;
            return false;
        }
        self.0.push(knocker);
        true
    }

    /// Somebody is no longer there.
    pub(super) fn remove(&mut self, participant: ParticipantId) {
        self.0.retain(|known| known.id != participant);
    }

    /// Whether somebody is there.
    pub(super) fn contains(&self, participant: ParticipantId) -> bool {
        self.0.iter().any(|known| known.id == participant)
    }

    /// Whether nobody is there.
    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each of them, in order of arrival.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Knocker> {
        self.0.iter()
    }
}

impl Knocker {
    fn of(knock: Knock, names: &Names) -> Self {
        let Knock { participant, profile, guest, personal, removed } = knock;
        Self { id: participant, named: Named::open(profile, guest, names), personal, removed }
    }
}
