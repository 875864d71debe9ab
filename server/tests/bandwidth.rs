// SPDX-License-Identifier: EUPL-1.2
//! What one participant may send and be sent, and all together, counted where it arrives.
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

use server::transport::{MediaConfig, MediaLimits, SpreadLimits};
use shared::{MediaKind, Source};
use support::peer::Arrived;
use support::stage::{Member, Stage, of};

/// Each of them shows 200 packets of 900 bytes in a second, and says 50 of 80.
const PICTURE: usize = 200;
const SOUND: usize = 50;
/// While it is counted.
const WINDOW: usize = 3;

#[tokio::test(flavor = "multi_thread")]
async fn who_sends_more_than_one_may_is_cut_and_heard_whole() {
    let limits = MediaLimits { up: Some(600_000), ..MediaLimits::NONE };
    let mut stage = limited(1, limits);
    let (ada, bob) = (stage.connect(1).await, stage.connect(2).await);
    stage.route(&bob, &[(&ada, Source::Microphone), (&ada, Source::Camera)]);
    let _publishing = stage.publish(&ada);
    // What may come at once has come.
    bob.until(|arrived| of(arrived, MediaKind::Audio, 1).len() > 2 * SOUND).await;
    let before = stage.handle.counters();
    let arrived = count(&[&bob]).await;
    let sound = of(&arrived[0], MediaKind::Audio, 1);
    let missing = sound.windows(2).filter(|two| two[1].counter != two[0].counter + 1).count();
    assert!(missing == 0 && sound.len() > WINDOW * SOUND * 9 / 10, "{} of sound", sound.len());
    let after = stage.handle.counters();
    let bits = (after.bytes_in - before.bytes_in) * 8 / u64::try_from(WINDOW).unwrap();
    assert!((300_000..660_000).contains(&bits), "{bits} bits per second went in");
    assert!(after.limit_up > before.limit_up + 100, "{after:?}");
    let pictures = of(&arrived[0], MediaKind::Video, 1).len();
    assert!(pictures < WINDOW * PICTURE / 2, "{pictures} packets of pictures");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_be_sent_one_picture_sees_one_and_hears_everybody() {
    let limits = MediaLimits { down: Some(2_400_000), ..MediaLimits::NONE };
    let counters = everybody_sees_one_of_two(limits).await;
    assert!(counters.0 > 0 && counters.1 == 0, "{counters:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_server_shows_one_picture_to_everybody_instead_of_two_to_some() {
    let limits = MediaLimits { total: Some(7_000_000), ..MediaLimits::NONE };
    let counters = everybody_sees_one_of_two(limits).await;
    assert!(counters.1 > 0 && counters.0 == 0, "{counters:?}");
}

/// Three on three threads, each of whom would see and hear both others; how often it was for one's own limit that
/// somebody was sent less, and how often for everybody's.
async fn everybody_sees_one_of_two(limits: MediaLimits) -> (u64, u64) {
    let mut stage = limited(3, limits);
    let room = [stage.connect(1).await, stage.connect(2).await, stage.connect(3).await];
    let others = [[1, 2], [0, 2], [0, 1]];
    for (member, others) in room.iter().zip(others) {
        let feeds = [Source::Camera, Source::Microphone]
            .into_iter()
            .flat_map(|source| others.map(|other| (&room[other], source)));
        stage.route(member, &feeds.collect::<Vec<_>>());
    }
    let _publishing = room.each_ref().map(|member| stage.publish(member));
    // Until the paths are known to carry more than is allowed.
    tokio::time::sleep(Duration::from_secs(6)).await;
    let before = stage.handle.counters();
    let all = count(&room.each_ref()).await;
    let after = stage.handle.counters();
    for (arrived, [first, second]) in all.iter().zip(others) {
        let got = |kind, who: usize| of(arrived, kind, u8::try_from(who + 1).unwrap()).len();
        let pictures = [first, second].map(|who| got(MediaKind::Video, who));
        assert!(pictures[0] > WINDOW * PICTURE * 3 / 4, "the first is seen: {pictures:?}");
        assert_eq!(pictures[1], 0, "there is no room for the second");
        let sounds = got(MediaKind::Audio, first) + got(MediaKind::Audio, second);
        assert!(sounds > WINDOW * SOUND * 3 / 4, "{sounds} of sound");
    }
    let bits = (after.bytes_out - before.bytes_out) * 8 / u64::try_from(WINDOW).unwrap();
    let most = limits.total.or_else(|| limits.down.map(|down| 3 * down)).unwrap();
    assert!(bits > most / 2 && bits <= most, "{bits} bits per second of {most}");
    (after.limit_down, after.limit_all)
}

/// What arrives within the window.
async fn count(members: &[&Member]) -> Vec<Vec<Arrived>> {
    for member in members {
        member.peer.forget();
    }
    tokio::time::sleep(Duration::from_secs(3)).await;
    members.iter().map(|member| member.peer.arrived()).collect()
}

/// A relay of so many threads with bounds; everybody is on another one, as long as there are some.
fn limited(threads: usize, limits: MediaLimits) -> Stage {
    let spread = SpreadLimits { crowd: 1, busy: 1_001 };
    Stage::configured(|config| MediaConfig { threads, spread, limits, ..config })
}
