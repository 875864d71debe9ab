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

use std::time::Duration;

use server::transport::MediaCommand;
use shared::{MediaKind, Source};
use support::stage::{Member, Stage, of};
use support::stun;

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
        let next = room[(at + 1) % room.len()].id.0;
        let tag = u8::try_from(next).unwrap();
        let arrived = member.until(|arrived| of(arrived, MediaKind::Video, tag).len() > 100).await;
        assert!(arrived.iter().all(|packet| packet.tag == tag), "nobody else is seen");
        assert!(of(&arrived, MediaKind::Video, tag)[0].keyframe);
    }
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
