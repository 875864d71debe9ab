// SPDX-License-Identifier: EUPL-1.2
//! What this page can show at the door, and what it can sign for others.

use shared::{
    Challenge, Entry, GuestKey, Licence, ModeratorKey, ResumeToken, RoomId, SealedProfile, Ticket,
    TicketNumber, UnixTime,
};

use super::Access;

/// What the link of this page opens.
#[derive(Debug)]
pub(super) enum Keys {
    /// Came with the room's bookmark.
    Bookmark { key: ModeratorKey, licence: Option<Licence> },
    /// Came with an invitation.
    Invitation { guest: Option<GuestKey>, ticket: Option<Ticket> },
}

impl Keys {
    /// What this access opens.
    pub(super) fn of(access: Access) -> Self {
        match access {
            Access::Moderator { secret, licence } => {
                Self::Bookmark { key: secret.moderator_key(), licence }
            }
            Access::Invited { room: _, key, ticket } => {
                Self::Invitation { guest: key.map(|key| key.guest_key()), ticket }
            }
        }
    }

    /// Whether this page came with the bookmark.
    pub(super) const fn are_the_bookmark(&self) -> bool {
        matches!(self, Self::Bookmark { .. })
    }

    /// Asks to enter, with everything that may open the door.
    pub(super) fn entry(
        &self,
        room: RoomId,
        challenge: &Challenge,
        resume: Option<ResumeToken>,
        profile: SealedProfile,
    ) -> Entry {
        match self {
            Self::Bookmark { key, licence } => Entry {
                resume,
                proof: Some(key.prove(challenge)),
                licence: licence.clone(),
                guest: None,
                ticket: None,
                profile,
            },
            Self::Invitation { guest, ticket } => Entry {
                resume,
                proof: None,
                licence: None,
                guest: guest.as_ref().map(|guest| guest.prove(room, challenge)),
                ticket: ticket.clone(),
                profile,
            },
        }
    }

    /// Signs a personal invitation; only the bookmark can.
    pub(super) fn issue(&self, number: TicketNumber, expires: UnixTime) -> Option<Ticket> {
        match self {
            Self::Bookmark { key, .. } => Some(Ticket::issue(key, number, expires)),
            Self::Invitation { .. } => None,
        }
    }
}
