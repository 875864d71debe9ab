// SPDX-License-Identifier: EUPL-1.2
//! What one participant may send and be sent, and all together: pictures shrink, and sound does not suffer.

use shared::Layer;

use super::bounds::MediaLimits;
use super::meeting::{ADA, BOB, CLEO, Got, Meeting};

/// Ada shows herself in about 39, 103 and 199 kbit/s to whom she is shown to.
fn meeting(limits: MediaLimits, threads: [usize; 3]) -> Meeting {
    let mut meeting = Meeting::empty(2, threads);
    meeting.limit(limits);
    meeting.weights = [200, 600, 1_200];
    for who in [ADA, BOB, CLEO] {
        meeting.enter(who);
    }
    meeting
}

/// She shows herself and speaks for as many twentieths of a second; what the others got in the last second of it: the
/// best layer of the pictures, and the packets of sound.
fn play(meeting: &mut Meeting, twentieths: usize) -> [(Option<Layer>, usize); 2] {
    for at in 0..twentieths {
        if at + 20 == twentieths {
            meeting.take_got();
        }
        meeting.picture(ADA, at % 20 == 0);
        meeting.sound(ADA, 20);
    }
    let [_, bob, cleo] = meeting.take_got();
    [bob, cleo].map(|got| {
        let is_sound = |got: &&Got| got.payload.len() == 60;
        let pictures = got.iter().filter(|got| !is_sound(got));
        (pictures.map(Got::layer).max(), got.iter().filter(is_sound).count())
    })
}

#[test]
fn who_is_bounded_alone_sees_as_much_as_fits_and_hears_everything() {
    for (down, layer) in [
        (None, Some(Layer::High)),
        (Some(150_000), Some(Layer::Middle)),
        (Some(80_000), Some(Layer::Low)),
        (Some(10_000), None),
    ] {
        let mut meeting = meeting(MediaLimits { down, ..MediaLimits::NONE }, [0; 3]);
        meeting.watch(BOB, &[ADA], 720);
        let [bob, _] = play(&mut meeting, 200);
        assert_eq!(bob, (layer, 20), "{down:?}");
        let counters = meeting.counters();
        assert_eq!((counters.limit_down > 0, counters.limit_all), (down.is_some(), 0));
    }
}

#[test]
fn a_full_server_shrinks_the_pictures_of_all_alike_on_whatever_thread_they_are() {
    for threads in [[0; 3], [0, 0, 1], [1, 0, 1]] {
        let total = Some(320_000);
        let mut meeting = meeting(MediaLimits { total, ..MediaLimits::NONE }, threads);
        meeting.watch(BOB, &[ADA], 720);
        let [bob, _] = play(&mut meeting, 200);
        assert_eq!(bob, (Some(Layer::High), 20), "there is room for one");
        // Before it was measured, it was thought to take more.
        let before = meeting.counters().limit_all;
        play(&mut meeting, 20);
        assert_eq!(meeting.counters().limit_all, before);
        meeting.watch(CLEO, &[ADA], 720);
        let both = play(&mut meeting, 200);
        assert_eq!(both, [(Some(Layer::Middle), 20); 2], "for two there is not");
        assert!(meeting.counters().limit_all > before);
        meeting.watch(CLEO, &[], 0);
        let [bob, _] = play(&mut meeting, 200);
        assert_eq!(bob.0, Some(Layer::High), "who leaves room leaves it to the others");
        assert_eq!(meeting.counters().limit_down, 0);
    }
}

#[test]
fn who_wants_little_gets_it_on_a_full_server() {
    let mut meeting = meeting(MediaLimits { total: Some(320_000), ..MediaLimits::NONE }, [0, 0, 1]);
    meeting.watch(BOB, &[ADA], 720);
    meeting.watch(CLEO, &[ADA], 180);
    let [bob, cleo] = play(&mut meeting, 200);
    assert_eq!([bob.0, cleo.0], [Some(Layer::High), Some(Layer::Low)]);
}

#[test]
fn on_a_server_that_has_room_for_no_picture_everybody_is_heard() {
    let total = Some(20_000);
    let mut meeting = meeting(MediaLimits { total, ..MediaLimits::NONE }, [0, 0, 1]);
    meeting.watch(BOB, &[ADA], 720);
    meeting.watch(CLEO, &[ADA], 720);
    assert_eq!(play(&mut meeting, 200), [(None, 20); 2]);
}

#[test]
fn who_sends_too_much_is_cut_in_the_picture_and_heard_whole() {
    let up = Some(100_000);
    let mut meeting = meeting(MediaLimits { up, ..MediaLimits::NONE }, [0; 3]);
    meeting.watch(BOB, &[ADA], 720);
    let [(_, sound), _] = play(&mut meeting, 200);
    assert_eq!(sound, 20);
    let counters = meeting.counters();
    // 200 packets of sound and 600 of pictures, which are 340 kbit/s together; for eleven seconds' worth there is room.
    assert!((300..500).contains(&counters.limit_up), "{}", counters.limit_up);
    assert_eq!(
        meeting.most(ADA),
        Some(90_000),
        "a tenth less, so that nothing is lost of who keeps to it"
    );
    assert_eq!(counters.limit_up + counters.packets_in, 800);
    assert!(counters.bytes_in <= 11 * 100_000 / 8 + 1_500, "{}", counters.bytes_in);
}
