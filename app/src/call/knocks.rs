// SPDX-License-Identifier: EUPL-1.2
//! Who knocks: the rows a moderator sees. A row goes when the server says so, not before.

use shared::{Knock, ParticipantId};

use super::{
    KnockView,
    names::{Named, Names},
};

/// Everybody at the door, in order of arrival.
#[derive(Debug, Default)]
pub(super) struct Knocks(Vec<(ParticipantId, Named)>);

impl Knocks {
    /// Takes the whole list. Whether somebody is in it who was not known.
    pub(super) fn replace(&mut self, knocks: Vec<Knock>, names: &Names) -> bool {
        let before = core::mem::take(&mut self.0);
        let mut heard = false;
        for Knock { participant, profile } in knocks {
            heard |= before.iter().all(|(known, _)| *known != participant);
            self.0.push((participant, Named::open(profile, names)));
        }
        heard
    }

    /// Takes one knock. Whether it was not known.
    pub(super) fn add(&mut self, knock: Knock, names: &Names) -> bool {
        let Knock { participant, profile } = knock;
        if let Some((_, named)) = self.0.iter_mut().find(|(known, _)| *known == participant) {
            named.update(profile, names);
            return false;
        }
        self.0.push((participant, Named::open(profile, names)));
        true
    }

    /// Somebody is no longer there.
    pub(super) fn remove(&mut self, participant: ParticipantId) {
        self.0.retain(|(known, _)| *known != participant);
    }

    /// Whether somebody is there.
    pub(super) fn contains(&self, participant: ParticipantId) -> bool {
        self.0.iter().any(|(known, _)| *known == participant)
    }

    /// Whether nobody is there.
    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The rows as the screen shows them.
    pub(super) fn view(&self) -> Vec<KnockView> {
        self.0.iter().map(|(id, named)| KnockView { id: *id, name: named.text() }).collect()
    }
}
