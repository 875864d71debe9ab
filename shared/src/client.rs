// SPDX-License-Identifier: EUPL-1.2
//! What the page says.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::{
    capability::ModeratorProof, id::ParticipantId, media::Source, name::SealedProfile,
    offer::Offer, secret::ResumeToken,
};

/// A statement of the page. The server reads it strictly: an unknown message or field is a
/// violation of the protocol.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientMessage {
    /// Asks to enter, or to take up a seat again. The first message of every connection.
    Enter {
        /// From an earlier welcome: return to that seat, if it is still kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resume: Option<ResumeToken>,
        /// From the bookmark: enter as a moderator.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proof: Option<ModeratorProof>,
        /// How the person is called.
        profile: SealedProfile,
    },
    /// Offers a transport. It replaces the one before.
    Offer(Offer),
    /// States everything that is transmitted from here on; what is not named is off.
    Publish {
        /// The sources that are on, each at most once.
        live: Vec<Source>,
    },
    /// Moderates.
    Moderate(Moderation),
    /// Leaves for good: the seat is not kept.
    Leave {},
}

/// What a moderator can do. The list is closed: nothing in it gives sound or picture.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Moderation {
    /// Lets one person in.
    Admit {
        /// Who knocked.
        participant: ParticipantId,
    },
    /// Lets in everybody who is waiting.
    AdmitAll {},
    /// Turns one person away.
    Refuse {
        /// Who knocked.
        participant: ParticipantId,
    },
}
