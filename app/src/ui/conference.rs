// SPDX-License-Identifier: EUPL-1.2
//! Inside: the pictures, the people, the switches.

use leptos::prelude::*;
use shared::Source;

use super::{
    bar::Bar,
    context::{CallContext, texts},
    device_trouble::DeviceTrouble,
    door::Door,
    heading::Heading,
    icon::{Icon, Symbol},
    people::People,
    stage::Stage,
    surface::Sound,
};
use crate::{
    browser::shortcuts,
    call::{Intent, Screen},
};

/// The conference.
#[component]
pub(crate) fn Conference() -> impl IntoView {
    let call = CallContext::here();
    let texts = texts().conference;
    let people = RwSignal::new(false);
    let microphone = wanted(call, Source::Microphone);
    let camera = wanted(call, Source::Camera);
    let keys = StoredValue::new_local(shortcuts(move |key| match key {
        "escape" => people.set(false),
        // WCAG 2.2, 2.1.4: who dictates or trembles can do without single keys.
        _ if !call.keys.get_untracked() => {}
        "m" => call.want(Intent::Transmit(Source::Microphone, !microphone.get_untracked())),
        "c" => call.want(Intent::Transmit(Source::Camera, !camera.get_untracked())),
        "p" => people.update(|open| *open = !*open),
        _ => {}
    }));
    on_cleanup(move || keys.dispose());
    let sounds = call.part(|view| view.sounds.clone());
    view! {
        <div class="conference" data-people=move || people.get().to_string()>
            <Heading text=texts.title class="unseen" />
            <Reconnecting />
            <main class="conference-stage">
                <Stage />
            </main>
            <People open=people />
            <Show when=move || !people.get()>
                <Door />
            </Show>
            <div class="conference-trouble">
                <DeviceTrouble source=Source::Microphone />
                <DeviceTrouble source=Source::Camera />
            </div>
            <Bar people />
            <div hidden=true>
                <For each=move || sounds.get() key=Clone::clone let:mid>
                    <Sound mid />
                </For>
            </div>
        </div>
    }
}

/// Whether a source is on, or on its way: pressing again takes it back.
pub(super) fn wanted(call: CallContext, source: Source) -> Memo<bool> {
    call.part(move |view| view.source(source).on || view.source(source).starting)
}

/// Says that the line is lost. The region is there before its text is, or it would not be read out.
#[component]
fn Reconnecting() -> impl IntoView {
    let lost = CallContext::here()
        .part(|view| matches!(view.screen, Screen::Conference { reconnecting: true }));
    view! {
        <div role="status">
            <Show when=move || lost.get()>
                <p class="reconnecting" data-testid="reconnecting">
                    <Icon symbol=Symbol::Lost />
                    {texts().conference.reconnecting}
                </p>
            </Show>
        </div>
    }
}
