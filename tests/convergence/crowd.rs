// SPDX-License-Identifier: EUPL-1.2
//! More people than a page has slots for in the beginning: everybody sees everybody once it is quiet.

use std::time::Duration;

use proptest::{collection::vec, prelude::*};
use shared::{Moderation, ParticipantId, Source};
use tests::stage::{Bearer, Stage, Trouble};

use super::{
    agreement::agree,
    history::{Act, play},
};

/// One picture more than the first slots can carry, and some.
const PEOPLE: usize = 16;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_crowd_sees_all_of_itself_whatever_befalls_it_while_it_grows(
        seed: u64,
        history in vec((0..PEOPLE, trouble(), 0..1_500_u64), 0..24),
    ) {
        let mut bearers = [Bearer::Invitation; PEOPLE];
        bearers[0] = Bearer::Bookmark;
        let mut stage = Stage::new(seed, u8::MAX, &bearers);
        for page in 0..PEOPLE {
            let sources = vec![Source::Microphone, Source::Camera];
            play(&mut stage, page, &Act::Enter(sources), 0);
        }
        stage.wait(Duration::from_secs(2));
        let everybody = Moderation::AdmitAll { up_to: ParticipantId(u32::MAX) };
        play(&mut stage, 0, &Act::Moderate(everybody), 0);
        for (page, trouble, pause) in history {
            play(&mut stage, page, &Act::Befall(trouble), 0);
            stage.wait(Duration::from_millis(pause));
        }
        stage.settle();
        agree(&stage, usize::MAX)?;
        prop_assert!(stage.faults().is_empty(), "{:?}", stage.faults());
    }
}

fn trouble() -> impl Strategy<Value = Trouble> {
    prop_oneof![
        6 => Just(Trouble::Cut),
        2 => Just(Trouble::Offline),
        4 => Just(Trouble::Online),
        1 => Just(Trouble::Reload),
        3 => Just(Trouble::PeerFails),
        3 => Just(Trouble::TransportFails),
        1 => Just(Trouble::Slow),
    ]
}
