// SPDX-License-Identifier: EUPL-1.2
//! What there is to receive: everything that is on, looked through once for all who receive.

use shared::{MediaKind, ParticipantId};

use super::{seat::Seat, slots::Publication};

/// Everything that is published in a room.
#[derive(Debug, Default)]
pub(super) struct Published {
    /// In order of arrival.
    pictures: Vec<Publication>,
    /// The same, to look one up by.
    index: Vec<Publication>,
    /// Whose microphones are on, in order of arrival.
    sounds: Vec<ParticipantId>,
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
                MediaKind::Audio => published.sounds.push(publication.participant),
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

    /// Whose microphones somebody can hear: everybody else's that is on.
    pub(super) fn sounds_for(
        &self,
        receiver: ParticipantId,
    ) -> impl Iterator<Item = ParticipantId> {
        self.sounds.iter().copied().filter(move |publisher| *publisher != receiver)
    }
}
