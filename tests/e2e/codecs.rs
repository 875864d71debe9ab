// SPDX-License-Identifier: EUPL-1.2
//! Pictures and sound in each codec that an operator can choose, from one browser to another.

use std::time::Duration;

use serde_json::Value;
use tests::{
    cast::{ADA, BOB, CLEO, Family, Person},
    eventually::{Condition as _, eventually},
    page::{CallPage, Links, in_language},
    setup::{Devices, Setup},
    world::World,
};

/// How long an encoder needs to begin, or to begin in another size, on a busy machine.
const SWITCHED: Duration = Duration::from_secs(30);

#[tokio::test]
async fn layers_of_one_vp9_stream_follow_the_tile() {
    let (_world, ada, bob) = meeting(&["opus", "vp9"], Devices::Sharp, BOB).await;
    follows_the_tile(&ada, &bob, "video/VP9", "L3T3_KEY").await;
}

#[tokio::test]
async fn layers_of_one_av1_stream_follow_the_tile() {
    let (_world, ada, bob) = meeting(&["opus", "av1"], Devices::Sharp, BOB).await;
    follows_the_tile(&ada, &bob, "video/AV1", "L3T3_KEY").await;
    // In one stream: of several there would be a source for each.
    assert_eq!(query(&ada, SENT, "({ rid }) => rid").await, ["l"]);
}

#[tokio::test]
async fn three_encodings_of_av1_follow_the_tile_where_its_packets_are_not_described() {
    let world = World::start_with(r#"codecs = ["opus", "av1"]"#).await;
    let ada = CallPage::set_up(ADA, Setup { devices: Devices::Sharp, ..Setup::default() }).await;
    let bob = CallPage::set_up(BOB, Setup::WITHOUT_DEVICES).await;
    let links = ada.makes_a_room(&world.home("en")).await;
    meets(&ada, &[&bob], &links, true).await;
    follows_the_tile(&ada, &bob, "video/AV1", "L1T1").await;
}

#[tokio::test]
async fn each_of_two_gets_as_many_layers_of_one_av1_stream_as_their_tile_shows() {
    let world = World::start_with(r#"codecs = ["opus", "av1"]"#).await;
    let ada = CallPage::set_up(ADA, Setup { devices: Devices::Sharp, ..Setup::default() }).await;
    let bob = CallPage::set_up(BOB, Setup::WITHOUT_DEVICES).await;
    let cleo = Person { family: Family::Chromium, ..CLEO };
    let cleo = CallPage::set_up(cleo, Setup::WITHOUT_DEVICES).await;
    let links = ada.makes_a_room(&world.home("en")).await;
    meets(&ada, &[&bob, &cleo], &links, false).await;
    ada.switches_on("toggle-camera").await;
    for ((width, height, lines), (wider, higher, more)) in
        [((500, 450, 180), (2_400, 1_500, 720)), ((2_400, 1_500, 720), (500, 450, 180))]
    {
        bob.browser().resizes(width, height).await;
        cleo.browser().resizes(wider, higher).await;
        gets(&bob, lines, "video/AV1").await;
        gets(&cleo, more, "video/AV1").await;
        // Neither keeps the other from it.
        gets(&bob, lines, "video/AV1").await;
    }
}

#[tokio::test]
async fn another_picture_in_av1_goes_on_where_the_one_before_was_seen() {
    let world = World::start_with(r#"codecs = ["opus", "av1"]"#).await;
    let sharp = Setup { devices: Devices::Sharp, ..Setup::default() };
    let ada = CallPage::set_up(ADA, sharp).await;
    let cleo = CallPage::set_up(Person { family: Family::Chromium, ..CLEO }, sharp).await;
    let bob = CallPage::set_up(BOB, Setup::WITHOUT_DEVICES).await;
    let links = ada.makes_a_room(&world.home("en")).await;
    meets(&ada, &[&bob, &cleo], &links, false).await;
    bob.browser().resizes(2_400, 1_500).await;
    for sender in [&ada, &cleo, &ada] {
        sender.switches_on("toggle-camera").await;
        // As many frames as would be missing if the receiver took those of another for old ones.
        gets(&bob, 720, "video/AV1").await;
        gets(&bob, 720, "video/AV1").await;
        sender.switches_off("toggle-camera").await;
    }
    let pictures = bob.browser().execute("return window.witness.incoming()", Vec::new()).await;
    assert_eq!(pictures.as_array().map(Vec::len), Some(1), "in one slot: {pictures}");
}

#[tokio::test]
async fn firefox_gets_the_layers_of_av1_that_its_tile_shows() {
    let (_world, ada, cleo) = meeting(&["opus", "av1"], Devices::Sharp, CLEO).await;
    cleo.browser().resizes(500, 450).await;
    ada.switches_on("toggle-camera").await;
    for (width, height, lines) in [(500, 450, 180), (2_400, 1_500, 720), (500, 450, 180)] {
        cleo.browser().resizes(width, height).await;
        gets(&cleo, lines, "video/AV1").await;
    }
}

#[tokio::test]
async fn three_encodings_of_h264_follow_the_tile() {
    let (_world, ada, bob) = meeting(&["opus", "h264"], Devices::Sharp, BOB).await;
    follows_the_tile(&ada, &bob, "video/H264", "L1T1").await;
}

#[tokio::test]
async fn each_codec_shows_what_the_camera_sees() {
    for (name, codec) in [("vp9", "video/VP9"), ("av1", "video/AV1"), ("h264", "video/H264")] {
        let (_world, ada, bob) = meeting(&["opus", name], Devices::Connected, BOB).await;
        ada.switches_on("toggle-camera").await;
        bob.sees(ADA, SWITCHED).await;
        moves_in(&bob, codec).await;
    }
}

#[tokio::test]
async fn firefox_shows_what_chromium_sends_in_layers() {
    for (name, codec) in [("vp9", "video/VP9"), ("av1", "video/AV1")] {
        let (_world, ada, cleo) = meeting(&["opus", name], Devices::Connected, CLEO).await;
        ada.switches_on("toggle-camera").await;
        cleo.sees(ADA, SWITCHED).await;
        moves_in(&cleo, codec).await;
        // And the other way around.
        cleo.switches_on("toggle-camera").await;
        ada.sees(CLEO, SWITCHED).await;
        moves_in(&ada, codec).await;
    }
}

#[tokio::test]
async fn redundant_sound_is_heard_by_who_asked_for_it_and_by_who_did_not() {
    let mut lengths = Vec::new();
    // Firefox offers no RED.
    for person in [BOB, CLEO] {
        let codecs = ["red", "opus", "vp8"];
        let (_world, ada, other) = meeting(&codecs, Devices::Connected, person).await;
        ada.switches_on("toggle-microphone").await;
        other.hears(&[ADA], SWITCHED).await;
        lengths.push((
            length(&ada, "outbound-rtp", "Sent").await,
            length(&other, "inbound-rtp", "Received").await,
        ));
    }
    let [(sent, whole), (sent_again, stripped)] = lengths[..] else { panic!("{lengths:?}") };
    assert!(whole.abs_diff(sent) * 10 <= sent, "all that was sent: {lengths:?}");
    assert!(stripped * 3 <= sent_again * 2, "no more than the sound itself: {lengths:?}");
}

/// How many bytes of sound a packet has on average.
async fn length(page: &CallPage, kind: &str, how: &str) -> u64 {
    let script = format!(
        "return window.witness.stats().then((stats) => {{
            const sounds = stats.filter((stat) => stat.type === '{kind}' && stat.kind === 'audio');
            const sum = (name) => sounds.reduce((sum, stat) => sum + (stat[name] ?? 0), 0);
            return Math.round(sum('bytes{how}') / sum('packets{how}'));
        }})"
    );
    page.browser().execute(&script, Vec::new()).await.as_u64().unwrap_or_default()
}

/// Ada and somebody without devices on a server that uses these codecs.
async fn meeting(codecs: &[&str], devices: Devices, person: Person) -> (World, CallPage, CallPage) {
    let world = World::start_with(&format!("codecs = {codecs:?}")).await;
    let ada = CallPage::set_up(ADA, Setup { devices, ..Setup::default() }).await;
    let setup = if person == BOB { Setup::WITHOUT_DEVICES } else { Setup::default() };
    let other = CallPage::set_up(person, setup).await;
    let links = ada.makes_a_room(&world.home("en")).await;
    meets(&ada, &[&other], &links, false).await;
    (world, ada, other)
}

/// Ada opens her room, in a terse browser if it is one, and lets the others in.
async fn meets(ada: &CallPage, others: &[&CallPage], links: &Links, is_terse: bool) {
    ada.browser().press("start-open").await;
    ada.browser().awaits("gate-join").await;
    if is_terse {
        ada.is_terse().await;
    }
    ada.enters().await;
    ada.is_inside().await;
    for other in others {
        other.opens(&in_language(&links.invite, "en")).await;
        other.enters().await;
        other.browser().awaits("waiting-admission").await;
        ada.admits(other.browser().person()).await;
        other.is_inside().await;
    }
}

/// A small tile is sent few lines, a large one many, in that codec and in that mode.
async fn follows_the_tile(ada: &CallPage, bob: &CallPage, codec: &str, mode: &str) {
    bob.browser().resizes(500, 450).await;
    ada.switches_on("toggle-camera").await;
    for (width, height, lines) in [(500, 450, 180), (2_400, 1_500, 720), (500, 450, 180)] {
        bob.browser().resizes(width, height).await;
        gets(bob, lines, codec).await;
    }
    bob.browser().resizes(2_400, 1_500).await;
    gets(bob, 720, codec).await;
    let modes = query(ada, SENT, "({ scalabilityMode }) => scalabilityMode").await;
    assert_eq!(modes, [mode], "of what is sent");
}

/// Waits until the one picture that comes has so many lines and moves.
async fn gets(page: &CallPage, lines: u64, codec: &str) {
    let what = format!("{} gets a picture of {lines} lines in {codec}", page.name());
    let mut before = None;
    eventually(&what, SWITCHED, async || {
        let pictures = page.browser().execute("return window.witness.incoming()", Vec::new()).await;
        let field = |name: &str| pictures.pointer(name).and_then(Value::as_u64).unwrap_or_default();
        let frames = field("/0/frames");
        let moved = before.replace(frames).is_some_and(|before| frames > before);
        (field("/0/lines") == lines && moved).or_seen(|| format!("{pictures}"))
    })
    .await;
    assert_eq!(query(page, SHOWN, "codec").await, [codec]);
}

/// Waits until the one picture that comes is coded like this, and moves.
async fn moves_in(page: &CallPage, codec: &str) {
    let what = format!("{} gets a picture in {codec}", page.name());
    let mut before = None;
    eventually(&what, SWITCHED, async || {
        let pictures = page.browser().execute("return window.witness.incoming()", Vec::new()).await;
        let frames = pictures.pointer("/0/frames").and_then(Value::as_u64).unwrap_or_default();
        let moved = frames > *before.get_or_insert(frames) + 20;
        moved.or_seen(|| format!("{pictures}"))
    })
    .await;
    assert_eq!(query(page, SHOWN, "codec").await, [codec]);
}

/// What there is of all that this is true of, each once.
async fn query(page: &CallPage, is: &str, what: &str) -> Vec<String> {
    let script = format!(
        "return window.witness.stats().then((stats) => {{
            const codec = ({{ codecId }}) => stats.find(({{ id }}) => id === codecId)?.mimeType;
            return [...new Set(stats.filter((stat) => {is}).map({what}))].sort();
        }})"
    );
    let found = page.browser().execute(&script, Vec::new()).await;
    let found = found.as_array().map(Vec::as_slice).unwrap_or_default();
    found.iter().filter_map(|word| Some(word.as_str()?.to_owned())).collect()
}

const SHOWN: &str =
    "stat.type === 'inbound-rtp' && stat.kind === 'video' && stat.framesDecoded > 0";
const SENT: &str = "stat.type === 'outbound-rtp' && stat.framesPerSecond > 0";
