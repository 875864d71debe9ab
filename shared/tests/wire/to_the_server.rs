// SPDX-License-Identifier: EUPL-1.2
//! What the page says, word for word.

use shared::{
    Audience, Challenge, ClientMessage, Door, Entry, Invitations, Licence, LicenceTerms,
    Moderation, Offer, OperatorKey, ParticipantId, Restrictions, ResumeToken, SenderLine, Source,
    Ticket, TicketNumber, UnixTime, WantedPicture,
};

use super::{
    APPLAUSE, GUEST_SIGNATURE, KEY, LICENCE, LINE, MARK, PROFILE, SEVENS, SIGNATURE, TICKET, WORDS,
    applause, golden, line, mid, profile, room, sdp, words,
};

/// Shows nothing but a name.
fn nothing_shown() -> Entry {
    Entry::named(profile())
}

#[test]
fn enter_without_anything_to_show() {
    golden(
        &ClientMessage::Enter(nothing_shown()),
        &format!(r#"{{"type":"enter","profile":"{PROFILE}"}}"#),
    );
}

#[test]
fn enter_as_a_moderator() {
    let (secret, ..) = room();
    let proof = Some(secret.moderator_key().prove(&Challenge::from_bytes([7; 32])));
    golden(
        &ClientMessage::Enter(Entry { proof, ..nothing_shown() }),
        &format!(
            r#"{{"type":"enter","proof":{{"key":"{KEY}","signature":"{SIGNATURE}"}},"profile":"{PROFILE}"}}"#
        ),
    );
}

#[test]
fn enter_as_the_moderator_of_a_licensed_room() {
    let (secret, _, room) = room();
    let proof = Some(secret.moderator_key().prove(&Challenge::from_bytes([7; 32])));
    golden(
        &ClientMessage::Enter(Entry { proof, licence: Some(licence(room)), ..nothing_shown() }),
        &format!(
            r#"{{"type":"enter","proof":{{"key":"{KEY}","signature":"{SIGNATURE}"}},"licence":"{LICENCE}","profile":"{PROFILE}"}}"#
        ),
    );
}

#[test]
fn enter_as_somebody_invited() {
    let (_, key, room) = room();
    let guest = Some(key.guest_key().prove(room, &Challenge::from_bytes([7; 32])));
    golden(
        &ClientMessage::Enter(Entry { guest, ..nothing_shown() }),
        &format!(
            r#"{{"type":"enter","guest":{{"mark":"{MARK}","signature":"{GUEST_SIGNATURE}"}},"profile":"{PROFILE}"}}"#
        ),
    );
}

#[test]
fn enter_with_a_personal_invitation() {
    golden(
        &ClientMessage::Enter(Entry { ticket: Some(ticket()), ..nothing_shown() }),
        &format!(r#"{{"type":"enter","ticket":"{TICKET}","profile":"{PROFILE}"}}"#),
    );
}

#[test]
fn enter_from_an_earlier_stay() {
    let resume = Some(ResumeToken::from_bytes([7; 32]));
    golden(
        &ClientMessage::Enter(Entry { resume, ..nothing_shown() }),
        &format!(r#"{{"type":"enter","resume":"{SEVENS}","profile":"{PROFILE}"}}"#),
    );
}

#[test]
fn enter_with_all_there_is_to_show() {
    let (secret, key, room) = room();
    let challenge = Challenge::from_bytes([7; 32]);
    let entry = Entry {
        resume: Some(ResumeToken::from_bytes([7; 32])),
        proof: Some(secret.moderator_key().prove(&challenge)),
        licence: Some(licence(room)),
        restrictions: Restrictions::ALL,
        guest: Some(key.guest_key().prove(room, &challenge)),
        ticket: Some(ticket()),
        profile: profile(),
    };
    golden(
        &ClientMessage::Enter(entry),
        &format!(
            r#"{{"type":"enter","resume":"{SEVENS}","proof":{{"key":"{KEY}","signature":"{SIGNATURE}"}},"licence":"{LICENCE}","restrictions":["lobby","personal","share","chat"],"guest":{{"mark":"{MARK}","signature":"{GUEST_SIGNATURE}"}},"ticket":"{TICKET}","profile":"{PROFILE}"}}"#
        ),
    );
}

#[test]
fn offer() {
    let message = ClientMessage::Offer(Offer {
        sdp: sdp(),
        senders: vec![
            SenderLine { mid: mid("0"), source: Source::Microphone },
            SenderLine { mid: mid("1"), source: Source::Camera },
            SenderLine { mid: mid("2"), source: Source::Screen },
            SenderLine { mid: mid("3"), source: Source::ScreenSound },
        ],
    });
    golden(
        &message,
        r#"{"type":"offer","sdp":["v=0"],"senders":[{"mid":"0","source":"microphone"},{"mid":"1","source":"camera"},{"mid":"2","source":"screen"},{"mid":"3","source":"screen_sound"}]}"#,
    );
}

#[test]
fn publish() {
    let live = Source::ALL.to_vec();
    golden(
        &ClientMessage::Publish { live, heard: 2 },
        r#"{"type":"publish","live":["microphone","camera","screen","screen_sound"],"heard":2}"#,
    );
    golden(
        &ClientMessage::Publish { live: vec![], heard: 0 },
        r#"{"type":"publish","live":[],"heard":0}"#,
    );
}

#[test]
fn want() {
    let picture = |participant, source, lines| WantedPicture {
        participant: ParticipantId(participant),
        source,
        lines,
    };
    let pictures = vec![picture(4, Source::Screen, 1_080), picture(1, Source::Camera, 180)];
    golden(
        &ClientMessage::Want { pictures },
        r#"{"type":"want","pictures":[{"participant":4,"source":"screen","lines":1080},{"participant":1,"source":"camera","lines":180}]}"#,
    );
    golden(&ClientMessage::Want { pictures: vec![] }, r#"{"type":"want","pictures":[]}"#);
}

#[test]
fn hand() {
    golden(&ClientMessage::Hand { raised: true }, r#"{"type":"hand","raised":true}"#);
    golden(&ClientMessage::Hand { raised: false }, r#"{"type":"hand","raised":false}"#);
}

#[test]
fn chat() {
    golden(
        &ClientMessage::Chat { text: words() },
        &format!(r#"{{"type":"chat","text":"{WORDS}"}}"#),
    );
}

#[test]
fn rtt() {
    golden(&ClientMessage::Rtt { line: line() }, &format!(r#"{{"type":"rtt","line":"{LINE}"}}"#));
}

#[test]
fn reaction() {
    golden(
        &ClientMessage::Reaction { reaction: applause() },
        &format!(r#"{{"type":"reaction","reaction":"{APPLAUSE}"}}"#),
    );
}

#[test]
fn leave() {
    golden(&ClientMessage::Leave {}, r#"{"type":"leave"}"#);
}

/// The whole list: whoever adds an act has to say here how it is spelled.
#[test]
fn moderate() {
    for act in every_act() {
        let text = match act {
            Moderation::Admit { .. } => r#""admit","participant":4"#,
            Moderation::AdmitAll { .. } => r#""admit_all","up_to":4"#,
            Moderation::Refuse { .. } => r#""refuse","participant":4"#,
            Moderation::Door { door: Door::Lobby } => r#""door","door":"lobby""#,
            Moderation::Door { door: Door::Open(_) } => {
                &format!(r#""door","door":{{"open":"{MARK}"}}"#)
            }
            Moderation::Door { door: Door::Locked } => r#""door","door":"locked""#,
            Moderation::Invitations { invitations: Invitations::All } => {
                r#""invitations","invitations":"all""#
            }
            Moderation::Invitations { invitations: Invitations::Personal } => {
                r#""invitations","invitations":"personal""#
            }
            Moderation::Share { audience: Audience::Everybody } => {
                r#""share","audience":"everybody""#
            }
            Moderation::Share { audience: Audience::Presenters } => {
                r#""share","audience":"presenters""#
            }
            Moderation::Chat { audience: Audience::Everybody } => {
                r#""chat","audience":"everybody""#
            }
            Moderation::Chat { audience: Audience::Presenters } => {
                r#""chat","audience":"presenters""#
            }
            Moderation::Silence { .. } => r#""silence","participant":4"#,
            Moderation::SilenceAll {} => r#""silence_all""#,
            Moderation::StopCamera { .. } => r#""stop_camera","participant":4"#,
            Moderation::StopScreen { .. } => r#""stop_screen","participant":4"#,
            Moderation::LowerHand { .. } => r#""lower_hand","participant":4"#,
            Moderation::LowerHands {} => r#""lower_hands""#,
            Moderation::MakeParticipant { .. } => r#""make_participant","participant":4"#,
            Moderation::MakePresenter { .. } => r#""make_presenter","participant":4"#,
            Moderation::MakeModerator { .. } => r#""make_moderator","participant":4"#,
            Moderation::Remove { .. } => r#""remove","participant":4"#,
            Moderation::End {} => r#""end""#,
        };
        golden(&ClientMessage::Moderate(act), &format!(r#"{{"type":"moderate","act":{text}}}"#));
    }
}

/// Everything that a moderator can say, with each of its values.
pub(super) fn every_act() -> [Moderation; 23] {
    let participant = ParticipantId(4);
    let (_, key, _) = room();
    [
        Moderation::Admit { participant },
        Moderation::AdmitAll { up_to: participant },
        Moderation::Refuse { participant },
        Moderation::Door { door: Door::Lobby },
        Moderation::Door { door: Door::Open(key.guest_key().mark()) },
        Moderation::Door { door: Door::Locked },
        Moderation::Invitations { invitations: Invitations::All },
        Moderation::Invitations { invitations: Invitations::Personal },
        Moderation::Share { audience: Audience::Everybody },
        Moderation::Share { audience: Audience::Presenters },
        Moderation::Chat { audience: Audience::Everybody },
        Moderation::Chat { audience: Audience::Presenters },
        Moderation::Silence { participant },
        Moderation::SilenceAll {},
        Moderation::StopCamera { participant },
        Moderation::StopScreen { participant },
        Moderation::LowerHand { participant },
        Moderation::LowerHands {},
        Moderation::MakeParticipant { participant },
        Moderation::MakePresenter { participant },
        Moderation::MakeModerator { participant },
        Moderation::Remove { participant },
        Moderation::End {},
    ]
}

fn ticket() -> Ticket {
    let (secret, ..) = room();
    Ticket::issue(&secret.moderator_key(), TicketNumber::from_random([5; 16]), noon())
}

fn licence(room: shared::RoomId) -> Licence {
    let key = OperatorKey::from_random([9; 32]);
    let terms = LicenceTerms { max_participants: 30, until: noon(), number: 4711 };
    Licence::issue(&key, room, terms)
}

const fn noon() -> UnixTime {
    UnixTime::from_secs(1_800_000_000)
}
