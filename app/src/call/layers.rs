// SPDX-License-Identifier: EUPL-1.2
//! Which encodings of the own pictures anybody can use, by the newest word of the server.

use shared::{LayerSet, Source};

use super::{Call, Effect};

/// What was said of each picture. Of one of which nothing was said, everything is sent.
///
/// What was said stays over a line that is lost: the server says it again on the next one.
#[derive(Debug)]
pub(super) struct Layers {
    camera: LayerSet,
    screen: LayerSet,
}

impl Default for Layers {
    fn default() -> Self {
        Self { camera: LayerSet::ALL, screen: LayerSet::ALL }
    }
}

impl Layers {
    /// Takes a word. Whether it changes anything; sound has no encodings to choose from.
    fn replace(&mut self, source: Source, wanted: LayerSet) -> bool {
        let known = match source {
            Source::Microphone | Source::ScreenSound => return false,
            Source::Camera => &mut self.camera,
            Source::Screen => &mut self.screen,
        };
        core::mem::replace(known, wanted) != wanted
    }

    /// Another peer connection: everything is sent.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

impl Call {
    /// What of a picture is worth sending. About a peer connection that is not answered, nothing is known.
    pub(super) fn layers(&mut self, source: Source, wanted: LayerSet) {
        if let Some(conference) = self.conference_mut()
            && conference.peer.is_running()
            && conference.layers.replace(source, wanted)
        {
            self.effects.push(Effect::SendLayers(source, wanted));
        }
    }
}
