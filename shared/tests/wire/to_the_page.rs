// SPDX-License-Identifier: EUPL-1.2
//! What the server says, word for word.

use shared::{
    Answer, Audience, Challenge, CloseReason, Door, Floor, Invitations, Knock, Layer, LayerSet,
    ParticipantId, ParticipantInfo, Refusal, Restriction, Restrictions, ResumeToken, Revision,
    Role, RoomRules, RosterChange, ServerMessage, SlotEntry, Source, VoiceKey, WaitingFor,
};

use super::{
    APPLAUSE, LINE, MARK, PROFILE, SEVENS, WORDS, applause, golden, line, mark, mid, profile, sdp,
    words,
};

const ADA: ParticipantId = ParticipantId(1);
const BOB: ParticipantId = ParticipantId(4);

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
    for (for_whom, text) in
        [(WaitingFor::Moderator, "moderator"), (WaitingFor::Admission, "admission")]
    {
        let visit = ResumeToken::from_bytes([7; 32]);
        golden(
            &ServerMessage::Waiting { for_whom, visit },
            &format!(r#"{{"type":"waiting","for_whom":"{text}","visit":"{SEVENS}"}}"#),
        );
    }
}

#[test]
fn welcome() {
    let ada = ParticipantInfo {
        id: ADA,
        role: Role::Moderator,
        holder: true,
        profile: profile(),
        guest: Some(mark()),
        live: vec![Source::Camera, Source::Screen],
        hand: Some(3),
        away: false,
    };
    let knock = Knock {
        participant: BOB,
        profile: profile(),
        guest: Some(mark()),
        personal: true,
        removed: false,
    };
    let message = ServerMessage::Welcome {
        you: ADA,
        revision: Revision(9),
        rules: RoomRules::default(),
        participants: vec![ada],
        knocks: vec![knock],
        transport: true,
        resume: ResumeToken::from_bytes([7; 32]),
    };
    golden(
        &message,
        &format!(
            r#"{{"type":"welcome","you":1,"revision":9,"rules":{{"door":"lobby","invitations":"all","share":"presenters","chat":"everybody","floor":"open"}},"participants":[{{"id":1,"role":"moderator","holder":true,"profile":"{PROFILE}","guest":"{MARK}","live":["camera","screen"],"hand":3,"away":false}}],"knocks":[{{"participant":4,"profile":"{PROFILE}","guest":"{MARK}","personal":true,"removed":false}}],"transport":true,"resume":"{SEVENS}"}}"#
        ),
    );
}

#[test]
fn roster_of_somebody_present() {
    for (role, text) in [
        (Role::Participant, "participant"),
        (Role::Presenter, "presenter"),
        (Role::Moderator, "moderator"),
    ] {
        let participant = ParticipantInfo {
            id: BOB,
            role,
            holder: false,
            profile: profile(),
            guest: None,
            live: vec![Source::Microphone],
            hand: None,
            away: true,
        };
        let change = RosterChange::Present { participant };
        golden(
            &ServerMessage::Roster { revision: Revision(10), change },
            &format!(
                r#"{{"type":"roster","revision":10,"change":{{"change":"present","participant":{{"id":4,"role":"{text}","holder":false,"profile":"{PROFILE}","live":["microphone"],"away":true}}}}}}"#
            ),
        );
    }
}

#[test]
fn roster_without_somebody() {
    let change = RosterChange::Gone { participant: BOB };
    golden(
        &ServerMessage::Roster { revision: Revision(11), change },
        r#"{"type":"roster","revision":11,"change":{"change":"gone","participant":4}}"#,
    );
}

#[test]
fn roster_with_other_rules() {
    let said = |door: &str, rest: &str| {
        format!(
            r#"{{"type":"roster","revision":12,"change":{{"change":"rules","rules":{{"door":{door},{rest}}}}}}}"#
        )
    };
    let rules = RoomRules {
        door: Door::Open(mark()),
        invitations: Invitations::Personal,
        share: Audience::Everybody,
        chat: Audience::Presenters,
        floor: Floor::Paused,
        fixed: Restrictions::NONE.with(Restriction::Personal).with(Restriction::Chat),
    };
    let change = RosterChange::Rules { rules };
    golden(
        &ServerMessage::Roster { revision: Revision(12), change },
        &said(
            &format!(r#"{{"open":"{MARK}"}}"#),
            r#""invitations":"personal","share":"everybody","chat":"presenters","floor":"paused","fixed":["personal","chat"]"#,
        ),
    );
    let change =
        RosterChange::Rules { rules: RoomRules { door: Door::Locked, ..RoomRules::default() } };
    golden(
        &ServerMessage::Roster { revision: Revision(12), change },
        &said(
            r#""locked""#,
            r#""invitations":"all","share":"presenters","chat":"everybody","floor":"open""#,
        ),
    );
}

#[test]
fn knock() {
    let shown = format!(r#""guest":"{MARK}","#);
    for (guest, mark) in [(Some(mark()), shown.as_str()), (None, "")] {
        for (personal, removed) in [(false, false), (true, false), (false, true)] {
            golden(
                &ServerMessage::Knock(Knock {
                    participant: BOB,
                    profile: profile(),
                    guest,
                    personal,
                    removed,
                }),
                &format!(
                    r#"{{"type":"knock","participant":4,"profile":"{PROFILE}",{mark}"personal":{personal},"removed":{removed}}}"#
                ),
            );
        }
    }
}

#[test]
fn knock_gone() {
    golden(
        &ServerMessage::KnockGone { participant: BOB },
        r#"{"type":"knock_gone","participant":4}"#,
    );
}

#[test]
fn silenced() {
    for (source, text) in [
        (Source::Microphone, "microphone"),
        (Source::Camera, "camera"),
        (Source::Screen, "screen"),
        (Source::ScreenSound, "screen_sound"),
    ] {
        golden(
            &ServerMessage::Silenced { source, by: Some(ADA), count: 2 },
            &format!(r#"{{"type":"silenced","source":"{text}","by":1,"count":2}}"#),
        );
        golden(
            &ServerMessage::Silenced { source, by: None, count: 3 },
            &format!(r#"{{"type":"silenced","source":"{text}","by":null,"count":3}}"#),
        );
    }
}

#[test]
fn chat() {
    golden(
        &ServerMessage::Chat { participant: ADA, text: words() },
        &format!(r#"{{"type":"chat","participant":1,"text":"{WORDS}"}}"#),
    );
}

#[test]
fn rtt() {
    golden(
        &ServerMessage::Rtt { participant: ADA, line: line() },
        &format!(r#"{{"type":"rtt","participant":1,"line":"{LINE}"}}"#),
    );
}

#[test]
fn reaction() {
    golden(
        &ServerMessage::Reaction { participant: ADA, reaction: applause() },
        &format!(r#"{{"type":"reaction","participant":1,"reaction":"{APPLAUSE}"}}"#),
    );
}

#[test]
fn answer() {
    let answer = Answer { sdp: sdp(), voices: VoiceKey::from_random([7; 16]) };
    golden(
        &ServerMessage::Answer(answer),
        r#"{"type":"answer","sdp":["v=0"],"voices":"BwcHBwcHBwcHBwcHBwcHBw"}"#,
    );
}

#[test]
fn slots() {
    let entry = |at, source| SlotEntry { mid: mid(at), participant: BOB, source };
    let slots = vec![entry("7", Source::Camera), entry("8", Source::Screen)];
    golden(
        &ServerMessage::Slots { revision: Revision(3), slots },
        r#"{"type":"slots","revision":3,"slots":[{"mid":"7","participant":4,"source":"camera"},{"mid":"8","participant":4,"source":"screen"}]}"#,
    );
}

#[test]
fn layers() {
    golden(
        &ServerMessage::Layers { source: Source::Camera, wanted: LayerSet::ALL },
        r#"{"type":"layers","source":"camera","wanted":["low","middle","high"]}"#,
    );
    golden(
        &ServerMessage::Layers {
            source: Source::Camera,
            wanted: [Layer::Middle].into_iter().collect(),
        },
        r#"{"type":"layers","source":"camera","wanted":["middle"]}"#,
    );
    golden(
        &ServerMessage::Layers { source: Source::Screen, wanted: LayerSet::NONE },
        r#"{"type":"layers","source":"screen","wanted":[]}"#,
    );
}

#[test]
fn speaking() {
    golden(
        &ServerMessage::Speaking { participants: vec![ADA, BOB] },
        r#"{"type":"speaking","participants":[1,4]}"#,
    );
    golden(
        &ServerMessage::Speaking { participants: Vec::new() },
        r#"{"type":"speaking","participants":[]}"#,
    );
}

#[test]
fn closing() {
    golden(&ServerMessage::Closing { within: 900 }, r#"{"type":"closing","within":900}"#);
}

#[test]
fn transport_lost() {
    golden(&ServerMessage::TransportLost {}, r#"{"type":"transport_lost"}"#);
}

#[test]
fn refused() {
    for (reason, text) in REFUSALS {
        golden(
            &ServerMessage::Refused { reason, pause: 0 },
            &format!(r#"{{"type":"refused","reason":"{text}"}}"#),
        );
    }
    golden(
        &ServerMessage::Refused { reason: Refusal::TurnedAway, pause: 30 },
        r#"{"type":"refused","reason":"turned_away","pause":30}"#,
    );
}

#[test]
fn closed() {
    for (reason, text) in CLOSINGS {
        golden(
            &ServerMessage::Closed { reason },
            &format!(r#"{{"type":"closed","reason":"{text}"}}"#),
        );
    }
}

pub(super) const REFUSALS: [(Refusal, &str); 16] = [
    (Refusal::TurnedAway, "turned_away"),
    (Refusal::Full, "full"),
    (Refusal::WrongProof, "wrong_proof"),
    (Refusal::Locked, "locked"),
    (Refusal::TooSoon, "too_soon"),
    (Refusal::PersonalOnly, "personal_only"),
    (Refusal::WrongTicket, "wrong_ticket"),
    (Refusal::TicketExpired, "ticket_expired"),
    (Refusal::TicketUsed, "ticket_used"),
    (Refusal::Unlicensed, "unlicensed"),
    (Refusal::LicenceExpired, "licence_expired"),
    (Refusal::WeakCipher, "weak_cipher"),
    (Refusal::UnusableOffer, "unusable_offer"),
    (Refusal::OutOfService, "out_of_service"),
    (Refusal::Busy, "busy"),
    (Refusal::Crowded, "crowded"),
];

pub(super) const CLOSINGS: [(CloseReason, &str); 10] = [
    (CloseReason::Left, "left"),
    (CloseReason::Removed, "removed"),
    (CloseReason::Ended, "ended"),
    (CloseReason::Abandoned, "abandoned"),
    (CloseReason::Replaced, "replaced"),
    (CloseReason::Protocol, "protocol"),
    (CloseReason::Flood, "flood"),
    (CloseReason::Slow, "slow"),
    (CloseReason::Stopping, "stopping"),
    (CloseReason::Internal, "internal"),
];
