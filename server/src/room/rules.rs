// SPDX-License-Identifier: EUPL-1.2
//! The rules of the room: who may what, as the one table says, and who is told of a change.

use shared::{Act, Audience, ParticipantId, Restrictions, RoomRules, RosterChange};

use super::room::Room;

impl Room {
    /// Whether somebody inside may do this now. What they may not do is not done, and counted: the
    /// right may have been taken away while their message was on its way.
    pub(super) fn may(&mut self, participant: ParticipantId, act: Act) -> bool {
        let rules = self.rules;
        let may = self.seat(participant).is_some_and(|seat| seat.role.may(act, &rules));
        if !may {
            self.counts.denial();
        }
        may
    }

    /// Decides who may share a screen. The screens of the others stop.
    pub(super) fn set_share(&mut self, by: ParticipantId, audience: Audience) {
        if self.decide(RoomRules { share: audience, ..self.rules }) {
            self.silence_forbidden(Some(by));
            self.tell_rules();
        }
    }

    /// Decides who may chat.
    pub(super) fn set_chat(&mut self, audience: Audience) {
        if self.decide(RoomRules { chat: audience, ..self.rules }) {
            self.tell_rules();
        }
    }

    /// Takes what a bookmark says that nobody can loosen, as long as the conference lasts; and what is looser by
    /// now, no longer is.
    pub(super) fn tighten(&mut self, restrictions: Restrictions) {
        self.restrictions = self.restrictions.join(restrictions);
        if self.decide(self.rules) {
            self.silence_forbidden(None);
            self.tell_rules();
            self.apply_door();
        }
    }

    /// Sets the rules, as far as it is allowed; whether they are others than before.
    pub(super) fn decide(&mut self, rules: RoomRules) -> bool {
        let rules = rules.restricted(self.policy().restrictions);
        core::mem::replace(&mut self.rules, rules) != rules
    }

    /// Tells everybody inside all that is decided.
    pub(super) fn tell_rules(&mut self) {
        self.revision = self.revision.next();
        self.tell(&RosterChange::Rules { rules: self.rules }, None);
    }
}
