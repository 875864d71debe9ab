// SPDX-License-Identifier: EUPL-1.2
//! What can be seen of a room from outside: what its pages know, and what its media plane was told.

use std::collections::{BTreeMap, BTreeSet};

use shared::{
    GuestMark, Layer, LayerSet, MediaKind, Mid, ParticipantId, ParticipantInfo, Revision, Role,
    RoomRules, RosterChange, SlotEntry, Source, WaitingFor,
};

use super::super::{Input, Route};

/// What is known of who knocks: whether with a personal invitation, whether they were removed before, and
/// whose invitation they hold.
pub(super) type Marks = (bool, bool, Option<GuestMark>);

/// What a page knows.
#[derive(Default)]
pub(super) struct Page {
    pub(super) you: Option<ParticipantId>,
    pub(super) waiting: Option<WaitingFor>,
    pub(super) revision: Revision,
    pub(super) rules: RoomRules,
    pub(super) roster: Vec<ParticipantInfo>,
    pub(super) knocks: BTreeMap<ParticipantId, Marks>,
    pub(super) slots: Vec<SlotEntry>,
    /// What others switched off and the person has not switched on again.
    pub(super) silenced: BTreeMap<Source, (Option<ParticipantId>, u32)>,
    /// Who is said to speak.
    pub(super) speaking: Vec<ParticipantId>,
    /// What of the own pictures is said to be of use; of the others everything is.
    pub(super) layers: BTreeMap<Source, LayerSet>,
    pub(super) dismissed: bool,
}

/// What is seen of a seat from outside.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "what was seen, independent of each other")]
pub(super) struct Seen {
    pub(super) offered: bool,
    pub(super) lines: Option<BTreeMap<Mid, MediaKind>>,
    /// The lines of a transport that an offer replaces, or goes on with.
    pub(super) shelf: Option<BTreeMap<Mid, MediaKind>>,
    pub(super) gates: BTreeSet<Source>,
    pub(super) routes: Vec<Route>,
    /// Whether the media plane hears the owner speak.
    pub(super) speaks: bool,
    /// What can be heard.
    pub(super) sounds: Vec<(ParticipantId, Source)>,
    /// What of the own pictures is of use, where the media plane has said anything else than before.
    pub(super) layers: BTreeMap<Source, LayerSet>,
    pub(super) slots: Option<(Revision, Vec<SlotEntry>)>,
    /// Whether a transport was answered since that was said: its owner may have been away.
    pub(super) begun: bool,
    /// Whether that was said in this turn.
    pub(super) said: bool,
}

impl Page {
    pub(super) fn change(&mut self, change: &RosterChange) {
        match change {
            RosterChange::Gone { participant } => {
                let place = self.roster.iter().position(|info| info.id == *participant);
                self.roster.remove(place.expect("was there"));
            }
            RosterChange::Present { participant } => {
                match self.roster.iter_mut().find(|info| info.id == participant.id) {
                    Some(known) => *known = participant.clone(),
                    None => self.roster.push(participant.clone()),
                }
                if self.you == Some(participant.id) {
                    self.silenced.retain(|source, _| !participant.live.contains(source));
                    self.knocks.retain(|_, _| participant.role == Role::Moderator);
                }
            }
            RosterChange::Rules { rules } => self.rules = *rules,
        }
    }
}

impl Seen {
    /// A table is said when it changed or when a transport is fresh, or has grown. What stays live stays where it
    /// is received.
    pub(super) fn judge_change(&self, routes: &[Route], input: &Input) {
        if let Input::Negotiated { .. } = input {
            return;
        }
        let grown = matches!(input, Input::Grown { .. });
        assert!(grown || self.routes != routes, "said on change only");
        for before in &self.routes {
            let now = routes.iter().find(|now| publication(now) == publication(before));
            assert!(now.is_none_or(|now| now.mid == before.mid), "a picture keeps its slot");
        }
    }

    pub(super) fn received(&self) -> BTreeSet<(ParticipantId, Source)> {
        self.routes.iter().map(publication).collect()
    }

    /// Whether what is said of a transport counts: one is there, or an offer may go on with it.
    pub(super) fn is_heard(&self) -> bool {
        self.lines.is_some() || self.shelf.is_some()
    }

    /// What a page that may have missed the last word takes to be of use: nothing that was ever said.
    pub(super) fn stale_layers(&self) -> BTreeMap<Source, LayerSet> {
        let stale = LayerSet::from_iter([Layer::Middle]);
        self.layers.keys().map(|source| (*source, stale)).collect()
    }

    /// Another offer: whether it goes on with what there is, the answer says.
    pub(super) fn offer(&mut self) {
        self.offered = true;
        self.shelf = self.lines.take().or_else(|| self.shelf.take());
    }

    /// The answer: nothing is left of what was there before.
    pub(super) fn begin(&mut self, lines: BTreeMap<Mid, MediaKind>) {
        self.forget_transport();
        self.offered = true;
        self.begun = true;
        self.lines = Some(lines);
    }

    /// The answer: what was there goes on, with more lines.
    pub(super) fn grow(&mut self, lines: impl Iterator<Item = (Mid, MediaKind)>) {
        let Some(mut known) = self.lines.take().or_else(|| self.shelf.take()) else { return };
        known.extend(lines);
        self.lines = Some(known);
    }

    pub(super) fn forget_transport(&mut self) {
        self.offered = false;
        self.lines = None;
        self.shelf = None;
        self.gates.clear();
        self.routes.clear();
        self.sounds.clear();
        self.speaks = false;
        self.layers.clear();
    }
}

pub(super) const fn publication(route: &Route) -> (ParticipantId, Source) {
    (route.publisher, route.source)
}
