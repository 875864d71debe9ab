// SPDX-License-Identifier: EUPL-1.2
//! What can be seen of a room from outside: what its pages know, and what its media plane was told.

use std::collections::{BTreeMap, BTreeSet};

use shared::{
    MediaKind, Mid, ParticipantId, ParticipantInfo, ResumeToken, Revision, RosterChange, SlotEntry,
    Source, Timestamp, WaitingFor,
};

/// What a page knows.
#[derive(Default)]
pub(super) struct Page {
    pub(super) you: Option<ParticipantId>,
    pub(super) waiting: Option<WaitingFor>,
    pub(super) revision: Revision,
    pub(super) roster: Vec<ParticipantInfo>,
    pub(super) knocks: BTreeSet<ParticipantId>,
    pub(super) slots: Vec<SlotEntry>,
    pub(super) dismissed: bool,
}

/// What is seen of a seat from outside.
pub(super) struct Seen {
    pub(super) moderator: bool,
    pub(super) token: ResumeToken,
    /// The token of the last welcome after which the owner said something.
    pub(super) heard: ResumeToken,
    pub(super) away_until: Option<Timestamp>,
    /// What its owner, and nobody else, last stated.
    pub(super) wish: BTreeSet<Source>,
    /// What they had stated before that.
    pub(super) wish_before: BTreeSet<Source>,
    pub(super) offered: bool,
    pub(super) lines: Option<BTreeMap<Mid, MediaKind>>,
    pub(super) gates: BTreeSet<Source>,
    pub(super) routes: Vec<(Mid, ParticipantId, Source)>,
    pub(super) slots: Option<(Revision, Vec<SlotEntry>)>,
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
            }
        }
    }
}

impl Seen {
    pub(super) fn new(token: &ResumeToken) -> Self {
        Self {
            moderator: false,
            token: token.clone(),
            heard: token.clone(),
            away_until: None,
            wish: BTreeSet::new(),
            wish_before: BTreeSet::new(),
            offered: false,
            lines: None,
            gates: BTreeSet::new(),
            routes: Vec::new(),
            slots: None,
        }
    }

    pub(super) fn sit(&mut self, token: &ResumeToken, moderator: bool) {
        self.moderator = moderator;
        self.token = token.clone();
        self.away_until = None;
    }

    /// Whether the source is live, or may have been while the room did what was due before it heard
    /// the owner's last statement.
    pub(super) fn was_live(&self, source: Source) -> bool {
        self.wish.contains(&source) || self.wish_before.contains(&source)
    }

    /// A table is said when it changed or when a transport is fresh. What stays live stays where it
    /// is received.
    pub(super) fn judge_change(&self, routes: &[(Mid, ParticipantId, Source)], fresh: bool) {
        if fresh {
            return;
        }
        assert_ne!(self.routes, routes, "said on change only");
        for (mid, whose, source) in &self.routes {
            let now = routes.iter().find(|(_, p, s)| (p, s) == (whose, source));
            assert!(now.is_none_or(|(now, ..)| now == mid), "a picture keeps its slot");
        }
    }

    pub(super) fn forget_transport(&mut self) {
        self.offered = false;
        self.lines = None;
        self.gates.clear();
        self.routes.clear();
    }
}
