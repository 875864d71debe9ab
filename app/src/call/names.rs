// SPDX-License-Identifier: EUPL-1.2
//! Who reads whose name and words: those who hold the room's invitation.

use shared::{
    ChatText, DisplayName, GuestMark, InvitationKey, LiveLine, ParticipantId, Reaction, RoomId,
    RoomSecret, SealedLine, SealedProfile, SealedReaction, SealedText, Ticket,
};

use super::{
    Access,
    link::{self, PersonalLink},
};

/// Seals the own name and words, and opens those of others.
#[derive(Debug)]
pub(super) struct Names {
    room: RoomId,
    key: Option<InvitationKey>,
    /// By what the room recognises everybody invited.
    mark: Option<GuestMark>,
}

impl Names {
    /// What this access can read.
    pub(super) fn of(access: &Access) -> Self {
        let key = access.invitation_key();
        let mark = key.as_ref().map(|key| key.guest_key().mark());
        Self { room: access.room_id(), key, mark }
    }

    /// Seals the own name. Without an invitation there is nobody who could read it: then nothing is
    /// sealed at all, under a key that no room has and that everybody could know, so that the name
    /// does not leave the page.
    pub(super) fn seal(&self, name: &DisplayName, nonce: [u8; 12]) -> SealedProfile {
        let Some(key) = &self.key else {
            let nobodys = RoomSecret::from_random([0; 32]).invitation_key();
            return SealedProfile::seal(&DisplayName::default(), &nobodys, self.room, nonce);
        };
        SealedProfile::seal(name, key, self.room, nonce)
    }

    /// Opens a name; `None` without the invitation, on either side: whoever did not show theirs may
    /// repeat what somebody else sealed.
    pub(super) fn open(
        &self,
        profile: &SealedProfile,
        shown: Option<GuestMark>,
    ) -> Option<DisplayName> {
        if shown != self.mark {
            return None;
        }
        profile.open(self.key.as_ref()?, self.room)
    }

    /// Seals what this participant writes. Without an invitation there is nobody who could read it.
    pub(super) fn seal_text(
        &self,
        text: &ChatText,
        you: ParticipantId,
        nonce: [u8; 12],
    ) -> Option<SealedText> {
        Some(SealedText::seal(text, self.key.as_ref()?, (self.room, you), nonce))
    }

    /// Opens what somebody wrote; `None` without the invitation, on either side.
    pub(super) fn open_text(&self, text: &SealedText, from: ParticipantId) -> Option<ChatText> {
        text.open(self.key.as_ref()?, (self.room, from))
    }

    /// Seals the line that this participant is writing.
    pub(super) fn seal_line(
        &self,
        line: &LiveLine,
        you: ParticipantId,
        nonce: [u8; 12],
    ) -> Option<SealedLine> {
        Some(SealedLine::seal(line, self.key.as_ref()?, (self.room, you), nonce))
    }

    /// Opens the line that somebody is writing.
    pub(super) fn open_line(&self, line: &SealedLine, from: ParticipantId) -> Option<LiveLine> {
        line.open(self.key.as_ref()?, (self.room, from))
    }

    /// Seals a reaction of this participant.
    pub(super) fn seal_reaction(
        &self,
        reaction: Reaction,
        you: ParticipantId,
        nonce: [u8; 12],
    ) -> Option<SealedReaction> {
        Some(SealedReaction::seal(reaction, self.key.as_ref()?, (self.room, you), nonce))
    }

    /// Opens a reaction of somebody.
    pub(super) fn open_reaction(
        &self,
        reaction: &SealedReaction,
        from: ParticipantId,
    ) -> Option<Reaction> {
        reaction.open(self.key.as_ref()?, (self.room, from))
    }

    /// Whether the invitation is there.
    pub(super) const fn are_readable(&self) -> bool {
        self.key.is_some()
    }

    /// By what the room recognises everybody invited.
    pub(super) const fn mark(&self) -> Option<GuestMark> {
        self.mark
    }

    /// The link of a personal invitation.
    pub(super) fn personal_link(&self, ticket: &Ticket) -> Option<PersonalLink> {
        Some(link::personal_link(self.room, self.key.as_ref()?, ticket))
    }
}

/// A profile and what could be read of it: opened once, shown often.
#[derive(Debug)]
pub(super) struct Named {
    profile: SealedProfile,
    guest: Option<GuestMark>,
    name: Option<DisplayName>,
}

impl Named {
    /// Opens a profile of somebody who showed this mark.
    pub(super) fn open(profile: SealedProfile, guest: Option<GuestMark>, names: &Names) -> Self {
        let name = names.open(&profile, guest);
        Self { profile, guest, name }
    }

    /// Takes the profile that the server states, which is most often the one there is.
    pub(super) fn update(
        &mut self,
        profile: SealedProfile,
        guest: Option<GuestMark>,
        names: &Names,
    ) {
        if self.profile != profile || self.guest != guest {
            *self = Self::open(profile, guest, names);
        }
    }

    /// The name, to be shown.
    pub(super) fn name(&self) -> Option<DisplayName> {
        self.name.clone()
    }
}
