// SPDX-License-Identifier: EUPL-1.2
//! Before the room: nobody hears or sees the person here.

use leptos::prelude::*;
use shared::{DisplayName, Source};

use super::{
    context::{CallContext, outside},
    gate_device::GateDevice,
    gate_name::GateName,
    gate_notice::GateNotice,
    heading::Heading,
    icon::{Icon, Symbol},
    level::Level,
    speaker_select::SpeakerSelect,
    surface::Video,
};
use crate::{
    browser::{Page, Storage},
    call::{Intent, Picture},
};

/// The gate.
#[component]
pub(crate) fn Gate() -> impl IntoView {
    let call = CallContext::here();
    let texts = outside().gate;
    let (name, remember) = (call.name, call.remember);
    // By the button, which the return key presses, too: a frame without `allow-forms` submits nothing.
    let join = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        let name = DisplayName::from_typed(&name.get_untracked());
        Storage::remember_name(remember.get_untracked().then(|| name.as_str()));
        if let Some(nonce) = Page::random() {
            call.want(Intent::Join { name, nonce });
        }
    };
    let moderator = call.part(|view| view.holder);
    view! {
        <form class="gate">
            <div class="gate-head">
                <Heading text=texts.title />
                <p>{texts.lead}</p>
            </div>
            <GatePreview />
            <div class="gate-devices">
                <GateDevice source=Source::Camera />
                <GateDevice source=Source::Microphone />
                <SpeakerSelect />
            </div>
            {move || call.screens.get().map(|screens| (screens.embedded)())}
            <div class="gate-entry">
                <GateName name remember />
                <button class="button gate-join" data-kind="primary" data-testid="gate-join" on:click=join>
                    {move || if moderator.get() { texts.join_moderator } else { texts.join }}
                </button>
                <p class="gate-hint">{texts.without_devices}</p>
            </div>
            <GateNotice />
        </form>
    }
}

/// What the camera would show and how loud the microphone is.
#[component]
fn GatePreview() -> impl IntoView {
    let call = CallContext::here();
    let texts = outside().gate;
    let camera = call.part(|view| view.camera.on);
    let microphone = call.part(|view| view.microphone.on);
    view! {
        <div class="gate-preview">
            {move || {
                if camera.get() {
                    view! { <Video picture=Picture::Own label=texts.preview testid="gate-preview" /> }
                        .into_any()
                } else {
                    view! {
                        <p class="gate-dark">
                            <Icon symbol=Symbol::CAMERA_OFF />
                            {texts.preview_off}
                        </p>
                    }
                        .into_any()
                }
            }}
            {move || microphone.get().then(|| view! { <Level /> })}
        </div>
    }
}
