// SPDX-License-Identifier: EUPL-1.2
//! Whole meetings without a browser: a real WebSocket and an independent WebRTC peer for everybody.
#![expect(
    dead_code,
    clippy::disallowed_types,
    clippy::large_futures,
    clippy::expect_used,
    clippy::panic,
    clippy::too_many_arguments,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test fails by panicking; its helpers are shared with other tests"
)]

#[path = "support/page.rs"]
mod page;
#[path = "support/peer.rs"]
mod peer;

use std::{net::SocketAddr, time::Duration};

use page::{Page, Site};
use peer::TestPeer;
use shared::{
    ClientMessage, MediaKind, Offer, Refusal, RoomSecret, Sdp, SenderLine, ServerMessage, Source,
};
use tokio::time::{sleep, timeout};
use webrtc::peer_connection::SrtpProtectionProfile;

/// Offers a transport and takes the answer.
async fn agree(page: &mut Page, tag: u8, profile: SrtpProtectionProfile) -> TestPeer {
    let (peer, sdp) = TestPeer::offering(tag, vec![profile]).await;
    let line = |(mid, source)| SenderLine { mid, source };
    let senders = TestPeer::senders().into_iter().map(line).collect();
    let offer = Offer { sdp: Sdp::new(sdp).unwrap(), senders };
    page.say(ClientMessage::Offer(offer)).await;
    let heard = page.hear_until(|heard| matches!(heard, ServerMessage::Answer(_))).await;
    let ServerMessage::Answer(answer) = heard else { panic!("an answer") };
    let nowhere = SocketAddr::from(([127, 0, 0, 1], 1));
    peer.accept(answer.sdp.as_str(), nowhere, nowhere).await;
    peer
}

#[tokio::test(flavor = "multi_thread")]
async fn what_two_people_publish_arrives_at_the_other_and_stops_when_they_say_so() {
    let site = Site::start().await;
    let secret = RoomSecret::from_random([1; 32]);
    let (mut ada, _) = Page::moderator(&site, &secret).await;
    let (mut ben, _) = Page::moderator(&site, &secret).await;
    let strong = SrtpProtectionProfile::Srtp_Aead_Aes_256_Gcm;
    let left = agree(&mut ada, 1, strong).await;
    let right = agree(&mut ben, 2, strong).await;
    let _sent = (left.publish(), right.publish());
    sleep(Duration::from_millis(500)).await;
    assert!(left.arrived().is_empty() && right.arrived().is_empty(), "nobody said that it is on");

    ada.say(ClientMessage::Publish { live: Source::ALL.to_vec() }).await;
    ben.say(ClientMessage::Publish { live: Source::ALL.to_vec() }).await;
    for (peer, other) in [(&left, 2), (&right, 1)] {
        let arrived = timeout(Duration::from_secs(10), async {
            loop {
                let arrived = peer.arrived();
                let of = |kind| arrived.iter().filter(|packet| packet.kind == kind).count();
                if of(MediaKind::Audio) > 20 && of(MediaKind::Video) > 80 {
                    return arrived;
                }
                sleep(Duration::from_millis(20)).await;
            }
        });
        let arrived = arrived.await.unwrap();
        assert!(arrived.iter().all(|packet| packet.tag == other), "the other's, never one's own");
    }

    ada.say(ClientMessage::Publish { live: vec![Source::Microphone] }).await;
    ada.hear_until(|heard| matches!(heard, ServerMessage::Roster { .. })).await;
    sleep(Duration::from_millis(200)).await;
    right.forget();
    sleep(Duration::from_millis(500)).await;
    let arrived = right.arrived();
    assert!(arrived.iter().any(|packet| packet.kind == MediaKind::Audio), "the sound goes on");
    assert!(
        arrived.iter().all(|packet| packet.kind == MediaKind::Audio),
        "a picture passed its shut gate"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_offers_only_older_ciphers_is_told_so_and_nobody_else_notices() {
    let site = Site::start().await;
    let secret = RoomSecret::from_random([2; 32]);
    let (mut ada, _) = Page::moderator(&site, &secret).await;
    let (mut old, _) = Page::moderator(&site, &secret).await;
    let _weak = agree(&mut old, 3, SrtpProtectionProfile::Srtp_Aes128_Cm_Hmac_Sha1_80).await;
    let (last, _) = old.last_words().await;
    assert_eq!(last, Some(ServerMessage::Refused { reason: Refusal::WeakCipher }));
    let gone = ada.hear_until(|heard| {
        matches!(heard, ServerMessage::Roster { change: shared::RosterChange::Gone { .. }, .. })
    });
    gone.await;
    let strong = SrtpProtectionProfile::Srtp_Aead_Aes_256_Gcm;
    agree(&mut ada, 4, strong).await;
}
