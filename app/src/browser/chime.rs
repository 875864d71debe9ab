// SPDX-License-Identifier: EUPL-1.2
//! Two soft notes.

use web_sys::{AudioContext, AudioNode};

use super::error::warn;

/// How loud a note is at its loudest, of 1. Louder startles; softer is missed.
const LOUDNESS: f32 = 0.12;

/// Somebody knocks.
#[derive(Debug, Default)]
pub(super) struct Chime(Option<AudioContext>);

impl Chime {
    /// Plays it once.
    pub(super) fn ring(&mut self) {
        if self.0.is_none() {
            self.0 = AudioContext::new().ok();
        }
        if let Some(context) = &self.0 {
            play(context, &context.destination());
        }
    }
}

impl Drop for Chime {
    fn drop(&mut self) {
        if let Some(context) = &self.0 {
            drop(context.close());
        }
    }
}

/// Plays the two notes into a node.
pub(super) fn play(context: &AudioContext, into: &AudioNode) {
    // E5, then C5: a falling third, as of a doorbell.
    for (pitch, after) in [(659.25, 0.0), (523.25, 0.22)] {
        if note(context, into, pitch, context.current_time() + after).is_none() {
            warn("cannot play a note");
        }
    }
}

/// One note that begins softly and fades, so that nothing clicks.
fn note(context: &AudioContext, into: &AudioNode, pitch: f32, at: f64) -> Option<()> {
    let tone = context.create_oscillator().ok()?;
    let volume = context.create_gain().ok()?;
    tone.frequency().set_value(pitch);
    let gain = volume.gain();
    gain.set_value_at_time(0.0, at).ok()?;
    gain.linear_ramp_to_value_at_time(LOUDNESS, at + 0.02).ok()?;
    gain.exponential_ramp_to_value_at_time(0.0005, at + 0.7).ok()?;
    tone.connect_with_audio_node(&volume).ok()?;
    volume.connect_with_audio_node(into).ok()?;
    tone.start_with_when(at).ok()?;
    tone.stop_with_when(at + 0.75).ok()
}
