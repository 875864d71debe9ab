// SPDX-License-Identifier: EUPL-1.2
//! Somebody else switched a source off: who, and that it takes its owner to switch it on again.

use leptos::prelude::*;
use shared::Source;

use super::{
    context::{CallContext, texts},
    source_button::switch_of,
    text::{Silencing, Texts},
};
use crate::{
    browser::Page,
    call::{CallView, Intent, Screen, Silencer},
};

/// The word about one source, until it has been read. The region is there before its text is, or it
/// would not be read out.
#[component]
pub(crate) fn SilencedNotice(
    /// Which.
    source: Source,
) -> impl IntoView {
    let call = CallContext::here();
    let texts = texts();
    let words = call.part(move |view| sentence(texts, source, view));
    let name = match source {
        Source::Microphone => "microphone",
        Source::Camera => "camera",
        Source::Screen | Source::ScreenSound => "screen",
    };
    let understood = move |_| {
        call.want(Intent::Understood(source));
        // The notice goes; the focus is where the source can be switched on again.
        Page::focus(switch_of(source));
    };
    view! {
        <div role="status">
            <Show when=move || words.with(Option::is_some)>
                <div class="notice" data-kind="warn" data-testid="silenced" data-source=name>
                    <p>{move || words.get()}</p>
                    <button
                        type="button"
                        class="button"
                        data-testid="silenced-understood"
                        on:click=understood
                    >
                        {texts.silenced.understood}
                    </button>
                </div>
            </Show>
        </div>
    }
}

/// While the room pauses, one sentence over the stage says it for all sources.
fn sentence(texts: &Texts, source: Source, view: &CallView) -> Option<String> {
    let Silencing { by, by_moderator, by_room } = match source {
        Source::Microphone => texts.silenced.microphone,
        Source::Camera => texts.silenced.camera,
        Source::Screen | Source::ScreenSound => texts.silenced.screen,
    };
    match view.source(source).silenced.as_ref()? {
        Silencer::Moderator(Some(name)) if !name.as_str().is_empty() => Some(by(name.as_str())),
        Silencer::Moderator(_) => Some(by_moderator.into()),
        Silencer::Room if matches!(view.screen, Screen::Paused { .. }) => None,
        Silencer::Room => Some(by_room.into()),
    }
}
