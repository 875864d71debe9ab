// SPDX-License-Identifier: EUPL-1.2
//! What the server does not take.

use serde_json::{Value, json};
use shared::{ClientMessage, Sdp, SealedLine, SealedText};

use super::{
    APPLAUSE, GUEST_SIGNATURE, KEY, LICENCE, LINE, MARK, PROFILE, SEVENS, SIGNATURE, TICKET, WORDS,
    read, to_the_server::every_act,
};

#[test]
fn the_longest_description_fits_and_the_next_does_not() {
    let offer = |len| json!({"type": "offer", "sdp": "v".repeat(len), "senders": []}).to_string();
    taken(&offer(Sdp::MAX_LEN));
    refused(&offer(Sdp::MAX_LEN + 1));
    assert!(offer(Sdp::MAX_LEN).len() < shared::MAX_MESSAGE_LEN);
}

#[test]
fn the_longest_text_fits_and_the_next_does_not() {
    let chat = |text: &str| json!({"type": "chat", "text": text}).to_string();
    let longest = "A".repeat((SealedText::MAX_LEN * 4).div_ceil(3));
    taken(&chat(&longest));
    refused(&chat(&format!("{longest}A")));
    refused(&chat(&format!("{longest}AAAA")));
    // A nonce and a tag with nothing between them.
    refused(&chat(&"A".repeat(38)));
    taken(&chat(&"A".repeat(39)));
    for text in ["", "*", &WORDS.replace('-', "+"), &format!("{WORDS}=")] {
        refused(&chat(text));
    }
}

/// By its length nothing of what is for the moment is told apart.
#[test]
fn a_line_is_of_whole_blocks_and_a_reaction_of_one_length() {
    let line = |text: &str| json!({"type": "rtt", "line": text}).to_string();
    let longest = "A".repeat((SealedLine::MAX_LEN * 4).div_ceil(3));
    taken(&line(&longest));
    taken(&line(LINE));
    for text in
        [&longest[1..], &format!("{longest}A"), &LINE[..LINE.len() - 1], &format!("{LINE}A")]
    {
        refused(&line(text));
    }
    let reaction = |text: &str| json!({"type": "reaction", "reaction": text}).to_string();
    taken(&reaction(APPLAUSE));
    for text in ["", "*", &APPLAUSE[1..], &format!("{APPLAUSE}A"), &format!("{APPLAUSE}=")] {
        refused(&reaction(text));
    }
}

#[test]
fn what_is_not_known_is_refused() {
    for text in [
        r#"{"type":"dance"}"#,
        r#"{"type":"Leave"}"#,
        r#"{"type":6}"#,
        r#"{"type":{"leave":null}}"#,
        "{}",
        "[]",
        r#""leave""#,
        "null",
        "",
        r#"{"type":"leave"} "#.repeat(2).as_str(),
        r#"{"type":"leave","why":"tired"}"#,
        r#"{"type":"publish","heard":0}"#,
        r#"{"type":"publish","live":[]}"#,
        r#"{"type":"publish","live":[],"heard":-1}"#,
        r#"{"type":"publish","live":[],"heard":4294967296}"#,
        r#"{"type":"publish","live":[],"heard":null}"#,
        r#"{"type":"publish","live":["microphone"],"heard":0,"loud":true}"#,
        r#"{"type":"publish","live":["tape"],"heard":0}"#,
        r#"{"type":"publish","live":"camera","heard":0}"#,
        r#"{"type":"publish","live":null,"heard":0}"#,
        r#"{"type":"offer","sdp":"","senders":[],"answer":""}"#,
        r#"{"type":"offer","sdp":"","senders":[{"mid":"0","source":"camera","rid":"h"}]}"#,
        r#"{"type":"want"}"#,
        r#"{"type":"want","pictures":null}"#,
        r#"{"type":"want","pictures":[],"all":true}"#,
        r#"{"type":"want","pictures":[{"participant":4,"source":"camera"}]}"#,
        r#"{"type":"want","pictures":[{"participant":4,"source":"tape","lines":180}]}"#,
        r#"{"type":"want","pictures":[{"participant":4,"source":"camera","lines":-1}]}"#,
        r#"{"type":"want","pictures":[{"participant":4,"source":"camera","lines":65536}]}"#,
        r#"{"type":"want","pictures":[{"participant":4,"source":"camera","lines":null}]}"#,
        r#"{"type":"want","pictures":[{"participant":4,"source":"camera","lines":180,"rid":"h"}]}"#,
        r#"{"type":"layers","source":"camera","wanted":["low"]}"#,
        r#"{"type":"hand"}"#,
        r#"{"type":"hand","raised":1}"#,
        r#"{"type":"hand","raised":"true"}"#,
        r#"{"type":"hand","raised":true,"participant":4}"#,
        r#"{"type":"chat"}"#,
        r#"{"type":"chat","text":"Hello, Bob!"}"#,
        r#"{"type":"rtt"}"#,
        r#"{"type":"rtt","line":null}"#,
        r#"{"type":"rtt","line":""}"#,
        r#"{"type":"rtt","line":"Hel"}"#,
        r#"{"type":"reaction"}"#,
        r#"{"type":"reaction","reaction":"applause"}"#,
        r#"{"type":"reaction","reaction":2}"#,
        r#"{"type":"waiting","for_whom":"moderator"}"#,
        r#"{"type":"silenced","source":"camera","by":1,"count":1}"#,
    ] {
        refused(text);
    }
    refused(&json!({"type": "chat", "text": WORDS, "to": 4}).to_string());
    refused(&json!({"type": "chat", "text": WORDS, "participant": 1}).to_string());
    refused(&json!({"type": "rtt", "line": LINE, "participant": 1}).to_string());
    refused(&json!({"type": "reaction", "reaction": APPLAUSE, "participant": 1}).to_string());
}

/// Nothing that gives somebody else's sound or picture is in the list, however it is spelled.
#[test]
fn nobody_is_switched_on() {
    for act in [
        "unmute",
        "unsilence",
        "unsilence_all",
        "silence_none",
        "start",
        "start_camera",
        "start_screen",
        "start_microphone",
        "raise_hand",
        "publish",
        "make_holder",
        "Silence",
        "silence-all",
        "admit ",
        "",
    ] {
        refused(&json!({"type": "moderate", "act": act}).to_string());
        refused(&json!({"type": "moderate", "act": act, "participant": 4}).to_string());
        let source = json!({"type": "moderate", "act": act, "participant": 4, "source": "camera"});
        refused(&source.to_string());
    }
    for more in [("on", json!(true)), ("source", json!("camera")), ("audience", json!("all"))] {
        for act in every_act() {
            let mut said = serde_json::to_value(ClientMessage::Moderate(act)).unwrap();
            taken(&said.to_string());
            said[more.0] = more.1.clone();
            refused(&said.to_string());
        }
    }
}

#[test]
fn an_act_has_its_own_field_and_no_other() {
    for act in every_act() {
        let said = serde_json::to_value(ClientMessage::Moderate(act)).unwrap();
        let fields: Vec<_> = said.as_object().unwrap().keys().cloned().collect();
        for field in fields {
            let mut less = said.clone();
            less.as_object_mut().unwrap().remove(&field);
            refused(&less.to_string());
            let text = said.to_string();
            let twice = format!(r#"{{"{field}":{},{}"#, said[&field], &text[1..]);
            refused(&twice);
        }
        for other in ["participant", "door", "invitations", "audience"] {
            let mut more = said.clone();
            if more.get(other).is_none() {
                more[other] = json!(4);
                refused(&more.to_string());
            }
        }
    }
    for participant in [json!(-1), json!(4_294_967_296_u64), json!(4.5), json!("4"), json!(null)] {
        for act in ["admit", "silence", "remove", "make_moderator"] {
            let said = json!({"type": "moderate", "act": act, "participant": participant});
            refused(&said.to_string());
        }
    }
}

#[test]
fn a_door_is_one_of_three() {
    let door = |door: Value| json!({"type": "moderate", "act": "door", "door": door}).to_string();
    for known in [json!("lobby"), json!({"open": MARK}), json!("locked")] {
        taken(&door(known));
    }
    for unknown in [
        json!("open"),
        json!("ajar"),
        json!("Lobby"),
        json!(null),
        json!(true),
        json!(0),
        json!({}),
        json!([]),
        json!(["open", MARK]),
        json!({"open": null}),
        json!({"open": true}),
        json!({"open": ""}),
        json!({"open": &MARK[1..]}),
        json!({"open": format!("{MARK}A")}),
        json!({"open": [MARK]}),
        json!({"open": {"mark": MARK}}),
        json!({"open": MARK, "locked": null}),
        json!({"ajar": MARK}),
        json!({"locked": MARK}),
    ] {
        refused(&door(unknown));
    }
    let twice =
        format!(r#"{{"type":"moderate","act":"door","door":{{"open":"{MARK}","open":"{MARK}"}}}}"#);
    refused(&twice);
}

#[test]
fn a_rule_has_two_values() {
    for (act, field, known) in [
        ("invitations", "invitations", ["all", "personal"]),
        ("share", "audience", ["everybody", "presenters"]),
        ("chat", "audience", ["everybody", "presenters"]),
    ] {
        let said = |value: Value| json!({"type": "moderate", "act": act, field: value}).to_string();
        for value in known {
            taken(&said(json!(value)));
        }
        for value in [json!("nobody"), json!("moderators"), json!(null), json!(true), json!([])] {
            refused(&said(value));
        }
    }
}

#[test]
fn what_is_said_twice_is_refused() {
    for text in [
        r#"{"type":"leave","type":"leave"}"#,
        r#"{"type":"publish","live":[],"live":["camera"],"heard":0}"#,
        r#"{"type":"publish","live":[],"heard":0,"heard":1}"#,
        r#"{"type":"hand","raised":true,"raised":false}"#,
        r#"{"type":"moderate","act":"admit","participant":4,"participant":5}"#,
        r#"{"type":"moderate","act":"admit","act":"admit","participant":4}"#,
        r#"{"type":"offer","sdp":"","sdp":"","senders":[]}"#,
        r#"{"type":"offer","sdp":"","senders":[{"mid":"0","mid":"0","source":"camera"}]}"#,
    ] {
        refused(text);
    }
    for (field, value) in entry_fields() {
        let text = entry().to_string();
        refused(&format!(r#"{{"{field}":{value},{}"#, &text[1..]));
    }
}

#[test]
fn an_entry_has_six_fields_and_no_other() {
    taken(&entry().to_string());
    for more in ["name", "role", "holder", "visit", "heard", "act", "participant"] {
        let mut said = entry();
        said[more] = json!("moderator");
        refused(&said.to_string());
    }
    let mut nameless = entry();
    nameless.as_object_mut().unwrap().remove("profile");
    refused(&nameless.to_string());
    for (field, _) in entry_fields() {
        for value in [json!(7), json!({}), json!(true), json!([]), json!("")] {
            let mut said = entry();
            said[field] = value;
            refused(&said.to_string());
        }
    }
}

#[test]
fn a_proof_has_two_fields_and_no_other() {
    for (field, key, other) in [("proof", "key", KEY), ("guest", "mark", MARK)] {
        let signature = if field == "proof" { SIGNATURE } else { GUEST_SIGNATURE };
        let said = |proof: Value| json!({"type": "enter", field: proof, "profile": PROFILE});
        taken(&said(json!({key: other, "signature": signature})).to_string());
        for wrong in [
            json!({key: other}),
            json!({"signature": signature}),
            json!({key: other, "signature": other}),
            json!({key: signature, "signature": signature}),
            json!({key: &other[1..], "signature": signature}),
            json!({key: other, "signature": &signature[1..]}),
            json!({key: other, "signature": format!("{signature}A")}),
            json!({key: other, "signature": signature, "name": "Ada"}),
            json!({"mark": other, "key": other, "signature": signature}),
        ] {
            refused(&said(wrong).to_string());
        }
    }
}

#[test]
fn a_media_line_is_named_briefly_and_plainly() {
    let offer = |mid: &str| {
        let line = json!({"mid": mid, "source": "camera"});
        json!({"type": "offer", "sdp": "", "senders": [line]}).to_string()
    };
    taken(&offer("0123456789abc_-Z"));
    for mid in ["", "0123456789abcdefg", "a b", "ä", "a\r\n"] {
        refused(&offer(mid));
    }
}

#[test]
fn bytes_have_one_length_and_one_spelling() {
    for (field, right) in
        [("resume", SEVENS), ("licence", LICENCE), ("ticket", TICKET), ("profile", PROFILE)]
    {
        let said = |text: &str| {
            let mut said = entry();
            said[field] = json!(text);
            said.to_string()
        };
        taken(&said(right));
        let other = if field == "resume" { PROFILE } else { SEVENS };
        let damaged = right.replacen(|c: char| c.is_alphanumeric(), "*", 1);
        let standard = right.replacen(|c: char| c.is_alphanumeric(), "+", 1);
        for wrong in [
            "",
            other,
            &right[1..],
            &right[4..],
            &format!("{right}A"),
            &format!("{right}AAAA"),
            &format!("{right}="),
            &format!(" {right}"),
            &damaged,
            &standard,
        ] {
            refused(&said(wrong));
        }
    }
    // Bits that stand for nothing are zero.
    let loose = SEVENS.strip_suffix('c').map(|start| format!("{start}d")).unwrap();
    refused(&json!({"type": "enter", "resume": loose, "profile": PROFILE}).to_string());
}

/// Everything that can be shown at once, each of the right length.
fn entry() -> Value {
    let mut entry = json!({"type": "enter"});
    for (field, value) in entry_fields() {
        entry[field] = value;
    }
    entry
}

fn entry_fields() -> [(&'static str, Value); 6] {
    [
        ("resume", json!(SEVENS)),
        ("proof", json!({"key": KEY, "signature": SIGNATURE})),
        ("licence", json!(LICENCE)),
        ("guest", json!({"mark": MARK, "signature": GUEST_SIGNATURE})),
        ("ticket", json!(TICKET)),
        ("profile", json!(PROFILE)),
    ]
}

#[track_caller]
fn taken(text: &str) {
    assert!(read::<ClientMessage>(text).is_some(), "{text:.160}");
}

#[track_caller]
fn refused(text: &str) {
    assert_eq!(read::<ClientMessage>(text), None, "{text:.160}");
}
