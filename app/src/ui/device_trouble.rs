// SPDX-License-Identifier: EUPL-1.2
//! Why a device does not run, in a sentence with its way out.

use leptos::prelude::*;
use shared::Source;

use super::{
    context::{CallContext, outside},
    text::{Failures, Outside},
};
use crate::call::{CaptureFailure, SourceView};

/// Empty as long as there is no trouble.
#[component]
pub(crate) fn DeviceTrouble(
    /// With which source.
    source: Source,
) -> impl IntoView {
    let texts = outside();
    let trouble =
        CallContext::here().part(move |view| sentence(texts, source, view.source(source)));
    let testid = match source {
        Source::Camera => "camera-trouble",
        Source::Microphone => "microphone-trouble",
        Source::Screen => "screen-trouble",
    };
    // The region is there before its text is, or the text would not be read out.
    view! { <p class="device-trouble" role="status" data-testid=testid>{move || trouble.get()}</p> }
}

fn sentence(texts: &Outside, source: Source, view: &SourceView) -> Option<&'static str> {
    let (failures, vanished) = match source {
        Source::Camera => (texts.devices.camera_failures, Some(texts.devices.camera_vanished)),
        Source::Microphone => {
            (texts.devices.microphone_failures, Some(texts.devices.microphone_vanished))
        }
        // Most often the person pressed the browser's own button: no trouble at all.
        Source::Screen => (texts.devices.screen_failures, None),
    };
    match view.failure {
        Some(failure) => Some(reason(&failures, failure)),
        None => vanished.filter(|_| view.vanished),
    }
}

const fn reason(failures: &Failures, failure: CaptureFailure) -> &'static str {
    match failure {
        CaptureFailure::Denied => failures.denied,
        CaptureFailure::DeniedByEmbedding => failures.denied_by_embedding,
        CaptureFailure::NotFound => failures.not_found,
        CaptureFailure::InUse => failures.in_use,
        CaptureFailure::Gone => failures.gone,
        CaptureFailure::InsecureContext => failures.insecure,
        CaptureFailure::Unknown => failures.unknown,
    }
}
