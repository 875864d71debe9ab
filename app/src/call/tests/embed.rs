// SPDX-License-Identifier: EUPL-1.2
//! Stories about a page that is embedded, and what no host page can bring about.

use core::time::Duration;

use proptest::{collection::vec, prelude::*};
use serde_json::{Value, json};
use shared::{
    CloseReason, Moderation, Role, RosterChange, ServerMessage, Source, Timestamp,
    embed::{Feature, FrameMessage, Theme},
};

use super::{
    super::{
        CallView, CaptureFailure, DeviceId, Event, Heard, Host, Intent, Layout, Look, Screen, Wish,
    },
    desk::{ADA, BOB, CAMERA, CLEO, Desk, MICROPHONE},
};

const SCHOOL: &str = "https://school.example";
const NOW: Timestamp = Timestamp::since_start(Duration::ZERO);

/// A host page that has said hello, and a view.
fn greeted() -> Host {
    let mut host = Host::new(Vec::new());
    host.may_be(vec!["https://other.example".to_owned(), SCHOOL.to_owned()]);
    let heard = host.hear(NOW, SCHOOL, &hello(), &CallView::default());
    assert_eq!(heard.answers, [FrameMessage::Welcome { version: 1 }]);
    host
}

fn hello() -> String {
    json!({ "type": "hello", "versions": [1, 2] }).to_string()
}

/// What a command comes to: `done` or why not, and the wishes.
fn wants(host: &mut Host, command: &Value, view: &CallView) -> (String, Vec<Wish>) {
    let text = json!({ "type": "command", "id": 7, "command": command }).to_string();
    let heard = host.hear(NOW, SCHOOL, &text, view);
    let answer = serde_json::to_value(&heard.answers).expect("JSON");
    assert_eq!(answer.pointer("/0/id"), Some(&json!(7)), "{answer}");
    let said = answer.pointer("/0/reason").or_else(|| answer.pointer("/0/type"));
    (said.and_then(Value::as_str).expect("a word").to_owned(), heard.wishes)
}

/// What is told, without the frame around it.
fn news(host: &mut Host, view: &CallView) -> Vec<Value> {
    let all = serde_json::to_value(host.see(view)).expect("JSON");
    let all = all.as_array().expect("a list").iter();
    all.map(|message| message.get("event").expect("an event").clone()).collect()
}

#[test]
fn nobody_but_a_page_on_the_list_is_spoken_with() {
    let mut host = Host::new(Vec::new());
    let view = CallView::default();
    let hear = |host: &mut Host, from: &str, text: &str| host.hear(NOW, from, text, &view).answers;
    assert_eq!(hear(&mut host, SCHOOL, &hello()), [], "before the list is there");
    host.may_be(vec![SCHOOL.to_owned()]);
    for stranger in ["https://school.example.evil", "https://school.example:8443", "null", ""] {
        assert_eq!(hear(&mut host, stranger, &hello()), []);
    }
    assert_eq!(host.see(&view), []);
    assert_eq!(host.origin(), None);
    let command = json!({ "type": "command", "id": 1, "command": { "name": "stop_camera" } });
    assert_eq!(hear(&mut host, SCHOOL, &command.to_string()), [], "before a hello");
    assert_eq!(hear(&mut host, SCHOOL, &hello()), [FrameMessage::Welcome { version: 1 }]);
    assert_eq!(host.origin(), Some(SCHOOL));
    host.may_be(vec![SCHOOL.to_owned(), "https://other.example".to_owned()]);
    assert_eq!(hear(&mut host, "https://other.example", &hello()), [], "one page embeds");
}

#[test]
fn a_host_page_of_another_version_is_told_so_and_nothing_else() {
    let mut host = Host::new(Vec::new());
    host.may_be(vec![SCHOOL.to_owned()]);
    let text = json!({ "type": "hello", "versions": [2, 3] }).to_string();
    let heard = host.hear(NOW, SCHOOL, &text, &CallView::default());
    assert_eq!(heard.answers, [FrameMessage::Unsupported { versions: vec![1] }]);
    assert_eq!(host.see(&CallView::default()), []);
    let heard = host.hear(NOW, SCHOOL, &hello(), &CallView::default());
    assert_eq!(heard.answers, [FrameMessage::Welcome { version: 1 }]);
    assert_eq!(host.hear(NOW, SCHOOL, &text, &CallView::default()).answers.len(), 1);
    assert_eq!(host.see(&CallView::default()), [], "not even one that was understood before");
    let theme = json!({ "name": "set_theme", "theme": "dark" });
    let command = json!({ "type": "command", "id": 1, "command": theme }).to_string();
    assert_eq!(host.hear(NOW, SCHOOL, &command, &CallView::default()), Heard::default());
}

#[test]
fn what_a_host_page_does_not_pass_on_is_the_first_that_it_is_told() {
    let mut host = Host::new(vec![Feature::Camera, Feature::Autoplay]);
    host.may_be(vec![SCHOOL.to_owned()]);
    drop(host.hear(NOW, SCHOOL, &hello(), &CallView::default()));
    let told = news(&mut host, &CallView::default());
    let ready = json!({ "name": "ready", "withheld": ["camera", "autoplay"] });
    assert_eq!(told, [ready, json!({ "name": "gate" })]);
    assert!(news(&mut host, &CallView::default()).is_empty());
    drop(host.hear(NOW, SCHOOL, &hello(), &CallView::default()));
    assert_eq!(
        news(&mut host, &CallView::default()).len(),
        2,
        "one that is loaded again knows nothing"
    );
    // What is found out later is told with the rest.
    host.withholds(Feature::AllowPopups);
    host.withholds(Feature::AllowPopups);
    let withheld = json!(["camera", "autoplay", "allow-popups"]);
    let ready = json!({ "name": "ready", "withheld": withheld });
    assert_eq!(news(&mut host, &CallView::default()), [ready]);
    assert!(news(&mut host, &CallView::default()).is_empty());
}

#[test]
fn a_host_page_is_told_of_a_stay_without_a_name() {
    let (mut host, mut desk) = (greeted(), Desk::of(BOB));
    assert_eq!(news(&mut host, &desk.view())[1], json!({ "name": "gate" }));
    desk.join();
    assert_eq!(news(&mut host, &desk.view()), [json!({ "name": "entering" })]);
    desk.greet();
    desk.wait_for(shared::WaitingFor::Admission);
    let waiting = json!({ "name": "waiting", "for_whom": "admission" });
    assert_eq!(news(&mut host, &desk.view()), [waiting]);
    desk.welcome(&[ADA]);
    let joined = json!({ "name": "joined", "participant": 1 });
    let people = json!({ "name": "people", "people": [
        { "participant": 0, "own": false, "role": "moderator" },
        { "participant": 1, "own": true, "role": "participant" },
    ] });
    assert_eq!(news(&mut host, &desk.view()), [joined, people]);
    desk.want(Intent::Transmit(MICROPHONE, true));
    let devices =
        |state| json!({ "name": "devices", "microphone": state, "camera": "off", "screen": "off" });
    assert_eq!(news(&mut host, &desk.view()), [devices("starting")]);
    desk.happen(Event::Captured { source: MICROPHONE, device: DeviceId::default() });
    assert_eq!(news(&mut host, &desk.view()), [devices("on")]);
    desk.present(ADA.with(&[MICROPHONE]));
    desk.hear(ServerMessage::Speaking { participants: vec![ADA.id()] });
    let speaking = json!({ "name": "speaking", "participants": [0] });
    assert_eq!(news(&mut host, &desk.view()), [speaking]);
    desk.hear(ServerMessage::Closed { reason: CloseReason::Removed });
    let told = news(&mut host, &desk.view());
    assert_eq!(told[0], json!({ "name": "left", "reason": "removed" }));
    assert_eq!(told[1], json!({ "name": "people", "people": [] }));
    assert_eq!(told[2], devices("off"));
}

#[test]
fn the_own_name_is_told_as_long_as_somebody_agrees_and_no_other_ever() {
    let (mut host, desk) = (greeted(), Desk::inside(BOB, &[ADA, CLEO]));
    let names = |told: &[Value]| {
        let people = told.iter().find(|event| event["name"] == "people").expect("people");
        let people = people["people"].as_array().expect("a list").clone();
        people.iter().map(|it| it.get("display_name").cloned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&news(&mut host, &desk.view())), [None, None, None]);
    host.name(true);
    assert_eq!(names(&news(&mut host, &desk.view())), [None, Some(json!("bob")), None]);
    host.name(false);
    let told = news(&mut host, &desk.view());
    assert_eq!(names(&told), [None, None, None]);
    assert!(!json!(told).to_string().contains("bob"));
}

#[test]
fn a_lost_line_a_pause_and_a_failure_are_told() {
    let (mut host, mut desk) = (greeted(), Desk::inside(BOB, &[ADA]));
    drop(news(&mut host, &desk.view()));
    desk.happen(Event::SocketClosed);
    let lost = json!({ "name": "connection", "lost": true });
    assert_eq!(news(&mut host, &desk.view()), [lost]);
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.want(Intent::Transmit(CAMERA, true));
    drop(news(&mut host, &desk.view()));
    let failure = CaptureFailure::DeniedByEmbedding;
    desk.happen(Event::CaptureFailed { source: CAMERA, failure });
    let error = json!({ "name": "error", "error":
        { "kind": "device", "device": "camera", "failure": "embedding" } });
    assert!(news(&mut host, &desk.view()).contains(&error));
    desk.change(RosterChange::Gone { participant: ADA.id() });
    let told = news(&mut host, &desk.view());
    assert!(told.iter().any(|event| event["name"] == "people"), "{told:?}");
}

#[test]
fn a_moderator_is_told_who_knocks_and_lets_in_by_number() {
    let (mut host, mut desk) = (greeted(), Desk::inside(ADA, &[BOB]));
    desk.hear(ServerMessage::Knock(CLEO.knock()));
    let told = news(&mut host, &desk.view());
    let knock = told.iter().find(|event| event["name"] == "knock").expect("a knock");
    assert_eq!(knock["knocks"][0]["participant"], 2);
    assert!(!json!(told).to_string().contains("cleo"));
    let view = desk.view();
    for (name, moderation) in [
        ("admit", Moderation::Admit { participant: CLEO.id() }),
        ("refuse", Moderation::Refuse { participant: CLEO.id() }),
    ] {
        let mut ask = |participant: u32, view: &CallView| {
            wants(&mut host, &json!({ "name": name, "participant": participant }), view)
        };
        let wish = Wish::Intent(Intent::Moderate(moderation));
        assert_eq!(ask(2, &view), ("done".to_owned(), vec![wish]));
        assert_eq!(ask(9, &view), ("nobody".to_owned(), Vec::new()));
        let guest = Desk::inside(BOB, &[ADA]).view();
        assert_eq!(ask(2, &guest), ("not_allowed".to_owned(), Vec::new()));
        assert_eq!(ask(2, &CallView::default()), ("not_now".to_owned(), Vec::new()));
        let screen = Screen::Conference { reconnecting: true };
        let lost = CallView { screen, ..view.clone() };
        assert_eq!(ask(2, &lost), ("not_now".to_owned(), Vec::new()));
    }
}

#[test]
fn what_is_wanted_inside_is_done_inside() {
    let (mut host, desk) = (greeted(), Desk::inside(BOB, &[ADA]));
    let (inside, gate) = (desk.view(), CallView::default());
    let look = |look| vec![Wish::Intent(Intent::Look(look))];
    let ada = super::super::TileKey { id: ADA.id(), screen: false };
    for (command, wishes) in [
        (json!({ "name": "set_layout", "layout": "speaker" }), look(Look::Layout(Layout::Speaker))),
        (json!({ "name": "set_layout", "layout": "grid" }), look(Look::Layout(Layout::Grid))),
        (json!({ "name": "pin", "participant": 0, "pinned": true }), look(Look::Pin(ada, true))),
        (json!({ "name": "hang_up" }), vec![Wish::Intent(Intent::Leave)]),
        (json!({ "name": "open_panel", "panel": "chat" }), Vec::new()),
        (json!({ "name": "close_panel" }), Vec::new()),
    ] {
        assert_eq!(wants(&mut host, &command, &inside), ("done".to_owned(), wishes), "{command}");
        assert_eq!(wants(&mut host, &command, &gate).0, "not_now", "{command}");
    }
    assert_eq!(host.view().panel, (2, None));
    let nobody = json!({ "name": "pin", "participant": 9, "pinned": true });
    assert_eq!(wants(&mut host, &nobody, &inside).0, "nobody");
    let theme = json!({ "name": "set_theme", "theme": "dark" });
    let dark = vec![Wish::Theme(Theme::Dark)];
    assert_eq!(wants(&mut host, &theme, &gate), ("done".to_owned(), dark));
    for unknown in [
        json!({ "name": "start_camera" }),
        json!({ "name": "set_layout", "layout": "x" }),
        json!({ "name": "pin" }),
        json!("mute_microphone"),
        Value::Null,
    ] {
        assert_eq!(wants(&mut host, &unknown, &inside), ("unknown".to_owned(), Vec::new()));
    }
}

#[test]
fn nobody_is_taken_into_a_room_with_a_device_on() {
    let (mut host, mut desk) = (greeted(), Desk::of(BOB));
    let (enter, name) =
        (json!({ "name": "enter" }), json!({ "name": "set_name", "display_name": " Bob " }));
    assert_eq!(wants(&mut host, &name, &desk.view()).0, "done");
    assert_eq!(wants(&mut host, &enter, &desk.view()), ("done".to_owned(), Vec::new()));
    assert_eq!((host.view().name.as_str(), host.view().entries), ("Bob", 1));
    desk.want(Intent::Preview(CAMERA, true));
    assert_eq!(wants(&mut host, &enter, &desk.view()).0, "person_decides");
    desk.want(Intent::Preview(CAMERA, false));
    desk.want(Intent::Preview(MICROPHONE, true));
    assert_eq!(wants(&mut host, &enter, &desk.view()).0, "person_decides");
    assert_eq!(host.view().entries, 1);
    let inside = Desk::inside(BOB, &[ADA]).view();
    assert_eq!(wants(&mut host, &enter, &inside).0, "not_now");
    assert_eq!(wants(&mut host, &name, &inside).0, "not_now");
}

#[test]
fn whoever_says_too_much_is_refused_and_then_not_heard() {
    let mut host = greeted();
    let text =
        json!({ "type": "command", "id": 1, "command": { "name": "stop_camera" } }).to_string();
    let mut answered = [0, 0, 0];
    for _ in 0..5_000 {
        let heard = host.hear(NOW, SCHOOL, &text, &CallView::default());
        let answer = serde_json::to_string(&heard.answers).expect("JSON");
        let kinds = ["\"done\"", "too_many", "flooded"];
        for (count, kind) in answered.iter_mut().zip(kinds) {
            *count += usize::from(answer.contains(kind));
        }
        assert!(heard.wishes.is_empty() || answer.contains("done"));
        assert_eq!(heard.deaf, heard.answers.is_empty() || answer.contains("flooded"));
    }
    assert_eq!(answered, [31, 256, 1]);
}

/// Whether a wish takes away, lets in or changes what is seen.
fn is_harmless(wish: &Wish) -> bool {
    let Wish::Intent(intent) = wish else { return true };
    matches!(
        intent,
        Intent::Transmit(_, false)
            | Intent::TransmitOnEntry(_, false)
            | Intent::Leave
            | Intent::Look(Look::Layout(_) | Look::Pin(..))
            | Intent::Moderate(Moderation::Admit { .. } | Moderation::Refuse { .. })
    )
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<bool>().prop_map(Value::from),
        (0..4_u32).prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "(grid|speaker|chat|people|dark|de|en|camera|microphone|on|[a-z ]{0,8})"
            .prop_map(Value::from),
        Just(Value::Null),
    ]
}

/// Commands as somebody would try them: known names and unknown ones, with whatever beside them.
fn command() -> impl Strategy<Value = Value> {
    let names = "(mute_microphone|stop_camera|stop_sharing|hang_up|set_layout|set_language|set_theme|pin|admit|refuse|\
                 open_panel|close_panel|set_name|enter|start_camera|unmute_microphone|transmit|admit_all|remove)";
    let keys = "(layout|language|theme|participant|pinned|screen|panel|display_name|on|source|transmit|id)";
    (names, vec((keys, value()), 0..6)).prop_map(|(name, with)| {
        let mut command: serde_json::Map<_, _> = with.into_iter().collect();
        command.insert("name".to_owned(), name.into());
        Value::Object(command)
    })
}

proptest! {
    #[test]
    fn no_command_switches_anything_on(command in command(), moderates: bool, knocks: bool, id: u32) {
        let mut desk = if moderates { Desk::inside(ADA, &[BOB]) } else { Desk::inside(BOB, &[ADA]) };
        if knocks && moderates {
            desk.hear(ServerMessage::Knock(CLEO.knock()));
        }
        let gate = Desk::of(BOB).view();
        let inside = desk.view();
        for view in [&gate, &inside] {
            let text = json!({ "type": "command", "id": id, "command": command }).to_string();
            let heard = greeted().hear(NOW, SCHOOL, &text, view);
            prop_assert_eq!(heard.answers.len(), 1, "each is answered once");
            prop_assert!(heard.wishes.iter().all(is_harmless), "{:?}", heard.wishes);
        }
        for wish in greeted().hear(NOW, SCHOOL, &json!({ "type": "command", "id": id, "command": command }).to_string(), &inside).wishes {
            if let Wish::Intent(intent) = wish {
                desk.want(intent);
            }
        }
        for source in Source::ALL {
            let source = desk.view().source(source).clone();
            prop_assert!(!source.on && !source.starting && !source.transmit_on_entry);
        }
        prop_assert!(desk.view().role == inside.role || desk.view().role == Role::Participant);
    }

    #[test]
    fn any_text_is_answered_at_most_once(text in ".{0,80}|[{}\\[\\]\":,a-z0-9]{0,80}", from in ".{0,20}") {
        let heard = greeted().hear(NOW, SCHOOL, &text, &CallView::default());
        prop_assert!(heard.answers.len() <= 1 && heard.wishes.is_empty());
        let heard = greeted().hear(NOW, &from, &text, &CallView::default());
        prop_assert!(heard.answers.is_empty());
    }
}

#[test]
fn a_message_that_is_too_long_is_not_read() {
    let name = "x".repeat(3_000);
    let command = json!({ "name": "set_name", "display_name": name });
    let text = json!({ "type": "command", "id": 1, "command": command }).to_string();
    let heard = greeted().hear(NOW, SCHOOL, &text, &CallView::default());
    assert!(heard.answers.is_empty());
}
