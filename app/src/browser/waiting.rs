// SPDX-License-Identifier: EUPL-1.2
//! How late what is received is played, and for how long it waits before (`RTCRtpReceiver`).

use core::time::Duration;

use js_sys::{Array, Function, Reflect};
use shared::Mid;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::RtcRtpReceiver;

use super::{Page, dictionary::set};
use crate::call::Late;

/// How late these slots are, and whose voice is in those of sound, as far as the browser tells: it does where its
/// publisher says when it captured what it sends (`abs-capture-time`).
pub(super) fn late(mid: Mid, receiver: &RtcRtpReceiver) -> Option<Late> {
    let newest = newest(receiver, "getSynchronizationSources")?;
    let played = moment(&newest, "timestamp")?;
    let clock = Page::window().performance()?;
    let is_fresh = clock.time_origin() + clock.now() - played <= FRESH;
    let captured = moment(&newest, "captureTimestamp").filter(|_| is_fresh)?;
    Some(Late { mid, millis: whole(played - captured)?, voice: voice(receiver) })
}

/// Plays what a slot receives no sooner than that after it came. A browser that cannot plays it as soon as it can.
pub(super) fn hold(receiver: &RtcRtpReceiver, wait: Duration) {
    let millis = wait.as_secs_f64() * 1_000.0;
    let wait = if wait.is_zero() { JsValue::NULL } else { millis.into() };
    set(receiver, "jitterBufferTarget", &wait);
}

/// Who contributed to what was played last.
pub(super) fn voice(receiver: &RtcRtpReceiver) -> Option<u32> {
    let newest = newest(receiver, "getContributingSources")?;
    moment(&newest, "source")?.to_string().parse().ok()
}

/// The source of which something was played last (W3C WebRTC §5.3.1).
fn newest(receiver: &RtcRtpReceiver, method: &str) -> Option<JsValue> {
    let sources: Function = Reflect::get(receiver, &method.into()).ok()?.dyn_into().ok()?;
    let sources = Array::from(&sources.call0(receiver).ok()?);
    let mut newest: Option<(JsValue, f64)> = None;
    for source in sources.iter() {
        let played = moment(&source, "timestamp")?;
        if newest.as_ref().is_none_or(|(_, before)| played > *before) {
            newest = Some((source, played));
        }
    }
    newest.map(|(source, _)| source)
}

fn moment(source: &JsValue, name: &str) -> Option<f64> {
    Reflect::get(source, &name.into()).ok()?.as_f64()
}

/// Milliseconds. Longer, what stood still is compared with what goes on; shorter, a slow picture is never fresh.
const FRESH: f64 = 300.0;

/// In whole milliseconds; nothing of what is no number.
fn whole(millis: f64) -> Option<i64> {
    let wait = Duration::try_from_secs_f64(millis.abs() / 1_000.0).ok()?;
    let whole = i64::try_from(wait.as_millis()).ok()?;
    Some(if millis < 0.0 { -whole } else { whole })
}
