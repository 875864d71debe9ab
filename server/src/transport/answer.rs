// SPDX-License-Identifier: EUPL-1.2
//! The text of an answer, line by line.

use core::fmt::Write as _;

use shared::{MediaKind, Mid};

use super::formats::{Feedback, OfferedCodec};
use super::offer::{Extension, Offer, OfferedLine, OfferedMedia, Way};
use super::params::{LocalTransport, SlotParams};
use crate::media::incoming::ExtensionIds;

/// The text of the answer as it grows.
pub(super) struct Answer<'local> {
    text: String,
    local: &'local LocalTransport,
    ids: ExtensionIds,
    transport_written: bool,
    /// Said once for all lines.
    mixes_extensions: bool,
}

impl<'local> Answer<'local> {
    pub(super) fn start(offer: &Offer, local: &'local LocalTransport) -> Self {
        let mut answer = Self {
            text: String::new(),
            local,
            ids: offer.ids,
            transport_written: false,
            mixes_extensions: offer.mixes_extensions,
        };
        answer.line("v=0");
        answer.line(format_args!("o=- {} {} IN IP4 127.0.0.1", local.session_id, local.version));
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

    pub(super) fn refuse(&mut self, line: &OfferedLine) {
        self.line(format_args!("m={} 0 {} {}", line.word, line.protocol, line.format));
        self.line("c=IN IP4 0.0.0.0");
        if let Some(mid) = &line.mid {
            self.line(format_args!("a=mid:{mid}"));
        }
        self.line("a=inactive");
    }

    pub(super) fn receive(
        &mut self,
        line: &OfferedLine,
        mid: &Mid,
        media: &OfferedMedia,
        codecs: &[OfferedCodec],
    ) {
        self.open(line, mid, media, codecs);
        self.extensions(media, &Extension::ALL, Way::is_sent);
        self.line("a=recvonly");
        self.codecs(codecs, &Feedback::ALL, &format!("x-google-start-bitrate={START_KILOBITS}"));
        self.encodings(media);
    }

    pub(super) fn send(
        &mut self,
        line: &OfferedLine,
        media: &OfferedMedia,
        codecs: &[OfferedCodec],
        slot: &SlotParams,
    ) {
        let SlotParams { mid, ssrc, rtx_ssrc, .. } = slot;
        self.open(line, mid, media, codecs);
        let mut written = vec![
            Extension::Mid,
            Extension::AudioLevel,
            Extension::TransportCc,
            Extension::CaptureTime,
        ];
        written.extend(slot.dependency.then_some(Extension::Dependency));
        self.extensions(media, &written, Way::is_received);
        self.line("a=sendonly");
        self.line(format_args!("a=msid:slot-{mid} slot-{mid}"));
        self.codecs(codecs, &Feedback::ALL, "");
        let mut sources = vec![ssrc];
        if codecs.iter().any(|codec| codec.params.rtx_payload_type.is_some()) {
            self.line(format_args!("a=ssrc-group:FID {ssrc} {rtx_ssrc}"));
            sources.push(rtx_ssrc);
        }
        for source in sources {
            self.line(format_args!("a=ssrc:{source} cname:slot-{mid}"));
            self.line(format_args!("a=ssrc:{source} msid:slot-{mid} slot-{mid}"));
        }
    }

    pub(super) fn rest(
        &mut self,
        line: &OfferedLine,
        mid: &Mid,
        media: &OfferedMedia,
        codecs: &[OfferedCodec],
    ) {
        self.open(line, mid, media, codecs);
        self.line("a=inactive");
        self.codecs(codecs, &[], "");
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    fn open(
        &mut self,
        line: &OfferedLine,
        mid: &Mid,
        media: &OfferedMedia,
        codecs: &[OfferedCodec],
    ) {
        let types = codecs
            .iter()
            .flat_map(|codec| [Some(codec.params.payload_type), codec.params.rtx_payload_type]);
        let formats: Vec<_> = types.flatten().map(|it| it.to_string()).collect();
        let formats = formats.join(" ");
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

    /// Takes up those extensions that go this way on this line.
    fn extensions(&mut self, media: &OfferedMedia, allowed: &[Extension], goes: fn(Way) -> bool) {
        if media.mixes_extensions && !self.mixes_extensions {
            self.line("a=extmap-allow-mixed");
        }
        let taken = media.extensions.iter().filter(|(extension, _)| allowed.contains(extension));
        for (extension, way) in taken.filter(|(_, way)| goes(*way)) {
            let id = *extension.id(&mut self.ids);
            self.line(format_args!("a=extmap:{id}{} {}", way.answer(), extension.uri()));
        }
    }

    /// `advice` goes with the parameters of pictures.
    fn codecs(&mut self, codecs: &[OfferedCodec], allowed: &[Feedback], advice: &str) {
        for OfferedCodec { params, parameters, feedback } in codecs {
            let payload_type = params.payload_type;
            self.line(format_args!("a=rtpmap:{payload_type} {}", params.codec.name()));
            let is_picture = params.codec.kind() == MediaKind::Video;
            let both = [parameters.as_str(), if is_picture { advice } else { "" }];
            let both: Vec<_> = both.into_iter().filter(|part| !part.is_empty()).collect();
            if !both.is_empty() {
                self.line(format_args!("a=fmtp:{payload_type} {}", both.join(";")));
            }
            for feedback in feedback.iter().filter(|feedback| allowed.contains(feedback)) {
                // Sound is repaired by its in-band redundancy, not by retransmission.
                if is_picture || *feedback == Feedback::TransportCc {
                    self.line(format_args!("a=rtcp-fb:{payload_type} {}", feedback.as_str()));
                }
            }
            if let Some(rtx) = params.rtx_payload_type {
                self.line(format_args!("a=rtpmap:{rtx} rtx/90000"));
                self.line(format_args!("a=fmtp:{rtx} apt={payload_type}"));
            }
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

/// What Chromium takes its path to carry until it has found out, in kbit/s: otherwise 300, at which a page of small
/// print takes five seconds to become legible. More floods a narrow path for the first second; less, the first
/// pictures are blurred.
const START_KILOBITS: u32 = 1_500;
