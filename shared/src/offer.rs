// SPDX-License-Identifier: EUPL-1.2
//! The one exchange of session descriptions: the page offers, the server answers.

use alloc::{string::String, vec::Vec};
use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{
    media::{Mid, Source},
    repeats,
    voice::VoiceKey,
};

/// A session description (RFC 8866) of bounded length. It holds addresses and keys: it does not print,
/// and it is zeroised when dropped.
#[derive(Clone, Eq, PartialEq, Zeroize, ZeroizeOnDrop)]
pub struct Sdp(String);

impl Sdp {
    /// The longest description accepted, in bytes. Larger, an absurd offer costs more memory and time; smaller, a
    /// page that receives 53 pictures cannot say so: its offer has 54,000 bytes in one codec, and a few times
    /// that with every codec that a browser has.
    pub const MAX_LEN: usize = 256 * 1024;

    /// Takes a description; `None` when it is too long.
    pub fn new(text: String) -> Option<Self> {
        (text.len() <= Self::MAX_LEN).then_some(Self(text))
    }

    /// The description as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Sdp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sdp({} bytes)", self.0.len())
    }
}

impl Serialize for Sdp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        repeats::serialize(&self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for Sdp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        repeats::deserialize(deserializer, Self::MAX_LEN).map(Self)
    }
}

/// Which media line will carry which of the participant's sources.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SenderLine {
    /// The media line.
    pub mid: Mid,
    /// What it carries.
    pub source: Source,
}

/// The page's side: its sources' media lines, and every other one a slot to receive in.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// The description.
    pub sdp: Sdp,
    /// The lines that send; at most one for each source.
    pub senders: Vec<SenderLine>,
}

/// The server's side.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Answer {
    /// The description.
    pub sdp: Sdp,
    /// Under what names voices come.
    pub voices: VoiceKey,
}
