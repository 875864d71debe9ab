// SPDX-License-Identifier: EUPL-1.2
//! The browser's offer, read into what matters of it.

use std::io::Cursor;

use rtc_sdp::description::common::Attribute;
use rtc_sdp::description::media::MediaDescription;
use rtc_sdp::description::session::SessionDescription;
use shared::{Layer, MediaKind, Mid};

use super::negotiate::NegotiationError;
use super::params::{CodecParams, Fingerprint};
use super::simulcast::encodings;
use crate::media::incoming::ExtensionIds;

/// An offer.
#[derive(Debug)]
pub(super) struct Offer {
    pub(super) ufrag: String,
    pub(super) fingerprint: Fingerprint,
    pub(super) ids: ExtensionIds,
    /// Whether packets may differ in the form of their extensions (RFC 8285 §6).
    pub(super) mixes_extensions: bool,
    pub(super) lines: Vec<OfferedLine>,
}

/// One media line of an offer.
#[derive(Debug)]
pub(super) struct OfferedLine {
    /// `audio`, `video` or another word, `audio` if it is not one.
    pub(super) word: String,
    /// The first format, to refuse the line with.
    pub(super) format: String,
    pub(super) protocol: String,
    pub(super) mid: Option<Mid>,
    /// What can be answered; `None` for lines that are refused.
    pub(super) media: Option<OfferedMedia>,
}

/// A media line that can be used.
#[derive(Debug)]
pub(super) struct OfferedMedia {
    pub(super) kind: MediaKind,
    pub(super) sends: bool,
    pub(super) receives: bool,
    pub(super) codec: CodecParams,
    pub(super) feedback: Vec<Feedback>,
    /// The extensions of this line that have the ids of the transport.
    pub(super) extensions: Vec<Extension>,
    pub(super) ssrcs: Vec<(u32, bool)>,
    /// The names of the encodings, from the smallest, if a picture is sent in several.
    pub(super) rids: Vec<(String, Layer)>,
}

impl OfferedMedia {
    /// Whether the peer can tell when the packets of this line arrived: it reads their numbers and reports.
    pub(super) fn tells_arrivals(&self) -> bool {
        self.extensions.contains(&Extension::TransportCc)
            && self.feedback.contains(&Feedback::TransportCc)
    }
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

/// The header extensions both sides may know.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Extension {
    Mid,
    AudioLevel,
    TransportCc,
    CaptureTime,
    Dependency,
    Rid,
    RepairedRid,
}

impl Extension {
    pub(super) const ALL: [Self; 7] = [
        Self::Mid,
        Self::AudioLevel,
        Self::TransportCc,
        Self::CaptureTime,
        Self::Dependency,
        Self::Rid,
        Self::RepairedRid,
    ];

    pub(super) const fn uri(self) -> &'static str {
        match self {
            Self::Mid => "urn:ietf:params:rtp-hdrext:sdes:mid",
            Self::AudioLevel => "urn:ietf:params:rtp-hdrext:ssrc-audio-level",
            Self::TransportCc => {
                "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"
            }
            Self::CaptureTime => "http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time",
            Self::Dependency => {
                "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension"
            }
            Self::Rid => "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
            Self::RepairedRid => "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id",
        }
    }

    pub(super) const fn id(self, ids: &mut ExtensionIds) -> &mut u8 {
        match self {
            Self::Mid => &mut ids.mid,
            Self::AudioLevel => &mut ids.audio_level,
            Self::TransportCc => &mut ids.transport_cc,
            Self::CaptureTime => &mut ids.capture_time,
            Self::Dependency => &mut ids.dependency,
            Self::Rid => &mut ids.rid,
            Self::RepairedRid => &mut ids.repaired_rid,
        }
    }
}

impl Offer {
    pub(super) fn parse(text: &str) -> Result<Self, NegotiationError> {
        if text.len() > MAX_OFFER_LEN {
            return Err(NegotiationError::TooLarge);
        }
        let session = SessionDescription::unmarshal(&mut Cursor::new(text.as_bytes()))
            .map_err(|_reason| NegotiationError::Malformed)?;
        if session.media_descriptions.len() > MAX_LINES {
            return Err(NegotiationError::TooManyLines);
        }
        let bundle = bundled(&session.attributes).ok_or(NegotiationError::NoBundle)?;
        let tagged = session
            .media_descriptions
            .iter()
            .find(|line| value(&line.attributes, "mid") == bundle.first().copied())
            .ok_or(NegotiationError::NoBundle)?;
        let of_transport =
            |key| value(&tagged.attributes, key).or_else(|| value(&session.attributes, key));
        let ufrag = of_transport("ice-ufrag")
            .filter(|ufrag| (4..=256).contains(&ufrag.len()))
            .ok_or(NegotiationError::NoIceCredentials)?;
        let fingerprint = values(&tagged.attributes, "fingerprint")
            .chain(values(&session.attributes, "fingerprint"))
            .find_map(sha256)
            .ok_or(NegotiationError::NoFingerprint)?;
        if !matches!(of_transport("setup"), Some("actpass" | "active")) {
            return Err(NegotiationError::NotActive);
        }
        let mut ids = ExtensionIds::default();
        let mut lines = Vec::new();
        for line in &session.media_descriptions {
            lines.push(read_line(line, &bundle, &mut ids)?);
        }
        let mixes_extensions =
            session.attributes.iter().any(|found| found.key == "extmap-allow-mixed");
        Ok(Self { ufrag: ufrag.to_owned(), fingerprint, ids, mixes_extensions, lines })
    }
}

fn read_line(
    line: &MediaDescription,
    bundle: &[&str],
    ids: &mut ExtensionIds,
) -> Result<OfferedLine, NegotiationError> {
    let name = &line.media_name;
    let mid = value(&line.attributes, "mid");
    let protocol = name.protos.join("/");
    let kind = match name.media.as_str() {
        "audio" => Some(MediaKind::Audio),
        "video" => Some(MediaKind::Video),
        _ => None,
    };
    let alive = name.port.value != 0 || flag(line, "bundle-only");
    let in_bundle = mid.is_some_and(|mid| bundle.contains(&mid));
    let media = match kind {
        Some(kind) if alive && KNOWN_PROTOCOLS.contains(&protocol.as_str()) => {
            if !in_bundle {
                return Err(NegotiationError::NoBundle);
            }
            if !flag(line, "rtcp-mux") {
                return Err(NegotiationError::NoMultiplexing);
            }
            Some(read_media(line, kind, ids)?)
        }
        Some(_) | None => None,
    };
    let mid = match mid {
        Some(mid) => Some(Mid::parse(mid).ok_or(NegotiationError::Malformed)?),
        None => None,
    };
    let word = if is_token(&name.media) { name.media.as_str() } else { "audio" };
    let format = name.formats.first().filter(|format| is_token(format));
    Ok(OfferedLine {
        word: word.to_owned(),
        format: format.map_or("0", String::as_str).to_owned(),
        protocol: if protocol.split('/').all(is_token) { protocol } else { "RTP/AVP".to_owned() },
        mid,
        media,
    })
}

fn read_media(
    line: &MediaDescription,
    kind: MediaKind,
    ids: &mut ExtensionIds,
) -> Result<OfferedMedia, NegotiationError> {
    let codec = codec(line, kind).ok_or(match kind {
        MediaKind::Audio => NegotiationError::NoOpus,
        MediaKind::Video => NegotiationError::NoVp8,
    })?;
    let offers = |feedback: Feedback| {
        values(&line.attributes, "rtcp-fb").any(|value| {
            let (payload_type, name) = value.split_once(' ').unwrap_or_default();
            let for_codec = payload_type == "*" || payload_type.parse() == Ok(codec.payload_type);
            for_codec && name.trim_end() == feedback.as_str()
        })
    };
    let inactive = flag(line, "inactive");
    let sends = !inactive && !flag(line, "recvonly");
    let extensions = extensions(line, ids);
    // Which packet is of which encoding is said in its header, or not at all.
    let named = [Extension::Mid, Extension::Rid].iter().all(|name| extensions.contains(name));
    let rids = if sends && named && kind == MediaKind::Video {
        encodings(values(&line.attributes, "rid"), value(&line.attributes, "simulcast"))
    } else {
        Vec::new()
    };
    Ok(OfferedMedia {
        kind,
        sends,
        receives: !inactive && !flag(line, "sendonly"),
        codec,
        feedback: Feedback::ALL.into_iter().filter(|feedback| offers(*feedback)).collect(),
        extensions,
        ssrcs: ssrcs(line),
        rids,
    })
}

fn codec(line: &MediaDescription, kind: MediaKind) -> Option<CodecParams> {
    let wanted = match kind {
        MediaKind::Audio => "opus/48000/2",
        MediaKind::Video => "VP8/90000",
    };
    let listed = |payload_type: u8| {
        line.media_name.formats.iter().any(|format| format.parse() == Ok(payload_type))
    };
    let mapped = |name: &str| -> Vec<u8> {
        values(&line.attributes, "rtpmap")
            .filter_map(|value| value.split_once(' '))
            .filter(|(_, codec)| codec.trim().eq_ignore_ascii_case(name))
            .filter_map(|(payload_type, _)| payload_type.parse().ok())
            .filter(|payload_type| *payload_type < 128 && listed(*payload_type))
            .collect()
    };
    let payload_type = *mapped(wanted).first()?;
    let repairs = |rtx: u8| {
        values(&line.attributes, "fmtp").filter_map(|value| value.split_once(' ')).any(
            |(of, parameters)| {
                of.parse() == Ok(rtx)
                    && parameters.split(';').any(|parameter| {
                        parameter
                            .trim()
                            .strip_prefix("apt=")
                            .is_some_and(|apt| apt.parse() == Ok(payload_type))
                    })
            },
        )
    };
    let rtx_payload_type = match kind {
        MediaKind::Audio => None,
        MediaKind::Video => mapped("rtx/90000").into_iter().find(|rtx| repairs(*rtx)),
    };
    Some(CodecParams { payload_type, rtx_payload_type })
}

/// One id means one thing on all lines of a bundle (RFC 8843 §10); a line that differs goes without.
fn extensions(line: &MediaDescription, ids: &mut ExtensionIds) -> Vec<Extension> {
    let mut found = Vec::new();
    for value in values(&line.attributes, "extmap") {
        let mut parts = value.split_ascii_whitespace();
        let number =
            parts.next().and_then(|part| part.split('/').next()).and_then(|id| id.parse().ok());
        let (Some(number), Some(uri)) = (number, parts.next()) else { continue };
        let Some(extension) = Extension::ALL.into_iter().find(|known| known.uri() == uri) else {
            continue;
        };
        if !(1..=14).contains(&number) || found.contains(&extension) {
            continue;
        }
        let taken = Extension::ALL
            .into_iter()
            .any(|other| other != extension && *other.id(&mut *ids) == number);
        let id = extension.id(ids);
        if *id == 0 && !taken {
            *id = number;
        }
        if *id == number {
            found.push(extension);
        }
    }
    found
}

/// The sources of a line, the retransmitting ones marked.
fn ssrcs(line: &MediaDescription) -> Vec<(u32, bool)> {
    let mut found: Vec<(u32, bool)> = Vec::new();
    for value in values(&line.attributes, "ssrc") {
        let number = value.split(' ').next().and_then(|number| number.parse().ok());
        if let Some(number) = number
            && found.len() < MAX_SSRCS_PER_LINE
            && !found.iter().any(|(known, _)| *known == number)
        {
            found.push((number, false));
        }
    }
    for group in values(&line.attributes, "ssrc-group") {
        let repair = group
            .strip_prefix("FID ")
            .and_then(|pair| pair.split_ascii_whitespace().nth(1))
            .and_then(|number| number.parse().ok());
        for (number, repairs) in &mut found {
            *repairs |= Some(*number) == repair;
        }
    }
    found
}

fn bundled(attributes: &[Attribute]) -> Option<Vec<&str>> {
    let group = values(attributes, "group").find_map(|group| group.strip_prefix("BUNDLE "))?;
    Some(group.split_ascii_whitespace().collect())
}

fn sha256(value: &str) -> Option<Fingerprint> {
    let (algorithm, digits) = value.split_once(' ')?;
    algorithm.eq_ignore_ascii_case("sha-256").then(|| Fingerprint::parse(digits.trim())).flatten()
}

fn values<'line>(
    attributes: &'line [Attribute],
    key: &'static str,
) -> impl Iterator<Item = &'line str> {
    let of_key = move |found: &&Attribute| found.key == key;
    attributes.iter().filter(of_key).filter_map(|found| found.value.as_deref())
}

fn value<'line>(attributes: &'line [Attribute], key: &'static str) -> Option<&'line str> {
    values(attributes, key).next().map(str::trim)
}

fn flag(line: &MediaDescription, key: &str) -> bool {
    line.attributes.iter().any(|found| found.key == key)
}

fn is_token(text: &str) -> bool {
    (1..=32).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.+".contains(&byte))
}

/// 64 lines of Chrome, which lists some twenty codecs on each, stay below.
const MAX_OFFER_LEN: usize = 640 * 1_024;
const MAX_LINES: usize = 64;
/// Three encodings and their retransmissions.
const MAX_SSRCS_PER_LINE: usize = 6;
const KNOWN_PROTOCOLS: [&str; 2] = ["UDP/TLS/RTP/SAVPF", "RTP/SAVPF"];
