// SPDX-License-Identifier: EUPL-1.2
//! How loud a microphone is, at the rate of the screen, past the view.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::Number;
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{AnalyserNode, AudioContext, HtmlElement, MediaStream, MediaStreamTrack};

use super::Page;

/// Shows the loudness of a track as the custom property `--level`, 0 to 1, as long as it lives.
#[derive(Debug)]
pub(crate) struct LevelMeter {
    context: AudioContext,
    frames: Rc<Frames>,
}

/// One call per picture of the screen.
#[derive(Debug, Default)]
struct Frames {
    asked: Cell<i32>,
    draw: RefCell<Option<Closure<dyn FnMut()>>>,
}

impl LevelMeter {
    /// Measures; `None` when the browser cannot.
    pub(crate) fn new(track: &MediaStreamTrack, shown_on: HtmlElement) -> Option<Self> {
        let context = AudioContext::new().ok()?;
        let stream = MediaStream::new().ok()?;
        stream.add_track(track);
        let analyser = context.create_analyser().ok()?;
        analyser.set_fft_size(u32::try_from(SAMPLES).unwrap_or(512));
        let source = context.create_media_stream_source(&stream).ok()?;
        source.connect_with_audio_node(&analyser).ok()?;
        let frames = Rc::<Frames>::default();
        let next = Rc::downgrade(&frames);
        let mut shown = 0.0_f64;
        *frames.draw.borrow_mut() = Some(Closure::new(move || {
            // Rises at once and falls slowly, as eyes expect.
            shown = loudness(&analyser).max(shown * 0.88);
            // The browser writes the number: all of Rust's ways to write one would have to be loaded.
            let level = Number::from(shown).to_fixed(3).map(String::from);
            drop(shown_on.style().set_property("--level", &level.unwrap_or_default()));
            if let Some(frames) = next.upgrade() {
                frames.ask();
            }
        }));
        frames.ask();
        Some(Self { context, frames })
    }
}

impl Frames {
    fn ask(&self) {
        if let Some(draw) = self.draw.borrow().as_ref() {
            let asked = Page::window().request_animation_frame(draw.as_ref().unchecked_ref());
            self.asked.set(asked.unwrap_or(0));
        }
    }
}

impl Drop for LevelMeter {
    fn drop(&mut self) {
        drop(Page::window().cancel_animation_frame(self.frames.asked.get()));
        drop(self.context.close());
    }
}

/// How many samples are looked at: a hundredth of a second.
const SAMPLES: usize = 512;

/// The loudest sample, on a scale that makes ordinary speech fill about half.
fn loudness(analyser: &AnalyserNode) -> f64 {
    let mut samples = [128_u8; SAMPLES];
    analyser.get_byte_time_domain_data(&mut samples);
    let peak = samples.iter().map(|sample| sample.abs_diff(128)).max().unwrap_or(0);
    (f64::from(peak) / 128.0).sqrt()
}
