// SPDX-License-Identifier: EUPL-1.2
//! What is published and where it is received: sources, media lines, publications.

use alloc::{string::String, vec::Vec};
use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::role::Act;

/// Sound or pictures.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// Opus, with RED where the operator wants it.
    Audio,
    /// VP8, VP9, AV1 or H.264, as the operator prefers and the browser can.
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
    /// What is to be heard with it. It comes and goes with the screen, and is never there without.
    ScreenSound,
}

impl Source {
    /// What somebody has to be allowed for this source to be transmitted.
    pub const fn act(self) -> Act {
        match self {
            Self::Microphone => Act::Speak,
            Self::Camera => Act::ShowCamera,
            Self::Screen | Self::ScreenSound => Act::ShareScreen,
        }
    }

    /// Every source, in the order of the media lines of an offer.
    pub const ALL: [Self; 4] = [Self::Microphone, Self::Camera, Self::Screen, Self::ScreenSound];

    /// Those that a person switches on one by one; what comes with one of them is not among them.
    pub const SWITCHED: [Self; 3] = [Self::Microphone, Self::Camera, Self::Screen];

    /// The kind of media this source produces.
    pub const fn kind(self) -> MediaKind {
        match self {
            Self::Microphone | Self::ScreenSound => MediaKind::Audio,
            Self::Camera | Self::Screen => MediaKind::Video,
        }
    }

    /// Whether it comes from a device that can be chosen.
    pub const fn is_device(self) -> bool {
        matches!(self, Self::Microphone | Self::Camera)
    }

    /// The source without which it is not transmitted.
    pub const fn comes_with(self) -> Option<Self> {
        match self {
            Self::ScreenSound => Some(Self::Screen),
            Self::Microphone | Self::Camera | Self::Screen => None,
        }
    }

    /// The source and what comes with it, in the order of [`Source::ALL`].
    pub fn whole(self) -> impl Iterator<Item = Self> {
        let is_part = move |of: &Self| *of == self || of.comes_with() == Some(self);
        Self::ALL.into_iter().filter(is_part)
    }
}

/// One of the encodings of a camera's picture that are sent side by side (simulcast), by its lines.
///
/// A page sends what its camera can give: of a small picture, the upper ones are missing.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// About 180 lines.
    Low,
    /// About 360 lines.
    Middle,
    /// About 720 lines; and whatever is sent in one encoding only.
    High,
}

impl Layer {
    /// Every layer, from the smallest.
    pub const ALL: [Self; 3] = [Self::Low, Self::Middle, Self::High];

    /// The lines of a picture in this encoding.
    pub const fn lines(self) -> u16 {
        match self {
            Self::Low => 180,
            Self::Middle => 360,
            Self::High => 720,
        }
    }

    /// Its place among all of them.
    pub const fn index(self) -> usize {
        match self {
            Self::Low => 0,
            Self::Middle => 1,
            Self::High => 2,
        }
    }
}

/// Some of the encodings of a picture.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct LayerSet(u8);

impl LayerSet {
    /// None of them.
    pub const NONE: Self = Self(0);
    /// All of them.
    pub const ALL: Self = Self(0b111);

    /// Puts one in.
    pub const fn insert(&mut self, layer: Layer) {
        self.0 |= 1 << layer.index();
    }

    /// Takes one out.
    pub const fn remove(&mut self, layer: Layer) {
        self.0 &= !(1 << layer.index());
    }

    /// Whether it is in.
    pub const fn contains(self, layer: Layer) -> bool {
        self.0 & (1 << layer.index()) != 0
    }

    /// Whether none is in.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those that are in, from the smallest.
    pub fn iter(self) -> impl Iterator<Item = Layer> {
        Layer::ALL.into_iter().filter(move |layer| self.contains(*layer))
    }
}

impl FromIterator<Layer> for LayerSet {
    fn from_iter<I: IntoIterator<Item = Layer>>(layers: I) -> Self {
        let mut set = Self::NONE;
        for layer in layers {
            set.insert(layer);
        }
        set
    }
}

impl Serialize for LayerSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for LayerSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<Layer>::deserialize(deserializer)?.into_iter().collect())
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
