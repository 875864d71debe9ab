// SPDX-License-Identifier: EUPL-1.2
//! Rooms on several media threads behind one UDP port.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::large_futures,
    clippy::disallowed_types,
    clippy::too_many_arguments,
    unreachable_pub,
    dead_code,
    reason = "a test fails by panicking; its helpers are no interface and are shared"
)]

mod support;

use std::collections::BTreeSet;
use std::time::Duration;

use server::transport::{MediaCommand, SpreadLimits, TransportEvent};
use shared::{MediaKind, Source};
use support::peer::TestPeer;
use support::stage::{Member, Stage, of};
use support::stun;
use webrtc::peer_connection::SrtpProtectionProfile;

const THREADS: usize = 3;
const MEMBERS: usize = 3;

/// Everybody of a room receives the camera of the next.
fn route_in_a_ring(stage: &Stage, room: &[Member]) {
    for (at, member) in room.iter().enumerate() {
        stage.route(member, &[(&room[(at + 1) % room.len()], Source::Camera)]);
    }
}

async fn everybody_sees_the_next(room: &[Member]) {
    for (at, member) in room.iter().enumerate() {
        let [.., tag] = room[(at + 1) % room.len()].id.0.to_be_bytes();
        let arrived = member.until(|arrived| of(arrived, MediaKind::Video, tag).len() > 100).await;
        assert!(arrived.iter().all(|packet| packet.tag == tag), "nobody else is seen");
        assert!(of(&arrived, MediaKind::Video, tag)[0].keyframe);
    }
}

/// Lets four enter and waits until they are connected. Where each begins is chosen before any is there, so that
/// none gives the relay so much to do that another begins elsewhere.
async fn connect_four(stage: &mut Stage) -> Vec<Member> {
    let mut begun = Vec::new();
    for tag in 1..=4 {
        let profiles = vec![SrtpProtectionProfile::Srtp_Aead_Aes_256_Gcm];
        begun.push((tag, TestPeer::offering(tag, profiles).await));
    }
    let answer = |(tag, (peer, offer)): (u8, (TestPeer, String))| {
        let negotiated = stage.handle.negotiate(&offer, &TestPeer::senders()).unwrap();
        (tag, (peer, offer), negotiated)
    };
    let answered: Vec<_> = begun.into_iter().map(answer).collect();
    let mut four = Vec::new();
    for (tag, peer, negotiated) in answered {
        four.push(stage.open(tag, peer, negotiated).await);
    }
    for _ in &four {
        let event = stage.event().await;
        assert!(matches!(event, TransportEvent::Connected(_)), "{event:?}");
    }
    four
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_on_every_thread_work_whichever_thread_their_packets_come_to() {
    let mut stage = Stage::with_threads(THREADS);
    let (mut rooms, mut handles, mut publishing) = (Vec::new(), Vec::new(), Vec::new());
    let mut tag = 0;
    for _ in 0..THREADS {
        let mut room = Vec::new();
        for _ in 0..MEMBERS {
            tag += 1;
            room.push(stage.connect(tag).await);
        }
        publishing.extend(room.iter().map(|member| stage.publish(member)));
        route_in_a_ring(&stage, &room);
        rooms.push(room);
        // The handle of the room stays, and with it the room's place.
        let next = stage.handle.placed();
        handles.push(std::mem::replace(&mut stage.handle, next));
    }
    for room in &rooms {
        everybody_sees_the_next(room).await;
    }
    for (index, counters) in stage.handle.counters_by_thread().into_iter().enumerate() {
        assert!(counters.packets_in > 300, "a room is on thread {index}: {counters:?}");
    }
    let counters = stage.handle.counters();
    assert!(counters.handed_over > 100, "{counters:?}");
    assert_eq!((counters.srtp_failures, counters.handover_dropped), (0, 0), "{counters:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_goes_on_when_addresses_change_to_those_of_other_threads() {
    let mut stage = Stage::with_threads(THREADS);
    let room = [stage.connect(1).await, stage.connect(2).await];
    route_in_a_ring(&stage, &room);
    let _publishing = [stage.publish(&room[0]), stage.publish(&room[1])];
    room[0].until(|arrived| arrived.len() > 50).await;
    for _ in 0..8 {
        room[0].network.change_address().await;
        tokio::time::sleep(Duration::from_millis(20)).await;
        for member in &room {
            member.peer.forget();
        }
        room[0].network.inject(&stun::check(&room[0], stun::Forgery::None)).await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        for member in &room {
            assert!(member.peer.arrived().len() > 20, "{:?}", stage.handle.counters());
        }
    }
    assert!(stage.handle.counters().handed_over > 100, "{:?}", stage.handle.counters());
    // What is closed is forgotten everywhere: what still comes is of nobody.
    for member in &room {
        stage.handle.send(MediaCommand::Close { id: member.id }).unwrap();
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    let before = stage.handle.counters();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let after = stage.handle.counters();
    assert!(after.unknown_datagrams > before.unknown_datagrams + 20, "{after:?}");
    assert!(after.handed_over < before.handed_over + 20, "checks only: {before:?} {after:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn garbage_and_forged_checks_disturb_nobody_on_any_thread() {
    let mut stage = Stage::with_threads(THREADS);
    let room = [stage.connect(1).await, stage.connect(2).await];
    route_in_a_ring(&stage, &room);
    let _publishing = [stage.publish(&room[0]), stage.publish(&room[1])];
    room[1].until(|arrived| arrived.len() > 50).await;
    let before = stage.handle.counters();
    let forged = stun::Forgery::ALL.map(|forgery| stun::check(&room[0], forgery));
    let mut buffer = [0; 2_048];
    for _ in 0..12 {
        let stranger = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
        for datagram in &forged {
            stranger.send_to(datagram, stage.plane.local_addr()).await.unwrap();
        }
        for first in 0..=255_u8 {
            stranger.send_to(&[first; 60], stage.plane.local_addr()).await.unwrap();
        }
        let answer =
            tokio::time::timeout(Duration::from_millis(50), stranger.recv_from(&mut buffer)).await;
        assert!(answer.is_err(), "{answer:?}");
    }
    let after = stage.handle.counters();
    let forgeries = 12 * (u64::try_from(forged.len()).unwrap() + 4);
    assert_eq!(after.unauthenticated_stun - before.unauthenticated_stun, forgeries);
    assert_eq!(after.unknown_datagrams - before.unknown_datagrams, 12 * 252);
    for member in &room {
        member.peer.forget();
    }
    for member in &room {
        member.until(|arrived| arrived.len() > 100).await;
    }
    assert_eq!(stage.handle.counters().srtp_failures, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_that_is_too_large_for_one_thread_is_on_two_and_loses_nothing_between_them() {
    let mut stage = Stage::spreading(2, SpreadLimits { crowd: 2, busy: 1_001 });
    let mut room = Vec::new();
    for tag in 1..=4 {
        room.push(stage.connect(tag).await);
    }
    let publishing: Vec<_> = room.iter().map(|member| stage.publish(member)).collect();
    route_in_a_ring(&stage, &room);
    everybody_sees_the_next(&room).await;
    // The fourth sees the first, who is on the other thread.
    let far = &room[3];
    far.network.lose(50);
    tokio::time::sleep(Duration::from_secs(5)).await;
    far.network.lose(0);
    tokio::time::sleep(Duration::from_secs(1)).await;
    drop(publishing);
    tokio::time::sleep(Duration::from_millis(500)).await;
    let arrived = of(&far.peer.arrived(), MediaKind::Video, 1);
    let counters: BTreeSet<u32> = arrived.iter().map(|packet| packet.counter).collect();
    let (first, last) = (*counters.first().unwrap(), *counters.last().unwrap());
    let missing = usize::try_from(last - first + 1).unwrap() - counters.len();
    let by_thread = stage.handle.counters_by_thread();
    assert!(missing * 500 < counters.len(), "{missing} of {}: {by_thread:?}", counters.len());
    for counters in &by_thread {
        assert!(counters.packets_in > 300 && counters.mirrored > 300, "{by_thread:?}");
        assert_eq!((counters.srtp_failures, counters.mirror_dropped), (0, 0), "{by_thread:?}");
    }
    assert!(by_thread[1].rtx_out > 10, "answered where the subscriber is: {by_thread:?}");
    // Who sees nothing of the other thread any more is passed nothing of it.
    for member in &room {
        stage.route(member, &[]);
    }
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    let before = stage.handle.counters().mirrored;
    let _publishing: Vec<_> = room.iter().map(|member| member.peer.publish()).collect();
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(stage.handle.counters().mirrored, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_goes_on_without_a_gap_when_half_of_it_moves_to_another_thread() {
    // Whatever a thread does is too much for it.
    let mut stage = Stage::spreading(2, SpreadLimits { crowd: u64::MAX, busy: 1 });
    let room = connect_four(&mut stage).await;
    let _publishing: Vec<_> = room.iter().map(|member| stage.publish(member)).collect();
    route_in_a_ring(&stage, &room);
    everybody_sees_the_next(&room).await;
    tokio::time::timeout(Duration::from_secs(10), async {
        while stage.handle.counters().moved == 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await
    .unwrap();
    tokio::time::sleep(Duration::from_secs(2)).await;
    for (at, member) in room.iter().enumerate() {
        let tag = u8::try_from((at + 1) % room.len() + 1).unwrap();
        let stream = of(&member.peer.arrived(), MediaKind::Video, tag);
        let gaps = stream.windows(2).filter(|two| two[1].counter != two[0].counter + 1).count();
        assert_eq!(gaps, 0, "{:?}", stage.handle.counters_by_thread());
    }
    let by_thread = stage.handle.counters_by_thread();
    assert!(by_thread.iter().all(|counters| counters.packets_in > 100), "{by_thread:?}");
    let sums = stage.handle.counters();
    assert_eq!((sums.srtp_failures, sums.mirror_dropped), (0, 0), "{by_thread:?}");
    // It is spoken to as before, and a new address of it is found.
    for member in &room {
        stage.route(member, &[(&room[0], Source::Camera)]);
        member.network.change_address().await;
        member.network.inject(&stun::check(member, stun::Forgery::None)).await;
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    for member in &room {
        member.peer.forget();
    }
    for member in &room[1..] {
        member.until(|arrived| of(arrived, MediaKind::Video, 1).len() > 100).await;
    }
    for member in &room {
        stage.handle.send(MediaCommand::Close { id: member.id }).unwrap();
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    let before = stage.handle.counters();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let after = stage.handle.counters();
    assert_eq!(after.packets_in, before.packets_in, "what is closed is closed where it went");
}
