// SPDX-License-Identifier: EUPL-1.2
//! Offers as Chrome and Firefox write them, and offers as nobody should.

use proptest::prelude::*;
use shared::{Layer, Source};
use zeroize::Zeroizing;

use super::super::offer::Extension;
use super::super::offers::{
    CHROME_ENCODINGS, FIREFOX_ENCODINGS, chrome, firefox, simulcast, video,
};
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
fn a_sender_of_pictures_is_told_where_to_begin_beside_what_its_codec_needs() {
    for (codec, fmtp) in [
        (Codec::Vp8, "a=fmtp:96 x-google-start-bitrate="),
        (Codec::Vp9, "a=fmtp:98 profile-id=0;x-google-start-bitrate="),
    ] {
        let answer =
            negotiate(&chrome(), &senders(), &using(&[Codec::Opus, codec])).unwrap().answer;
        assert!(answer.contains(fmtp), "{answer}");
        // The slots are the server's to send in, and sound has no path to itself.
        assert_eq!(answer.matches("start-bitrate").count(), 1, "{answer}");
    }
}

#[test]
fn key_frames_are_told_in_the_header_where_the_offer_says_how() {
    let dependency = Extension::Dependency.uri();
    assert!(!negotiate(&chrome(), &senders(), &local()).unwrap().answer.contains(dependency));
    let offer = chrome().replace("urn:3gpp:video-orientation", dependency);
    let negotiated = negotiate(&offer, &senders(), &local()).unwrap();
    // Both ways: a slot is sent AV1 with it, too.
    assert_eq!(negotiated.answer.matches(&format!("a=extmap:13 {dependency}")).count(), 2);
    assert_eq!(negotiated.transport.ids.dependency, 13);
    assert!(negotiated.transport.slots[1].dependency);
    // Chromium leaves out what might take the long form of extensions unless both sides allow it.
    assert!(negotiated.answer.contains("a=extmap-allow-mixed\r\n"));
    for (offer, codecs) in [
        (&offer, &[Codec::Opus, Codec::Vp8][..]),
        (&offer.replace("a=extmap-allow-mixed\r\n", ""), &Codec::USUAL),
    ] {
        let negotiated = negotiate(offer, &senders(), &using(codecs)).unwrap();
        assert_eq!(negotiated.answer.matches(dependency).count(), 1, "no slot reads it");
        assert!(negotiated.transport.slots.iter().all(|slot| !slot.dependency));
    }
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
    assert!(negotiated.transport.slots.iter().all(|slot| !slot.dependency));
    assert_eq!(negotiated.transport.ids.dependency, 8);
    // It says so on each line, and not for all.
    let [session, lines @ ..] = &answer.split("\r\nm=").collect::<Vec<_>>()[..] else { panic!() };
    assert!(!session.contains("allow-mixed"));
    assert!(lines.iter().all(|line| line.contains("a=extmap-allow-mixed\r\n")), "{answer}");
    let inward = firefox().replace("8/sendonly", "8/recvonly");
    let negotiated = negotiate(&inward, &senders(), &local()).unwrap();
    let told = format!("a=extmap:8/sendonly {dependency}\r\n");
    assert_eq!(negotiated.answer.matches(&told).count(), 1, "on its way in");
    assert_eq!(negotiated.answer.matches(dependency).count(), 1);
    assert!(negotiated.transport.slots.iter().any(|slot| slot.dependency));
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
fn the_sound_of_a_screen_is_asked_for_in_stereo_and_without_pauses() {
    let [(microphone, _), camera] = &senders()[..] else { panic!("two senders") };
    let with = [(microphone.clone(), Source::ScreenSound), camera.clone()];
    let answer = negotiate(&chrome(), &with, &local()).unwrap().answer;
    let voice = "minptime=10;useinbandfec=1;usedtx=1";
    let music = "minptime=10;useinbandfec=1;stereo=1;sprop-stereo=1;maxaveragebitrate=96000";
    let count = |answer: &str, what: &str| answer.matches(&format!("{what}\r\n")).count();
    assert_eq!((count(&answer, music), count(&answer, voice)), (1, 1), "{answer}");
    let answer = negotiate(&chrome(), &senders(), &local()).unwrap().answer;
    assert_eq!((count(&answer, music), count(&answer, voice)), (0, 2), "{answer}");
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
        codecs: Codec::USUAL.to_vec(),
    }
}

fn using(codecs: &[Codec]) -> LocalTransport {
    LocalTransport { codecs: codecs.to_vec(), ..local() }
}
