// SPDX-License-Identifier: EUPL-1.2
//! Whatever comes over the wire is read or refused.

use proptest::{prelude::*, sample::select};
use serde_json::{Value, json};
use shared::{ClientMessage, ServerMessage};

use super::{
    APPLAUSE, GUEST_SIGNATURE, KEY, LICENCE, LINE, MARK, PROFILE, SEVENS, SIGNATURE, TICKET, WORDS,
    read,
};

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        drop(serde_json::from_slice::<ClientMessage>(&bytes));
        drop(serde_json::from_slice::<ServerMessage>(&bytes));
    }

    /// Whatever is accepted is said back in the same words, and those are read as the same.
    #[test]
    fn any_json_is_read_or_refused(value in messages()) {
        let text = value.to_string();
        if let Some(message) = read::<ClientMessage>(&text) {
            let again = serde_json::to_value(&message).unwrap();
            prop_assert_eq!(read(&again.to_string()), Some(message));
        }
        if let Some(message) = read::<ServerMessage>(&text) {
            let again = serde_json::to_string(&message).unwrap();
            prop_assert_eq!(read(&again), Some(message));
        }
    }

    /// Random words would hardly ever make a moderation: these nearly always do.
    #[test]
    fn any_moderation_is_read_or_refused(value in moderations()) {
        if let Some(message) = read::<ClientMessage>(&value.to_string()) {
            prop_assert_eq!(serde_json::to_value(&message).unwrap(), value);
        }
    }
}

/// Objects that are nearly messages: the right words in any order and with any content.
fn messages() -> impl Strategy<Value = Value> {
    (kind(), proptest::collection::btree_map(field(), leaf(), 0..6)).prop_map(|(kind, fields)| {
        let mut object = json!(fields);
        object["type"] = json!(kind);
        object
    })
}

fn moderations() -> impl Strategy<Value = Value> {
    let field = select(vec!["participant", "door", "invitations", "audience", "source"]);
    let value = prop_oneof![
        Just(json!(4)),
        Just(json!({"open": MARK})),
        select(WORDS_OF_ACTS.to_vec()).prop_map(|word| json!(word)),
    ];
    (select(WORDS_OF_ACTS.to_vec()), proptest::collection::btree_map(field, value, 0..2)).prop_map(
        |(act, fields)| {
            let mut object = json!(fields);
            object["type"] = json!("moderate");
            object["act"] = json!(act);
            object
        },
    )
}

fn field() -> impl Strategy<Value = &'static str> {
    select(vec![
        "act",
        "audience",
        "away",
        "by",
        "challenge",
        "change",
        "count",
        "door",
        "for_whom",
        "guest",
        "hand",
        "heard",
        "holder",
        "invitations",
        "knocks",
        "licence",
        "live",
        "mid",
        "participant",
        "participants",
        "pictures",
        "pause",
        "personal",
        "profile",
        "proof",
        "line",
        "raised",
        "reaction",
        "reason",
        "removed",
        "resume",
        "revision",
        "rules",
        "sdp",
        "senders",
        "slots",
        "source",
        "text",
        "ticket",
        "transport",
        "visit",
        "wanted",
        "you",
    ])
}

fn kind() -> impl Strategy<Value = &'static str> {
    select(vec![
        "answer",
        "challenge",
        "chat",
        "closed",
        "enter",
        "hand",
        "knock",
        "knock_gone",
        "layers",
        "leave",
        "moderate",
        "offer",
        "publish",
        "reaction",
        "refused",
        "roster",
        "rtt",
        "silenced",
        "slots",
        "transport_lost",
        "waiting",
        "want",
        "welcome",
        "x",
    ])
}

fn leaf() -> impl Strategy<Value = Value> {
    let rules = json!({
        "door": {"open": MARK}, "invitations": "personal", "share": "everybody",
        "chat": "presenters", "floor": "paused",
    });
    let ada = json!({
        "id": 1, "role": "presenter", "holder": true, "profile": PROFILE, "guest": MARK, "live": ["screen"],
        "hand": 1, "away": true,
    });
    prop_oneof![
        select(vec![PROFILE, SEVENS, LICENCE, TICKET, WORDS, LINE, APPLAUSE, MARK, "0"])
            .prop_map(|text| json!(text)),
        select(WORDS_OF_ACTS.to_vec()).prop_map(|word| json!(word)),
        select(vec!["camera", "screen", "gone", "full", "too_soon", "removed", "moderator"])
            .prop_map(|word| json!(word)),
        select(vec![
            json!(7),
            json!(true),
            json!([]),
            json!({}),
            json!(["camera"]),
            json!(["microphone", "camera", "screen"]),
            json!(null),
            json!(-1),
            json!(1e300),
        ]),
        select(vec![
            json!({"open": MARK}),
            json!({"key": KEY, "signature": SIGNATURE}),
            json!({"mark": MARK, "signature": GUEST_SIGNATURE}),
            json!([{"mid": "0", "source": "camera"}]),
            json!([{"participant": 4, "source": "screen", "lines": 720}]),
            json!(["low", "high"]),
            json!(["high", "low", "low"]),
            json!([{"mid": "0", "source": "screen", "participant": 1}]),
            json!([{"participant": 4, "profile": PROFILE, "guest": MARK, "personal": true, "removed": true}]),
            json!({"change": "gone", "participant": 3}),
            json!({"change": "rules", "rules": rules}),
            json!({"change": "present", "participant": ada}),
            json!([ada]),
            rules,
        ]),
        ".{0,20}".prop_map(|text| json!(text)),
    ]
}

const WORDS_OF_ACTS: [&str; 27] = [
    "admit",
    "admit_all",
    "refuse",
    "door",
    "invitations",
    "share",
    "chat",
    "silence",
    "silence_all",
    "stop_camera",
    "stop_screen",
    "lower_hand",
    "lower_hands",
    "make_participant",
    "make_presenter",
    "make_moderator",
    "remove",
    "end",
    "unmute",
    "lobby",
    "locked",
    "open",
    "all",
    "personal",
    "everybody",
    "presenters",
    "moderators",
];
