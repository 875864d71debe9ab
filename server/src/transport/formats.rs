// SPDX-License-Identifier: EUPL-1.2
//! The codecs of a media line that is offered: their payload types, parameters and feedback.

use rtc_sdp::description::media::MediaDescription;
use shared::MediaKind;

use super::offer::values;
use super::params::CodecParams;
use crate::media::codec::Codec;

/// A codec that is offered.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct OfferedCodec {
    pub(super) params: CodecParams,
    /// What an answer says of it (`a=fmtp`), mostly something.
    pub(super) parameters: String,
    pub(super) feedback: Vec<Feedback>,
}

/// The feedback messages both sides may know, in the order of the answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Feedback {
    TransportCc,
    Fir,
    Nack,
    Pli,
}

impl Feedback {
    pub(super) const ALL: [Self; 4] = [Self::TransportCc, Self::Fir, Self::Nack, Self::Pli];

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::TransportCc => "transport-cc",
            Self::Fir => "ccm fir",
            Self::Nack => "nack",
            Self::Pli => "nack pli",
        }
    }
}

/// The codecs of a line that the relay knows, each once, in the order of the line: of several variants of one,
/// the first that everybody can decode.
pub(super) fn codecs(line: &MediaDescription, kind: MediaKind) -> Vec<OfferedCodec> {
    let formats = Formats::read(line);
    let opus = formats.find(|format| is(format.map, Codec::Opus));
    let mut found: Vec<OfferedCodec> = Vec::new();
    for payload_type in &formats.listed {
        let Some(format) = formats.get(*payload_type) else { continue };
        let codec = Codec::ALL.into_iter().find(|codec| is(format.map, *codec));
        let Some(codec) = codec.filter(|codec| codec.kind() == kind) else { continue };
        if found.iter().any(|other| other.params.codec == codec) {
            continue;
        }
        let Some(parameters) = parameters(codec, format.parameters, opus) else { continue };
        let repairs = |format: &Format<'_>| {
            let of = parameter(format.parameters, "apt").and_then(|of| of.parse().ok());
            format.map.is_some_and(|map| map.eq_ignore_ascii_case("rtx/90000"))
                && of == Some(*payload_type)
        };
        found.push(OfferedCodec {
            params: CodecParams {
                codec,
                payload_type: *payload_type,
                rtx_payload_type: match kind {
                    MediaKind::Audio => None,
                    MediaKind::Video => formats.find(repairs),
                },
            },
            parameters,
            feedback: formats.feedback(format),
        });
    }
    found
}

/// What an answer says of a codec that is offered with these parameters; `None` when it is a variant that is
/// not relayed, because not everybody could decode it.
fn parameters(codec: Codec, offered: &str, opus: Option<u8>) -> Option<String> {
    let number = |name| match parameter(offered, name) {
        Some(value) => value.parse::<u8>().ok(),
        // The default of VP9 (RFC 9628 §6.1) and of AV1 (§7.2.1 of its RTP specification).
        None => Some(0),
    };
    match codec {
        Codec::Opus => Some("minptime=10;useinbandfec=1;usedtx=1".to_owned()),
        Codec::Red => {
            let opus = opus?;
            let both = offered.trim().split('/').all(|of| of.parse() == Ok(opus));
            both.then(|| format!("{opus}/{opus}"))
        }
        Codec::Vp8 => Some(String::new()),
        Codec::Vp9 => (number("profile-id")? == 0).then(|| "profile-id=0".to_owned()),
        Codec::Av1 => (number("profile")? == 0).then(|| "profile=0".to_owned()),
        Codec::H264 => {
            let profile = parameter(offered, "profile-level-id").filter(|id| is_baseline(id))?;
            (number("packetization-mode")? == 1).then(|| {
                format!("level-asymmetry-allowed=1;packetization-mode=1;profile-level-id={profile}")
            })
        }
    }
}

/// Constrained baseline (RFC 6184 §8.1): profile 66 that keeps to the constraints of set 1, too.
fn is_baseline(profile_level_id: &str) -> bool {
    let byte = |at: usize| {
        let digits = profile_level_id.get(at..at + 2)?;
        u8::from_str_radix(digits, 16).ok()
    };
    let digits = profile_level_id.bytes().all(|digit| digit.is_ascii_hexdigit());
    let constraints = byte(2).unwrap_or_default();
    profile_level_id.len() == 6 && digits && byte(0) == Some(0x42) && constraints & 0x40 != 0
}

fn is(map: Option<&str>, codec: Codec) -> bool {
    map.is_some_and(|map| map.eq_ignore_ascii_case(codec.name()))
}

/// One of the `name=value` pairs of an `a=fmtp`.
fn parameter<'line>(parameters: &'line str, name: &str) -> Option<&'line str> {
    let pairs = parameters.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// What a line says of its payload types, read in one pass.
struct Formats<'line> {
    /// In their order, each once.
    listed: Vec<u8>,
    all: Vec<Format<'line>>,
    /// For all of them.
    feedback: u8,
}

#[derive(Clone, Copy, Default)]
struct Format<'line> {
    is_listed: bool,
    map: Option<&'line str>,
    parameters: &'line str,
    /// One bit for each of [`Feedback::ALL`].
    feedback: u8,
}

impl<'line> Formats<'line> {
    fn read(line: &'line MediaDescription) -> Self {
        let all = vec![Format::default(); PAYLOAD_TYPES];
        let mut formats = Self { listed: Vec::new(), all, feedback: 0 };
        for payload_type in line.media_name.formats.iter().filter_map(|it| it.parse().ok()) {
            if let Some(format) = formats.all.get_mut(usize::from(payload_type))
                && !format.is_listed
            {
                format.is_listed = true;
                formats.listed.push(payload_type);
            }
        }
        for (of, map) in values(&line.attributes, "rtpmap").filter_map(|it| it.split_once(' ')) {
            if let Some(format) = formats.named(of) {
                format.map = format.map.or_else(|| Some(map.trim()));
            }
        }
        for (of, said) in values(&line.attributes, "fmtp").filter_map(|it| it.split_once(' ')) {
            if let Some(format) = formats.named(of)
                && format.parameters.is_empty()
            {
                format.parameters = said;
            }
        }
        for (of, name) in values(&line.attributes, "rtcp-fb").filter_map(|it| it.split_once(' ')) {
            let known = Feedback::ALL.iter().position(|known| known.as_str() == name.trim_end());
            let bit = known.map_or(0, |at| 1 << at);
            if of == "*" {
                formats.feedback |= bit;
            } else if let Some(format) = formats.named(of) {
                format.feedback |= bit;
            }
        }
        formats
    }

    fn get(&self, payload_type: u8) -> Option<&Format<'line>> {
        self.all.get(usize::from(payload_type)).filter(|format| format.is_listed)
    }

    fn named(&mut self, payload_type: &str) -> Option<&mut Format<'line>> {
        let payload_type: u8 = payload_type.parse().ok()?;
        self.all.get_mut(usize::from(payload_type))
    }

    /// The first listed payload type of which this is true.
    fn find(&self, is: impl Fn(&Format<'line>) -> bool) -> Option<u8> {
        self.listed.iter().copied().find(|payload_type| self.get(*payload_type).is_some_and(&is))
    }

    fn feedback(&self, format: &Format<'_>) -> Vec<Feedback> {
        let bits = format.feedback | self.feedback;
        let offered = Feedback::ALL.into_iter().enumerate().filter(|(at, _)| bits & (1 << at) != 0);
        offered.map(|(_, feedback)| feedback).collect()
    }
}

/// How the sound of a screen is to be sent: a film or music, in stereo and without pauses, at so many bits per second
/// on average. More is hardly heard; less, music sounds thin.
pub(super) const MUSIC: &str =
    "minptime=10;useinbandfec=1;stereo=1;sprop-stereo=1;maxaveragebitrate=96000";

/// They have seven bits (RFC 3550 §5.1).
const PAYLOAD_TYPES: usize = 128;
