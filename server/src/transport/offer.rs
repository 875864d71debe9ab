// SPDX-License-Identifier: EUPL-1.2
//! The browser's offer, read into what matters of it.

use core::fmt;
use std::io::Cursor;

use rtc_sdp::description::common::Attribute;
use rtc_sdp::description::media::MediaDescription;
use rtc_sdp::description::session::SessionDescription;
use shared::{Layer, MediaKind, Mid, Source};

use super::formats::{Feedback, MUSIC, OfferedCodec, codecs};
use super::negotiate::NegotiationError;
use super::params::Fingerprint;
use super::simulcast::encodings;
use crate::media::codec::Codec;
use crate::media::incoming::ExtensionIds;

/// An offer.
pub(super) struct Offer {
    pub(super) ufrag: String,
    pub(super) fingerprint: Fingerprint,
    pub(super) ids: ExtensionIds,
    /// Whether the packets of all lines may differ in the form of their extensions (RFC 8285 §6).
    pub(super) mixes_extensions: bool,
    pub(super) lines: Vec<OfferedLine>,
}

impl fmt::Debug for Offer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Offer").field("lines", &self.lines.len()).finish_non_exhaustive()
    }
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
    /// `None` while it does neither.
    pub(super) way: Option<Way>,
    /// Those that the relay knows, in the order of the offer.
    pub(super) codecs: Vec<OfferedCodec>,
    /// The extensions of this line that have the ids of the transport, and which way they go.
    pub(super) extensions: Vec<(Extension, Way)>,
    /// Whether its packets may differ in the form of their extensions (RFC 8285 §6).
    pub(super) mixes_extensions: bool,
    pub(super) ssrcs: Vec<(u32, bool)>,
    /// The names of the encodings, from the smallest, if a picture is sent in several.
    pub(super) rids: Vec<(String, Layer)>,
}

impl OfferedMedia {
    pub(super) fn sends(&self) -> bool {
        self.way.is_some_and(Way::is_sent)
    }

    pub(super) fn receives(&self) -> bool {
        self.way.is_some_and(Way::is_received)
    }

    /// The codecs in which the peer is to send: the first that it has, and what that one needs beside it.
    pub(super) fn sent(&self, preferred: &[Codec], source: Source) -> Vec<OfferedCodec> {
        let mut known = self.received(preferred);
        let opus = known.iter_mut().filter(|known| known.params.codec == Codec::Opus);
        for opus in opus.filter(|_| source == Source::ScreenSound) {
            MUSIC.clone_into(&mut opus.parameters);
        }
        let needs_opus = known.first().is_some_and(|first| first.params.codec == Codec::Red);
        known.truncate(if needs_opus { 2 } else { 1 });
        known
    }

    /// The codecs in which the peer is sent something, the preferred ones first.
    pub(super) fn received(&self, preferred: &[Codec]) -> Vec<OfferedCodec> {
        let find = |codec| self.codecs.iter().find(|offered| offered.params.codec == codec);
        preferred.iter().filter_map(|codec| find(*codec)).cloned().collect()
    }

    /// Whether the peer reads what a packet depends on. It may take the long form of extensions; AV1 alone is
    /// sent with it.
    pub(super) fn reads_dependencies(&self, codecs: &[OfferedCodec], mixes: bool) -> bool {
        let reads = |(extension, way): &(Extension, Way)| {
            *extension == Extension::Dependency && way.is_received()
        };
        self.extensions.iter().any(reads)
            && (mixes || self.mixes_extensions)
            && codecs.iter().any(|codec| codec.params.codec == Codec::Av1)
    }

    /// Whether the peer can tell when the packets of this line arrived: it reads their numbers and reports,
    /// whatever they carry.
    pub(super) fn tells_arrivals(&self, codecs: &[OfferedCodec]) -> bool {
        let reads = |(extension, way): &(Extension, Way)| {
            *extension == Extension::TransportCc && way.is_received()
        };
        // Reports on sound are offered with Opus, and not again with what may be around it.
        let mut reported = codecs.iter().filter(|codec| codec.params.codec != Codec::Red);
        self.extensions.iter().any(reads)
            && reported.all(|codec| codec.feedback.contains(&Feedback::TransportCc))
    }
}

/// Which way media or an extension goes, as the offering side sees it (RFC 8285 §5).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Way {
    Both,
    Sent,
    Received,
}

impl Way {
    /// `None` for what goes nowhere, and for words that do not exist.
    fn parse(word: Option<&str>) -> Option<Self> {
        match word {
            None | Some("sendrecv") => Some(Self::Both),
            Some("sendonly") => Some(Self::Sent),
            Some("recvonly") => Some(Self::Received),
            Some(_) => None,
        }
    }

    pub(super) fn is_sent(self) -> bool {
        self != Self::Received
    }

    pub(super) fn is_received(self) -> bool {
        self != Self::Sent
    }

    /// What the answer says, with what stands before it.
    pub(super) const fn answer(self) -> &'static str {
        match self {
            Self::Both => "",
            Self::Sent => "/recvonly",
            Self::Received => "/sendonly",
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
            Some(read_media(line, kind, ids))
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

fn read_media(line: &MediaDescription, kind: MediaKind, ids: &mut ExtensionIds) -> OfferedMedia {
    let words = ["inactive", "sendonly", "recvonly"];
    let way = Way::parse(words.into_iter().find(|word| flag(line, word)));
    let extensions = extensions(line, ids);
    // Which packet is of which encoding is said in its header, or not at all.
    let tells = |name: &Extension| {
        extensions.iter().any(|(extension, way)| extension == name && way.is_sent())
    };
    let named = [Extension::Mid, Extension::Rid].iter().all(tells);
    let rids = if way.is_some_and(Way::is_sent) && named && kind == MediaKind::Video {
        encodings(values(&line.attributes, "rid"), value(&line.attributes, "simulcast"))
    } else {
        Vec::new()
    };
    OfferedMedia {
        kind,
        way,
        codecs: codecs(line, kind),
        extensions,
        mixes_extensions: flag(line, "extmap-allow-mixed"),
        ssrcs: ssrcs(line),
        rids,
    }
}

/// One id means one thing on all lines of a bundle (RFC 8843 §10); a line that differs goes without.
fn extensions(line: &MediaDescription, ids: &mut ExtensionIds) -> Vec<(Extension, Way)> {
    let mut found: Vec<(Extension, Way)> = Vec::new();
    for value in values(&line.attributes, "extmap") {
        let mut parts = value.split_ascii_whitespace();
        let mut entry = parts.next().unwrap_or_default().split('/');
        let number = entry.next().and_then(|id| id.parse().ok());
        let (Some(number), Some(way)) = (number, Way::parse(entry.next())) else { continue };
        let uri = parts.next();
        let known = Extension::ALL.into_iter().find(|known| Some(known.uri()) == uri);
        let Some(extension) = known else { continue };
        if !(1..=14).contains(&number) || found.iter().any(|(other, _)| *other == extension) {
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
            found.push((extension, way));
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

pub(super) fn values<'line>(
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
