// SPDX-License-Identifier: EUPL-1.2
//! What somebody is told about their own devices, and how they change them.

use serde_json::{Value, json};
use tests::{
    browser::SOON,
    cast::{ADA, BOB, CLEO},
    eventually::{Condition as _, eventually},
    page::{CallPage, in_language},
    setup::{Devices, Setup},
    world::World,
};

/// What browsers say of a device that does not run (W3C Media Capture and Streams §10.2), and by which words of the
/// sentence for it a person knows what to do.
const FAILURES: [(&str, &str, &str); 9] = [
    ("NotAllowedError", "Permission denied", "left of the address"),
    ("NotAllowedError", "Permission denied by system", "settings of your device"),
    ("SecurityError", "", "whoever administers your device"),
    ("NotFoundError", "", "There is no "),
    ("NotReadableError", "", "program is using"),
    ("AbortError", "", "did not answer"),
    ("OverconstrainedError", "", "is gone. Choose another"),
    ("InvalidStateError", "", "was not in front"),
    ("TypeError", "", "cannot be switched on"),
];

#[tokio::test]
async fn everything_that_keeps_a_device_from_running_has_its_sentence() {
    let world = World::start().await;
    let ada = CallPage::of(ADA).await;
    ada.makes_a_room(&world.home("en")).await;
    ada.browser().press("start-open").await;
    ada.browser().awaits("gate-join").await;
    for (name, message, words) in FAILURES {
        ada.has_no_running_device(name, message, None).await;
        for device in ["camera", "microphone"] {
            ada.browser().press(&format!("gate-{device}")).await;
            ada.reads_in(&format!("{device}-trouble"), words).await;
            assert_eq!(ada.is_on(&format!("gate-{device}")).await, json!(false), "{name}");
        }
    }
    ada.enters().await;
    ada.is_inside().await;
    for (name, message, words) in SCREEN_FAILURES {
        ada.has_no_running_device(name, message, None).await;
        ada.browser().press("toggle-screen").await;
        ada.reads_in("screen-trouble", words).await;
        assert_eq!(ada.is_on("toggle-screen").await, json!(false), "{name}");
    }
}

/// The same of a screen. Who closes the browser's question wants none, and reads nothing.
const SCREEN_FAILURES: [(&str, &str, &str); 4] = [
    ("NotAllowedError", "Permission denied by system", "settings of your device"),
    ("NotFoundError", "", "cannot share a screen"),
    ("NotReadableError", "", "cannot be recorded"),
    ("AbortError", "", "could not be captured"),
];

/// What browsers call themselves, and where they keep what they permit, in both languages.
const BROWSERS: [(&str, [&str; 2]); 7] = [
    (
        "Windows NT 10.0 Chrome/140.0.0.0 Safari/537.36",
        ["left of the address, allow", "links neben der Adresse, erlauben"],
    ),
    ("X11; Linux x86_64; rv:140.0 Firefox/140.0", ["crossed-out", "durchgestrichene"]),
    (
        "Macintosh; Version/18.1 Safari/605.1.15",
        ["Settings for This Website", "Einstellungen für diese Website"],
    ),
    (
        "Linux; Android 10; Chrome/140.0.0.0 Mobile Safari/537.36",
        ["“Permissions”", "„Berechtigungen“"],
    ),
    (
        "Android 15; Mobile; rv:140.0 Firefox/140.0",
        [
            "Tap the symbol left of the address, allow",
            "Tippen Sie auf das Symbol links neben der Adresse, erlauben",
        ],
    ),
    (
        "iPhone; Version/18.1 Mobile/15E148 Safari/604.1",
        ["“Website Settings”", "„Website-Einstellungen“"],
    ),
    (
        "iPhone; CriOS/140.0.0.0 Mobile/15E148 Safari/604.1",
        [
            "settings of the device and this browser",
            "Einstellungen des Geräts und darin diesen Browser",
        ],
    ),
];

#[tokio::test]
async fn whoever_has_refused_is_told_where_this_browser_takes_it_back() {
    let world = World::start().await;
    let ada = CallPage::of(ADA).await;
    for (at, language) in ["en", "de"].into_iter().enumerate() {
        ada.makes_a_room(&world.home(language)).await;
        ada.browser().press("start-open").await;
        ada.browser().awaits("gate-join").await;
        for (agent, ways) in BROWSERS {
            ada.has_no_running_device("NotAllowedError", "", Some(agent)).await;
            ada.browser().press("gate-camera").await;
            ada.reads_in("camera-trouble", ways[at]).await;
        }
    }
}

#[tokio::test]
async fn firefox_tells_its_own_way() {
    let world = World::start().await;
    let cleo = CallPage::of(CLEO).await;
    cleo.makes_a_room(&world.home("en")).await;
    cleo.browser().press("start-open").await;
    cleo.browser().awaits("gate-join").await;
    cleo.has_no_running_device("NotAllowedError", "", None).await;
    cleo.browser().press("gate-microphone").await;
    cleo.reads_in("microphone-trouble", "crossed-out symbol").await;
    cleo.has_no_running_device("OverconstrainedError", "", None).await;
    cleo.browser().press("gate-microphone").await;
    cleo.reads_in("microphone-trouble", "is gone. Choose another").await;
}

#[tokio::test]
async fn a_microphone_from_which_nothing_comes_is_told_of() {
    let world = World::start().await;
    let ada = CallPage::of(ADA).await;
    ada.makes_a_room(&world.home("en")).await;
    ada.browser().press("start-open").await;
    ada.browser().awaits("gate-join").await;
    ada.has_a_desk().await;
    ada.at_the_desk("is_silent()").await;
    ada.switches_on("gate-microphone").await;
    ada.reads_in("microphone-silent", "No sound comes").await;
    ada.switches_on("gate-transmit-microphone").await;
    ada.enters().await;
    ada.is_inside().await;
    ada.browser().awaits("microphone-silent").await;
    ada.browser().press("microphone-silent-choose").await;
    ada.browser().press("settings-close").await;
    ada.at_the_desk("sounds(0.2)").await;
    ada.misses_sign("microphone-silent").await;
    ada.at_the_desk("sounds(0)").await;
    ada.browser().press("microphone-silent-understood").await;
    ada.misses_sign("microphone-silent").await;
    assert_eq!(ada.is_on("toggle-microphone").await, json!(true), "it runs all the time");
}

#[tokio::test]
async fn devices_are_changed_while_people_listen() {
    let world = World::start().await;
    let (ada, bob) = tokio::join!(CallPage::set_up(ADA, Setup::WITHOUT_DEVICES), CallPage::of(BOB));
    let links = ada.opens_a_room(&world.home("en")).await;
    bob.opens(&in_language(&links.invite, "en")).await;
    bob.has_a_desk().await;
    bob.at_the_desk("blurs = true").await;
    bob.enters().await;
    ada.admits(BOB).await;
    bob.is_inside().await;
    bob.switches_on("toggle-microphone").await;
    ada.hears(&[BOB], SOON).await;

    // Another microphone, as soon as it is chosen, and nobody has to switch anything.
    bob.opens_settings().await;
    let microphones = bob.offers("settings-microphone-select").await;
    let other = microphones.iter().find(|(_, label)| label.contains("Fake Audio Input 2"));
    let (id, _) = other.unwrap_or_else(|| panic!("no other microphone in {microphones:?}"));
    bob.chooses("settings-microphone-select", id).await;
    comes_from(&bob, "audio", "deviceId", &json!(id)).await;
    assert_eq!(bob.is_on("toggle-microphone").await, json!(true));

    // What is done with the sound, too.
    comes_from(&bob, "audio", "noiseSuppression", &json!(true)).await;
    bob.browser().press("noise-suppression").await;
    comes_from(&bob, "audio", "noiseSuppression", &json!(false)).await;
    comes_from(&bob, "audio", "deviceId", &json!(id)).await;
    bob.awaits_switch("noise-suppression", false).await;
    bob.browser().press("echo-cancellation").await;
    comes_from(&bob, "audio", "echoCancellation", &json!(false)).await;
    bob.awaits_switch("echo-cancellation", false).await;
    ada.hears(&[BOB], SOON).await;

    bob.browser().press("settings-close").await;
    blurs(&bob).await;
}

/// A background can be blurred where the platform offers it.
async fn blurs(bob: &CallPage) {
    bob.opens_settings().await;
    assert!(
        !bob.browser().shows("background-blur").await,
        "of a camera that is off nothing is known"
    );
    bob.browser().press("settings-close").await;
    bob.switches_on("toggle-camera").await;
    bob.opens_settings().await;
    bob.browser().press("background-blur").await;
    bob.awaits_switch("background-blur", true).await;
    let applied = bob.at_the_desk("applied").await;
    assert!(
        applied.get("backgroundBlur") == Some(&json!(true)) && applied.get("width").is_some(),
        "the camera is told nothing else than before: {applied}"
    );
    bob.browser().press("settings-close").await;
    bob.switches_off("toggle-camera").await;
    bob.switches_on("toggle-camera").await;
    let asked = bob.at_the_desk("asked.at(-1)").await;
    assert_eq!(
        asked.pointer("/video/backgroundBlur"),
        Some(&json!(true)),
        "not even the first picture is sharp"
    );
}

#[tokio::test]
async fn what_is_unplugged_is_said_and_does_not_stop_the_rest() {
    let world = World::start().await;
    let ada = CallPage::of(ADA).await;
    ada.makes_a_room(&world.home("en")).await;
    ada.browser().press("start-open").await;
    ada.browser().awaits("gate-join").await;
    ada.has_a_desk().await;
    ada.enters().await;
    ada.is_inside().await;

    // A speaker that is chosen, and gone: the browser chooses.
    ada.switches_on("toggle-microphone").await;
    ada.plugs_in(&[["audiooutput", "headset", "Headset"], ["audioinput", "headset-in", "Headset"]])
        .await;
    ada.opens_settings().await;
    eventually("Ada's list has the speaker", SOON, async || {
        let offered = ada.offers("gate-speaker-select").await;
        offered.iter().any(|(id, _)| id == "headset").or_seen(|| format!("{offered:?}"))
    })
    .await;
    ada.chooses("gate-speaker-select", "headset").await;
    ada.chooses("settings-microphone-select", "headset-in").await;
    ada.browser().press("settings-close").await;
    // There is no such microphone: the one that was used goes on.
    ada.reads_in("device-replaced", "In use now: Fake").await;
    assert_eq!(ada.is_on("toggle-microphone").await, json!(true));
    ada.browser().press("device-replaced-understood").await;
    ada.misses_sign("device-replaced").await;
    ada.plugs_in(&[]).await;
    ada.reads_in("speaker-vanished", "is gone").await;
    ada.browser().press("speaker-vanished-understood").await;
    ada.misses_sign("speaker-vanished").await;

    // A microphone that ends by itself.
    let ends =
        "const running = window.witness.tracks.filter(({ readyState }) => readyState === 'live');
        running.forEach((track) => track.dispatchEvent(new Event('ended')));
        return running.length";
    assert_eq!(ada.browser().execute(ends, Vec::new()).await, json!(1));
    ada.awaits_switch("toggle-microphone", false).await;
    ada.reads_in("microphone-trouble", "has vanished").await;
}

#[tokio::test]
async fn the_screen_stays_on_while_somebody_is_inside_and_looks() {
    let world = World::start().await;
    let ada = CallPage::set_up(ADA, Setup::WITHOUT_DEVICES).await;
    ada.makes_a_room(&world.home("en")).await;
    ada.browser().press("start-open").await;
    ada.browser().awaits("gate-join").await;
    ada.has_a_desk().await;
    holds_locks(&ada, 0, 0).await;
    ada.enters().await;
    ada.is_inside().await;
    holds_locks(&ada, 1, 1).await;
    ada.looks_away(true).await;
    ada.looks_away(false).await;
    // The browser, which was not really turned away, still had the first.
    holds_locks(&ada, 2, 1).await;
    ada.leaves().await;
    holds_locks(&ada, 2, 0).await;
}

async fn holds_locks(page: &CallPage, asked: u64, held: u64) {
    let what = format!("{} holds {held} locks of {asked}", page.name());
    eventually(&what, SOON, async || {
        let locks = page.at_the_desk("locks").await;
        (locks == json!({ "asked": asked, "held": held })).or_seen(|| locks.to_string())
    })
    .await;
}

/// Waits until what is sent of a kind comes from a track with this setting.
async fn comes_from(page: &CallPage, kind: &str, setting: &str, value: &Value) {
    let what = format!("{}'s {kind} has {setting} {value}", page.name());
    let script = "const senders = window.witness.peers.flatMap((peer) => peer.getSenders());
        const tracks = senders.map(({ track }) => track).filter((track) => track?.kind === arguments[0]);
        return tracks.map((track) => track.getSettings()[arguments[1]])";
    eventually(&what, SOON, async || {
        let found = page.browser().execute(script, vec![json!(kind), json!(setting)]).await;
        (found == json!([value])).or_seen(|| found.to_string())
    })
    .await;
}

#[tokio::test]
async fn what_is_shared_is_shown_where_it_is_no_mirror() {
    let world = World::start().await;
    let tab = Setup { devices: Devices::Tab, ..Setup::default() };
    let (ada, bob) = tokio::join!(CallPage::set_up(ADA, tab), CallPage::of(BOB));
    ada.opens_a_room(&world.home("en")).await;
    let _print = ada.opens_small_print().await;
    ada.switches_on("toggle-screen").await;
    ada.browser().awaits("own-screen-video").await;
    ada.browser().press("stop-sharing").await;
    ada.awaits_switch("toggle-screen", false).await;
    // Of a whole screen, what is shared is the page as well.
    bob.opens_a_room(&world.home("en")).await;
    bob.switches_on("toggle-screen").await;
    bob.browser().awaits("stop-sharing").await;
    assert!(!bob.browser().shows("own-screen-video").await, "a hall of mirrors");
}
