// SPDX-License-Identifier: EUPL-1.2
//! Random histories: people, impostors and failures in any order, in a room that is small enough for
//! every limit to be met.

use std::{collections::BTreeMap, time::Duration};

use proptest::{collection::vec, prelude::*, sample::select};
use shared::{
    Challenge, ClientMessage, DisplayName, MediaKind, Mid, Moderation, ModeratorKey, ParticipantId,
    ResumeToken, RoomSecret, SealedProfile, ServerMessage, Source, Timestamp,
};

use super::super::{Effect, Input, Room, RoomKey, RoomLimits, SessionId, TransportChange};
use super::oracle::Oracle;
use super::stage::{CAMERA, MICROPHONE, enter, kind, offer};

/// Something that happens. Numbers are taken modulo what there is, so that most of them hit.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Connect,
    Enter(usize, Proof, Token),
    /// Connects and enters.
    Arrive(Proof, Token),
    Offer(usize, Vec<Source>),
    Publish(usize, Vec<Source>),
    Admit(usize, u32),
    AdmitAll(usize),
    Refuse(usize, u32),
    Leave(usize),
    Disconnect(usize),
    Negotiated(u32, Vec<&'static str>),
    /// Offers and is answered.
    OpenTransport(usize, Vec<&'static str>),
    NotNegotiated(u32),
    Transport(u32, TransportChange),
    Wait(u64),
    /// Time passes and nobody wakes the room.
    Leap(u64),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Proof {
    No,
    Holds,
    /// By another key.
    Forged,
    /// By the right key, for another connection.
    Borrowed,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Token {
    No,
    Invented,
    /// One that a welcome once held, counted from the latest.
    Seen(usize),
}

pub(super) fn histories() -> impl Strategy<Value = Vec<Step>> {
    vec(step(), 1..60).prop_map(|mut steps| {
        // Without a moderator little happens.
        steps.insert(0, Step::Arrive(Proof::Holds, Token::No));
        steps
    })
}

fn step() -> impl Strategy<Value = Step> {
    let session = || 0_usize..5;
    let participant = || 1_u32..8;
    let sources = || {
        let whole = vec![vec![], vec![MICROPHONE], vec![CAMERA], vec![CAMERA, MICROPHONE]];
        prop_oneof![20 => select(whole), 1 => Just(vec![CAMERA, CAMERA])]
    };
    let lines = || {
        select(vec![
            vec!["a1", "a2", "v1", "v2"],
            vec!["v1", "a1"],
            vec!["v1"],
            vec!["a1", "a2", "a3", "v1", "v2", "v3"],
            vec![],
        ])
    };
    let change = select(vec![
        TransportChange::Connected,
        TransportChange::WeakCipher,
        TransportChange::Lost,
    ]);
    prop_oneof![
        2 => Just(Step::Connect),
        2 => (session(), proof(), token()).prop_map(|(s, p, t)| Step::Enter(s, p, t)),
        8 => (proof(), token()).prop_map(|(p, t)| Step::Arrive(p, t)),
        2 => (session(), sources()).prop_map(|(s, l)| Step::Offer(s, l)),
        10 => (session(), sources()).prop_map(|(s, l)| Step::Publish(s, l)),
        3 => (session(), participant()).prop_map(|(s, p)| Step::Admit(s, p)),
        6 => session().prop_map(Step::AdmitAll),
        1 => (session(), participant()).prop_map(|(s, p)| Step::Refuse(s, p)),
        1 => session().prop_map(Step::Leave),
        4 => session().prop_map(Step::Disconnect),
        4 => (participant(), lines()).prop_map(|(p, l)| Step::Negotiated(p, l)),
        10 => (session(), lines()).prop_map(|(s, l)| Step::OpenTransport(s, l)),
        1 => participant().prop_map(Step::NotNegotiated),
        2 => (participant(), change).prop_map(|(p, c)| Step::Transport(p, c)),
        3 => (0_u64..20).prop_map(Step::Wait),
        1 => (0_u64..40).prop_map(Step::Leap),
    ]
}

fn proof() -> impl Strategy<Value = Proof> {
    prop_oneof![
        6 => Just(Proof::No),
        3 => Just(Proof::Holds),
        1 => Just(Proof::Forged),
        1 => Just(Proof::Borrowed),
    ]
}

fn token() -> impl Strategy<Value = Token> {
    prop_oneof![
        5 => Just(Token::No),
        1 => Just(Token::Invented),
        5 => (0_usize..4).prop_map(Token::Seen),
    ]
}

/// A room, everybody around it, and the oracle that watches.
pub(super) struct World {
    pub(super) room: Room,
    pub(super) oracle: Oracle,
    now: Timestamp,
    key: ModeratorKey,
    forger: ModeratorKey,
    profile: SealedProfile,
    sessions: Vec<SessionId>,
    challenges: BTreeMap<SessionId, Challenge>,
    tokens: Vec<ResumeToken>,
}

impl World {
    pub(super) fn new(limits: RoomLimits) -> Self {
        let secret = RoomSecret::from_random([1; 32]);
        let key = secret.moderator_key();
        let name = DisplayName::default();
        Self {
            room: Room::new(key.room_id(), RoomKey::from_random([2; 32]), limits),
            oracle: Oracle::new(limits),
            now: Timestamp::default(),
            forger: RoomSecret::from_random([9; 32]).moderator_key(),
            profile: SealedProfile::seal(&name, &secret.invitation_key(), key.room_id(), [3; 12]),
            key,
            sessions: Vec::new(),
            challenges: BTreeMap::new(),
            tokens: Vec::new(),
        }
    }

    pub(super) fn small() -> Self {
        Self::new(RoomLimits {
            seats: 3,
            reserve: 2,
            waiting: 2,
            challenged: 2,
            slots: 4,
            ..RoomLimits::default()
        })
    }

    pub(super) fn play(&mut self, steps: &[Step]) {
        for step in steps {
            self.perform(step);
        }
    }

    pub(super) fn perform(&mut self, step: &Step) {
        let input = match step {
            Step::Connect => return self.connect(),
            Step::Arrive(proof, token) => {
                self.connect();
                return self.enter(0, *proof, *token);
            }
            Step::Enter(session, proof, token) => return self.enter(*session, *proof, *token),
            Step::Offer(session, sources) => {
                let lines: Vec<_> = ["s1", "s2"].into_iter().zip(sources.iter().copied()).collect();
                return self.say(*session, ClientMessage::Offer(offer(&lines)));
            }
            Step::Publish(session, live) => {
                return self.say(*session, ClientMessage::Publish { live: live.clone() });
            }
            Step::Admit(session, number) => {
                let participant = ParticipantId(*number);
                return self.moderate(*session, Moderation::Admit { participant });
            }
            Step::AdmitAll(session) => return self.moderate(*session, Moderation::AdmitAll {}),
            Step::Refuse(session, number) => {
                let participant = ParticipantId(*number);
                return self.moderate(*session, Moderation::Refuse { participant });
            }
            Step::Leave(session) => return self.say(*session, ClientMessage::Leave {}),
            Step::Disconnect(session) => Input::Disconnected(self.session(*session)),
            Step::Negotiated(number, mids) => Input::Negotiated {
                participant: ParticipantId(*number),
                slots: mids.iter().map(|mid| slot(mid)).collect(),
            },
            Step::OpenTransport(session, mids) => {
                self.perform(&Step::Offer(*session, vec![MICROPHONE, CAMERA]));
                let page = self.oracle.pages.get(&self.session(*session));
                let Some(participant) = page.and_then(|page| page.you) else { return };
                return self.perform(&Step::Negotiated(participant.0, mids.clone()));
            }
            Step::NotNegotiated(number) => {
                Input::NotNegotiated { participant: ParticipantId(*number) }
            }
            Step::Transport(number, change) => Input::Transport(ParticipantId(*number), *change),
            Step::Leap(seconds) => {
                self.now = self.now + Duration::from_secs(*seconds);
                return;
            }
            Step::Wait(seconds) => {
                self.now = self.now + Duration::from_secs(*seconds);
                Input::Timeout
            }
        };
        self.handle(&input, false);
    }

    /// Counted back from the latest connection.
    pub(super) fn session(&self, number: usize) -> SessionId {
        let place = self.sessions.len().checked_sub(1 + number);
        place.map_or(SessionId(0), |place| self.sessions[place])
    }

    pub(super) fn say_from(&mut self, session: SessionId, message: ClientMessage) {
        self.handle(&Input::Message(session, message), false);
    }

    pub(super) fn handle(&mut self, input: &Input, proved: bool) {
        let effects = self.room.handle(self.now, input.clone());
        for effect in &effects {
            let Effect::Send(session, message) = effect else { continue };
            if let ServerMessage::Challenge { challenge } = message {
                self.challenges.insert(*session, *challenge);
            }
            if let ServerMessage::Welcome { resume, .. } = message {
                self.tokens.push(resume.clone());
            }
        }
        self.oracle.observe(self.now, input, proved, &effects);
        self.oracle.check(self.now, &self.room, &effects);
    }

    fn connect(&mut self) {
        let session = SessionId(u64::try_from(self.sessions.len()).unwrap() + 1);
        self.sessions.push(session);
        self.handle(&Input::Connected(session), false);
    }

    fn enter(&mut self, session: usize, proof: Proof, token: Token) {
        let session = self.session(session);
        let other = self.session(1);
        let prove =
            |key: &ModeratorKey, session| self.challenges.get(&session).map(|c| key.prove(c));
        let shown = match proof {
            Proof::Holds => prove(&self.key, session),
            Proof::Forged => prove(&self.forger, session),
            Proof::Borrowed if other != session => prove(&self.key, other),
            Proof::No | Proof::Borrowed => None,
        };
        let proved = matches!(proof, Proof::Holds) && shown.is_some();
        let token = match token {
            Token::No => None,
            Token::Invented => Some(ResumeToken::from_bytes([7; 32])),
            Token::Seen(back) => self.tokens.iter().rev().nth(back).cloned(),
        };
        let message = enter(token, shown, self.profile.clone());
        self.handle(&Input::Message(session, message), proved);
    }

    fn moderate(&mut self, session: usize, moderation: Moderation) {
        self.say(session, ClientMessage::Moderate(moderation));
    }

    fn say(&mut self, session: usize, message: ClientMessage) {
        self.say_from(self.session(session), message);
    }
}

fn slot(mid: &str) -> (Mid, MediaKind) {
    (Mid::parse(mid).unwrap(), kind(mid))
}
