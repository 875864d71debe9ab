// SPDX-License-Identifier: EUPL-1.2
//! One person or one shared screen: the picture or what stands for it, the name, the hand, the star.

use leptos::prelude::*;

use super::{
    avatar::Avatar,
    context::{CallContext, texts},
    icon::{Icon, Symbol},
    names::shown_name,
    own_screen::OwnScreen,
    surface::Video,
    text::Texts,
};
use crate::call::{TileKey, TileView};

/// A tile.
#[component]
pub(crate) fn Tile(
    /// Which.
    key: TileKey,
) -> impl IntoView {
    let call = CallContext::here();
    let texts = texts();
    let tile = call.part(move |view| view.tiles.iter().find(|tile| tile.key == key).cloned());
    let is = move |of: fn(&TileView) -> bool| {
        Memo::new(move |_| tile.with(|t| t.as_ref().is_some_and(of)))
    };
    let own = is(|tile| tile.own);
    let away = is(|tile| tile.away);
    let muted = is(|tile| tile.muted && !tile.key.screen);
    let moderator = is(|tile| tile.moderator);
    let name =
        Memo::new(move |_| tile.with(|t| t.as_ref().map(|t| title(texts, t)).unwrap_or_default()));
    view! {
        <li
            class="tile"
            data-testid="tile"
            data-participant=key.id.to_string()
            data-self=move || own.get().to_string()
            data-screen=key.screen.to_string()
            data-away=move || away.get().to_string()
        >
            <Face key tile name />
            <Hand tile />
            <div class="tile-foot">
                <Mark shown=muted symbol=Symbol::MicrophoneOff text=texts.conference.muted testid="tile-muted" />
                <span class="tile-name" data-testid="tile-name">{move || name.get()}</span>
                <Mark shown=away symbol=Symbol::Lost text=texts.conference.away testid="tile-away" />
                <Mark shown=moderator symbol=Symbol::Star text=texts.conference.star testid="tile-star" />
            </div>
        </li>
    }
}

/// The picture, or what stands for it.
#[component]
fn Face(key: TileKey, tile: Memo<Option<TileView>>, name: Memo<String>) -> impl IntoView {
    let own = Memo::new(move |_| tile.with(|t| t.as_ref().is_some_and(|t| t.own)));
    let picture = Memo::new(move |_| tile.with(|t| t.as_ref().and_then(|t| t.picture.clone())));
    let plain = Memo::new(move |_| {
        tile.with(|t| t.as_ref().and_then(|t| t.name.clone()).unwrap_or_default())
    });
    move || match picture.get() {
        // Shown in itself, it would be a hall of mirrors.
        _ if key.screen && own.get() => view! { <OwnScreen /> }.into_any(),
        Some(picture) => {
            view! { <Video picture label=name.get_untracked() testid="tile-video" /> }.into_any()
        }
        None if key.screen => {
            view! { <span class="tile-blank"><Icon symbol=Symbol::Screen /></span> }.into_any()
        }
        None => view! { <Avatar id=key.id name=plain /> }.into_any(),
    }
}

/// The raised hand and its place among the others.
#[component]
fn Hand(tile: Memo<Option<TileView>>) -> impl IntoView {
    let texts = texts().conference;
    let place = Memo::new(move |_| {
        tile.with(|t| t.as_ref().filter(|t| !t.key.screen).and_then(|t| t.hand))
    });
    move || {
        place.get().map(|place| {
            let said = (texts.hand_up)(place);
            let title = said.clone();
            view! {
                <span class="tile-hand" data-testid="tile-hand" title=title>
                    <Icon symbol=Symbol::Hand />
                    <span aria-hidden="true">{place}</span>
                    <span class="unseen">{said}</span>
                </span>
            }
        })
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

/// What is written on a tile.
fn title(texts: &Texts, tile: &TileView) -> String {
    if !tile.key.screen {
        return shown_name(texts, tile.name.as_deref(), tile.own);
    }
    if tile.own {
        return texts.conference.own_screen.into();
    }
    (texts.conference.screen_of)(&shown_name(texts, tile.name.as_deref(), false))
}
