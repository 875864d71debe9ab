// SPDX-License-Identifier: EUPL-1.2
//! Everybody inside and, for moderators, everybody at the door.

use leptos::prelude::*;

use super::{
    avatar::Avatar,
    context::{CallContext, texts},
    copy_button::CopyButton,
    icon::{Icon, Symbol},
    knock::Knocks,
    tile::shown_name,
};
use crate::{browser::Page, call::TileView};

/// The panel. Closed, it is not there.
#[component]
pub(crate) fn People(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <Show when=move || open.get()>
            <Panel open />
        </Show>
    }
}

#[component]
fn Panel(open: RwSignal<bool>) -> impl IntoView {
    let call = CallContext::here();
    let texts = texts().conference;
    let tiles = call.part(|view| view.tiles.clone());
    view! {
        <aside class="people" data-testid="people" aria-labelledby="people-title">
            <div class="people-head">
                <h2 id="people-title">
                    {texts.people} " " <span class="people-count">{move || tiles.with(Vec::len)}</span>
                </h2>
                <button
                    type="button"
                    class="button"
                    data-kind="quiet"
                    data-testid="people-close"
                    aria-label=texts.close
                    on:click=move |_| open.set(false)
                >
                    <Icon symbol=Symbol::Close />
                </button>
            </div>
            <div class="people-door" role="status">
                <Knocks />
            </div>
            <ul class="people-list" role="list">
                // A row is cheap, so one that is different is a new one.
                <For each=move || tiles.get() key=row_key let:tile>
                    <Person tile />
                </For>
            </ul>
            <CopyButton testid="people-invite" label=texts.invite text=Page::link() />
        </aside>
    }
}

/// Everything of a tile that its row shows.
fn row_key(tile: &TileView) -> (u32, Option<String>, [bool; 3]) {
    (tile.id.0, tile.name.clone(), [tile.moderator, tile.muted, tile.away])
}

#[component]
fn Person(tile: TileView) -> impl IntoView {
    let texts = texts();
    let name = shown_name(texts, &tile);
    let plain = tile.name.unwrap_or_default();
    let sign = |shown: bool, testid: &'static str, symbol: Symbol, text: &'static str| {
        shown.then(|| {
            view! {
                <span class="person-sign" data-testid=testid title=text>
                    <Icon symbol=symbol />
                    <span class="unseen">{text}</span>
                </span>
            }
        })
    };
    view! {
        <li class="person" data-testid="person" data-participant=tile.id.to_string()>
            <Avatar id=tile.id name=plain />
            <span class="person-name" data-testid="person-name">{name}</span>
            {sign(tile.away, "person-away", Symbol::Lost, texts.conference.away)}
            {sign(tile.moderator, "person-star", Symbol::Star, texts.conference.star)}
            {sign(tile.muted, "person-muted", Symbol::MicrophoneOff, texts.conference.muted)}
        </li>
    }
}
