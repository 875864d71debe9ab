// SPDX-License-Identifier: EUPL-1.2
//! Changing devices during the conference.

use leptos::prelude::*;
use shared::Source;

use super::{
    context::{CallContext, texts},
    device_select::DeviceSelect,
    dialog::Dialog,
    language::LanguageButton,
    speaker_select::SpeakerSelect,
    switch::Switch,
};

/// The dialog.
#[component]
pub(crate) fn Settings(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let keys = CallContext::here().keys;
    let texts = texts().devices;
    view! {
        <Dialog testid="settings" title=texts.title open>
            <DeviceSelect source=Source::Camera testid="settings-camera-select" />
            <DeviceSelect source=Source::Microphone testid="settings-microphone-select" />
            <SpeakerSelect />
            <Switch
                testid="settings-keys"
                label=texts.keys
                hint=texts.keys_hint
                on=keys
                toggle=Callback::new(move |on| keys.set(on))
            />
            <LanguageButton class="button" />
            <button
                type="button"
                class="button"
                data-kind="primary"
                data-testid="settings-close"
                on:click=move |_| open.set(false)
            >
                {texts.close}
            </button>
        </Dialog>
    }
}
