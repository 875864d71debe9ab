// SPDX-License-Identifier: EUPL-1.2
//! Page and server agree, whatever happened between them: random histories of a room and its pages
//! over a line that loses, and then silence.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use app::call::{DeviceId, Event, Intent, Picture, Screen, TileView};
use proptest::prelude::*;
use shared::{MediaKind, ParticipantId, Source};
use tests::stage::Stage;

/// Ada and Ben hold the bookmark, Bob, Cleo and Dora the invitation.
const PAGES: usize = 5;
const MODERATORS: usize = 2;

/// One thing that happens.
#[derive(Clone, Debug)]
enum Action {
    Join,
    Preview(Source, bool),
    TransmitOnEntry(Source, bool),
    Transmit(Source, bool),
    Choose(Source, bool),
    Admit,
    AdmitAll,
    Refuse,
    Leave,
    Return,
    Cut,
    LoseTransport,
    PeerFails,
    DeviceVanishes(Source),
    Report,
    DeliverUp,
    DeliverDown,
    Settle,
    Pass(u64),
}

fn source() -> impl Strategy<Value = Source> {
    prop_oneof![Just(Source::Microphone), Just(Source::Camera)]
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        6 => Just(Action::Join),
        2 => (source(), any::<bool>()).prop_map(|(s, on)| Action::Preview(s, on)),
        2 => (source(), any::<bool>()).prop_map(|(s, on)| Action::TransmitOnEntry(s, on)),
        6 => (source(), any::<bool>()).prop_map(|(s, on)| Action::Transmit(s, on)),
        1 => (source(), any::<bool>()).prop_map(|(s, works)| Action::Choose(s, works)),
        4 => Just(Action::Admit),
        2 => Just(Action::AdmitAll),
        1 => Just(Action::Refuse),
        1 => Just(Action::Leave),
        2 => Just(Action::Return),
        3 => Just(Action::Cut),
        1 => Just(Action::LoseTransport),
        1 => Just(Action::PeerFails),
        1 => source().prop_map(Action::DeviceVanishes),
        8 => Just(Action::Report),
        10 => Just(Action::DeliverUp),
        10 => Just(Action::DeliverDown),
        2 => Just(Action::Settle),
        2 => (0..40_000_u64).prop_map(Action::Pass),
    ]
}

fn act(stage: &mut Stage, page: usize, action: Action) {
    let first_knock = stage.call(page).view().knocks.first().map(|knock| knock.id);
    match action {
        Action::Join => stage.join(page),
        Action::Preview(source, on) => stage.intend(page, Intent::Preview(source, on)),
        Action::TransmitOnEntry(source, on) => {
            stage.intend(page, Intent::TransmitOnEntry(source, on));
        }
        Action::Transmit(source, on) => stage.intend(page, Intent::Transmit(source, on)),
        Action::Choose(source, works) => {
            let device = if works { "other" } else { "broken" };
            stage.intend(page, Intent::ChooseDevice(source, DeviceId(device.to_owned())));
        }
        Action::Admit => {
            if let Some(id) = first_knock {
                stage.intend(page, Intent::Admit(id));
            }
        }
        Action::AdmitAll => stage.intend(page, Intent::AdmitAll),
        Action::Refuse => {
            if let Some(id) = first_knock {
                stage.intend(page, Intent::Refuse(id));
            }
        }
        Action::Leave => stage.intend(page, Intent::Leave),
        Action::Return => stage.intend(page, Intent::Return),
        Action::Cut => stage.cut(page),
        Action::LoseTransport => {
            if let Some(id) = own_id(stage, page) {
                stage.lose_transport(id);
            }
        }
        Action::PeerFails => stage.tell(page, Event::PeerFailed),
        Action::DeviceVanishes(source) => stage.tell(page, Event::CaptureEnded(source)),
        Action::Report => drop(stage.report(page)),
        Action::DeliverUp => drop(stage.deliver_up(page)),
        Action::DeliverDown => drop(stage.deliver_down(page)),
        Action::Settle => stage.settle(),
        Action::Pass(millis) => stage.pass(Duration::from_millis(millis)),
    }
}

fn own_id(stage: &Stage, page: usize) -> Option<ParticipantId> {
    stage.call(page).view().tiles.first().map(|tile| tile.id)
}

/// Everybody who is inside, as this page shows them, without what differs from page to page.
fn shown(
    stage: &Stage,
    page: usize,
) -> BTreeMap<ParticipantId, (Option<String>, bool, bool, bool)> {
    let entry = |tile: TileView| (tile.id, (tile.name, tile.moderator, tile.muted, tile.away));
    stage.call(page).view().tiles.into_iter().map(entry).collect()
}

/// What each participant really transmits: the truth is at its owner.
fn truly_live(stage: &Stage, inside: &[usize]) -> BTreeMap<ParticipantId, BTreeSet<Source>> {
    inside
        .iter()
        .map(|page| (own_id(stage, *page).unwrap(), stage.running(*page).clone()))
        .collect()
}

fn agree(stage: &mut Stage) {
    stage.settle();
    // Somebody who comes last sees the room afresh.
    let observer = stage.add_page(true);
    stage.join(observer);
    stage.settle();

    let inside: Vec<usize> = (0..stage.len())
        .filter(|page| {
            stage.call(*page).view().screen == Screen::Conference { reconnecting: false }
        })
        .collect();
    assert!(inside.contains(&observer), "a moderator is never locked out");
    let live = truly_live(stage, &inside);
    let truth = shown(stage, observer);
    assert_eq!(truth.keys().collect::<Vec<_>>(), live.keys().collect::<Vec<_>>(), "who is inside");

    for page in 0..stage.len() {
        let view = stage.call(page).view();
        match view.screen {
            Screen::Conference { reconnecting } => {
                assert!(!reconnecting, "page {page} never came back");
                assert_eq!(shown(stage, page), truth, "page {page} shows another room");
                check_media(stage, page, &live);
            }
            Screen::WaitingAdmission => {
                let name = Some(format!("Person {page}"));
                let knocks = stage.call(observer).view().knocks;
                assert!(knocks.iter().any(|knock| knock.name == name), "page {page} is not heard");
            }
            Screen::Gate | Screen::Ended(_) => {}
            Screen::Entering | Screen::WaitingModerator => {
                panic!("page {page} hangs in {:?}", view.screen)
            }
        }
        if matches!(view.screen, Screen::Ended(_)) {
            assert!(stage.running(page).is_empty(), "page {page} left a device on");
        }
    }
    let waiting =
        (0..stage.len()).filter(|p| stage.call(*p).view().screen == Screen::WaitingAdmission);
    assert_eq!(stage.call(observer).view().knocks.len(), waiting.count(), "ghosts at the door");
    assert_eq!(stage.media.len(), inside.len(), "one transport each");
}

/// Routes, gates and the page's slots say the same: everything of the others, nothing of one's own.
fn check_media(stage: &Stage, page: usize, live: &BTreeMap<ParticipantId, BTreeSet<Source>>) {
    let view = stage.call(page).view();
    let own = own_id(stage, page).unwrap();
    let transport = &stage.media[&own];
    assert_eq!(transport.open, live[&own], "gates of page {page}");
    let received: Vec<_> = transport.routes.values().copied().collect();
    let expected: BTreeSet<_> = live
        .iter()
        .filter(|(id, _)| **id != own)
        .flat_map(|(id, sources)| sources.iter().map(|source| (*id, *source)))
        .collect();
    assert_eq!(received.iter().copied().collect::<BTreeSet<_>>(), expected, "routes of {page}");
    assert_eq!(received.len(), expected.len(), "each publication has one slot");
    let sounds: BTreeSet<_> = transport
        .routes
        .iter()
        .filter(|(_, (_, source))| source.kind() == MediaKind::Audio)
        .map(|(mid, _)| mid.clone())
        .collect();
    assert_eq!(view.sounds.iter().cloned().collect::<BTreeSet<_>>(), sounds, "sounds of {page}");
    for tile in view.tiles {
        let camera = live[&tile.id].contains(&Source::Camera);
        match tile.picture {
            None => assert!(!camera, "page {page} does not show {}", tile.id),
            Some(Picture::Own) => assert!(tile.own && camera),
            Some(Picture::Slot(mid)) => {
                assert_eq!(transport.routes.get(&mid), Some(&(tile.id, Source::Camera)));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn page_and_server_agree_once_it_is_quiet(
        history in prop::collection::vec((0..PAGES, action()), 1..200)
    ) {
        let mut stage = Stage::new(PAGES, MODERATORS);
        for (page, action) in history {
            act(&mut stage, page, action);
        }
        agree(&mut stage);
    }

    /// Only the owner's hand raises a source: without it, no device ever runs.
    #[test]
    fn nothing_switches_a_device_on_but_its_owner(
        history in prop::collection::vec((0..PAGES, action()), 1..150)
    ) {
        let mut stage = Stage::new(PAGES, MODERATORS);
        for (page, action) in history {
            let raises = matches!(
                action,
                Action::Preview(_, true) | Action::Transmit(_, true) | Action::Choose(..)
            );
            if !raises {
                act(&mut stage, page, action);
            }
        }
        stage.settle();
        for page in 0..PAGES {
            prop_assert!(stage.running(page).is_empty());
        }
        prop_assert!(stage.media.values().all(|transport| transport.open.is_empty()));
    }
}

#[test]
fn a_meeting_of_three_on_a_good_line() {
    let mut stage = Stage::new(3, 1);
    for page in 0..3 {
        stage.join(page);
        stage.settle();
    }
    stage.intend(0, Intent::AdmitAll);
    stage.settle();
    for page in 0..3 {
        stage.intend(page, Intent::Transmit(Source::Camera, true));
        stage.intend(page, Intent::Transmit(Source::Microphone, true));
    }
    stage.settle();
    for page in 0..3 {
        let view = stage.call(page).view();
        assert_eq!(view.tiles.len(), 3);
        assert!(view.tiles.iter().all(|tile| tile.picture.is_some() && !tile.muted));
        assert_eq!(view.sounds.len(), 2);
    }
    agree(&mut stage);
}
