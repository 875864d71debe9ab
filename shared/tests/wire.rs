// SPDX-License-Identifier: EUPL-1.2
//! The JSON of every message is exactly this: strict towards the server, tolerant in the page,
//! bounded in both directions.

#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test that cannot go on fails")]

use proptest::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;
use shared::{
    Answer, Challenge, ClientMessage, CloseReason, DisplayName, Knock, Mid, Moderation, Offer,
    ParticipantId, ParticipantInfo, Refusal, ResumeToken, Revision, Role, RoomSecret, RosterChange,
    Sdp, SealedProfile, SenderLine, ServerMessage, SlotEntry, Source, WaitingFor,
};

mod to_the_server {
    use super::*;

    #[test]
    fn enter_as_somebody_invited() {
        let message = ClientMessage::Enter { resume: None, proof: None, profile: profile() };
        golden(&message, &format!(r#"{{"type":"enter","profile":"{PROFILE}"}}"#));
    }

    #[test]
    fn enter_as_a_moderator() {
        let key = RoomSecret::from_random([7; 32]).moderator_key();
        let proof = Some(key.prove(&Challenge::from_bytes([7; 32])));
        let message = ClientMessage::Enter { resume: None, proof, profile: profile() };
        golden(
            &message,
            &format!(
                r#"{{"type":"enter","proof":{{"key":"{KEY}","signature":"{SIGNATURE}"}},"profile":"{PROFILE}"}}"#
            ),
        );
    }

    #[test]
    fn enter_into_an_earlier_seat() {
        let resume = Some(ResumeToken::from_bytes([7; 32]));
        let message = ClientMessage::Enter { resume, proof: None, profile: profile() };
        golden(
            &message,
            &format!(r#"{{"type":"enter","resume":"{SEVENS}","profile":"{PROFILE}"}}"#),
        );
    }

    #[test]
    fn offer() {
        let message = ClientMessage::Offer(Offer {
            sdp: sdp(),
            senders: vec![
                SenderLine { mid: mid("0"), source: Source::Microphone },
                SenderLine { mid: mid("1"), source: Source::Camera },
            ],
        });
        golden(
            &message,
            r#"{"type":"offer","sdp":"v=0\r\n","senders":[{"mid":"0","source":"microphone"},{"mid":"1","source":"camera"}]}"#,
        );
    }

    #[test]
    fn publish() {
        let live = vec![Source::Microphone, Source::Camera];
        golden(
            &ClientMessage::Publish { live },
            r#"{"type":"publish","live":["microphone","camera"]}"#,
        );
        golden(&ClientMessage::Publish { live: vec![] }, r#"{"type":"publish","live":[]}"#);
    }

    #[test]
    fn moderate() {
        let participant = ParticipantId(4);
        golden(
            &ClientMessage::Moderate(Moderation::Admit { participant }),
            r#"{"type":"moderate","act":"admit","participant":4}"#,
        );
        golden(
            &ClientMessage::Moderate(Moderation::AdmitAll {}),
            r#"{"type":"moderate","act":"admit_all"}"#,
        );
        golden(
            &ClientMessage::Moderate(Moderation::Refuse { participant }),
            r#"{"type":"moderate","act":"refuse","participant":4}"#,
        );
    }

    #[test]
    fn leave() {
        golden(&ClientMessage::Leave {}, r#"{"type":"leave"}"#);
    }

    #[test]
    fn the_longest_description_fits_and_the_next_does_not() {
        let offer =
            |len| json!({"type": "offer", "sdp": "v".repeat(len), "senders": []}).to_string();
        assert!(read::<ClientMessage>(&offer(Sdp::MAX_LEN)).is_some());
        refused(&offer(Sdp::MAX_LEN + 1));
        assert!(offer(Sdp::MAX_LEN).len() < shared::MAX_MESSAGE_LEN);
    }

    #[test]
    fn what_is_not_known_is_refused() {
        for text in [
            r#"{"type":"dance"}"#,
            r#"{"type":"Leave"}"#,
            "{}",
            "[]",
            r#""leave""#,
            "null",
            "",
            r#"{"type":"leave"} "#.repeat(2).as_str(),
            r#"{"type":"leave","why":"tired"}"#,
            r#"{"type":"publish"}"#,
            r#"{"type":"publish","live":["microphone"],"loud":true}"#,
            r#"{"type":"publish","live":["tape"]}"#,
            r#"{"type":"publish","live":"camera"}"#,
            r#"{"type":"publish","live":null}"#,
            r#"{"type":"offer","sdp":"","senders":[],"answer":""}"#,
            r#"{"type":"offer","sdp":"","senders":[{"mid":"0","source":"camera","rid":"h"}]}"#,
            r#"{"type":"moderate"}"#,
            r#"{"type":"moderate","act":"unmute","participant":4}"#,
            r#"{"type":"moderate","act":"admit","participant":4,"role":"moderator"}"#,
            r#"{"type":"moderate","act":"admit"}"#,
            r#"{"type":"moderate","act":"admit_all","participant":4}"#,
            r#"{"type":"moderate","act":"admit","participant":-1}"#,
            r#"{"type":"moderate","act":"admit","participant":4294967296}"#,
            r#"{"type":"moderate","act":"admit","participant":4.5}"#,
        ] {
            refused(text);
        }
    }

    #[test]
    fn what_is_said_twice_is_refused() {
        for text in [
            r#"{"type":"leave","type":"leave"}"#,
            r#"{"type":"publish","live":[],"live":["camera"]}"#,
            r#"{"type":"moderate","act":"admit","participant":4,"participant":5}"#,
            r#"{"type":"moderate","act":"admit","act":"admit","participant":4}"#,
            r#"{"type":"offer","sdp":"","sdp":"","senders":[]}"#,
        ] {
            refused(text);
        }
    }

    #[test]
    fn a_media_line_is_named_briefly_and_plainly() {
        let offer = |mid: &str| {
            let line = json!({"mid": mid, "source": "camera"});
            json!({"type": "offer", "sdp": "", "senders": [line]}).to_string()
        };
        assert!(read::<ClientMessage>(&offer("0123456789abc_-Z")).is_some());
        for mid in ["", "0123456789abcdefg", "a b", "ä", "a\r\n"] {
            refused(&offer(mid));
        }
    }

    #[test]
    fn bytes_have_one_length_and_one_spelling() {
        let enter = |resume: &str, profile: &str| {
            json!({"type": "enter", "resume": resume, "profile": profile}).to_string()
        };
        assert!(read::<ClientMessage>(&enter(SEVENS, PROFILE)).is_some());
        let standard = SEVENS.replace('w', "+");
        let loose = SEVENS.strip_suffix('c').map(|start| format!("{start}d")).unwrap();
        for token in ["", "BwcH", &SEVENS[1..], &format!("{SEVENS}="), &standard, &loose] {
            refused(&enter(token, PROFILE));
        }
        for profile in
            ["", SEVENS, &PROFILE[1..], &format!("{PROFILE}A"), &PROFILE.replace('B', "*")]
        {
            refused(&enter(SEVENS, profile));
        }
        for proof in [json!({}), json!({"key": KEY}), json!({"key": KEY, "signature": KEY})] {
            let enter = json!({"type": "enter", "proof": proof, "profile": PROFILE});
            refused(&enter.to_string());
        }
        let more = json!({"key": KEY, "signature": SIGNATURE, "name": "Ada"});
        refused(&json!({"type": "enter", "proof": more, "profile": PROFILE}).to_string());
    }

    fn refused(text: &str) {
        assert_eq!(read::<ClientMessage>(text), None, "{text:.80}");
    }
}

mod to_the_page {
    use super::*;

    #[test]
    fn challenge() {
        let challenge = Challenge::from_bytes([7; 32]);
        golden(
            &ServerMessage::Challenge { challenge },
            &format!(r#"{{"type":"challenge","challenge":"{SEVENS}"}}"#),
        );
    }

    #[test]
    fn waiting() {
        golden(
            &ServerMessage::Waiting { for_whom: WaitingFor::Moderator },
            r#"{"type":"waiting","for_whom":"moderator"}"#,
        );
        golden(
            &ServerMessage::Waiting { for_whom: WaitingFor::Admission },
            r#"{"type":"waiting","for_whom":"admission"}"#,
        );
    }

    #[test]
    fn welcome() {
        let message = ServerMessage::Welcome {
            you: ParticipantId(1),
            revision: Revision(9),
            participants: vec![ParticipantInfo {
                id: ParticipantId(1),
                role: Role::Moderator,
                profile: profile(),
                live: vec![Source::Camera],
                away: false,
            }],
            knocks: vec![Knock { participant: ParticipantId(4), profile: profile() }],
            transport: true,
            resume: ResumeToken::from_bytes([7; 32]),
        };
        golden(
            &message,
            &format!(
                r#"{{"type":"welcome","you":1,"revision":9,"participants":[{{"id":1,"role":"moderator","profile":"{PROFILE}","live":["camera"],"away":false}}],"knocks":[{{"participant":4,"profile":"{PROFILE}"}}],"transport":true,"resume":"{SEVENS}"}}"#
            ),
        );
    }

    #[test]
    fn roster() {
        let participant = ParticipantInfo {
            id: ParticipantId(4),
            role: Role::Participant,
            profile: profile(),
            live: vec![Source::Microphone],
            away: true,
        };
        let change = RosterChange::Present { participant };
        golden(
            &ServerMessage::Roster { revision: Revision(10), change },
            &format!(
                r#"{{"type":"roster","revision":10,"change":{{"change":"present","participant":{{"id":4,"role":"participant","profile":"{PROFILE}","live":["microphone"],"away":true}}}}}}"#
            ),
        );
        let change = RosterChange::Gone { participant: ParticipantId(4) };
        golden(
            &ServerMessage::Roster { revision: Revision(11), change },
            r#"{"type":"roster","revision":11,"change":{"change":"gone","participant":4}}"#,
        );
    }

    #[test]
    fn knock() {
        let knock = Knock { participant: ParticipantId(4), profile: profile() };
        golden(
            &ServerMessage::Knock(knock),
            &format!(r#"{{"type":"knock","participant":4,"profile":"{PROFILE}"}}"#),
        );
    }

    #[test]
    fn knock_gone() {
        golden(
            &ServerMessage::KnockGone { participant: ParticipantId(4) },
            r#"{"type":"knock_gone","participant":4}"#,
        );
    }

    #[test]
    fn answer() {
        golden(
            &ServerMessage::Answer(Answer { sdp: sdp() }),
            r#"{"type":"answer","sdp":"v=0\r\n"}"#,
        );
    }

    #[test]
    fn slots() {
        let entry =
            SlotEntry { mid: mid("7"), participant: ParticipantId(4), source: Source::Microphone };
        golden(
            &ServerMessage::Slots { revision: Revision(3), slots: vec![entry] },
            r#"{"type":"slots","revision":3,"slots":[{"mid":"7","participant":4,"source":"microphone"}]}"#,
        );
    }

    #[test]
    fn transport_lost() {
        golden(&ServerMessage::TransportLost {}, r#"{"type":"transport_lost"}"#);
    }

    #[test]
    fn refused() {
        for (reason, text) in [
            (Refusal::TurnedAway, "turned_away"),
            (Refusal::Full, "full"),
            (Refusal::WrongProof, "wrong_proof"),
            (Refusal::WeakCipher, "weak_cipher"),
            (Refusal::UnusableOffer, "unusable_offer"),
        ] {
            golden(
                &ServerMessage::Refused { reason },
                &format!(r#"{{"type":"refused","reason":"{text}"}}"#),
            );
        }
    }

    #[test]
    fn closed() {
        for (reason, text) in [
            (CloseReason::Left, "left"),
            (CloseReason::Replaced, "replaced"),
            (CloseReason::Protocol, "protocol"),
            (CloseReason::Slow, "slow"),
            (CloseReason::Stopping, "stopping"),
            (CloseReason::Internal, "internal"),
        ] {
            golden(
                &ServerMessage::Closed { reason },
                &format!(r#"{{"type":"closed","reason":"{text}"}}"#),
            );
        }
    }

    #[test]
    fn what_is_not_known_is_left_alone() {
        for text in [
            r#"{"type":"fireworks"}"#,
            r#"{"type":"fireworks","colours":["red",{"r":1}],"revision":"x"}"#,
        ] {
            assert_eq!(read(text), Some(ServerMessage::Unknown), "{text}");
        }
        for (text, known) in [
            (r#"{"type":"refused","reason":"raining"}"#, refused_with(Refusal::Unknown)),
            (r#"{"type":"closed","reason":"bedtime"}"#, closed_with(CloseReason::Unknown)),
            (r#"{"type":"transport_lost","since":3}"#, ServerMessage::TransportLost {}),
            (r#"{"type":"refused","reason":"full","until":7}"#, refused_with(Refusal::Full)),
        ] {
            assert_eq!(read(text), Some(known), "{text}");
        }
        let nested = json!({
            "type": "slots", "revision": 1, "total": 1,
            "slots": [{"mid": "7", "participant": 4, "source": "camera", "layer": 2}],
        });
        assert!(matches!(read(&nested.to_string()), Some(ServerMessage::Slots { .. })));
    }

    #[test]
    fn what_is_no_message_is_no_message() {
        for text in ["", "null", "[]", "{}", r#""closed""#, r#"{"type":7}"#, r#"{"type":"slots"}"#]
        {
            assert_eq!(read::<ServerMessage>(text), None, "{text}");
        }
    }

    fn refused_with(reason: Refusal) -> ServerMessage {
        ServerMessage::Refused { reason }
    }

    fn closed_with(reason: CloseReason) -> ServerMessage {
        ServerMessage::Closed { reason }
    }
}

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
}

/// Objects that are nearly messages: the right words in any order and with any content.
#[expect(clippy::too_many_lines, reason = "a vocabulary")]
fn messages() -> impl Strategy<Value = serde_json::Value> {
    let field = proptest::sample::select(vec![
        "act",
        "challenge",
        "change",
        "for_whom",
        "knocks",
        "live",
        "mid",
        "participant",
        "participants",
        "profile",
        "proof",
        "reason",
        "resume",
        "revision",
        "sdp",
        "senders",
        "slots",
        "source",
        "you",
    ]);
    let kind = proptest::sample::select(vec![
        "answer",
        "challenge",
        "closed",
        "enter",
        "knock",
        "knock_gone",
        "leave",
        "moderate",
        "offer",
        "publish",
        "refused",
        "roster",
        "slots",
        "transport_lost",
        "waiting",
        "welcome",
        "x",
    ]);
    let leaf = prop_oneof![
        proptest::sample::select(vec![
            json!(PROFILE),
            json!(SEVENS),
            json!("camera"),
            json!("admit"),
            json!("gone"),
            json!("full"),
            json!("moderator"),
            json!("0"),
            json!(7),
            json!([]),
            json!({}),
            json!(["camera"]),
            json!(["microphone", "camera"]),
            json!(null),
            json!(-1),
            json!(1e300),
            json!([{"mid": "0", "source": "camera"}]),
            json!({"change": "gone", "participant": 3}),
        ]),
        ".{0,20}".prop_map(|text| json!(text)),
    ];
    (kind, proptest::collection::btree_map(field, leaf, 0..5)).prop_map(|(kind, fields)| {
        let mut object = json!(fields);
        object["type"] = json!(kind);
        object
    })
}

/// The value is written as exactly this text, and the text is read as exactly this value.
#[track_caller]
fn golden<T: core::fmt::Debug + DeserializeOwned + PartialEq + Serialize>(value: &T, text: &str) {
    assert_eq!(serde_json::to_string(value).unwrap(), text);
    assert_eq!(read::<T>(text).as_ref(), Some(value));
}

fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

fn mid(text: &str) -> Mid {
    Mid::parse(text).unwrap()
}

fn sdp() -> Sdp {
    Sdp::new("v=0\r\n".into()).unwrap()
}

/// Ada, sealed with a nonce of fives.
fn profile() -> SealedProfile {
    let secret = RoomSecret::from_random([7; 32]);
    let room = secret.moderator_key().room_id();
    SealedProfile::seal(&DisplayName::from_typed("Ada"), &secret.invitation_key(), room, [5; 12])
}

const SEVENS: &str = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc";
const PROFILE: &str = "BQUFBQUFBQUFBQUF_twYkOv0vahjI4vZ2UdCGh86SL-_B_10k0iEh3r4bhI3gFcJEifkSRh6FyiXeW16AODQFcIJZcfMG6-4r6s_qhl47UyeOvUuvBioR_4oKbsj7NJFZ47Tn-un2ar8yholndBYAm1OmChbVKb12oGdH7A";
const KEY: &str = "GRydU8YkZrAEzOLbTW9YbawDVpaeVkwKCmjGnMGTD0M";
const SIGNATURE: &str =
    "eIa60xjPOq0HPklOWO9oPudl3nPxJwPHmPIWCOZfjir6d7hxvoS9RPs5c8N9f2-qJX7H6jewumbsoMo4CK6GDA";
