// SPDX-License-Identifier: EUPL-1.2
//! Whatever a page and the meeting in it can say to each other is seen in a browser: whoever adds a command, an event or a
//! refusal without a test there does not get past this file.

use std::{collections::BTreeSet, fs, time::Duration};

use app::call::{
    CallView, EndReason, Host, KnockView, Screen, SourceView, TileKey, TileView, Weak,
};
use serde_json::{Value, from_str, json};
use shared::{
    ParticipantId, Role, Timestamp,
    embed::{
        Awaited, Command, DeviceFailure, DeviceState, Event, Fault, Feature, FrameMessage,
        HostMessage, LeftReason, OwnDevice, Quality, Reason,
    },
};
use tests::{
    refusals::{REFUSALS, STAGES, Stage},
    world::root,
};

/// What can be said, each with the word for it as a test has it, and the test that sees it. The match is exhaustive: the
/// compiler asks for the row of whatever is new.
macro_rules! seen {
    ($name:ident, $kind:ty: $($pattern:pat => $word:literal in $test:literal,)+) => {
        const $name: &[(&str, &str)] = {
            const fn is_here(it: &$kind) {
                match it { $($pattern => (),)+ }
            }
            const _: fn(&$kind) = is_here;
            &[$(($word, $test)),+]
        };
    };
}

seen!(COMMANDS, Command:
    Command::MuteMicrophone {} => "muteMicrophone" in "embed::a_page_of_another_origin_holds_a_meeting",
    Command::StopCamera {} => "stopCamera" in "embed::a_page_of_another_origin_holds_a_meeting",
    Command::StopSharing {} => "stopSharing" in "embed::a_page_of_another_origin_holds_a_meeting",
    Command::HangUp {} => "hangUp" in "embed::a_page_of_another_origin_holds_a_meeting",
    Command::SetLayout { .. } => "setLayout" in "embed::a_page_of_another_origin_holds_a_meeting",
    Command::SetLanguage { .. } => "setLanguage" in "embed::a_page_of_another_origin_holds_a_meeting",
    Command::SetTheme { .. } => "setTheme" in "embed::a_page_of_another_origin_holds_a_meeting",
    Command::Pin { .. } => "pin" in "embed::a_page_of_another_origin_holds_a_meeting",
    Command::Admit { .. } => "admit" in "embed::a_page_of_another_origin_holds_a_meeting",
    Command::Refuse { .. } => "refuse" in "embed::a_page_of_another_origin_holds_a_meeting",
    Command::OpenPanel { .. } => "openPanel" in "embed::a_page_of_another_origin_holds_a_meeting",
    Command::ClosePanel {} => "closePanel" in "embed::a_page_of_another_origin_holds_a_meeting",
    Command::SetName { .. } => "setName" in "embed::a_page_of_another_origin_holds_a_meeting",
    Command::Enter {} => "enter" in "embed::whoever_has_switched_something_on_goes_in_by_themselves",
);

seen!(EVENTS, Event:
    Event::Ready { .. } => "ready" in "embed::a_page_of_another_origin_holds_a_meeting",
    Event::Gate {} => "gate" in "embed::a_page_of_another_origin_holds_a_meeting",
    Event::Entering {} => "entering" in "embed_events::what_happens_to_a_guest_is_told_as_it_happens",
    Event::Waiting { .. } => "waiting" in "embed_events::what_happens_to_a_guest_is_told_as_it_happens",
    Event::Joined { .. } => "joined" in "embed_events::what_happens_to_a_guest_is_told_as_it_happens",
    Event::Paused {} => "paused" in "embed_events::what_happens_to_a_guest_is_told_as_it_happens",
    Event::Connection { .. } => "connection" in "embed_events::what_happens_to_a_guest_is_told_as_it_happens",
    Event::Left { .. } => "left" in "embed::a_page_of_another_origin_holds_a_meeting",
    Event::People { .. } => "people" in "embed_events::what_happens_to_a_guest_is_told_as_it_happens",
    Event::Devices { .. } => "devices" in "embed::a_page_of_another_origin_holds_a_meeting",
    Event::Knock { .. } => "knock" in "embed::a_page_of_another_origin_holds_a_meeting",
    Event::Speaking { .. } => "speaking" in "embed_events::what_happens_to_a_guest_is_told_as_it_happens",
    Event::Quality { .. } => "quality" in "embed_events::how_well_somebody_is_connected_is_told",
    Event::Error { .. } => "error" in "embed::what_a_frame_is_not_given_is_said_in_words",
);

seen!(QUALITIES, Quality:
    Quality::Good => "good" in "embed_events::how_well_somebody_is_connected_is_told",
    Quality::Fair => "fair" in "embed_events::how_well_somebody_is_connected_is_told",
    Quality::Poor => "poor" in "embed_events::how_well_somebody_is_connected_is_told",
);

seen!(AWAITED, Awaited:
    Awaited::Moderator => "moderator" in "embed_events::what_happens_to_a_guest_is_told_as_it_happens",
    Awaited::Admission => "admission" in "embed_events::what_happens_to_a_guest_is_told_as_it_happens",
);

seen!(LEFT, LeftReason:
    LeftReason::Left => "left" in "embed::a_page_of_another_origin_holds_a_meeting",
    LeftReason::Removed => "removed" in "embed_left::whoever_is_outside_again_is_told_why",
    LeftReason::Ended => "ended" in "embed_left::whoever_is_outside_again_is_told_why",
    LeftReason::Abandoned => "abandoned" in "embed_left::whoever_is_outside_again_is_told_why",
    LeftReason::Replaced => "replaced" in "embed_left::a_second_meeting_of_one_room_takes_the_place_of_the_first",
    LeftReason::Refused => "refused" in "embed_left::whoever_is_outside_again_is_told_why",
    LeftReason::Unreachable => "unreachable" in "embed_left::a_server_that_is_not_there_is_told",
    LeftReason::Failed => "failed" in "embed_left::a_meeting_that_is_not_whole_is_told",
);

seen!(DEVICE_STATES, DeviceState:
    DeviceState::Off => "off" in "embed::a_page_of_another_origin_holds_a_meeting",
    DeviceState::Starting => "starting" in "embed_events::what_is_switched_on_is_told_step_by_step",
    DeviceState::Preview => "preview" in "embed::whoever_has_switched_something_on_goes_in_by_themselves",
    DeviceState::On => "on" in "embed::a_page_of_another_origin_holds_a_meeting",
    DeviceState::Held => "held" in "embed_events::what_is_switched_on_is_told_step_by_step",
);

seen!(DEVICES, OwnDevice:
    OwnDevice::Microphone => "microphone" in "embed_devices::a_device_that_does_not_run_is_told_with_the_reason",
    OwnDevice::Camera => "camera" in "embed::what_a_frame_is_not_given_is_said_in_words",
    OwnDevice::Screen => "screen" in "embed_devices::a_device_that_does_not_run_is_told_with_the_reason",
);

seen!(FAILURES, DeviceFailure:
    DeviceFailure::Embedding => "embedding" in "embed::what_a_frame_is_not_given_is_said_in_words",
    DeviceFailure::Denied => "denied" in "embed_devices::a_device_that_does_not_run_is_told_with_the_reason",
    DeviceFailure::Missing => "missing" in "embed_devices::a_device_that_does_not_run_is_told_with_the_reason",
    DeviceFailure::InUse => "in_use" in "embed_devices::a_device_that_does_not_run_is_told_with_the_reason",
    DeviceFailure::Failed => "failed" in "embed_devices::a_device_that_does_not_run_is_told_with_the_reason",
);

seen!(FAULTS, Fault:
    Fault::Device { .. } => "device" in "embed::what_a_frame_is_not_given_is_said_in_words",
    Fault::Flooded {} => "flooded" in "embed_hostile::a_hostile_page_learns_little_and_breaks_nothing",
);

seen!(FEATURES, Feature:
    Feature::Camera => "camera" in "embed::what_a_frame_is_not_given_is_said_in_words",
    Feature::Microphone => "microphone" in "embed_sandbox::each_permission_that_is_missing_is_named",
    Feature::DisplayCapture => "display-capture" in "embed::what_a_frame_is_not_given_is_said_in_words",
    Feature::Autoplay => "autoplay" in "embed_sandbox::each_permission_that_is_missing_is_named",
    Feature::Fullscreen => "fullscreen" in "embed::what_a_frame_is_not_given_is_said_in_words",
    Feature::AllowPopups => "allow-popups" in "embed_sandbox::a_sandbox_says_what_it_lacks",
);

seen!(REASONS, Reason:
    Reason::Unknown => "unknown" in "embed_refusals::every_refusal_is_given_where_it_belongs",
    Reason::NotNow => "not_now" in "embed_refusals::every_refusal_is_given_where_it_belongs",
    Reason::NotAllowed => "not_allowed" in "embed_refusals::every_refusal_is_given_where_it_belongs",
    Reason::Nobody => "nobody" in "embed_refusals::every_refusal_is_given_where_it_belongs",
    Reason::PersonDecides => "person_decides" in "embed_refusals::every_refusal_is_given_where_it_belongs",
    Reason::TooMany => "too_many" in "embed_refusals::whoever_says_too_much_is_refused_and_not_left_waiting",
);

seen!(ANSWERS, FrameMessage:
    FrameMessage::Welcome { .. } => "welcome" in "embed_versions::the_highest_version_that_both_speak_is_spoken",
    FrameMessage::Unsupported { .. } => "unsupported" in "embed_versions::the_highest_version_that_both_speak_is_spoken",
    FrameMessage::Done { .. } => "done" in "embed::a_page_of_another_origin_holds_a_meeting",
    FrameMessage::Refused { .. } => "refused" in "embed_hostile::a_hostile_page_learns_little_and_breaks_nothing",
    FrameMessage::Event { .. } => "event" in "embed_versions::the_highest_version_that_both_speak_is_spoken",
);

seen!(MESSAGES, HostMessage:
    HostMessage::Hello { .. } => "hello" in "embed_versions::the_highest_version_that_both_speak_is_spoken",
    HostMessage::Command { .. } => "command" in "embed_hostile::a_hostile_page_learns_little_and_breaks_nothing",
);

const EVERYTHING: [&[(&str, &str)]; 13] = [
    COMMANDS,
    EVENTS,
    QUALITIES,
    AWAITED,
    LEFT,
    DEVICE_STATES,
    DEVICES,
    FAILURES,
    FAULTS,
    FEATURES,
    REASONS,
    ANSWERS,
    MESSAGES,
];

#[test]
fn everything_that_can_be_said_is_seen_in_a_browser() {
    let complaints: Vec<_> = EVERYTHING
        .into_iter()
        .flatten()
        .filter_map(|(word, test)| complaint(word, test, &source_of(test)))
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// Whoever looks for a test that is not there, or that does not name what it is to see, finds that.
#[test]
fn a_row_without_its_test_is_found() {
    let source =
        "#[tokio::test]\nasync fn it_is_told() { hears(\"gate\"); }\nasync fn a_helper() {}";
    assert_eq!(complaint("gate", "embed::it_is_told", source), None);
    for (word, test) in [
        ("gate", "embed::it_is_gone"),
        ("gate", "embed::a_helper"),
        ("paused", "embed::it_is_told"),
    ] {
        assert!(complaint(word, test, source).is_some(), "{word} in {test}");
    }
}

/// The file of a test, and the list that it goes through if it does.
fn source_of(test: &str) -> String {
    let read = |path: &str| fs::read_to_string(root().join(path)).unwrap_or_default();
    let module = test.split("::").next().unwrap_or_default();
    let source = read(&format!("tests/e2e/{module}.rs"));
    if source.contains("REFUSALS") { source + &read("tests/src/refusals.rs") } else { source }
}

/// What is wrong about a row: there is no such test, or its file does not have the word.
fn complaint(word: &str, test: &str, source: &str) -> Option<String> {
    let name = test.rsplit("::").next().unwrap_or_default();
    if !source.contains(&format!("#[tokio::test]\nasync fn {name}()")) {
        return Some(format!("{test}: there is no such test, which was to see {word:?}"));
    }
    let quoted = [format!("\"{word}\""), format!("'{word}'"), format!("“{word}”")];
    let named = quoted.iter().any(|quoted| source.contains(quoted));
    (!named).then(|| format!("{test}: does not name {word:?}, which it is to see"))
}

const OWN: ParticipantId = ParticipantId(1);
const KNOCKING: ParticipantId = ParticipantId(7);

/// What is on the screen at a stage.
fn view(stage: Stage) -> CallView {
    let screen = match stage {
        Stage::Gate | Stage::GateWithCamera => Screen::Gate,
        Stage::Waiting => Screen::WaitingModerator,
        Stage::Guest | Stage::Moderator => Screen::Conference { reconnecting: false },
        Stage::Lost => Screen::Conference { reconnecting: true },
        Stage::Ended => Screen::Ended(EndReason::Left),
    };
    let mut view = CallView { screen, ..CallView::default() };
    view.camera = SourceView { on: stage == Stage::GateWithCamera, ..SourceView::default() };
    if matches!(stage, Stage::Guest | Stage::Moderator | Stage::Lost) {
        view.tiles = vec![tile(false), tile(true)];
    }
    if matches!(stage, Stage::Moderator | Stage::Lost) {
        view.role = Role::Moderator;
        let (name, duplicate, personal, removed) = (None, false, false, false);
        view.knocks = vec![KnockView { id: KNOCKING, name, duplicate, personal, removed }];
    }
    view
}

/// One's own, or that of one's own screen.
fn tile(screen: bool) -> TileView {
    TileView {
        key: TileKey { id: OWN, screen },
        own: true,
        place: None,
        large: false,
        pinned: false,
        name: None,
        moderator: false,
        muted: true,
        hand: None,
        away: false,
        speaking: false,
        weak: None::<Weak>,
        picture: None,
    }
}

/// What is answered to a command at a stage: `done`, or the reason.
fn answered(command: &Value, stage: Stage) -> String {
    let now = Timestamp::since_start(Duration::ZERO);
    let (school, seen) = ("https://school.example", view(stage));
    let mut host = Host::new(Vec::new());
    host.may_be(vec![school.to_owned()]);
    drop(host.hear(now, school, &json!({ "type": "hello", "versions": [1] }).to_string(), &seen));
    let text = json!({ "type": "command", "id": 1, "command": command }).to_string();
    let answers = host.hear(now, school, &text, &seen).answers;
    let answer = serde_json::to_value(&answers).unwrap_or_default();
    let word = answer.pointer("/0/reason").or_else(|| answer.pointer("/0/type"));
    word.and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Every command in every way that matters, and some that are none.
fn wanted() -> Vec<Value> {
    let of = |name: &str, participant: u32| json!({ "name": name, "participant": participant });
    let pin = |participant: u32, screen: bool| json!({ "name": "pin", "participant": participant, "screen": screen, "pinned": true });
    let mut wanted: Vec<_> =
        COMMANDS.iter().map(|(name, _)| json!({ "name": snake(name) })).collect();
    wanted.extend(
        [OWN.0, KNOCKING.0, 9_999]
            .into_iter()
            .flat_map(|id| [of("admit", id), of("refuse", id), pin(id, false), pin(id, true)]),
    );
    wanted.extend([
        json!({ "name": "set_layout", "layout": "grid" }),
        json!({ "name": "set_language", "language": "de" }),
        json!({ "name": "set_theme", "theme": "dark" }),
        json!({ "name": "open_panel", "panel": "chat" }),
        json!({ "name": "set_name", "display_name": "Ada" }),
    ]);
    wanted
}

fn snake(camel: &str) -> String {
    let parts =
        camel.chars().flat_map(|c| [c.is_uppercase().then_some('_'), c.to_lowercase().next()]);
    parts.flatten().collect()
}

fn name_of(command: &Value) -> String {
    command.get("name").and_then(Value::as_str).unwrap_or_default().to_owned()
}

#[test]
fn every_refusal_that_can_be_is_on_the_list_for_browsers() {
    let listed: BTreeSet<_> = REFUSALS
        .iter()
        .filter_map(|refusal| {
            let command = from_str(&refusal.command_with(OWN.0, KNOCKING.0)).ok()?;
            Some((name_of(&command), refusal.reason.to_owned()))
        })
        .collect();
    for command in wanted() {
        for stage in STAGES {
            let reason = answered(&command, stage);
            let row = (name_of(&command), reason.clone());
            let is_fine = reason == "done" || listed.contains(&row);
            assert!(is_fine, "{command} at {stage:?} is refused: {reason}, and no browser sees it");
        }
    }
}

#[test]
fn what_is_on_the_list_is_refused_like_that() {
    for refusal in REFUSALS {
        let text = refusal.command_with(OWN.0, KNOCKING.0);
        let command = from_str(&text).unwrap_or_default();
        assert_eq!(
            answered(&command, refusal.stage),
            refusal.reason,
            "{text} at {:?}",
            refusal.stage
        );
    }
    let reasons: BTreeSet<_> = REFUSALS.iter().map(|refusal| refusal.reason).collect();
    let missing: Vec<_> = REASONS.iter().filter(|(word, _)| !reasons.contains(word)).collect();
    assert!(missing.iter().all(|(word, _)| *word == "too_many"), "{missing:?}");
}

#[test]
fn every_command_can_be_carried_out_somewhere() {
    let done = |name: &str| {
        let mut ways = wanted().into_iter().filter(|command| name_of(command) == name);
        ways.any(|command| STAGES.into_iter().any(|stage| answered(&command, stage) == "done"))
    };
    // Whoever is refused everywhere is refused for a wrong reason.
    for (name, _) in COMMANDS {
        assert!(done(&snake(name)), "{name}");
    }
}
