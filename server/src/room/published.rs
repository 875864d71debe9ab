// SPDX-License-Identifier: EUPL-1.2
//! What there is to receive: everything that is on, looked through once for all who receive.

use shared::{MediaKind, ParticipantId, Source};

use super::{seat::Seat, slots::Publication};

/// Everything that is published in a room.
#[derive(Debug, Default)]
pub(super) struct Published {
    /// In order of arrival.
    pictures: Vec<Publication>,
    /// The same, to look one up by.
    index: Vec<Publication>,
    /// The microphones that are on, and what is to be heard of screens, in order of arrival.
    sounds: Vec<Publication>,
}

impl Published {
    pub(super) fn by(seats: &[Seat]) -> Self {
        let all = seats.iter().flat_map(|seat| {
            let participant = seat.participant;
            seat.live.iter().map(move |source| Publication { participant, source: *source })
        });
        let mut published = Self::default();
        for publication in all {
            match publication.source.kind() {
                MediaKind::Audio => published.sounds.push(publication),
                MediaKind::Video => published.pictures.push(publication),
            }
        }
        published.index.clone_from(&published.pictures);
        published.index.sort_unstable();
        published
    }

    /// The pictures, in order of arrival.
    pub(super) fn pictures(&self) -> &[Publication] {
        &self.pictures
    }

    /// Whether a picture is there.
    pub(super) fn contains(&self, picture: Publication) -> bool {
        self.index.binary_search(&picture).is_ok()
    }

    /// What somebody can hear: everybody else's microphone that is on, and the sound of their screens.
    pub(super) fn sounds_for(
        &self,
        receiver: ParticipantId,
    ) -> impl Iterator<Item = (ParticipantId, Source)> {
        let others = self.sounds.iter().filter(move |sound| sound.participant != receiver);
        others.map(|sound| (sound.participant, sound.source))
    }
}
