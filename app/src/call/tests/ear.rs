// SPDX-License-Identifier: EUPL-1.2
//! What is told of the own microphone by how loud it is.

use proptest::{collection::vec, prelude::*};

use super::{
    super::{Event, Intent, MicrophoneHint},
    desk::{ADA, BOB, Desk, MICROPHONE},
};

const SPEECH: u16 = 9_000;
const ROOM: u16 = 12;

#[test]
fn a_microphone_from_which_nothing_comes_is_told_of_after_five_seconds() {
    let mut desk = speaking();
    listen(&mut desk, 10, 0);
    assert_eq!(desk.source(MICROPHONE).hint, None, "it may be starting");
    listen(&mut desk, 1, 0);
    assert_eq!(desk.source(MICROPHONE).hint, Some(MicrophoneHint::Silent));
    listen(&mut desk, 1, 1);
    assert_eq!(desk.source(MICROPHONE).hint, None, "the least sound is one");
}

#[test]
fn it_is_told_at_the_gate_as_well() {
    let mut desk = Desk::of(BOB);
    desk.want(Intent::Preview(MICROPHONE, true));
    desk.captured(MICROPHONE, "desk");
    listen(&mut desk, 11, 0);
    assert_eq!(desk.source(MICROPHONE).hint, Some(MicrophoneHint::Silent));
}

#[test]
fn who_has_read_it_reads_it_again_only_after_something_was_heard() {
    let mut desk = speaking();
    listen(&mut desk, 11, 0);
    desk.want(Intent::Understood(MICROPHONE));
    listen(&mut desk, 30, 0);
    assert_eq!(desk.source(MICROPHONE).hint, None);
    listen(&mut desk, 1, ROOM);
    listen(&mut desk, 11, 0);
    assert_eq!(desk.source(MICROPHONE).hint, Some(MicrophoneHint::Silent));
}

#[test]
fn another_device_begins_anew_and_one_that_is_off_says_nothing() {
    let mut desk = speaking();
    listen(&mut desk, 11, 0);
    desk.captured(MICROPHONE, "headset");
    assert_eq!(desk.source(MICROPHONE).hint, None);
    listen(&mut desk, 11, 0);
    desk.want(Intent::Transmit(MICROPHONE, false));
    assert_eq!(desk.source(MICROPHONE).hint, None);
    listen(&mut desk, 20, 0);
    assert_eq!(desk.source(MICROPHONE).hint, None);
}

#[test]
fn who_speaks_while_the_key_is_up_is_told() {
    let mut desk = speaking();
    listen(&mut desk, 10, SPEECH);
    assert_eq!(desk.source(MICROPHONE).hint, None, "everybody hears it");
    desk.want(Intent::PushToTalk(true));
    assert_eq!(desk.source(MICROPHONE).hint, Some(MicrophoneHint::Unheard));
    desk.want(Intent::HoldKey(true));
    assert_eq!(desk.source(MICROPHONE).hint, None);
    desk.want(Intent::HoldKey(false));
    listen(&mut desk, 4, ROOM);
    assert_eq!(desk.source(MICROPHONE).hint, None);
    for peak in [ROOM, SPEECH, ROOM, SPEECH, ROOM] {
        listen(&mut desk, 1, peak);
        assert_eq!(desk.source(MICROPHONE).hint, None, "a cough is no sentence");
    }
}

proptest! {
    /// By the plain words of what is promised, over whatever is heard and however often.
    #[test]
    fn silence_is_told_where_there_was_nothing_else_for_long(
        heard in vec((1..2_600_u64, prop_oneof![4 => Just(0_u16), 1 => 0..40_u16]), 1..60),
    ) {
        let mut desk = speaking();
        let (mut now, mut past) = (0, Vec::new());
        for (pause, peak) in heard {
            now += pause;
            desk.wait(pause);
            desk.happen(Event::Heard { peak });
            // Whatever was before a long pause was not listened to.
            if pause > 2_000 {
                past.clear();
            }
            past.push((now, peak));
            let quiet: Vec<_> = past.iter().rev().take_while(|(_, peak)| *peak == 0).collect();
            let long = quiet.last().is_some_and(|(since, _)| now - since >= 5_000);
            let silent = long && quiet.len() >= 6;
            let hint = desk.source(MICROPHONE).hint;
            prop_assert_eq!(hint == Some(MicrophoneHint::Silent), silent);
            prop_assert!(hint != Some(MicrophoneHint::Unheard), "everybody hears it");
        }
    }
}

/// Bob is inside and his microphone on.
fn speaking() -> Desk {
    let mut desk = Desk::inside(BOB, &[ADA]);
    desk.switch_on(MICROPHONE);
    desk
}

/// So many times, half a second apart, the microphone was that loud.
fn listen(desk: &mut Desk, times: u32, peak: u16) {
    for _ in 0..times {
        desk.wait(500);
        desk.happen(Event::Heard { peak });
    }
}
