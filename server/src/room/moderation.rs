// SPDX-License-Identifier: EUPL-1.2
//! What moderators do: each act in one arm. They let in, take away and give rights; there is no arm
//! that switches anything on.

use shared::{CloseReason, Moderation, ParticipantId, Role, ServerMessage, Source, Timestamp};

use super::room::Room;

impl Room {
    /// Does what somebody inside asks for, if they may. An act on somebody who is gone does nothing.
    pub(super) fn moderate(&mut self, now: Timestamp, by: ParticipantId, act: Moderation) {
        if !self.may(by, act.needs()) {
            return;
        }
        match act {
            Moderation::Admit { participant } => self.admit(participant),
            Moderation::AdmitAll { up_to } => self.admit_all(up_to),
            Moderation::Refuse { participant } => self.turn_away(now, participant),
            Moderation::Door { door } => self.set_door(door),
            Moderation::Invitations { invitations } => self.set_invitations(invitations),
            Moderation::Share { audience } => self.set_share(by, audience),
            Moderation::Chat { audience } => self.set_chat(audience),
            Moderation::Silence { participant } => {
                self.silence_one(by, participant, Source::Microphone);
            }
            Moderation::SilenceAll {} => {
                self.silence(Some(by), |seat, source| {
                    source == Source::Microphone && seat.participant != by
                });
            }
            Moderation::StopCamera { participant } => {
                self.silence_one(by, participant, Source::Camera);
            }
            Moderation::StopScreen { participant } => {
                self.silence_one(by, participant, Source::Screen);
            }
            Moderation::LowerHand { participant } => self.set_hand(participant, false),
            Moderation::LowerHands {} => {
                let everybody: Vec<_> = self.seats.iter().map(|seat| seat.participant).collect();
                for participant in everybody {
                    self.set_hand(participant, false);
                }
            }
            Moderation::MakeParticipant { participant } => {
                self.set_role(by, participant, Role::Participant);
            }
            Moderation::MakePresenter { participant } => {
                self.set_role(by, participant, Role::Presenter);
            }
            Moderation::MakeModerator { participant } => {
                self.set_role(by, participant, Role::Moderator);
            }
            Moderation::Remove { participant } => self.remove(participant),
            Moderation::End {} => self.end_for_all(CloseReason::Ended),
        }
    }

    /// Switches off a source of somebody's, and what comes with it.
    fn silence_one(&mut self, by: ParticipantId, whose: ParticipantId, which: Source) {
        self.silence(Some(by), |seat, source| {
            seat.participant == whose && which.whole().any(|part| part == source)
        });
    }

    /// Gives or takes a role; not the one of a bookmark. What goes with a right stops before anybody
    /// is told that it was taken.
    fn set_role(&mut self, by: ParticipantId, participant: ParticipantId, role: Role) {
        let Some(seat) = self.seat_mut(participant) else { return };
        if seat.holder || seat.role == role {
            return;
        }
        seat.role = role;
        // What stops is told together with the role.
        if !self.silence_forbidden(Some(by)) {
            self.announce(participant);
        }
        if role == Role::Moderator {
            self.tell_knocks(participant);
        }
    }

    /// Ends somebody's stay, and remembers their tab; not a holder's of the bookmark.
    fn remove(&mut self, participant: ParticipantId) {
        let mut seats = self.seats.iter();
        let seat = seats.find(|seat| seat.participant == participant && !seat.holder);
        let Some(seat) = seat else { return };
        self.memory.remove(seat, self.limits.removed);
        match seat.session() {
            Some(session) => {
                self.end(session, ServerMessage::Closed { reason: CloseReason::Removed });
            }
            None => self.unseat(participant),
        }
        self.let_the_door_fall();
    }
}
