// SPDX-License-Identifier: EUPL-1.2
//! Stands for the own shared screen: what is shared where that can be seen, whether with sound, and the way to end it.

use leptos::prelude::*;
use shared::Source;

use super::{
    context::{CallContext, texts},
    icon::{Icon, Symbol},
    source_button::switch_of,
    surface::Video,
};
use crate::{
    browser::{MediaTable, Page},
    call::{Intent, Picture},
};

/// Says that sharing began and that it ended, to who does not see it: the browser may have ended it.
#[component]
pub(crate) fn SharingTold() -> impl IntoView {
    let on = CallContext::here().part(|view| view.sharing.on);
    let texts = texts().conference;
    let began = Memo::new(move |before: Option<&bool>| on.get() || before.copied() == Some(true));
    let told = move || match (on.get(), began.get()) {
        (true, _) => Some(texts.own_screen),
        (false, true) => Some(texts.sharing_ended),
        (false, false) => None,
    };
    let sounds = CallContext::here().part(|view| view.screen_sound.on);
    let sound = move || sounds.get().then_some(self::texts().screen_sound.told);
    view! {
        <p class="unseen" role="status">{told}</p>
        <p class="unseen" role="status">{sound}</p>
    }
}

/// That it is shared, and the way to end it.
#[component]
pub(crate) fn OwnScreen() -> impl IntoView {
    let call = CallContext::here();
    let stop = move |_| {
        call.want(Intent::Transmit(Source::Screen, false));
        Page::focus(switch_of(Source::Screen));
    };
    let elsewhere = move || call.media(MediaTable::is_screen_elsewhere);
    view! {
        <div class="own-screen">
            <Show
                when=elsewhere
                fallback=move || view! { <Icon symbol=Symbol::SCREEN /> }
            >
                <Video
                    picture=Picture::OwnScreen
                    label=texts().conference.own_screen
                    testid="own-screen-video"
                />
            </Show>
            <button
                type="button"
                class="button"
                data-testid=STOP
                on:click=stop
            >
                {texts().conference.stop_sharing}
            </button>
            <OwnScreenSound />
        </div>
    }
}

/// That sound goes with it, and the way to end that alone. Nothing where there never was any: what the browser did
/// not give cannot be asked for here.
#[component]
fn OwnScreenSound() -> impl IntoView {
    let call = CallContext::here();
    let on = call.part(|view| view.screen_sound.on);
    let came = Memo::new(move |before: Option<&bool>| on.get() || before.copied() == Some(true));
    let texts = texts().screen_sound;
    let off = move |_| {
        call.want(Intent::Transmit(Source::ScreenSound, false));
        Page::focus(STOP);
    };
    view! {
        <Show when=move || on.get()>
            <button
                type="button"
                class="button"
                data-testid="screen-sound"
                title=texts.off
                on:click=off
            >
                {texts.stop}
            </button>
        </Show>
        <Show when=move || came.get() && !on.get()>
            <p role="status" data-testid="without-screen-sound">
                {texts.without} " " <span class="own-screen-again">{texts.again}</span>
            </p>
        </Show>
    }
}

/// By what the way to end it is found.
const STOP: &str = "stop-sharing";
