// SPDX-License-Identifier: EUPL-1.2
//! What holds in every history, in whatever order things happen.

use core::time::Duration;

use proptest::{collection::vec, prelude::*};
use shared::{
    Answer, Audience, Challenge, ChatText, CloseReason, DisplayName, Floor, Layer, LiveLine, Mid,
    Moderation, Offer, ParticipantId, ParticipantInfo, Reaction, Refusal, ResumeToken, Revision,
    Role, RoomRules, RosterChange, Sdp, SealedLine, SealedReaction, SealedText, ServerMessage,
    SlotEntry, Source, WaitingFor,
};

use super::{
    super::{
        Area, CaptureFailure, DeviceId, Event, Float, Found, Intent, Late, Layout, Look,
        Processing, Rest, TileKey,
    },
    desk::{ADA, BOB, CLEO, Person, secret, voices},
    world::World,
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
        prop_assert_eq!(world.lights, [false; 4], "no light stays on");
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
            Event::Captured { source: Source::ScreenSound, device: DeviceId::default() },
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
        2 => prop_oneof![3 => Just(0_u16), 1 => 0..20_000_u16].prop_map(|peak| Event::Heard { peak }),
        2 => Just(Event::Offered(Offer { sdp: sdp(), senders: Vec::new() })),
        1 => Just(Event::PeerConnected),
        2 => Just(Event::PeerFailed),
        4 => vec((tile(), 0..5_u16), 1..3).prop_map(|tiles| {
            let tall = |(tile, steps)| (tile, steps * 180);
            Event::Measured(tiles.into_iter().map(tall).collect())
        }),
        1 => (0..2_000_u32, 0..1_200_u32)
            .prop_map(|(width, height)| Event::Staged(Area { width, height })),
        2 => vec(late(), 1..4).prop_map(Event::Late),
        1 => any::<bool>().prop_map(|to_front| Event::Turned { to_front }),
        1 => prop_oneof![Just(Float::Nothing), Just(Float::Leading), tile().prop_map(Float::Tile)]
            .prop_map(Event::Floats),
        1 => vec(source(), 0..3).prop_map(|held| Event::Found(Found { held, ..Found::default() })),
        1 => processing().prop_map(Event::Processed),
        1 => proptest::option::of(any::<bool>()).prop_map(Event::Blurred),
        1 => prop_oneof![Just(Rest::Coming), Just(Rest::Here), Just(Rest::Missing)].prop_map(Event::Rest),
        3 => Just(Event::Timeout),
    ]
}

fn mid() -> impl Strategy<Value = Mid> {
    (0..6_u8).prop_filter_map("a name", |number| Mid::parse(&number.to_string()))
}

fn late() -> impl Strategy<Value = Late> {
    let person = prop_oneof![Just(None), Just(Some(ADA)), Just(Some(CLEO))];
    (mid(), -2_000..2_000_i64, person).prop_map(|(mid, millis, whose)| {
        let voice = whose.map(|whose: Person| voices().name(whose.id()));
        Late { mid, millis, voice }
    })
}

fn intent() -> impl Strategy<Value = Intent> {
    prop_oneof![
        4 => (source(), any::<bool>()).prop_map(|(source, on)| Intent::Preview(source, on)),
        3 => (source(), any::<bool>()).prop_map(|(source, on)| Intent::TransmitOnEntry(source, on)),
        3 => (source(), device()).prop_map(|(source, device)| Intent::ChooseDevice(source, device)),
        4 => (source(), any::<bool>()).prop_map(|(source, on)| Intent::Transmit(source, on)),
        3 => moderation().prop_map(Intent::Moderate),
        1 => Just(Intent::OpenDoor),
        2 => processing().prop_map(Intent::Process),
        1 => any::<bool>().prop_map(Intent::Blur),
        1 => device().prop_map(Intent::ChooseSpeaker),
        2 => any::<bool>().prop_map(Intent::PushToTalk),
        4 => any::<bool>().prop_map(Intent::HoldKey),
        1 => any::<bool>().prop_map(Intent::RaiseHand),
        1 => Just(Intent::Chat { text: ChatText::from_typed("Hello").unwrap(), nonce: [1; 12] }),
        1 => any::<bool>().prop_map(|on| Intent::Rtt { on, nonce: [1; 12] }),
        2 => "(?s).{0,4}".prop_map(|typed| {
            Intent::Type { line: LiveLine::from_typed(&typed), nonce: [1; 12] }
        }),
        1 => Just(Intent::React { reaction: Reaction::Heart, nonce: [1; 12] }),
        2 => source().prop_map(Intent::Understood),
        1 => Just(Intent::ReadClosing),
        1 => Just(Intent::Examine),
        4 => look().prop_map(Intent::Look),
        1 => Just(Intent::Leave),
        2 => Just(Intent::Return),
    ]
}

fn look() -> impl Strategy<Value = Look> {
    prop_oneof![
        prop_oneof![Just(Layout::Grid), Just(Layout::Speaker)].prop_map(Look::Layout),
        (tile(), any::<bool>()).prop_map(|(tile, pinned)| Look::Pin(tile, pinned)),
        prop_oneof![Just(Look::NextPage), Just(Look::PreviousPage)],
        any::<bool>().prop_map(Look::HideSelf),
    ]
}

fn moderation() -> impl Strategy<Value = Moderation> {
    let participant = BOB.id();
    prop_oneof![
        Just(Moderation::Admit { participant }),
        Just(Moderation::AdmitAll { up_to: participant }),
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
        2 => Just(ServerMessage::Answer(Answer { sdp: sdp(), voices: voices() })),
        2 => revision().prop_map(|revision| ServerMessage::Slots { revision, slots: vec![slot()] }),
        2 => vec(prop_oneof![Just(ADA.id()), Just(BOB.id()), Just(CLEO.id())], 0..3)
            .prop_map(|participants| ServerMessage::Speaking { participants }),
        1 => Just(ServerMessage::TransportLost {}),
        1 => any::<u32>().prop_map(|within| ServerMessage::Closing { within }),
        2 => (source(), vec(layer(), 0..4)).prop_map(|(source, layers)| {
            ServerMessage::Layers { source, wanted: layers.into_iter().collect() }
        }),
        8 => (source(), by(), 1..6_u32)
            .prop_map(|(source, by, count)| ServerMessage::Silenced { source, by, count }),
        1 => Just(ServerMessage::Chat { participant: BOB.id(), text: text() }),
        2 => "(?s).{0,9}".prop_map(|typed| {
            ServerMessage::Rtt { participant: BOB.id(), line: line(&typed) }
        }),
        1 => any::<u8>().prop_map(|nonce| {
            ServerMessage::Reaction { participant: BOB.id(), reaction: reaction(nonce) }
        }),
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
        let info = ParticipantInfo {
            role,
            holder: false,
            ..person.with(&[Source::Microphone, Source::Camera])
        };
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

fn line(typed: &str) -> SealedLine {
    let (key, room) = (secret().invitation_key(), secret().moderator_key().room_id());
    SealedLine::seal(&LiveLine::from_typed(typed), &key, (room, BOB.id()), [1; 12])
}

fn reaction(nonce: u8) -> SealedReaction {
    let (key, room) = (secret().invitation_key(), secret().moderator_key().room_id());
    SealedReaction::seal(Reaction::Slower, &key, (room, BOB.id()), [nonce; 12])
}

fn slot() -> SlotEntry {
    let mid = Mid::parse("3").unwrap();
    SlotEntry { mid, participant: ParticipantId(1), source: Source::Camera }
}

fn tile() -> impl Strategy<Value = TileKey> {
    (prop_oneof![Just(ADA), Just(BOB), Just(CLEO)], any::<bool>())
        .prop_map(|(person, screen)| TileKey { id: person.id(), screen })
}

fn layer() -> impl Strategy<Value = Layer> {
    prop_oneof![Just(Layer::Low), Just(Layer::Middle), Just(Layer::High)]
}

fn source() -> impl Strategy<Value = Source> {
    proptest::sample::select(Source::ALL.to_vec())
}

fn device() -> impl Strategy<Value = DeviceId> {
    "[ab]".prop_map(DeviceId)
}

fn processing() -> impl Strategy<Value = Processing> {
    (any::<bool>(), any::<bool>()).prop_map(|(echo, noise)| Processing { echo, noise })
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
