// SPDX-License-Identifier: EUPL-1.2
//! Answers a browser's offer: ICE-lite, passive DTLS, one bundle, fixed sources per slot.

use core::fmt::Write as _;

use shared::{MediaKind, Mid, Source};

use super::offer::{Extension, Feedback, Offer, OfferedLine, OfferedMedia};
use super::params::{LocalTransport, SenderParams, SlotParams, TransportParams};
use crate::media::incoming::ExtensionIds;

/// An answered offer.
#[derive(Debug)]
pub struct Negotiated {
    /// The SDP for the browser.
    pub answer: String,
    /// The lines on which the browser sends, as asked for.
    pub senders: Vec<(Mid, Source)>,
    /// The lines on which it receives, in the order of the offer.
    pub slots: Vec<(Mid, MediaKind)>,
    /// What the media thread needs to know.
    pub transport: TransportParams,
}

/// Why an offer cannot be answered.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum NegotiationError {
    /// More text than any browser writes.
    #[error("cannot answer offer: too large")]
    TooLarge,
    /// Not SDP.
    #[error("cannot answer offer: malformed")]
    Malformed,
    /// More than 64 media lines.
    #[error("cannot answer offer: too many media lines")]
    TooManyLines,
    /// A media line outside the bundle (RFC 8843).
    #[error("cannot answer offer: media lines are not bundled")]
    NoBundle,
    /// A media line without `a=rtcp-mux` (RFC 5761).
    #[error("cannot answer offer: RTCP is not multiplexed")]
    NoMultiplexing,
    /// No ICE user name.
    #[error("cannot answer offer: no ICE credentials")]
    NoIceCredentials,
    /// No SHA-256 fingerprint.
    #[error("cannot answer offer: no SHA-256 fingerprint")]
    NoFingerprint,
    /// The peer does not want to open the DTLS connection.
    #[error("cannot answer offer: the peer is not the active side")]
    NotActive,
    /// An audio line without Opus.
    #[error("cannot answer offer: no Opus")]
    NoOpus,
    /// A video line without VP8.
    #[error("cannot answer offer: no VP8")]
    NoVp8,
    /// A sender that is not among the media lines, is of another kind, does not send or is named twice.
    #[error("cannot answer offer: a sender does not fit its media line")]
    SenderMismatch,
    /// Two media lines with one identification.
    #[error("cannot answer offer: a media line is named twice")]
    DuplicateMid,
    /// The process cannot draw random numbers.
    #[error("cannot answer offer: no random numbers")]
    NoRandomness,
}

/// Answers an offer; `senders` says which lines carry which source, all others are slots.
pub fn negotiate(
    offer_sdp: &str,
    senders: &[(Mid, Source)],
    local: &LocalTransport,
) -> Result<Negotiated, NegotiationError> {
    let offer = Offer::parse(offer_sdp)?;
    check_mids(&offer)?;
    check_senders(&offer, senders)?;
    let mut ssrcs = Ssrcs::new(&offer, local.first_ssrc);
    let mut answer = Answer::start(&offer, local);
    let mut params = TransportParams {
        local: local.credentials.clone(),
        remote_ufrag: offer.ufrag.clone(),
        fingerprint: offer.fingerprint,
        ids: offer.ids,
        feedback_ssrc: ssrcs.draw(),
        first_sequence: local.first_sequence,
        first_timestamp: local.first_timestamp,
        senders: Vec::new(),
        slots: Vec::new(),
    };
    for line in &offer.lines {
        let (Some(media), Some(mid)) = (&line.media, &line.mid) else {
            answer.refuse(line);
            continue;
        };
        let sender = senders.iter().find(|(sender, _)| sender == mid);
        if let Some((_, source)) = sender {
            answer.receive(line, mid, media);
            params.senders.push(SenderParams {
                mid: mid.clone(),
                source: *source,
                codec: media.codec,
                ssrcs: if media.rids.is_empty() { media.ssrcs.clone() } else { Vec::new() },
                rids: media.rids.clone(),
            });
        } else if media.receives {
            let slot = SlotParams {
                mid: mid.clone(),
                kind: media.kind,
                codec: media.codec,
                ssrc: ssrcs.draw(),
                rtx_ssrc: ssrcs.draw(),
                transport_cc: media.tells_arrivals(),
            };
            answer.send(line, mid, media, &slot);
            params.slots.push(slot);
        } else {
            answer.rest(line, mid, media);
        }
    }
    Ok(Negotiated {
        answer: answer.text,
        senders: senders.to_vec(),
        slots: params.slots.iter().map(|slot| (slot.mid.clone(), slot.kind)).collect(),
        transport: params,
    })
}

fn check_mids(offer: &Offer) -> Result<(), NegotiationError> {
    let mids: Vec<_> = offer.lines.iter().filter_map(|line| line.mid.as_ref()).collect();
    let twice =
        mids.iter().enumerate().any(|(at, mid)| mids.iter().skip(at + 1).any(|other| other == mid));
    if twice { Err(NegotiationError::DuplicateMid) } else { Ok(()) }
}

fn check_senders(offer: &Offer, senders: &[(Mid, Source)]) -> Result<(), NegotiationError> {
    for (at, (mid, source)) in senders.iter().enumerate() {
        let twice =
            senders.iter().skip(at + 1).any(|(other, again)| other == mid || again == source);
        let line = offer.lines.iter().find(|line| line.mid.as_ref() == Some(mid));
        let fits = line
            .and_then(|line| line.media.as_ref())
            .is_some_and(|media| media.kind == source.kind() && media.sends);
        if twice || !fits {
            return Err(NegotiationError::SenderMismatch);
        }
    }
    Ok(())
}

/// Gives out SSRCs that the offer does not use.
struct Ssrcs {
    next: u32,
    used: Vec<u32>,
}

impl Ssrcs {
    fn new(offer: &Offer, first: u32) -> Self {
        let lines = offer.lines.iter().filter_map(|line| line.media.as_ref());
        Self {
            next: first,
            used: lines.flat_map(|media| &media.ssrcs).map(|(ssrc, _)| *ssrc).collect(),
        }
    }

    fn draw(&mut self) -> u32 {
        loop {
            let ssrc = self.next;
            self.next = ssrc.wrapping_add(1);
            if ssrc != 0 && !self.used.contains(&ssrc) {
                return ssrc;
            }
        }
    }
}

/// The text of the answer as it grows.
struct Answer<'local> {
    text: String,
    local: &'local LocalTransport,
    ids: ExtensionIds,
    transport_written: bool,
}

impl<'local> Answer<'local> {
    fn start(offer: &Offer, local: &'local LocalTransport) -> Self {
        let mut answer =
            Self { text: String::new(), local, ids: offer.ids, transport_written: false };
        answer.line("v=0");
        answer.line(format_args!("o=- {} 1 IN IP4 127.0.0.1", local.session_id));
        answer.line("s=-");
        answer.line("t=0 0");
        answer.line("a=ice-lite");
        let mut bundle = String::from("a=group:BUNDLE");
        for line in offer.lines.iter().filter(|line| line.media.is_some()) {
            if let Some(mid) = &line.mid {
                bundle.push(' ');
                bundle.push_str(mid.as_str());
            }
        }
        answer.line(bundle);
        if offer.mixes_extensions {
            answer.line("a=extmap-allow-mixed");
        }
        answer.line("a=msid-semantic: WMS *");
        answer
    }

    fn refuse(&mut self, line: &OfferedLine) {
        self.line(format_args!("m={} 0 {} {}", line.word, line.protocol, line.format));
        self.line("c=IN IP4 0.0.0.0");
        if let Some(mid) = &line.mid {
            self.line(format_args!("a=mid:{mid}"));
        }
        self.line("a=inactive");
    }

    fn receive(&mut self, line: &OfferedLine, mid: &Mid, media: &OfferedMedia) {
        self.open(line, mid, media);
        self.extensions(media, &Extension::ALL);
        self.line("a=recvonly");
        self.codecs(media, &Feedback::ALL);
        if media.kind == MediaKind::Video {
            let payload_type = media.codec.payload_type;
            self.line(format_args!(
                "a=fmtp:{payload_type} x-google-start-bitrate={START_KILOBITS}"
            ));
        }
        self.encodings(media);
    }

    fn send(&mut self, line: &OfferedLine, mid: &Mid, media: &OfferedMedia, slot: &SlotParams) {
        self.open(line, mid, media);
        self.extensions(
            media,
            &[
                Extension::Mid,
                Extension::AudioLevel,
                Extension::TransportCc,
                Extension::CaptureTime,
            ],
        );
        self.line("a=sendonly");
        self.line(format_args!("a=msid:slot-{mid} slot-{mid}"));
        self.codecs(media, &Feedback::ALL);
        let SlotParams { ssrc, rtx_ssrc, codec, .. } = slot;
        let mut sources = vec![ssrc];
        if codec.rtx_payload_type.is_some() {
            self.line(format_args!("a=ssrc-group:FID {ssrc} {rtx_ssrc}"));
            sources.push(rtx_ssrc);
        }
        for source in sources {
            self.line(format_args!("a=ssrc:{source} cname:slot-{mid}"));
            self.line(format_args!("a=ssrc:{source} msid:slot-{mid} slot-{mid}"));
        }
    }

    fn rest(&mut self, line: &OfferedLine, mid: &Mid, media: &OfferedMedia) {
        self.open(line, mid, media);
        self.line("a=inactive");
        self.codecs(media, &[]);
    }

    fn open(&mut self, line: &OfferedLine, mid: &Mid, media: &OfferedMedia) {
        let mut formats = media.codec.payload_type.to_string();
        if let Some(rtx) = media.codec.rtx_payload_type {
            formats.push(' ');
            formats.push_str(&rtx.to_string());
        }
        let word = match media.kind {
            MediaKind::Audio => "audio",
            MediaKind::Video => "video",
        };
        let local = self.local;
        self.line(format_args!("m={word} 9 {} {formats}", line.protocol));
        self.line("c=IN IP4 0.0.0.0");
        self.line("a=rtcp:9 IN IP4 0.0.0.0");
        self.line(format_args!("a=mid:{mid}"));
        self.line(format_args!("a=ice-ufrag:{}", local.credentials.ufrag));
        self.line(format_args!("a=ice-pwd:{}", local.credentials.password.as_str()));
        self.line(format_args!("a=fingerprint:sha-256 {}", local.fingerprint));
        self.line("a=setup:passive");
        if !self.transport_written {
            self.transport_written = true;
            for (at, candidate) in local.candidates.iter().enumerate() {
                // Host candidates (type preference 126), in the order given.
                let priority = (126_u32 << 24)
                    | (65_535_u32.saturating_sub(u32::try_from(at).unwrap_or(0)) << 8)
                    | 255;
                let (ip, port) = (candidate.ip(), candidate.port());
                self.line(format_args!(
                    "a=candidate:{} 1 udp {priority} {ip} {port} typ host",
                    at + 1
                ));
            }
            self.line("a=end-of-candidates");
        }
        self.line("a=rtcp-mux");
        self.line("a=rtcp-rsize");
    }

    fn extensions(&mut self, media: &OfferedMedia, allowed: &[Extension]) {
        for extension in media.extensions.iter().filter(|extension| allowed.contains(extension)) {
            let id = *extension.id(&mut self.ids);
            self.line(format_args!("a=extmap:{id} {}", extension.uri()));
        }
    }

    fn codecs(&mut self, media: &OfferedMedia, allowed: &[Feedback]) {
        let payload_type = media.codec.payload_type;
        let name = match media.kind {
            MediaKind::Audio => "opus/48000/2",
            MediaKind::Video => "VP8/90000",
        };
        self.line(format_args!("a=rtpmap:{payload_type} {name}"));
        if media.kind == MediaKind::Audio {
            self.line(format_args!("a=fmtp:{payload_type} minptime=10;useinbandfec=1;usedtx=1"));
        }
        for feedback in media.feedback.iter().filter(|feedback| allowed.contains(feedback)) {
            // Sound is repaired by its in-band redundancy, not by retransmission.
            if media.kind == MediaKind::Video || *feedback == Feedback::TransportCc {
                self.line(format_args!("a=rtcp-fb:{payload_type} {}", feedback.as_str()));
            }
        }
        if let Some(rtx) = media.codec.rtx_payload_type {
            self.line(format_args!("a=rtpmap:{rtx} rtx/90000"));
            self.line(format_args!("a=fmtp:{rtx} apt={payload_type}"));
        }
    }

    /// Takes the encodings that have a layer, in the order of the offer (RFC 8853 §5.3.2).
    fn encodings(&mut self, media: &OfferedMedia) {
        let mut names = String::new();
        for (name, _layer) in &media.rids {
            self.line(format_args!("a=rid:{name} recv"));
            if !names.is_empty() {
                names.push(';');
            }
            names.push_str(name);
        }
        if !names.is_empty() {
            self.line(format_args!("a=simulcast:recv {names}"));
        }
    }

    fn line(&mut self, line: impl core::fmt::Display) {
        // Writing to a string does not fail.
        if write!(self.text, "{line}\r\n").is_err() {
            self.text.clear();
        }
    }
}

/// What Chromium takes its path to carry until it has found out: otherwise 300 kbit/s, at which a page of small
/// print takes five seconds to become legible. More floods a narrow path for the first second; less, the first
/// pictures are blurred.
const START_KILOBITS: u32 = 1_500;

#[cfg(test)]
#[path = "negotiate_tests.rs"]
mod tests;
