// SPDX-License-Identifier: EUPL-1.2
//! Which pictures somebody looks at, and how large: the whole of it, as their page states it.

use shared::{MediaKind, ParticipantId, Source, WantedPicture};

use super::{published::Published, slots::Publication};

/// What of the pictures somebody wants. Sound is wanted always.
#[derive(Debug, Default, Eq, PartialEq)]
pub(super) enum Wish {
    /// Their page has not said: all of them, as large as they are.
    #[default]
    Everything,
    /// These, the most important first. Not all of them need to be there.
    Pictures(Vec<WantedPicture>),
}

impl Wish {
    /// The wish that a page states; nothing when it breaks the protocol by naming more than `most`
    /// pictures, one of them twice, one that has no lines, or a sound.
    pub(super) fn stated(pictures: Vec<WantedPicture>, most: usize) -> Option<Self> {
        let unfit =
            |wanted: &WantedPicture| wanted.lines == 0 || wanted.source.kind() != MediaKind::Video;
        let mut named: Vec<_> = pictures.iter().copied().map(publication).collect();
        named.sort_unstable_by_key(|picture| (picture.participant, picture.source));
        named.dedup();
        let holds =
            pictures.len() <= most && named.len() == pictures.len() && !pictures.iter().any(unfit);
        holds.then_some(Self::Pictures(pictures))
    }

    /// The pictures that `receiver` wants of what is published, the most important first, with the lines of
    /// each, in the order of the wish. Without one screens go before cameras, because there are few of them
    /// and everybody is to see them.
    pub(super) fn among(
        &self,
        receiver: ParticipantId,
        published: &Published,
    ) -> Vec<(Publication, u16)> {
        let others = |(picture, _): &(Publication, u16)| picture.participant != receiver;
        match self {
            Self::Everything => {
                let all = published.pictures().iter().map(|picture| (*picture, u16::MAX));
                let mut pictures: Vec<_> = all.filter(others).collect();
                pictures.sort_by_key(|(picture, _)| picture.source != Source::Screen);
                pictures
            }
            Self::Pictures(named) => {
                let named = named.iter().map(|wanted| (publication(*wanted), wanted.lines));
                let there = named.filter(|(picture, _)| published.contains(*picture));
                there.filter(others).collect()
            }
        }
    }
}

const fn publication(wanted: WantedPicture) -> Publication {
    Publication { participant: wanted.participant, source: wanted.source }
}

#[cfg(test)]
mod tests {
    use shared::{DisplayName, RoomSecret, SealedProfile};

    use super::super::{SessionId, seat::Seat};
    use super::*;

    const ADA: ParticipantId = ParticipantId(1);
    const BOB: ParticipantId = ParticipantId(2);
    const CLEO: ParticipantId = ParticipantId(3);

    #[test]
    fn a_wish_names_pictures_each_once_with_lines_and_not_too_many() {
        let (camera, screen) = (picture(BOB, Source::Camera), picture(BOB, Source::Screen));
        for fits in [vec![], vec![camera], vec![camera, screen]] {
            assert_eq!(Wish::stated(fits.clone(), 2), Some(Wish::Pictures(fits)));
        }
        let other = WantedPicture { lines: 90, ..camera };
        for breaks in [
            vec![camera, screen, picture(CLEO, Source::Camera)],
            vec![camera, other],
            vec![WantedPicture { lines: 0, ..camera }],
            vec![picture(BOB, Source::Microphone)],
        ] {
            assert_eq!(Wish::stated(breaks.clone(), 2), None, "{breaks:?}");
        }
    }

    #[test]
    fn pictures_are_wanted_in_the_order_of_the_wish_and_never_the_own() {
        let seats: Vec<_> = [ADA, BOB, CLEO].into_iter().map(everything_on).collect();
        let published = Published::by(&seats);
        let said = |wish: &Wish| -> Vec<_> {
            let wanted = wish.among(ADA, &published).into_iter();
            wanted.map(|(p, lines)| (p.participant, p.source, lines)).collect()
        };
        let everything = [
            (BOB, Source::Screen),
            (CLEO, Source::Screen),
            (BOB, Source::Camera),
            (CLEO, Source::Camera),
        ];
        let everything = everything.map(|(whose, source)| (whose, source, u16::MAX));
        assert_eq!(said(&Wish::Everything), everything);
        let gone = picture(ParticipantId(9), Source::Camera);
        let (own, first) = (picture(ADA, Source::Camera), picture(CLEO, Source::Camera));
        let named = vec![own, first, gone, picture(BOB, Source::Screen)];
        let few = [(CLEO, Source::Camera, 180), (BOB, Source::Screen, 180)];
        assert_eq!(said(&Wish::Pictures(named)), few);
        assert_eq!(said(&Wish::Pictures(vec![])), []);
    }

    fn everything_on(participant: ParticipantId) -> Seat {
        let key = RoomSecret::from_random([1; 32]);
        let room = key.moderator_key().room_id();
        let name = DisplayName::default();
        let profile = SealedProfile::seal(&name, &key.invitation_key(), room, [3; 12]);
        let mut seat = Seat::new(participant, false, (profile, None), SessionId(1));
        seat.live = Source::ALL.to_vec();
        seat
    }

    fn picture(participant: ParticipantId, source: Source) -> WantedPicture {
        WantedPicture { participant, source, lines: 180 }
    }
}
