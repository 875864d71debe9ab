// SPDX-License-Identifier: EUPL-1.2
//! Which speaker, where the browser lets the page choose, and a sound to try it.

use leptos::prelude::*;

use super::{
    context::{CallContext, outside},
    device_select::Choice,
    icon::{Icon, Symbol},
};
use crate::{
    browser::{Speaker, TestTone},
    call::{DeviceKind, Intent},
};

/// The speaker.
#[component]
pub(crate) fn SpeakerSelect() -> impl IntoView {
    let call = CallContext::here();
    let speaker = call.speaker();
    let told = outside().speaker;
    let texts = outside().devices;
    let tone = StoredValue::new_local(None::<TestTone>);
    let played = RwSignal::new(None::<bool>);
    let test = move |_| {
        tone.set_value(None);
        tone.set_value(TestTone::play(&speaker.get_untracked()));
        played.set(Some(tone.with_value(Option::is_some)));
    };
    let choose = Callback::new(move |id| call.want(Intent::ChooseSpeaker(id)));
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
                on:click=test
            >
                <Icon symbol=Symbol::SPEAKER />
                {texts.test}
            </button>
            // What is not heard would look like a button that does nothing.
            <p class="speaker-told" role="status" data-testid="gate-speaker-told">
                {move || played.get().map(|played| if played { told.played } else { told.silent })}
            </p>
        </div>
    }
}
