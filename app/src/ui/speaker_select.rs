// SPDX-License-Identifier: EUPL-1.2
//! Which speaker, where the browser lets the page choose, and a sound to try it.

use leptos::prelude::*;

use super::{
    context::{CallContext, outside},
    device_select::Choice,
    icon::{Icon, Symbol},
};
use crate::{browser::Speaker, call::DeviceKind};

/// The speaker.
#[component]
pub(crate) fn SpeakerSelect() -> impl IntoView {
    let speaker = CallContext::here().speaker;
    let texts = outside().devices;
    let choose = Callback::new(move |id| speaker.set(id));
    let select = Speaker::can_be_chosen().then(|| {
        view! {
            <Choice
                testid="gate-speaker-select"
                label=texts.speaker
                kind=DeviceKind::Speaker
                chosen=speaker
                choose
            />
        }
    });
    view! {
        <div class="speaker">
            {select}
            <button
                type="button"
                class="button"
                data-testid="gate-speaker-test"
                on:click=move |_| Speaker::test(&speaker.get_untracked())
            >
                <Icon symbol=Symbol::Speaker />
                {texts.test}
            </button>
        </div>
    }
}
