// SPDX-License-Identifier: EUPL-1.2
//! Session descriptions: those a participant makes, and what is read out of the server's.

use core::fmt::Write as _;
use std::net::{IpAddr, SocketAddr};

use shared::MediaKind;

use crate::Fault;

/// A participant's side of a transport.
#[derive(Clone, Debug)]
pub(crate) struct Local {
    pub(crate) address: SocketAddr,
    pub(crate) ufrag: String,
    pub(crate) password: String,
    pub(crate) fingerprint: String,
}

/// A media line that is offered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub(crate) kind: MediaKind,
    /// The source, of a line on which the participant sends; of the smallest encoding if it has several,
    /// the others follow.
    pub(crate) ssrc: Option<u32>,
    /// In what form the line is sent.
    pub(crate) form: Form,
}

/// Whether something is sent once or in several encodings.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Form {
    Single,
    /// As simulcast, in the encodings of [`RIDS`].
    Layers,
}

impl Line {
    /// Whether repetitions are received: a server probes the path to a participant with them.
    const fn repeats(&self) -> bool {
        matches!(self.kind, MediaKind::Video) && self.ssrc.is_none()
    }
}

/// The server's side of a transport.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Remote {
    pub(crate) address: SocketAddr,
    pub(crate) ufrag: String,
    pub(crate) password: String,
}

impl Local {
    /// An offer of these lines; the number of a line is its identification.
    pub(crate) fn offer(&self, lines: &[Line]) -> String {
        let mut text = Self::session(0..lines.len());
        for (mid, line) in lines.iter().enumerate() {
            let (payload_type, codec) = codec(line.kind);
            let formats = if line.repeats() {
                format!("{payload_type} {RTX}")
            } else {
                payload_type.to_owned()
            };
            let named = (payload_type, formats.as_str());
            self.line(&mut text, line.kind, named, codec, &mid.to_string());
            if line.repeats() {
                let _always =
                    write!(text, "a=rtpmap:{RTX} rtx/90000\r\na=fmtp:{RTX} apt={payload_type}\r\n");
            }
            for (id, uri) in EXTENSIONS {
                let _always = writeln!(text, "a=extmap:{id} {uri}\r");
            }
            let Some(ssrc) = line.ssrc else {
                text.push_str("a=recvonly\r\n");
                continue;
            };
            let _always = write!(text, "a=sendonly\r\na=msid:s{ssrc} t{ssrc}\r\n");
            match line.form {
                Form::Single => {
                    let _always = write!(text, "a=ssrc:{ssrc} cname:s{ssrc}\r\n");
                }
                Form::Layers => layers(&mut text),
            }
        }
        text
    }

    /// Takes everything that an offer of the server sends.
    pub(crate) fn answer(&self, offer: &str) -> Result<String, Fault> {
        let sections: Vec<_> = offer.split("\nm=").skip(1).collect();
        let mids: Vec<_> =
            sections.iter().map(|section| value(section, "a=mid:").unwrap_or("0")).collect();
        let mut text = Self::session(mids.iter());
        for (section, mid) in sections.iter().zip(&mids) {
            let kind =
                if section.starts_with("audio") { MediaKind::Audio } else { MediaKind::Video };
            let (_, name) = codec(kind);
            let mapped = section.lines().filter_map(|line| line.strip_prefix("a=rtpmap:"));
            let payload_type = mapped
                .filter_map(|map| map.split_once(' '))
                .find(|(_, found)| found.trim().eq_ignore_ascii_case(name))
                .ok_or_else(|| format!("no {name} is offered"))?
                .0;
            self.line(&mut text, kind, (payload_type, payload_type), name, mid);
            for line in section.lines().filter(|line| line.starts_with("a=extmap:")) {
                if EXTENSIONS.iter().any(|(_, uri)| line.contains(uri)) {
                    let _always = writeln!(text, "{}\r", line.trim_end());
                }
            }
            text.push_str("a=recvonly\r\n");
        }
        Ok(text)
    }

    fn session(mids: impl Iterator<Item = impl core::fmt::Display>) -> String {
        let mut text =
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE".to_owned();
        for mid in mids {
            let _always = write!(text, " {mid}");
        }
        text.push_str("\r\na=msid-semantic: WMS *\r\n");
        text
    }

    fn line(
        &self,
        text: &mut String,
        kind: MediaKind,
        (payload_type, formats): (&str, &str),
        codec: &str,
        mid: &str,
    ) {
        let Self { address, ufrag, password, fingerprint } = self;
        let (word, feedback) = match kind {
            MediaKind::Audio => ("audio", ""),
            MediaKind::Video => ("video", "nack,nack pli,ccm fir,"),
        };
        let _always = write!(
            text,
            "m={word} {} UDP/TLS/RTP/SAVPF {formats}\r\nc=IN IP4 {}\r\na=mid:{mid}\r\n\
             a=ice-ufrag:{ufrag}\r\na=ice-pwd:{password}\r\na=fingerprint:sha-256 {fingerprint}\r\n\
             a=setup:active\r\na=rtcp-mux\r\na=rtpmap:{payload_type} {codec}\r\n\
             a=candidate:1 1 udp 2130706431 {} {} typ host\r\n",
            address.port(),
            address.ip(),
            address.ip(),
            address.port(),
        );
        for kind in feedback.split_terminator(',').chain(["transport-cc"]) {
            let _always = writeln!(text, "a=rtcp-fb:{payload_type} {kind}\r");
        }
    }
}

impl Remote {
    /// Reads an answer or an offer of the server: credentials, and the first address of its kind.
    pub(crate) fn parse(sdp: &str, reached_from: IpAddr) -> Result<Self, Fault> {
        let candidates = sdp.lines().filter_map(|line| line.strip_prefix("a=candidate:"));
        let address = candidates.filter_map(|candidate| {
            let mut parts = candidate.split_whitespace().skip(2);
            let udp = parts.next()?.eq_ignore_ascii_case("udp");
            let ip: IpAddr = parts.nth(1)?.parse().ok()?;
            let port = parts.next()?.parse().ok()?;
            let near = ip.is_ipv4() == reached_from.is_ipv4();
            (udp && near).then_some(SocketAddr::new(ip, port))
        });
        Ok(Self {
            address: address.into_iter().next().ok_or("no UDP candidate")?,
            ufrag: value(sdp, "a=ice-ufrag:").ok_or("no user name")?.to_owned(),
            password: value(sdp, "a=ice-pwd:").ok_or("no password")?.to_owned(),
        })
    }
}

/// Encodings are told apart by their names in the packets (RFC 8852, RFC 8853), not by sources in the offer.
fn layers(text: &mut String) {
    let _always = writeln!(text, "a=extmap:{RID} {RID_URI}\r");
    for rid in RIDS {
        let _always = writeln!(text, "a=rid:{rid} send\r");
    }
    let _always = writeln!(text, "a=simulcast:send {}\r", RIDS.join(";"));
}

fn value<'sdp>(sdp: &'sdp str, key: &str) -> Option<&'sdp str> {
    sdp.lines().find_map(|line| line.strip_prefix(key)).map(str::trim_end)
}

const fn codec(kind: MediaKind) -> (&'static str, &'static str) {
    match kind {
        MediaKind::Audio => ("111", "opus/48000/2"),
        MediaKind::Video => ("96", "VP8/90000"),
    }
}

/// The payload type of repetitions (RFC 4588).
const RTX: u8 = 97;

/// Of the packets that are sent.
pub(crate) const fn payload_type(kind: MediaKind) -> u8 {
    match kind {
        MediaKind::Audio => 111,
        MediaKind::Video => 96,
    }
}

/// The transport-wide number is read on all lines, the identification is what browsers send.
const EXTENSIONS: [(u8, &str); 2] = [
    (MID, "urn:ietf:params:rtp-hdrext:sdes:mid"),
    (WIDE, "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"),
];
/// Extension ids of what is sent, and of what a server that takes over the offer's ids sends.
pub(crate) const MID: u8 = 4;
pub(crate) const WIDE: u8 = 3;
pub(crate) const RID: u8 = 10;
const RID_URI: &str = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";
/// The names of the encodings, from the smallest.
pub(crate) const RIDS: [&str; 3] = ["l", "m", "h"];

/// The id under which the server sends the transport-wide number.
pub(crate) fn wide_id(sdp: &str) -> u8 {
    let (_, uri) = EXTENSIONS[1];
    let line = sdp.lines().find(|line| line.starts_with("a=extmap:") && line.contains(uri));
    let id = line
        .and_then(|line| line.strip_prefix("a=extmap:")?.split([' ', '/']).next()?.parse().ok());
    id.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_servers_side_is_read() {
        let sdp = "v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=ice-ufrag:abcd\r\na=ice-pwd:secret\r\n\
                   a=candidate:1 1 udp 2130706431 192.0.2.1 3478 typ host\r\na=extmap:7 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01\r\n";
        let remote = Remote::parse(sdp, [127, 0, 0, 1].into()).unwrap();
        assert_eq!(remote.address, SocketAddr::from(([192, 0, 2, 1], 3_478)));
        assert_eq!((remote.ufrag.as_str(), remote.password.as_str()), ("abcd", "secret"));
        assert_eq!(wide_id(sdp), 7);
    }

    #[test]
    fn encodings_are_offered_by_name_and_the_rest_by_source() {
        let local = Local {
            address: SocketAddr::from(([127, 0, 0, 1], 5)),
            ufrag: "a".to_owned(),
            password: "b".to_owned(),
            fingerprint: "AA".to_owned(),
        };
        let (kind, ssrc) = (MediaKind::Video, Some(7));
        let line = Line { kind, ssrc, form: Form::Single };
        let offer = local.offer(&[line]);
        assert!(offer.contains("a=ssrc:7 ") && !offer.contains("rid"), "{offer}");
        let offer = local.offer(&[Line { form: Form::Layers, ..line }]);
        assert!(!offer.contains("a=ssrc:"), "{offer}");
        let named = "a=rid:l send\r\na=rid:m send\r\na=rid:h send\r\na=simulcast:send l;m;h\r\n";
        assert!(offer.contains(named), "{offer}");
        assert!(offer.contains("a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\r\n"));
        let offer = local.offer(&[Line { ssrc: None, form: Form::Layers, ..line }]);
        assert!(offer.contains("a=recvonly") && !offer.contains("rid"), "{offer}");
        assert!(
            offer.contains("SAVPF 96 97\r\n") && offer.contains("a=fmtp:97 apt=96\r\n"),
            "{offer}"
        );
    }

    #[test]
    fn the_answer_takes_the_payload_type_of_the_offer() {
        let local = Local {
            address: SocketAddr::from(([127, 0, 0, 1], 5)),
            ufrag: "a".to_owned(),
            password: "b".to_owned(),
            fingerprint: "AA".to_owned(),
        };
        let offer = "v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 100\r\na=mid:v1\r\na=rtpmap:100 VP8/90000\r\na=sendonly\r\n";
        let answer = local.answer(offer).unwrap();
        assert!(answer.contains("m=video 5 UDP/TLS/RTP/SAVPF 100\r\n"), "{answer}");
        assert!(answer.contains("a=mid:v1\r\n") && answer.contains("a=recvonly\r\n"), "{answer}");
    }
}
