// SPDX-License-Identifier: EUPL-1.2
//! Offers as Chrome and Firefox write them, and offers as nobody should.

use proptest::prelude::*;
use shared::{Layer, Source};
use zeroize::Zeroizing;

use super::super::offer::Extension;
use super::super::params::{CodecParams, Fingerprint, IceCredentials};
use super::*;
use crate::media::codec::Codec;

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
        "m=video 9 UDP/TLS/RTP/SAVPF 96 97 98 99 45 46 108 109",
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
    assert!(!answer.contains("red/") && !answer.contains("H264/90000\r\na=fmtp:102"));
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
    assert!(negotiated.answer.contains("m=video 9 UDP/TLS/RTP/SAVPF 120 124 121 125 99 100\r\n"));
    assert!(negotiated.answer.contains("m=audio 9 UDP/TLS/RTP/SAVPF 109\r\n"));
    assert_eq!(negotiated.slots.len(), 2);
}

#[test]
fn what_firefox_describes_only_on_its_way_out_is_taken_as_such() {
    let negotiated = negotiate(&firefox(), &senders(), &local()).unwrap();
    let answer = &negotiated.answer;
    let dependency = Extension::Dependency.uri();
    assert_eq!(answer.matches(&format!("a=extmap:8/recvonly {dependency}\r\n")).count(), 1);
    assert_eq!(answer.matches(dependency).count(), 1, "a slot has none\n{answer}");
    assert_eq!(negotiated.transport.ids.dependency, 8);
    // It says so on each line, and not for all.
    let [session, lines @ ..] = &answer.split("\r\nm=").collect::<Vec<_>>()[..] else { panic!() };
    assert!(!session.contains("allow-mixed"));
    assert!(lines.iter().all(|line| line.contains("a=extmap-allow-mixed\r\n")), "{answer}");
    let inward = firefox().replace("8/sendonly", "8/recvonly");
    assert!(!negotiate(&inward, &senders(), &local()).unwrap().answer.contains(dependency));
}

#[test]
fn a_camera_sends_the_first_codec_that_it_has_and_a_slot_takes_all() {
    use Codec::{Av1, H264, Opus, Vp8, Vp9};
    for (codecs, sent, received) in [
        (&[Opus, Vp9, Vp8][..], "98 99", "98 99 96 97"),
        (&[Av1, Vp8, Opus, H264], "45 46", "45 46 96 97 108 109"),
        (&[H264, Opus], "108 109", "108 109"),
    ] {
        let answer = negotiate(&chrome(), &senders(), &using(codecs)).unwrap().answer;
        let pictures: Vec<_> =
            answer.lines().filter_map(|line| line.strip_prefix("m=video 9 ")).collect();
        let line = |types: &str| format!("UDP/TLS/RTP/SAVPF {types}");
        assert_eq!(pictures, [line(sent), line(received)], "{codecs:?}");
    }
    // Firefox 153 offers no H.264 on a machine without the plugin.
    let taken = negotiate(&firefox(), &senders(), &using(&[H264, Opus, Av1])).unwrap();
    let camera = taken.transport.senders.iter().find(|line| line.source == Source::Camera);
    let only = &camera.unwrap().codecs[..];
    let expected = CodecParams { codec: Av1, payload_type: 99, rtx_payload_type: Some(100) };
    assert_eq!(only, [expected]);
    let none = negotiate(&firefox(), &senders(), &using(&[H264, Opus])).map(|_| ());
    assert_eq!(none, Err(NegotiationError::NoPicture));
}

#[test]
fn of_several_variants_the_one_is_taken_that_everybody_decodes() {
    let answer = negotiate(&chrome(), &senders(), &local()).unwrap().answer;
    for line in [
        "a=fmtp:108 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
        "a=fmtp:98 profile-id=0",
        "a=fmtp:45 profile=0",
        "a=rtcp-fb:45 nack pli",
        "a=rtcp-fb:108 transport-cc",
    ] {
        assert_eq!(answer.matches(&format!("{line}\r\n")).count(), 1, "{line}\n{answer}");
    }
    for other in ["102", "114", "100", "118"] {
        assert!(!answer.contains(&format!("a=rtpmap:{other} ")), "{other}");
    }
    let only = |profile| {
        let offer = chrome().replace("42001f", profile).replace("42e01f", profile);
        negotiate(&offer, &senders(), &using(&[Codec::H264, Codec::Opus])).is_ok()
    };
    assert!(only("42c01f") && only("42E00A"));
    for profile in ["42001f", "4d401f", "42e0", "42e01f0", "42e0zz", "64001f", "ä2e01"] {
        assert!(!only(profile), "{profile}");
    }
}

#[test]
fn redundant_sound_is_sent_where_it_is_asked_for_and_the_sound_within_it_too() {
    let red = using(&[Codec::Red, Codec::Opus, Codec::Vp8]);
    let negotiated = negotiate(&chrome(), &senders(), &red).unwrap();
    let answer = &negotiated.answer;
    assert_eq!(answer.matches("m=audio 9 UDP/TLS/RTP/SAVPF 63 111\r\n").count(), 2);
    assert_eq!(answer.matches("a=fmtp:63 111/111\r\n").count(), 2);
    assert!(negotiated.transport.slots[0].transport_cc, "Chromium offers it for Opus only");
    let of_another = chrome().replace("a=fmtp:63 111/111", "a=fmtp:63 111/9");
    let answer = negotiate(&of_another, &senders(), &red).unwrap().answer;
    assert!(!answer.contains("red/48000"));
    let second = using(&[Codec::Opus, Codec::Red, Codec::Vp8]);
    let answer = negotiate(&chrome(), &senders(), &second).unwrap().answer;
    let sounds: Vec<_> = answer.lines().filter(|line| line.starts_with("m=audio")).collect();
    assert_eq!(sounds, ["m=audio 9 UDP/TLS/RTP/SAVPF 111", "m=audio 9 UDP/TLS/RTP/SAVPF 111 63"]);
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
        (without_pictures, NegotiationError::NoPicture),
        (|offer| offer.replace("opus", "sopu"), NegotiationError::NoSound),
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

fn without_pictures(offer: &str) -> String {
    offer.replace("/90000", "/90001")
}

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
        codecs: Codec::USUAL.to_vec(),
    }
}

fn using(codecs: &[Codec]) -> LocalTransport {
    LocalTransport { codecs: codecs.to_vec(), ..local() }
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

fn video(mid: &str, direction: &str, more: &str) -> String {
    format!(
        "m=video 9 UDP/TLS/RTP/SAVPF 96 97 102 103 108 109 114 115 45 46 98 99 100 101 118\r\n{}\
         a=extmap:13 urn:3gpp:video-orientation\r\n{}\
         a=rtpmap:118 red/90000\r\n{more}",
        transport(mid, direction),
        [
            picture(96, "VP8", ""),
            picture(102, "H264", &h264(1, "42001f")),
            picture(108, "H264", &h264(1, "42e01f")),
            picture(114, "H264", &h264(0, "42e01f")),
            picture(45, "AV1", "level-idx=5;profile=0;tier=0"),
            picture(98, "VP9", "profile-id=0"),
            picture(100, "VP9", "profile-id=2"),
        ]
        .concat()
    )
}

fn h264(mode: u8, profile: &str) -> String {
    format!("level-asymmetry-allowed=1;packetization-mode={mode};profile-level-id={profile}")
}

/// A codec with its repetitions.
fn picture(payload_type: u8, name: &str, parameters: &str) -> String {
    let rtx = payload_type + 1;
    let feedback = ["goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"]
        .map(|feedback| format!("a=rtcp-fb:{payload_type} {feedback}\r\n"));
    let parameters = match parameters {
        "" => String::new(),
        parameters => format!("a=fmtp:{payload_type} {parameters}\r\n"),
    };
    format!(
        "a=rtpmap:{payload_type} {name}/90000\r\n{}{parameters}\
         a=rtpmap:{rtx} rtx/90000\r\na=fmtp:{rtx} apt={payload_type}\r\n",
        feedback.concat()
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
             a=fmtp:109 maxplaybackrate=48000;stereo=1;useinbandfec=1\r\na=fmtp:101 0-15\r\n\
             a=rtcp-fb:109 transport-cc\r\n"
        } else {
            "a=extmap:8/sendonly https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension\r\n\
             a=rtpmap:120 VP8/90000\r\na=rtpmap:124 rtx/90000\r\na=fmtp:124 apt=120\r\n\
             a=rtpmap:121 VP9/90000\r\na=rtpmap:125 rtx/90000\r\na=fmtp:125 apt=121\r\n\
             a=rtpmap:99 AV1/90000\r\na=rtpmap:100 rtx/90000\r\na=fmtp:100 apt=99\r\n\
             a=fmtp:120 max-fs=12288;max-fr=60\r\na=fmtp:121 max-fs=12288;max-fr=60\r\n\
             a=rtcp-fb:* nack\r\na=rtcp-fb:* nack pli\r\n\
             a=rtcp-fb:* ccm fir\r\na=rtcp-fb:* goog-remb\r\na=rtcp-fb:* transport-cc\r\n"
        };
        let formats = if kind == "audio" { "109 101" } else { "120 124 121 125 99 100" };
        format!(
            "m={kind} {port} UDP/TLS/RTP/SAVPF {formats}\r\nc=IN IP4 0.0.0.0\r\na={direction}\r\n\
             a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid\r\na=extmap-allow-mixed\r\n\
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
