// SPDX-License-Identifier: EUPL-1.2
//! Changing devices during the conference, in the browser's own dialog.

use leptos::{html, prelude::*};
use shared::Source;

use super::{
    context::{CallContext, texts},
    device_select::DeviceSelect,
    speaker_select::SpeakerSelect,
    switch::Switch,
};

/// The dialog. The browser keeps the focus inside and closes it by the escape key.
#[component]
pub(crate) fn Settings(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let keys = CallContext::here().keys;
    let texts = texts().devices;
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            (true, true) | (false, false) => {}
        }
    });
    view! {
        <dialog
            class="settings"
            data-testid="settings"
            aria-labelledby="settings-title"
            node_ref=node
            on:close=move |_| open.set(false)
        >
            <h2 id="settings-title">{texts.title}</h2>
            <DeviceSelect source=Source::Camera testid="settings-camera-select" />
            <DeviceSelect source=Source::Microphone testid="settings-microphone-select" />
            <Show when=move || open.get()>
                <SpeakerSelect />
            </Show>
            <Switch
                testid="settings-keys"
                label=texts.keys
                hint=texts.keys_hint
                on=Memo::new(move |_| keys.get())
                toggle=Callback::new(move |on| keys.set(on))
            />
            <button
                type="button"
                class="button"
                data-kind="primary"
                data-testid="settings-close"
                on:click=move |_| open.set(false)
            >
                {texts.close}
            </button>
        </dialog>
    }
}
