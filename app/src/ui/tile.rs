// SPDX-License-Identifier: EUPL-1.2
//! One person: the picture or the initials, the name, the star.

use leptos::prelude::*;
use shared::ParticipantId;

use super::{
    avatar::Avatar,
    context::{CallContext, texts},
    icon::{Icon, Symbol},
    surface::Video,
    text::Texts,
};
use crate::call::TileView;

/// A tile.
#[component]
pub(crate) fn Tile(
    /// Whose.
    id: ParticipantId,
) -> impl IntoView {
    let call = CallContext::here();
    let texts = texts();
    let tile = call.part(move |view| view.tiles.iter().find(|tile| tile.id == id).cloned());
    let is = move |of: fn(&TileView) -> bool| {
        Memo::new(move |_| tile.with(|t| t.as_ref().is_some_and(of)))
    };
    let own = is(|tile| tile.own);
    let away = is(|tile| tile.away);
    let muted = is(|tile| tile.muted);
    let moderator = is(|tile| tile.moderator);
    let plain = Memo::new(move |_| {
        tile.with(|t| t.as_ref().and_then(|t| t.name.clone()).unwrap_or_default())
    });
    let name = Memo::new(move |_| {
        tile.with(|t| t.as_ref().map(|t| shown_name(texts, t)).unwrap_or_default())
    });
    let picture = Memo::new(move |_| tile.with(|t| t.as_ref().and_then(|t| t.picture.clone())));
    let face = move || match picture.get() {
        Some(picture) => {
            view! { <Video picture label=name.get_untracked() testid="tile-video" /> }.into_any()
        }
        None => view! { <Avatar id name=plain /> }.into_any(),
    };
    view! {
        <li
            class="tile"
            data-testid="tile"
            data-participant=id.to_string()
            data-self=move || own.get().to_string()
            data-away=move || away.get().to_string()
        >
            {face}
            <div class="tile-foot">
                <Mark shown=muted symbol=Symbol::MicrophoneOff text=texts.conference.muted testid="tile-muted" />
                <span class="tile-name" data-testid="tile-name">{move || name.get()}</span>
                <Mark shown=away symbol=Symbol::Lost text=texts.conference.away testid="tile-away" />
                <Mark shown=moderator symbol=Symbol::Star text=texts.conference.star testid="tile-star" />
            </div>
        </li>
    }
}

/// A sign on a tile, with its meaning in words for who does not see it.
#[component]
fn Mark(
    shown: Memo<bool>,
    symbol: Symbol,
    text: &'static str,
    testid: &'static str,
) -> impl IntoView {
    view! {
        <Show when=move || shown.get()>
            <span class=testid data-testid=testid title=text>
                <Icon symbol=symbol />
                <span class="unseen">{text}</span>
            </span>
        </Show>
    }
}

/// The name as it is shown: never empty.
pub(super) fn shown_name(texts: &Texts, tile: &TileView) -> String {
    let texts = &texts.conference;
    let name = match tile.name.as_deref() {
        Some("") if tile.own => return texts.you.into(),
        Some("") => texts.nameless,
        Some(name) => name,
        None => texts.unreadable,
    };
    if tile.own { format!("{name} ({})", texts.you) } else { name.into() }
}
