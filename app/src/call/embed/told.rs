// SPDX-License-Identifier: EUPL-1.2
//! What of a call its host page is told: whole statements, each when it is another than before.

use shared::{
    CloseReason, ParticipantId, Refusal, Source,
    embed::{
        Awaited, DeviceFailure, DeviceState, Event, Fault, Feature, Knocker, LeftReason, OwnDevice,
        Person, Quality,
    },
};

use super::{
    super::{
        CallView, CaptureFailure, EndReason, Grade, KnockView, PersonView, Screen, SourceView,
    },
    commands::is_inside,
};

/// What was told last.
#[derive(Debug, Default)]
pub(super) struct Told {
    withheld: Option<Vec<Feature>>,
    stage: Option<Event>,
    lost: bool,
    people: Vec<Person>,
    devices: [DeviceState; 3],
    knocks: Vec<Knocker>,
    speaking: Vec<ParticipantId>,
    quality: Quality,
    failures: [Option<CaptureFailure>; 3],
}

impl Told {
    /// What is to be told of this view. The own name is among it if `named`.
    pub(super) fn news(
        &mut self,
        view: &CallView,
        named: bool,
        withheld: &[Feature],
    ) -> Vec<Event> {
        let mut news = Vec::new();
        if self.withheld.as_deref() != Some(withheld) {
            self.withheld = Some(withheld.to_vec());
            news.push(Event::Ready { withheld: withheld.to_vec() });
        }
        news.extend(anew(&mut self.stage, stage(view)).flatten());
        let lost = anew(&mut self.lost, is_lost(view));
        news.extend(lost.map(|lost| Event::Connection { lost }));
        let people = anew(&mut self.people, people(view, named));
        news.extend(people.map(|people| Event::People { people }));
        let devices = DEVICES.map(|source| device(view, view.source(source)));
        if let Some([microphone, camera, screen]) = anew(&mut self.devices, devices) {
            news.push(Event::Devices { microphone, camera, screen });
        }
        let knocks = anew(&mut self.knocks, knocks(view));
        news.extend(knocks.map(|knocks| Event::Knock { knocks }));
        let speaking = anew(&mut self.speaking, speaking(view));
        news.extend(speaking.map(|participants| Event::Speaking { participants }));
        let quality = anew(&mut self.quality, quality(view));
        news.extend(quality.map(|quality| Event::Quality { quality }));
        for (source, told) in DEVICES.into_iter().zip(&mut self.failures) {
            let failure = anew(told, view.source(source).failure).flatten();
            let device = own_device(source);
            let error = failure.map(|why| Fault::Device { device, failure: reason(why) });
            news.extend(error.map(|error| Event::Error { error }));
        }
        news
    }
}

/// What is another than it was.
fn anew<T: Clone + PartialEq>(told: &mut T, now: T) -> Option<T> {
    (*told != now).then(|| {
        told.clone_from(&now);
        now
    })
}

/// Which screen.
fn stage(view: &CallView) -> Option<Event> {
    let own = || view.people.iter().find(|person| person.own).map(|person| person.id);
    match view.screen {
        Screen::Gate => Some(Event::Gate {}),
        Screen::Entering => Some(Event::Entering {}),
        Screen::WaitingModerator => Some(Event::Waiting { for_whom: Awaited::Moderator }),
        Screen::WaitingAdmission => Some(Event::Waiting { for_whom: Awaited::Admission }),
        Screen::Paused { .. } => Some(Event::Paused {}),
        Screen::Conference { .. } => own().map(|participant| Event::Joined { participant }),
        Screen::Ended(reason) => Some(left(reason)),
    }
}

fn left(reason: EndReason) -> Event {
    let (reason, refusal) = match reason {
        EndReason::Left => (LeftReason::Left, None),
        EndReason::Refused(refusal) => (LeftReason::Refused, Some(refusal)),
        EndReason::Unreachable => (LeftReason::Unreachable, None),
        EndReason::Incomplete => (LeftReason::Failed, None),
        EndReason::Closed(reason) => match reason {
            CloseReason::Left => (LeftReason::Left, None),
            CloseReason::Removed => (LeftReason::Removed, None),
            CloseReason::Ended => (LeftReason::Ended, None),
            CloseReason::Abandoned => (LeftReason::Abandoned, None),
            CloseReason::Replaced => (LeftReason::Replaced, None),
            CloseReason::Stopping => (LeftReason::Unreachable, None),
            CloseReason::Protocol
            | CloseReason::Flood
            | CloseReason::Slow
            | CloseReason::Internal
            | CloseReason::Unknown => (LeftReason::Failed, None::<Refusal>),
        },
    };
    Event::Left { reason, refusal }
}

const fn is_lost(view: &CallView) -> bool {
    matches!(
        view.screen,
        Screen::Conference { reconnecting: true } | Screen::Paused { reconnecting: true }
    )
}

fn people(view: &CallView, named: bool) -> Vec<Person> {
    let told = |person: &PersonView| Person {
        participant: person.id,
        own: person.own,
        role: person.role,
        display_name: person
            .name
            .as_ref()
            .filter(|_| named && person.own)
            .map(|name| name.as_str().to_owned()),
    };
    let mut people: Vec<_> = view.people.iter().map(told).collect();
    // In the order of arrival, which hands that go up do not change.
    people.sort_by_key(|person| person.participant);
    people
}

const fn device(view: &CallView, source: &SourceView) -> DeviceState {
    match (source.starting, source.on, is_inside(view.screen)) {
        (true, _, _) => DeviceState::Starting,
        (false, false, _) => DeviceState::Off,
        (false, true, false) => DeviceState::Preview,
        (false, true, true) if source.withheld => DeviceState::Held,
        (false, true, true) => DeviceState::On,
    }
}

fn knocks(view: &CallView) -> Vec<Knocker> {
    let told = |knock: &KnockView| Knocker {
        participant: knock.id,
        invited: knock.name.is_some(),
        personal: knock.personal,
        removed: knock.removed,
    };
    view.knocks.iter().map(told).collect()
}

fn speaking(view: &CallView) -> Vec<ParticipantId> {
    let speaks = view.tiles.iter().filter(|tile| tile.speaking && !tile.key.screen);
    let mut speaking: Vec<_> = speaks.map(|tile| tile.key.id).collect();
    speaking.sort_unstable();
    speaking
}

fn quality(view: &CallView) -> Quality {
    let own = view.tiles.iter().find(|tile| tile.own && !tile.key.screen);
    match own.and_then(|own| own.weak).map(|weak| weak.grade) {
        None => Quality::Good,
        Some(Grade::Fair) => Quality::Fair,
        Some(Grade::Poor) => Quality::Poor,
    }
}

/// What is switched by itself: the sound of a screen comes and goes with it.
const DEVICES: [Source; 3] = [Source::Microphone, Source::Camera, Source::Screen];

const fn own_device(source: Source) -> OwnDevice {
    match source {
        Source::Microphone => OwnDevice::Microphone,
        Source::Camera => OwnDevice::Camera,
        Source::Screen | Source::ScreenSound => OwnDevice::Screen,
    }
}

const fn reason(failure: CaptureFailure) -> DeviceFailure {
    match failure {
        CaptureFailure::DeniedByEmbedding => DeviceFailure::Embedding,
        CaptureFailure::Denied
        | CaptureFailure::DeniedBySystem
        | CaptureFailure::Forbidden
        | CaptureFailure::InsecureContext => DeviceFailure::Denied,
        CaptureFailure::NotFound | CaptureFailure::Gone => DeviceFailure::Missing,
        CaptureFailure::InUse => DeviceFailure::InUse,
        CaptureFailure::Broken | CaptureFailure::Inactive | CaptureFailure::Unknown => {
            DeviceFailure::Failed
        }
    }
}
