// SPDX-License-Identifier: EUPL-1.2
//! What the screen shows of a call.

use shared::{DisplayName, Role, Source, WaitingFor};

use super::{
    Call, CallView, KnockView, Picture, Screen, TileView,
    call::{Inside, Phase},
    roster::{Knocker, Person},
};

impl Call {
    /// The picture of this moment.
    pub fn view(&self) -> CallView {
        let mut view = CallView {
            screen: self.screen(),
            moderator: self.access.is_moderator(),
            microphone: self.microphone.view(),
            camera: self.camera.view(),
            devices: self.devices.clone(),
            tiles: Vec::new(),
            knocks: Vec::new(),
            sounds: Vec::new(),
        };
        if let Phase::Inside(inside) = &self.phase {
            let own = |person: &&Person| person.info.id == inside.roster.you;
            let people = inside.roster.people();
            let others = people.iter().filter(|person| !own(person));
            view.tiles =
                people.iter().filter(own).chain(others).map(|p| self.tile(inside, p)).collect();
            view.knocks = inside.roster.knockers().iter().map(knock).collect();
            view.sounds = inside.peer.slots_of(Source::Microphone).cloned().collect();
        }
        view
    }

    const fn screen(&self) -> Screen {
        match &self.phase {
            Phase::Gate => Screen::Gate,
            Phase::Outside { waiting: None, .. } => Screen::Entering,
            Phase::Outside { waiting: Some(WaitingFor::Moderator), .. } => Screen::WaitingModerator,
            Phase::Outside { waiting: Some(WaitingFor::Admission), .. } => Screen::WaitingAdmission,
            Phase::Inside(inside) => Screen::Conference { reconnecting: !inside.line.holds() },
            Phase::Ended(reason) => Screen::Ended(*reason),
        }
    }

    fn tile(&self, inside: &Inside, person: &Person) -> TileView {
        let info = &person.info;
        let own = info.id == inside.roster.you;
        let picture = if own {
            self.camera.is_on().then_some(Picture::Own)
        } else if info.live.contains(&Source::Camera) {
            inside.peer.slot(info.id, Source::Camera).cloned().map(Picture::Slot)
        } else {
            None
        };
        let speaks =
            if own { self.microphone.is_on() } else { info.live.contains(&Source::Microphone) };
        TileView {
            id: info.id,
            own,
            name: shown(person.name.as_ref()),
            moderator: info.role == Role::Moderator,
            muted: !speaks,
            away: info.away,
            picture,
        }
    }
}

fn knock(knocker: &Knocker) -> KnockView {
    KnockView { id: knocker.id, name: shown(knocker.name.as_ref()) }
}

fn shown(name: Option<&DisplayName>) -> Option<String> {
    name.map(|name| name.as_str().to_owned())
}
