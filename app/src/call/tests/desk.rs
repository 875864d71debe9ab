// SPDX-License-Identifier: EUPL-1.2
//! A desk with one page on it: only this file talks to the call.

use core::time::Duration;

use shared::{
    Answer, Challenge, ChatText, ClientMessage, DisplayName, GuestMark, Knock, Mid, Moderation,
    Offer, ParticipantId, ParticipantInfo, ResumeToken, Revision, Role, RoomRules, RoomSecret,
    RosterChange, Sdp, SealedProfile, SealedText, ServerMessage, SlotEntry, Source, Timestamp,
    VoiceKey, WaitingFor,
};

use super::{
    super::{
        Access, Call, CallView, CaptureFailure, DeviceId, Effect, Event, Intent, PersonView,
        SourceView, TileView,
    },
    transcript,
};

/// The cast. Ada made the room.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Person {
    Ada,
    Bob,
    Cleo,
}

pub(super) const ADA: Person = Person::Ada;
pub(super) const BOB: Person = Person::Bob;
pub(super) const CLEO: Person = Person::Cleo;
pub(super) const MICROPHONE: Source = Source::Microphone;
pub(super) const CAMERA: Source = Source::Camera;
pub(super) const SCREEN: Source = Source::Screen;
pub(super) const SOUND: Source = Source::ScreenSound;

impl Person {
    pub(super) fn id(self) -> ParticipantId {
        ParticipantId(self.number().into())
    }

    const fn number(self) -> u8 {
        match self {
            Self::Ada => 0,
            Self::Bob => 1,
            Self::Cleo => 2,
        }
    }

    pub(super) fn of(id: ParticipantId) -> Self {
        [ADA, BOB, CLEO].into_iter().find(|person| person.id() == id).unwrap()
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Ada => "ada",
            Self::Bob => "bob",
            Self::Cleo => "cleo",
        }
    }

    /// As others read it.
    pub(super) fn named(self) -> DisplayName {
        DisplayName::from_typed(self.name())
    }

    /// As the server tells of them.
    pub(super) fn with(self, live: &[Source]) -> ParticipantInfo {
        ParticipantInfo {
            id: self.id(),
            role: if self == ADA { Role::Moderator } else { Role::Participant },
            holder: self == ADA,
            profile: self.profile(),
            guest: Some(mark()),
            live: live.to_vec(),
            hand: None,
            away: false,
        }
    }

    /// As the server tells of them once a moderator has given them a role.
    pub(super) fn as_role(self, role: Role) -> ParticipantInfo {
        ParticipantInfo { role, ..self.with(&[]) }
    }

    /// As the server tells of them while their hand is up.
    pub(super) fn with_hand(self, hand: u32) -> ParticipantInfo {
        ParticipantInfo { hand: Some(hand), ..self.with(&[]) }
    }

    pub(super) fn profile(self) -> SealedProfile {
        sealed(self.name(), self.number())
    }

    pub(super) fn knock(self) -> Knock {
        Knock {
            participant: self.id(),
            profile: self.profile(),
            guest: Some(mark()),
            personal: false,
            removed: false,
        }
    }
}

/// Somebody's page.
pub(super) struct Desk {
    person: Person,
    pub(super) call: Call,
    pub(super) now: Timestamp,
    seen: Vec<String>,
    challenges: u8,
    revision: Revision,
}

impl Desk {
    /// The page as it is loaded by somebody with their link.
    pub(super) fn of(person: Person) -> Self {
        let room = secret().moderator_key().room_id();
        let access = match person {
            Person::Ada => Access::Moderator { secret: secret(), licence: None },
            Person::Bob | Person::Cleo => {
                Access::Invited { room, key: Some(secret().invitation_key()), ticket: None }
            }
        };
        Self::with(person, access, None)
    }

    pub(super) fn with(person: Person, access: Access, resume: Option<ResumeToken>) -> Self {
        let call = Call::new(access, resume);
        let now = Timestamp::default();
        Self { person, call, now, seen: Vec::new(), challenges: 0, revision: Revision(0) }
    }

    /// Somebody who is inside with these others, everybody's sources off, the peer answered.
    pub(super) fn inside(person: Person, others: &[Person]) -> Self {
        let mut desk = Self::of(person);
        desk.join();
        desk.greet();
        desk.welcome(others);
        desk.offered("offer");
        desk.answer("answer");
        desk.skip();
        desk
    }

    pub(super) fn happen(&mut self, event: Event) {
        let effects = self.call.handle(self.now, event);
        self.seen.extend(effects.iter().map(transcript::line));
    }

    pub(super) fn want(&mut self, intent: Intent) {
        self.happen(Event::Intent(intent));
    }

    pub(super) fn hear(&mut self, message: ServerMessage) {
        self.happen(Event::Message(message));
    }

    /// Time passes; the page is woken whenever it asked for it.
    pub(super) fn wait(&mut self, millis: u64) {
        let end = self.now + Duration::from_millis(millis);
        while let Some(due) = self.call.deadline().filter(|due| *due <= end) {
            self.now = due.max(self.now);
            self.happen(Event::Timeout);
            assert!(self.call.deadline().is_none_or(|next| next > due), "woken for nothing");
        }
        self.now = end;
    }

    /// Everything the page did since it was last looked at.
    #[track_caller]
    pub(super) fn check(&mut self, expected: &str) {
        let expected: Vec<_> = expected.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        assert_eq!(core::mem::take(&mut self.seen), expected);
    }

    pub(super) fn skip(&mut self) {
        self.seen.clear();
    }

    pub(super) fn view(&self) -> CallView {
        self.call.view()
    }

    pub(super) fn tile(&self, person: Person) -> TileView {
        self.view()
            .tiles
            .into_iter()
            .find(|tile| tile.key.id == person.id() && !tile.key.screen)
            .unwrap()
    }

    /// Somebody in the list of people.
    pub(super) fn person(&self, person: Person) -> PersonView {
        self.view().people.into_iter().find(|it| it.id == person.id()).unwrap()
    }

    /// What can be done about somebody.
    pub(super) fn acts(&self, person: Person) -> Vec<String> {
        self.person(person).acts.iter().map(transcript::moderated).collect()
    }

    pub(super) fn source(&self, source: Source) -> SourceView {
        self.view().source(source).clone()
    }

    pub(super) fn join(&mut self) {
        let name = DisplayName::from_typed(self.person.name());
        self.want(Intent::Join { name, nonce: [self.person.number(); 12] });
    }

    /// The connection opens and the server greets.
    pub(super) fn greet(&mut self) {
        self.happen(Event::SocketOpened);
        self.challenges += 1;
        let challenge = Challenge::from_bytes([self.challenges; 32]);
        self.hear(ServerMessage::Challenge { challenge });
    }

    pub(super) fn wait_for(&mut self, for_whom: WaitingFor) {
        let visit = ResumeToken::from_bytes([100 + self.challenges; 32]);
        self.hear(ServerMessage::Waiting { for_whom, visit });
    }

    pub(super) fn welcome(&mut self, others: &[Person]) {
        self.welcome_knocking(others, &[]);
    }

    pub(super) fn welcome_knocking(&mut self, others: &[Person], knocking: &[Person]) {
        let welcome = self.welcome_as(self.person, others, knocking);
        self.hear(welcome);
    }

    pub(super) fn welcome_as(&self, you: Person, with: &[Person], at: &[Person]) -> ServerMessage {
        let participants = with.iter().chain([&you]).map(|p| p.with(&[])).collect();
        ServerMessage::Welcome {
            you: you.id(),
            revision: self.revision,
            rules: RoomRules::default(),
            participants,
            knocks: at.iter().map(|person| person.knock()).collect(),
            transport: true,
            resume: ResumeToken::from_bytes([self.challenges; 32]),
        }
    }

    pub(super) fn present(&mut self, info: ParticipantInfo) {
        self.change(RosterChange::Present { participant: info });
    }

    pub(super) fn change(&mut self, change: RosterChange) {
        self.revision = self.revision.next();
        let revision = self.revision;
        self.hear(ServerMessage::Roster { revision, change });
    }

    pub(super) fn rules(&mut self, rules: RoomRules) {
        self.change(RosterChange::Rules { rules });
    }

    /// A moderator, or the room, switched a source of this person's off.
    pub(super) fn silence(&mut self, source: Source, by: Option<Person>, count: u32) {
        self.hear(ServerMessage::Silenced { source, by: by.map(Person::id), count });
    }

    pub(super) fn moderate(&mut self, moderation: Moderation) {
        self.want(Intent::Moderate(moderation));
    }

    pub(super) fn write(&mut self, text: &str) {
        let text = ChatText::from_typed(text).unwrap();
        self.want(Intent::Chat { text, nonce: [1; 12] });
    }

    /// Writes a line that is like no other.
    pub(super) fn write_line(&mut self, number: u8) {
        let text = ChatText::from_typed(&number.to_string()).unwrap();
        self.want(Intent::Chat { text, nonce: [number; 12] });
    }

    /// The same, said at once.
    pub(super) fn said_line(&mut self, number: u8) -> SealedText {
        let text = ChatText::from_typed(&number.to_string()).unwrap();
        let intent = Intent::Chat { text, nonce: [number; 12] };
        let [said] = sealed_in(self.effects(Event::Intent(intent))).try_into().unwrap();
        said
    }

    /// Such a line as it is said by the person at this desk.
    pub(super) fn sealed_line(&self, number: u8) -> SealedText {
        let (key, room) = (secret().invitation_key(), secret().moderator_key().room_id());
        let text = ChatText::from_typed(&number.to_string()).unwrap();
        SealedText::seal(&text, &key, (room, self.person.id()), [number; 12])
    }

    /// The server says what this person said.
    pub(super) fn hear_lines<const N: usize>(&mut self, numbers: [u8; N]) {
        for number in numbers {
            let text = self.sealed_line(number);
            self.hear(ServerMessage::Chat { participant: self.person.id(), text });
        }
    }

    /// What is written when the line is back.
    pub(super) fn welcomed_again(&mut self, others: &[Person]) -> Vec<SealedText> {
        self.welcomed_as(self.person, others)
    }

    /// What is written when the line is back, in the seat of this person.
    pub(super) fn welcomed_as(&mut self, you: Person, others: &[Person]) -> Vec<SealedText> {
        let welcome = self.welcome_as(you, others, &[]);
        sealed_in(self.effects(Event::Message(welcome)))
    }

    /// Somebody wrote, and the server says so.
    pub(super) fn written(&mut self, person: Person, text: &str) {
        let (key, room) = (secret().invitation_key(), secret().moderator_key().room_id());
        let text = ChatText::from_typed(text).unwrap();
        let text = SealedText::seal(&text, &key, (room, person.id()), [1; 12]);
        self.hear(ServerMessage::Chat { participant: person.id(), text });
    }

    /// Lets a source run.
    pub(super) fn switch_on(&mut self, source: Source) {
        self.want(Intent::Transmit(source, true));
        self.captured(source, "device");
        self.skip();
    }

    /// The server states a table.
    pub(super) fn slots(&mut self, revision: u32, slots: &[(&str, Person, Source)]) {
        let entry = |(mid, person, source): &(&str, Person, Source)| SlotEntry {
            mid: Mid::parse(mid).unwrap(),
            participant: person.id(),
            source: *source,
        };
        let slots = slots.iter().map(entry).collect();
        self.hear(ServerMessage::Slots { revision: Revision(revision), slots });
    }

    pub(super) fn offered(&mut self, sdp: &str) {
        self.happen(Event::Offered(Offer { sdp: description(sdp), senders: Vec::new() }));
    }

    pub(super) fn answer(&mut self, sdp: &str) {
        self.hear(ServerMessage::Answer(Answer { sdp: description(sdp), voices: voices() }));
    }

    pub(super) fn captured(&mut self, source: Source, device: &str) {
        self.happen(Event::Captured { source, device: DeviceId(device.to_owned()) });
    }

    pub(super) fn failed(&mut self, source: Source, failure: CaptureFailure) {
        self.happen(Event::CaptureFailed { source, failure });
    }

    /// The raw effects of one event, for what a transcript does not tell.
    pub(super) fn effects(&mut self, event: Event) -> Vec<Effect> {
        self.call.handle(self.now, event)
    }
}

fn sealed_in(effects: Vec<Effect>) -> Vec<SealedText> {
    let said = |effect| {
        let Effect::Send(ClientMessage::Chat { text }) = effect else { return None };
        Some(text)
    };
    effects.into_iter().filter_map(said).collect()
}

pub(super) fn secret() -> RoomSecret {
    RoomSecret::from_random([7; 32])
}

/// By what the room recognises everybody invited.
pub(super) fn mark() -> GuestMark {
    secret().invitation_key().guest_key().mark()
}

/// A name under the room's invitation.
pub(super) fn sealed(name: &str, nonce: u8) -> SealedProfile {
    let (key, room) = (secret().invitation_key(), secret().moderator_key().room_id());
    SealedProfile::seal(&DisplayName::from_typed(name), &key, room, [nonce; 12])
}

pub(super) fn device(name: &str) -> DeviceId {
    DeviceId(name.to_owned())
}

/// Under what names voices come.
pub(super) const fn voices() -> VoiceKey {
    VoiceKey::from_random([8; 16])
}

fn description(text: &str) -> Sdp {
    Sdp::new(text.to_owned()).unwrap()
}
