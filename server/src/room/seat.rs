// SPDX-License-Identifier: EUPL-1.2
//! A place inside, and everything that belongs to it.

use shared::{ParticipantId, ParticipantInfo, Revision, Role, SealedProfile, Source, Timestamp};

use super::{SessionId, slots::Slot};

/// Somebody inside. The seat outlives its connection and its transport.
#[derive(Debug)]
pub(super) struct Seat {
    pub(super) participant: ParticipantId,
    pub(super) role: Role,
    pub(super) profile: SealedProfile,
    /// What the owner wants to be transmitted, in the order of [`Source::ALL`].
    pub(super) live: Vec<Source>,
    pub(super) presence: Presence,
    /// How often the owner was welcomed; each welcome carries a resume token of its own.
    pub(super) welcomes: u64,
    /// The last welcome that the owner is known to have heard. Its token holds until a later one is
    /// known to be: a welcome can be lost with the line.
    pub(super) heard: u64,
    pub(super) media: Media,
    /// Of the last slot table that was stated. It grows over all transports of the seat, so that a
    /// late table never looks newer than a fresh one.
    pub(super) slots_revision: Revision,
}

/// Whether somebody can hear us.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Presence {
    /// On this connection.
    Here(SessionId),
    /// The connection is lost; the seat is kept.
    Away {
        /// How long.
        until: Timestamp,
    },
}

/// What there is of a media transport.
#[derive(Debug)]
pub(super) enum Media {
    /// None was offered, or the last one is lost.
    Absent,
    /// An offer is being answered. What is reported of an earlier transport is void.
    Offered,
    /// Answered: this is received.
    Negotiated(Vec<Slot>),
}

impl Seat {
    /// A seat that is taken for the first time.
    pub(super) const fn new(
        participant: ParticipantId,
        role: Role,
        profile: SealedProfile,
        session: SessionId,
    ) -> Self {
        Self {
            participant,
            role,
            profile,
            live: Vec::new(),
            presence: Presence::Here(session),
            welcomes: 0,
            heard: 0,
            media: Media::Absent,
            slots_revision: Revision(0),
        }
    }

    /// The connection on which the owner hears us.
    pub(super) const fn session(&self) -> Option<SessionId> {
        match self.presence {
            Presence::Here(session) => Some(session),
            Presence::Away { .. } => None,
        }
    }

    /// Whether the owner runs the door.
    pub(super) fn is_moderator(&self) -> bool {
        self.role == Role::Moderator
    }

    /// The seat as everybody inside is told of it.
    pub(super) fn info(&self) -> ParticipantInfo {
        ParticipantInfo {
            id: self.participant,
            role: self.role,
            profile: self.profile.clone(),
            live: self.live.clone(),
            away: self.session().is_none(),
        }
    }

    /// The table of a transport that is there.
    pub(super) const fn slots(&self) -> Option<&Vec<Slot>> {
        match &self.media {
            Media::Negotiated(slots) => Some(slots),
            Media::Absent | Media::Offered => None,
        }
    }
}
