// SPDX-License-Identifier: EUPL-1.2
//! Where stories are played: a room, its people, a clock, and a transcript of what the room did.

use std::collections::BTreeMap;
use std::time::Duration;

use shared::{
    Challenge, ClientMessage, DisplayName, MediaKind, Mid, Moderation, Offer, ResumeToken,
    RoomSecret, Sdp, SealedProfile, SenderLine, ServerMessage, Source, Timestamp,
};

use super::super::{Effect, Input, Room, RoomKey, RoomLimits, SessionId, TransportChange};
use super::transcript::Names;

/// Holds the bookmark.
pub(super) const ADA: &str = "ada";
/// Holds an invitation.
pub(super) const BOB: &str = "bob";
/// Holds an invitation.
pub(super) const CLEO: &str = "cleo";

pub(super) const MICROPHONE: Source = Source::Microphone;
pub(super) const CAMERA: Source = Source::Camera;

pub(super) struct Stage {
    pub(super) room: Room,
    secret: RoomSecret,
    now: Timestamp,
    names: Names,
    lines: Vec<String>,
    /// The connection that each person used last.
    sessions: BTreeMap<&'static str, SessionId>,
    challenges: BTreeMap<SessionId, Challenge>,
    tokens: BTreeMap<&'static str, ResumeToken>,
}

impl Stage {
    pub(super) fn new() -> Self {
        Self::with_limits(RoomLimits::default())
    }

    pub(super) fn with_limits(limits: RoomLimits) -> Self {
        let secret = RoomSecret::from_random([1; 32]);
        let id = secret.moderator_key().room_id();
        Self {
            room: Room::new(id, RoomKey::from_random([2; 32]), limits),
            now: Timestamp::default(),
            names: Names::new(secret.invitation_key(), id),
            lines: Vec::new(),
            sessions: BTreeMap::new(),
            challenges: BTreeMap::new(),
            tokens: BTreeMap::new(),
            secret,
        }
    }

    /// Ada inside, and these admitted by her; the transcript is empty.
    pub(super) fn with_inside(people: &[&'static str]) -> Self {
        let mut stage = Self::new();
        stage.arrive_as_moderator(ADA);
        for name in people {
            stage.arrive(name);
            stage.admit(ADA, name);
        }
        stage.skip();
        stage
    }

    /// Ada and everybody named inside, and these with a transport; the transcript is empty.
    pub(super) fn with_transports(people: &[&'static str]) -> Self {
        let others: Vec<_> = people.iter().copied().filter(|name| *name != ADA).collect();
        let mut stage = Self::with_inside(&others);
        for name in people {
            stage.open_transport(name);
        }
        stage.skip();
        stage
    }

    /// Admitted by Ada; the transcript is empty.
    pub(super) fn enter_inside(&mut self, name: &'static str) {
        self.arrive(name);
        self.admit(ADA, name);
        self.skip();
    }

    pub(super) fn connect(&mut self, name: &'static str) {
        let session = self.names.connect(name);
        self.sessions.insert(name, session);
        self.handle(Input::Connected(session));
    }

    pub(super) fn arrive(&mut self, name: &'static str) {
        self.connect(name);
        self.say(name, enter(None, None, self.profile(name)));
    }

    pub(super) fn arrive_as_moderator(&mut self, name: &'static str) {
        self.connect(name);
        let proof = self.secret.moderator_key().prove(&self.challenges[&self.sessions[name]]);
        self.say(name, enter(None, Some(proof), self.profile(name)));
    }

    /// Comes with a key that is not the room's.
    pub(super) fn arrive_as_impostor(&mut self, name: &'static str) {
        self.connect(name);
        let other = RoomSecret::from_random([9; 32]).moderator_key();
        let proof = other.prove(&self.challenges[&self.sessions[name]]);
        self.say(name, enter(None, Some(proof), self.profile(name)));
    }

    /// Comes with what a moderator signed on another connection.
    pub(super) fn arrive_with_the_proof_of(&mut self, name: &'static str, of: &'static str) {
        self.connect(name);
        let proof = self.secret.moderator_key().prove(&self.challenges[&self.sessions[of]]);
        self.say(name, enter(None, Some(proof), self.profile(name)));
    }

    pub(super) fn token(&self, name: &'static str) -> ResumeToken {
        self.tokens[name].clone()
    }

    pub(super) fn resume(&mut self, name: &'static str) {
        self.resume_with(name, self.token(name));
    }

    pub(super) fn resume_with(&mut self, name: &'static str, token: ResumeToken) {
        self.connect(name);
        self.say(name, enter(Some(token), None, self.profile(name)));
    }

    /// Returns to a seat with the bookmark in hand.
    pub(super) fn resume_as_moderator(&mut self, name: &'static str) {
        let token = self.token(name);
        self.connect(name);
        let proof = self.secret.moderator_key().prove(&self.challenges[&self.sessions[name]]);
        self.say(name, enter(Some(token), Some(proof), self.profile(name)));
    }

    pub(super) fn cut(&mut self, name: &'static str) {
        self.handle(Input::Disconnected(self.sessions[name]));
    }

    pub(super) fn leave(&mut self, name: &'static str) {
        self.say(name, ClientMessage::Leave {});
    }

    pub(super) fn admit(&mut self, moderator: &'static str, name: &'static str) {
        let participant = self.names.participant(name);
        self.moderate(moderator, Moderation::Admit { participant });
    }

    pub(super) fn refuse(&mut self, moderator: &'static str, name: &'static str) {
        let participant = self.names.participant(name);
        self.moderate(moderator, Moderation::Refuse { participant });
    }

    pub(super) fn moderate(&mut self, moderator: &'static str, moderation: Moderation) {
        self.say(moderator, ClientMessage::Moderate(moderation));
    }

    pub(super) fn publish(&mut self, name: &'static str, live: &[Source]) {
        self.say(name, ClientMessage::Publish { live: live.to_vec() });
    }

    pub(super) fn offer(&mut self, name: &'static str, senders: &[(&str, Source)]) {
        self.say(name, ClientMessage::Offer(offer(senders)));
    }

    /// The media plane answers: one line that receives for each name, `a…` for sound.
    pub(super) fn negotiated(&mut self, name: &'static str, mids: &[&str]) {
        let participant = self.names.participant(name);
        let slots = mids.iter().map(|mid| (Mid::parse(mid).unwrap(), kind(mid))).collect();
        self.handle(Input::Negotiated { participant, slots });
    }

    /// Offers, is answered, and receives two sounds and two pictures.
    pub(super) fn open_transport(&mut self, name: &'static str) {
        self.offer(name, &[("m", MICROPHONE), ("c", CAMERA)]);
        self.negotiated(name, &["a1", "a2", "v1", "v2"]);
    }

    pub(super) fn not_negotiated(&mut self, name: &'static str) {
        let participant = self.names.participant(name);
        self.handle(Input::NotNegotiated { participant });
    }

    pub(super) fn transport(&mut self, name: &'static str, change: TransportChange) {
        self.handle(Input::Transport(self.names.participant(name), change));
    }

    /// Lets time pass as a driver would: the room is woken at each of its deadlines.
    pub(super) fn wait(&mut self, seconds: u64) {
        let end = self.now + Duration::from_secs(seconds);
        while let Some(due) = self.room.deadline().filter(|due| *due <= end) {
            self.now = due;
            self.handle(Input::Timeout);
        }
        self.now = end;
    }

    /// Lets time pass while nobody wakes the room.
    pub(super) fn leap(&mut self, seconds: u64) {
        self.now = self.now + Duration::from_secs(seconds);
    }

    pub(super) fn say(&mut self, name: &'static str, message: ClientMessage) {
        self.handle(Input::Message(self.sessions[name], message));
    }

    pub(super) fn handle(&mut self, input: Input) {
        for effect in self.room.handle(self.now, input) {
            if let Effect::Send(session, message) = &effect {
                self.learn(*session, message);
            }
            self.lines.push(self.names.line(&effect));
        }
    }

    /// Forgets the transcript up to here.
    pub(super) fn skip(&mut self) {
        self.lines.clear();
    }

    /// Compares everything since the last look with one line for each effect.
    #[track_caller]
    pub(super) fn check(&mut self, expected: &str) {
        let expected: Vec<_> =
            expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let happened = core::mem::take(&mut self.lines);
        assert_eq!(happened.join("\n"), expected.join("\n"));
    }

    pub(super) fn profile(&self, name: &str) -> SealedProfile {
        let key = self.secret.invitation_key();
        let room = self.secret.moderator_key().room_id();
        SealedProfile::seal(&DisplayName::from_typed(name), &key, room, [3; 12])
    }

    fn learn(&mut self, session: SessionId, message: &ServerMessage) {
        if let ServerMessage::Challenge { challenge } = message {
            self.challenges.insert(session, *challenge);
        }
        if let ServerMessage::Welcome { resume, .. } = message {
            self.tokens.insert(self.names.person(session), resume.clone());
        }
        self.names.learn(message);
    }
}

pub(super) fn enter(
    resume: Option<ResumeToken>,
    proof: Option<shared::ModeratorProof>,
    profile: SealedProfile,
) -> ClientMessage {
    ClientMessage::Enter { resume, proof, profile }
}

pub(super) fn offer(senders: &[(&str, Source)]) -> Offer {
    let line = |(mid, source): &(&str, Source)| SenderLine {
        mid: Mid::parse(mid).unwrap(),
        source: *source,
    };
    Offer { sdp: Sdp::new("v=0".into()).unwrap(), senders: senders.iter().map(line).collect() }
}

pub(super) fn kind(mid: &str) -> MediaKind {
    if mid.starts_with('a') { MediaKind::Audio } else { MediaKind::Video }
}
