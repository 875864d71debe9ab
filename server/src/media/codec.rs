// SPDX-License-Identifier: EUPL-1.2
//! The codecs that are relayed. Of none of them more is known than what stands in front of its bytes.

use clap::ValueEnum;
use serde::Deserialize;
use shared::MediaKind;

/// How sound or pictures are coded.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Codec {
    /// RFC 7587.
    #[default]
    Opus,
    /// Opus, each packet with the one or two before it (RFC 2198).
    Red,
    /// RFC 7741.
    Vp8,
    /// RFC 9628, profile 0.
    Vp9,
    /// The RTP specification of AV1, profile 0.
    Av1,
    /// RFC 6184, constrained baseline, in the packetization of mode 1.
    H264,
}

impl Codec {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Opus, Self::Red, Self::Vp8, Self::Vp9, Self::Av1, Self::H264];

    /// Those that are used where nothing else is said, the preferred ones first.
    ///
    /// VP8 is cheapest to encode in three sizes at once, and everybody knows it. RED is missing: it doubles
    /// what sound takes, and Opus repairs the losses that listeners have by itself, where they have any.
    pub const USUAL: [Self; 5] = [Self::Opus, Self::Vp8, Self::Vp9, Self::Av1, Self::H264];

    /// What it codes.
    pub const fn kind(self) -> MediaKind {
        match self {
            Self::Opus | Self::Red => MediaKind::Audio,
            Self::Vp8 | Self::Vp9 | Self::Av1 | Self::H264 => MediaKind::Video,
        }
    }

    /// Its place among all of them.
    pub const fn index(self) -> usize {
        match self {
            Self::Opus => 0,
            Self::Red => 1,
            Self::Vp8 => 2,
            Self::Vp9 => 3,
            Self::Av1 => 4,
            Self::H264 => 5,
        }
    }

    /// Its name in a session description (`a=rtpmap`), with ticks per second and channels.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Opus => "opus/48000/2",
            Self::Red => "red/48000/2",
            Self::Vp8 => "VP8/90000",
            Self::Vp9 => "VP9/90000",
            Self::Av1 => "AV1/90000",
            Self::H264 => "H264/90000",
        }
    }

    /// Whether these can be used: Opus, because everybody has it, a codec of pictures, and none twice.
    pub fn are_enough(codecs: &[Self]) -> bool {
        let twice = codecs.iter().enumerate().any(|(at, codec)| {
            let more = codecs.iter().skip(at + 1);
            more.into_iter().any(|other| other == codec)
        });
        let pictures = codecs.iter().any(|codec| codec.kind() == MediaKind::Video);
        codecs.contains(&Self::Opus) && pictures && !twice
    }
}
