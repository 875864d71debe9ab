// SPDX-License-Identifier: EUPL-1.2
//! How what one's devices deliver is treated, where the browser leaves the choice.

use leptos::prelude::*;

use super::{
    context::{CallContext, outside, texts},
    switch::Switch,
};
use crate::{
    browser::Page,
    call::{Intent, Processing},
};

/// Whether echo and noise are taken out of the sound of the microphone.
#[component]
pub(crate) fn SoundTreatment() -> impl IntoView {
    let call = CallContext::here();
    let texts = texts().equipment;
    let processing = call.part(|view| view.processing);
    let now = move || processing.get_untracked();
    let noise = Memo::new(move |_| processing.get().noise);
    let echo = Memo::new(move |_| processing.get().echo);
    let set_noise = move |noise| call.want(Intent::Process(Processing { noise, ..now() }));
    let set_echo = move |echo| call.want(Intent::Process(Processing { echo, ..now() }));
    view! {
        {Page::can_treat("noiseSuppression").then(|| view! {
            <Switch
                testid="noise-suppression"
                label=texts.noise
                hint=texts.noise_hint
                on=noise
                toggle=Callback::new(set_noise)
            />
        })}
        {Page::can_treat("echoCancellation").then(|| view! {
            <Switch
                testid="echo-cancellation"
                label=texts.echo
                hint=texts.echo_hint
                on=echo
                toggle=Callback::new(set_echo)
            />
        })}
    }
}

/// Whether the background of the camera is out of focus; nothing where the platform does not offer it.
#[component]
pub(crate) fn BackgroundBlur() -> impl IntoView {
    let call = CallContext::here();
    let (label, hint) = outside().blur;
    let blurred = call.part(|view| view.blurred);
    let offered = Memo::new(move |_| blurred.get().is_some());
    let on = Memo::new(move |_| blurred.get() == Some(true));
    let toggle = Callback::new(move |on| call.want(Intent::Blur(on)));
    view! {
        <Show when=move || offered.get()>
            <Switch testid="background-blur" label hint on toggle />
        </Show>
    }
}
