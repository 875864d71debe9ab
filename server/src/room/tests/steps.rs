// SPDX-License-Identifier: EUPL-1.2
//! What can happen in a history, and how often.

use proptest::{collection::vec, prelude::*, sample::select};
use shared::{
    Audience, Door, GuestMark, Invitations, Layer, LayerSet, Moderation, ParticipantId,
    Restriction, Restrictions, RoomSecret, Source, WantedPicture,
};

use super::super::TransportChange;
use super::fleeting::Said;
use super::stage::{CAMERA, MICROPHONE, SCREEN, SOUND};

/// Something that happens. Small numbers are taken modulo what there is, so that most of them hit.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// From there.
    Connect(u64),
    Enter(usize, Hand),
    /// Connects and enters.
    Arrive(Hand),
    Offer(usize, Vec<Source>),
    Publish(usize, Vec<Source>, Heard),
    Want(usize, Vec<WantedPicture>),
    RaiseHand(usize, bool),
    Say(usize, Said),
    Moderate(usize, Moderation),
    Leave(usize),
    /// Says what cannot be understood.
    Violate(usize),
    Disconnect(usize),
    /// Every moderator is cut off at once.
    Desert,
    Negotiated(u32, Vec<&'static str>),
    /// Offers again and is answered with these lines beside those there are.
    GrowTransport(usize, Vec<&'static str>),
    /// Offers and is answered.
    OpenTransport(usize, Vec<&'static str>),
    NotNegotiated(u32),
    Transport(u32, TransportChange),
    Wait(u64),
    /// Time passes and nobody wakes the room.
    Leap(u64),
}

/// What somebody has in hand at the door.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hand {
    pub(super) proof: Proof,
    pub(super) token: Token,
    pub(super) guest: Guest,
    /// Of the four that were ever issued: two good ones, one for a moment, one for another room.
    pub(super) ticket: Option<u8>,
    pub(super) restrictions: Restrictions,
    pub(super) source: u64,
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Proof {
    #[default]
    No,
    Holds,
    /// By another key.
    Forged,
    /// By the right key, for another connection.
    Borrowed,
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Token {
    #[default]
    No,
    Invented,
    /// One that was once given away, counted from the latest.
    Seen(usize),
    /// One of a tab that was removed.
    Removed(usize),
    /// One of a tab that was turned away.
    Refused(usize),
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Guest {
    #[default]
    No,
    Invited,
    InvitedElsewhere,
    /// By the right invitation, for another connection.
    Borrowed,
}

/// How many silencings somebody says to have heard of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Heard {
    /// All but this many.
    AllBut(u32),
    MoreThanWasSaid,
}

/// The door that is open to those who were invited.
pub(super) fn open_door() -> Door {
    Door::Open(mark_of(1))
}

pub(super) fn mark_of(secret: u8) -> GuestMark {
    RoomSecret::from_random([secret; 32]).invitation_key().guest_key().mark()
}

pub(super) fn histories() -> impl Strategy<Value = Vec<Step>> {
    vec(step(), 1..80).prop_map(|mut steps| {
        // Without a moderator little happens.
        steps.insert(0, Step::Arrive(Hand { proof: Proof::Holds, ..Hand::default() }));
        steps
    })
}

fn step() -> impl Strategy<Value = Step> {
    let session = || 0_usize..5;
    let participant = || 1_u32..12;
    let lines = || {
        select(vec![
            vec!["a1", "a2", "v1", "v2"],
            vec!["v1", "a1"],
            vec!["v1"],
            vec!["a1", "a2", "a3", "v1", "v2", "v3"],
            vec![],
        ])
    };
    let change = prop_oneof![
        Just(TransportChange::Connected),
        Just(TransportChange::WeakCipher),
        Just(TransportChange::Lost),
    ];
    let speaks = (participant(), any::<bool>())
        .prop_map(|(number, speaks)| Step::Transport(number, TransportChange::Speaking(speaks)));
    let encodings = (participant(), select(vec![CAMERA, SCREEN]), layers()).prop_map(
        |(number, source, layers)| Step::Transport(number, TransportChange::Wanted(source, layers)),
    );
    prop_oneof![
        3 => (0_u64..3).prop_map(Step::Connect),
        2 => (session(), hand()).prop_map(|(s, h)| Step::Enter(s, h)),
        12 => hand().prop_map(Step::Arrive),
        2 => (session(), sources()).prop_map(|(s, l)| Step::Offer(s, l)),
        14 => (session(), sources(), heard()).prop_map(|(s, l, h)| Step::Publish(s, l, h)),
        8 => (session(), wishes()).prop_map(|(s, pictures)| Step::Want(s, pictures)),
        2 => (session(), any::<bool>()).prop_map(|(s, up)| Step::RaiseHand(s, up)),
        8 => (session(), said()).prop_map(|(s, said)| Step::Say(s, said)),
        26 => (session(), moderation()).prop_map(|(s, act)| Step::Moderate(s, act)),
        1 => session().prop_map(Step::Leave),
        1 => session().prop_map(Step::Violate),
        5 => session().prop_map(Step::Disconnect),
        2 => Just(Step::Desert),
        4 => (participant(), lines()).prop_map(|(p, l)| Step::Negotiated(p, l)),
        10 => (session(), lines()).prop_map(|(s, l)| Step::OpenTransport(s, l)),
        6 => (session(), lines()).prop_map(|(s, l)| Step::GrowTransport(s, l)),
        1 => participant().prop_map(Step::NotNegotiated),
        2 => (participant(), change).prop_map(|(p, c)| Step::Transport(p, c)),
        5 => encodings,
        8 => speaks,
        3 => (0_u64..20).prop_map(Step::Wait),
        1 => (0_u64..60).prop_map(Step::Leap),
    ]
}

fn said() -> impl Strategy<Value = Said> {
    select(vec![Said::Text, Said::Line, Said::Reaction])
}

pub(super) fn sources() -> impl Strategy<Value = Vec<Source>> {
    let whole = vec![
        vec![],
        vec![MICROPHONE],
        vec![CAMERA],
        vec![SCREEN],
        vec![SCREEN, MICROPHONE],
        vec![SCREEN, SOUND],
        vec![SOUND],
        vec![SCREEN, CAMERA, MICROPHONE, SOUND],
        vec![CAMERA, MICROPHONE],
        vec![SCREEN, CAMERA, MICROPHONE],
    ];
    prop_oneof![20 => select(whole), 1 => Just(vec![CAMERA, CAMERA])]
}

/// Nearly always such as a page may state. Whose is a number that is aimed.
pub(super) fn wishes() -> impl Strategy<Value = Vec<WantedPicture>> {
    let source = || prop_oneof![12 => Just(CAMERA), 6 => Just(SCREEN)];
    let lines = || select(vec![90_u16, 180, 720]);
    let picture = |(number, source, lines)| WantedPicture {
        participant: ParticipantId(number),
        source,
        lines,
    };
    let few = vec((1_u32..7, source(), lines()).prop_map(picture), 0..6).prop_map(|mut few| {
        let mut named = Vec::new();
        few.retain(|wanted| {
            let name = (wanted.participant, wanted.source);
            let first = !named.contains(&name);
            named.push(name);
            first
        });
        few
    });
    let broken = select(vec![
        vec![picture((1, CAMERA, 0))],
        vec![picture((1, MICROPHONE, 90))],
        vec![picture((1, CAMERA, 90)), picture((1, CAMERA, 180))],
        (1..8).map(|number| picture((number, CAMERA, 90))).collect(),
    ]);
    prop_oneof![40 => few, 1 => broken]
}

fn layers() -> impl Strategy<Value = LayerSet> {
    select(vec![
        LayerSet::NONE,
        LayerSet::ALL,
        LayerSet::from_iter([Layer::Low]),
        LayerSet::from_iter([Layer::High]),
    ])
}

fn heard() -> impl Strategy<Value = Heard> {
    prop_oneof![
        6 => Just(Heard::AllBut(0)),
        3 => (1_u32..4).prop_map(Heard::AllBut),
        1 => Just(Heard::MoreThanWasSaid),
    ]
}

/// Every act, of which some are more frequent.
pub(super) fn moderation() -> impl Strategy<Value = Moderation> {
    let whom = || (1_u32..12).prop_map(ParticipantId);
    let audience = || select(vec![Audience::Everybody, Audience::Presenters]);
    let door =
        select(vec![Door::Lobby, open_door(), open_door(), Door::Open(mark_of(9)), Door::Locked]);
    let invitations = select(vec![Invitations::All, Invitations::All, Invitations::Personal]);
    let people = prop_oneof![
        3 => whom().prop_map(|participant| Moderation::Admit { participant }),
        2 => whom().prop_map(|participant| Moderation::Refuse { participant }),
        3 => whom().prop_map(|participant| Moderation::Silence { participant }),
        2 => whom().prop_map(|participant| Moderation::StopCamera { participant }),
        2 => whom().prop_map(|participant| Moderation::StopScreen { participant }),
        1 => whom().prop_map(|participant| Moderation::LowerHand { participant }),
        2 => whom().prop_map(|participant| Moderation::MakeParticipant { participant }),
        4 => whom().prop_map(|participant| Moderation::MakePresenter { participant }),
        2 => whom().prop_map(|participant| Moderation::MakeModerator { participant }),
        4 => whom().prop_map(|participant| Moderation::Remove { participant }),
    ];
    prop_oneof![
        22 => people,
        6 => whom().prop_map(|up_to| Moderation::AdmitAll { up_to }),
        6 => door.prop_map(|door| Moderation::Door { door }),
        2 => invitations.prop_map(|invitations| Moderation::Invitations { invitations }),
        4 => audience().prop_map(|audience| Moderation::Share { audience }),
        2 => audience().prop_map(|audience| Moderation::Chat { audience }),
        2 => Just(Moderation::SilenceAll {}),
        1 => Just(Moderation::LowerHands {}),
        1 => Just(Moderation::End {}),
    ]
}

fn hand() -> impl Strategy<Value = Hand> {
    let proof = prop_oneof![
        10 => Just(Proof::No),
        2 => Just(Proof::Holds),
        1 => Just(Proof::Forged),
        1 => Just(Proof::Borrowed),
    ];
    let token = prop_oneof![
        5 => Just(Token::No),
        1 => Just(Token::Invented),
        5 => (0_usize..6).prop_map(Token::Seen),
        4 => (0_usize..4).prop_map(Token::Removed),
        1 => (0_usize..2).prop_map(Token::Refused),
    ];
    let guest = prop_oneof![
        3 => Just(Guest::No),
        6 => Just(Guest::Invited),
        1 => Just(Guest::InvitedElsewhere),
        1 => Just(Guest::Borrowed),
    ];
    let ticket = prop_oneof![8 => Just(None), 2 => (0_u8..4).prop_map(Some)];
    let restrictions = restrictions();
    (proof, token, guest, ticket, restrictions, 0_u64..3).prop_map(
        |(proof, token, guest, ticket, restrictions, source)| Hand {
            proof,
            token,
            guest,
            ticket,
            restrictions,
            source,
        },
    )
}

/// Mostly none, so that rooms are loosened too.
pub(super) fn restrictions() -> impl Strategy<Value = Restrictions> {
    let one = select(Restriction::ALL.to_vec()).prop_map(|one| Restrictions::NONE.with(one));
    prop_oneof![5 => Just(Restrictions::NONE), 2 => one, 1 => Just(Restrictions::ALL)]
}
