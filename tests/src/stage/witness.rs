// SPDX-License-Identifier: EUPL-1.2
//! Somebody who looks into the room itself: whatever the pages believe, this is how it is.

use server::room::{Effect, Input, SessionId, SourceKey};
use shared::{
    ClientMessage, DisplayName, Entry, Knock, ParticipantInfo, RoomRules, SealedProfile,
    ServerMessage,
};

use super::{Stage, stage::secret};

/// The room as its own welcome states it, without the witness.
#[derive(Clone, Debug)]
pub struct Witnessed {
    /// What is decided for everybody.
    pub rules: RoomRules,
    /// Everybody inside, in order of arrival.
    pub participants: Vec<ParticipantInfo>,
    /// Everybody at the door, in order of arrival.
    pub knocks: Vec<Knock>,
}

impl Stage {
    /// Enters with the bookmark and looks around. It is the last that happens on this stage: whoever
    /// enters changes what there is to be seen.
    pub fn witness(mut self) -> Option<Witnessed> {
        let room = self.room.as_mut()?;
        self.counter += 1;
        let session = SessionId(self.counter);
        let greeting = room.handle(self.now, Input::Connected(session, SourceKey(u64::MAX)));
        let challenge = greeting.into_iter().find_map(|effect| {
            if let Effect::Send(_, ServerMessage::Challenge { challenge }) = effect {
                Some(challenge)
            } else {
                None
            }
        })?;
        let id = secret().moderator_key().room_id();
        let key = secret().invitation_key();
        let profile = SealedProfile::seal(&DisplayName::default(), &key, id, [99; 12]);
        let proof = Some(secret().moderator_key().prove(&challenge));
        let entry = Entry { proof, ..Entry::named(profile) };
        let said = Input::Message(session, ClientMessage::Enter(entry));
        room.handle(self.now, said).into_iter().find_map(|effect| {
            if let Effect::Send(to, message) = effect
                && to == session
                && let ServerMessage::Welcome { you, rules, mut participants, knocks, .. } = message
            {
                participants.retain(|participant| participant.id != you);
                Some(Witnessed { rules, participants, knocks })
            } else {
                None
            }
        })
    }
}
