// SPDX-License-Identifier: EUPL-1.2
//! What is asked of a microphone, a camera, a screen.

use js_sys::{Function, Reflect};
use shared::Source;
use wasm_bindgen::JsCast as _;
use web_sys::{
    ConstrainDomStringParameters, ConstrainDoubleRange, ConstrainLongRange,
    DisplayMediaStreamConstraints, MediaStreamConstraints, MediaStreamTrack, MediaTrackConstraints,
};

use super::{Page, dictionary::set, treatment};
use crate::call::{DeviceId, Processing};

/// A microphone or a camera: this one, or the browser's choice.
pub(super) fn device(
    source: Source,
    device: Option<&DeviceId>,
    wishes: Wishes,
) -> MediaStreamConstraints {
    let constraints = MediaStreamConstraints::new();
    match source {
        Source::Microphone => {
            let wanted = MediaTrackConstraints::new();
            wanted.set_echo_cancellation_bool(wishes.processing.echo);
            wanted.set_noise_suppression_bool(wishes.processing.noise);
            wanted.set_auto_gain_control_bool(true);
            choose(&wanted, device);
            constraints.set_audio_media_track_constraints(&wanted);
        }
        Source::Camera => {
            let wanted = camera(wishes.blur);
            choose(&wanted, device);
            constraints.set_video_media_track_constraints(&wanted);
        }
        // Not a device: see `display`.
        Source::Screen | Source::ScreenSound => {}
    }
    constraints
}

/// How what is captured is to be treated.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wishes {
    /// The sound of a microphone.
    pub(super) processing: Processing,
    /// Whether the background of a camera is to be out of focus; `None` as long as nobody has said so.
    pub(super) blur: Option<bool>,
}

/// Any camera.
pub(super) fn camera(blur: Option<bool>) -> MediaTrackConstraints {
    let wanted = MediaTrackConstraints::new();
    // EN 301 549 §6.5.3: 20 pictures per second at least, 30 preferred.
    wanted.set_frame_rate_constrain_double_range(&about(30.0));
    wanted.set_width_constrain_long_range(&pixels(1280));
    wanted.set_height_constrain_long_range(&pixels(720));
    if let Some(blur) = blur {
        treatment::ask_for_blur(&wanted, blur);
    }
    wanted
}

fn choose(wanted: &MediaTrackConstraints, device: Option<&DeviceId>) {
    if let Some(DeviceId(id)) = device {
        let exact = ConstrainDomStringParameters::new();
        exact.set_exact_str(id);
        wanted.set_device_id_constrain_dom_string_parameters(&exact);
    }
}

/// A screen, a window or a tab, as the person chooses, and with its sound, where they choose that too.
pub(super) fn display() -> DisplayMediaStreamConstraints {
    let constraints = DisplayMediaStreamConstraints::new();
    constraints.set_video_media_track_constraints(&screen(&about(SCREEN_RATE)));
    let sound = MediaTrackConstraints::new();
    // What is played is not to be treated as a voice is.
    sound.set_echo_cancellation_bool(false);
    sound.set_noise_suppression_bool(false);
    sound.set_auto_gain_control_bool(false);
    set(&sound, OWN_LEFT_OUT, &true.into());
    constraints.set_audio_media_track_constraints(&sound);
    // Where the page's own sound is a part of the computer's, everybody would hear themselves again.
    let computer = if is_own_left_out() { "include" } else { "exclude" };
    // The conference in the conference is a hall of mirrors. Browsers that do not know a wish pass it by.
    for (name, wish) in [
        ("selfBrowserSurface", "exclude"),
        ("surfaceSwitching", "include"),
        ("systemAudio", computer),
        ("windowAudio", "window"),
    ] {
        drop(Reflect::set(&constraints, &name.into(), &wish.into()));
    }
    constraints
}

/// Whether the browser can leave out what the page itself plays of what is captured.
fn is_own_left_out() -> bool {
    let Some(devices) = Page::media_devices() else { return false };
    let known = Reflect::get(&devices, &"getSupportedConstraints".into());
    let known = known.and_then(|method| method.unchecked_ref::<Function>().call0(&devices));
    known
        .and_then(|known| Reflect::get(&known, &OWN_LEFT_OUT.into()))
        .is_ok_and(|knows| knows.is_truthy())
}

/// The wish to capture nothing of what the page itself plays (W3C Screen Capture).
const OWN_LEFT_OUT: &str = "restrictOwnAudio";

/// Tells the encoder of what kind it is (W3C `MediaStreamTrack` Content Hints): of a screen, that sharpness is worth
/// more than smoothness.
pub(super) fn hint(track: &MediaStreamTrack, kind: &str) {
    set(track, "contentHint", &kind.into());
}

/// What is captured of a screen that is shown to others: a few pictures per second even of what stands still.
///
/// `getDisplayMedia` refuses to be told of a least rate. Without one, Chromium hands its encoder a screen when
/// something is painted on it and once a second, so that what is coarse at first, as all that is new is, stays so
/// for seconds. With a least rate of zero its encoder repeats what stands still by itself until it is sharp; but
/// what is turned to afterwards may be taken for sharp, and repeated once a second.
pub(super) fn shown_screen() -> MediaTrackConstraints {
    let rate = ConstrainDoubleRange::new();
    rate.set_min(STILL_RATE);
    rate.set_max(SCREEN_RATE);
    screen(&rate)
}

fn screen(rate: &ConstrainDoubleRange) -> MediaTrackConstraints {
    let wanted = MediaTrackConstraints::new();
    // Letters need pixels and not movement; beyond these sizes nobody sees more of them in a tile.
    wanted.set_frame_rate_constrain_double_range(rate);
    wanted.set_width_constrain_long_range(&at_most(1920));
    wanted.set_height_constrain_long_range(&at_most(1200));
    wanted
}

/// Pictures per second of a screen. With more, each has fewer bits; with fewer, films and what is scrolled stutter.
const SCREEN_RATE: f64 = 15.0;

/// Pictures per second of a screen that stands still. With more, it costs more to repeat what is sharp; with fewer,
/// small print becomes sharp later.
const STILL_RATE: f64 = 5.0;

fn about(per_second: f64) -> ConstrainDoubleRange {
    let range = ConstrainDoubleRange::new();
    range.set_ideal(per_second);
    range
}

fn pixels(wanted: i32) -> ConstrainLongRange {
    let range = ConstrainLongRange::new();
    range.set_ideal(wanted);
    range
}

fn at_most(pixels: i32) -> ConstrainLongRange {
    let range = ConstrainLongRange::new();
    range.set_max(pixels);
    range
}
