// SPDX-License-Identifier: EUPL-1.2
//! A place inside, and everything that belongs to it.

use shared::{
    Floor, GuestMark, ParticipantId, ParticipantInfo, Revision, Role, RoomRules, SealedProfile,
    Source, Timestamp,
};

use super::{SessionId, reception::Reception, wish::Wish};
use crate::bucket::TokenBucket;

/// Somebody inside. The seat outlives its connection and its transport.
#[derive(Debug)]
pub(super) struct Seat {
    pub(super) participant: ParticipantId,
    pub(super) role: Role,
    /// Whether the owner showed to hold the bookmark: then nobody takes the role, or the seat.
    pub(super) holder: bool,
    pub(super) profile: SealedProfile,
    /// Of the invitation that the owner showed to hold, on whichever of their connections.
    pub(super) guest: Option<GuestMark>,
    /// The seat that the owner's tab lost to a moderator before.
    pub(super) removed: Option<ParticipantId>,
    /// What is transmitted, in the order of [`Source::ALL`]: what the owner last stated, but for what
    /// was switched off since.
    pub(super) live: Vec<Source>,
    /// What was switched off and not switched on again, each source at most once.
    pub(super) silenced: Vec<Silencing>,
    /// How often something of the owner was switched off.
    pub(super) silencings: u32,
    /// The number of the raised hand.
    pub(super) hand: Option<u32>,
    /// How much the owner may write; full before they have written anything.
    pub(super) chat: Option<TokenBucket>,
    /// The same for reactions.
    pub(super) reactions: Option<TokenBucket>,
    /// The same for lines while they are written.
    pub(super) rtt: Option<TokenBucket>,
    pub(super) presence: Presence,
    /// How often the owner was welcomed; each welcome carries a resume token of its own.
    pub(super) welcomes: u64,
    /// The last welcome that the owner is known to have heard. Its token holds until a later one is
    /// known to be: a welcome can be lost with the line.
    pub(super) heard: u64,
    pub(super) media: Media,
    /// What the owner's page wants of the pictures, since it was last welcomed.
    pub(super) wish: Wish,
    /// Of the last slot table that was stated. It grows over all transports of the seat, so that a
    /// late table never looks newer than a fresh one.
    pub(super) slots_revision: Revision,
}

/// One source that was switched off.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Silencing {
    pub(super) source: Source,
    /// By whom; nobody where the room does not allow it.
    pub(super) by: Option<ParticipantId>,
    /// Which of the seat it is, from 1.
    pub(super) count: u32,
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
    /// An offer is being answered. What an earlier transport receives, and what it says meanwhile, counts again
    /// if the offer was to go on with it.
    Offered(Option<Reception>),
    /// Answered: this is received.
    Negotiated(Reception),
}

impl Seat {
    /// A seat that is taken for the first time, by somebody who holds the bookmark or does not.
    pub(super) fn new(
        participant: ParticipantId,
        holder: bool,
        (profile, guest): (SealedProfile, Option<GuestMark>),
        session: SessionId,
    ) -> Self {
        Self {
            participant,
            role: if holder { Role::Moderator } else { Role::Participant },
            holder,
            profile,
            guest,
            removed: None,
            live: Vec::new(),
            silenced: Vec::new(),
            silencings: 0,
            hand: None,
            chat: None,
            reactions: None,
            rtt: None,
            presence: Presence::Here(session),
            welcomes: 0,
            heard: 0,
            media: Media::Absent,
            wish: Wish::Everything,
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

    /// Switches a source off until its owner, having heard of it, switches it on again.
    pub(super) fn silence(&mut self, source: Source, by: Option<ParticipantId>) -> Silencing {
        self.silencings = self.silencings.saturating_add(1);
        let silencing = Silencing { source, by, count: self.silencings };
        self.live.retain(|live| *live != source);
        self.silenced.retain(|silenced| silenced.source != source);
        self.silenced.push(silencing);
        silencing
    }

    /// Switches a source on, by its owner's word.
    pub(super) fn raise(&mut self, source: Source) {
        self.silenced.retain(|silenced| silenced.source != source);
        self.live.push(source);
        self.live.sort_unstable();
    }

    /// Whether somebody who heard of this many silencings has heard of what keeps the source off. Who
    /// claims to have heard more than was said has heard nothing.
    pub(super) fn has_heard_of(&self, source: Source, heard: u32) -> bool {
        let heard = if heard > self.silencings { 0 } else { heard };
        self.silenced.iter().all(|silenced| silenced.source != source || silenced.count <= heard)
    }

    /// Whether the owner may transmit this now.
    pub(super) fn may_transmit(&self, source: Source, rules: &RoomRules) -> bool {
        rules.floor == Floor::Open && self.role.may(source.act(), rules)
    }

    /// Whether the owner runs the room.
    pub(super) fn is_moderator(&self) -> bool {
        self.role == Role::Moderator
    }

    /// The seat as everybody inside is told of it.
    pub(super) fn info(&self) -> ParticipantInfo {
        ParticipantInfo {
            id: self.participant,
            role: self.role,
            holder: self.holder,
            profile: self.profile.clone(),
            guest: self.guest,
            live: self.live.clone(),
            hand: self.hand,
            away: self.session().is_none(),
        }
    }

    /// What there is of a transport that is there.
    pub(super) const fn reception(&self) -> Option<&Reception> {
        match &self.media {
            Media::Negotiated(reception) => Some(reception),
            Media::Absent | Media::Offered(_) => None,
        }
    }

    /// Takes what there is of a transport that an offer replaces, or goes on with.
    pub(super) fn take_reception(&mut self) -> Option<Reception> {
        match core::mem::replace(&mut self.media, Media::Offered(None)) {
            Media::Absent => {
                self.media = Media::Absent;
                None
            }
            Media::Offered(before) => before,
            Media::Negotiated(reception) => Some(reception),
        }
    }

    /// What there is of a transport that is there, or that an offer that is being answered may go on with: what
    /// that says counts, and goes if the offer was to replace it.
    pub(super) const fn reception_mut(&mut self) -> Option<&mut Reception> {
        match &mut self.media {
            Media::Offered(Some(reception)) | Media::Negotiated(reception) => Some(reception),
            Media::Absent | Media::Offered(None) => None,
        }
    }

    /// Whether the owner is heard to speak. While an offer is answered that is as it was before.
    pub(super) const fn speaks(&self) -> bool {
        match &self.media {
            Media::Offered(Some(reception)) | Media::Negotiated(reception) => reception.speaks,
            Media::Absent | Media::Offered(None) => false,
        }
    }
}
