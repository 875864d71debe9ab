// SPDX-License-Identifier: EUPL-1.2
//! Where tracks become pictures and sounds: the one component that holds handles of the browser.

use leptos::{html, prelude::*};
use shared::Mid;
use web_sys::{HtmlMediaElement, MediaStream, MediaStreamTrack};

use super::context::CallContext;
use crate::{browser::Speaker, call::Picture};

/// A picture.
#[component]
pub(crate) fn Video(
    /// Where it comes from.
    picture: Picture,
    /// What it shows.
    #[prop(into)]
    label: String,
    /// The name that tests find it by.
    testid: &'static str,
) -> impl IntoView {
    let call = CallContext::here();
    let node = NodeRef::<html::Video>::new();
    // People know themselves from the mirror, unless they want to see what others do.
    let own = picture == Picture::Own;
    let unmirrored = call.part(|view| view.stage.unmirrored);
    let mirrored = move || own && !unmirrored.get();
    Effect::new(move |_| {
        let track = call.media(|media| media.picture(&picture));
        if let Some(element) = node.get() {
            show(&element, track.as_ref());
        }
    });
    view! {
        <video
            class="surface"
            class:mirrored=mirrored
            data-testid=testid
            aria-label=label
            prop:muted=true
            autoplay=true
            playsinline=true
            disablepictureinpicture=true
            node_ref=node
        ></video>
    }
}

/// The sound of a slot: of whoever is heard in it.
#[component]
pub(crate) fn Sound(
    /// Which slot.
    mid: Mid,
) -> impl IntoView {
    let call = CallContext::here();
    let node = NodeRef::<html::Audio>::new();
    Effect::new(move |_| {
        let track = call.media(|media| media.slot(&mid));
        if let Some(element) = node.get() {
            show(&element, track.as_ref());
        }
    });
    let speaker = call.speaker();
    Effect::new(move |_| {
        let speaker = speaker.get();
        if let Some(element) = node.get() {
            Speaker::choose(&element, &speaker);
        }
    });
    view! { <audio autoplay=true node_ref=node></audio> }
}

/// Gives the element the track, unless it has it: a new stream would flicker.
fn show(element: &HtmlMediaElement, track: Option<&MediaStreamTrack>) {
    let shown = element.src_object();
    let same = match (&shown, track) {
        (Some(stream), Some(track)) => stream.get_track_by_id(&track.id()).is_some(),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    };
    if same {
        return;
    }
    let stream = track.and_then(|track| {
        let stream = MediaStream::new().ok()?;
        stream.add_track(track);
        Some(stream)
    });
    element.set_src_object(stream.as_ref());
}
