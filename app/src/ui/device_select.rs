// SPDX-License-Identifier: EUPL-1.2
//! Which camera or which microphone.

use leptos::prelude::*;
use shared::Source;

use super::context::{CallContext, outside};
use crate::call::{Device, DeviceId, DeviceKind, Intent};

/// A choice among the devices of a source.
#[component]
pub(crate) fn DeviceSelect(
    /// Of which source.
    source: Source,
    /// The name that tests find it by.
    testid: &'static str,
) -> impl IntoView {
    let call = CallContext::here();
    let texts = outside().devices;
    let (kind, label) = match source {
        Source::Camera => (DeviceKind::Camera, texts.camera),
        Source::Microphone => (DeviceKind::Microphone, texts.microphone),
        // The browser itself asks which screen, each time.
        Source::Screen | Source::ScreenSound => return ().into_any(),
    };
    let chosen = call.part(move |view| view.source(source).device.clone().unwrap_or_default());
    let choose = Callback::new(move |id| call.want(Intent::ChooseDevice(source, id)));
    view! { <Choice testid label kind chosen choose /> }.into_any()
}

/// A list of devices of one kind, with the browser's own choice while there is no other.
#[component]
pub(crate) fn Choice(
    /// The name that tests find it by.
    testid: &'static str,
    /// What is chosen.
    label: &'static str,
    /// Among which devices.
    kind: DeviceKind,
    /// The device that is chosen; empty is the browser's choice.
    #[prop(into)]
    chosen: Signal<DeviceId>,
    /// What is wanted when another is chosen.
    choose: Callback<DeviceId>,
) -> impl IntoView {
    let call = CallContext::here();
    let texts = outside().devices;
    let devices = call.part(move |view| {
        view.devices.iter().filter(|device| device.kind == kind).cloned().collect::<Vec<_>>()
    });
    let option = move |device: Device| {
        let Device { id, label, .. } = device;
        let name = if label.is_empty() { texts.unnamed.into() } else { label };
        let value = id.0.clone();
        view! { <option value=value prop:selected=move || chosen.get() == id>{name}</option> }
    };
    let known =
        Memo::new(move |_| devices.with(|all| all.iter().any(|device| device.id == chosen.get())));
    view! {
        <label class="field">
            <span class="field-label">{label}</span>
            <select
                class="field-input"
                data-testid=testid
                on:change:target=move |event| choose.run(DeviceId(event.target().value()))
            >
                {move || {
                    (!known.get()).then(|| view! { <option value="" selected=true>{texts.standard}</option> })
                }}
                {move || devices.get().into_iter().map(option).collect_view()}
            </select>
        </label>
    }
}
