// SPDX-License-Identifier: EUPL-1.2
//! The switch of one source.

use leptos::prelude::*;
use shared::Source;

use super::{
    bar_button::BarButton,
    context::{CallContext, texts},
    icon::Symbol,
};
use crate::call::{Intent, Screen};

/// It shows what is really sent, not what was pressed: a microphone that waits for a key has a state of its own.
#[component]
pub(crate) fn SourceButton(
    /// Which.
    source: Source,
) -> impl IntoView {
    let call = CallContext::here();
    let equipment = texts().equipment;
    let texts = texts().conference;
    let on = call.part(move |view| view.source(source).on);
    let waits = call.part(move |view| view.source(source).withheld);
    let wanted = wanted(call, source);
    // While the room pauses nothing can be sent; what runs can always be switched off.
    let paused = call.part(|view| matches!(view.screen, Screen::Paused { .. }));
    let testid = switch_of(source);
    let whole = (source == Source::Microphone).then(|| {
        let (plain, ready) = (texts.microphone_whole, equipment.ready_whole);
        Signal::derive(move || if waits.get() { ready } else { plain })
    });
    let ([name, name_on], key, [sent, silent]) = match source {
        Source::Microphone => {
            ([texts.microphone; 2], 'm', [Symbol::MICROPHONE, Symbol::MICROPHONE_OFF])
        }
        Source::Camera => ([texts.camera; 2], 'c', [Symbol::CAMERA, Symbol::CAMERA_OFF]),
        Source::Screen | Source::ScreenSound => {
            ([texts.screen, texts.sharing], 's', [Symbol::SCREEN; 2])
        }
    };
    let label = Signal::derive(move || match (waits.get(), on.get()) {
        (true, _) => equipment.ready,
        (false, true) => name_on,
        (false, false) => name,
    });
    let symbol = Signal::derive(move || match (waits.get(), on.get()) {
        (true, _) => Symbol::MICROPHONE_READY,
        (false, true) => sent,
        (false, false) => silent,
    });
    let disabled = Signal::derive(move || paused.get() && !wanted.get());
    let press =
        Callback::new(move |()| call.want(Intent::Transmit(source, !wanted.get_untracked())));
    view! { <BarButton testid label nostrip:name=whole symbol pressed=on waits disabled key press /> }
}

/// What the switch of a source is found by.
pub(super) const fn switch_of(source: Source) -> &'static str {
    match source {
        Source::Microphone => "toggle-microphone",
        Source::Camera => "toggle-camera",
        Source::Screen | Source::ScreenSound => "toggle-screen",
    }
}

/// Whether a source is on, or on its way: pressing again takes it back.
pub(super) fn wanted(call: CallContext, source: Source) -> Memo<bool> {
    call.part(move |view| view.source(source).on || view.source(source).starting)
}
