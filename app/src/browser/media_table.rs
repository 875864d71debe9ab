// SPDX-License-Identifier: EUPL-1.2
//! Which track stands behind a name: the own sources and the slots of the peer connection.

use std::{cell::RefCell, rc::Rc};

use js_sys::Reflect;
use leptos::prelude::{ArcRwSignal, ReadUntracked as _, Track as _, Update as _};
use shared::{Mid, Source};
use web_sys::MediaStreamTrack;

use crate::call::{Picture, Table};

/// The tracks of one call; clones share them.
///
/// Whoever watches for a track inside an effect is run again when tracks change.
#[derive(Clone, Debug, Default)]
pub(crate) struct MediaTable {
    tracks: Rc<RefCell<Tracks>>,
    changes: ArcRwSignal<u32>,
}

#[derive(Debug, Default)]
struct Tracks {
    microphone: Option<MediaStreamTrack>,
    camera: Option<MediaStreamTrack>,
    screen: Option<MediaStreamTrack>,
    screen_sound: Option<MediaStreamTrack>,
    slots: Table<Mid, MediaStreamTrack>,
}

impl MediaTable {
    /// What is captured from a source of the person's own.
    pub(crate) fn own(&self, source: Source) -> Option<MediaStreamTrack> {
        self.changes.track();
        self.captured(source)
    }

    /// What is captured from a source of the person's own, without watching for the next.
    pub(super) fn captured(&self, source: Source) -> Option<MediaStreamTrack> {
        let tracks = self.tracks.borrow();
        match source {
            Source::Microphone => tracks.microphone.clone(),
            Source::Camera => tracks.camera.clone(),
            Source::Screen => tracks.screen.clone(),
            Source::ScreenSound => tracks.screen_sound.clone(),
        }
    }

    /// Whether what is shared of the own screen can be looked at on it: of a whole screen it would be a hall of mirrors.
    pub(crate) fn is_screen_elsewhere(&self) -> bool {
        let surface = self.own(Source::Screen).and_then(|track| {
            Reflect::get(&track.get_settings(), &"displaySurface".into()).ok()?.as_string()
        });
        matches!(surface.as_deref(), Some("browser" | "window"))
    }

    /// What a slot receives.
    pub(crate) fn slot(&self, mid: &Mid) -> Option<MediaStreamTrack> {
        self.changes.track();
        self.tracks.borrow().slots.get(mid).cloned()
    }

    /// Every slot of sound: whoever is heard is heard in one of them.
    pub(crate) fn sounds(&self) -> Vec<Mid> {
        self.changes.track();
        let tracks = self.tracks.borrow();
        let sounds = tracks.slots.iter().filter(|(_, track)| track.kind() == "audio");
        sounds.map(|(mid, _)| mid.clone()).collect()
    }

    /// What a picture comes from.
    pub(crate) fn picture(&self, picture: &Picture) -> Option<MediaStreamTrack> {
        match picture {
            Picture::Own => self.own(Source::Camera),
            Picture::OwnScreen => self.own(Source::Screen),
            Picture::Slot(mid) => self.slot(mid),
        }
    }

    /// Puts what is captured in the place of what was, which is returned.
    pub(super) fn set_own(
        &self,
        source: Source,
        track: Option<MediaStreamTrack>,
    ) -> Option<MediaStreamTrack> {
        let before = {
            let mut tracks = self.tracks.borrow_mut();
            let place = match source {
                Source::Microphone => &mut tracks.microphone,
                Source::Camera => &mut tracks.camera,
                Source::Screen => &mut tracks.screen,
                Source::ScreenSound => &mut tracks.screen_sound,
            };
            core::mem::replace(place, track)
        };
        self.changed();
        before
    }

    /// Puts the slots of a peer connection in the place of those before.
    pub(super) fn set_slots(&self, slots: Table<Mid, MediaStreamTrack>) {
        self.tracks.borrow_mut().slots = slots;
        self.changed();
    }

    fn changed(&self) {
        let next = self.changes.read_untracked().wrapping_add(1);
        self.changes.update(|changes| *changes = next);
    }
}
