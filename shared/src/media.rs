// SPDX-License-Identifier: EUPL-1.2
//! What is published and where it is received: sources, media lines, publications.

use alloc::string::String;
use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use crate::role::Act;

/// Sound or pictures.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// Opus.
    Audio,
    /// VP8.
    Video,
}

/// What a participant can transmit; each source is switched on by its owner alone.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The person's voice.
    Microphone,
    /// The person's picture.
    Camera,
    /// What the person shares of their screen.
    Screen,
}

impl Source {
    /// What somebody has to be allowed for this source to be transmitted.
    pub const fn act(self) -> Act {
        match self {
            Self::Microphone => Act::Speak,
            Self::Camera => Act::ShowCamera,
            Self::Screen => Act::ShareScreen,
        }
    }

    /// Every source, in the order of the media lines of an offer.
    pub const ALL: [Self; 3] = [Self::Microphone, Self::Camera, Self::Screen];

    /// The kind of media this source produces.
    pub const fn kind(self) -> MediaKind {
        match self {
            Self::Microphone => MediaKind::Audio,
            Self::Camera | Self::Screen => MediaKind::Video,
        }
    }
}

/// The identification of a media line (RFC 8843 `a=mid`): 1 to 16 characters of `[0-9A-Za-z_-]`.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Mid(String);

impl Mid {
    /// The longest identification accepted, in bytes (RFC 8843 asks senders to stay at 3 or below).
    pub const MAX_LEN: usize = 16;

    /// Parses an identification; `None` when it is empty, too long or holds another character.
    pub fn parse(text: &str) -> Option<Self> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        (!text.is_empty() && text.len() <= Self::MAX_LEN && text.bytes().all(allowed))
            .then(|| Self(text.into()))
    }

    /// The identification as it stands in the SDP.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Mid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Mid {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("not a media identification"))
    }
}
