// SPDX-License-Identifier: EUPL-1.2
//! The switches of the conference.

use leptos::prelude::*;
use shared::Source;

use super::{
    bar_button::BarButton,
    conference::wanted,
    context::{CallContext, texts},
    icon::Symbol,
    settings::Settings,
};
use crate::call::Intent;

/// The bar at the bottom.
#[component]
pub(crate) fn Bar(
    /// Whether the panel of people is open.
    people: RwSignal<bool>,
) -> impl IntoView {
    let call = CallContext::here();
    let texts = texts().conference;
    let settings = RwSignal::new(false);
    let knocks = call.part(|view| view.knocks.len());
    let flip = Callback::new(move |()| people.update(|open| *open = !*open));
    let set = Callback::new(move |()| settings.set(true));
    let leave = Callback::new(move |()| call.want(Intent::Leave));
    view! {
        <nav class="bar" aria-label=texts.controls>
            <SourceButton source=Source::Microphone />
            <SourceButton source=Source::Camera />
            <BarButton
                testid="toggle-people"
                label=texts.people
                symbol=Symbol::People
                expanded=people
                key='p'
                count=knocks
                press=flip
            />
            <BarButton testid="device-settings" label=texts.devices symbol=Symbol::Devices press=set />
            <BarButton testid="leave" label=texts.leave symbol=Symbol::Leave press=leave />
        </nav>
        <Settings open=settings />
    }
}

/// The switch of a source. It shows what is really sent, not what was pressed.
#[component]
fn SourceButton(source: Source) -> impl IntoView {
    let call = CallContext::here();
    let texts = texts().conference;
    let on = call.part(move |view| view.source(source).on);
    let wanted = wanted(call, source);
    let (testid, label, key, [sent, silent]) = match source {
        Source::Microphone => {
            let symbols = [Symbol::Microphone, Symbol::MicrophoneOff];
            ("toggle-microphone", texts.microphone, 'm', symbols)
        }
        Source::Camera => ("toggle-camera", texts.camera, 'c', [Symbol::Camera, Symbol::CameraOff]),
    };
    let symbol = Signal::derive(move || if on.get() { sent } else { silent });
    let press =
        Callback::new(move |()| call.want(Intent::Transmit(source, !wanted.get_untracked())));
    view! { <BarButton testid label symbol pressed=on key press /> }
}
