// SPDX-License-Identifier: EUPL-1.2
//! Why a device does not run, in a sentence with its way out: where in this browser, where that makes a difference.

use leptos::prelude::*;
use shared::Source;

use super::{
    context::{CallContext, outside},
    text::{Failures, More, Outside},
};
use crate::{
    browser::Page,
    call::{CaptureFailure, SourceView},
};

/// Empty as long as there is no trouble.
#[component]
pub(crate) fn DeviceTrouble(
    /// With which source.
    source: Source,
) -> impl IntoView {
    let (call, outside) = (CallContext::here(), outside());
    let screens = call.screens;
    let trouble = call.part(move |view| {
        let view = view.source(source);
        match screens.get() {
            Some(screens) => (screens.trouble)(outside, source, view),
            // What to do about it comes with the rest of the page.
            None => (view.failure.is_some() || view.vanished).then(|| outside.rest.trouble.into()),
        }
    });
    let testid = match source {
        Source::Camera => "camera-trouble",
        Source::Microphone => "microphone-trouble",
        Source::Screen | Source::ScreenSound => "screen-trouble",
    };
    // The region is there before its text is, or the text would not be read out.
    view! { <p class="device-trouble" role="status" data-testid=testid>{move || trouble.get()}</p> }
}

/// What is wrong, and what to do about it.
pub(crate) fn trouble(outside: &Outside, source: Source, view: &SourceView) -> Option<String> {
    let texts = outside.whole();
    let (failures, more, vanished) = match source {
        Source::Camera => {
            (texts.devices.camera_failures, texts.ways.camera, Some(texts.devices.camera_vanished))
        }
        Source::Microphone => (
            texts.devices.microphone_failures,
            texts.ways.microphone,
            Some(texts.devices.microphone_vanished),
        ),
        // Most often the person pressed the browser's own button: no trouble at all.
        Source::Screen | Source::ScreenSound => {
            (texts.devices.screen_failures, texts.ways.screen, None)
        }
    };
    let Some(failure) = view.failure else {
        return vanished.filter(|_| view.vanished).map(String::from);
    };
    let (brand, system) = Page::brand();
    let what = reason(&failures, &more, failure);
    let way = match failure {
        // The system's sentence about a screen says where.
        CaptureFailure::Denied if source != Source::Screen => (texts.ways.permit)(brand),
        CaptureFailure::DeniedBySystem => (texts.ways.permit_in_system)(system),
        CaptureFailure::Denied
        | CaptureFailure::Forbidden
        | CaptureFailure::DeniedByEmbedding
        | CaptureFailure::NotFound
        | CaptureFailure::InUse
        | CaptureFailure::Broken
        | CaptureFailure::Inactive
        | CaptureFailure::Gone
        | CaptureFailure::InsecureContext
        | CaptureFailure::Unknown => return Some(what.into()),
    };
    Some(format!("{what} {way}"))
}

const fn reason(failures: &Failures, more: &More, failure: CaptureFailure) -> &'static str {
    match failure {
        CaptureFailure::Denied => failures.denied,
        CaptureFailure::DeniedBySystem => more.denied_by_system,
        CaptureFailure::Forbidden => more.forbidden,
        CaptureFailure::DeniedByEmbedding => failures.denied_by_embedding,
        CaptureFailure::NotFound => failures.not_found,
        CaptureFailure::InUse => failures.in_use,
        CaptureFailure::Broken => more.broken,
        CaptureFailure::Inactive => more.inactive,
        CaptureFailure::Gone => failures.gone,
        CaptureFailure::InsecureContext => failures.insecure,
        CaptureFailure::Unknown => failures.unknown,
    }
}
