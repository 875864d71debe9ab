// SPDX-License-Identifier: EUPL-1.2
//! Offers as Chrome and Firefox write them, and offers as nobody should.

use proptest::prelude::*;
use shared::Source;
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
        let mut offer = if fox { firefox() } else { chrome() };
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

fn senders() -> Vec<(Mid, Source)> {
    vec![(Mid::parse("0").unwrap(), Source::Microphone), (Mid::parse("1").unwrap(), Source::Camera)]
}

fn local() -> LocalTransport {
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
    }
}

fn chrome() -> String {
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

fn video(mid: &str, direction: &str, more: &str) -> String {
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

fn firefox() -> String {
    let session = format!(
        "v=0\r\no=mozilla...THIS_IS_SDPARTA-99.0 5108463372139482 0 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n\
         a=fingerprint:sha-256 {}\r\na=group:BUNDLE 0 1 2 3\r\na=ice-options:trickle\r\na=msid-semantic:WMS *\r\n",
        Fingerprint([9; 32])
    );
    let line = |kind: &str, mid: &str, direction: &str, port: &str| {
        let codecs = if kind == "audio" {
            "a=rtpmap:109 opus/48000/2\r\na=rtpmap:101 telephone-event/8000/1\r\n\
             a=fmtp:109 maxplaybackrate=48000;stereo=1;useinbandfec=1\r\na=fmtp:101 0-15\r\n"
        } else {
            "a=rtpmap:120 VP8/90000\r\na=rtpmap:124 rtx/90000\r\na=fmtp:124 apt=120\r\n\
             a=fmtp:120 max-fs=12288;max-fr=60\r\na=rtcp-fb:120 nack\r\na=rtcp-fb:120 nack pli\r\n\
             a=rtcp-fb:120 ccm fir\r\na=rtcp-fb:120 goog-remb\r\na=rtcp-fb:120 transport-cc\r\n"
        };
        let formats = if kind == "audio" { "109 101" } else { "120 124" };
        format!(
            "m={kind} {port} UDP/TLS/RTP/SAVPF {formats}\r\nc=IN IP4 0.0.0.0\r\na={direction}\r\n\
             a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid\r\na=ice-pwd:00112233445566778899aabbccddeeff\r\n\
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
