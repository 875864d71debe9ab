// SPDX-License-Identifier: EUPL-1.2
//! What the page says.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::{
    capability::ModeratorProof,
    chat::SealedText,
    guest::GuestProof,
    id::ParticipantId,
    licence::Licence,
    media::Source,
    name::SealedProfile,
    offer::Offer,
    reaction::SealedReaction,
    restriction::Restrictions,
    role::{Act, Audience, Door, Invitations},
    rtt::SealedLine,
    secret::ResumeToken,
    ticket::Ticket,
};

/// A statement of the page. The server reads it strictly: an unknown message or field is a
/// violation of the protocol.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientMessage {
    /// Asks to enter, or to take up a seat again. The first message of every connection.
    Enter(Entry),
    /// Offers a transport. It replaces the one before.
    Offer(Offer),
    /// States everything that is transmitted from here on; what is not named is off.
    Publish {
        /// The sources that are on, each at most once.
        live: Vec<Source>,
        /// The count of the last `silenced` that was heard, 0 before the first. What was silenced
        /// later stays off: a statement that crossed the word of a moderator does not undo it.
        heard: u32,
    },
    /// States which pictures are shown, the most important first; what is not named is not sent. Until
    /// the first such statement on a connection, everything is.
    Want {
        /// Each picture at most once.
        pictures: Vec<WantedPicture>,
    },
    /// Raises or lowers the own hand.
    Hand {
        /// Whether it is up.
        raised: bool,
    },
    /// Writes to everybody.
    Chat {
        /// What, readable for those who were invited.
        text: SealedText,
    },
    /// Shows everybody the line that is being written, as it is now; empty when there is none.
    Rtt {
        /// The whole of it, readable for those who were invited.
        line: SealedLine,
    },
    /// Shows everybody a reaction for a moment.
    Reaction {
        /// Which, readable for those who were invited.
        reaction: SealedReaction,
    },
    /// Moderates.
    Moderate(Moderation),
    /// Leaves for good: the seat is not kept.
    Leave {},
}

/// A picture that is shown.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct WantedPicture {
    /// Whose.
    pub participant: ParticipantId,
    /// The camera or the screen.
    pub source: Source,
    /// How tall it is shown, in lines of the display.
    pub lines: u16,
}

/// Everything that may open the door to somebody.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// From an earlier stay of this tab: return to that seat, if it is still kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resume: Option<ResumeToken>,
    /// From the bookmark: enter as a moderator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<ModeratorProof>,
    /// From the bookmark: the operator's licence for the room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<Licence>,
    /// From the bookmark, or from the page that embeds it: what nobody in the room can loosen as long as the
    /// conference lasts.
    #[serde(default, skip_serializing_if = "Restrictions::is_empty")]
    pub restrictions: Restrictions,
    /// From the invitation: comes in through an open door.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guest: Option<GuestProof>,
    /// From a personal invitation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<Ticket>,
    /// How the person is called.
    pub profile: SealedProfile,
}

impl Entry {
    /// Shows nothing but a name.
    pub const fn named(profile: SealedProfile) -> Self {
        Self {
            resume: None,
            proof: None,
            licence: None,
            restrictions: Restrictions::NONE,
            guest: None,
            ticket: None,
            profile,
        }
    }
}

/// What a moderator can do. The list is closed: it lets in, it takes away, it gives a right; nothing in
/// it gives sound or picture of anybody.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Moderation {
    /// Lets one person in.
    Admit {
        /// Who knocked.
        participant: ParticipantId,
    },
    /// Lets in everybody who came up to here, in order of arrival, but those whose tab was removed before:
    /// they are let in one by one only.
    AdmitAll {
        /// Whose knock was the last that the moderator saw. Who came later is not meant.
        up_to: ParticipantId,
    },
    /// Turns one person away.
    Refuse {
        /// Who knocked.
        participant: ParticipantId,
    },
    /// Sets the door.
    Door {
        /// For whom it opens.
        door: Door,
    },
    /// Decides which invitations count.
    Invitations {
        /// Which.
        invitations: Invitations,
    },
    /// Decides who may share a screen.
    Share {
        /// Who.
        audience: Audience,
    },
    /// Decides who may chat.
    Chat {
        /// Who.
        audience: Audience,
    },
    /// Switches off one microphone.
    Silence {
        /// Whose.
        participant: ParticipantId,
    },
    /// Switches off every microphone but the own one, once: everybody may switch theirs on again.
    SilenceAll {},
    /// Switches off a camera.
    StopCamera {
        /// Whose.
        participant: ParticipantId,
    },
    /// Stops a shared screen.
    StopScreen {
        /// Whose.
        participant: ParticipantId,
    },
    /// Lowers a hand.
    LowerHand {
        /// Whose.
        participant: ParticipantId,
    },
    /// Lowers every hand.
    LowerHands {},
    /// Makes somebody a participant again.
    MakeParticipant {
        /// Whom.
        participant: ParticipantId,
    },
    /// Makes somebody a presenter.
    MakePresenter {
        /// Whom.
        participant: ParticipantId,
    },
    /// Makes somebody a moderator.
    MakeModerator {
        /// Whom.
        participant: ParticipantId,
    },
    /// Ends somebody's stay; they can only knock again.
    Remove {
        /// Whose.
        participant: ParticipantId,
    },
    /// Ends the conference for everybody.
    End {},
}

impl Moderation {
    /// What somebody has to be allowed to say this.
    pub const fn needs(&self) -> Act {
        match self {
            Self::Admit { .. }
            | Self::AdmitAll { .. }
            | Self::Refuse { .. }
            | Self::Door { .. } => Act::RunDoor,
            Self::Invitations { .. } | Self::Share { .. } | Self::Chat { .. } => Act::SetRules,
            Self::Silence { .. } | Self::SilenceAll {} => Act::Silence,
            Self::StopCamera { .. } => Act::StopCamera,
            Self::StopScreen { .. } => Act::StopScreen,
            Self::LowerHand { .. } | Self::LowerHands {} => Act::LowerHand,
            Self::MakeParticipant { .. }
            | Self::MakePresenter { .. }
            | Self::MakeModerator { .. } => Act::GiveRole,
            Self::Remove { .. } => Act::Remove,
            Self::End {} => Act::End,
        }
    }
}
