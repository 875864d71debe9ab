// SPDX-License-Identifier: EUPL-1.2
//! Changing devices during the conference.

use leptos::prelude::*;
use shared::Source;

use super::{
    context::{CallContext, texts},
    device_select::DeviceSelect,
    dialog::Dialog,
    embedded::NameTold,
    language::LanguageButton,
    speaker_select::SpeakerSelect,
    switch::Switch,
    treatment::{BackgroundBlur, SoundTreatment},
};
use crate::{
    browser::Page,
    call::{Intent, Look},
};

/// The dialog.
#[component]
pub(crate) fn Settings(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let call = CallContext::here();
    let keys = call.keys;
    let mirrors = call.part(|view| !view.stage.unmirrored);
    let mirror = Callback::new(move |mirrors| call.want(Intent::Look(Look::Mirror(mirrors))));
    let stage = texts().stage;
    let sheet = texts().keys.open;
    let texts = texts().devices;
    view! {
        <Dialog testid="settings" title=texts.title open>
            <DeviceSelect source=Source::Camera testid="settings-camera-select" />
            <BackgroundBlur />
            <DeviceSelect source=Source::Microphone testid="settings-microphone-select" />
            <SoundTreatment />
            <PushToTalk />
            <SpeakerSelect />
            <Switch
                testid="mirror-self"
                label=stage.mirror
                hint=stage.mirror_hint
                on=mirrors
                toggle=mirror
            />
            <Switch
                testid="settings-keys"
                label=texts.keys
                hint=texts.keys_hint
                on=keys
                toggle=Callback::new(move |on| keys.set(on))
            />
            <NameTold />
            <LanguageButton class="button" />
            <button
                type="button"
                class="button"
                data-testid="settings-shortcuts"
                on:click=move |_| {
                    open.set(false);
                    call.sheet.set(true);
                }
            >
                {sheet}
            </button>
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

/// Whether one speaks while the space bar is held.
#[component]
fn PushToTalk() -> impl IntoView {
    let call = CallContext::here();
    let equipment = texts().equipment;
    let talks = call.part(|view| view.push_to_talk);
    // What has no keyboard has no space bar.
    (!Page::is_touched()).then(|| {
        view! {
            <Switch
                testid="push-to-talk"
                label=equipment.push_to_talk
                hint=equipment.push_to_talk_hint
                on=talks
                toggle=Callback::new(move |on| call.want(Intent::PushToTalk(on)))
            />
        }
    })
}
