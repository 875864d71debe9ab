// SPDX-License-Identifier: EUPL-1.2
//! The codecs of a media line: which are offered, and which the answer took; and whether its packets are described.

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{RtcRtpParameters, RtcRtpReceiver, RtcRtpTransceiver};

use crate::call::is_forwarded;

/// Offers what the relay forwards: the offer has a line for each picture, and each says everything.
pub(super) fn offer_forwarded(line: &RtcRtpTransceiver) {
    let Some(able) = RtcRtpReceiver::get_capabilities("video") else { return };
    let wanted = |codec: &JsValue| {
        let parameters = text(codec, "sdpFmtpLine").unwrap_or_default();
        text(codec, "mimeType").is_some_and(|name| is_forwarded(&name, &parameters))
    };
    let codecs: Array = Array::from(&able.get_codecs()).iter().filter(wanted).collect();
    if codecs.length() > 0 {
        line.set_codec_preferences(&codecs);
    }
}

/// Which frame a packet belongs to (AV1 RTP specification, appendix A): the relay finds key frames and layers by that,
/// and never looks into a picture.
pub(super) const DEPENDENCY_DESCRIPTOR: &str =
    "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension";

/// Whether the answer took the dependency descriptor for what is sent.
pub(super) fn is_described(parameters: &RtcRtpParameters) -> bool {
    // Not every browser says which extensions it has.
    let said = Reflect::get(parameters, &"headerExtensions".into()).unwrap_or_default();
    let Ok(extensions) = said.dyn_into::<Array>() else { return false };
    let mut uris = extensions.iter().filter_map(|extension| text(&extension, "uri"));
    uris.any(|uri| uri == DEPENDENCY_DESCRIPTOR)
}

/// The codec that the answer took for what is sent. Before the answer there is none.
pub(super) fn taken(parameters: &RtcRtpParameters) -> String {
    let codecs = Reflect::get(parameters, &"codecs".into()).unwrap_or_default();
    text(&Array::from(&codecs).get(0), "mimeType").unwrap_or_default()
}

fn text(of: &JsValue, name: &str) -> Option<String> {
    Reflect::get(of, &name.into()).ok()?.as_string()
}
