// SPDX-License-Identifier: EUPL-1.2
//! What is known of one's own microphone by how loud it is: nothing comes from it, or nobody hears what does.

use leptos::prelude::*;
use shared::Source;

use super::{
    context::{CallContext, outside, texts},
    opened::Opened,
    source_button::switch_of,
};
use crate::{
    browser::Page,
    call::{Intent, MicrophoneHint as Hint},
};

/// During the conference, with the way out. The region is there before its text is, or it would not be read out.
#[component]
pub(crate) fn MicrophoneHint() -> impl IntoView {
    let call = CallContext::here();
    let settings = Opened::here().settings;
    let hint = call.part(|view| view.microphone.hint);
    let texts = texts();
    let read = move |_| {
        call.want(Intent::Understood(Source::Microphone));
        Page::focus(switch_of(Source::Microphone));
    };
    let silent = move || {
        view! {
            <div class="notice" data-kind="warn" data-testid="microphone-silent">
                <p>{texts.equipment.silent}</p>
                <button
                    type="button"
                    class="button"
                    data-testid="microphone-silent-choose"
                    on:click=move |_| settings.set(true)
                >
                    {texts.equipment.choose}
                </button>
                <button
                    type="button"
                    class="button"
                    data-testid="microphone-silent-understood"
                    on:click=read
                >
                    {texts.silenced.understood}
                </button>
            </div>
        }
    };
    let unheard = move || {
        view! {
            <div class="notice" data-testid="microphone-unheard">
                <p>{texts.equipment.unheard}</p>
            </div>
        }
    };
    view! {
        <div role="status">
            {move || match hint.get() {
                Some(Hint::Silent) => silent().into_any(),
                Some(Hint::Unheard) => unheard().into_any(),
                None => ().into_any(),
            }}
        </div>
    }
}

/// At the gate, where the choice of microphones stands beside it.
#[component]
pub(crate) fn MicrophoneSilent() -> impl IntoView {
    let silent = CallContext::here().part(|view| view.microphone.hint == Some(Hint::Silent));
    let text = outside().silent;
    view! {
        <p class="device-trouble" role="status" data-testid="microphone-silent">
            {move || silent.get().then_some(text)}
        </p>
    }
}
