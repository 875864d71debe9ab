// SPDX-License-Identifier: EUPL-1.2
//! One device at the gate: tried out by one switch, transmitted only by a second one.

use leptos::prelude::*;
use shared::Source;

use super::{
    context::{CallContext, outside},
    device_select::DeviceSelect,
    device_trouble::DeviceTrouble,
    microphone_hint::MicrophoneSilent,
    switch::Switch,
    treatment::BackgroundBlur,
};
use crate::call::Intent;

/// A camera or a microphone.
#[component]
pub(crate) fn GateDevice(
    /// Which.
    source: Source,
) -> impl IntoView {
    let call = CallContext::here();
    let Some(names) = Names::of(source) else { return ().into_any() };
    let Names { on, transmit, select, label, hint, transmit_label } = names;
    let runs = call.part(move |view| view.source(source).on || view.source(source).starting);
    let starting = call.part(move |view| view.source(source).starting);
    let transmits = call.part(move |view| view.source(source).transmit_on_entry);
    let preview = Callback::new(move |on| call.want(Intent::Preview(source, on)));
    let entry = Callback::new(move |on| call.want(Intent::TransmitOnEntry(source, on)));
    let waiting = outside().devices.starting;
    view! {
        <div class="gate-device" role="group" aria-label=label>
            <Switch testid=on label hint on=runs toggle=preview />
            <p class="gate-waiting" role="status">{move || starting.get().then_some(waiting)}</p>
            <DeviceTrouble source />
            {(source == Source::Microphone).then(|| view! { <MicrophoneSilent /> })}
            <div class="gate-more" hidden=move || !runs.get() && !transmits.get()>
                <DeviceSelect source testid=select />
                {(source == Source::Camera).then(|| view! { <BackgroundBlur /> })}
                <Switch testid=transmit label=transmit_label on=transmits toggle=entry />
            </div>
        </div>
    }
    .into_any()
}

/// What the parts of a device are called.
struct Names {
    on: &'static str,
    transmit: &'static str,
    select: &'static str,
    label: &'static str,
    hint: &'static str,
    transmit_label: &'static str,
}

impl Names {
    /// `None` for the screen: it is not shared before somebody is there to see it.
    fn of(source: Source) -> Option<Self> {
        let texts = outside().gate;
        match source {
            Source::Camera => Some(Self {
                on: "gate-camera",
                transmit: "gate-transmit-camera",
                select: "gate-camera-select",
                label: texts.camera,
                hint: texts.camera_hint,
                transmit_label: texts.transmit_camera,
            }),
            Source::Microphone => Some(Self {
                on: "gate-microphone",
                transmit: "gate-transmit-microphone",
                select: "gate-microphone-select",
                label: texts.microphone,
                hint: texts.microphone_hint,
                transmit_label: texts.transmit_microphone,
            }),
            Source::Screen | Source::ScreenSound => None,
        }
    }
}
