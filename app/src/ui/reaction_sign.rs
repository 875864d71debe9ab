// SPDX-License-Identifier: EUPL-1.2
//! A reaction on the screen: drawn as everything else here, so that it looks alike on every system.

use leptos::prelude::*;
use shared::{ParticipantId, Reaction};

use super::context::{CallContext, texts};

/// The drawing. It says nothing to assistive technology: the text next to it does.
#[component]
pub(crate) fn ReactionIcon(
    /// Which.
    reaction: Reaction,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=strokes(reaction) />
        </svg>
    }
}

/// What somebody shows on their tile; nothing most of the time. It is read out elsewhere, and once.
#[component]
pub(crate) fn TileReaction(
    /// Whose tile.
    id: ParticipantId,
) -> impl IntoView {
    let texts = texts().moment;
    let shown = CallContext::here().part(move |view| {
        let mut shown = view.moment.reactions.iter();
        shown.find(|(from, _)| *from == id).map(|(_, reaction)| *reaction)
    });
    move || {
        shown.get().map(|reaction| {
            let word = (texts.reaction)(reaction);
            view! {
                <span
                    class="tile-reaction"
                    data-testid="tile-reaction"
                    data-reaction=name(reaction)
                    title=word
                >
                    <ReactionIcon reaction />
                    <span class="unseen">{word}</span>
                </span>
            }
        })
    }
}

/// What tests and styles know it by.
pub(super) const fn name(reaction: Reaction) -> &'static str {
    match reaction {
        Reaction::ThumbsUp => "thumbs-up",
        Reaction::Applause => "applause",
        Reaction::Heart => "heart",
        Reaction::Laughing => "laughing",
        Reaction::Surprised => "surprised",
        Reaction::Slower => "slower",
    }
}

const fn strokes(reaction: Reaction) -> &'static str {
    match reaction {
        Reaction::ThumbsUp => {
            "M7.5 11v9H4.5A1.5 1.5 0 0 1 3 18.5v-6A1.5 1.5 0 0 1 4.5 11H7.5l4-7.5a2 2 0 0 1 2.3 2.3L13 9.5h5.6a2 2 0 0 1 2 2.4l-1.3 6.5a2 2 0 0 1-2 1.6H7.5"
        }
        Reaction::Applause => {
            "M7.4 12.8L4.9 10.3a1.3 1.3 0 0 1 1.8-1.8l4 4M10.7 12.5L6.9 8.7a1.3 1.3 0 0 1 1.8-1.8l4.3 4.3M13 11.2L9.7 7.9a1.3 1.3 0 0 1 1.8-1.8l5.2 5.2V8.9a1.3 1.3 0 0 1 2.6 0v6.2a6 6 0 0 1-10.2 4.2l-3.9-3.9a1.3 1.3 0 0 1 1.9-1.8M13.5 2v2M17.3 3l-1 1.7M20.3 5.6l-1.6 1.1"
        }
        Reaction::Heart => {
            "M12 20.2L4.3 12.4a4.9 4.9 0 0 1 6.9-6.9l.8.8.8-.8a4.9 4.9 0 0 1 6.9 6.9Z"
        }
        Reaction::Laughing => {
            "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM7 13.5h10a5 5 0 0 1-10 0ZM7 9.6q1.2-1.6 2.6 0M14.4 9.6q1.2-1.6 2.6 0"
        }
        Reaction::Surprised => {
            "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 18a2.2 2.6 0 1 0 0-5.2 2.2 2.6 0 0 0 0 5.2ZM8.5 9.2v.5M15.5 9.2v.5M7 6.6q1-.9 2.3-.6M14.7 6q1.3-.3 2.3.6"
        }
        Reaction::Slower => {
            "M3.5 17.5a8.5 8.5 0 1 1 17 0M12 17.5L7.6 13M12 17.5h.1M6 20.5h12M12 9V6.5M17.3 12.2l1.7-1.7"
        }
    }
}
