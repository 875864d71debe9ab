// SPDX-License-Identifier: EUPL-1.2
//! Where stories are played: a room, its people, a clock, and a transcript of what the room did.

use std::collections::BTreeMap;
use std::time::Duration;

use shared::{
    Challenge, ChatText, ClientMessage, DisplayName, Door, Entry, MediaKind, Mid, Moderation,
    Offer, ParticipantId, ResumeToken, RoomSecret, Sdp, SealedProfile, SealedText, SenderLine,
    ServerMessage, Source, Ticket, TicketNumber, Timestamp, UnixTime,
};

use super::super::{
    Effect, Input, Licensing, Room, RoomKey, RoomLimits, SessionId, SourceKey, TransportChange,
};
use super::transcript::Names;

/// Holds the bookmark.
pub(super) const ADA: &str = "ada";
/// Holds an invitation.
pub(super) const BOB: &str = "bob";
/// Holds an invitation.
pub(super) const CLEO: &str = "cleo";

pub(super) const MICROPHONE: Source = Source::Microphone;
pub(super) const CAMERA: Source = Source::Camera;
pub(super) const SCREEN: Source = Source::Screen;
pub(super) const SOUND: Source = Source::ScreenSound;

/// What the calendar says when a story begins.
pub(super) const START: UnixTime = UnixTime::from_secs(1_800_000_000);

pub(super) struct Stage {
    pub(super) room: Room,
    pub(super) secret: RoomSecret,
    pub(super) now: Timestamp,
    names: Names,
    pub(super) lines: Vec<String>,
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
        Self::with(limits, Licensing::Open)
    }

    pub(super) fn with(limits: RoomLimits, licensing: Licensing) -> Self {
        let secret = RoomSecret::from_random([1; 32]);
        let id = secret.moderator_key().room_id();
        Self {
            room: Room::new(id, RoomKey::from_random([2; 32]), limits, licensing, START),
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
        self.connect_from(name, 0);
    }

    pub(super) fn connect_from(&mut self, name: &'static str, source: u64) {
        let session = self.names.connect(name);
        self.sessions.insert(name, session);
        self.handle(Input::Connected(session, SourceKey(source)));
    }

    pub(super) fn arrive(&mut self, name: &'static str) {
        self.arrive_with(name, |_| ());
    }

    pub(super) fn arrive_from(&mut self, name: &'static str, source: u64) {
        self.connect_from(name, source);
        let entry = self.entry(name);
        self.say(name, ClientMessage::Enter(entry));
    }

    /// Comes with more in hand.
    pub(super) fn arrive_with(&mut self, name: &'static str, show: impl FnOnce(&mut Shows)) {
        self.connect(name);
        self.enter_with(name, show);
    }

    /// Enters over a line that is open already.
    pub(super) fn enter_with(&mut self, name: &'static str, show: impl FnOnce(&mut Shows)) {
        let entry = self.entry(name);
        let challenge = self.challenges[&self.sessions[name]];
        let mut shows = Shows { entry, secret: self.secret.clone(), challenge };
        show(&mut shows);
        let entry = shows.entry;
        self.say(name, ClientMessage::Enter(entry));
    }

    pub(super) fn arrive_as_moderator(&mut self, name: &'static str) {
        self.arrive_with(name, Shows::the_bookmark);
    }

    /// Comes with a key that is not the room's.
    pub(super) fn arrive_as_impostor(&mut self, name: &'static str) {
        let other = RoomSecret::from_random([9; 32]).moderator_key();
        self.arrive_with(name, |shows| shows.entry.proof = Some(other.prove(&shows.challenge)));
    }

    /// Comes with what a moderator signed on another connection.
    pub(super) fn arrive_with_the_proof_of(&mut self, name: &'static str, of: &'static str) {
        let proof = self.secret.moderator_key().prove(&self.challenges[&self.sessions[of]]);
        self.arrive_with(name, |shows| shows.entry.proof = Some(proof));
    }

    /// A personal invitation of the room, good for an hour.
    pub(super) fn ticket(&self, number: u8) -> Ticket {
        let number = TicketNumber::from_random([number; 16]);
        Ticket::issue(&self.secret.moderator_key(), number, START + Duration::from_hours(1))
    }

    /// The door that is open to everybody invited.
    pub(super) fn open_door(&self) -> Door {
        Door::Open(self.secret.invitation_key().guest_key().mark())
    }

    fn entry(&self, name: &str) -> Entry {
        enter(self.profile(name))
    }

    pub(super) fn token(&self, name: &'static str) -> ResumeToken {
        self.tokens[name].clone()
    }

    pub(super) fn resume(&mut self, name: &'static str) {
        self.resume_with(name, self.token(name));
    }

    pub(super) fn resume_with(&mut self, name: &'static str, token: ResumeToken) {
        self.arrive_with(name, |shows| shows.entry.resume = Some(token));
    }

    /// Returns to a seat with the bookmark in hand.
    pub(super) fn resume_as_moderator(&mut self, name: &'static str) {
        let token = self.token(name);
        self.arrive_with(name, |shows| {
            shows.the_bookmark();
            shows.entry.resume = Some(token);
        });
    }

    pub(super) fn cut(&mut self, name: &'static str) {
        self.handle(Input::Disconnected(self.sessions[name]));
    }

    pub(super) fn violate(&mut self, name: &'static str) {
        self.handle(Input::Violated(self.sessions[name]));
    }

    pub(super) fn leave(&mut self, name: &'static str) {
        self.say(name, ClientMessage::Leave {});
    }

    pub(super) fn admit(&mut self, moderator: &'static str, name: &'static str) {
        let participant = self.names.participant(name);
        self.moderate(moderator, Moderation::Admit { participant });
    }

    /// Lets in everybody who came no later than this person.
    pub(super) fn admit_all(&mut self, moderator: &'static str, last: &str) {
        let up_to = self.names.participant(last);
        self.moderate(moderator, Moderation::AdmitAll { up_to });
    }

    pub(super) fn refuse(&mut self, moderator: &'static str, name: &'static str) {
        let participant = self.names.participant(name);
        self.moderate(moderator, Moderation::Refuse { participant });
    }

    pub(super) fn participant(&self, name: &str) -> ParticipantId {
        self.names.participant(name)
    }

    /// Does something about somebody.
    pub(super) fn act(
        &mut self,
        moderator: &'static str,
        act: impl FnOnce(ParticipantId) -> Moderation,
        name: &'static str,
    ) {
        self.moderate(moderator, act(self.participant(name)));
    }

    pub(super) fn moderate(&mut self, moderator: &'static str, moderation: Moderation) {
        self.say(moderator, ClientMessage::Moderate(moderation));
    }

    pub(super) fn publish(&mut self, name: &'static str, live: &[Source]) {
        self.publish_having_heard(name, live, 0);
    }

    pub(super) fn publish_having_heard(&mut self, name: &'static str, live: &[Source], heard: u32) {
        self.say(name, ClientMessage::Publish { live: live.to_vec(), heard });
    }

    pub(super) fn hand(&mut self, name: &'static str, raised: bool) {
        self.say(name, ClientMessage::Hand { raised });
    }

    pub(super) fn chat(&mut self, name: &'static str) {
        self.say(name, ClientMessage::Chat { text: chat_text(&self.secret) });
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

    /// The media plane answers an offer to go on: all lines that receive.
    pub(super) fn grown(&mut self, name: &'static str, mids: &[&str]) {
        let participant = self.names.participant(name);
        let slots = mids.iter().map(|mid| (Mid::parse(mid).unwrap(), kind(mid))).collect();
        self.handle(Input::Grown { participant, slots });
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

    /// How much the room has done since the last look.
    pub(super) const fn has_done(&self) -> usize {
        self.lines.len()
    }

    /// What somebody was connected to since the last look.
    pub(super) fn routes_of(&self, name: &str) -> Vec<String> {
        let start = format!("routes {name}:");
        self.lines.iter().filter(|line| line.starts_with(&start)).cloned().collect()
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
        if let ServerMessage::Welcome { resume, .. }
        | ServerMessage::Waiting { visit: resume, .. } = message
        {
            self.tokens.insert(self.names.person(session), resume.clone());
        }
        self.names.learn(message);
    }
}

/// What somebody is about to show at the door.
pub(super) struct Shows {
    pub(super) entry: Entry,
    secret: RoomSecret,
    challenge: Challenge,
}

impl Shows {
    /// That they hold the bookmark.
    pub(super) fn the_bookmark(&mut self) {
        self.entry.proof = Some(self.secret.moderator_key().prove(&self.challenge));
    }

    /// That they hold the invitation of this room.
    pub(super) fn the_invitation_of(&mut self, secret: &RoomSecret) {
        let room = self.secret.moderator_key().room_id();
        self.entry.guest = Some(secret.invitation_key().guest_key().prove(room, &self.challenge));
    }

    pub(super) fn the_invitation(&mut self) {
        self.the_invitation_of(&self.secret.clone());
    }
}

/// Enters with nothing but a name.
pub(super) const fn enter(profile: SealedProfile) -> Entry {
    Entry::named(profile)
}

/// Something that somebody writes; the room cannot read it, and does not look who did.
pub(super) fn chat_text(secret: &RoomSecret) -> SealedText {
    let text = ChatText::from_typed("Hello").unwrap();
    let room = secret.moderator_key().room_id();
    SealedText::seal(&text, &secret.invitation_key(), (room, ParticipantId(1)), [4; 12])
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
