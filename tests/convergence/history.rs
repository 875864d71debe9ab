// SPDX-License-Identifier: EUPL-1.2
//! What people want and what befalls them.

use std::time::Duration;

use app::call::{DeviceId, Intent};
use proptest::prelude::*;
use shared::{
    Audience, DisplayName, Door, Invitations, Moderation, ParticipantId, Reaction, Role, Source,
    TicketNumber, UnixTime,
};
use tests::stage::{Stage, Trouble};

use super::{name, type_line, write};

/// What a person wants, or what befalls them.
#[derive(Clone, Debug)]
pub(super) enum Act {
    /// Comes to the door, with these sources on.
    Enter(Vec<Source>),
    /// Wants something.
    Want(Intent),
    /// Decides something for everybody.
    Moderate(Moderation),
    /// Opens the door to everybody invited.
    OpenDoor,
    /// Does something about one of those who are inside.
    About(About, usize),
    /// Lets in one of those at the door, or turns them away.
    Answer(bool, usize),
    /// Writes to everybody.
    Write,
    /// Writes something and does not finish it; at first lets others read along, or not.
    Type(bool),
    /// Suffers.
    Befall(Trouble),
}

/// What can be done about somebody inside.
#[derive(Clone, Copy, Debug)]
pub(super) enum About {
    Silence,
    StopCamera,
    StopScreen,
    LowerHand,
    MakeParticipant,
    MakePresenter,
    MakeModerator,
    Remove,
}

pub(super) fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        16 => for_entry().prop_map(Act::Enter),
        16 => (source(), prop::bool::weighted(0.7))
            .prop_map(|(source, on)| Act::Want(Intent::Transmit(source, on))),
        2 => (source(), "[ab]".prop_map(DeviceId))
            .prop_map(|(source, device)| Act::Want(Intent::ChooseDevice(source, device))),
        10 => (prop::bool::weighted(0.9), 0..9_usize)
            .prop_map(|(admits, nth)| Act::Answer(admits, nth)),
        14 => (about(), 0..9_usize).prop_map(|(about, nth)| Act::About(about, nth)),
        10 => moderation().prop_map(Act::Moderate),
        1 => Just(Act::OpenDoor),
        1 => Just(Act::Want(Intent::Invite {
            numbers: vec![TicketNumber::from_random([9; 16])],
            expires: UnixTime::from_secs(u64::MAX),
        })),
        4 => any::<bool>().prop_map(|raised| Act::Want(Intent::RaiseHand(raised))),
        2 => any::<bool>().prop_map(|chosen| Act::Want(Intent::PushToTalk(chosen))),
        4 => any::<bool>().prop_map(|held| Act::Want(Intent::HoldKey(held))),
        4 => Just(Act::Write),
        8 => prop::bool::weighted(0.9).prop_map(Act::Type),
        1 => Just(Act::Want(Intent::React { reaction: Reaction::Heart, nonce: [1; 12] })),
        2 => source().prop_map(|source| Act::Want(Intent::Understood(source))),
        2 => Just(Act::Want(Intent::Leave)),
        10 => trouble().prop_map(Act::Befall),
    ]
}

pub(super) fn pause() -> impl Strategy<Value = u64> {
    prop_oneof![
        40 => 0..300_u64,
        60 => 300..2_000_u64,
        10 => 2_000..40_000_u64,
        2 => 100_000..200_000_u64,
        1 => 800_000..1_000_000_u64,
    ]
}

/// Everybody comes, and whoever waits is let in by whoever may.
pub(super) fn gather(stage: &mut Stage) {
    for page in 0..stage.views().len() {
        stage.trouble(page, Trouble::Online);
        play(stage, page, &Act::Enter(vec![Source::Microphone]), 0);
    }
    stage.wait(Duration::from_secs(2));
    play(stage, 0, &Act::Moderate(Moderation::AdmitAll { up_to: ParticipantId(u32::MAX) }), 0);
    stage.wait(Duration::from_secs(2));
}

pub(super) fn play(stage: &mut Stage, page: usize, act: &Act, number: usize) {
    // What only moderators can do is most often done by one.
    let views = stage.views();
    let is_moderator = |page: &usize| views.get(*page).is_some_and(|it| it.role == Role::Moderator);
    let by = (page..views.len()).chain(0..page).find(is_moderator).unwrap_or(page);
    match act {
        Act::Enter(sources) => {
            stage.want(page, Intent::Return);
            for source in sources {
                stage.want(page, Intent::Preview(*source, true));
                stage.want(page, Intent::TransmitOnEntry(*source, true));
            }
            let name = DisplayName::from_typed(&name(page));
            let nonce = [u8::try_from(page).unwrap_or_default(); 12];
            stage.want(page, Intent::Join { name, nonce });
        }
        Act::Want(intent) => stage.want(page, intent.clone()),
        Act::Moderate(moderation) => stage.want(by, Intent::Moderate(*moderation)),
        Act::OpenDoor => stage.want(by, Intent::OpenDoor),
        Act::About(about, nth) => {
            let people = views.get(by).map(|view| view.people.as_slice()).unwrap_or_default();
            if let Some(participant) = nth_of(people, *nth).map(|person| person.id) {
                stage.want(by, Intent::Moderate(about.moderation(participant)));
            }
        }
        Act::Answer(admits, nth) => {
            let knocks = views.get(by).map(|view| view.knocks.as_slice()).unwrap_or_default();
            if let Some(participant) = nth_of(knocks, *nth).map(|knock| knock.id) {
                stage.want(by, Intent::Moderate(answer(*admits, participant)));
            }
        }
        Act::Write => write(stage, page, &format!("{page} at {number}")),
        Act::Type(on) => type_line(stage, page, *on, &format!("{page} since {number}")),
        Act::Befall(trouble) => stage.trouble(page, *trouble),
    }
}

impl About {
    const fn moderation(self, participant: ParticipantId) -> Moderation {
        match self {
            Self::Silence => Moderation::Silence { participant },
            Self::StopCamera => Moderation::StopCamera { participant },
            Self::StopScreen => Moderation::StopScreen { participant },
            Self::LowerHand => Moderation::LowerHand { participant },
            Self::MakeParticipant => Moderation::MakeParticipant { participant },
            Self::MakePresenter => Moderation::MakePresenter { participant },
            Self::MakeModerator => Moderation::MakeModerator { participant },
            Self::Remove => Moderation::Remove { participant },
        }
    }
}

const fn answer(admits: bool, participant: ParticipantId) -> Moderation {
    if admits { Moderation::Admit { participant } } else { Moderation::Refuse { participant } }
}

fn nth_of<T>(some: &[T], nth: usize) -> Option<&T> {
    some.get(nth.checked_rem(some.len())?)
}

fn for_entry() -> impl Strategy<Value = Vec<Source>> {
    prop_oneof![
        Just(vec![]),
        Just(vec![Source::Microphone]),
        Just(vec![Source::Microphone, Source::Camera]),
    ]
}

fn about() -> impl Strategy<Value = About> {
    prop_oneof![
        4 => Just(About::Silence),
        3 => Just(About::StopCamera),
        3 => Just(About::StopScreen),
        1 => Just(About::LowerHand),
        2 => Just(About::MakeParticipant),
        3 => Just(About::MakePresenter),
        5 => Just(About::MakeModerator),
        2 => Just(About::Remove),
    ]
}

/// What concerns everybody. What shuts somebody out is undone more often than it is done, or nobody
/// would come in.
fn moderation() -> impl Strategy<Value = Moderation> {
    prop_oneof![
        24 => Just(Moderation::AdmitAll { up_to: ParticipantId(u32::MAX) }),
        8 => Just(Moderation::SilenceAll {}),
        3 => Just(Moderation::LowerHands {}),
        1 => Just(Moderation::Door { door: Door::Locked }),
        4 => Just(Moderation::Door { door: Door::Lobby }),
        1 => Just(Moderation::Invitations { invitations: Invitations::Personal }),
        4 => Just(Moderation::Invitations { invitations: Invitations::All }),
        6 => Just(Moderation::Share { audience: Audience::Everybody }),
        4 => Just(Moderation::Share { audience: Audience::Presenters }),
        1 => Just(Moderation::Chat { audience: Audience::Everybody }),
        1 => Just(Moderation::Chat { audience: Audience::Presenters }),
        1 => Just(Moderation::End {}),
    ]
}

fn source() -> impl Strategy<Value = Source> {
    prop_oneof![
        3 => Just(Source::Microphone),
        3 => Just(Source::Camera),
        3 => Just(Source::Screen),
        1 => Just(Source::ScreenSound),
    ]
}

fn trouble() -> impl Strategy<Value = Trouble> {
    prop_oneof![
        8 => Just(Trouble::Cut),
        4 => Just(Trouble::Offline),
        8 => Just(Trouble::Online),
        2 => Just(Trouble::Reload),
        4 => Just(Trouble::PeerFails),
        4 => Just(Trouble::TransportFails),
        2 => source().prop_map(Trouble::Unplug),
        2 => Just(Trouble::Slow),
        2 => Just(Trouble::Restart),
    ]
}
