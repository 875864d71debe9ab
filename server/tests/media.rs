// SPDX-License-Identifier: EUPL-1.2
//! The media plane with independent WebRTC peers over real UDP on loopback.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::large_futures,
    clippy::disallowed_types,
    clippy::too_many_arguments,
    unreachable_pub,
    reason = "a test fails by panicking; its helpers are no interface"
)]

mod support;

use std::collections::BTreeSet;
use std::time::Duration;

use server::transport::{TransportEvent, TransportFailure};
use shared::{MediaKind, Source};
use support::peer::{Arrived, SCREEN_TAG};
use support::stage::{Stage, of};
use support::stun;
use webrtc::peer_connection::SrtpProtectionProfile;

#[tokio::test(flavor = "multi_thread")]
async fn two_peers_hear_and_see_each_other_and_never_themselves() {
    let mut stage = Stage::new();
    let (left, right) = (stage.connect(1).await, stage.connect(2).await);
    // A route to oneself is part of the table and must be ignored.
    stage.route(
        &left,
        &[(&right, Source::Microphone), (&right, Source::Camera), (&left, Source::Camera)],
    );
    stage.route(&right, &[(&left, Source::Microphone), (&left, Source::Camera)]);
    let _publishing = (stage.publish(&left), stage.publish(&right));
    for (member, other) in [(&left, 2), (&right, 1)] {
        let arrived =
            member.until(|arrived| of(arrived, MediaKind::Video, other).len() > 400).await;
        assert!(of(&arrived, MediaKind::Audio, other).len() > 50);
        assert!(arrived.iter().all(|packet| packet.tag == other), "nobody receives their own");
        for kind in [MediaKind::Audio, MediaKind::Video] {
            let stream = of(&arrived, kind, other);
            assert_eq!(ssrcs(&stream).len(), 1);
            assert!(
                stream.iter().all(|packet| packet.ssrc / 1_000 != u32::from(other)),
                "rewritten"
            );
            assert_continuous(&stream);
        }
        assert!(
            of(&arrived, MediaKind::Video, other)[0].keyframe,
            "a picture starts with a key frame"
        );
    }
    let counters = stage.handle.counters();
    assert!(counters.packets_in > 900 && counters.packets_out > 900, "{counters:?}");
    assert!(counters.feedback_sent > 0, "{counters:?}");
    assert_eq!(counters.srtp_failures, 0, "{counters:?}");
    left.peer.close().await;
    right.peer.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_passes_a_closed_gate() {
    let mut stage = Stage::new();
    let (left, right) = (stage.connect(1).await, stage.connect(2).await);
    stage.route(&right, &[(&left, Source::Microphone), (&left, Source::Camera)]);
    let _publishing = left.peer.publish();
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(right.peer.arrived().is_empty(), "gates are closed at start");
    stage.gate(&left, Source::Camera, true);
    right.until(|arrived| arrived.len() > 50).await;
    assert!(
        of(&right.peer.arrived(), MediaKind::Audio, 1).is_empty(),
        "each source has its own gate"
    );
    stage.gate(&left, Source::Camera, false);
    tokio::time::sleep(Duration::from_millis(200)).await;
    right.peer.forget();
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(right.peer.arrived().is_empty());
    assert!(stage.handle.counters().gate_dropped > 100);
    stage.gate(&left, Source::Camera, true);
    let arrived = right.until(|arrived| arrived.len() > 50).await;
    assert!(stage.handle.counters().plis_sent > 0);
    assert!(arrived[0].keyframe, "a reopened picture starts with a key frame");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_screen_passes_beside_the_camera_and_has_a_gate_of_its_own() {
    let mut stage = Stage::new();
    let (left, right) = (stage.connect(1).await, stage.connect(2).await);
    stage.route(&right, &[(&left, Source::Camera), (&left, Source::Screen)]);
    let _publishing = (left.peer.publish(), left.peer.share());
    stage.gate(&left, Source::Screen, true);
    right.until(|arrived| of(arrived, MediaKind::Video, 1 | SCREEN_TAG).len() > 100).await;
    assert!(of(&right.peer.arrived(), MediaKind::Video, 1).is_empty(), "the camera is shut");
    stage.gate(&left, Source::Camera, true);
    right.until(|arrived| of(arrived, MediaKind::Video, 1).len() > 100).await;
    for tag in [1, 1 | SCREEN_TAG] {
        let stream = of(&right.peer.arrived(), MediaKind::Video, tag);
        assert!(stream[0].keyframe && ssrcs(&stream).len() == 1);
        assert_continuous(&stream);
    }
    stage.gate(&left, Source::Screen, false);
    tokio::time::sleep(Duration::from_millis(200)).await;
    right.peer.forget();
    let arrived = right.until(|arrived| arrived.len() > 100).await;
    assert!(arrived.iter().all(|packet| packet.tag == 1), "a shut screen stops nothing else");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slot_goes_on_without_a_gap_when_its_feed_changes() {
    let mut stage = Stage::new();
    let (ada, bob, cleo) = (stage.connect(1).await, stage.connect(2).await, stage.connect(3).await);
    let _publishing = (stage.publish(&ada), stage.publish(&bob));
    for from in [&ada, &bob, &ada] {
        let already = cleo.peer.arrived().len();
        stage.route(&cleo, &[(from, Source::Microphone), (from, Source::Camera)]);
        cleo.until(|arrived| arrived.len() > already + 300).await;
    }
    let arrived = cleo.peer.arrived();
    for kind in [MediaKind::Audio, MediaKind::Video] {
        let stream: Vec<_> = arrived.iter().filter(|packet| packet.kind == kind).copied().collect();
        assert_eq!(ssrcs(&stream).len(), 1, "one source per slot, whoever feeds it");
        assert_eq!(stream.chunk_by(|a, b| a.tag == b.tag).count(), 3);
        assert_continuous(&stream);
        for pair in stream.windows(2).filter(|pair| pair[0].tag != pair[1].tag) {
            assert!(kind == MediaKind::Audio || pair[1].keyframe);
            let ticks = pair[1].timestamp.wrapping_sub(pair[0].timestamp);
            assert!((1..90_000).contains(&ticks), "time goes on: {ticks}");
            if let (Some(before), Some(after)) = (pair[0].picture_id, pair[1].picture_id) {
                assert_eq!(after, (before + 1) & 0x7fff);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_twentieth_of_the_packets_lost_both_ways_is_repaired() {
    let mut stage = Stage::new();
    let (left, right) = (stage.connect(1).await, stage.connect(2).await);
    stage.route(&right, &[(&left, Source::Camera)]);
    let publishing = stage.publish(&left);
    right.until(|arrived| arrived.len() > 50).await;
    left.network.lose(50);
    right.network.lose(50);
    tokio::time::sleep(Duration::from_secs(10)).await;
    left.network.lose(0);
    right.network.lose(0);
    tokio::time::sleep(Duration::from_secs(1)).await;
    drop(publishing);
    tokio::time::sleep(Duration::from_millis(500)).await;
    let counters: BTreeSet<u32> = of(&right.peer.arrived(), MediaKind::Video, 1)
        .iter()
        .map(|packet| packet.counter)
        .collect();
    let (first, last) = (*counters.first().unwrap(), *counters.last().unwrap());
    let missing = usize::try_from(last - first + 1).unwrap() - counters.len();
    let sums = stage.handle.counters();
    assert!(missing * 1_000 < counters.len(), "{missing} of {} lost: {sums:?}", counters.len());
    assert!(sums.nacks_sent > 50 && sums.rtx_in > 50 && sums.rtx_out > 50, "{sums:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_with_weak_ciphers_only_is_refused_by_name() {
    let mut stage = Stage::new();
    let weak = stage.enter(1, vec![SrtpProtectionProfile::Srtp_Aes128_Cm_Hmac_Sha1_80]).await;
    let expected = TransportEvent::Failed(weak.id, TransportFailure::WeakCipher);
    assert_eq!(stage.event().await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_goes_on_within_300_ms_when_the_address_of_a_client_changes() {
    let mut stage = Stage::new();
    let (left, right) = (stage.connect(1).await, stage.connect(2).await);
    stage.route(&right, &[(&left, Source::Camera)]);
    stage.route(&left, &[(&right, Source::Camera)]);
    let _publishing = (stage.publish(&left), stage.publish(&right));
    left.until(|arrived| arrived.len() > 50).await;
    left.network.change_address().await;
    tokio::time::sleep(Duration::from_millis(20)).await;
    left.peer.forget();
    right.peer.forget();
    left.network.inject(&stun::check(&left, stun::Forgery::None)).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    for member in [&left, &right] {
        assert!(member.peer.arrived().len() > 20, "{:?}", stage.handle.counters());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn garbage_and_forged_checks_get_no_answer_and_disturb_nobody() {
    let mut stage = Stage::new();
    let (left, right) = (stage.connect(1).await, stage.connect(2).await);
    stage.route(&right, &[(&left, Source::Camera)]);
    let _publishing = stage.publish(&left);
    right.until(|arrived| arrived.len() > 50).await;
    let before = stage.handle.counters();
    let stranger = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let relay = stage.plane.local_addr();
    let forged = stun::Forgery::ALL.map(|forgery| stun::check(&left, forgery));
    for datagram in &forged {
        stranger.send_to(datagram, relay).await.unwrap();
    }
    for first in 0..=255_u8 {
        stranger.send_to(&[first; 60], relay).await.unwrap();
    }
    stranger.send_to(&[], relay).await.unwrap();
    let mut buffer = [0; 2_048];
    let answer =
        tokio::time::timeout(Duration::from_millis(300), stranger.recv_from(&mut buffer)).await;
    assert!(answer.is_err(), "{answer:?}");
    let after = stage.handle.counters();
    let forgeries = u64::try_from(forged.len()).unwrap() + 4;
    assert_eq!(after.unauthenticated_stun - before.unauthenticated_stun, forgeries);
    assert_eq!(after.unknown_datagrams - before.unknown_datagrams, 253);
    right.peer.forget();
    let arrived = right.until(|arrived| arrived.len() > 100).await;
    assert_continuous(&arrived);
    assert_eq!(stage.handle.counters().srtp_failures, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_certificate_than_the_offers_is_refused() {
    let mut stage = Stage::new();
    let impostor = stage
        .enter_with(1, vec![SrtpProtectionProfile::Srtp_Aead_Aes_256_Gcm], |offer| {
            let at = offer.find("sha-256 ").unwrap() + "sha-256 ".len();
            let (digits, other) =
                (&offer[at..at + 2], if &offer[at..at + 2] == "00" { "01" } else { "00" });
            offer.replace(&format!("sha-256 {digits}"), &format!("sha-256 {other}"))
        })
        .await;
    let expected = TransportEvent::Failed(impostor.id, TransportFailure::Fingerprint);
    assert_eq!(stage.event().await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_five_loudest_are_heard_and_who_begins_to_speak_with_the_whole_first_word() {
    const LOUD_FROM: u32 = 150;
    let mut stage = Stage::new();
    let mut people = Vec::new();
    for tag in 1..=7 {
        people.push(stage.connect(tag).await);
    }
    let listener = stage.connect_listener(8, 7).await;
    let feeds: Vec<_> = people.iter().map(|person| (person, Source::Microphone)).collect();
    stage.route(&listener, &feeds);
    for person in &people {
        stage.gate(person, Source::Microphone, true);
    }
    let talking = people[..6].iter().map(|person| person.peer.speak(|_| 60));
    let _talking: Vec<_> = talking.collect();
    tokio::time::sleep(Duration::from_millis(500)).await;
    let _last = people[6].peer.speak(|counter| if counter < LOUD_FROM { 80 } else { 30 });
    let arrived = listener.until(|arrived| !of(arrived, MediaKind::Audio, 7).is_empty()).await;
    let heard: BTreeSet<u8> = arrived.iter().map(|packet| packet.tag).collect();
    assert_eq!(heard.len(), 5 + 1, "five of the six, and then the seventh");
    tokio::time::sleep(Duration::from_millis(200)).await;
    listener.peer.forget();
    tokio::time::sleep(Duration::from_millis(500)).await;
    let later: BTreeSet<u8> = listener.peer.arrived().iter().map(|packet| packet.tag).collect();
    assert!(later.contains(&7) && later.len() == 5, "{later:?}");
    let first = arrived.iter().find(|packet| packet.tag == 7).unwrap();
    assert_eq!(first.counter, LOUD_FROM - 5, "a tenth of a second before the first loud packet");
    assert!(stage.handle.counters().unheard > 200, "{:?}", stage.handle.counters());
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_is_not_sent_and_sound_goes_on_after_it_without_a_gap() {
    let mut stage = Stage::new();
    let (left, right) = (stage.connect(1).await, stage.connect(2).await);
    stage.route(&right, &[(&left, Source::Microphone)]);
    stage.gate(&left, Source::Microphone, true);
    let _speaking = left.peer.speak(|counter| if (50..150).contains(&counter) { 127 } else { 40 });
    let arrived = right.until(|a| a.last().is_some_and(|packet| packet.counter > 170)).await;
    let silent = arrived.iter().filter(|packet| (50..150).contains(&packet.counter)).count();
    assert!(silent < 30, "{silent} packets of silence: 400 ms, and what belongs to the first word");
    assert_continuous(&arrived);
    for pair in arrived.windows(2) {
        let passed = (pair[1].counter - pair[0].counter) * 960;
        assert_eq!(pair[1].timestamp.wrapping_sub(pair[0].timestamp), passed, "{pair:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_publisher_that_does_not_tell_key_frames_is_asked_for_one_and_seen_behind_a_gap() {
    use support::peer;
    let mut stage = Stage::new();
    let mut people = Vec::new();
    for tag in [1, 2].map(|tag| tag | peer::UNTOLD_TAG) {
        let strong = vec![SrtpProtectionProfile::Srtp_Aead_Aes_256_Gcm];
        let silent = |offer: String| offer.replace(peer::DEPENDENCY, "urn:unknown");
        people.push(stage.enter_with(tag, strong, silent).await);
        stage.event().await;
    }
    let cleo = stage.connect(3).await;
    let _publishing = (stage.publish(&people[0]), stage.publish(&people[1]));
    for from in &people {
        let (already, asked) = (cleo.peer.arrived().len(), stage.handle.counters().plis_sent);
        stage.route(&cleo, &[(from, Source::Camera)]);
        cleo.until(|arrived| arrived.len() > already + 100).await;
        assert!(stage.handle.counters().plis_sent > asked);
    }
    let arrived = cleo.peer.arrived();
    let switch = arrived.windows(2).find(|pair| pair[0].tag != pair[1].tag).unwrap();
    assert_eq!(switch[1].sequence, switch[0].sequence.wrapping_add(2), "the receiver misses one");
    assert_eq!(switch[1].picture_id.unwrap(), (switch[0].picture_id.unwrap() + 2) & 0x7fff);
    for of_one in arrived.chunk_by(|a, b| a.tag == b.tag) {
        assert_continuous(of_one);
        assert_eq!(of_one[0].counter % 4, 0, "it begins with a frame");
    }
}

fn ssrcs(stream: &[Arrived]) -> BTreeSet<u32> {
    stream.iter().map(|packet| packet.ssrc).collect()
}

/// Every packet once, in order, without a gap.
fn assert_continuous(stream: &[Arrived]) {
    for pair in stream.windows(2) {
        assert_eq!(pair[1].sequence, pair[0].sequence.wrapping_add(1), "{pair:?}");
    }
}
