// SPDX-License-Identifier: EUPL-1.2
//! A room and its pages agree once it is quiet, whatever happened before.

mod agreement;
mod crowd;
mod history;

use std::time::Duration;

use app::call::Intent;
use proptest::{collection::vec, prelude::*};
use shared::{ChatText, LiveLine, Role};
use tests::stage::{Bearer, Stage};

use agreement::{agree, chats_agree, lines_agree, room_agrees};
use history::{Act, act, gather, pause, play};

/// Ada and Bob hold the bookmark. The last two hold copies of one personal invitation.
const BEARERS: [Bearer; 7] = [
    Bearer::Bookmark,
    Bearer::Bookmark,
    Bearer::Invitation,
    Bearer::Invitation,
    Bearer::Invitation,
    Bearer::Personal(1),
    Bearer::Personal(1),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_room_and_its_pages_agree_once_it_is_quiet(
        seed: u64,
        few_slots: bool,
        is_left_alone in prop::bool::weighted(0.15),
        chapters in vec((prop::bool::weighted(0.7), vec(step(), 1..80)), 1..4),
    ) {
        let most_pictures = if few_slots { 2 } else { 14 };
        let mut stage = Stage::new(seed, most_pictures, &BEARERS);
        let mut number = 0;
        for (gathers, history) in chapters {
            if gathers {
                gather(&mut stage);
            }
            for (page, act, pause) in history {
                play(&mut stage, page, &act, number);
                stage.wait(Duration::from_millis(pause));
                number += 1;
            }
        }
        if is_left_alone {
            for page in 0..BEARERS.len() {
                if stage.views().get(page).is_some_and(|view| view.role == Role::Moderator) {
                    stage.want(page, Intent::Leave);
                }
            }
        }
        stage.settle();
        let inside = agree(&stage, most_pictures.into())?;
        lines_agree(&stage, &inside, |_| true)?;
        for person in &inside {
            type_line(&mut stage, person.page, true, &format!("{} is writing", person.page));
        }
        stage.wait(Duration::from_secs(2));
        lines_agree(&stage, &inside, |own| own.ends_with("is writing"))?;
        for person in &inside {
            write(&mut stage, person.page, &format!("{} at last", person.page));
        }
        stage.wait(Duration::from_secs(2));
        prop_assert!(stage.faults().is_empty(), "{:?}", stage.faults());
        chats_agree(&stage, &inside)?;
        lines_agree(&stage, &inside, str::is_empty)?;
        room_agrees(stage, &inside)?;
    }
}

/// Who does what, or suffers it, and how long it is quiet afterwards.
fn step() -> impl Strategy<Value = (usize, Act, u64)> {
    (0..BEARERS.len(), act(), pause())
}

/// Somebody writes to everybody.
fn write(stage: &mut Stage, page: usize, words: &str) {
    let nonce = nonce(words);
    if let Some(text) = ChatText::from_typed(words) {
        stage.want(page, Intent::Chat { text, nonce });
    }
}

/// Somebody lets others read along, or not, and is writing.
fn type_line(stage: &mut Stage, page: usize, on: bool, words: &str) {
    let nonce = nonce(words);
    stage.want(page, Intent::Rtt { on, nonce });
    stage.want(page, Intent::Type { line: LiveLine::from_typed(words), nonce });
}

/// Other random bytes for other words.
fn nonce(words: &str) -> [u8; 12] {
    let mut nonce = [0; 12];
    nonce.iter_mut().zip(words.bytes().rev()).for_each(|(to, from)| *to = from);
    nonce
}

/// How the person at a page is called.
fn name(page: usize) -> String {
    format!("page {page}")
}
