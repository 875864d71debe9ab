// SPDX-License-Identifier: EUPL-1.2
//! What this page can show at the door, and what it can sign for others.

use shared::{
    Challenge, Entry, GuestKey, Licence, ModeratorKey, ResumeToken, RoomId, SealedProfile, Ticket,
    TicketNumber, UnixTime,
};

use super::Access;

/// What the link of this page opens.
#[derive(Debug)]
pub(super) struct Keys {
    /// Shows that the person was invited; whoever has the bookmark is.
    guest: Option<GuestKey>,
    came_with: CameWith,
}

#[derive(Debug)]
enum CameWith {
    Bookmark { key: Box<ModeratorKey>, licence: Option<Licence> },
    Invitation { ticket: Option<Ticket> },
}

impl Keys {
    /// What this access opens.
    pub(super) fn of(access: Access) -> Self {
        let guest = access.invitation_key().map(|key| key.guest_key());
        let came_with = match access {
            Access::Moderator { secret, licence } => {
                CameWith::Bookmark { key: Box::new(secret.moderator_key()), licence }
            }
            Access::Invited { room: _, key: _, ticket } => CameWith::Invitation { ticket },
        };
        Self { guest, came_with }
    }

    /// Whether this page came with the bookmark.
    pub(super) const fn are_the_bookmark(&self) -> bool {
        matches!(self.came_with, CameWith::Bookmark { .. })
    }

    /// Asks to enter, with everything that may open the door.
    pub(super) fn entry(
        &self,
        room: RoomId,
        challenge: &Challenge,
        resume: Option<ResumeToken>,
        profile: SealedProfile,
    ) -> Entry {
        let (proof, licence, ticket) = match &self.came_with {
            CameWith::Bookmark { key, licence } => {
                (Some(key.prove(challenge)), licence.clone(), None)
            }
            CameWith::Invitation { ticket } => (None, None, ticket.clone()),
        };
        let guest = self.guest.as_ref().map(|guest| guest.prove(room, challenge));
        Entry { resume, proof, licence, guest, ticket, ..Entry::named(profile) }
    }

    /// Lets go of a ticket that is used. Whether there was one.
    pub(super) fn forget_ticket(&mut self) -> bool {
        match &mut self.came_with {
            CameWith::Bookmark { .. } => false,
            CameWith::Invitation { ticket } => ticket.take().is_some(),
        }
    }

    /// Signs a personal invitation; only the bookmark can.
    pub(super) fn issue(&self, number: TicketNumber, expires: UnixTime) -> Option<Ticket> {
        match &self.came_with {
            CameWith::Bookmark { key, .. } => Some(Ticket::issue(key, number, expires)),
            CameWith::Invitation { .. } => None,
        }
    }
}
