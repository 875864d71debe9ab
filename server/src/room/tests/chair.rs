// SPDX-License-Identifier: EUPL-1.2
//! What moderators do, as the [`Model`] sees it.

use shared::{
    Audience, CloseReason, Door, Moderation, ParticipantId, Refusal, Role, ServerMessage, Source,
    Timestamp,
};

use super::model::{Model, Person, Waits, closed};
use super::tab::Tab;

impl Model {
    fn stop_forbidden_screens(&mut self, by: ParticipantId) {
        if self.rules.share == Audience::Presenters {
            self.silence(Some(by), |person, source| {
                source == Source::Screen && person.role == Role::Participant
            });
        }
    }

    pub(super) fn moderate(&mut self, now: Timestamp, by: ParticipantId, act: Moderation) {
        let of = |whose: ParticipantId, which: Source| {
            move |person: &Person, source: Source| person.id == whose && source == which
        };
        match act {
            Moderation::Admit { participant } => self.admit(participant),
            Moderation::AdmitAll { up_to } => {
                let meant = |waits: &&Waits| waits.id <= up_to && waits.removed.is_none();
                for waits in self.waiting.clone().iter().filter(meant) {
                    self.admit(waits.id);
                }
            }
            Moderation::Refuse { participant } => {
                let Some(waits) = self.waiting.iter().find(|w| w.id == participant) else { return };
                let (session, pause) = (waits.session, self.limits.refusal_pause);
                self.refused.push((participant, now + pause));
                let most = self.limits.refused;
                self.refused.drain(..self.refused.len().saturating_sub(most));
                let pause = u32::try_from(pause.as_secs()).unwrap();
                self.end(session, ServerMessage::Refused { reason: Refusal::TurnedAway, pause });
            }
            Moderation::Door { door } if door != self.rules.door => {
                self.rules.door = door;
                self.apply_door();
            }
            Moderation::Invitations { invitations } if invitations != self.rules.invitations => {
                self.rules.invitations = invitations;
                self.apply_door();
            }
            Moderation::Door { .. } | Moderation::Invitations { .. } => {}
            Moderation::Share { audience } => {
                self.rules.share = audience;
                self.stop_forbidden_screens(by);
            }
            Moderation::Chat { audience } => self.rules.chat = audience,
            Moderation::Silence { participant } => {
                self.silence(Some(by), of(participant, Source::Microphone));
            }
            Moderation::SilenceAll {} => self.silence(Some(by), |person, source| {
                source == Source::Microphone && person.id != by
            }),
            Moderation::StopCamera { participant } => {
                self.silence(Some(by), of(participant, Source::Camera));
            }
            Moderation::StopScreen { participant } => {
                self.silence(Some(by), of(participant, Source::Screen));
            }
            Moderation::LowerHand { participant } => self.hand(participant, false),
            Moderation::LowerHands {} => self.people.iter_mut().for_each(|p| p.hand = None),
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

    fn set_role(&mut self, by: ParticipantId, participant: ParticipantId, role: Role) {
        if let Some(person) = self.person_mut(participant).filter(|person| !person.holder) {
            person.role = role;
            self.stop_forbidden_screens(by);
        }
    }

    fn remove(&mut self, participant: ParticipantId) {
        let Some(person) = self.person(participant).filter(|person| !person.holder) else { return };
        let tokens = [person.welcomes, person.heard].map(|count| (participant, count));
        let session = person.session;
        self.removed.push(Tab { lost: participant, tokens, later: Vec::new() });
        let most = self.limits.removed;
        self.removed.drain(..self.removed.len().saturating_sub(most));
        self.people.retain(|person| person.id != participant);
        if let Some(session) = session {
            self.end(session, closed(CloseReason::Removed));
        }
        if matches!(self.rules.door, Door::Open(_)) {
            self.rules.door = Door::Lobby;
        }
    }
}
