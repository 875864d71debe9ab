// SPDX-License-Identifier: EUPL-1.2
//! Measures how well everybody is connected, from the statistics of the peer connection (W3C WebRTC Statistics).

use core::time::Duration;
use std::{cell::Cell, rc::Rc};

use js_sys::{Array, Reflect, try_iter};
use shared::Mid;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::RtcPeerConnection;

use super::{Inbox, Page, clock::Ticker, spawn};
use crate::call::{Event, Flow, Gauged, Limit, PictureCount, Received, SoundCount};

/// Measures as long as it lives and the page is in front.
#[derive(Debug)]
pub(super) struct Gauge {
    _ticks: Ticker,
}

impl Gauge {
    /// Begins to measure. One report is awaited before the next is asked for.
    pub(super) fn new(
        connection: RtcPeerConnection,
        voices: impl Fn(&Mid) -> Option<u32> + Clone + 'static,
        inbox: Inbox,
    ) -> Self {
        let is_busy = Rc::new(Cell::new(false));
        let ticks = Ticker::every(PERIOD, move || {
            if !Page::is_in_front() || is_busy.replace(true) {
                return;
            }
            let report = JsFuture::from(connection.get_stats());
            let (is_busy, inbox, voices) = (Rc::clone(&is_busy), inbox.clone(), voices.clone());
            spawn(async move {
                if let Ok(report) = report.await {
                    inbox.put(Event::Gauged(read(&report, voices)));
                }
                is_busy.set(false);
            });
        });
        Self { _ticks: ticks }
    }
}

fn read(report: &JsValue, voices: impl Fn(&Mid) -> Option<u32>) -> Gauged {
    let mut gauged = Gauged::default();
    let entries = try_iter(report).ok().flatten().into_iter().flatten();
    for entry in entries.flatten() {
        let stats = Stats(Array::from(&entry).get(1));
        match stats.text("type").as_deref() {
            Some("inbound-rtp") => gauged.received.extend(stats.received(&voices)),
            Some("outbound-rtp") => {
                gauged.sent.limit = gauged.sent.limit.or_else(|| stats.limit());
            }
            Some("remote-inbound-rtp") => {
                gauged.sent.lost = gauged.sent.lost.max(stats.count("fractionLost", 1_000.0));
                let round_trip = || stats.count("roundTripTime", 1_000.0);
                gauged.sent.round_trip = gauged.sent.round_trip.or_else(round_trip);
            }
            Some("candidate-pair") if stats.is("nominated") => {
                let round_trip = stats.count("currentRoundTripTime", 1_000.0);
                gauged.sent.round_trip = round_trip.or(gauged.sent.round_trip);
                gauged.sent.carries = stats.count("availableOutgoingBitrate", 0.001);
            }
            _ => {}
        }
    }
    gauged
}

/// One entry of a report.
struct Stats(JsValue);

impl Stats {
    fn get(&self, name: &str) -> Option<JsValue> {
        Reflect::get(&self.0, &name.into()).ok()
    }

    fn text(&self, name: &str) -> Option<String> {
        self.get(name)?.as_string()
    }

    fn is(&self, name: &str) -> bool {
        self.get(name).and_then(|value| value.as_bool()) == Some(true)
    }

    /// A number in this many parts of its unit; nothing where the browser does not count.
    fn count(&self, name: &str, parts: f64) -> Option<u64> {
        let number = self.get(name)?.as_f64()? * parts;
        Some(Duration::try_from_secs_f64(number).ok()?.as_secs())
    }

    /// What came through a slot, if anything did.
    fn received(&self, voices: impl Fn(&Mid) -> Option<u32>) -> Option<Received> {
        self.count("packetsReceived", 1.0).filter(|packets| *packets > 0)?;
        let mid = Mid::parse(&self.text("mid")?)?;
        let count = |name| self.count(name, 1.0).unwrap_or_default();
        let millis = |name| self.count(name, 1_000.0).unwrap_or_default();
        let flow = if self.text("kind").as_deref() == Some("audio") {
            Flow::Sound(SoundCount {
                voice: voices(&mid),
                played: count("totalSamplesReceived"),
                made_up: count("concealedSamples").saturating_sub(count("silentConcealedSamples")),
                waited: millis("jitterBufferDelay"),
                emitted: count("jitterBufferEmittedCount"),
            })
        } else {
            Flow::Picture(PictureCount {
                frames: self.count("framesDecoded", 1.0)?,
                frozen: millis("totalFreezesDuration"),
            })
        };
        Some(Received { mid, flow })
    }

    fn limit(&self) -> Option<Limit> {
        match self.text("qualityLimitationReason")?.as_str() {
            "bandwidth" => Some(Limit::Bandwidth),
            "cpu" => Some(Limit::Processor),
            _ => None,
        }
    }
}

/// Between two measurements. Longer, what is wrong is told late; shorter, a page full of people measures all the time.
const PERIOD: Duration = Duration::from_secs(2);
