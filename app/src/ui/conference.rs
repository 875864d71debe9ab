// SPDX-License-Identifier: EUPL-1.2
//! Inside: the pictures, the people, the switches.

use leptos::prelude::*;
use shared::Source;

use super::{
    bar::Bar,
    chat::{Chat, unread},
    context::{CallContext, outside, texts},
    device_trouble::DeviceTrouble,
    door::Door,
    evidence::Evidence,
    heading::Heading,
    icon::{Icon, Symbol},
    own_screen::SharingTold,
    panels::{Beside, Panels},
    paused::Paused,
    people::People,
    role_told::RoleTold,
    shortcuts::listen,
    silenced::SilencedNotice,
    stage::Stage,
    surface::Sound,
};
use crate::{browser::MediaTable, call::Screen};

/// The conference.
pub(crate) fn conference() -> AnyView {
    view! { <Conference /> }.into_any()
}

#[component]
fn Conference() -> impl IntoView {
    let call = CallContext::here();
    provide_context(outside().whole());
    let texts = texts().conference;
    let panels = Panels::new();
    let unread = unread(call, panels);
    listen(call, panels);
    let sounds = move || call.media(MediaTable::sounds);
    view! {
        <div class="conference">
            <Reconnecting />
            <SharingTold />
            <main class="conference-stage">
                <Heading text=texts.title class="unseen" />
                <Stage />
                <Paused />
                <Show when=move || panels.open() != Some(Beside::People)>
                    <Door />
                </Show>
            </main>
            <People panels />
            <Chat panels />
            <Evidence panels />
            <div class="conference-trouble">
                <RoleTold />
                {Source::ALL.map(|source| view! { <SilencedNotice source /> }).collect_view()}
                {Source::ALL.map(|source| view! { <DeviceTrouble source /> }).collect_view()}
            </div>
            <Bar panels unread />
            <div hidden=true>
                <For each=sounds key=Clone::clone let:mid>
                    <Sound mid />
                </For>
            </div>
        </div>
    }
}

/// Says that the line is lost. The region is there before its text is, or it would not be read out.
#[component]
fn Reconnecting() -> impl IntoView {
    let lost = CallContext::here().part(|view| {
        matches!(
            view.screen,
            Screen::Conference { reconnecting: true } | Screen::Paused { reconnecting: true }
        )
    });
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
