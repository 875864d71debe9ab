// SPDX-License-Identifier: EUPL-1.2
//! Offers as Chrome and Firefox write them, and offers as nobody should.

use proptest::prelude::*;
use shared::{Layer, Source};
use zeroize::Zeroizing;

use super::super::params::{Fingerprint, IceCredentials};
use super::*;

#[test]
fn an_offer_of_chrome_is_answered() {
    let offer = chrome();
    let negotiated = negotiate(&offer, &senders(), &local()).unwrap();
    let slots: Vec<_> = negotiated.slots.iter().map(|(mid, kind)| (mid.as_str(), *kind)).collect();
    assert_eq!(slots, [("2", MediaKind::Audio), ("3", MediaKind::Video)]);
    let answer = &negotiated.answer;
    for line in [
        "a=ice-lite",
        "a=group:BUNDLE 0 1 2 3",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111",
        "m=video 9 UDP/TLS/RTP/SAVPF 96 97",
        "a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1",
        "a=fmtp:97 apt=96",
        "a=rtcp-fb:96 nack pli",
        "a=rtcp-fb:96 transport-cc",
        "a=setup:passive",
        "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid",
        "a=candidate:1 1 udp 2130706431 192.0.2.1 3478 typ host",
        "a=end-of-candidates",
        "m=application 0 UDP/DTLS/SCTP webrtc-datachannel",
    ] {
        assert!(answer.contains(&format!("{line}\r\n")), "{line} is missing in\n{answer}");
    }
    assert_eq!(answer.matches("a=recvonly").count(), 2);
    assert_eq!(answer.matches("a=sendonly").count(), 2);
    assert_eq!(answer.matches("a=ssrc-group:FID ").count(), 1);
    assert!(!answer.contains("H264") && !answer.contains("AV1") && !answer.contains("red/"));
    assert_eq!(negotiated.transport.ids.transport_cc, 3);
    let camera = negotiated.transport.senders.iter().find(|line| line.source == Source::Camera);
    assert_eq!(camera.unwrap().ssrcs, [(1111, false), (2222, true)]);
}

#[test]
fn key_frames_are_told_in_the_header_where_the_offer_says_how() {
    let dependency = Extension::Dependency.uri();
    assert!(!negotiate(&chrome(), &senders(), &local()).unwrap().answer.contains(dependency));
    let offer = chrome().replace("urn:3gpp:video-orientation", dependency);
    let negotiated = negotiate(&offer, &senders(), &local()).unwrap();
    // From the browser only: what a slot is sent is numbered anew.
    assert_eq!(negotiated.answer.matches(&format!("a=extmap:13 {dependency}")).count(), 1);
    assert_eq!(negotiated.transport.ids.dependency, 13);
    // Chromium leaves out what might take the long form of extensions unless both sides allow it.
    assert!(negotiated.answer.contains("a=extmap-allow-mixed\r\n"));
}

#[test]
fn an_offer_of_firefox_is_answered() {
    let negotiated = negotiate(&firefox(), &senders(), &local()).unwrap();
    assert!(negotiated.answer.contains("m=video 9 UDP/TLS/RTP/SAVPF 120 124\r\n"));
    assert!(negotiated.answer.contains("m=audio 9 UDP/TLS/RTP/SAVPF 109\r\n"));
    assert_eq!(negotiated.slots.len(), 2);
}

#[test]
fn a_camera_in_three_encodings_is_taken_as_such() {
    for (offer, ids) in [
        (simulcast(&chrome(), CHROME_ENCODINGS), (10, 11)),
        (simulcast(&firefox(), FIREFOX_ENCODINGS), (9, 10)),
    ] {
        let negotiated = negotiate(&offer, &senders(), &local()).unwrap();
        let answer = &negotiated.answer;
        let taken = "a=rid:l recv\r\na=rid:m recv\r\na=rid:h recv\r\na=simulcast:recv l;m;h\r\n";
        assert_eq!(answer.matches(taken).count(), 1, "{answer}");
        // Once, in the sending line: a slot carries one encoding.
        for extension in [Extension::Rid, Extension::RepairedRid] {
            assert_eq!(answer.matches(extension.uri()).count(), 1, "{answer}");
        }
        let transport = &negotiated.transport;
        assert_eq!((transport.ids.rid, transport.ids.repaired_rid), ids);
        let [microphone, camera] = &transport.senders[..] else { panic!("two senders") };
        let rids: Vec<_> =
            camera.rids.iter().map(|(name, layer)| (name.as_str(), *layer)).collect();
        assert_eq!(rids, [("l", Layer::Low), ("m", Layer::Middle), ("h", Layer::High)]);
        assert!(camera.ssrcs.is_empty() && microphone.rids.is_empty());
    }
}

#[test]
fn malformed_encodings_are_answered_as_one() {
    let offer = simulcast(&chrome(), &CHROME_ENCODINGS.replace("l;m;h", "l;m;m"));
    let negotiated = negotiate(&offer, &senders(), &local()).unwrap();
    let answer = &negotiated.answer;
    assert!(!answer.contains("a=rid:") && !answer.contains("a=simulcast:"), "{answer}");
    assert!(negotiated.transport.senders.iter().all(|line| line.rids.is_empty()));
}

#[test]
fn a_line_that_does_not_send_has_no_encodings() {
    let lines = video("3", "recvonly", "");
    let offer = chrome().replace(&lines, &video("3", "recvonly", CHROME_ENCODINGS));
    assert!(offer.contains("a=simulcast:"));
    let answer = negotiate(&offer, &senders(), &local()).unwrap().answer;
    assert!(!answer.contains("a=rid:") && !answer.contains("a=simulcast:"), "{answer}");
}

#[test]
fn the_sources_of_encodings_are_not_given_to_slots() {
    let offer = simulcast(&firefox(), FIREFOX_ENCODINGS);
    let local = LocalTransport { first_ssrc: 3331, ..local() };
    let answer = negotiate(&offer, &senders(), &local).unwrap().answer;
    for ssrc in 3331..=3336 {
        assert!(!answer.contains(&format!("a=ssrc:{ssrc} ")), "{ssrc} in\n{answer}");
    }
}

#[test]
fn a_slot_tells_of_arrivals_where_numbers_and_reports_are_offered() {
    let told = |offer: &str| {
        let negotiated = negotiate(offer, &senders(), &local()).unwrap();
        negotiated.transport.slots.iter().map(|slot| slot.transport_cc).collect::<Vec<_>>()
    };
    let uri = Extension::TransportCc.uri();
    let answer = negotiate(&chrome(), &senders(), &local()).unwrap().answer;
    assert_eq!(answer.matches(&format!("a=extmap:3 {uri}\r\n")).count(), 4, "{answer}");
    assert_eq!(answer.matches("a=rtcp-fb:111 transport-cc\r\n").count(), 2);
    assert_eq!(answer.matches("a=rtcp-fb:96 transport-cc\r\n").count(), 2);
    assert_eq!(told(&chrome()), [true, true]);
    assert_eq!(told(&chrome().replace(uri, "urn:other")), [false, false]);
    assert_eq!(told(&chrome().replace("a=rtcp-fb:111 transport-cc\r\n", "")), [false, true]);
    assert_eq!(told(&firefox()), [true, true]);
}

#[test]
fn the_sources_of_an_answer_are_not_those_of_the_offer() {
    let local = LocalTransport { first_ssrc: 1111, ..local() };
    let negotiated = negotiate(&chrome(), &senders(), &local).unwrap();
    assert!(
        !negotiated.answer.contains("a=ssrc:1111 ") && !negotiated.answer.contains("a=ssrc:2222 ")
    );
}

#[test]
fn what_an_offer_lacks_is_named() {
    let refused = |change: Change| negotiate(&change(&chrome()), &senders(), &local()).map(|_| ());
    let cases: [(Change, NegotiationError); 9] = [
        (|offer| offer.replace("VP8", "VP7"), NegotiationError::NoVp8),
        (|offer| offer.replace("opus", "sopu"), NegotiationError::NoOpus),
        (|offer| offer.replace("sha-256", "sha-1"), NegotiationError::NoFingerprint),
        (|offer| offer.replace("BUNDLE", "LUMP"), NegotiationError::NoBundle),
        (|offer| offer.replace("BUNDLE 0 1 2 3", "BUNDLE 0 1 2"), NegotiationError::NoBundle),
        (|offer| offer.replace("a=rtcp-mux\r\n", ""), NegotiationError::NoMultiplexing),
        (|offer| offer.replace("a=ice-ufrag:aBcD\r\n", ""), NegotiationError::NoIceCredentials),
        (|offer| offer.replace("actpass", "passive"), NegotiationError::NotActive),
        (|offer| offer.replace("a=sendonly", "a=recvonly"), NegotiationError::SenderMismatch),
    ];
    for (change, error) in cases {
        assert_eq!(refused(change), Err(error));
    }
    let line = video("9", "recvonly", "");
    let long = format!("{}{}", chrome(), line.repeat(64));
    assert_eq!(
        negotiate(&long, &senders(), &local()).map(|_| ()),
        Err(NegotiationError::TooManyLines)
    );
    let twice = chrome().replace("a=mid:3", "a=mid:2");
    assert_eq!(
        negotiate(&twice, &senders(), &local()).map(|_| ()),
        Err(NegotiationError::DuplicateMid)
    );
}

#[test]
fn nothing_of_a_secret_is_shown_for_debugging() {
    let local = local();
    let negotiated = negotiate(&chrome(), &senders(), &local).unwrap();
    let shown = format!("{local:?} {:?} {:?}", local.credentials, negotiated.transport);
    for secret in ["password", "ufrag", "192.0.2.1", "aBcD"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

proptest! {
    #[test]
    fn no_changed_offer_makes_it_panic(
        cuts in prop::collection::vec((0_usize..6_000, 0_usize..40, "[ -~\r\n]{0,12}"), 1..6), fox: bool,
    ) {
        let mut offer = if fox {
            simulcast(&firefox(), FIREFOX_ENCODINGS)
        } else {
            simulcast(&chrome(), CHROME_ENCODINGS)
        };
        for (at, len, with) in cuts {
            let at = at % offer.len();
            let end = (at + len).min(offer.len());
            offer.replace_range(at..end, &with);
            if offer.is_empty() {
                break;
            }
        }
        if let Ok(negotiated) = negotiate(&offer, &senders(), &local()) {
            prop_assert!(negotiated.answer.lines().all(|line| line.as_bytes().get(1) == Some(&b'=')));
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "(v=0\r\n|o=- 1 1 IN IP4 0\r\n|s=-\r\n|t=0 0\r\n|[a-z]=[ -~]{0,20}\r\n){0,12}") {
        prop_assert!(negotiate(&text, &senders(), &local()).is_err());
    }
}

type Change = fn(&str) -> String;

pub(in super::super) fn senders() -> Vec<(Mid, Source)> {
    vec![(Mid::parse("0").unwrap(), Source::Microphone), (Mid::parse("1").unwrap(), Source::Camera)]
}

pub(in super::super) fn local() -> LocalTransport {
    LocalTransport {
        credentials: IceCredentials {
            ufrag: "local-ufrag".to_owned(),
            password: Zeroizing::new("local-password".to_owned()),
        },
        fingerprint: Fingerprint([7; 32]),
        candidates: vec!["192.0.2.1:3478".parse().unwrap()],
        first_ssrc: 10_000,
        first_sequence: 1,
        first_timestamp: 1,
        session_id: 1,
        version: 1,
    }
}

pub(in super::super) fn chrome() -> String {
    let session = "v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n\
        a=group:BUNDLE 0 1 2 3\r\na=extmap-allow-mixed\r\na=msid-semantic: WMS\r\n";
    let ssrcs = "a=ssrc-group:FID 1111 2222\r\na=ssrc:1111 cname:x\r\na=ssrc:1111 msid:- y\r\na=ssrc:2222 cname:x\r\n";
    [
        session.to_owned(),
        audio("0", "sendonly", "a=msid:- z\r\n"),
        video("1", "sendonly", ssrcs),
        audio("2", "recvonly", ""),
        video("3", "recvonly", ""),
        "m=application 0 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=mid:4\r\n"
            .to_owned(),
    ]
    .concat()
}

/// What Chromium 156 writes for `sendEncodings` with the names l, m and h; it names no sources.
const CHROME_ENCODINGS: &str = "a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\r\n\
    a=extmap:11 urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id\r\n\
    a=rid:l send\r\na=rid:m send\r\na=rid:h send\r\na=simulcast:send l;m;h\r\n";

/// What Firefox 153 writes, which names all sources.
const FIREFOX_ENCODINGS: &str = "a=extmap:9/sendonly urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\r\n\
    a=extmap:10/sendonly urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id\r\n\
    a=rid:l send\r\na=rid:m send\r\na=rid:h send\r\na=simulcast:send l;m;h\r\n\
    a=ssrc:3331 cname:{0}\r\na=ssrc:3332 cname:{0}\r\na=ssrc:3333 cname:{0}\r\n\
    a=ssrc:3334 cname:{0}\r\na=ssrc:3335 cname:{0}\r\na=ssrc:3336 cname:{0}\r\n\
    a=ssrc-group:FID 3331 3332\r\na=ssrc-group:FID 3333 3334\r\na=ssrc-group:FID 3335 3336\r\n";

/// The offer with the camera in several encodings; all other lines of pictures know the extensions too.
fn simulcast(offer: &str, encodings: &str) -> String {
    let mut text = String::new();
    let mut lines = 0_u32;
    for line in offer.split_inclusive("\r\n") {
        if line.starts_with("m=") {
            finish(&mut text, lines, encodings);
            lines += 1;
        }
        let camera_source = lines == 2 && line.starts_with("a=ssrc");
        if !camera_source {
            text.push_str(line);
        }
    }
    finish(&mut text, lines, encodings);
    text
}

/// Ends the line of that number, which is the camera's if it is the second and a picture's slot if the fourth.
fn finish(text: &mut String, line: u32, encodings: &str) {
    let extensions = encodings.split_inclusive("\r\n").filter(|line| line.contains("extmap:"));
    match line {
        2 => text.push_str(encodings),
        4 if !text.ends_with(encodings) => text.extend(extensions),
        _ => {}
    }
}

fn transport(mid: &str, direction: &str) -> String {
    format!(
        "c=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\na=ice-ufrag:aBcD\r\n\
         a=ice-pwd:0123456789abcdefghijklmn\r\na=ice-options:trickle\r\n\
         a=fingerprint:sha-256 {}\r\na=setup:actpass\r\na=mid:{mid}\r\n\
         a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01\r\n\
         a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\r\n\
         a={direction}\r\na=rtcp-mux\r\na=rtcp-rsize\r\n",
        Fingerprint([9; 32])
    )
}

fn audio(mid: &str, direction: &str, more: &str) -> String {
    format!(
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126\r\n{}\
         a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\n\
         a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time\r\n\
         a=rtpmap:111 opus/48000/2\r\na=rtcp-fb:111 transport-cc\r\n\
         a=fmtp:111 minptime=10;useinbandfec=1\r\na=rtpmap:63 red/48000/2\r\na=fmtp:63 111/111\r\n\
         a=rtpmap:9 G722/8000\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n\
         a=rtpmap:13 CN/8000\r\na=rtpmap:110 telephone-event/48000\r\na=rtpmap:126 telephone-event/8000\r\n{more}",
        transport(mid, direction)
    )
}

pub(in super::super) fn video(mid: &str, direction: &str, more: &str) -> String {
    format!(
        "m=video 9 UDP/TLS/RTP/SAVPF 96 97 103 104 45 46 114\r\n{}\
         a=extmap:13 urn:3gpp:video-orientation\r\n\
         a=rtpmap:96 VP8/90000\r\na=rtcp-fb:96 goog-remb\r\na=rtcp-fb:96 transport-cc\r\n\
         a=rtcp-fb:96 ccm fir\r\na=rtcp-fb:96 nack\r\na=rtcp-fb:96 nack pli\r\n\
         a=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\na=rtpmap:103 H264/90000\r\n\
         a=fmtp:103 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f\r\n\
         a=rtpmap:104 rtx/90000\r\na=fmtp:104 apt=103\r\na=rtpmap:45 AV1/90000\r\n\
         a=rtpmap:46 rtx/90000\r\na=fmtp:46 apt=45\r\na=rtpmap:114 red/90000\r\n{more}",
        transport(mid, direction)
    )
}

pub(in super::super) fn firefox() -> String {
    let session = format!(
        "v=0\r\no=mozilla...THIS_IS_SDPARTA-99.0 5108463372139482 0 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n\
         a=fingerprint:sha-256 {}\r\na=group:BUNDLE 0 1 2 3\r\na=ice-options:trickle\r\na=msid-semantic:WMS *\r\n",
        Fingerprint([9; 32])
    );
    let line = |kind: &str, mid: &str, direction: &str, port: &str| {
        let codecs = if kind == "audio" {
            "a=rtpmap:109 opus/48000/2\r\na=rtpmap:101 telephone-event/8000/1\r\n\
             a=fmtp:109 maxplaybackrate=48000;stereo=1;useinbandfec=1\r\na=fmtp:101 0-15\r\n\
             a=rtcp-fb:109 transport-cc\r\n"
        } else {
            "a=rtpmap:120 VP8/90000\r\na=rtpmap:124 rtx/90000\r\na=fmtp:124 apt=120\r\n\
             a=fmtp:120 max-fs=12288;max-fr=60\r\na=rtcp-fb:120 nack\r\na=rtcp-fb:120 nack pli\r\n\
             a=rtcp-fb:120 ccm fir\r\na=rtcp-fb:120 goog-remb\r\na=rtcp-fb:120 transport-cc\r\n"
        };
        let formats = if kind == "audio" { "109 101" } else { "120 124" };
        format!(
            "m={kind} {port} UDP/TLS/RTP/SAVPF {formats}\r\nc=IN IP4 0.0.0.0\r\na={direction}\r\n\
             a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid\r\n\
             a=extmap:7 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01\r\na=ice-pwd:00112233445566778899aabbccddeeff\r\n\
             a=ice-ufrag:aabbccdd\r\na=mid:{mid}\r\na=rtcp-mux\r\n{codecs}a=setup:actpass\r\n\
             a=ssrc:{mid}99 cname:{{00}}\r\n"
        )
    };
    let bundled = |kind, mid| {
        let text = line(kind, mid, "recvonly", "0");
        format!("{text}a=bundle-only\r\n")
    };
    [
        session,
        line("audio", "0", "sendonly", "9"),
        line("video", "1", "sendonly", "9"),
        bundled("audio", "2"),
        bundled("video", "3"),
    ]
    .concat()
}
