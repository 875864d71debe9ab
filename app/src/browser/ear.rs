// SPDX-License-Identifier: EUPL-1.2
//! Listens to how loud the own microphone is, and reports it. Nothing of it leaves the page.

use core::time::Duration;

use web_sys::{AudioContext, AudioContextState, MediaStream, MediaStreamTrack};

use super::{Inbox, clock::Ticker};
use crate::call::Event;

/// Listens as long as it lives.
#[derive(Debug)]
pub(super) struct Ear {
    context: AudioContext,
    _ticks: Ticker,
}

impl Ear {
    /// Listens to a track; `None` where the browser cannot.
    pub(super) fn new(track: &MediaStreamTrack, inbox: Inbox) -> Option<Self> {
        let context = AudioContext::new().ok()?;
        let stream = MediaStream::new().ok()?;
        stream.add_track(track);
        let analyser = context.create_analyser().ok()?;
        analyser.set_fft_size(SAMPLES);
        let source = context.create_media_stream_source(&stream).ok()?;
        source.connect_with_audio_node(&analyser).ok()?;
        let heard = context.clone();
        let mut samples = vec![0.0; usize::try_from(SAMPLES).unwrap_or_default()];
        let ticks = Ticker::every(PERIOD, move || {
            // A context that stands still, as one without a sound card may, hears nothing of what there is.
            if heard.state() == AudioContextState::Running {
                analyser.get_float_time_domain_data(&mut samples);
                inbox.put(Event::Heard { peak: peak(&samples) });
            }
        });
        Some(Self { context, _ticks: ticks })
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        drop(self.context.close());
    }
}

/// The loudest sample; full scale is 32,768.
fn peak(samples: &[f32]) -> u16 {
    let loudest = samples.iter().fold(0.0_f32, |loudest, sample| loudest.max(sample.abs()));
    // Whole steps, as the device delivers them: what is less than one is nothing.
    let steps = Duration::try_from_secs_f32(loudest * 32_768.0).unwrap_or_default().as_secs();
    u16::try_from(steps).unwrap_or(u16::MAX)
}

/// Between two reports. Longer, hints come late; shorter, the page has more to do for nothing.
const PERIOD: Duration = Duration::from_millis(500);

/// As many as a browser keeps, two thirds of a second: nothing between two reports is missed.
const SAMPLES: u32 = 32_768;
