// SPDX-License-Identifier: EUPL-1.2
//! What the screen may show of a call.

use shared::{Role, Source, WaitingFor};

use super::{
    Call, CallView, Picture, Screen, TileView,
    conference::Conference,
    phase::{Phase, Place},
    roster::Person,
};

impl Call {
    /// The call, in the words of the screen.
    #[must_use]
    pub fn view(&self) -> CallView {
        let shown = self.shown();
        CallView {
            screen: self.screen(),
            moderator: self.moderator.is_some(),
            microphone: self.sources.get(Source::Microphone).view(),
            camera: self.sources.get(Source::Camera).view(),
            devices: self.devices.clone(),
            tiles: shown.map(|conference| self.tiles(conference)).unwrap_or_default(),
            knocks: shown.map(|conference| conference.knocks.view()).unwrap_or_default(),
            sounds: shown.map(|conference| conference.slots.sounds()).unwrap_or_default(),
        }
    }

    fn screen(&self) -> Screen {
        match &self.phase {
            Phase::Gate => Screen::Gate,
            Phase::Underway(underway) => match &underway.place {
                Place::Entering => Screen::Entering,
                Place::Waiting(WaitingFor::Moderator) => Screen::WaitingModerator,
                Place::Waiting(WaitingFor::Admission) => Screen::WaitingAdmission,
                Place::Inside(_) => {
                    Screen::Conference { reconnecting: !underway.line.is_settled() }
                }
            },
            Phase::Ended(reason) => Screen::Ended(*reason),
        }
    }

    fn tiles(&self, conference: &Conference) -> Vec<TileView> {
        conference.roster.own_first().map(|person| self.tile(conference, person)).collect()
    }

    /// A tile. The own one shows what is really sent, the others what the room has understood.
    fn tile(&self, conference: &Conference, person: &Person) -> TileView {
        let own = person.id == conference.roster.you();
        let is_live = |source| {
            if own { self.sources.get(source).is_on() } else { person.live.contains(&source) }
        };
        let picture = || {
            if own {
                return Some(Picture::Own);
            }
            conference.slots.find(person.id, Source::Camera).cloned().map(Picture::Slot)
        };
        TileView {
            id: person.id,
            own,
            name: person.named.text(),
            moderator: person.role == Role::Moderator,
            muted: !is_live(Source::Microphone),
            away: person.away,
            picture: is_live(Source::Camera).then(picture).flatten(),
        }
    }
}
