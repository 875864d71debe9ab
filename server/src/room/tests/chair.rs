// SPDX-License-Identifier: EUPL-1.2
//! What moderators do, as the [`Model`] sees it.

use shared::{
    Act, Audience, CloseReason, Door, Invitations, Moderation, ParticipantId, Refusal, Restriction,
    Restrictions, Role, RoomRules, ServerMessage, Source, Timestamp,
};

use super::model::{Model, Person, Waits, closed};
use super::tab::Tab;

impl Model {
    fn stop_forbidden_screens(&mut self, by: Option<ParticipantId>) {
        if self.rules.share == Audience::Presenters {
            self.silence(by, |person, source| {
                source.act() == Act::ShareScreen && person.role == Role::Participant
            });
        }
    }

    /// What a bookmark forbids stays forbidden.
    pub(super) fn tighten(&mut self, restrictions: Restrictions) {
        let before = self.rules;
        self.rules.fixed = before.fixed.join(restrictions);
        self.hold_to_what_is_fixed();
        if self.rules != before {
            self.stop_forbidden_screens(None);
            self.apply_door();
        }
    }

    fn hold_to_what_is_fixed(&mut self) {
        let rules = &mut self.rules;
        if rules.fixed.has(Restriction::Lobby) && rules.door != Door::Locked {
            rules.door = Door::Lobby;
        }
        if rules.fixed.has(Restriction::Personal) {
            rules.invitations = Invitations::Personal;
        }
        if rules.fixed.has(Restriction::Share) {
            rules.share = Audience::Presenters;
        }
        if rules.fixed.has(Restriction::Chat) {
            rules.chat = Audience::Presenters;
        }
    }

    pub(super) fn moderate(&mut self, now: Timestamp, by: ParticipantId, act: Moderation) {
        let of = |whose: ParticipantId, which: Source| {
            move |person: &Person, source: Source| person.id == whose && source == which
        };
        let rules = self.rules;
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
            Moderation::Door { door } => self.decide(by, RoomRules { door, ..rules }),
            Moderation::Invitations { invitations } => {
                self.decide(by, RoomRules { invitations, ..rules });
            }
            Moderation::Share { audience } => {
                self.decide(by, RoomRules { share: audience, ..rules });
            }
            Moderation::Chat { audience } => self.decide(by, RoomRules { chat: audience, ..rules }),
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
                self.silence(Some(by), |person, source| {
                    person.id == participant && source.act() == Act::ShareScreen
                });
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

    /// Sets the rules. An open door that is forbidden is a lobby, and so on: as much as is allowed.
    fn decide(&mut self, by: ParticipantId, rules: RoomRules) {
        let before = core::mem::replace(&mut self.rules, rules);
        self.hold_to_what_is_fixed();
        if before.door != self.rules.door || before.invitations != self.rules.invitations {
            self.apply_door();
        }
        if before.share != self.rules.share {
            self.stop_forbidden_screens(Some(by));
        }
    }

    fn set_role(&mut self, by: ParticipantId, participant: ParticipantId, role: Role) {
        if let Some(person) = self.person_mut(participant).filter(|person| !person.holder) {
            person.role = role;
            self.stop_forbidden_screens(Some(by));
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
