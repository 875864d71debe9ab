// SPDX-License-Identifier: EUPL-1.2
//! A device that was chosen is gone: what is used in its place, until somebody has read it.

use leptos::prelude::*;
use shared::Source;

use super::{
    context::{CallContext, texts},
    text::Texts,
};
use crate::call::{CallView, Intent};

/// About a camera or a microphone. The region is there before its text is, or it would not be read out.
#[component]
pub(crate) fn ReplacedNotice(
    /// Which.
    source: Source,
) -> impl IntoView {
    let call = CallContext::here();
    let texts = texts();
    let words = call.part(move |view| sentence(texts, source, view));
    let read = Callback::new(move |()| call.want(Intent::Understood(source)));
    view! { <Notice words testid="device-replaced" read /> }
}

/// About the speaker.
#[component]
pub(crate) fn SpeakerNotice() -> impl IntoView {
    let call = CallContext::here();
    let text = texts().equipment.speaker_vanished;
    let words = call.part(move |view| view.speaker.vanished.then(|| text.into()));
    // What is heard now is what is wanted from here on.
    let speaker = call.speaker();
    let read = Callback::new(move |()| call.want(Intent::ChooseSpeaker(speaker.get_untracked())));
    view! { <Notice words testid="speaker-vanished" read /> }
}

#[component]
fn Notice(words: Memo<Option<String>>, testid: &'static str, read: Callback<()>) -> impl IntoView {
    let understood = texts().silenced.understood;
    view! {
        <div role="status">
            <Show when=move || words.with(Option::is_some)>
                <div class="notice" data-testid=testid>
                    <p>{move || words.get()}</p>
                    <button
                        type="button"
                        class="button"
                        data-testid=format!("{testid}-understood")
                        on:click=move |_| read.run(())
                    >
                        {understood}
                    </button>
                </div>
            </Show>
        </div>
    }
}

fn sentence(texts: &Texts, source: Source, view: &CallView) -> Option<String> {
    let own = view.source(source);
    if !own.replaced {
        return None;
    }
    let used = view.devices.iter().find(|device| Some(&device.id) == own.device.as_ref());
    let used = used.map(|device| device.label.as_str()).filter(|label| !label.is_empty());
    let used = used.unwrap_or(texts.devices.unnamed);
    match source {
        Source::Camera => Some((texts.equipment.camera_replaced)(used)),
        Source::Microphone => Some((texts.equipment.microphone_replaced)(used)),
        Source::Screen | Source::ScreenSound => None,
    }
}
