// SPDX-License-Identifier: EUPL-1.2
//! Which encodings of the own pictures anybody can use, by the newest word of the server.

use std::collections::BTreeMap;

use shared::{LayerSet, MediaKind, Source};

use super::{Call, Effect};

/// What was said of each picture. Of one of which nothing was said, everything is sent.
#[derive(Debug, Default)]
pub(super) struct Layers(BTreeMap<Source, LayerSet>);

impl Layers {
    /// Takes a word. Whether it changes anything.
    fn replace(&mut self, source: Source, wanted: LayerSet) -> bool {
        self.0.insert(source, wanted).unwrap_or(LayerSet::ALL) != wanted
    }

    /// Another peer connection: everything is sent.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Another line: what was said while there was none is not known. Which pictures are sent whole again.
    pub(super) fn restate(&mut self) -> Vec<Source> {
        let narrowed = |(source, wanted)| (wanted != LayerSet::ALL).then_some(source);
        core::mem::take(&mut self.0).into_iter().filter_map(narrowed).collect()
    }
}

impl Call {
    /// What of a picture is worth sending. About a peer connection that is not answered, nothing is known.
    pub(super) fn layers(&mut self, source: Source, wanted: LayerSet) {
        if source.kind() == MediaKind::Video
            && let Some(conference) = self.conference_mut()
            && conference.peer.is_running()
            && conference.layers.replace(source, wanted)
        {
            self.effects.push(Effect::SendLayers(source, wanted));
        }
    }

    /// Sends everything again, after a line on which something may have been said that nobody heard: a
    /// picture that is paused for ever is worse than one that is sent to nobody for a moment.
    pub(super) fn send_all_layers(&mut self) {
        let Some(conference) = self.conference_mut() else { return };
        let whole = conference.layers.restate();
        let effect = |source| Effect::SendLayers(source, LayerSet::ALL);
        self.effects.extend(whole.into_iter().map(effect));
    }
}
