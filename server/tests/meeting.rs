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

#[path = "support/agree.rs"]
mod agree;
#[path = "support/page.rs"]
mod page;
#[path = "support/peer.rs"]
mod peer;

use std::time::Duration;

use agree::agree;
use page::{Page, Site};
use shared::{MediaKind, Refusal, RoomSecret, ServerMessage, Source};
use tokio::time::{sleep, timeout};
use webrtc::peer_connection::SrtpProtectionProfile;

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

    ada.publish(&Source::ALL, 0).await;
    ben.publish(&Source::ALL, 0).await;
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

    ada.publish(&[Source::Microphone], 0).await;
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
    assert_eq!(last, Some(ServerMessage::Refused { reason: Refusal::WeakCipher, pause: 0 }));
    let gone = ada.hear_until(|heard| {
        matches!(heard, ServerMessage::Roster { change: shared::RosterChange::Gone { .. }, .. })
    });
    gone.await;
    let strong = SrtpProtectionProfile::Srtp_Aead_Aes_256_Gcm;
    agree(&mut ada, 4, strong).await;
}
