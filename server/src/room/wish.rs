// SPDX-License-Identifier: EUPL-1.2
//! Which pictures somebody looks at, and how large: the whole of it, as their page states it.

use shared::{MediaKind, Source, WantedPicture};

use super::slots::Publication;

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

    /// What is wanted of what is published, the most important first, with the lines of each: sound, and
    /// then the pictures in the order of the wish. Without one screens go before cameras, because there
    /// are few of them and everybody is to see them.
    pub(super) fn among(&self, published: &[Publication]) -> Vec<(Publication, u16)> {
        let all = published.iter().map(|publication| (*publication, u16::MAX));
        let (mut wanted, mut pictures): (Vec<_>, Vec<_>) =
            all.partition(|(publication, _)| publication.source.kind() == MediaKind::Audio);
        match self {
            Self::Everything => {
                pictures.sort_by_key(|(picture, _)| picture.source != Source::Screen);
                wanted.extend(pictures);
            }
            Self::Pictures(named) => {
                let named = named.iter().map(|wanted| (publication(*wanted), wanted.lines));
                wanted.extend(named.filter(|(picture, _)| published.contains(picture)));
            }
        }
        wanted
    }
}

const fn publication(wanted: WantedPicture) -> Publication {
    Publication { participant: wanted.participant, source: wanted.source }
}

#[cfg(test)]
mod tests {
    use shared::ParticipantId;

    use super::*;

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
    fn sound_is_wanted_always_and_pictures_in_the_order_of_the_wish() {
        let published: Vec<_> = [BOB, CLEO]
            .into_iter()
            .flat_map(|participant| Source::ALL.map(|source| Publication { participant, source }))
            .collect();
        let said = |wish: &Wish| -> Vec<_> {
            let wanted = wish.among(&published).into_iter();
            wanted.map(|(p, lines)| (p.participant, p.source, lines)).collect()
        };
        let sound = [BOB, CLEO].map(|whose| (whose, Source::Microphone, u16::MAX));
        let everything = [
            (BOB, Source::Screen),
            (CLEO, Source::Screen),
            (BOB, Source::Camera),
            (CLEO, Source::Camera),
        ];
        let everything = everything.map(|(whose, source)| (whose, source, u16::MAX));
        assert_eq!(said(&Wish::Everything), [&sound[..], &everything].concat());
        let gone = picture(ParticipantId(9), Source::Camera);
        let named = vec![picture(CLEO, Source::Camera), gone, picture(BOB, Source::Screen)];
        let few = [(CLEO, Source::Camera, 180), (BOB, Source::Screen, 180)];
        assert_eq!(said(&Wish::Pictures(named)), [&sound[..], &few].concat());
        assert_eq!(said(&Wish::Pictures(vec![])), sound);
    }

    fn picture(participant: ParticipantId, source: Source) -> WantedPicture {
        WantedPicture { participant, source, lines: 180 }
    }
}
