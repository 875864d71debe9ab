// SPDX-License-Identifier: EUPL-1.2
//! One person or one shared screen: the picture or what stands for it, the name, the hand, the star.

use leptos::{html, prelude::*};

use super::{
    avatar::Avatar,
    context::{CallContext, texts},
    icon::{Icon, Symbol},
    names::shown_name,
    own_screen::OwnScreen,
    quality_sign::QualitySign,
    reaction_sign::TileReaction,
    sign::{HandSign, Sign},
    surface::Video,
    text::Texts,
    tile_pin::TilePin,
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
    let node = NodeRef::<html::Li>::new();
    let sight = StoredValue::new_local(None);
    Effect::new(move |_| {
        sight
            .set_value(node.get().map(|element| call.sights(|sights| sights.watch(key, &element))));
    });
    on_cleanup(move || sight.dispose());
    let tile = call.part(move |view| view.tiles.iter().find(|tile| tile.key == key).cloned());
    let is = move |of: fn(&TileView) -> bool| {
        Memo::new(move |_| tile.with(|t| t.as_ref().is_some_and(of)))
    };
    let own = is(|tile| tile.own);
    let away = is(|tile| tile.away);
    let speaking = is(|tile| tile.speaking);
    let muted = is(|tile| tile.muted && !tile.key.screen);
    let moderator = is(|tile| tile.moderator);
    let large = is(|tile| tile.large);
    let pinned = is(|tile| tile.pinned);
    let place = Memo::new(move |_| tile.with(|t| t.as_ref().and_then(|t| t.place)));
    let place = move || place.get().unwrap_or_default();
    let weak = Memo::new(move |_| tile.with(|t| t.as_ref().and_then(|t| t.weak)));
    let hand = Memo::new(move |_| {
        tile.with(|t| t.as_ref().filter(|t| !t.key.screen).and_then(|t| t.hand))
    });
    let name = named(key, tile);
    view! {
        <li
            class="tile"
            node_ref=node
            data-testid="tile"
            data-participant=key.id.to_string()
            data-self=move || own.get().to_string()
            data-screen=key.screen.to_string()
            data-away=move || away.get().to_string()
            data-speaking=move || speaking.get().to_string()
            data-large=move || large.get().to_string()
            data-pinned=move || pinned.get().to_string()
            style:--x=move || place().x.to_string()
            style:--y=move || place().y.to_string()
            style:--width=move || place().width.to_string()
            style:--height=move || place().height.to_string()
        >
            <Face key tile name />
            <HandSign place=hand testid="tile-hand" class="tile-hand" />
            <TilePin key name />
            <Show when=move || !key.screen>
                <TileReaction id=key.id />
            </Show>
            <div class="tile-foot">
                <Sign shown=muted symbol=Symbol::MICROPHONE_OFF text=texts.conference.muted testid="tile-muted" class="tile-muted" />
                <span class="tile-name" data-testid="tile-name">{move || name.get()}</span>
                <Sign shown=away symbol=Symbol::LOST text=texts.conference.away testid="tile-away" class="tile-away" />
                <QualitySign weak />
                <Sign shown=moderator symbol=Symbol::STAR text=texts.conference.star testid="tile-star" class="tile-star" />
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
            view! { <span class="tile-blank"><Icon symbol=Symbol::SCREEN /></span> }.into_any()
        }
        None => view! { <Avatar id=key.id name=plain /> }.into_any(),
    }
}

/// What is written on a tile, as it changes.
fn named(key: TileKey, tile: Memo<Option<TileView>>) -> Memo<String> {
    let texts = texts();
    let sounds = CallContext::here().part(move |view| key.screen && view.screen_sound.on);
    Memo::new(move |_| {
        let sounds = sounds.get();
        tile.with(|tile| tile.as_ref().map(|tile| title(texts, tile, sounds)).unwrap_or_default())
    })
}

/// What is written on a tile; on the one of the own screen, whether it is shared with its sound.
fn title(texts: &Texts, tile: &TileView, sounds: bool) -> String {
    if !tile.key.screen {
        return shown_name(texts, tile.name.as_ref(), tile.own);
    }
    if tile.own {
        let silent = texts.conference.own_screen;
        return if sounds { texts.screen_sound.with } else { silent }.into();
    }
    (texts.conference.screen_of)(&shown_name(texts, tile.name.as_ref(), false))
}
