// SPDX-License-Identifier: EUPL-1.2
//! The rules of the room: who may what, as the one table says, and who is told of a change.

use shared::{Act, Audience, ParticipantId, RosterChange};

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
        if self.rules.share != audience {
            self.rules.share = audience;
            self.silence_forbidden(by);
            self.tell_rules();
        }
    }

    /// Decides who may chat.
    pub(super) fn set_chat(&mut self, audience: Audience) {
        if self.rules.chat != audience {
            self.rules.chat = audience;
            self.tell_rules();
        }
    }

    /// Tells everybody inside all that is decided.
    pub(super) fn tell_rules(&mut self) {
        self.revision = self.revision.next();
        self.tell(&RosterChange::Rules { rules: self.rules }, None);
    }
}
