// SPDX-License-Identifier: EUPL-1.2
//! What the server says.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::{
    capability::Challenge,
    chat::SealedText,
    guest::GuestMark,
    id::{ParticipantId, Revision},
    media::{LayerSet, Mid, Source},
    name::SealedProfile,
    offer::Answer,
    reaction::SealedReaction,
    reason::{CloseReason, Refusal},
    role::{Role, RoomRules},
    rtt::SealedLine,
    secret::ResumeToken,
};

/// A statement of the server. The page reads it tolerantly: what it does not know, it leaves alone.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServerMessage {
    /// Opens every connection: what a moderator has to sign.
    Challenge {
        /// Bound to this connection.
        challenge: Challenge,
    },
    /// Not yet inside.
    Waiting {
        /// For what.
        for_whom: WaitingFor,
        /// By what the room recognises this tab, should it be refused.
        visit: ResumeToken,
    },
    /// Inside: the whole room as it is at this revision. Replaces everything known before.
    Welcome {
        /// Who the addressee is.
        you: ParticipantId,
        /// The revision of this snapshot; changes count on from here.
        revision: Revision,
        /// What is decided for the whole room.
        rules: RoomRules,
        /// Everybody inside, the addressee among them, in order of arrival.
        participants: Vec<ParticipantInfo>,
        /// For moderators: everybody who waits, in order of arrival.
        knocks: Vec<Knock>,
        /// Whether the addressee's transport of an earlier connection stands. If not, there is one
        /// to be offered: the word that it was lost may have been lost itself.
        transport: bool,
        /// Takes up this seat again, until a later one is used.
        resume: ResumeToken,
    },
    /// The room changed.
    Roster {
        /// The revision after the change.
        revision: Revision,
        /// What changed.
        change: RosterChange,
    },
    /// To moderators: somebody knocks.
    Knock(Knock),
    /// To moderators: somebody no longer knocks.
    KnockGone {
        /// Who.
        participant: ParticipantId,
    },
    /// A source of the addressee was switched off, and nothing of it passes until they switch it on
    /// again. Said again after the welcome of a resumed seat, as long as it is off.
    Silenced {
        /// Which.
        source: Source,
        /// By which moderator; nobody in particular where the room itself does not allow it.
        by: Option<ParticipantId>,
        /// Counts what was silenced in this seat, from 1; `publish` says how far it was heard.
        count: u32,
    },
    /// Somebody wrote to everybody.
    Chat {
        /// Who.
        participant: ParticipantId,
        /// What.
        text: SealedText,
    },
    /// Somebody is writing; said to everybody but them.
    Rtt {
        /// Who.
        participant: ParticipantId,
        /// The whole line as it is now. It replaces the one before, and ends with their next `chat`.
        line: SealedLine,
    },
    /// Somebody shows a reaction for a moment.
    Reaction {
        /// Who.
        participant: ParticipantId,
        /// Which.
        reaction: SealedReaction,
    },
    /// Answers the offer.
    Answer(Answer),
    /// Which picture is received in which slot: the whole table. A slot of pictures that is not named is
    /// blank. Slots of sound are not named: whoever is heard is heard in any of them.
    Slots {
        /// Grows with each table of this transport.
        revision: Revision,
        /// The slots that carry a picture.
        slots: Vec<SlotEntry>,
    },
    /// What of the addressee's pictures anybody can use: the rest is not worth sending. Said whole for
    /// each source; until then, everything is.
    Layers {
        /// Which picture.
        source: Source,
        /// The encodings that are used. Empty when nobody sees it.
        wanted: LayerSet,
    },
    /// Who speaks, loudly enough and for long enough that it is no cough: all of them, the addressee too.
    /// Said when it changes, a few times in a second at most; nobody speaks until then.
    Speaking {
        /// In order of arrival.
        participants: Vec<ParticipantId>,
    },
    /// The server goes out of service: the conference ends then, if it does not before.
    Closing {
        /// In how many seconds.
        within: u32,
    },
    /// The media transport failed or expired: offer another one.
    TransportLost {},
    /// Not granted; the connection ends.
    Refused {
        /// Why.
        reason: Refusal,
        /// For how many seconds another knock is in vain.
        #[serde(default, skip_serializing_if = "is_zero")]
        pause: u32,
    },
    /// The connection ends.
    Closed {
        /// Why.
        reason: CloseReason,
    },
    /// A message that this page does not know.
    #[serde(other)]
    Unknown,
}

/// What somebody outside waits for.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitingFor {
    /// No moderator is in the room.
    Moderator,
    /// A moderator is there and decides.
    Admission,
}

/// Somebody inside.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct ParticipantInfo {
    /// Who.
    pub id: ParticipantId,
    /// What they may do.
    pub role: Role,
    /// Whether they hold the room's bookmark: nobody can take their role, or remove them.
    pub holder: bool,
    /// How they are called.
    pub profile: SealedProfile,
    /// Of the invitation that they showed to hold. A name is theirs only if it is that of this room:
    /// anybody else can repeat what somebody sealed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guest: Option<GuestMark>,
    /// What they transmit, in the order of [`Source::ALL`].
    pub live: Vec<Source>,
    /// Their raised hand: the hands of a room are in the order of these numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hand: Option<u32>,
    /// Whether the connection is lost and the seat kept.
    pub away: bool,
}

/// Somebody at the door.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Knock {
    /// Who.
    pub participant: ParticipantId,
    /// How they are called; readable only if somebody sealed it who holds the invitation.
    pub profile: SealedProfile,
    /// Of the invitation that they showed to hold themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guest: Option<GuestMark>,
    /// Whether they showed a personal invitation.
    pub personal: bool,
    /// Whether this tab was removed from the room before.
    pub removed: bool,
}

/// One change of the roster.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum RosterChange {
    /// Somebody came in, or is different from before.
    Present {
        /// The whole of them.
        participant: ParticipantInfo,
    },
    /// Somebody is gone for good.
    Gone {
        /// Who.
        participant: ParticipantId,
    },
    /// Something was decided for the whole room.
    Rules {
        /// All that is.
        rules: RoomRules,
    },
}

/// One slot and what it carries.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct SlotEntry {
    /// The media line.
    pub mid: Mid,
    /// Whose.
    pub participant: ParticipantId,
    /// Which of theirs.
    pub source: Source,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands in a reference")]
const fn is_zero(seconds: &u32) -> bool {
    *seconds == 0
}
