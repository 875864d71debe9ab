// SPDX-License-Identifier: EUPL-1.2
//! Inside: the pictures, the people, the switches.

use leptos::prelude::*;
use shared::Source;

use super::{
    alone::Alone,
    bar::Bar,
    chat::{Chat, unread},
    closing::ClosingNotice,
    context::{CallContext, texts},
    device_trouble::DeviceTrouble,
    door::Door,
    embedded::follow,
    evidence::Evidence,
    heading::Heading,
    icon::{Icon, Symbol},
    language::spoken,
    microphone_hint::MicrophoneHint,
    opened::Opened,
    own_screen::SharingTold,
    panels::{Beside, Panels},
    paused::Paused,
    people::People,
    reactions::ReactionsTold,
    replaced::{ReplacedNotice, SpeakerNotice},
    role_told::RoleTold,
    shortcut_sheet::ShortcutSheet,
    shortcuts::listen,
    silenced::SilencedNotice,
    stage::Stage,
    surface::Sound,
};
use crate::{
    browser::{Awake, MediaTable},
    call::Screen,
};

/// The conference.
pub(crate) fn conference() -> AnyView {
    view! { <Conference /> }.into_any()
}

#[component]
fn Conference() -> impl IntoView {
    let call = CallContext::here();
    let panels = Panels::new();
    let unread = unread(call, panels);
    provide_context(Opened::new());
    listen(call, panels);
    follow(call, panels);
    let awake = StoredValue::new_local(Awake::new());
    on_cleanup(move || awake.dispose());
    let sounds = move || call.media(MediaTable::sounds);
    view! {
        {spoken(move || view! { <Everything panels unread /> })}
        <div hidden=true>
            <For each=sounds key=Clone::clone let:mid>
                <Sound mid />
            </For>
        </div>
    }
}

/// What is seen of it. Sounds are not among it: they go on whatever is built anew.
#[component]
fn Everything(panels: Panels, unread: Memo<usize>) -> impl IntoView {
    let texts = texts().conference;
    view! {
        <div class="conference">
            <Reconnecting />
            <SharingTold />
            <ReactionsTold />
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
                <Alone />
                <ClosingNotice />
                <RoleTold />
                <MicrophoneHint />
                <SpeakerNotice />
                {Source::SWITCHED.map(|source| view! { <ReplacedNotice source /> }).collect_view()}
                {Source::SWITCHED.map(|source| view! { <SilencedNotice source /> }).collect_view()}
                {Source::SWITCHED.map(|source| view! { <DeviceTrouble source /> }).collect_view()}
            </div>
            <Bar panels unread />
            <ShortcutSheet />
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
        <div class="conference-lost" role="status">
            <Show when=move || lost.get()>
                <p class="reconnecting" data-testid="reconnecting">
                    <Icon symbol=Symbol::LOST />
                    {texts().conference.reconnecting}
                </p>
            </Show>
        </div>
    }
}
