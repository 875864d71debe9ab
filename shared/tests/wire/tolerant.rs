// SPDX-License-Identifier: EUPL-1.2
//! What the page does not stumble over, and what it does.

use serde_json::{Value, json};
use shared::{CloseReason, Refusal, RosterChange, ServerMessage, Source, WaitingFor};

use super::{APPLAUSE, LINE, PROFILE, SEVENS, WORDS, read};

#[test]
fn what_is_not_known_is_left_alone() {
    for text in [
        r#"{"type":"fireworks"}"#,
        r#"{"type":"fireworks","colours":["red",{"r":1}],"revision":"x"}"#,
    ] {
        assert_eq!(read(text), Some(ServerMessage::Unknown), "{text}");
    }
    for (text, known) in [
        (r#"{"type":"refused","reason":"raining"}"#, refused_with(Refusal::Unknown, 0)),
        (r#"{"type":"refused","reason":"raining","pause":9}"#, refused_with(Refusal::Unknown, 9)),
        (r#"{"type":"closed","reason":"bedtime"}"#, closed_with(CloseReason::Unknown)),
        (r#"{"type":"transport_lost","since":3}"#, ServerMessage::TransportLost {}),
        (r#"{"type":"refused","reason":"full","until":7}"#, refused_with(Refusal::Full, 0)),
        (r#"{"type":"closed","reason":"removed","by":1}"#, closed_with(CloseReason::Removed)),
    ] {
        assert_eq!(read(text), Some(known), "{text}");
    }
}

#[test]
fn fields_may_be_added_everywhere() {
    for mut message in examples() {
        assert!(heard(&message).is_some(), "{message}");
        add_fields(&mut message);
        assert!(heard(&message).is_some(), "{message}");
    }
}

/// What need not be said may be left out.
#[test]
fn a_hand_that_is_down_is_not_mentioned() {
    let mut change = roster(&json!({"change": "present", "participant": info()}));
    let lowered = |message: &Value| {
        let Some(ServerMessage::Roster { change, .. }) = heard(message) else { return None };
        let RosterChange::Present { participant } = change else { return None };
        Some(participant.hand)
    };
    assert_eq!(lowered(&change), Some(Some(3)));
    change["change"]["participant"].as_object_mut().unwrap().remove("hand");
    assert_eq!(lowered(&change), Some(None));
}

/// These words grow with the number of the sub-protocol only. A message with one that is not known is
/// no message: half of it would be a lie about the room.
#[test]
fn a_message_with_an_unknown_word_is_no_message() {
    let with = |path: &str, value: &str, message: &Value| {
        let mut message = message.clone();
        *message.pointer_mut(path).unwrap() = json!(value);
        message
    };
    let present = roster(&json!({"change": "present", "participant": info()}));
    let rules = roster(&json!({"change": "rules", "rules": rules()}));
    for (path, message) in [
        ("/for_whom", waiting()),
        ("/change/change", present.clone()),
        ("/change/participant/role", present.clone()),
        ("/change/participant/live/0", present),
        ("/change/rules/door", rules.clone()),
        ("/change/rules/invitations", rules.clone()),
        ("/change/rules/share", rules.clone()),
        ("/change/rules/chat", rules.clone()),
        ("/change/rules/floor", rules),
        ("/source", silenced()),
        ("/slots/0/source", slots()),
        ("/source", layers()),
        ("/wanted/0", layers()),
        ("/participants/0/role", welcome()),
        ("/rules/floor", welcome()),
    ] {
        assert!(heard(&message).is_some(), "{message}");
        let message = with(path, "x", &message);
        assert_eq!(heard(&message), None, "{message}");
    }
}

#[test]
fn what_is_no_message_is_no_message() {
    for text in [
        "",
        "null",
        "[]",
        "{}",
        r#""closed""#,
        r#"{"type":7}"#,
        r#"{"type":"slots"}"#,
        r#"{"type":"waiting","for_whom":"moderator"}"#,
        r#"{"type":"layers","source":"camera"}"#,
        r#"{"type":"layers","source":"camera","wanted":null}"#,
        r#"{"type":"silenced","source":"camera","by":null}"#,
        r#"{"type":"silenced","source":"camera","by":"Ada","count":1}"#,
        r#"{"type":"refused"}"#,
        r#"{"type":"refused","reason":"full","pause":-1}"#,
        r#"{"type":"chat","participant":1,"text":""}"#,
        r#"{"type":"chat","participant":1,"text":"Hello, Bob!"}"#,
        r#"{"type":"rtt","participant":1,"line":""}"#,
        r#"{"type":"rtt","participant":1,"line":"Hel"}"#,
        r#"{"type":"reaction","participant":1,"reaction":""}"#,
        r#"{"type":"reaction","participant":1,"reaction":"applause"}"#,
    ] {
        assert_eq!(read::<ServerMessage>(text), None, "{text}");
    }
}

#[test]
fn a_word_of_nobody_in_particular_may_leave_out_by_whom() {
    let message = json!({"type": "silenced", "source": "screen", "count": 1});
    let expected = ServerMessage::Silenced { source: Source::Screen, by: None, count: 1 };
    assert_eq!(heard(&message), Some(expected));
    assert!(matches!(
        heard(&waiting()),
        Some(ServerMessage::Waiting { for_whom: WaitingFor::Admission, .. })
    ));
}

/// Adds a field to each object, however deep, but for the door: its object is one word and its mark.
fn add_fields(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.values_mut().for_each(add_fields);
            fields.insert("colour".to_owned(), json!({"r": [1]}));
        }
        Value::Array(values) => values.iter_mut().for_each(add_fields),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn examples() -> [Value; 18] {
    [
        json!({"type": "challenge", "challenge": SEVENS}),
        waiting(),
        welcome(),
        roster(&json!({"change": "present", "participant": info()})),
        roster(&json!({"change": "gone", "participant": 4})),
        roster(&json!({"change": "rules", "rules": rules()})),
        json!({"type": "knock", "participant": 4, "profile": PROFILE, "personal": false, "removed": false}),
        json!({"type": "knock_gone", "participant": 4}),
        silenced(),
        json!({"type": "chat", "participant": 1, "text": WORDS}),
        json!({"type": "rtt", "participant": 1, "line": LINE}),
        json!({"type": "reaction", "participant": 1, "reaction": APPLAUSE}),
        json!({"type": "answer", "sdp": "", "voices": "BwcHBwcHBwcHBwcHBwcHBw"}),
        slots(),
        layers(),
        json!({"type": "transport_lost"}),
        json!({"type": "refused", "reason": "too_soon", "pause": 12}),
        json!({"type": "closed", "reason": "ended"}),
    ]
}

fn waiting() -> Value {
    json!({"type": "waiting", "for_whom": "admission", "visit": SEVENS})
}

fn welcome() -> Value {
    json!({
        "type": "welcome", "you": 1, "revision": 9, "rules": rules(), "participants": [info()],
        "knocks": [{"participant": 4, "profile": PROFILE, "personal": true, "removed": true}],
        "transport": false, "resume": SEVENS,
    })
}

fn roster(change: &Value) -> Value {
    json!({"type": "roster", "revision": 10, "change": change})
}

fn info() -> Value {
    json!({
        "id": 1, "role": "presenter", "holder": false, "profile": PROFILE, "live": ["screen"],
        "hand": 3, "away": false,
    })
}

fn rules() -> Value {
    json!({
        "door": "lobby", "invitations": "all", "share": "presenters", "chat": "everybody",
        "floor": "open",
    })
}

fn silenced() -> Value {
    json!({"type": "silenced", "source": "camera", "by": 1, "count": 1})
}

fn slots() -> Value {
    json!({
        "type": "slots", "revision": 1,
        "slots": [{"mid": "7", "participant": 4, "source": "camera"}],
    })
}

fn layers() -> Value {
    json!({"type": "layers", "source": "camera", "wanted": ["low", "high"]})
}

fn heard(message: &Value) -> Option<ServerMessage> {
    read(&message.to_string())
}

const fn refused_with(reason: Refusal, pause: u32) -> ServerMessage {
    ServerMessage::Refused { reason, pause }
}

const fn closed_with(reason: CloseReason) -> ServerMessage {
    ServerMessage::Closed { reason }
}
