// SPDX-License-Identifier: EUPL-1.2
//! What holds in every history, in whatever order things happen.

use core::time::Duration;

use proptest::{collection::vec, prelude::*};
use shared::{
    Act, Answer, Audience, Challenge, ChatText, ClientMessage, CloseReason, DisplayName, Floor,
    Mid, Moderation, Offer, ParticipantId, ParticipantInfo, Refusal, ResumeToken, Revision, Role,
    RoomRules, RosterChange, Sdp, SealedText, ServerMessage, SlotEntry, Source, Timestamp,
    WaitingFor,
};

use super::{
    super::{Access, Call, CallView, CaptureFailure, DeviceId, Effect, Event, Intent, Screen},
    desk::{ADA, BOB, CLEO, Person, secret},
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn every_history_keeps_the_promises(moderator: bool, steps in vec(step(), 1..80)) {
        let mut world = World::new(moderator);
        for (millis, events) in steps {
            world.now = world.now + Duration::from_millis(millis);
            for event in events {
                world.happen(&event)?;
            }
        }
        // Whoever is still at the gate enters and leaves.
        for event in entering(welcome()) {
            world.happen(&event)?;
        }
        world.happen(&Event::Intent(Intent::Leave))?;
        prop_assert_eq!(world.lights, [false; 3], "no light stays on");
    }
}

/// What a browser and a person would hold against a call.
struct World {
    call: Call,
    now: Timestamp,
    socket: Socket,
    /// By the person's intents, until the source is released, fails or is silenced.
    wanted: [bool; 3],
    /// What the last capture was asked for.
    asked: [Option<DeviceId>; 3],
    lights: [bool; 3],
    transmitted: [bool; 3],
    /// The seat's last silencing of each source.
    silenced: [u32; 3],
    /// Until when the gate stays shut.
    shut_until: Timestamp,
    /// What the tab keeps.
    kept: Option<ResumeToken>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Socket {
    Closed,
    Opening,
    Open,
}

impl World {
    fn new(moderator: bool) -> Self {
        let room = secret().moderator_key().room_id();
        let access = if moderator {
            Access::Moderator { secret: secret(), licence: None }
        } else {
            Access::Invited { room, key: Some(secret().invitation_key()), ticket: None }
        };
        Self {
            call: Call::new(access, None),
            now: Timestamp::default(),
            socket: Socket::Closed,
            wanted: [false; 3],
            asked: [None, None, None],
            lights: [false; 3],
            transmitted: [false; 3],
            silenced: [0; 3],
            shut_until: Timestamp::default(),
            kept: None,
        }
    }

    fn happen(&mut self, event: &Event) -> Result<(), TestCaseError> {
        if *event == Event::SocketOpened && self.socket == Socket::Opening {
            self.socket = Socket::Open;
        } else if *event == Event::SocketClosed {
            self.socket = Socket::Closed;
        } else if let Event::Captured { source, .. } = event {
            self.lights[place(*source)] = true;
        } else if let Event::CaptureEnded(source) = event {
            self.lights[place(*source)] = false;
        }
        let before = self.call.view();
        let effects = self.call.handle(self.now, event.clone());
        self.hear(event, &before)?;
        for effect in effects {
            self.perform(event, effect, &before)?;
        }
        let due = self.call.deadline();
        if matches!(event, Event::Timeout) {
            prop_assert!(due.is_none_or(|due| due > self.now), "woken for nothing");
        }
        self.look()
    }

    /// A silencing that is heard inside and is not an old one takes the wish away, whatever the source
    /// was about to do.
    fn hear(&mut self, event: &Event, before: &CallView) -> Result<(), TestCaseError> {
        let view = self.call.view();
        if is_inside(&view) && !is_inside(before) {
            self.silenced = [0; 3];
        }
        if let Event::Message(ServerMessage::Refused { pause, .. }) = event
            && !matches!(before.screen, Screen::Ended(_))
            && matches!(view.screen, Screen::Ended(_))
        {
            self.shut_until = self.now + Duration::from_secs(u64::from(*pause));
        }
        let Event::Message(ServerMessage::Silenced { source, count, .. }) = event else {
            return Ok(());
        };
        let place = place(*source);
        let settled = matches!(
            before.screen,
            Screen::Conference { reconnecting: false } | Screen::Paused { reconnecting: false }
        );
        if settled && *count > self.silenced[place] {
            self.silenced[place] = *count;
            self.wanted[place] = false;
            let now = view.source(*source);
            prop_assert!(!now.on && !now.starting, "{:?} ignores a silencing", source);
            let was = before.source(*source);
            prop_assert_eq!(
                now.silenced.is_some(),
                was.on || was.starting || was.silenced.is_some()
            );
        } else {
            prop_assert_eq!(view.source(*source), before.source(*source), "said twice");
        }
        Ok(())
    }

    fn perform(
        &mut self,
        event: &Event,
        effect: Effect,
        before: &CallView,
    ) -> Result<(), TestCaseError> {
        match effect {
            Effect::OpenSocket(_) => self.socket = Socket::Opening,
            Effect::CloseSocket => self.socket = Socket::Closed,
            Effect::Send(message) => {
                prop_assert_eq!(self.socket, Socket::Open, "said to nobody: {:?}", message);
                self.said(event, message, before)?;
            }
            Effect::Capture(source, device) => {
                let place = place(source);
                let gives_way = self.asked[place].is_some() && device.is_none();
                let wanted = self.wanted[place];
                let willed = matches!(event,
                    Event::Intent(Intent::Preview(s, true) | Intent::Transmit(s, true))
                        if *s == source)
                    || matches!(event, Event::Intent(Intent::ChooseDevice(s, _))
                        if *s == source && wanted)
                    || matches!(event, Event::CaptureFailed { source: s, .. }
                        if *s == source && wanted && gives_way);
                prop_assert!(willed, "{:?} switched {:?} on", event, source);
                let allowed = before.screen == Screen::Gate && source != Source::Screen
                    || matches!(before.screen, Screen::Conference { .. })
                        && before.may(source.act())
                    || wanted;
                prop_assert!(allowed, "{:?} is captured where it is not allowed", source);
                self.wanted[place] = true;
                self.asked[place] = device;
            }
            Effect::Release(source) => {
                self.wanted[place(source)] = false;
                self.lights[place(source)] = false;
            }
            Effect::Transmit(source, transmit) => {
                let place = place(source);
                prop_assert!(!transmit || self.wanted[place], "{:?} is sent unasked", source);
                self.transmitted[place] = transmit;
            }
            Effect::KeepSeat(token) => {
                let left = matches!(event, Event::Intent(Intent::Leave)) && is_inside(before);
                let over = matches!(event, Event::Message(ServerMessage::Closed { reason })
                    if *reason != CloseReason::Removed);
                prop_assert!(token.is_some() || left || over, "forgotten by {:?}", event);
                self.kept = token;
            }
            Effect::OpenPeer | Effect::AcceptAnswer(_) | Effect::ClosePeer | Effect::Chime => {}
        }
        Ok(())
    }

    fn said(
        &self,
        event: &Event,
        message: ClientMessage,
        before: &CallView,
    ) -> Result<(), TestCaseError> {
        match message {
            ClientMessage::Publish { live, heard } => {
                let view = self.call.view();
                let on: Vec<_> = Source::ALL.into_iter().filter(|s| view.source(*s).on).collect();
                prop_assert_eq!(live, on);
                prop_assert_eq!(Some(heard), self.silenced.into_iter().max());
            }
            ClientMessage::Enter(entry) => prop_assert_eq!(&entry.resume, &self.kept),
            ClientMessage::Moderate(moderation) => {
                prop_assert!(matches!(event, Event::Intent(_)), "moderates unasked");
                prop_assert!(before.may(moderation.needs()));
            }
            ClientMessage::Chat { .. } => prop_assert!(before.may(Act::Chat)),
            ClientMessage::Hand { .. } | ClientMessage::Leave {} => {
                prop_assert!(matches!(event, Event::Intent(_)), "says {:?} unasked", message);
            }
            ClientMessage::Offer(_) => {}
        }
        Ok(())
    }

    fn look(&self) -> Result<(), TestCaseError> {
        let view = self.call.view();
        for source in Source::ALL {
            let shown = view.source(source);
            let place = place(source);
            prop_assert_eq!(shown.on, self.lights[place], "the switch of {:?} lies", source);
            prop_assert!(!(shown.on || shown.starting) || self.wanted[place]);
            prop_assert_eq!(self.transmitted[place], is_inside(&view) && shown.on);
            prop_assert!(!(shown.on && shown.silenced.is_some()), "on and switched off");
        }
        prop_assert!(view.chat.len() <= 500);
        let acts = view.people.iter().flat_map(|person| &person.acts);
        prop_assert!(acts.into_iter().all(|act| view.may(act.needs())), "an act without the right");
        if matches!(view.screen, Screen::Ended(_) | Screen::Gate) {
            prop_assert_eq!(self.socket, Socket::Closed);
            let is_shut = matches!(view.screen, Screen::Ended(_)) && !view.may_return;
            prop_assert_eq!(self.call.deadline().is_some(), is_shut);
            prop_assert!(!view.may_return || self.shut_until <= self.now, "opens too early");
        } else {
            prop_assert!(!view.may_return);
        }
        Ok(())
    }
}

const fn is_inside(view: &CallView) -> bool {
    matches!(view.screen, Screen::Conference { .. } | Screen::Paused { .. })
}

const fn place(source: Source) -> usize {
    match source {
        Source::Microphone => 0,
        Source::Camera => 1,
        Source::Screen => 2,
    }
}

/// Some time, and then what happens in a row.
fn step() -> impl Strategy<Value = (u64, Vec<Event>)> {
    let millis = prop_oneof![4 => Just(0_u64), 2 => 0..5_000_u64, 1 => 0..40_000_u64];
    let events = prop_oneof![
        6 => event().prop_map(|event| vec![event]),
        1 => Just(entering(welcome())),
        1 => Just(entering(waiting(WaitingFor::Admission))),
        1 => Just(vec![
            Event::Intent(Intent::Transmit(Source::Screen, true)),
            Event::Captured { source: Source::Screen, device: DeviceId::default() },
        ]),
    ];
    (millis, events)
}

/// The way in without a hitch, so that random histories get far.
fn entering(answer: ServerMessage) -> Vec<Event> {
    vec![
        Event::Intent(Intent::Join { name: DisplayName::from_typed("Ada"), nonce: [1; 12] }),
        Event::SocketOpened,
        Event::Message(ServerMessage::Challenge { challenge: Challenge::from_bytes([1; 32]) }),
        Event::Message(answer),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        8 => intent().prop_map(Event::Intent),
        8 => message().prop_map(Event::Message),
        2 => Just(Event::SocketOpened),
        2 => Just(Event::SocketClosed),
        1 => Just(Event::NetworkReturned),
        6 => (source(), device()).prop_map(|(source, device)| Event::Captured { source, device }),
        3 => (source(), failure())
            .prop_map(|(source, failure)| Event::CaptureFailed { source, failure }),
        2 => source().prop_map(Event::CaptureEnded),
        2 => Just(Event::Offered(Offer { sdp: sdp(), senders: Vec::new() })),
        1 => Just(Event::PeerConnected),
        2 => Just(Event::PeerFailed),
        3 => Just(Event::Timeout),
    ]
}

fn intent() -> impl Strategy<Value = Intent> {
    prop_oneof![
        4 => (source(), any::<bool>()).prop_map(|(source, on)| Intent::Preview(source, on)),
        3 => (source(), any::<bool>()).prop_map(|(source, on)| Intent::TransmitOnEntry(source, on)),
        3 => (source(), device()).prop_map(|(source, device)| Intent::ChooseDevice(source, device)),
        4 => (source(), any::<bool>()).prop_map(|(source, on)| Intent::Transmit(source, on)),
        3 => moderation().prop_map(Intent::Moderate),
        1 => Just(Intent::OpenDoor),
        1 => any::<bool>().prop_map(Intent::RaiseHand),
        1 => Just(Intent::Chat { text: ChatText::from_typed("Hello").unwrap(), nonce: [1; 12] }),
        2 => source().prop_map(Intent::Understood),
        1 => Just(Intent::Leave),
        2 => Just(Intent::Return),
    ]
}

fn moderation() -> impl Strategy<Value = Moderation> {
    let participant = BOB.id();
    prop_oneof![
        Just(Moderation::Admit { participant }),
        Just(Moderation::AdmitAll {}),
        Just(Moderation::Silence { participant }),
        Just(Moderation::SilenceAll {}),
        Just(Moderation::MakeModerator { participant }),
        Just(Moderation::Remove { participant }),
        Just(Moderation::Share { audience: Audience::Everybody }),
        Just(Moderation::End {}),
    ]
}

fn message() -> impl Strategy<Value = ServerMessage> {
    let revision = || (0_u32..4).prop_map(Revision);
    let for_whom = prop_oneof![Just(WaitingFor::Moderator), Just(WaitingFor::Admission)];
    let reason = prop_oneof![
        3 => Just(CloseReason::Slow),
        3 => Just(CloseReason::Stopping),
        1 => Just(CloseReason::Removed),
        1 => Just(CloseReason::Ended),
    ];
    let by = || prop_oneof![Just(None), Just(Some(BOB.id()))];
    prop_oneof![
        2 => Just(ServerMessage::Challenge { challenge: Challenge::from_bytes([1; 32]) }),
        1 => for_whom.prop_map(waiting),
        3 => Just(welcome()),
        4 => (revision(), change())
            .prop_map(|(revision, change)| ServerMessage::Roster { revision, change }),
        2 => Just(ServerMessage::Knock(BOB.knock())),
        1 => Just(ServerMessage::KnockGone { participant: BOB.id() }),
        2 => Just(ServerMessage::Answer(Answer { sdp: sdp() })),
        2 => revision().prop_map(|revision| ServerMessage::Slots { revision, slots: vec![slot()] }),
        1 => Just(ServerMessage::TransportLost {}),
        8 => (source(), by(), 1..6_u32)
            .prop_map(|(source, by, count)| ServerMessage::Silenced { source, by, count }),
        1 => Just(ServerMessage::Chat { participant: BOB.id(), text: text() }),
        1 => (0..40_u32)
            .prop_map(|pause| ServerMessage::Refused { reason: Refusal::TurnedAway, pause }),
        1 => reason.prop_map(|reason| ServerMessage::Closed { reason }),
        1 => Just(ServerMessage::Unknown),
    ]
}

fn welcome() -> ServerMessage {
    ServerMessage::Welcome {
        you: ADA.id(),
        revision: Revision(0),
        rules: RoomRules::default(),
        participants: vec![ADA.with(&[])],
        knocks: vec![CLEO.knock()],
        transport: true,
        resume: ResumeToken::from_bytes([1; 32]),
    }
}

/// The room counts its visitors: each visit is known by another token.
fn waiting(for_whom: WaitingFor) -> ServerMessage {
    ServerMessage::Waiting { for_whom, visit: ResumeToken::from_bytes([2; 32]) }
}

fn change() -> impl Strategy<Value = RosterChange> {
    let person = prop_oneof![Just(ADA), Just(BOB), Just(CLEO)];
    let role = prop_oneof![Just(Role::Participant), Just(Role::Presenter), Just(Role::Moderator)];
    let present = (person, role).prop_map(|(person, role): (Person, Role)| {
        let info = ParticipantInfo { role, holder: false, ..person.with(&[Source::Camera]) };
        RosterChange::Present { participant: info }
    });
    let rules = (any::<bool>(), any::<bool>()).prop_map(|(shares, paused)| {
        let share = if shares { Audience::Everybody } else { Audience::Presenters };
        let floor = if paused { Floor::Paused } else { Floor::Open };
        RosterChange::Rules { rules: RoomRules { share, floor, ..RoomRules::default() } }
    });
    prop_oneof![
        3 => present,
        1 => prop_oneof![Just(ADA), Just(BOB), Just(CLEO)]
            .prop_map(|person| RosterChange::Gone { participant: person.id() }),
        1 => rules,
    ]
}

fn text() -> SealedText {
    let (key, room) = (secret().invitation_key(), secret().moderator_key().room_id());
    let text = ChatText::from_typed("Hello").unwrap();
    SealedText::seal(&text, &key, (room, BOB.id()), [1; 12])
}

fn slot() -> SlotEntry {
    let mid = Mid::parse("3").unwrap();
    SlotEntry { mid, participant: ParticipantId(1), source: Source::Camera }
}

fn source() -> impl Strategy<Value = Source> {
    prop_oneof![Just(Source::Microphone), Just(Source::Camera), Just(Source::Screen)]
}

fn device() -> impl Strategy<Value = DeviceId> {
    "[ab]".prop_map(DeviceId)
}

fn failure() -> impl Strategy<Value = CaptureFailure> {
    prop_oneof![
        Just(CaptureFailure::Denied),
        Just(CaptureFailure::NotFound),
        Just(CaptureFailure::Gone),
        Just(CaptureFailure::InUse),
    ]
}

fn sdp() -> Sdp {
    Sdp::new("v=0".to_owned()).unwrap()
}
