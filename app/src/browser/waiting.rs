// SPDX-License-Identifier: EUPL-1.2
//! How late what is received is played, and for how long it waits before (`RTCRtpReceiver`).

use core::time::Duration;
use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use js_sys::{Array, Function, Reflect};
use shared::Mid;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::RtcRtpReceiver;

use super::{Page, dictionary::set};

/// The receivers of a peer connection, by name. Clones share them.
#[derive(Clone, Debug, Default)]
pub(super) struct Receivers(Rc<RefCell<BTreeMap<Mid, RtcRtpReceiver>>>);

impl Receivers {
    /// The slots have their names.
    pub(super) fn set(&self, receivers: BTreeMap<Mid, RtcRtpReceiver>) {
        *self.0.borrow_mut() = receivers;
    }

    /// How late these slots are, in milliseconds, as far as the browser tells: it does where its publisher says
    /// when it captured what it sends (`abs-capture-time`).
    pub(super) fn late(&self, mids: Vec<Mid>) -> Vec<(Mid, i64)> {
        let receivers = self.0.borrow();
        mids.into_iter()
            .filter_map(|mid| {
                let late = late(receivers.get(&mid)?)?;
                Some((mid, late))
            })
            .collect()
    }

    /// Plays what a slot receives no sooner than that after it came. A browser that cannot plays it as soon as
    /// it can.
    pub(super) fn hold(&self, mid: &Mid, wait: Duration) {
        if let Some(receiver) = self.0.borrow().get(mid) {
            let millis = wait.as_secs_f64() * 1_000.0;
            let wait = if wait.is_zero() { JsValue::NULL } else { millis.into() };
            set(receiver, "jitterBufferTarget", &wait);
        }
    }
}

/// How long after its capture the newest piece was played (W3C WebRTC Extensions, `captureTimestamp`), if that was
/// just now: of a picture that stands still or a voice that rests nothing is known.
fn late(receiver: &RtcRtpReceiver) -> Option<i64> {
    let sources: Function =
        Reflect::get(receiver, &"getSynchronizationSources".into()).ok()?.dyn_into().ok()?;
    let sources = Array::from(&sources.call0(receiver).ok()?);
    let newest = sources.get(0);
    let moment = |name: &str| Reflect::get(&newest, &name.into()).ok()?.as_f64();
    let played = moment("timestamp")?;
    let clock = Page::window().performance()?;
    let is_fresh = clock.time_origin() + clock.now() - played <= FRESH;
    let captured = moment("captureTimestamp")?;
    if is_fresh { whole(played - captured) } else { None }
}

/// Milliseconds. Longer, what stood still is compared with what goes on; shorter, a slow picture is never fresh.
const FRESH: f64 = 300.0;

/// In whole milliseconds; nothing of what is no number.
fn whole(millis: f64) -> Option<i64> {
    let wait = Duration::try_from_secs_f64(millis.abs() / 1_000.0).ok()?;
    let whole = i64::try_from(wait.as_millis()).ok()?;
    Some(if millis < 0.0 { -whole } else { whole })
}
