// SPDX-License-Identifier: EUPL-1.2
//! What holds in every history, in whatever order things happen.

use core::time::Duration;

use proptest::{collection::vec, prelude::*};
use shared::{
    Answer, Challenge, ClientMessage, CloseReason, DisplayName, Mid, Offer, ParticipantId, Refusal,
    ResumeToken, Revision, RosterChange, Sdp, ServerMessage, SlotEntry, Source, Timestamp,
    WaitingFor,
};

use super::{
    super::{Access, Call, CaptureFailure, DeviceId, Effect, Event, Intent, Screen},
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
        prop_assert_eq!(world.lights, [false, false], "no light stays on");
    }
}

/// What a browser and a person would hold against a call.
struct World {
    call: Call,
    now: Timestamp,
    socket: Socket,
    /// By the person's intents, until the source is released or fails.
    wanted: [bool; 2],
    /// What the last capture was asked for.
    asked: [Option<DeviceId>; 2],
    lights: [bool; 2],
    transmitted: [bool; 2],
    seat_is_kept: bool,
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
            Access::Moderator(secret())
        } else {
            Access::Invited { room, key: Some(secret().invitation_key()) }
        };
        Self {
            call: Call::new(access, None),
            now: Timestamp::default(),
            socket: Socket::Closed,
            wanted: [false; 2],
            asked: [None, None],
            lights: [false; 2],
            transmitted: [false; 2],
            seat_is_kept: false,
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
        for effect in self.call.handle(self.now, event.clone()) {
            self.perform(event, effect)?;
        }
        let due = self.call.deadline();
        if matches!(event, Event::Timeout) {
            prop_assert!(due.is_none_or(|due| due > self.now), "woken for nothing");
        }
        self.look()
    }

    fn perform(&mut self, event: &Event, effect: Effect) -> Result<(), TestCaseError> {
        match effect {
            Effect::OpenSocket(_) => self.socket = Socket::Opening,
            Effect::CloseSocket => self.socket = Socket::Closed,
            Effect::Send(message) => {
                prop_assert_eq!(self.socket, Socket::Open, "said to nobody: {:?}", message);
                if let ClientMessage::Publish { live } = message {
                    let view = self.call.view();
                    let on: Vec<_> =
                        Source::ALL.into_iter().filter(|s| view.source(*s).on).collect();
                    prop_assert_eq!(live, on);
                }
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
                self.wanted[place] = true;
                self.asked[place] = device;
            }
            Effect::Release(source) => {
                self.wanted[place(source)] = false;
                self.lights[place(source)] = false;
            }
            Effect::Transmit(source, transmit) => self.transmitted[place(source)] = transmit,
            Effect::KeepSeat(token) => self.seat_is_kept = token.is_some(),
            Effect::OpenPeer | Effect::AcceptAnswer(_) | Effect::ClosePeer | Effect::Chime => {}
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
            let is_inside = matches!(view.screen, Screen::Conference { .. });
            prop_assert_eq!(self.transmitted[place], is_inside && shown.on);
        }
        if matches!(view.screen, Screen::Ended(_) | Screen::Gate) {
            prop_assert_eq!(self.socket, Socket::Closed);
            prop_assert_eq!(self.call.deadline(), None);
            prop_assert!(!self.seat_is_kept);
        }
        Ok(())
    }
}

const fn place(source: Source) -> usize {
    match source {
        Source::Microphone => 0,
        Source::Camera => 1,
    }
}

/// Some time, and then what happens in a row.
fn step() -> impl Strategy<Value = (u64, Vec<Event>)> {
    let millis = prop_oneof![4 => Just(0_u64), 2 => 0..5_000_u64, 1 => 0..40_000_u64];
    let events = prop_oneof![
        6 => event().prop_map(|event| vec![event]),
        1 => Just(entering(welcome())),
        1 => Just(entering(ServerMessage::Waiting { for_whom: WaitingFor::Admission })),
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
        1 => Just(Intent::Admit(BOB.id())),
        1 => Just(Intent::AdmitAll),
        1 => Just(Intent::Refuse(BOB.id())),
        1 => Just(Intent::Leave),
        2 => Just(Intent::Return),
    ]
}

fn message() -> impl Strategy<Value = ServerMessage> {
    let revision = || (0_u32..4).prop_map(Revision);
    let for_whom = prop_oneof![Just(WaitingFor::Moderator), Just(WaitingFor::Admission)];
    let reason = prop_oneof![Just(CloseReason::Slow), Just(CloseReason::Stopping)];
    prop_oneof![
        2 => Just(ServerMessage::Challenge { challenge: Challenge::from_bytes([1; 32]) }),
        1 => for_whom.prop_map(|for_whom| ServerMessage::Waiting { for_whom }),
        3 => Just(welcome()),
        4 => (revision(), change())
            .prop_map(|(revision, change)| ServerMessage::Roster { revision, change }),
        2 => Just(ServerMessage::Knock(BOB.knock())),
        1 => Just(ServerMessage::KnockGone { participant: BOB.id() }),
        2 => Just(ServerMessage::Answer(Answer { sdp: sdp() })),
        2 => revision().prop_map(|revision| ServerMessage::Slots { revision, slots: vec![slot()] }),
        1 => Just(ServerMessage::TransportLost {}),
        1 => Just(ServerMessage::Refused { reason: Refusal::Full }),
        1 => reason.prop_map(|reason| ServerMessage::Closed { reason }),
        1 => Just(ServerMessage::Unknown),
    ]
}

fn welcome() -> ServerMessage {
    ServerMessage::Welcome {
        you: ADA.id(),
        revision: Revision(0),
        participants: vec![ADA.with(&[])],
        knocks: vec![CLEO.knock()],
        transport: true,
        resume: ResumeToken::from_bytes([1; 32]),
    }
}

fn change() -> impl Strategy<Value = RosterChange> {
    let person = prop_oneof![Just(ADA), Just(BOB), Just(CLEO)];
    (person, any::<bool>()).prop_map(|(person, present): (Person, bool)| {
        if present {
            RosterChange::Present { participant: person.with(&[Source::Camera]) }
        } else {
            RosterChange::Gone { participant: person.id() }
        }
    })
}

fn slot() -> SlotEntry {
    let mid = Mid::parse("3").unwrap();
    SlotEntry { mid, participant: ParticipantId(1), source: Source::Camera }
}

fn source() -> impl Strategy<Value = Source> {
    prop_oneof![Just(Source::Microphone), Just(Source::Camera)]
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
