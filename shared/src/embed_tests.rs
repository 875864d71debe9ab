// SPDX-License-Identifier: EUPL-1.2
//! The protocol in TypeScript is the one in Rust, and no word of it switches anything on.

use std::{env, fs, path::PathBuf};

use serde_json::json;
use ts_rs::{Config, TS};

use super::*;
use crate::{reason::Refusal, role::Role};

/// What an editor of TypeScript reads, written out of the types above.
fn definitions() -> String {
    let config = Config::new();
    let mut text = String::from(HEAD);
    for declared in [
        declared::<HostMessage>(&config),
        declared::<Command>(&config),
        declared::<Layout>(&config),
        declared::<Language>(&config),
        declared::<Theme>(&config),
        declared::<Panel>(&config),
        declared::<FrameMessage>(&config),
        declared::<Reason>(&config),
        declared::<Event>(&config),
        declared::<Feature>(&config),
        declared::<Awaited>(&config),
        declared::<LeftReason>(&config),
        declared::<Refusal>(&config),
        declared::<Person>(&config),
        declared::<Knocker>(&config),
        declared::<DeviceState>(&config),
        declared::<Quality>(&config),
        declared::<Fault>(&config),
        declared::<OwnDevice>(&config),
        declared::<DeviceFailure>(&config),
        declared::<ParticipantId>(&config),
        declared::<Role>(&config),
    ] {
        text.push('\n');
        text.push_str(&declared);
    }
    text
}

fn declared<T: TS>(config: &Config) -> String {
    let docs = T::docs().unwrap_or_default();
    format!("{docs}export {}\n", T::decl(config))
}

const HEAD: &str = "// SPDX-License-Identifier: EUPL-1.2\n\
    // Written out of shared/src/embed.rs: ZOOO_GOLDEN=write cargo test -p shared --lib embed\n";

#[test]
fn the_definitions_in_typescript_are_these() {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../app/sdk/protocol.d.ts");
    let now = definitions();
    if env::var("ZOOO_GOLDEN").is_ok_and(|how| how == "write") {
        fs::write(&file, &now).expect("written");
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == now, "app/sdk/protocol.d.ts is another: ZOOO_GOLDEN=write renews it");
}

#[test]
fn what_is_said_looks_like_this() {
    let hello = json!({ "type": "hello", "versions": [1] });
    let read: HostMessage = serde_json::from_value(hello).expect("a hello");
    assert_eq!(read, HostMessage::Hello { versions: alloc::vec![1] });
    let pin = json!({ "type": "command", "id": 7,
                      "command": { "name": "pin", "participant": 3, "pinned": true } });
    let command = Command::Pin { participant: ParticipantId(3), screen: false, pinned: true };
    let read: HostMessage = serde_json::from_value(pin).expect("a command");
    assert_eq!(read, HostMessage::Command { id: 7, command });
    let left = Event::Left { reason: LeftReason::Ended, refusal: None };
    assert_eq!(
        serde_json::to_value(FrameMessage::Event { event: left }).expect("a value"),
        json!({ "type": "event", "event": { "name": "left", "reason": "ended" } })
    );
    let ready = Event::Ready { withheld: alloc::vec![Feature::DisplayCapture] };
    assert_eq!(
        serde_json::to_value(ready).expect("a value"),
        json!({ "name": "ready", "withheld": ["display-capture"] })
    );
}

/// Reading is written by hand: whatever can be said is read as what it was.
#[test]
fn whatever_a_host_page_can_say_is_read_as_that() {
    let participant = ParticipantId(3);
    let commands = [
        Command::MuteMicrophone {},
        Command::StopCamera {},
        Command::StopSharing {},
        Command::HangUp {},
        Command::SetLayout { layout: Layout::Grid },
        Command::SetLayout { layout: Layout::Speaker },
        Command::SetLanguage { language: Language::De },
        Command::SetLanguage { language: Language::En },
        Command::SetTheme { theme: Theme::Auto },
        Command::SetTheme { theme: Theme::Light },
        Command::SetTheme { theme: Theme::Dark },
        Command::Pin { participant, screen: true, pinned: true },
        Command::Pin { participant, screen: false, pinned: false },
        Command::Admit { participant },
        Command::Refuse { participant },
        Command::OpenPanel { panel: Panel::People },
        Command::OpenPanel { panel: Panel::Chat },
        Command::OpenPanel { panel: Panel::Evidence },
        Command::ClosePanel {},
        Command::SetName { display_name: "Ada".to_owned() },
        Command::Enter {},
    ];
    let messages = commands.into_iter().map(|command| HostMessage::Command { id: 7, command });
    let hello = HostMessage::Hello { versions: alloc::vec![1, 2] };
    for message in messages.chain([hello]) {
        let text = serde_json::to_string(&message).expect("JSON");
        assert_eq!(serde_json::from_str::<HostMessage>(&text).ok(), Some(message), "{text}");
    }
}

/// Every command there is, by the list in the definitions: whoever adds one reads this test.
#[test]
fn no_command_switches_a_device_on() {
    let config = Config::new();
    let declared = Command::decl(&config);
    let names = declared.split("\"name\": \"").skip(1).filter_map(|rest| rest.split('"').next());
    let names = names.map(str::to_owned).collect::<Vec<_>>();
    let known = [
        "mute_microphone",
        "stop_camera",
        "stop_sharing",
        "hang_up",
        "set_layout",
        "set_language",
        "set_theme",
        "pin",
        "admit",
        "refuse",
        "open_panel",
        "close_panel",
        "set_name",
        "enter",
    ];
    assert_eq!(names, known);
    for device in ["mute_microphone", "stop_camera", "stop_sharing"] {
        assert!(declared.contains(&format!("{{ \"name\": \"{device}\", }}")), "{declared}");
    }
}
