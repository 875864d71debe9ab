// SPDX-License-Identifier: EUPL-1.2
//! Everything that must be true when nothing is on its way.

use std::collections::{BTreeMap, BTreeSet};

use app::call::{CallView, PersonView, Picture, Screen};
use proptest::prelude::*;
use shared::{
    Act, ChatText, DisplayName, Door, Floor, Invitations, MediaKind, ParticipantId, Role,
    RoomRules, Source,
};
use tests::stage::{Stage, Transport};

use super::name;

/// Somebody inside, as they see themselves.
pub(super) struct Inside {
    pub(super) page: usize,
    view: CallView,
    own: PersonView,
}

/// Compares the pages with each other and with the relay. Returns who is inside.
pub(super) fn agree(stage: &Stage, most_pictures: usize) -> Result<Vec<Inside>, TestCaseError> {
    let views = stage.views();
    let mut inside = Vec::new();
    for (page, view) in views.iter().cloned().enumerate() {
        match view.screen {
            Screen::Conference { reconnecting } | Screen::Paused { reconnecting } => {
                prop_assert!(!reconnecting, "page {page} never came back");
                let Some(own) = view.people.iter().find(|person| person.own).cloned() else {
                    return Err(TestCaseError::fail(format!("page {page} does not see itself")));
                };
                inside.push(Inside { page, view, own });
            }
            Screen::Entering => return Err(TestCaseError::fail("somebody never got an answer")),
            Screen::Gate | Screen::WaitingModerator | Screen::WaitingAdmission => {}
            Screen::Ended(_) => {
                let on = Source::ALL.map(|source| view.source(source).on);
                prop_assert_eq!(on, [false; 4], "a light stays on");
                prop_assert!(view.may_return, "every pause is over");
            }
        }
    }
    rosters_agree(stage, &inside)?;
    doors_agree(stage, &inside)?;
    let transports = stage.transports();
    prop_assert_eq!(transports.len(), inside.len(), "one transport for each one inside");
    for person in &inside {
        let Some(transport) = transports.get(&person.own.id) else {
            return Err(TestCaseError::fail(format!("page {} has no media", person.page)));
        };
        prop_assert_eq!(stage.peer(person.page), Some(transport.peer), "both ends are one");
        floor_agrees(stage, person, transport)?;
        slots_agree(&inside, person, transport, most_pictures)?;
    }
    Ok(inside)
}

/// Everybody sees everybody as they are, in one order, and nobody else; and the same rules.
fn rosters_agree(stage: &Stage, inside: &[Inside]) -> Result<(), TestCaseError> {
    for person in inside {
        let holds = stage.holds_bookmark(person.page);
        prop_assert_eq!((person.view.holder, person.own.holder), (holds, holds));
        prop_assert!(
            !holds || person.own.role == Role::Moderator,
            "nobody takes the role of these"
        );
        prop_assert_eq!(person.view.role, person.own.role);
        prop_assert_eq!(person.view.hand, person.own.hand.is_some());
        prop_assert_eq!(person.view.people.len(), inside.len(), "nobody else");
        for other in inside {
            prop_assert_eq!(person.view.rules, other.view.rules);
            let seen = person.view.people.iter().find(|seen| seen.id == other.own.id);
            let Some(seen) = seen else {
                return Err(TestCaseError::fail(format!("{} is not seen", other.own.id)));
            };
            prop_assert_eq!(seen.name.as_ref(), Some(&named(other.page)));
            prop_assert!(!seen.away && !seen.duplicate, "{} is here, once", seen.id);
            prop_assert_eq!(
                (seen.role, seen.holder, seen.hand, &seen.live),
                (other.own.role, other.own.holder, other.own.hand, &other.own.live),
                "of {}",
                seen.id
            );
            prop_assert_eq!(
                order(person, other),
                order(other, person),
                "the order in which people came"
            );
        }
        tiles_agree(person)?;
    }
    Ok(())
}

/// Everybody but these two, as the first one sees them.
fn order(person: &Inside, other: &Inside) -> Vec<ParticipantId> {
    let both = [person.own.id, other.own.id];
    person.view.people.iter().map(|seen| seen.id).filter(|id| !both.contains(id)).collect()
}

/// One tile for everybody, and one for every screen.
fn tiles_agree(person: &Inside) -> Result<(), TestCaseError> {
    let shares = |seen: &&PersonView| seen.live.contains(&Source::Screen);
    let sharing: BTreeSet<_> = person.view.people.iter().filter(shares).map(|it| it.id).collect();
    let screens: Vec<_> = person.view.tiles.iter().map(|tile| tile.key.screen).collect();
    prop_assert!(screens.is_sorted_by_key(|screen| !screen), "screens come first");
    let (screens, everybody): (Vec<_>, Vec<_>) =
        person.view.tiles.iter().partition(|tile| tile.key.screen);
    let screens: Vec<_> = screens.into_iter().map(|tile| tile.key.id).collect();
    prop_assert_eq!(screens.len(), sharing.len());
    prop_assert_eq!(screens.into_iter().collect::<BTreeSet<_>>(), sharing);
    prop_assert_eq!(everybody.len(), person.view.people.len());
    prop_assert!(everybody.first().is_some_and(|tile| tile.own), "the own one leads");
    Ok(())
}

/// Whoever waits knows for what, and every moderator sees exactly those who wait. Nobody waits whom
/// the rules let in or keep out.
fn doors_agree(stage: &Stage, inside: &[Inside]) -> Result<(), TestCaseError> {
    let is_attended = inside.iter().any(|person| person.own.role == Role::Moderator);
    let mut waiting = Vec::new();
    for (page, view) in stage.views().iter().enumerate() {
        match view.screen {
            Screen::WaitingModerator => prop_assert!(!is_attended, "a moderator is there"),
            Screen::WaitingAdmission => prop_assert!(is_attended, "no moderator is there"),
            Screen::Gate
            | Screen::Entering
            | Screen::Conference { .. }
            | Screen::Paused { .. }
            | Screen::Ended(_) => continue,
        }
        waiting.push((Some(name(page)), stage.holds_ticket(page)));
    }
    waiting.sort();
    for person in inside {
        let is_paused = matches!(person.view.screen, Screen::Paused { .. });
        prop_assert_eq!(is_paused, !is_attended, "after two minutes");
        let seen = person.view.knocks.iter();
        let mut seen: Vec<_> = seen
            .map(|it| (it.name.as_ref().map(|name| name.as_str().to_owned()), it.personal))
            .collect();
        seen.sort();
        let runs_door = person.own.role == Role::Moderator;
        let expected = if runs_door { waiting.as_slice() } else { &[] };
        prop_assert_eq!(seen.as_slice(), expected, "who knocks at page {}", person.page);
        let RoomRules { door, invitations, .. } = person.view.rules;
        prop_assert!(door != Door::Locked || waiting.is_empty(), "the door is locked");
        let barred = waiting.iter().any(|(_, personal)| !personal);
        prop_assert!(invitations == Invitations::All || !barred, "not invited in person");
        if matches!(door, Door::Open(_)) && runs_door {
            prop_assert!(person.view.knocks.iter().all(|it| it.removed), "the door is open");
        }
    }
    Ok(())
}

fn named(page: usize) -> DisplayName {
    DisplayName::from_typed(&name(page))
}

/// What passes the gates is what is on and does not wait for a key, and what the page sends. Nothing is on that may not be.
fn floor_agrees(
    stage: &Stage,
    person: &Inside,
    transport: &Transport,
) -> Result<(), TestCaseError> {
    for source in Source::ALL {
        let shown = person.view.source(source);
        let sent = shown.on && !shown.withheld;
        prop_assert_eq!(person.own.live.contains(&source), sent);
        prop_assert_eq!(transport.gates.contains(&source), sent, "the gate of {:?}", source);
        prop_assert_eq!(stage.is_transmitted(person.page, source), sent, "the outlet");
        prop_assert!(!shown.on || person.view.may(source.act()), "{:?} is not allowed", source);
        let whole = source.comes_with().is_none_or(|whole| person.view.source(whole).on);
        prop_assert!(!shown.on || whole, "{:?} is on alone", source);
        prop_assert!(!shown.on || person.view.rules.floor == Floor::Open, "the floor is paused");
    }
    Ok(())
}

/// Everybody can be heard. The page shows what the relay routes: every picture that others send, once, as far as
/// there are slots.
fn slots_agree(
    inside: &[Inside],
    person: &Inside,
    transport: &Transport,
    most_pictures: usize,
) -> Result<(), TestCaseError> {
    let others = inside.iter().filter(|other| other.page != person.page);
    let live = others.clone().flat_map(|other| other.own.live.iter().map(|it| (other.own.id, *it)));
    let heard = live.filter(|(_, source)| source.kind() == MediaKind::Audio);
    let sounds: BTreeSet<_> = transport.sounds.iter().copied().collect();
    prop_assert_eq!(sounds, heard.collect(), "what can be heard");
    let shown: BTreeMap<_, _> = person
        .view
        .tiles
        .iter()
        .filter_map(|tile| match &tile.picture {
            Some(Picture::Slot(mid)) => Some((mid.clone(), (tile.key.id, tile.key.screen))),
            Some(Picture::Own | Picture::OwnScreen) | None => None,
        })
        .collect();
    let routed: BTreeMap<_, _> = transport
        .routes
        .iter()
        .map(|route| (route.mid.clone(), (route.publisher, route.source == Source::Screen)))
        .collect();
    prop_assert_eq!(&shown, &routed, "what is seen");
    let live = others.flat_map(|other| &other.own.live);
    let sent = live.filter(|source| source.kind() == MediaKind::Video).count().min(most_pictures);
    prop_assert_eq!(routed.len(), sent, "every picture has one slot");
    Ok(())
}

/// Everybody read what was written while they were there, in the order in which the room took it; and
/// all of it since it is quiet.
pub(super) fn chats_agree(stage: &Stage, inside: &[Inside]) -> Result<(), TestCaseError> {
    let last: BTreeSet<_> = inside
        .iter()
        .filter(|person| person.view.may(Act::Chat))
        .map(|person| format!("{} at last", person.page))
        .collect();
    let views = stage.views();
    for view in inside.iter().filter_map(|person| views.get(person.page)) {
        let lines: Vec<_> =
            view.chat.iter().map(|line| line.text.as_ref().map_or("", ChatText::as_str)).collect();
        let mut taken = stage.written().iter();
        // What is said again after a line was lost may be taken twice in a row.
        let mut once = lines.clone();
        once.dedup();
        prop_assert!(once.iter().all(|line| taken.any(|it| it == line)), "out of order");
        let own = view.chat.iter().zip(&lines);
        for (shown, line) in own {
            let page = line.split(' ').next().unwrap_or_default();
            let page = page.parse().unwrap_or(usize::MAX);
            prop_assert_eq!(shown.name.as_ref(), Some(&named(page)));
        }
        let end: BTreeSet<_> =
            lines.iter().rev().take(last.len()).map(|line| (*line).to_owned()).collect();
        prop_assert_eq!(&end, &last, "everybody reads it");
    }
    Ok(())
}

/// Everybody reads of everybody else exactly what those are told that others read of them; of whoever may
/// write, that ends so.
pub(super) fn lines_agree(
    stage: &Stage,
    inside: &[Inside],
    ends_so: impl Fn(&str) -> bool,
) -> Result<(), TestCaseError> {
    let views = stage.views();
    let views: Vec<_> =
        inside.iter().filter_map(|it| Some((it.own.id, views.get(it.page)?))).collect();
    for (reader, view) in &views {
        let read: BTreeMap<_, _> =
            view.moment.lines.iter().map(|line| (line.id, line.text.as_str())).collect();
        let own = |(_, view): &&(ParticipantId, &CallView)| !view.moment.own_line.is_empty();
        let others = views.iter().filter(own).filter(|(id, _)| id != reader);
        let written = others.map(|(id, view)| (*id, view.moment.own_line.as_str())).collect();
        prop_assert_eq!(read, written, "what {} reads along", reader);
        let own = view.moment.own_line.as_str();
        prop_assert!(!view.may(Act::Chat) || ends_so(own), "{} is read", own);
    }
    Ok(())
}

/// The room itself is as its pages show it.
pub(super) fn room_agrees(stage: Stage, inside: &[Inside]) -> Result<(), TestCaseError> {
    let Some(room) = stage.witness() else {
        prop_assert!(inside.is_empty(), "a room that is gone");
        return Ok(());
    };
    let ids: BTreeSet<_> = room.participants.iter().map(|participant| participant.id).collect();
    prop_assert_eq!(ids, inside.iter().map(|person| person.own.id).collect());
    let mut hands: Vec<_> = room.participants.iter().filter_map(|it| it.hand).collect();
    hands.sort_unstable();
    for person in inside {
        let Some(known) = room.participants.iter().find(|it| it.id == person.own.id) else {
            continue;
        };
        let hand = known.hand.and_then(|hand| hands.iter().position(|it| *it == hand));
        prop_assert_eq!(
            (known.role, known.holder, &known.live, hand.map(|place| place + 1), known.away),
            (person.own.role, person.own.holder, &person.own.live, person.own.hand, false)
        );
        // Whoever looks into a room without moderator opens its floor.
        let floor = room.rules.floor;
        prop_assert_eq!(RoomRules { floor, ..person.view.rules }, room.rules);
        if person.own.role == Role::Moderator {
            let seen = person.view.knocks.iter().map(|it| (it.id, it.personal, it.removed));
            let known = room.knocks.iter().map(|it| (it.participant, it.personal, it.removed));
            prop_assert_eq!(seen.collect::<Vec<_>>(), known.collect::<Vec<_>>());
        }
    }
    Ok(())
}
