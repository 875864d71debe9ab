// SPDX-License-Identifier: EUPL-1.2
//! A room and its pages agree once it is quiet, whatever happened before.

use std::{collections::BTreeMap, time::Duration};

use app::call::{CallView, DeviceId, Intent, Picture, Screen, TileView};
use proptest::{collection::vec, prelude::*};
use shared::{DisplayName, MediaKind, ParticipantId, Source};
use tests::stage::{Stage, Transport, Trouble};

/// Ada and Bob hold the bookmark.
const MODERATORS: [bool; 5] = [true, true, false, false, false];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_room_and_its_pages_agree_once_it_is_quiet(
        seed: u64,
        few_slots: bool,
        history in vec((0..MODERATORS.len(), act(), pause()), 1..120),
    ) {
        let slots_of_a_kind = if few_slots { 2 } else { 12 };
        let mut stage = Stage::new(seed, slots_of_a_kind, &MODERATORS);
        for (page, act, pause) in history {
            play(&mut stage, page, &act);
            stage.wait(Duration::from_millis(pause));
        }
        stage.settle();
        prop_assert!(stage.faults().is_empty(), "{:?}", stage.faults());
        agree(&stage, slots_of_a_kind.into())?;
    }
}

/// What a person wants, or what befalls them.
#[derive(Clone, Debug)]
enum Act {
    Enter(Vec<Source>),
    Want(Intent),
    Admit,
    Refuse,
    Befall(Trouble),
}

fn act() -> impl Strategy<Value = Act> {
    let for_entry =
        prop_oneof![Just(vec![]), Just(vec![Source::Microphone]), Just(Source::ALL.to_vec()),];
    let source = || prop_oneof![Just(Source::Microphone), Just(Source::Camera)];
    let device = "[ab]".prop_map(DeviceId);
    let trouble = prop_oneof![
        4 => Just(Trouble::Cut),
        2 => Just(Trouble::Offline),
        4 => Just(Trouble::Online),
        1 => Just(Trouble::Reload),
        2 => Just(Trouble::PeerFails),
        2 => Just(Trouble::TransportFails),
        1 => source().prop_map(Trouble::Unplug),
        1 => Just(Trouble::Slow),
    ];
    prop_oneof![
        12 => for_entry.prop_map(Act::Enter),
        14 => (source(), prop::bool::weighted(0.7)).prop_map(|(s, on)| Act::Want(Intent::Transmit(s, on))),
        2 => (source(), device).prop_map(|(s, d)| Act::Want(Intent::ChooseDevice(s, d))),
        10 => Just(Act::Admit),
        6 => Just(Act::Want(Intent::AdmitAll)),
        1 => Just(Act::Refuse),
        2 => Just(Act::Want(Intent::Leave)),
        9 => trouble.prop_map(Act::Befall),
        1 => Just(Act::Befall(Trouble::Restart)),
    ]
}

fn pause() -> impl Strategy<Value = u64> {
    prop_oneof![4 => 0..300_u64, 6 => 300..2_000_u64, 1 => 2_000..40_000_u64]
}

fn play(stage: &mut Stage, page: usize, act: &Act) {
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
        Act::Admit | Act::Refuse => {
            let knocks = stage.views().get(page).map(|view| view.knocks.clone());
            let Some(first) = knocks.unwrap_or_default().first().map(|knock| knock.id) else {
                return;
            };
            let admits = matches!(act, Act::Admit);
            stage.want(page, if admits { Intent::Admit(first) } else { Intent::Refuse(first) });
        }
        Act::Befall(trouble) => stage.trouble(page, *trouble),
    }
}

fn name(page: usize) -> String {
    format!("page {page}")
}

/// Somebody inside, as they see themselves.
struct Inside {
    page: usize,
    view: CallView,
    own: TileView,
}

/// Everything that must be true when nothing is on its way.
fn agree(stage: &Stage, slots_of_a_kind: usize) -> Result<(), TestCaseError> {
    let views = stage.views();
    let mut inside = Vec::new();
    for (page, view) in views.iter().cloned().enumerate() {
        match view.screen {
            Screen::Conference { reconnecting } => {
                prop_assert!(!reconnecting, "page {page} never came back");
                let Some(own) = view.tiles.first().filter(|tile| tile.own).cloned() else {
                    return Err(TestCaseError::fail(format!("page {page} does not see itself")));
                };
                inside.push(Inside { page, view, own });
            }
            Screen::Entering => return Err(TestCaseError::fail("somebody never got an answer")),
            Screen::Gate | Screen::WaitingModerator | Screen::WaitingAdmission => {}
            Screen::Ended(_) => {
                prop_assert!(!view.camera.on && !view.microphone.on, "a light stays on");
            }
        }
    }
    rosters_agree(&inside)?;
    doors_agree(&views, &inside)?;
    let transports = stage.transports();
    prop_assert_eq!(transports.len(), inside.len(), "one transport for each one inside");
    for person in &inside {
        let Some(transport) = transports.get(&person.own.id) else {
            return Err(TestCaseError::fail(format!("page {} has no media", person.page)));
        };
        prop_assert_eq!(stage.peer(person.page), Some(transport.peer), "both ends are one");
        floor_agrees(stage, person, transport)?;
        slots_agree(&inside, person, transport, slots_of_a_kind)?;
    }
    Ok(())
}

/// Everybody sees everybody as they are, in one order, and nobody else.
fn rosters_agree(inside: &[Inside]) -> Result<(), TestCaseError> {
    for person in inside {
        prop_assert_eq!(person.view.tiles.len(), inside.len(), "a tile for each one inside");
        for other in inside {
            let Some(tile) = person.view.tiles.iter().find(|tile| tile.id == other.own.id) else {
                return Err(TestCaseError::fail(format!("{} is not seen", other.own.id)));
            };
            prop_assert_eq!(tile.name.as_ref(), Some(&name(other.page)));
            prop_assert_eq!(tile.moderator, MODERATORS.get(other.page) == Some(&true));
            prop_assert!(!tile.away, "{} is here", tile.id);
            prop_assert_eq!(tile.muted, other.own.muted, "the microphone of {}", tile.id);
            prop_assert!(tile.picture.is_none() || other.own.picture.is_some());
            prop_assert_eq!(
                order(person, other),
                order(other, person),
                "the order in which people came"
            );
        }
    }
    Ok(())
}

/// Everybody but these two, as the first one sees them.
fn order(person: &Inside, other: &Inside) -> Vec<ParticipantId> {
    let both = [person.own.id, other.own.id];
    person.view.tiles.iter().map(|tile| tile.id).filter(|id| !both.contains(id)).collect()
}

/// Whoever waits knows for what, and every moderator sees exactly those who wait.
fn doors_agree(views: &[CallView], inside: &[Inside]) -> Result<(), TestCaseError> {
    let is_attended = inside.iter().any(|person| person.own.moderator);
    let mut waiting = Vec::new();
    for (page, view) in views.iter().enumerate() {
        match view.screen {
            Screen::WaitingModerator => prop_assert!(!is_attended, "a moderator is there"),
            Screen::WaitingAdmission => prop_assert!(is_attended, "no moderator is there"),
            Screen::Gate | Screen::Entering | Screen::Conference { .. } | Screen::Ended(_) => {
                continue;
            }
        }
        waiting.push(Some(name(page)));
    }
    for person in inside {
        let mut seen: Vec<_> = person.view.knocks.iter().map(|knock| knock.name.clone()).collect();
        seen.sort();
        let expected = if person.own.moderator { waiting.as_slice() } else { &[] };
        prop_assert_eq!(seen.as_slice(), expected, "who knocks at page {}", person.page);
    }
    Ok(())
}

/// What passes the gates is what is on, and what the page sends.
fn floor_agrees(
    stage: &Stage,
    person: &Inside,
    transport: &Transport,
) -> Result<(), TestCaseError> {
    for source in Source::ALL {
        let on = person.view.source(source).on;
        prop_assert_eq!(transport.gates.contains(&source), on, "the gate of {:?}", source);
        prop_assert_eq!(stage.is_transmitted(person.page, source), on, "the outlet");
    }
    Ok(())
}

/// The page shows what the relay routes: everything that others send, once, as far as there are slots.
fn slots_agree(
    inside: &[Inside],
    person: &Inside,
    transport: &Transport,
    slots_of_a_kind: usize,
) -> Result<(), TestCaseError> {
    let of_kind = |kind| transport.routes.iter().filter(move |(_, _, s)| s.kind() == kind);
    let sounds: Vec<_> = of_kind(MediaKind::Audio).map(|(mid, _, _)| mid.clone()).collect();
    prop_assert_eq!(&person.view.sounds, &sounds, "what is heard");
    let others = || person.view.tiles.iter().filter(|tile| !tile.own);
    let shown: BTreeMap<_, _> = others()
        .filter_map(|tile| match &tile.picture {
            Some(Picture::Slot(mid)) => Some((mid.clone(), tile.id)),
            Some(Picture::Own) | None => None,
        })
        .collect();
    let routed: BTreeMap<_, _> =
        of_kind(MediaKind::Video).map(|(mid, id, _)| (mid.clone(), *id)).collect();
    prop_assert_eq!(&shown, &routed, "what is seen");
    let count = |source| {
        let others = inside.iter().filter(|other| other.page != person.page);
        others.filter(|other| other.view.source(source).on).count().min(slots_of_a_kind)
    };
    prop_assert_eq!(sounds.len(), count(Source::Microphone), "every sound has one slot");
    prop_assert_eq!(routed.len(), count(Source::Camera), "every picture has one slot");
    Ok(())
}
