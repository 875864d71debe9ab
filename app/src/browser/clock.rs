// SPDX-License-Identifier: EUPL-1.2
//! The only reader of time, and the only timers.

use core::time::Duration;

use shared::{Timestamp, UnixTime};
use wasm_bindgen::{JsCast as _, closure::Closure};

use super::{Page, dictionary::set};

/// The time since the page was opened.
pub(crate) fn now() -> Timestamp {
    let milliseconds = Page::window().performance().map_or(0.0, |performance| performance.now());
    Timestamp::since_start(Duration::from_secs_f64(milliseconds.max(0.0) / 1000.0))
}

/// The moment by the calendar of this computer.
#[expect(clippy::disallowed_methods, reason = "the calendar is read here and nowhere else")]
pub(crate) fn today() -> UnixTime {
    let seconds = Duration::try_from_secs_f64(js_sys::Date::now() / 1000.0).unwrap_or_default();
    UnixTime::from_secs(seconds.as_secs())
}

/// The moment at which the clocks here show this date and this time of day, as fields give them (`2027-01-31`,
/// `09:30`); `None` for what is neither.
pub(crate) fn local(date: &str, time: &str) -> Option<UnixTime> {
    // Without a zone it is the one of this computer, on that day (ECMA-262 §21.4.1.32).
    let millis = js_sys::Date::parse(&format!("{date}T{time}"));
    let seconds = Duration::try_from_secs_f64(millis / 1000.0).ok()?;
    Some(UnixTime::from_secs(seconds.as_secs()))
}

/// A moment as people say it, with the day of the week and the time zone.
pub(crate) fn said(moment: UnixTime, language: &str) -> String {
    let how = js_sys::Object::new();
    for (part, form) in [
        ("weekday", "long"),
        ("day", "numeric"),
        ("month", "long"),
        ("year", "numeric"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("timeZoneName", "short"),
    ] {
        set(&how, part, &form.into());
    }
    // Exact for some hundred million years.
    let millis = Duration::from_secs(moment.as_secs()).as_secs_f64() * 1000.0;
    js_sys::Date::new(&millis.into()).to_locale_string(language, &how).into()
}

/// A time of day as people say it, to the minute.
pub(crate) fn time_of_day(moment: UnixTime, language: &str) -> String {
    let how = js_sys::Object::new();
    for part in ["hour", "minute"] {
        set(&how, part, &"2-digit".into());
    }
    let millis = Duration::from_secs(moment.as_secs()).as_secs_f64() * 1000.0;
    js_sys::Date::new(&millis.into()).to_locale_time_string_with_options(language, &how).into()
}

/// Rings once, unless it is dropped before.
#[derive(Debug)]
pub(crate) struct Alarm {
    handle: i32,
    _rings: Closure<dyn FnMut()>,
}

impl Alarm {
    /// Calls `rings` at this moment, or as soon as possible when it has passed.
    pub(crate) fn at(moment: Timestamp, rings: impl FnMut() + 'static) -> Self {
        let rings = Closure::<dyn FnMut()>::new(rings);
        // A timer fires up to one millisecond early: the deadline would not yet have come.
        let wait = moment.since(now()).as_millis().saturating_add(1);
        let wait = i32::try_from(wait).unwrap_or(i32::MAX);
        let handle = Page::window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(
                rings.as_ref().unchecked_ref(),
                wait,
            )
            .unwrap_or(0);
        Self { handle, _rings: rings }
    }
}

/// Ticks until it is dropped.
#[derive(Debug)]
pub(super) struct Ticker {
    handle: i32,
    _ticks: Closure<dyn FnMut()>,
}

impl Ticker {
    /// Calls `ticks` each time so much has passed; less often while the page is behind others.
    pub(super) fn every(period: Duration, ticks: impl FnMut() + 'static) -> Self {
        let ticks = Closure::<dyn FnMut()>::new(ticks);
        let period = i32::try_from(period.as_millis()).unwrap_or(i32::MAX);
        let handle = Page::window()
            .set_interval_with_callback_and_timeout_and_arguments_0(
                ticks.as_ref().unchecked_ref(),
                period,
            )
            .unwrap_or(0);
        Self { handle, _ticks: ticks }
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        Page::window().clear_interval_with_handle(self.handle);
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        Page::window().clear_timeout_with_handle(self.handle);
    }
}
