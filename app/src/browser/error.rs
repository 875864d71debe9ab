// SPDX-License-Identifier: EUPL-1.2
//! What the browser calls a failure, in the words of a call.

use js_sys::Reflect;
use shared::Source;
use wasm_bindgen::JsValue;

use super::host_window::withholds;
use crate::call::CaptureFailure;

/// Why `getUserMedia` or `getDisplayMedia` failed (W3C Media Capture and Streams §10.2, Screen Capture
/// §5.1).
pub(super) fn capture_failure(error: &JsValue, source: Source) -> CaptureFailure {
    match said(error, "name").as_str() {
        "NotAllowedError" | "SecurityError" if withheld(source) => {
            CaptureFailure::DeniedByEmbedding
        }
        "NotAllowedError" if is_by_system(error) && source != Source::Screen => {
            CaptureFailure::DeniedBySystem
        }
        "NotAllowedError" => CaptureFailure::Denied,
        "SecurityError" => CaptureFailure::Forbidden,
        "NotFoundError" => CaptureFailure::NotFound,
        "NotReadableError" => CaptureFailure::InUse,
        "AbortError" => CaptureFailure::Broken,
        "OverconstrainedError" => CaptureFailure::Gone,
        "InvalidStateError" => CaptureFailure::Inactive,
        _ => CaptureFailure::Unknown,
    }
}

/// Whether the person closed the browser's choice of what to share. Browsers say it in the same word as
/// that the system forbids it; only the sentence that goes with it tells them apart.
pub(super) fn is_changed_mind(error: &JsValue) -> bool {
    said(error, "name") == "NotAllowedError" && !is_by_system(error) && !withheld(Source::Screen)
}

/// Whether the sentence that goes with a failure says that the system forbids it, as Chromium's does.
fn is_by_system(error: &JsValue) -> bool {
    // Not by looking for a text in a text, which is much code for so little.
    let said = said(error, "message");
    said.as_bytes().windows(SYSTEM.len()).any(|part| part.eq_ignore_ascii_case(SYSTEM))
}

/// What Chromium calls it.
const SYSTEM: &[u8] = b"system";

/// What a failure says of itself. Not all of them are a `DOMException`: an `OverconstrainedError` is in some browsers,
/// and in others it only looks like one.
fn said(error: &JsValue, what: &str) -> String {
    let said = Reflect::get(error, &what.into()).ok();
    said.and_then(|said| said.as_string()).unwrap_or_default()
}

/// Says in the console what could not be done, without what it was about.
pub(super) fn warn(what: &str) {
    web_sys::console::warn_1(&JsValue::from_str(what));
}

/// Whether the page around this one does not pass on the permission for the source.
fn withheld(source: Source) -> bool {
    withholds(match source {
        Source::Microphone => "microphone",
        Source::Camera => "camera",
        Source::Screen | Source::ScreenSound => "display-capture",
    })
}
